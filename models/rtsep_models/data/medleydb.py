"""MedleyDB 1 and 2: `Audio/<track>/<track>_STEMS/*.wav`, each stem's instrument in `<track>_METADATA.yaml`.

Bittner et al., 2014 and 2016. The metadata lie beside the audio (version 1) or in the folder `Metadata` (version 2, as in
the repository marl/medleydb). There are no official splits. Tracks that MUSDB18 took over keep the split they have there;
none is among its test songs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from rtsep_models.data import musdb
from rtsep_models.data.config import Split
from rtsep_models.data.songs import DataError, Original, Stems, decode_files

VOICES = frozenset(
    [
        "male singer",
        "female singer",
        "male speaker",
        "female speaker",
        "male rapper",
        "female rapper",
        "male screamer",
        "female screamer",
        "beatboxing",
        "vocalists",
        "choir",
    ]
)
DRUMS = frozenset(
    [
        "drum set",
        "drum machine",
        "kick drum",
        "snare drum",
        "bass drum",
        "toms",
        "high hat",
        "cymbal",
        "gong",
        "bongo",
        "conga",
        "tambourine",
        "darbuka",
        "doumbek",
        "tabla",
        "timpani",
        "auxiliary percussion",
        "triangle",
        "sleigh bells",
        "cowbell",
        "cabasa",
        "guiro",
        "gu",
        "castanet",
        "claps",
        "snaps",
        "rattle",
        "shaker",
        "maracas",
        "whistle",
    ]
)
BASSES = frozenset({"electric bass", "double bass", "synth bass"})
UNKNOWN = frozenset({"fx/processed sound", "sampler", "scratches", "crowd", "Main System", "Unlabeled"})
"""Labels that tell how a sound was made, but not to which stem it belongs: such files are left out of the song."""


def medleydb_songs(folder: Path, split: Split) -> Iterator[Original]:
    """The tracks of one split whose stems do not bleed into each other.

    Raises DataError if there are none in `folder`, or a track's metadata are missing or malformed.
    """
    tracks = sorted(path for path in (folder / "Audio").glob("*/") if (path / f"{path.name}_STEMS").is_dir())
    if not tracks:
        raise DataError(f"no track in {folder / 'Audio'}; the source's path must be the folder with Audio in it")
    held_out = {_squeezed(name) for name in musdb.VALIDATION_SONGS}
    for track in tracks:
        if split != ("validation" if _squeezed(track.name) in held_out else "train"):
            continue
        metadata = _metadata(folder, track)
        stems = metadata.get("stems")
        if not isinstance(stems, dict):
            raise DataError(f"metadata of {track.name} name no stems; download them anew")
        files = {
            track / f"{track.name}_STEMS" / stem["filename"]: _stem_of(stem["instrument"]) for stem in stems.values()
        }
        known = {path: stem for path, stem in files.items() if stem}
        if metadata.get("has_bleed") in ("no", False) and known:
            yield Original(track.name, list(known), partial(_decode, known))


def _squeezed(name: str) -> str:
    """Artist and title without punctuation: MUSDB18 writes "Music Delta - Rock", MedleyDB "MusicDelta_Rock"."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _metadata(folder: Path, track: Path) -> Mapping[str, Any]:
    name = f"{track.name}_METADATA.yaml"
    places = [track / name, folder / "Metadata" / name]
    for path in places:
        if path.exists():
            try:
                return yaml.safe_load(path.read_bytes())
            except yaml.YAMLError as error:
                raise DataError(f"{path} is no YAML ({error}); download it anew") from error
    raise DataError(f"{name} is neither in {places[0].parent} nor in {places[1].parent}; copy it from marl/medleydb")


def _stem_of(instruments: str | list[str]) -> str | None:
    """The stem that an instrument belongs to; None if nobody knows, or if several belong to different ones."""
    labels = [instruments] if isinstance(instruments, str) else instruments
    stems = {_stem_of_label(label) for label in labels}
    return stems.pop() if len(stems) == 1 else None


def _stem_of_label(label: str) -> str | None:
    if label in UNKNOWN:
        return None
    for stem, group in (("vocals", VOICES), ("drums", DRUMS), ("bass", BASSES)):
        if label in group:
            return stem
    return "other"


def _decode(files: Mapping[Path, str]) -> tuple[Stems, int]:
    """Files summed by stem; they may differ in length and in channels."""
    parts, rate = decode_files({str(path): path for path in files})
    length = max(map(len, parts.values()))
    stems: dict[str, NDArray[np.float32]] = {}
    for path, stem in files.items():
        part = parts[str(path)]
        total = stems.setdefault(stem, np.zeros((length, 2), np.float32))
        total[: len(part)] += part
    return stems, rate
