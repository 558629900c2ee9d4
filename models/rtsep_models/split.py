"""How a latent is divided among sources; torch-free, for the plugin as for the network."""

from __future__ import annotations

from typing import NamedTuple

SETTLING_HOPS = 1500
"""Of silence, after which an encoder stands still: 4 s at hop 128."""


class Split(NamedTuple):
    """A latent of Z = stems * private + shared dimensions: the stems' partitions in order, then what is shared."""

    stems: int
    private: int
    shared: int

    @property
    def size(self) -> int:
        """Z."""
        return self.stems * self.private + self.shared

    def partition(self, stem: int) -> slice:
        """Where a stem's dimensions lie.

        >>> Split(4, 30, 8).partition(1), Split(4, 30, 8).size
        (slice(30, 60, None), 128)
        """
        return slice(stem * self.private, (stem + 1) * self.private)

    @property
    def common(self) -> slice:
        """Where the shared, high-variance dimensions lie."""
        return slice(self.stems * self.private, self.size)
