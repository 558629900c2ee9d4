"""What stands between a hop of samples and what a network takes and gives."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rtsep.separators.api import Audio
from rtsep.separators.windows import asymmetric_windows
from rtsep_models.runtimes.api import Array
from rtsep_models.separators.lines import Line, OverlapAdd
from rtsep_models.weights.card import Card

QUIETEST = 1e-15
"""Input below this (-300 dB) counts as silence: arithmetic with denormal numbers is slow."""


class Front(Protocol):
    """One for each stream."""

    def push(self, mix: Audio) -> Array:
        """Take one hop, (C, hop); what the network takes, good until the next push."""
        ...

    def pull(self, y: Array, out: Audio) -> None:
        """Turn what the network gave into a hop of all stems but the last, `out` (S - 1, C, hop)."""
        ...

    def reset(self) -> None:
        """Silence the past."""
        ...


class Cleaned:
    """The past of the input, what is all but silent silenced."""

    def __init__(self, channels: int, length: int, hop: int) -> None:
        self.line = Line(channels, length, hop)
        self._magnitude = np.zeros((channels, hop), dtype=np.float32)
        self._quiet = np.zeros((channels, hop), dtype=bool)

    def push(self, mix: Audio) -> Audio:
        """Append a hop; the cleaned hop."""
        newest = self.line.push(mix)
        np.abs(mix, out=self._magnitude)
        np.less(self._magnitude, QUIETEST, out=self._quiet)
        np.copyto(newest, 0.0, where=self._quiet)
        return newest


class SpectrumFront:
    """Frames in and out, through windows that reconstruct perfectly; proof in `rtsep.separators.windows`."""

    def __init__(self, card: Card) -> None:
        """Raises SeparatorError if the card's window lengths do not fit together."""
        masked, bins = len(card.stems) - 1, card.analysis // 2 + 1
        self._size = card.analysis
        analysis, synthesis = asymmetric_windows(card.analysis, card.hop, card.synthesis)
        # NumPy transforms in single precision only if it may scale by 1 / N: so N goes into the window. Its arithmetic
        # allocates unless all operands are contiguous and of one shape: so the windows are there once for each channel.
        self._analysis = np.tile(analysis * card.analysis, (card.channels, 1))
        self._synthesis = np.tile(synthesis, (masked, card.channels, 1))
        self._past = Cleaned(card.channels, card.analysis, card.hop)
        self._frame = np.zeros((card.channels, card.analysis), dtype=np.float32)
        self._spectra = np.zeros((card.channels, bins), dtype=np.complex64)
        self._x = self._spectra.view(np.float32).reshape(card.shape_in)
        self._frames = np.zeros((masked, card.channels, card.analysis), dtype=np.float32)
        self._ends = np.zeros((masked, card.channels, card.synthesis), dtype=np.float32)
        self._overlap = OverlapAdd((masked, card.channels), card.synthesis, card.hop)

    def push(self, mix: Audio) -> Array:
        """The newest frame, (1, 1, C, F, 2)."""
        self._past.push(mix)
        np.copyto(self._frame, self._past.line.last(self._size))
        np.multiply(self._frame, self._analysis, out=self._frame)
        np.fft.rfft(self._frame, norm="forward", out=self._spectra)  # type: ignore[arg-type] # typed for doubles alone
        return self._x

    def pull(self, y: Array, out: Audio) -> None:
        """From (1, 1, S, C, F, 2)."""
        masked = y[0, 0, :-1].view(np.complex64)[..., 0]
        np.fft.irfft(masked, self._size, out=self._frames)  # type: ignore[arg-type]
        np.copyto(self._ends, self._frames[..., -self._synthesis.shape[-1] :])
        np.multiply(self._ends, self._synthesis, out=self._ends)
        self._overlap.add(self._ends, out)

    def reset(self) -> None:
        """Silence the past."""
        self._past.line.reset()
        self._overlap.reset()


class WaveformFront:
    """Samples in and out. A network's biases can make it hum in silence; where it hears none but silence, it is muted."""

    def __init__(self, card: Card) -> None:
        self._hop, self._length = card.hop, card.analysis
        self._past = Cleaned(card.channels, max(card.analysis, card.hop), card.hop)
        self._x = np.zeros(card.shape_in, dtype=np.float32)

    def push(self, mix: Audio) -> Array:
        """(1, C, hop)."""
        np.copyto(self._x[0], self._past.push(mix))
        return self._x

    def pull(self, y: Array, out: Audio) -> None:
        """From (1, S, C, hop)."""
        if self._past.line.last(self._length).any():
            np.copyto(out, y[0, :-1])
        else:
            out.fill(0.0)

    def reset(self) -> None:
        """Silence the past."""
        self._past.line.reset()
