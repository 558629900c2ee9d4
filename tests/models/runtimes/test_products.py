"""Convolutions as products: the same output and state, and which stay what they are."""

from __future__ import annotations

import pytest
import torch

from rtsep_models.runtimes.products import ProductConv1d, ProductsOfEachChannel, product_of
from rtsep_models.streaming.layers import CausalConv1d


@torch.no_grad()
@pytest.mark.parametrize("groups", [1, 2, 6])
@pytest.mark.parametrize(("kernel", "dilation"), [(1, 1), (3, 1), (3, 5)])
def test_products_do_as_the_convolution_does(groups: int, kernel: int, dilation: int) -> None:
    conv = CausalConv1d(6, 6, kernel, dilation, groups)
    product, x = product_of(conv), torch.randn(2, 7, 6)
    state = tuple(torch.randn_like(t) for t in conv.initial_state(2))
    assert [t.shape for t in product.initial_state(2)] == [t.shape for t in state]
    for ours, theirs in zip(product.stream(x, state), conv.stream(x, state), strict=True):
        torch.testing.assert_close(ours, theirs, atol=1e-5, rtol=1e-4)


def test_a_convolution_in_groups_of_several_channels_stays_one() -> None:
    for conv in (CausalConv1d(6, 6, 3, groups=2), CausalConv1d(3, 6, 3, groups=3)):
        assert product_of(conv) is conv
        for kind in (ProductConv1d, ProductsOfEachChannel):
            with pytest.raises(ValueError, match="groups"):
                kind(conv)
