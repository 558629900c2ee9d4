"""The machine behind `nmf`: one hop in, four stems out. Loaded by `prepare`, since it brings numba.

mix -> mid, side -> frames of 2048 -> band levels -> activations -> soft masks -> last 256 samples -> stems
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.separators.api import Audio
from rtsep.separators.classic.order import OPTIONS
from rtsep.separators.classic.stft import StreamingTransform
from rtsep_models.separators.nmf_bases import FRAME, FloatArray, band_edges

FAST = {**OPTIONS, "fastmath": True}
FLOOR = 1e-7
"""Level below which nothing is heard: -140 dB of a full-scale sine's. Also keeps activations off denormal numbers."""


@njit(**FAST)
def band_levels(spectra: NDArray, edges: NDArray, out: NDArray) -> None:
    """Root mean square of mid and side, `spectra` (2, F), in each band: `out` (2 bands,)."""
    bands = edges.shape[0] - 1
    for channel in range(2):
        for band in range(bands):
            power = 0.0
            for b in range(edges[band], edges[band + 1]):
                value = spectra[channel, b]
                power += value.real * value.real + value.imag * value.imag
            out[channel * bands + band] = np.sqrt(power / (edges[band + 1] - edges[band])) + FLOOR


@njit(**FAST)
def mix_of(bases: NDArray, share: NDArray, first: int, last: int, out: NDArray) -> None:
    """Sum of bases first..last - 1, `bases` (K, D), times their activations `share` (K,): `out` (D,)."""
    for d in range(out.shape[0]):
        out[d] = FLOOR
    for k in range(first, last):
        for d in range(out.shape[0]):
            out[d] += share[k] * bases[k, d]


@njit(**FAST)
def update(bases: NDArray, share: NDArray, observed: NDArray, explained: NDArray) -> None:
    """One multiplicative update of `share` for the Kullback-Leibler divergence; each basis has the sum 1."""
    mix_of(bases, share, 0, share.shape[0], explained)
    for d in range(explained.shape[0]):
        explained[d] = observed[d] / explained[d]
    for k in range(share.shape[0]):
        ratio = np.float32(0.0)
        for d in range(explained.shape[0]):
            ratio += bases[k, d] * explained[d]
        share[k] = max(share[k] * ratio, FLOOR)


@njit(**FAST)
def mask(claims: NDArray, spectra: NDArray, edges: NDArray, contrast: float, out: NDArray) -> None:
    """Share `spectra` (2, F) out by `claims` (S, 2 bands): `out` (S - 1, 2, F), the rest is the last stem's."""
    stems = claims.shape[0]
    bands = edges.shape[0] - 1
    for channel in range(2):
        for band in range(bands):
            d = channel * bands + band
            total = 0.0
            for stem in range(stems):
                claims[stem, d] = claims[stem, d] ** contrast
                total += claims[stem, d]
            for stem in range(stems - 1):
                gain = np.float32(claims[stem, d] / total)
                for b in range(edges[band], edges[band + 1]):
                    out[stem, channel, b] = gain * spectra[channel, b]


class Machine:
    """Follows a stream with fixed bases (S, K, D). One thread."""

    def __init__(self, bases: FloatArray, hop: int, updates: int) -> None:
        """Allocate, and compile by running on noise. `updates` of the activations in each hop."""
        stems, components, size = bases.shape
        self._hop, self._updates, self._components = hop, updates, components
        self._bases = np.ascontiguousarray(bases.reshape(-1, size))
        self._edges = band_edges()
        self._transform = StreamingTransform(FRAME, hop, masked_stems=stems - 1)
        self._share = np.zeros(stems * components, np.float32)
        self._observed, self._explained = np.zeros(size, np.float32), np.zeros(size, np.float32)
        self._claims = np.zeros((stems, size), np.float32)
        self._contrast = 1.0
        self.reset()
        self._warm_up()

    def _warm_up(self) -> None:
        noise = np.random.default_rng(0).uniform(-0.1, 0.1, (2, self._hop)).astype(np.float32)
        out = np.zeros((len(self._claims), 2, self._hop), np.float32)
        for _ in range(2):
            self.process(noise, out)
        self.reset()

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop: what is heard, of what it is made, who gets it."""
        self._transform.push(mix)
        spectra = self._transform.spectra
        band_levels(spectra, self._edges, self._observed)
        for _ in range(self._updates):
            update(self._bases, self._share, self._observed, self._explained)
        for stem in range(len(self._claims)):
            first = stem * self._components
            mix_of(self._bases, self._share, first, first + self._components, self._claims[stem])
        mask(self._claims, spectra, self._edges, self._contrast, self._transform.masked)
        self._transform.pull(out)

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._transform.reset()
        self._share.fill(FLOOR)

    def set_contrast(self, value: float) -> None:
        """Exponent of the claims; takes effect with the next hop."""
        self._contrast = float(value)
