"""Convolution over time and frequency against torch's own. The laws: `test_laws.py`."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from rtsep_models.streaming.plane import CausalConv2d


@torch.no_grad()
@pytest.mark.parametrize("kernel", [(3, 3), (1, 5), (2, 1)])
def test_silence_lies_before_the_first_frame_and_beyond_both_ends_of_frequency(kernel: tuple[int, int]) -> None:
    torch.manual_seed(0)
    module = CausalConv2d(3, 5, positions=7, kernel=kernel)
    x = torch.randn(2, 6, 7, 3)
    around = (kernel[1] // 2, kernel[1] // 2, kernel[0] - 1, 0)
    padded = functional.pad(x.permute(0, 3, 1, 2), around)
    expected = functional.conv2d(padded, module.conv.weight, module.conv.bias).permute(0, 2, 3, 1)
    torch.testing.assert_close(module(x), expected)


def test_a_kernel_without_a_middle_is_refused() -> None:
    with pytest.raises(ValueError, match="choose an odd number"):
        CausalConv2d(3, 5, positions=7, kernel=(3, 4))
