"""Short-time Fourier transform and its inverse as streaming modules.

Each hop makes one frame of the last `analysis` samples; the inverse writes the last `synthesis` of them and overlap-adds.
`Stft` followed by `Istft` gives the input back, `synthesis - hop` samples late: proof in `rtsep.separators.windows`.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rtsep.separators.windows import asymmetric_windows
from rtsep_models.streaming.contract import Chain, State, StreamingModule


class Stft(StreamingModule):
    """Waveform (B, C, N hop) to frames (B, N, C, F, 2): real and imaginary part last, F = analysis / 2 + 1.

    With a `stride` it makes only the last frame of so many hops, and its own `hop` is as much longer.
    """

    window: Tensor

    def __init__(
        self, analysis: int, hop: int, synthesis: int | None = None, channels: int = 2, stride: int = 1
    ) -> None:
        """Raises SeparatorError if the three lengths cannot reconstruct."""
        super().__init__()
        self.analysis, self.hop, self.channels = analysis, stride * hop, channels
        self.register_buffer(
            "window", torch.from_numpy(asymmetric_windows(analysis, hop, synthesis)[0]), persistent=False
        )

    def initial_state(self, batch: int) -> State:
        """The past that the next frame still sees: (B, C, analysis - hop)."""
        return (self.window.new_zeros(batch, self.channels, self.analysis - self.hop),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=-1)
        frames = line.unfold(-1, self.analysis, self.hop) * self.window
        spectrum = torch.view_as_real(torch.fft.rfft(frames))
        return spectrum.transpose(1, 2), (line[..., line.shape[-1] - (self.analysis - self.hop) :],)


class OverlapAdd(StreamingModule):
    """Frames (B, N, ..., length) to their sum, each a hop after the one before: (B, ..., N hop)."""

    def __init__(self, length: int, hop: int, shape: tuple[int, ...] = (2,)) -> None:
        """`shape`: the axes between N and the samples, (C,) or (S, C)."""
        super().__init__()
        self.length, self.hop, self.shape = length, hop, shape
        self._like = nn.Buffer(torch.zeros(()), persistent=False)

    def initial_state(self, batch: int) -> State:
        """What the next hops still get from frames already heard: (B, ..., length - hop)."""
        return (self._like.new_zeros(batch, *self.shape, self.length - self.hop),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """A frame's part for the k-th hop from its own waits for k hops, the later parts already added to it."""
        parts = x.movedim(1, -2).unflatten(-1, (-1, self.hop)).unbind(-2)  # (B, ..., N, hop) each
        waiting = state[0].unflatten(-1, (-1, self.hop)).unbind(-2)
        line, after = parts[-1], [parts[-1][..., -1, :]]
        for part, before in zip(parts[-2::-1], waiting[::-1], strict=True):
            line = part + torch.cat([before[..., None, :], line[..., :-1, :]], dim=-2)
            after.append(line[..., -1, :])
        return line.flatten(-2), (torch.cat(after[-2::-1], dim=-1),)


class Istft(StreamingModule):
    """Frames (B, N, ..., F, 2) to waveform (B, ..., N hop), late by `synthesis - hop` samples."""

    window: Tensor

    def __init__(self, analysis: int, hop: int, synthesis: int | None = None, shape: tuple[int, ...] = (2,)) -> None:
        """`shape`: the axes between N and F, (C,) or (S, C). Raises SeparatorError as `Stft` does."""
        super().__init__()
        window = asymmetric_windows(analysis, hop, synthesis)[1]
        self.analysis = analysis
        self.overlap = OverlapAdd(len(window), hop, shape)
        self.register_buffer("window", torch.from_numpy(window), persistent=False)

    @property
    def delay(self) -> int:
        """Samples by which the output lags the input of the `Stft` before it."""
        return self.overlap.length - self.overlap.hop

    def samples(self, x: Tensor) -> Tensor:
        """The last samples of each frame, not yet windowed: (B, N, ..., synthesis)."""
        samples = torch.fft.irfft(torch.view_as_complex(x.contiguous()), n=self.analysis)
        return samples[..., self.analysis - self.overlap.length :]

    def initial_state(self, batch: int) -> State:
        """That of the overlap-add."""
        return self.overlap.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.overlap.stream(self.samples(x) * self.window, state)


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


def waiting(samples: int, shape: tuple[int, ...] = (2,)) -> Chain:
    """`Delay` as a chain, which is empty, and remembers nothing, where there is nothing to wait for."""
    return Chain(Delay(samples, shape)) if samples else Chain()
