"""The machine behind `fastica`: one hop in, four stems out. Loaded by `prepare`, since it brings numba.

mix -> mid, side -> frames of 2048 -> per band: whitening, rotation -> two components -> the more central one, the rest

Hyvarinen and Oja, "Independent component analysis: algorithms and applications", 2000: FastICA with the contrast of tanh
and symmetric decorrelation. Of two whitened channels only a rotation is left to find: one angle, which takes one Newton
step a hop, with running means for expectations. An instantaneous mixture is the same real matrix in every bin, so that
real and imaginary parts of all bins of a band are its samples; they are sparse, hence far from Gaussian, once each bin is
divided by its own level so far.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.separators.api import Audio
from rtsep.separators.classic.order import OPTIONS
from rtsep.separators.classic.stft import StreamingTransform

FRAME = 2048
EDGES_HZ = (150.0, 400.0, 800.0, 1600.0, 3200.0, 6400.0, 12800.0)
"""Between the bands, each with a mixture of its own."""
VOCALS, DRUMS, BASS = range(3)
CENTRAL = (BASS, VOCALS, VOCALS, VOCALS, VOCALS, VOCALS, DRUMS, DRUMS)
"""The stem that gets a band's central component."""
LEVEL_S = 0.5
"""Time constant of each bin's level."""
MEMORY_S = 4.0
"""Time constant of the expectations: mixes hardly change."""
TURN_S = 1.0
"""Time constant of the rotation's way to where it is going."""
FLOOR = 1e-9
"""Power below which nothing is heard: -140 dB of a full-scale sine's."""
RIDGE = 1e-3
"""Of the larger channel's power, added to both: a mono mix has one component, not a second one of rounding noise."""

LEAST_CURVATURE = 0.02
"""Keeps steps small where both components are nearly Gaussian and no direction is better than another."""
MOST_TURN = 0.05
"""Radians a hop."""


@njit(**OPTIONS)
def correlate(spectra: NDArray, first: int, last: int, level: NDArray, rates: NDArray, own: NDArray) -> None:
    """Follow the `level` (F,) of bins first..last - 1 of `spectra` (2, F) and, in own[:3], the covariance of mid and side."""
    mid_mid = both = side_side = 0.0
    for b in range(first, last):
        mid, side = spectra[0, b], spectra[1, b]
        mid_power = mid.real * mid.real + mid.imag * mid.imag
        side_power = side.real * side.real + side.imag * side.imag
        level[b] += rates[0] * (mid_power + side_power - level[b])
        scale = 1.0 / (level[b] + FLOOR)
        mid_mid += scale * mid_power
        both += scale * (mid.real * side.real + mid.imag * side.imag)
        side_side += scale * side_power
    share = 0.5 / (last - first)  # two samples a bin
    own[0] += rates[1] * (mid_mid * share - own[0])
    own[1] += rates[1] * (both * share - own[1])
    own[2] += rates[1] * (side_side * share - own[2])


@njit(**OPTIONS)
def spread(own: NDArray) -> tuple[float, float, float, float]:
    """Square root ((a, c), (c, d)) of the covariance C in own[:3], and its determinant s: (C + s I) / sqrt(trace C + 2 s)."""
    ridge = RIDGE * max(own[0], own[2]) + FLOOR
    a, c, d = own[0] + ridge, own[1], own[2] + ridge
    root = math.sqrt(max(a * d - c * c, FLOOR * FLOOR))
    trace = math.sqrt(a + d + 2.0 * root)
    return (a + root) / trace, c / trace, (d + root) / trace, root


@njit(**OPTIONS)
def turn(spectra: NDArray, first: int, last: int, level: NDArray, rates: NDArray, own: NDArray) -> None:
    """One step of the angle own[3] towards independence of the whitened bins first..last - 1.

    The gradient of E[G(y_1)] + E[G(y_2)], G = log cosh, over its curvature, which FastICA takes as E[g'(y)] - E[y g(y)]
    (own[4] and own[5]). Its sign says of a component whether it is sparser than a Gaussian or the contrary, and so whether
    G is to fall or to rise.
    """
    a, c, d, root = spread(own)
    p, q = math.cos(own[3]), math.sin(own[3])
    first_slope = second_slope = first_cross = second_cross = 0.0
    for b in range(first, last):
        scale = 1.0 / (root * math.sqrt(level[b] + FLOOR))
        for part in range(2):
            mid = (spectra[0, b].real if part == 0 else spectra[0, b].imag) * scale
            side = (spectra[1, b].real if part == 0 else spectra[1, b].imag) * scale
            z_mid, z_side = d * mid - c * side, a * side - c * mid
            one, two = p * z_mid + q * z_side, p * z_side - q * z_mid
            one_g, two_g = math.tanh(one), math.tanh(two)
            first_slope += 1.0 - one_g * one_g - one * one_g
            second_slope += 1.0 - two_g * two_g - two * two_g
            first_cross += one_g * two
            second_cross += two_g * one
    share = 0.5 / (last - first)
    own[4] += rates[1] * (first_slope * share - own[4])
    own[5] += rates[1] * (second_slope * share - own[5])
    gradient = share * (math.copysign(1.0, own[4]) * first_cross - math.copysign(1.0, own[5]) * second_cross)
    step = rates[2] * gradient / (abs(own[4]) + abs(own[5]) + LEAST_CURVATURE)
    own[3] -= min(max(step, -MOST_TURN), MOST_TURN)


@njit(**OPTIONS)
def central(own: NDArray, out: NDArray) -> None:
    """`out` (2, 2) projects (mid, side) onto the more central component: its column of the mixing matrix times its row.

    The mixing matrix is the square root times the rotation transposed; more central has more mid for its side.
    """
    a, c, d, root = spread(own)
    p, q = math.cos(own[3]), math.sin(own[3])
    mid, side = a * p + c * q, c * p + d * q
    other_mid, other_side = c * p - a * q, d * p - c * q
    if abs(mid) * abs(other_side) < abs(other_mid) * abs(side):
        mid, side = other_mid, other_side
        p, q = -q, p
    from_mid, from_side = (p * d - q * c) / root, (q * a - p * c) / root
    out[0, 0], out[0, 1] = mid * from_mid, mid * from_side
    out[1, 0], out[1, 1] = side * from_mid, side * from_side


@njit(**OPTIONS)
def follow(spectra: NDArray, edges: NDArray, level: NDArray, rates: NDArray, state: NDArray, out: NDArray) -> None:
    """Hear a frame, `spectra` (2, F) of mid and side, and write each band's projection, `out` (K, 2, 2) as in `central`.

    `edges` (K + 1,): first bin of each band. `level` (F,): power of each bin so far. `rates`: of the level, of the
    expectations, of the rotation. `state` (K, 6): covariance (mid, both, side), angle, curvature of both components.
    """
    for band in range(edges.shape[0] - 1):
        first, last = edges[band], edges[band + 1]
        correlate(spectra, first, last, level, rates, state[band])
        turn(spectra, first, last, level, rates, state[band])
        central(state[band], out[band])


@njit(**OPTIONS)
def project(spectra: NDArray, edges: NDArray, projections: NDArray, stems: NDArray, out: NDArray) -> None:
    """The central component of each band to the stem that `stems` (K,) names: `out` (S, 2, F), zero elsewhere."""
    for stem in range(out.shape[0]):
        for band in range(stems.shape[0]):
            for b in range(edges[band], edges[band + 1]):
                for channel in range(2):
                    if stem == stems[band]:
                        near, far = projections[band, channel, 0], projections[band, channel, 1]
                        out[stem, channel, b] = near * spectra[0, b] + far * spectra[1, b]
                    else:
                        out[stem, channel, b] = 0.0


class Machine:
    """Two independent components per band; the more central one to the stem that `CENTRAL` names. One thread."""

    def __init__(self, sample_rate: int, hop: int) -> None:
        """Allocate, and compile by running on noise."""
        self._hop, self._rate = hop, sample_rate
        bins = FRAME // 2 + 1
        inner = [round(edge * FRAME / sample_rate) for edge in EDGES_HZ]
        self._edges = np.array([0, *inner, bins])
        self._stems = np.array(CENTRAL)
        self._transform = StreamingTransform(FRAME, hop, masked_stems=3)
        self._level = np.zeros(bins)
        self._state = np.zeros((len(CENTRAL), 6))
        self._projections = np.zeros((len(CENTRAL), 2, 2))
        self._rates = np.zeros(3)
        self.reset()
        noise = np.random.default_rng(0).uniform(-0.1, 0.1, (2, hop)).astype(np.float32)
        out = np.zeros((4, 2, hop), np.float32)
        for _ in range(2):
            self.process(noise, out)
        self.reset()

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        transform = self._transform
        transform.push(mix)
        self._hops += 1
        for index, memory_s in enumerate((LEVEL_S, MEMORY_S, TURN_S)):  # plain means at first
            self._rates[index] = max(1.0 / self._hops, self._hop / (memory_s * self._rate))
        follow(transform.spectra, self._edges, self._level, self._rates, self._state, self._projections)
        project(transform.spectra, self._edges, self._projections, self._stems, transform.masked)
        transform.pull(out)

    def reset(self) -> None:
        """Forget the sound: whatever comes is centred until shown otherwise."""
        self._transform.reset()
        self._level.fill(0.0)
        self._state.fill(0.0)
        self._hops = 0
