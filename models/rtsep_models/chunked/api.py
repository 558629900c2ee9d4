"""What a model is that separates a whole chunk at a time, and how chunks are laid over a stream.

    stream    ... |--------- past ---------|-- hop --|- fade -|---- ahead ----| now
    chunk k       [                        [=========:::::::::]               ]
    chunk k+1               [                        :::::::::==========:::::::::]               ]

Each chunk ends with the newest sample. What is heard of it is hop + fade samples, which cross over into the next chunk's
during `fade`. So the stems lag the input by fade + ahead; the past costs compute, but no latency.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Protocol

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio


@dataclass(frozen=True)
class ChunkGeometry:
    """Lengths of the parts of a chunk, in samples at the model's rate.

    >>> geometry = ChunkGeometry(past=1000, hop=400, fade=100, ahead=500)
    >>> geometry.length, geometry.delay
    (2000, 600)
    """

    past: int
    """Heard already; context for the model."""
    hop: int
    """What each chunk brings further."""
    fade: int
    """Of the crossfade to the next chunk; 0: they are butted."""
    ahead: int
    """Context behind what is heard, for models that look ahead."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value, least = getattr(self, field.name), 1 if field.name == "hop" else 0
            if value < least:
                raise SeparatorError(
                    f"chunk: {field.name} is {value} samples, must be at least {least}; correct the geometry"
                )
        if self.fade > self.hop:
            raise SeparatorError(
                f"chunk: fade is {self.fade} samples, at most one hop ({self.hop}); shorten the fade or lengthen the hop"
            )

    @classmethod
    def within(cls, length: int, hop: int, fade: int, ahead: int) -> ChunkGeometry:
        """A chunk of `length` samples, of which the past is what the others leave. Raises SeparatorError.

        >>> ChunkGeometry.within(2000, hop=400, fade=100, ahead=500).past
        1000
        """
        taken = hop + fade + ahead
        if taken > length:
            raise SeparatorError(
                f"chunk: hop {hop}, fade {fade} and ahead {ahead} take {taken} samples, the chunk has {length}; "
                "shorten one of them or lengthen the chunk"
            )
        return cls(length - taken, hop, fade, ahead)

    @property
    def length(self) -> int:
        """Samples that the model is given, and gives."""
        return self.past + self.hop + self.fade + self.ahead

    @property
    def delay(self) -> int:
        """Samples by which the stems lag the input: fade + ahead."""
        return self.fade + self.ahead


class ChunkModel(Protocol):
    """A model without memory: what it makes of a chunk depends on that chunk alone. One thread."""

    name: str
    stems: tuple[str, ...]
    """In order; the last is the residual, see `ChunkedSeparator`."""
    channels: int
    sample_rate: int
    """Hz; the only one it runs at."""
    geometry: ChunkGeometry

    def load(self) -> None:
        """Everything slow: import libraries, read weights. May raise SeparatorError, with the remedy."""
        ...

    def separate(self, mix: Audio) -> Audio:
        """One chunk, (C, geometry.length), not to be changed; returns stems (S, C, geometry.length), float32.

        A model may leave the last stem out and return (S - 1, C, T): it is never read. The result is the caller's.
        """
        ...
