"""The rolling spectrograms: right place, right level, any portions, all signals in step."""

from __future__ import annotations

import numpy as np
import pytest
from support import AWKWARD_BLOCKS, RATE, sine

from rtsep_gui.models.spectrum import FLOOR_DB, HIGH_HZ, LOW_HZ, Spectra, Spectrogram

BANDS = 120
LEVEL_TOLERANCE_DB = 1.5
"""A Hann window's loss for a frequency between two bins."""
PER_S = 60


def place(frequency_hz: float) -> float:
    return BANDS * np.log(frequency_hz / LOW_HZ) / np.log(HIGH_HZ / LOW_HZ)


@pytest.mark.parametrize("frequency_hz", [55.0, 1000.0, 9000.0])
def test_a_sine_stands_at_its_pitch_and_level(frequency_hz: float) -> None:
    made = Spectrogram(RATE, 30, BANDS)
    made.feed(sine(RATE, frequency_hz, 0.5).T)
    column = made.in_order()[-1]
    assert abs(int(np.argmax(column)) - place(frequency_hz)) <= (
        3.0 if frequency_hz < 200 else 1.5
    )  # a bin there: 12 Hz
    assert column.max() == pytest.approx(20 * np.log10(0.5), abs=LEVEL_TOLERANCE_DB)


@pytest.mark.parametrize("block", AWKWARD_BLOCKS)
@pytest.mark.parametrize("rate", [44100, 48000, 50000])
def test_portions_do_not_matter(block: int, rate: int) -> None:
    sound = np.random.default_rng(0).standard_normal((2, 12000)).astype(np.float32)
    whole, parts = Spectrogram(rate, 40, BANDS), Spectrogram(rate, 40, BANDS)
    columns = whole.feed(sound)
    assert columns == 12000 * PER_S // rate
    assert sum(parts.feed(sound[:, start : start + block]) for start in range(0, 12000, block)) == columns
    np.testing.assert_allclose(parts.in_order(), whole.in_order(), atol=1e-3)


def test_silence_is_the_floor_and_time_rolls_on() -> None:
    made = Spectrogram(RATE, 10, BANDS)
    made.feed(sine(RATE).T)
    made.feed(np.zeros((2, RATE), dtype=np.float32))
    assert (made.image == FLOOR_DB).all()


def test_what_is_in_opposite_phase_left_and_right_is_seen() -> None:
    made = Spectrogram(RATE, 10, BANDS)
    wave = sine(RATE, 1000.0, 0.5).T
    made.feed(wave * np.array([[1.0], [-1.0]], dtype=np.float32))
    assert made.in_order()[-1].max() == pytest.approx(20 * np.log10(0.5), abs=LEVEL_TOLERANCE_DB)


def test_signals_fed_together_are_each_as_if_alone() -> None:
    sounds = np.stack([sine(RATE, 300.0, 0.5).T, sine(RATE, 3000.0, 0.1).T])
    both = Spectra(RATE, 2, 40, BANDS)
    both.feed(sounds)
    for signal, sound in enumerate(sounds):
        alone = Spectrogram(RATE, 40, BANDS)
        alone.feed(sound)
        np.testing.assert_allclose(both.in_order()[signal], alone.in_order(), atol=1e-3)


def test_time_that_was_missed_is_empty_and_not_left_out() -> None:
    made = Spectra(RATE, 1, 30, BANDS)
    made.feed(sine(RATE).T[np.newaxis])
    assert made.skip(RATE // 6) == 10
    newest = made.latest(11)[0]
    assert (newest[1:] == FLOOR_DB).all()
    assert newest[0].max() > -10.0


def test_the_newest_columns_are_the_end_of_all_of_them() -> None:
    made = Spectra(RATE, 3, 30, BANDS)
    made.feed(np.random.default_rng(1).uniform(-1, 1, (3, 2, 40000)).astype(np.float32))
    assert (made.latest(7, 1, 2) == made.in_order()[1:2, -7:]).all()
