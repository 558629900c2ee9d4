"""Each variation does what it says, and the mixture stays the sum of the stems."""

import msgspec
import numpy as np
import pytest
from lookalikes import RATE, loudest_hz, tone

from rtsep.errors import ConfigError
from rtsep_models.data import augmentation
from rtsep_models.data.config import UNCHANGED, Augmentation

FLOAT32 = 1e-5


def _noise(*shape: int) -> np.ndarray:
    return (0.05 * np.random.default_rng(3).standard_normal(shape)).astype(np.float32)


def _only(**changes: object) -> Augmentation:
    return msgspec.structs.replace(UNCHANGED, **changes)


def _level_db(signal: np.ndarray) -> float:
    return 10 * float(np.log10(np.mean(signal.astype(np.float64) ** 2)))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def test_unchanged_changes_nothing(rng: np.random.Generator) -> None:
    stems = _noise(4, 2, 1000)
    before = stems.copy()
    np.testing.assert_array_equal(augmentation.draw_matrix(rng, UNCHANGED, mono=False), np.eye(2))
    assert augmentation.draw_present(rng, UNCHANGED, 4).all()
    assert augmentation.draw_speed(rng, UNCHANGED) == 1.0
    assert augmentation.colour(rng, stems[0], UNCHANGED) is not None
    augmentation.finish(rng, stems, UNCHANGED)
    np.testing.assert_array_equal(stems, before)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"polarity_share": 1.0}, [[-1, 0], [0, -1]]),
        ({"swap_share": 1.0}, [[0, 1], [1, 0]]),
        ({"width_share": 1.0, "width": (0.0, 0.0)}, [[0.5, 0.5], [0.5, 0.5]]),
        ({"width_share": 1.0, "width": (1.0, 1.0)}, [[1, 0], [0, 1]]),
        ({"balance_share": 1.0, "balance_db": (6.0, 6.0)}, [[10**0.15, 0], [0, 10**-0.15]]),
        ({"gain_db": (-20.0, -20.0)}, [[0.1, 0], [0, 0.1]]),
    ],
)
def test_matrix_of_a_single_variation(changes: dict, expected: list, rng: np.random.Generator) -> None:
    np.testing.assert_allclose(augmentation.draw_matrix(rng, _only(**changes), mono=False), expected, atol=1e-6)


def test_mono_makes_both_channels_alike_whatever_else_is_drawn() -> None:
    config = Augmentation(width_share=1.0, balance_share=1.0, swap_share=1.0)
    for seed in range(20):
        matrix = augmentation.draw_matrix(np.random.default_rng(seed), config, mono=True)
        np.testing.assert_array_equal(matrix[0], matrix[1])


def test_gains_fill_their_range() -> None:
    config = _only(gain_db=(-10.0, 6.0))
    rng = np.random.default_rng(0)
    gains_db = [20 * np.log10(augmentation.draw_matrix(rng, config, mono=False)[0, 0]) for _ in range(300)]
    assert -10.001 <= min(gains_db) < -9
    assert 5 < max(gains_db) <= 6.001


@pytest.mark.parametrize("speed", [0.88, 48000 / 44100, 1.14])
@pytest.mark.parametrize("length", [4410, 44101])
def test_speed_moves_pitch_and_keeps_the_length(speed: float, length: int) -> None:
    frames = tone("vocals", 2.0)[: augmentation.frames_needed(length, speed)]
    read = augmentation.change_speed(frames, length, speed)
    assert read.shape == (length, 2)
    assert loudest_hz(read[:, 0]) == pytest.approx(880 * speed, abs=2 * RATE / length)
    assert _level_db(read) == pytest.approx(_level_db(frames), abs=0.1)


def test_speeds_stay_in_range() -> None:
    rng = np.random.default_rng(0)
    speeds = [augmentation.draw_speed(rng, Augmentation()) for _ in range(400)]
    assert 0.88 <= min(speeds) < 0.9
    assert 1.12 < max(speeds) <= 1.14
    assert speeds.count(1.0) == pytest.approx(200, abs=60)


def test_alone_leaves_one_stem() -> None:
    rng = np.random.default_rng(0)
    drawn = [augmentation.draw_present(rng, _only(alone_share=1.0), 4) for _ in range(50)]
    assert {int(present.sum()) for present in drawn} == {1}
    assert {int(np.argmax(present)) for present in drawn} == {0, 1, 2, 3}


def test_dropping_silences_any_number_of_stems() -> None:
    rng = np.random.default_rng(0)
    counts = [int(augmentation.draw_present(rng, _only(drop_share=0.5), 4).sum()) for _ in range(200)]
    assert set(counts) == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(("frequency_hz", "expected_db"), [(30.0, -4.0), (1000.0, 0.0), (18000.0, 4.0)])
def test_tilt_raises_treble_and_lowers_bass_by_half_each(frequency_hz: float, expected_db: float) -> None:
    wave = np.sin(2 * np.pi * frequency_hz * np.arange(RATE) / RATE).astype(np.float32)
    stem = np.stack([wave, wave])
    tilted = augmentation.tilt(stem, 8.0, 1000.0)
    assert tilted.dtype == np.float32
    assert _level_db(tilted[:, 2000:]) - _level_db(stem[:, 2000:]) == pytest.approx(expected_db, abs=0.3)


def test_clipping_bounds_the_peak_and_leaves_small_signals(rng: np.random.Generator) -> None:
    stem = _noise(2, 5000)
    peak = np.abs(stem).max()
    clipped = augmentation.colour(rng, stem, _only(clip_share=1.0, drive_db=(12.0, 12.0)))
    assert np.abs(clipped).max() < 0.26 * peak
    small = np.abs(stem) < 0.02 * peak
    np.testing.assert_allclose(clipped[small], stem[small], rtol=0.01)


def test_clipping_leaves_silence(rng: np.random.Generator) -> None:
    assert not augmentation.colour(rng, np.zeros((2, 100), np.float32), _only(clip_share=1.0)).any()


@pytest.mark.parametrize("seed", range(4))  # white and pink
def test_noise_has_its_level_and_goes_to_other_only(seed: int) -> None:
    stems = np.zeros((4, 2, 44101), np.float32)
    augmentation.finish(np.random.default_rng(seed), stems, _only(noise_share=1.0, noise_db=(-50.0, -50.0)))
    assert not stems[:3].any()
    assert _level_db(stems[3]) == pytest.approx(-50, abs=0.2)
    assert abs(np.corrcoef(stems[3])[0, 1]) < 0.2


def test_room_is_shared_so_that_the_sum_of_wet_stems_is_the_wet_mixture(rng: np.random.Generator) -> None:
    stems = _noise(4, 2, 20000)
    response = augmentation.room(rng, 0.3, -10.0)
    wet = augmentation.reverberate(stems, response)
    assert wet.shape == stems.shape
    assert wet.dtype == np.float32
    mixture = augmentation.reverberate(stems.sum(axis=0, keepdims=True), response)
    np.testing.assert_allclose(wet.sum(axis=0), mixture[0], atol=FLOAT32)


def test_room_keeps_the_direct_sound_and_dies_away(rng: np.random.Generator) -> None:
    response = augmentation.room(rng, 0.5, -12.0)
    np.testing.assert_allclose(response[:, 0], 1.0, atol=0.05)
    tail = response[:, 1:]
    np.testing.assert_allclose(10 * np.log10(np.sum(tail**2, axis=1)), -12.0, atol=0.5)
    # 60 dB in 0.5 s: 24 dB from 0.1 to 0.3 s
    early, late = (tail[:, int(at * RATE) : int((at + 0.02) * RATE)] for at in (0.1, 0.3))
    assert _level_db(early) - _level_db(late) == pytest.approx(24, abs=2)


def test_level_turns_down_what_would_clip_and_keeps_the_balance(rng: np.random.Generator) -> None:
    stems = 20 * _noise(4, 2, 1000)
    before = stems.copy()
    augmentation.finish(rng, stems, _only(level_db=(3.0, 3.0)))
    assert np.abs(stems.sum(axis=0)).max() == pytest.approx(1.0, abs=1e-5)
    np.testing.assert_allclose(stems, before * (stems[0, 0, 0] / before[0, 0, 0]), rtol=1e-4, atol=1e-6)


def test_level_of_a_quiet_segment(rng: np.random.Generator) -> None:
    stems = _noise(4, 2, 1000)
    before = stems.copy()
    augmentation.finish(rng, stems, _only(level_db=(-20.0, -20.0)))
    np.testing.assert_allclose(stems, 0.1 * before, rtol=1e-5)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"swap_share": 1.5}, r"augmentation.swap_share is 1.5, must be 0..1"),
        ({"gain_db": (6.0, -10.0)}, "augmentation.gain_db .* lower end first"),
        ({"speed": (0.1, 1.0)}, "augmentation.speed .* within 0.5..2"),
    ],
)
def test_impossible_numbers_are_refused(changes: dict, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        Augmentation(**changes)
