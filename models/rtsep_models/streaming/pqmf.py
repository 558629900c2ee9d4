"""A bank of M filters, each with every M-th sample kept, and back: perfect reconstruction after 3 M samples.

Cosine-modulated like the pseudo-QMF banks of neural codecs, but with a prototype of 4 M samples for which reconstruction is
exact, where those take 16 M and more and are only close:

    h_k(n) = p(n) sqrt(2 / M) cos((n + (M + 1) / 2) (k + 1/2) pi / M),   p(n) = cos((n + 1/2) pi / 2 M) / 2 - 1 / (2 sqrt 2)

The basis is orthonormal, so that synthesis is analysis transposed, and band signals have the energy of the waveform.
Malvar, "Extended lapped transforms: properties, applications, and fast algorithms", IEEE Trans. Signal Processing 1992.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.stft import OverlapAdd

OVERLAP = 4
"""Length of the prototype, in blocks of M samples."""


def filters(bands: int) -> NDArray[np.float32]:
    """The synthesis filters, (M, 4 M); those of the analysis are the same, backwards in time.

    >>> h = filters(8)
    >>> bool(np.allclose(h @ h.T, np.eye(8), atol=1e-6)), bool(np.allclose(h[:, 8:] @ h[:, :-8].T, 0.0, atol=1e-6))
    (True, True)
    """
    n, k = np.arange(OVERLAP * bands), np.arange(bands)[:, None]
    prototype = 0.5 * np.cos((n + 0.5) * np.pi / (2 * bands)) - 0.5 * np.sqrt(0.5)
    phase = (n + (bands + 1) / 2) * (k + 0.5) * np.pi / bands
    return (prototype * np.sqrt(2.0 / bands) * np.cos(phase)).astype(np.float32)


class PqmfAnalysis(StreamingModule):
    """Waveform (B, C, N M) to band signals (B, N, C M)."""

    matrix: Tensor

    def __init__(self, bands: int, channels: int = 2) -> None:
        super().__init__()
        self.bands, self.channels = bands, channels
        self.register_buffer("matrix", torch.from_numpy(filters(bands)), persistent=False)

    def initial_state(self, batch: int) -> State:
        """The past that the filters still see: (B, C, 3 M)."""
        return (self.matrix.new_zeros(batch, self.channels, (OVERLAP - 1) * self.bands),)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        line = torch.cat([state[0], x], dim=-1)
        blocks = line.unflatten(-1, (-1, self.bands))
        count = blocks.shape[2] - OVERLAP + 1
        seen = torch.cat([blocks[:, :, k : k + count] for k in range(OVERLAP)], dim=-1)
        return (seen @ self.matrix.T).transpose(1, 2).flatten(2), (line[..., x.shape[-1] :],)


class PqmfSynthesis(StreamingModule):
    """Band signals (B, N, C M) to waveform (B, C, N M), `delay` = 3 M samples behind what the analysis was given."""

    matrix: Tensor

    def __init__(self, bands: int, channels: int = 2) -> None:
        super().__init__()
        self.bands, self.channels, self.delay = bands, channels, (OVERLAP - 1) * bands
        self.overlap = OverlapAdd(OVERLAP * bands, bands, (channels,))
        self.register_buffer("matrix", torch.from_numpy(filters(bands)), persistent=False)

    def initial_state(self, batch: int) -> State:
        """What the next blocks still get from band signals already heard: (B, C, 3 M)."""
        return self.overlap.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.overlap.stream(x.unflatten(2, (self.channels, self.bands)) @ self.matrix, state)
