"""The running medians of `classic`, against brute force."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rtsep.separators.classic.order import median_across, push_history


@settings(deadline=None)  # the first call compiles
@given(seed=st.integers(0, 1000), bins=st.integers(1, 60), half=st.integers(0, 12))
def test_median_across_bins_equals_brute_force(seed: int, bins: int, half: int) -> None:
    level = np.random.default_rng(seed).integers(-5, 5, bins).astype(np.float32)
    out = np.empty_like(level)
    median_across(level, np.zeros(2 * half + 1, np.float32), out)
    padded = np.pad(level, half, mode="edge")
    np.testing.assert_array_equal(out, [np.median(padded[b : b + 2 * half + 1]) for b in range(bins)])


@settings(deadline=None)  # the first call compiles
@given(seed=st.integers(0, 1000), length=st.integers(1, 33), steps=st.integers(0, 100))
def test_ranked_history_is_always_the_sorted_ring(seed: int, length: int, steps: int) -> None:
    rng = np.random.default_rng(seed)
    ring, ranked = np.zeros((4, length), np.float32), np.zeros((4, length), np.float32)
    for step in range(steps):
        push_history(ring, ranked, step % length, rng.integers(-5, 5, 4).astype(np.float32), 1, 3)
    np.testing.assert_array_equal(ranked, np.sort(ring, axis=1))
    assert not ring[[0, 3]].any()
