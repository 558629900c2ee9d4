"""The asymmetric windows and the running medians, against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rtsep.errors import SeparatorError
from rtsep.separators.classic.order import median_across, push_history
from rtsep.separators.classic.windows import asymmetric_windows

FLOAT32_TOLERANCE = 1e-6

hops = st.integers(1, 512)


@given(hop=hops, extra=st.integers(0, 4096))
def test_windows_of_any_legal_size_reconstruct_perfectly(hop: int, extra: int) -> None:
    analysis, synthesis = asymmetric_windows(3 * hop + extra, hop)
    product = analysis[-2 * hop :] * synthesis
    np.testing.assert_allclose(product[:hop] + product[hop:], 1.0, atol=FLOAT32_TOLERANCE)


@given(hop=hops, extra=st.integers(0, 4096))
def test_windows_never_amplify_much(hop: int, extra: int) -> None:
    analysis, synthesis = asymmetric_windows(3 * hop + extra, hop)
    assert analysis.shape == (3 * hop + extra,)
    assert synthesis.shape == (2 * hop,)
    assert analysis.min() > 0.0
    assert analysis.max() <= 1.0
    assert synthesis.min() > 0.0
    assert synthesis.max() <= np.sqrt(2.0) + FLOAT32_TOLERANCE


@given(hop=hops, missing=st.integers(1, 1024))
def test_an_analysis_window_shorter_than_three_hops_is_refused(hop: int, missing: int) -> None:
    with pytest.raises(SeparatorError, match="three hops"):
        asymmetric_windows(3 * hop - missing, hop)


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
