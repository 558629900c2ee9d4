"""The demo clip as it ships: whoever loads it may rely on these."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep.demo.clip import STEMS, Clip, load_clip
from rtsep.demo.score import DURATION_S

MINUS_45_DB = 10 ** (-45 / 20)
PIECE = 2400
"""50 ms."""


@pytest.fixture(scope="module")
def clip() -> Clip:
    return load_clip()


def _levels(stem: np.ndarray) -> np.ndarray:
    """Level of each 50 ms piece of (2, T)."""
    power = np.mean(stem.astype(np.float64) ** 2, axis=0)
    return np.sqrt(power[: power.size // PIECE * PIECE].reshape(-1, PIECE).mean(axis=1))


def test_stems_come_in_order_as_stereo_float32_of_equal_length(clip: Clip) -> None:
    assert tuple(clip.stems) == STEMS
    assert clip.sample_rate == 48_000
    length = round(DURATION_S * clip.sample_rate)
    assert {(stem.dtype, stem.shape) for stem in clip.stems.values()} == {(np.dtype(np.float32), (2, length))}


def test_clip_lasts_between_thirty_and_forty_seconds(clip: Clip) -> None:
    assert 30.0 <= clip.mix.shape[1] / clip.sample_rate <= 40.0


def test_mix_is_the_sum_of_the_stems_to_the_bit(clip: Clip) -> None:
    vocals, drums, bass, other = clip.stems.values()
    np.testing.assert_array_equal(clip.mix, vocals + drums + bass + other)


def test_neither_the_mix_nor_a_stem_clips(clip: Clip) -> None:
    assert 0.6 < np.abs(clip.mix).max() <= 0.9
    assert max(np.abs(stem).max() for stem in clip.stems.values()) <= 0.9


@pytest.mark.parametrize("name", STEMS)
def test_every_stem_is_heard_for_most_of_the_clip(clip: Clip, name: str) -> None:
    assert np.mean(_levels(clip.stems[name]) > MINUS_45_DB) > 0.6


@pytest.mark.parametrize("name", STEMS)
def test_no_stem_drowns_the_others(clip: Clip, name: str) -> None:
    """The loud half of each stem lies within 8 dB of the loudest stem's."""
    loud = {stem: np.median(np.sort(_levels(audio))[-360:]) for stem, audio in clip.stems.items()}
    assert 20 * np.log10(max(loud.values()) / loud[name]) < 8.0


def test_voice_waits_for_the_verse(clip: Clip) -> None:
    intro = _levels(clip.stems["vocals"])[: round(4.4 / 0.05)]
    assert intro.max() < MINUS_45_DB / 10


@pytest.mark.parametrize("name", STEMS)
def test_ends_are_faded_so_that_a_loop_does_not_click(clip: Clip, name: str) -> None:
    stem = clip.stems[name]
    assert np.abs(stem[:, :8]).max() < 1e-3
    assert np.abs(stem[:, -8:]).max() < 1e-3


def test_bass_is_in_the_centre_and_the_band_is_wide(clip: Clip) -> None:
    sides = {name: np.std(stem[0] - stem[1]) / np.std(stem[0] + stem[1]) for name, stem in clip.stems.items()}
    assert sides["bass"] < 0.02
    assert sides["other"] > 0.3


def test_stems_cannot_be_written_to(clip: Clip) -> None:
    with pytest.raises(ValueError, match="read-only"):
        clip.stems["vocals"][0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        clip.mix[0, 0] = 1.0
