"""Who plays in training and who only in validation: whole sample sets, singers, single-cycle waves and sound fonts.

A validation song is then played by instruments and sung by voices that training never heard. Thread: any.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any, Literal

from rtsep.errors import RtsepError

Split = Literal["train", "validation"]
SPLITS: tuple[Split, ...] = ("train", "validation")

HELD_OUT_SETS: Mapping[str, frozenset[str]] = {
    # dm_tr_808 and tr808_fischer are the same recordings, so both.
    "drums": frozenset(
        {
            "virtuosity_drums",
            "swirly_brushes",
            "uzu_drumkit",
            "oramics_linn_lm2",
            "oramics_tr505",
            "oramics_pearl_master_studio",
            "dm_tr_808",
            "tr808_fischer",
            "mercury_tabla",
            "winer_percussion",
        }
    ),
    # The two meatbass sets are one double bass, plucked and bowed.
    "bass": frozenset({"swagbass", "meatbass_pizz", "meatbass_arco"}),
    "other": frozenset(
        {
            "splendid_grand",
            "gretsch_clean_guitar",
            "sonicpi_guitar",
            "mtg_sax",
            "wurlitzer_ep200",
            "vcsl_vibraphone",
            "freepats_drawbar_organ",
            "vsco_string_section",
            "winer_cello_solo",
            "winer_bassoon",
            "jsteeldrum",
            "sonicpi_ambient",
            "mercury_keys",
        }
    ),
    "vocals": frozenset({"vocadito_excerpts", "erithacus_utau", "sms_tools_voice", "sonicpi_choir"}),
}
"""Sample sets kept for validation, by category of the manifest."""

HELD_OUT_VOICES = frozenset({"berklee_f_solo", "berklee_m_ens"})
"""Singers kept for validation out of sets that training uses."""

SPOKEN_SETS = frozenset({"librispeech_excerpts"})
"""Sets of very many speakers: `VOICE_SHARE` of the speakers are kept for validation, chosen by their name's hash."""

VOICE_SHARE = 6
"""One speaker in so many, and one single-cycle wave in so many, is held out."""

SOUND_FONTS: Mapping[Split, str] = {"train": "FluidR3_GM.sf2", "validation": "TimGM6mb.sf2"}
"""File name of the General MIDI sound font of each split."""


def _chosen(name: str) -> bool:
    return zlib.crc32(name.encode()) % VOICE_SHARE == 0


def is_held_out(entry: Mapping[str, Any]) -> bool:
    """Whether a line of the sample manifest (needs `category`, `set`; `voice` where it has one) is validation's only.

    >>> is_held_out({"category": "drums", "set": "virtuosity_drums"})
    True
    >>> is_held_out({"category": "vocals", "set": "berklee_voices", "voice": "berklee_m_solo"})
    False
    """
    if entry["set"] in HELD_OUT_SETS.get(entry["category"], frozenset()):
        return True
    voice = entry.get("voice")
    if voice in HELD_OUT_VOICES:
        return True
    return entry["set"] in SPOKEN_SETS and voice is not None and _chosen(voice)


def in_split(entry: Mapping[str, Any], split: Split) -> bool:
    """Whether `entry` may sound in songs of `split`.

    Raises `RtsepError` for a split that does not exist.
    """
    if split not in SPLITS:
        raise RtsepError(f"split {split!r} does not exist; use one of {', '.join(SPLITS)}")
    return is_held_out(entry) == (split == "validation")


def wave_in_split(name: str, split: Split) -> bool:
    """Whether the single-cycle wave called `name` may sound in songs of `split`."""
    return _chosen(name) == (split == "validation")
