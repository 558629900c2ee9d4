"""Does the factorisation with fixed bases separate? Stems whose spectra are disjoint, learned and then told apart."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from rtsep.errors import SeparatorError
from rtsep_models.data.songs import FULL_SCALE, STEMS, Song
from rtsep_models.separators import nmf_machine
from rtsep_models.separators.nmf import BASES, Nmf
from rtsep_models.separators.nmf_bases import FRAME, RATE, SIZE, at_rate, band_edges, factorise, learn, load, save

HOP = 128
SECONDS = 2.0
TONES_HZ = {
    "vocals": (300.0, 900.0, 1500.0),
    "drums": (5000.0, 6500.0),
    "bass": (60.0, 120.0),
    "other": (440.0, 660.0, 2200.0),
}


def song(seed: int = 0, sides: tuple[str, ...] = ()) -> Song:
    """Chords whose notes swell and fade, no two stems sharing a frequency; `sides` play in opposite phase."""
    rng = np.random.default_rng(seed)
    t = np.arange(int(SECONDS * RATE) // HOP * HOP) / RATE
    stems = {}
    for stem, tones in TONES_HZ.items():
        swell = [np.sin(2 * np.pi * (rng.uniform(0.4, 2.0) * t + rng.uniform())) ** 2 for _ in tones]
        wave = sum(0.08 * s * np.sin(2 * np.pi * hz * t) for s, hz in zip(swell, tones, strict=True))
        both = np.stack([wave, -wave if stem in sides else wave], axis=1)
        stems[stem] = np.rint(both * FULL_SCALE).astype(np.int16)
    return Song("chords", RATE, stems)


@pytest.fixture(scope="module")
def bases() -> NDArray[np.float32]:
    return learn([song(0)], components=3, frames=150, iterations=60)


def separated(bases: NDArray[np.float32], mix: NDArray[np.float32]) -> NDArray[np.float32]:
    """Stems (4, 2, T - delay) of `mix` (2, T)."""
    machine = nmf_machine.Machine(bases, HOP, updates=4)
    stems = np.empty((4, *mix.shape), np.float32)
    out = np.empty((4, 2, HOP), np.float32)
    for start in range(0, mix.shape[1], HOP):
        machine.process(np.ascontiguousarray(mix[:, start : start + HOP]), out)
        stems[..., start : start + HOP] = out
    return stems[..., HOP:]


def ratio_db(true: NDArray[np.float32], guess: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.sum(true**2) / np.sum((true - guess) ** 2)))


def floats(stems: Song) -> NDArray[np.float32]:
    return np.stack([stems.stems[stem].T for stem in STEMS]) / np.float32(FULL_SCALE)


def test_stems_of_other_frequencies_are_told_apart(bases: NDArray[np.float32]) -> None:
    true = floats(song(seed=1))
    stems = separated(bases, true.sum(axis=0))
    for index, name in enumerate(STEMS):
        assert ratio_db(true[index, :, :-HOP], stems[index]) > 12.0, name


def test_bases_also_know_the_place() -> None:
    """Two stems of the same frequencies: one in the middle, one at the sides."""
    wide = song(0, sides=("other",))
    twin = Song(
        "twin", RATE, {**wide.stems, "vocals": np.abs(wide.stems["other"]) * np.sign(wide.stems["other"][:, :1])}
    )
    bases = learn([twin], components=3, frames=150, iterations=60)
    true = floats(twin)
    stems = separated(bases, true.sum(axis=0))
    for index in (STEMS.index("vocals"), STEMS.index("other")):
        assert ratio_db(true[index, :, :-HOP], stems[index]) > 10.0


def test_a_stem_that_a_song_cannot_vouch_for_teaches_nothing() -> None:
    hidden = Song("hidden", RATE, song(0).stems, bass_free=False)
    with pytest.raises(SeparatorError, match="'bass' has 0 frames"):
        learn([hidden], components=3, frames=50, iterations=5)


def test_silence_teaches_nothing() -> None:
    silent = Song("silent", RATE, {stem: np.zeros((RATE, 2), np.int16) for stem in STEMS})
    with pytest.raises(SeparatorError, match="0 frames"):
        learn([silent], components=3)


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 100))
def test_updates_never_raise_the_divergence(seed: int) -> None:
    """Lee and Seung's theorem, for the streaming update with its bases of sum 1."""
    rng = np.random.default_rng(seed)
    bases = rng.uniform(0, 1, (6, SIZE)).astype(np.float32)
    bases /= bases.sum(axis=1, keepdims=True)
    observed = rng.exponential(1.0, SIZE).astype(np.float32)
    share, explained = np.ones(6, np.float32), np.zeros(SIZE, np.float32)
    divergences = []
    for _ in range(6):
        model = share @ bases + nmf_machine.FLOOR
        divergences.append(float(np.sum(observed * np.log(observed / model) - observed + model)))
        nmf_machine.update(bases, share, observed, explained)
    assert all(after <= before * (1 + 1e-4) for before, after in pairwise(divergences))
    assert divergences[-1] < divergences[0]


def test_factors_explain_what_they_were_made_from() -> None:
    rng = np.random.default_rng(0)
    true = rng.exponential(1.0, (3, SIZE)) ** 2
    observed = (rng.exponential(1.0, (200, 3)) @ true).astype(np.float32)
    bases = factorise(observed, 3, 200, rng)
    np.testing.assert_allclose(bases.sum(axis=1), 1.0, rtol=1e-4)
    left = observed - observed @ np.linalg.pinv(bases) @ bases
    assert np.sum(left**2) < 0.02 * np.sum(observed**2)


def test_bases_at_another_rate_stand_at_the_same_frequency() -> None:
    edges = band_edges()
    centre = (edges[:-1] + edges[1:] - 1) / 2.0
    bases = np.zeros((4, 1, SIZE), np.float32)
    band = int(np.argmin(np.abs(centre * RATE / FRAME - 1000.0)))
    bases[..., band - 1 : band + 2] = (0.25, 0.5, 0.25)
    peak = int(at_rate(bases, 48000)[0, 0, : SIZE // 2].argmax())
    assert centre[peak] * 48000 / FRAME == pytest.approx(1000.0, abs=1.5 * 48000 / FRAME)
    np.testing.assert_array_equal(at_rate(bases, RATE), bases)


def test_every_bin_lies_in_one_band() -> None:
    edges = band_edges()
    assert edges[0] == 0
    assert edges[-1] == FRAME // 2 + 1
    assert (np.diff(edges) > 0).all()


def test_shipped_bases_are_whole_and_small() -> None:
    bases = load(BASES)
    np.testing.assert_allclose(bases.sum(axis=-1), 1.0, atol=0.02)  # half precision
    assert BASES.stat().st_size < 1 << 20


def test_damaged_or_foreign_bases_are_refused(tmp_path: Path) -> None:
    broken, foreign = tmp_path / "broken.safetensors", tmp_path / "foreign.safetensors"
    broken.write_bytes(BASES.read_bytes()[:1000])
    save(np.ones((4, 8, 10), np.float32), foreign)
    with pytest.raises(SeparatorError, match="cannot be read"):
        load(broken)
    with pytest.raises(SeparatorError, match="shape"):
        load(foreign)


def test_an_unknown_sample_rate_is_refused_with_a_remedy() -> None:
    with pytest.raises(SeparatorError, match="resample"):
        Nmf().prepare(22050)
