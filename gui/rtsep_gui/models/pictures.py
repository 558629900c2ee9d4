"""What the spectra page shows: sound out of the host's block as columns of levels, and where the axes' marks stand."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from rtsep.errors import BlockError
from rtsep_gui.models.eyes import INPUT
from rtsep_gui.models.spectrum import HIGH_HZ, LOW_HZ, Audio, Levels, Spectra

BANDS = 256
COLUMNS = 2400
"""As many as the widest picture has pixels; a column is a sixtieth of a second."""
COLUMNS_PER_S = 60.0
MOST_S = 0.25
"""Sound taken in at once: a window that was frozen shows a gap rather than freezing again over its work."""
LATE_S = 0.5
"""Where stems are not there by then, time goes on without them."""
HZ_MARKS = (50, 100, 200, 500, 1000, 2000, 5000, 10000)
NOTE_MARKS = tuple((f"C{octave}", 440.0 * 2.0 ** (octave - 4 - 9 / 12)) for octave in range(2, 10))


class Ears(Protocol):
    """Where sound comes from: `Eyes`."""

    @property
    def sample_rate(self) -> float:
        """Hz."""
        ...

    def sound(self, stem: int, since: int, most: int) -> tuple[int, Audio]:
        """The position reached, and what came since `since`."""
        ...


class Pictures:
    """Spectrograms of the input (row 0) and the stems, column by column in step. One thread."""

    def __init__(self, ears: Ears, stems: int) -> None:
        """Begins with what comes from now on."""
        self._ears = ears
        self._rate = ears.sample_rate
        self._sources = (INPUT, *range(stems))
        self._position: int | None = None
        self.spectra = Spectra(self._rate, 1 + stems, COLUMNS, BANDS, COLUMNS_PER_S)

    def pull(self) -> int:
        """Take in what was played since the last pull; the number of columns that came, the newest last."""
        most = int(MOST_S * self._rate)
        try:  # the input last, as it is ahead of the stems
            since = 0 if self._position is None else self._position
            heard = [self._ears.sound(source, since, 1 << 30) for source in reversed(self._sources)][::-1]
        except BlockError:  # another separator plays; the next state says which
            return 0
        reached = min(end for end, _ in heard[1:])
        reached = max(reached, heard[0][0] - int(LATE_S * self._rate))
        if self._position is None or reached < self._position - most:  # at the beginning, or the clock began anew
            self._position = reached
            return 0
        begin = max(self._position, reached - most)
        columns = self.spectra.skip(begin - self._position) if begin > self._position else 0
        if reached > begin:
            columns += self.spectra.feed(np.stack([cut(end, sound, begin, reached) for end, sound in heard]))
            self._position = reached
        return columns


def cut(end: int, sound: Audio, begin: int, reached: int) -> Audio:
    """Positions begin..reached out of samples (C, n) that end at `end`; silence where there are none.

    >>> cut(6, np.array([[4.0, 5.0]], dtype=np.float32), 3, 6).tolist()
    [[0.0, 4.0, 5.0]]
    """
    made = np.zeros((len(sound), reached - begin), dtype=np.float32)
    start = end - sound.shape[1]
    first, last = max(begin, start), min(reached, end)
    if last > first:
        made[:, first - begin : last - begin] = sound[:, first - start : last - start]
    return made


def fitted(levels: Levels, rows: int) -> Levels:
    """Levels (..., bands) for a picture so many pixels high: the loudest of what shares a pixel."""
    bands = levels.shape[-1]
    if rows >= bands:
        return levels[..., np.arange(rows) * bands // rows]
    return np.maximum.reduceat(levels, np.arange(rows) * bands // rows, axis=-1)


def height_of(frequency_hz: float, sample_rate: float) -> float:
    """Place of a frequency in a picture, 0 (bottom) to 1.

    >>> height_of(40.0, 48000.0), height_of(16000.0, 48000.0)
    (0.0, 1.0)
    """
    return float(np.log(frequency_hz / LOW_HZ) / np.log(min(HIGH_HZ, 0.45 * sample_rate) / LOW_HZ))


def marks(notes: bool, sample_rate: float, height: int, apart: int) -> list[tuple[str, float]]:
    """Names and places, 0 to 1, of what an axis `height` pixels long has room for at `apart` pixels each; the lowest first."""
    named = NOTE_MARKS if notes else [(f"{hz // 1000}k" if hz >= 1000 else str(hz), float(hz)) for hz in HZ_MARKS]
    placed: list[tuple[str, float]] = []
    last = -float("inf")
    for name, hz in named:
        place = height_of(hz, sample_rate)
        if 0.0 <= place <= 1.0 and (place - last) * height >= apart:
            placed.append((name, place))
            last = place
    return placed


def shown_s(pixels: float) -> float:
    """Time across a picture, one column to a pixel."""
    return pixels / COLUMNS_PER_S
