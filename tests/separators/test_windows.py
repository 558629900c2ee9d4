"""The asymmetric windows: perfect reconstruction for every legal size."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rtsep.errors import SeparatorError
from rtsep.separators.windows import asymmetric_windows

FLOAT32_TOLERANCE = 1e-6

hops = st.integers(1, 256).map(lambda half: 2 * half)
overlaps = st.integers(2, 8)


@given(hop=hops, overlap=overlaps, extra=st.integers(0, 4096))
def test_windows_of_any_legal_size_reconstruct_perfectly(hop: int, overlap: int, extra: int) -> None:
    size = overlap * hop
    analysis, synthesis = asymmetric_windows(size + extra, hop, size)
    product = analysis[-size:] * synthesis
    np.testing.assert_allclose(product.reshape(overlap, hop).sum(axis=0), 1.0, atol=FLOAT32_TOLERANCE)


@given(hop=hops, overlap=overlaps, extra=st.integers(0, 4096))
def test_windows_never_amplify_much(hop: int, overlap: int, extra: int) -> None:
    size = overlap * hop
    analysis, synthesis = asymmetric_windows(size + extra, hop, size)
    assert analysis.shape == (size + extra,)
    assert synthesis.shape == (size,)
    assert analysis.min() > 0.0
    assert analysis.max() <= 1.0
    assert synthesis.min() > 0.0
    assert synthesis.max() <= np.sqrt(2.0) + FLOAT32_TOLERANCE


def test_synthesis_is_two_hops_long_unless_told() -> None:
    for window, same in zip(asymmetric_windows(2048, 128), asymmetric_windows(2048, 128, 256), strict=True):
        np.testing.assert_array_equal(window, same)


@pytest.mark.parametrize(
    ("analysis", "hop", "synthesis"), [(255, 128, 256), (2048, 0, 256), (2048, 128, 128), (2048, 128, 300), (64, 7, 21)]
)
def test_sizes_that_cannot_reconstruct_are_refused(analysis: int, hop: int, synthesis: int) -> None:
    with pytest.raises(SeparatorError, match="whole hops"):
        asymmetric_windows(analysis, hop, synthesis)
