"""Does the separator without weights separate? Synthetic scenes whose answer is plain."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray

from rtsep.errors import SeparatorError
from rtsep.separators.classic import Classic
from rtsep.separators.classic.cues import CUES, Cues
from rtsep.separators.classic.masks import weights_per_bin

Signal = NDArray[np.float32]

RATES = (44100, 48000)
SECONDS = 4.0
SETTLED_S = 2.0
VOCALS, DRUMS, BASS, OTHER = range(4)
SUM_TOLERANCE = 1e-5


def times(rate: int) -> NDArray[np.float64]:
    return np.arange(int(SECONDS * rate) // 128 * 128) / rate


def placed(mono: NDArray[np.float64], pan: float = 0.0) -> Signal:
    """Stereo (2, T) with constant power; `pan` -1 is left, 1 is right."""
    angle = (pan + 1.0) * np.pi / 4.0
    return np.stack([np.cos(angle) * mono, np.sin(angle) * mono]).astype(np.float32)


def clicks(rate: int) -> Signal:
    """Broadband hits of 30 ms, twice a second."""
    t = times(rate)
    noise = np.random.default_rng(1).standard_normal(t.size)
    return placed(0.5 * noise * np.exp(-(t % 0.5) / 0.01))


def bass_note(rate: int) -> Signal:
    t = times(rate)
    return placed(0.3 * np.sin(2 * np.pi * 60.0 * t) + 0.05 * np.sin(2 * np.pi * 120.0 * t))


def sung_tone(rate: int) -> Signal:
    """An "ah" with vibrato, in the middle: 20 harmonics of 260 Hz under formants, 0.7 s of every second."""
    t = times(rate)
    phase = 2 * np.pi * 260.0 * t + 5.0 * np.sin(2 * np.pi * 5.5 * t)
    loud = np.clip(np.minimum(t % 1.0, 0.7 - t % 1.0) / 0.05, 0.0, 1.0)
    voice = np.zeros_like(t)
    for harmonic in range(1, 21):
        hz = 260.0 * harmonic
        formants = sum(
            gain / (1.0 + ((hz - at) / 150.0) ** 2) for at, gain in ((750.0, 1.0), (1200.0, 0.6), (2800.0, 0.3))
        )
        voice += formants * np.sin(harmonic * phase)
    return placed(0.2 * loud * voice)


def pads(rate: int) -> Signal:
    """Two steady chords, one far left, one far right."""
    t = times(rate)
    left = np.sum([np.sin(2 * np.pi * f * t) for f in (329.6, 415.3, 493.9, 987.8)], axis=0)
    right = np.sum([np.sin(2 * np.pi * f * t) for f in (370.0, 466.2, 554.4, 1108.7)], axis=0)
    return placed(0.06 * left, -0.9) + placed(0.06 * right, 0.9)


def separate(separator: Classic, mix: Signal) -> Signal:
    """Stems (4, 2, T), aligned with `mix` (2, T), the last `delay` samples missing."""
    hop, delay = separator.spec.hop, separator.spec.delay
    out = np.empty((4, *mix.shape), dtype=np.float32)
    for start in range(0, mix.shape[1], hop):
        block = np.empty((4, 2, hop), dtype=np.float32)
        separator.process(np.ascontiguousarray(mix[:, start : start + hop]), block)
        out[..., start : start + hop] = block
    return out[..., delay:]


def improvement_db(stem: Signal, source: Signal, mix: Signal, rate: int) -> float:
    """How much closer (dB) the stem is to its source than the mixture is, once settled."""
    settled = slice(int(SETTLED_S * rate), stem.shape[-1])
    error, before = stem[:, settled] - source[:, settled], mix[:, settled] - source[:, settled]
    return float(10 * np.log10(np.sum(before**2) / np.sum(error**2)))


def shares(stems: Signal, rate: int) -> NDArray[np.float64]:
    """Energy of each stem as a share of all, once settled."""
    energy = np.sum(stems[..., int(SETTLED_S * rate) :].astype(np.float64) ** 2, axis=(1, 2))
    return energy / energy.sum()


@pytest.fixture(params=RATES, ids=lambda rate: f"{rate} Hz")
def rate(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def separator(rate: int) -> Classic:
    classic = Classic()
    classic.prepare(rate)
    return classic


def test_clicks_are_drums(separator: Classic, rate: int) -> None:
    assert shares(separate(separator, clicks(rate)), rate)[DRUMS] > 0.6


def test_a_low_tone_is_bass(separator: Classic, rate: int) -> None:
    assert shares(separate(separator, bass_note(rate)), rate)[BASS] > 0.6


def test_panned_pads_are_other(separator: Classic, rate: int) -> None:
    assert shares(separate(separator, pads(rate)), rate)[OTHER] > 0.6


def test_singing_in_the_middle_is_vocals(separator: Classic, rate: int) -> None:
    assert shares(separate(separator, sung_tone(rate)), rate)[VOCALS] > 0.5


def test_each_stem_is_closer_to_its_source_than_the_mixture(separator: Classic, rate: int) -> None:
    sources = [sung_tone(rate), clicks(rate), bass_note(rate), pads(rate)]
    mix = sources[0] + sources[1] + sources[2] + sources[3]
    stems = separate(separator, mix)
    for stem, source in zip(stems, sources, strict=True):
        assert improvement_db(stem, source, mix, rate) > 3.0


def test_stems_add_up_to_the_delayed_mixture(separator: Classic, rate: int) -> None:
    mix = sung_tone(rate) + clicks(rate) + pads(rate)
    stems = separate(separator, mix)
    np.testing.assert_allclose(stems.sum(axis=0), mix[:, : stems.shape[-1]], atol=SUM_TOLERANCE)


def test_more_drum_sensitivity_moves_energy_to_the_drums(separator: Classic, rate: int) -> None:
    mix = sung_tone(rate) + clicks(rate)
    before = shares(separate(separator, mix), rate)
    separator.reset()
    separator.set_parameter("drums_sensitivity", 12.0)
    after = shares(separate(separator, mix), rate)
    assert after[DRUMS] > before[DRUMS]
    assert after[VOCALS] < before[VOCALS]


def test_more_contrast_makes_the_stems_more_exclusive(separator: Classic, rate: int) -> None:
    mix = sung_tone(rate) + clicks(rate) + bass_note(rate)
    before = shares(separate(separator, mix), rate).max()
    energies = []
    for contrast in (0.5, 4.0):
        separator.reset()
        separator.set_parameter("contrast", contrast)
        energies.append(float(np.sum(separate(separator, mix) ** 2)))
    assert energies[1] > energies[0]
    assert 0.0 < before < 1.0


def test_silence_after_music_becomes_exact_silence(separator: Classic, rate: int) -> None:
    quiet = np.zeros((2, 4096), np.float32)
    stems = separate(separator, np.concatenate([clicks(rate), quiet], axis=1))
    assert not stems[..., -1024:].any()


def test_full_scale_noise_stays_bounded(separator: Classic) -> None:
    noise = np.random.default_rng(0).choice([-1.0, 1.0], (2, 1 << 16)).astype(np.float32)
    stems = separate(separator, noise)
    assert np.isfinite(stems).all()
    assert np.abs(stems).max() < 8.0


def test_reset_makes_the_output_repeat_bit_for_bit(separator: Classic, rate: int) -> None:
    mix = sung_tone(rate) + clicks(rate)
    first = separate(separator, mix)
    separator.reset()
    np.testing.assert_array_equal(separate(separator, mix), first)


def test_the_future_has_no_influence(separator: Classic, rate: int) -> None:
    mix = sung_tone(rate)
    other_future = mix.copy()
    cut = mix.shape[1] // 256 * 128
    other_future[:, cut:] = clicks(rate)[:, cut:]
    first = separate(separator, mix)
    separator.reset()
    np.testing.assert_array_equal(separate(separator, other_future)[..., : cut - 128], first[..., : cut - 128])


def test_an_unknown_sample_rate_is_refused_with_a_remedy() -> None:
    with pytest.raises(SeparatorError, match="resample"):
        Classic().prepare(22050)


def test_every_cue_has_a_weight() -> None:
    weights, biases = weights_per_bin(bins=1025, bin_hz=48000 / 2048)
    assert weights.shape == (3, len(CUES), 1025)
    assert biases.shape == (2, 3, 1025)
    assert Cues(bins=1025, bin_hz=48000 / 2048).values.shape == (len(CUES), 1025)


def test_importing_it_is_light() -> None:
    code = "import sys, rtsep.separators.classic; assert not {'scipy.signal', 'torch'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
