"""The measurement against loops whose delay is known exactly."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rtsep.lab.analysis import Measurement, analyse
from rtsep.lab.probe import Kind, Pattern, make_pattern
from rtsep.lab.synthetic import SyntheticLoop, interpolated

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EXACT = 0.001
"""Frames; the issue asks for 0.01."""
AT_20_DB = 0.02
NARROW = 0.05
"""Within 200 Hz to 4 kHz, clipped and at 20 dB: the band says that much less of time."""
KINDS = st.sampled_from(["sweep", "mls"])
DELAYS = st.floats(0.0, 4000.0, allow_nan=False)
PATTERNS: dict[tuple[str, int], Pattern] = {
    (kind, shots): make_pattern(kind, 48000, shots, 100.0) for kind in ("sweep", "mls") for shots in (1, 4, 10)
}


def measured(loop: SyntheticLoop, kind: str = "sweep", shots: int = 4) -> Measurement:
    """What the lab says of a loop."""
    pattern = PATTERNS[kind, shots]
    return analyse(loop.play(pattern), pattern)


def error(loop: SyntheticLoop, kind: str = "sweep", shots: int = 4) -> float:
    """Frames by which it is wrong."""
    found = measured(loop, kind, shots)
    assert found.delay is not None, found.advice
    return abs(found.delay - loop.delay)


@FEW
@given(delay=DELAYS, kind=KINDS)
def test_any_fraction_of_a_frame_is_found_exactly_without_noise(delay: float, kind: Kind) -> None:
    assert error(SyntheticLoop(delay=delay), kind, shots=1) <= EXACT


@FEW
@given(delay=DELAYS, kind=KINDS, inverted=st.booleans(), gain_db=st.floats(-60.0, 20.0), seed=st.integers(0, 1 << 20))
def test_noise_20_db_below_gain_and_polarity_do_not_move_it(
    delay: float, kind: Kind, inverted: bool, gain_db: float, seed: int
) -> None:
    loop = SyntheticLoop(delay=delay, inverted=inverted, gain_db=gain_db, snr_db=20.0, seed=seed)
    found = measured(loop, kind)
    assert found.delay == pytest.approx(delay, abs=AT_20_DB)
    assert found.inverted == inverted
    assert found.gain_db == pytest.approx(gain_db, abs=0.5)


@FEW
@given(
    delay=DELAYS,
    kind=KINDS,
    low_hz=st.sampled_from([None, 40.0, 200.0]),
    high_hz=st.sampled_from([None, 4000.0, 12000.0]),
    clip_db=st.sampled_from([None, 3.0, 12.0]),
    seed=st.integers(0, 1 << 20),
)
def test_band_limits_and_clipping_do_not_move_it(
    delay: float, kind: Kind, low_hz: float | None, high_hz: float | None, clip_db: float | None, seed: int
) -> None:
    loop = SyntheticLoop(delay=delay, low_hz=low_hz, high_hz=high_hz, clip_db=clip_db, snr_db=20.0, seed=seed)
    assert error(loop, kind) <= NARROW


def test_clipping_is_told_and_its_remedy() -> None:
    found = measured(SyntheticLoop(delay=77.7, clip_db=12.0, snr_db=20.0))
    assert found.clipped > 0.2
    assert "clips" in found.advice[0]
    assert measured(SyntheticLoop(delay=77.7, snr_db=20.0)).clipped == 0.0


def test_a_converter_of_16_bit_does_not_look_clipped() -> None:
    pattern = PATTERNS["sweep", 1]
    recording = np.round(SyntheticLoop(delay=5.5).play(pattern) * 32768) / 32768
    found = analyse(recording, pattern)
    assert found.clipped == 0.0
    assert found.delay == pytest.approx(5.5, abs=EXACT)


def test_hum_far_louder_than_the_probe_is_left_out() -> None:
    pattern = PATTERNS["sweep", 4]
    hum = np.sin(2 * np.pi * 50.0 * np.arange(pattern.frames) / 48000)
    loop = SyntheticLoop(delay=321.25, gain_db=-20.0)
    found = analyse(loop.play(pattern) + hum, pattern)
    assert found.delay == pytest.approx(321.25, abs=AT_20_DB)


def test_an_echo_that_is_weaker_is_not_taken_for_the_loop() -> None:
    pattern = PATTERNS["mls", 1]
    recording = SyntheticLoop(delay=900.5).play(pattern) + 0.6 * SyntheticLoop(delay=1800.0).play(pattern)
    assert analyse(recording, pattern).delay == pytest.approx(900.5, abs=0.01)


@pytest.mark.parametrize("kind", ["sweep", "mls"])
@pytest.mark.parametrize("seed", range(6))
def test_noise_without_a_probe_is_no_loop(kind: Kind, seed: int) -> None:
    found = measured(SyntheticLoop(unplugged=True, snr_db=0.0, seed=seed), kind)
    assert found.verdict == "no loop"
    assert found.delay is None
    assert "cable" in found.advice[0]


def test_digital_silence_is_no_loop_with_its_own_remedy() -> None:
    found = measured(SyntheticLoop(unplugged=True))
    assert found.verdict == "no loop"
    assert "digital silence" in found.advice[0]


@pytest.mark.parametrize("kind", ["sweep", "mls"])
def test_a_probe_drowned_in_noise_is_too_noisy_not_absent(kind: Kind) -> None:
    verdicts = [measured(SyntheticLoop(delay=100.0, snr_db=snr_db), kind, 10).verdict for snr_db in (0, -26, -60)]
    assert verdicts == ["found", "too noisy", "no loop"]


def test_music_that_plays_into_the_input_is_no_loop() -> None:
    random = np.random.default_rng(3)
    pattern = PATTERNS["sweep", 4]
    swells = np.repeat(random.uniform(0.0, 1.0, 400), pattern.frames // 400 + 1)[: pattern.frames]
    music = swells * np.cumsum(random.normal(0.0, 0.01, pattern.frames))
    assert analyse(music, pattern).verdict == "no loop"


@pytest.mark.parametrize("delay", [6000.0, 15000.0, 25000.0])
def test_a_delay_beyond_the_longest_asks_for_a_longer_one(delay: float) -> None:
    found = measured(SyntheticLoop(delay=delay, snr_db=30.0))
    assert found.verdict == "no loop"
    assert "--longest-ms" in found.advice[0]


@pytest.mark.parametrize("ppm", [-100.0, -5.0, 0.0, 20.0])
def test_drift_between_the_clocks_is_measured(ppm: float) -> None:
    found = measured(SyntheticLoop(delay=500.0, drift_ppm=ppm, snr_db=40.0), shots=10).clocks
    assert found is not None
    assert found.drift_ppm is not None
    assert found.drift_error_ppm is not None
    assert found.drift_ppm == pytest.approx(ppm, abs=max(0.02 * abs(ppm), 0.05))
    assert found.drift_error_ppm < 0.1


def test_jitter_is_the_distance_from_the_line() -> None:
    still, moved = (measured(SyntheticLoop(delay=500.0, jitter=spread), shots=10).clocks for spread in (0.0, 0.1))
    assert still is not None
    assert moved is not None
    assert still.jitter_max < EXACT
    assert 0.02 < moved.jitter_median < moved.jitter_p95 <= moved.jitter_max < 0.4


def test_lost_frames_are_a_step_and_neither_drift_nor_jitter_of_all() -> None:
    pattern = PATTERNS["sweep", 10]
    recording = SyntheticLoop(delay=200.0).play(pattern)
    at = pattern.starts[6] - 10
    found = analyse(np.concatenate([recording[:at], np.zeros(64), recording[at:-64]]), pattern)
    assert found.clocks is not None
    assert found.clocks.steps == 1
    assert found.clocks.drift_ppm == pytest.approx(0.0, abs=0.01)
    assert found.delay == pytest.approx(200.0, abs=EXACT)
    assert "jumped" in found.advice[0]


def test_a_recording_that_breaks_off_or_holds_nan_is_no_error() -> None:
    pattern = PATTERNS["sweep", 4]
    recording = SyntheticLoop(delay=9.5).play(pattern)
    recording[100:110] = np.nan
    assert analyse(recording, pattern).delay == pytest.approx(9.5, abs=EXACT)
    short = analyse(recording[: pattern.starts[3]], pattern)
    assert short.delays[3] is None
    assert short.delay == pytest.approx(9.5, abs=EXACT)


def test_interpolation_is_as_good_as_a_turn_of_the_spectrum() -> None:
    pattern = PATTERNS["sweep", 1]
    by_phase = SyntheticLoop(delay=10.3).play(pattern)
    by_sinc = interpolated(pattern.sound.astype(float), np.arange(pattern.frames) - 10.3)
    assert np.abs(by_phase - by_sinc).max() < 1e-3 * pattern.gain


def test_a_synthetic_loop_is_the_same_for_the_same_seed() -> None:
    loop = SyntheticLoop(delay=3.0, snr_db=10.0)
    pattern = PATTERNS["mls", 1]
    assert np.array_equal(loop.play(pattern), loop.play(pattern))
    assert not np.array_equal(loop.play(pattern), msgspec.structs.replace(loop, seed=1).play(pattern))
