"""The buffers of a plugin against the plain way."""

from __future__ import annotations

import numpy as np
import pytest

from rtsep_models.separators.lines import Line, OverlapAdd


@pytest.mark.parametrize(
    ("length", "hop"), [(1, 1), (8, 8), (9, 8), (15, 8), (16, 8), (17, 8), (65, 1), (63, 7), (256, 32)]
)
def test_a_line_remembers_the_last_samples(length: int, hop: int) -> None:
    line, generator = Line(2, length, hop), np.random.default_rng(0)
    heard = np.zeros((2, length), np.float32)
    for _ in range(3 * length // hop + 5):
        mix = generator.normal(size=(2, hop)).astype(np.float32)
        newest = line.push(mix)
        heard = np.concatenate([heard, mix], axis=1)
        np.testing.assert_array_equal(newest, mix)
        np.testing.assert_array_equal(line.last(length), heard[:, -length:])
        if length > hop:
            np.testing.assert_array_equal(line.last(hop, ago=1), heard[:, -hop - 1 : -1])
    line.reset()
    assert not line.last(length).any()


@pytest.mark.parametrize(("length", "hop"), [(4, 4), (8, 4), (24, 4), (3, 1)])
def test_overlap_add_sums_shifted_frames(length: int, hop: int) -> None:
    count, generator = 11, np.random.default_rng(0)
    frames = generator.normal(size=(count, 3, length)).astype(np.float32)
    expected = np.zeros((3, (count - 1) * hop + length))
    for index, frame in enumerate(frames):
        expected[:, index * hop : index * hop + length] += frame
    adder, out = OverlapAdd((3,), length, hop), np.zeros((3, hop), np.float32)
    for again in range(2):
        for index, frame in enumerate(frames):
            adder.add(frame, out)
            np.testing.assert_allclose(out, expected[:, index * hop : (index + 1) * hop], atol=1e-5, err_msg=str(again))
        adder.reset()
