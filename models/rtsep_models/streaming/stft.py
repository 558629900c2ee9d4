"""Short-time Fourier transform and its inverse as streaming modules.

Each hop makes one frame of the last `analysis` samples; the inverse writes the last `synthesis` of them and overlap-adds.
`Stft` followed by `Istft` gives the input back, `synthesis - hop` samples late: proof in `rtsep.separators.windows`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep.separators.windows import asymmetric_windows
from rtsep_models.streaming.contract import State, StreamingModule


class Stft(StreamingModule):
    """Waveform (B, C, N hop) to frames (B, N, C, F, 2): real and imaginary part last, F = analysis / 2 + 1."""

    window: Tensor

    def __init__(self, analysis: int, hop: int, synthesis: int | None = None, channels: int = 2) -> None:
        """Raises SeparatorError if the three lengths cannot reconstruct."""
        super().__init__()
        self.analysis, self.hop, self.channels = analysis, hop, channels
        self.register_buffer("window", torch.from_numpy(asymmetric_windows(analysis, hop, synthesis)[0]), persistent=False)

    def initial_state(self, batch: int) -> State:
        """The past that the next frame still sees: (B, C, analysis - hop)."""
        return (self.window.new_zeros(batch, self.channels, self.analysis - self.hop),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=-1)
        frames = line.unfold(-1, self.analysis, self.hop) * self.window
        spectrum = torch.view_as_real(torch.fft.rfft(frames))
        return spectrum.transpose(1, 2), (line[..., line.shape[-1] - (self.analysis - self.hop) :],)


class Istft(StreamingModule):
    """Frames (B, N, ..., F, 2) to waveform (B, ..., N hop), late by `synthesis - hop` samples."""

    window: Tensor

    def __init__(self, analysis: int, hop: int, synthesis: int | None = None, shape: tuple[int, ...] = (2,)) -> None:
        """`shape`: the axes between N and F, (C,) or (S, C). Raises SeparatorError as `Stft` does."""
        super().__init__()
        window = asymmetric_windows(analysis, hop, synthesis)[1]
        self.analysis, self.hop, self.synthesis, self.shape = analysis, hop, len(window), shape
        self.register_buffer("window", torch.from_numpy(window), persistent=False)

    @property
    def delay(self) -> int:
        """Samples by which the output lags the input of the `Stft` before it."""
        return self.synthesis - self.hop

    def initial_state(self, batch: int) -> State:
        """What the next hops still get from frames already heard: (B, ..., synthesis - hop)."""
        return (self.window.new_zeros(batch, *self.shape, self.delay),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        frames = torch.fft.irfft(torch.view_as_complex(x.contiguous()), n=self.analysis)
        frames = frames[..., self.analysis - self.synthesis :] * self.window
        batch, count = frames.shape[:2]
        columns = frames.reshape(batch, count, -1, self.synthesis).permute(0, 2, 3, 1)
        length = (count - 1) * self.hop + self.synthesis
        line = functional.fold(
            columns.reshape(-1, self.synthesis, count), (1, length), (1, self.synthesis), stride=(1, self.hop)
        ).reshape(batch, *self.shape, length)
        line = torch.cat([line[..., : self.delay] + state[0], line[..., self.delay :]], dim=-1)
        return line[..., : count * self.hop], (line[..., count * self.hop :],)


class Delay(StreamingModule):
    """(B, ..., T), `samples` late: what a separator's output lags, for the reference beside it."""

    def __init__(self, samples: int, shape: tuple[int, ...] = (2,)) -> None:
        super().__init__()
        self.samples, self.shape = samples, shape
        self._like = nn.Buffer(torch.zeros(()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """The samples still under way."""
        return (self._like.new_zeros(batch, *self.shape, self.samples),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=-1)
        return line[..., : x.shape[-1]], (line[..., x.shape[-1] :],)
