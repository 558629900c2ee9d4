"""How long chunks are: the tier for live use, the longer hops for files, or what the user asks for in RTSEP_CHUNK."""

from __future__ import annotations

import math
import os
from dataclasses import asdict, dataclass, replace

from rtsep.errors import SeparatorError, did_you_mean
from rtsep_models.chunked.api import ChunkGeometry

CHUNK_VARIABLE = "RTSEP_CHUNK"
"""Environment variable with lengths in seconds, as in `hop=1,ahead=0.5`; what it leaves out stays as it is."""
COMMON_RATE = 48000


@dataclass(frozen=True)
class Lengths:
    """Parts of a chunk in seconds; `chunk` is the whole."""

    chunk: float
    hop: float
    fade: float
    ahead: float

    def at(self, rate: int) -> ChunkGeometry:
        """The geometry at `rate`, in steps that are whole numbers of samples at 48 kHz too, where a device may run.

        Raises SeparatorError.

        >>> Lengths(chunk=3.0, hop=0.19, fade=0.04, ahead=0.25).at(44100)
        ChunkGeometry(past=111132, hop=8379, fade=1764, ahead=11025)
        """
        step = rate // math.gcd(rate, COMMON_RATE)
        hop, fade, ahead = (step * round(rate / step * s) for s in (self.hop, self.fade, self.ahead))
        return ChunkGeometry.within(round(rate * self.chunk), hop, fade, ahead)


def live(chunk_s: float) -> Lengths:
    """The *dj* tier: 480 ms, hop included, for a network that computes five chunks a second."""
    return Lengths(chunk_s, hop=0.19, fade=0.04, ahead=0.25)


def filed(chunk_s: float) -> Lengths:
    """For files, where latency does not matter: thirteen times fewer chunks; as long as fits at 96 kHz."""
    return Lengths(chunk_s, hop=2.5, fade=0.2, ahead=0.45)


def chosen(usual: Lengths) -> Lengths:
    """`usual`, changed by what RTSEP_CHUNK says. Raises SeparatorError."""
    return parsed(os.environ.get(CHUNK_VARIABLE, ""), usual)


def parsed(text: str, usual: Lengths) -> Lengths:
    """`usual`, changed by `text`. Raises SeparatorError.

    >>> parsed("hop=1, ahead=0.5", live(4.0))
    Lengths(chunk=4.0, hop=1.0, fade=0.04, ahead=0.5)
    """
    wanted: dict[str, float] = {}
    names = asdict(usual)
    for part in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = (word.strip() for word in part.partition("="))
        if name not in names:
            hint = did_you_mean(name, names) or f"choose from {', '.join(names)}"
            raise SeparatorError(f"{CHUNK_VARIABLE}: there is no {name!r}; {hint}")
        try:
            wanted[name] = float(value)
        except ValueError:
            wanted[name] = math.nan
        if not 0.0 <= wanted[name] <= 60.0:
            raise SeparatorError(f"{CHUNK_VARIABLE}: {name} is {value!r}, must be 0..60 seconds, as in hop=1,ahead=0.5")
    return replace(usual, **wanted)
