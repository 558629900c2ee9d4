"""Shares a mixture out, bin by bin, by the power that each stem is guessed to have there: a Wiener mask."""

from __future__ import annotations

import numpy as np

from rtsep.separators.api import Audio
from rtsep.separators.windows import asymmetric_windows
from rtsep_models.separators.lines import OverlapAdd

TINY = 1e-9
"""Of power: where nobody is guessed to sound, all get the same. As in training (`rtsep_models.training.rave`)."""


class Sharing:
    """For one stream. The windows reconstruct perfectly, so that the stems add up to the mixture."""

    def __init__(self, stems: int, channels: int, analysis: int, hop: int, synthesis: int) -> None:
        """Raises SeparatorError if the window lengths do not fit together."""
        window, self._synthesis = asymmetric_windows(analysis, hop, synthesis)
        self._size = analysis
        self._window = window * np.float32(
            analysis
        )  # NumPy transforms in single precision only if it may scale by 1 / N
        self._overlap = OverlapAdd((stems, channels), synthesis, hop)

    def share(self, mix: Audio, guesses: Audio, out: Audio) -> None:
        """The newest frame of the mixture (C, analysis) and of the guesses (S, C, analysis) to a hop, `out` (S, C, hop)."""
        guessed, whole = (np.fft.rfft(sound * self._window, norm="forward") for sound in (guesses, mix))
        power = np.square(guessed.real) + np.square(guessed.imag)
        shares = (power + TINY) / (power.sum(axis=0) + len(power) * TINY)
        frames = np.fft.irfft(shares * whole, self._size)[..., -len(self._synthesis) :]
        self._overlap.add(np.multiply(frames, self._synthesis, dtype=np.float32, casting="same_kind"), out)

    def reset(self) -> None:
        """Silence the past."""
        self._overlap.reset()
