"""The rolling spectrogram: right place, right level, any portions."""

from __future__ import annotations

import numpy as np
import pytest
from support import AWKWARD_BLOCKS, RATE, sine

from rtsep_gui.models.spectrum import FLOOR_DB, HIGH_HZ, LOW_HZ, Spectrogram

BANDS = 120
LEVEL_TOLERANCE_DB = 1.5
"""A Hann window's loss for a frequency between two bins."""


def test_a_sine_stands_at_its_pitch_and_level() -> None:
    made = Spectrogram(RATE, 30, BANDS)
    made.feed(sine(RATE, 1000.0, 0.5).T)
    column = made.in_order()[-1]
    place = BANDS * np.log(1000.0 / LOW_HZ) / np.log(HIGH_HZ / LOW_HZ)
    assert abs(int(np.argmax(column)) - place) <= 1.5
    assert column.max() == pytest.approx(20 * np.log10(0.5), abs=LEVEL_TOLERANCE_DB)


@pytest.mark.parametrize("block", AWKWARD_BLOCKS)
def test_portions_do_not_matter(block: int) -> None:
    sound = np.random.default_rng(0).standard_normal((2, 12000)).astype(np.float32)
    whole, parts = Spectrogram(RATE, 40, BANDS), Spectrogram(RATE, 40, BANDS)
    columns = whole.feed(sound)
    assert columns == 12000 * 60 // RATE
    assert sum(parts.feed(sound[:, start : start + block]) for start in range(0, 12000, block)) == columns
    np.testing.assert_allclose(parts.in_order(), whole.in_order(), atol=1e-3)


def test_silence_is_the_floor_and_time_rolls_on() -> None:
    made = Spectrogram(RATE, 10, BANDS)
    made.feed(sine(RATE).T)
    made.feed(np.zeros((2, RATE), dtype=np.float32))
    assert (made.image == FLOOR_DB).all()
