"""Convolution over the plane of time and frequency. Time is axis 1, frequency axis 2, channels last: (B, N, F, I)."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep_models.streaming.contract import State, StreamingModule


class CausalConv2d(StreamingModule):
    """Sees this frame and those before, and neighbours on both sides in frequency: (B, N, F, I) to (B, N, F, O).

    Beyond the lowest and the highest position there are zeros.
    """

    def __init__(self, inputs: int, outputs: int, positions: int, kernel: tuple[int, int] = (3, 3)) -> None:
        """`positions`: F; `kernel`: frames, positions. Raises ValueError if the latter has no middle."""
        super().__init__()
        if kernel[1] % 2 == 0:
            raise ValueError(f"a kernel over {kernel[1]} positions has no middle; choose an odd number")
        self.inputs, self.positions, self.past = inputs, positions, kernel[0] - 1
        self.conv = nn.Conv2d(inputs, outputs, kernel, padding=(0, kernel[1] // 2))

    def initial_state(self, batch: int) -> State:
        """The frames still in sight: (B, past, F, I)."""
        return (self.conv.weight.new_zeros(batch, self.past, self.positions, self.inputs),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0].to(x.dtype), x], dim=1)
        # Seen as (B, I, N, F) this is the memory format in which torch's convolution is quickest.
        y = self.conv(line.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)
        return y, (line[:, line.shape[1] - self.past :].to(state[0].dtype),)
