"""Levels of the last minute: peak and RMS of every meter, five times a second."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rtsep.control import Level
from rtsep.units import SILENCE_DB
from rtsep_gui.models.eyes import Meters

SECONDS = 60
PER_S = 5
POINTS = SECONDS * PER_S
INPUT, MIX = 0, 1
"""Rows; the stems' follow."""
FIRST_STEM = 2


class History:
    """`peak_db` and `rms_db` (rows, POINTS), oldest first; NaN where nobody answered. Rows: input, mix, stems."""

    def __init__(self) -> None:
        self._rows = 0
        self._slot: int | None = None
        self._peak_db: NDArray[np.float32] = np.zeros((0, POINTS), dtype=np.float32)
        self._power: NDArray[np.float64] = np.zeros((0, POINTS))
        self._seen = 0
        self.version = 0
        """Raised with every new point."""

    def note(self, now_s: float, meters: Meters | None) -> None:
        """Levels at this moment of a clock that only goes forward, as often as one likes; None: nobody answers."""
        levels = (meters.input, meters.mix, *meters.stems) if meters else ()
        if levels and len(levels) != self._rows:
            self._begin(len(levels))
        slot = int(now_s * PER_S)
        if slot != self._slot:
            self._advance(POINTS if self._slot is None else slot - self._slot)
            self._slot = slot
        if levels:
            self._seen += 1
        for row, level in enumerate(levels):
            self._take(row, level)

    def _begin(self, rows: int) -> None:
        """Input and mix go on when another separator brings other stems."""
        kept_peak, kept_power = self._peak_db[:FIRST_STEM], self._power[:FIRST_STEM]
        self._peak_db = np.full((rows, POINTS), np.nan, dtype=np.float32)
        self._power = np.full((rows, POINTS), np.nan)
        self._peak_db[: len(kept_peak)], self._power[: len(kept_power)] = kept_peak, kept_power
        self._rows = rows

    def _advance(self, slots: int) -> None:
        for kept in (self._peak_db, self._power):
            kept[:, : max(0, POINTS - slots)] = kept[:, min(slots, POINTS) :]
            kept[:, max(0, POINTS - slots) :] = np.nan
        self._seen = 0
        self.version += 1

    def _take(self, row: int, level: Level) -> None:
        peak, power = self._peak_db[row], self._power[row]
        new = 0.0 if level.rms_db <= SILENCE_DB else 10.0 ** (level.rms_db / 10.0)
        peak[-1] = level.peak_db if np.isnan(peak[-1]) else max(peak[-1], level.peak_db)
        power[-1] = new if np.isnan(power[-1]) else power[-1] + (new - power[-1]) / self._seen

    @property
    def rows(self) -> int:
        """Meters that are kept."""
        return self._rows

    @property
    def peak_db(self) -> NDArray[np.float32]:
        """The highest peak of each point."""
        return self._peak_db

    @property
    def rms_db(self) -> NDArray[np.float64]:
        """The mean power of each point."""
        return 10.0 * np.log10(np.maximum(self._power, 10.0 ** (SILENCE_DB / 10.0)))
