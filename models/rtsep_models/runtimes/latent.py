"""Runs an encoder and a decoder with something in between."""

from __future__ import annotations

import numpy as np

from rtsep_models.runtimes.api import Array, Runtime
from rtsep_models.split import SETTLING_HOPS, Split

STILL_HOPS = 100
STILL = 1e-6
"""An encoder that moved less than this in so many hops stands still."""


class LatentRuntime:
    """Two runtimes, and a latent that the caller may change on its way from one to the other."""

    def __init__(self, encoder: Runtime, decoder: Runtime, split: Split) -> None:
        self.name = encoder.name
        self._encoder, self._decoder, self._split = encoder, decoder, split
        self._z = np.zeros((1, 1, split.stems, split.size), dtype=np.float32)

    def encode(self, x: Array) -> Array:
        """One hop (1, C, hop) to its latent (Z,); good until the next call."""
        return self._encoder.step(x)[0, 0, : self._split.size]

    def decode(self, z: Array) -> Array:
        """Latents (S, Z) to a hop of sound each, (S, C, hop); good until the next call."""
        np.copyto(self._z[0, 0], z)
        return self._decoder.step(self._z)[0]

    def step(self, x: Array) -> Array:
        """One hop (1, C, hop) to (1, S, C, hop), each stem decoded from the whole latent: for measuring what a hop costs."""
        np.copyto(self._z, self.encode(x))
        return self._decoder.step(self._z)

    def silence(self, x: Array) -> Array:
        """The latent of silence, (Z,): what the encoder says once it has come to rest. `x`: a hop of zeros. Resets."""
        self._encoder.reset()
        settled = self.encode(x).copy()
        for hop in range(SETTLING_HOPS):
            z = self.encode(x)
            if hop % STILL_HOPS == STILL_HOPS - 1:
                moved = np.abs(z - settled).max()
                settled = z.copy()
                if moved < STILL:
                    break
        self.reset()
        return settled

    def reset(self) -> None:
        """Zero the states."""
        self._encoder.reset()
        self._decoder.reset()
