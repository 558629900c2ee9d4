"""A multichannel Wiener filter that learns as it plays where each stem stands in the stereo picture.

    network's frames y_j --> shares, powers v_j --+
                                                  +--> W_j = v_j R_j (sum_k v_k R_k)^-1 --> stems W_j x
    mixture's frame x --> what x says of stem j --+
          ^                      |
          +----- places R_j <----+  for the next frame

A network of masks shares each bin out by a number for each channel; where two stems sound in one bin, the one to the left and
the other in the middle, some of each is left in both. Here a stem is a complex Gaussian vector of two channels whose
covariance in frame n and bin f is v_j(n, f) R_j(f): a power, which is the network's to say, and a 2x2 Hermitian matrix, which
says how the stem's channels belong together. Given the mixture x = sum_j c_j + floor, the stem's mean is c_j = v_j R_j S^-1 x,
where S = sum_k v_k R_k + floor, and its second moment is

    C_j = c_j c_j^H + v_j R_j - v_j R_j S^-1 v_j R_j.

Expectation-maximisation takes the mean of C_j / v_j over a whole song for a better R_j, and repeats. A live stream is heard
once, and so the mean is a recursive one, the estimate of the frame before standing for that of the iteration before (Cappe
and Moulines, 2009). Frames weigh as much as the stem is loud in them, and less the longer ago they are:

    B_j = a B_j + v_j,    R_j = R_j + (C_j - v_j R_j) / B_j,    a = exp(-hop / MEMORY_S).

Powers. With |y|^2 for v_j the filter loses half a decibel: a network that makes the error small gives of each bin the share
m that it *expects* to be the stem's, m |x|^2 is then the power, and |y|^2 = m^2 |x|^2 counts the share twice. Moreover m was
found by listening to both channels, so that R_j tells some of it again: v_j = m^TRUST |x|^2. Measured in docs/wiener.md.

Bounds. R_j begins as the identity (no place in particular) and has the trace 2 after each frame: loudness is not for it to
say. No frame makes up more than `FASTEST` of it. The floor is `FLOOR` of the bin's power, so that S can be inverted however
alike the channels are; its own part of the mixture is dealt out to all stems alike, whence they add up to the mixture by
construction. All is relative to the mixture, so that level does not matter.

Duong, Vincent and Gribonval, "Under-determined reverberant audio source separation using a full-rank spatial covariance
model", IEEE TASLP 2010 (the model and its EM); Nugraha, Liutkus and Vincent, "Multichannel audio source separation with deep
neural networks", IEEE/ACM TASLP 2016 (powers by a network, frames weighed by them); Togami, "Online speech source separation
based on maximum likelihood of local Gaussian modeling", ICASSP 2011, and Simon and Vincent, "A general framework for online
audio source separation", LVA/ICA 2012 (EM over a stream). Open-Unmix has such a filter for whole songs.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep.separators.classic.order import OPTIONS
from rtsep_models.runtimes.api import Array
from rtsep_models.weights.card import Card

MEMORY_S = 2.0
"""Time constant of a stem's place, in time that it sounds."""
FASTEST = 0.2
"""Share of the estimate that a single frame makes up at most."""
FLOOR = 1e-2
"""Of a bin's power: what is taken for no stem's."""
TRUST = 0.7
"""Exponent of the network's shares."""
TINY = 1e-20
"""Power below which nothing is heard or learned."""


@njit(**OPTIONS)
def _power(z: complex) -> float:
    return float(z.real) * z.real + float(z.imag) * z.imag


@njit(**OPTIONS)
def _times(a00: complex, a01: complex, a10: complex, a11: complex, b0: complex, b1: complex) -> tuple[complex, complex]:
    """A 2x2 matrix times a vector."""
    return a00 * b0 + a01 * b1, a10 * b0 + a11 * b1


@njit(**OPTIONS)
def _learn(
    place: NDArray, v: float, gain: float, c0: complex, c1: complex, i00: float, i01: complex, i11: float
) -> None:
    """Moves R, `place` (4,), by `gain` (C - v R), to the trace 2. `c0`, `c1` are c, `i00` .. `i11` are S^-1."""
    p00, p11, p01 = v * place[0], v * place[1], v * complex(place[2], place[3])
    m00, m10 = _times(i00, i01, i01.conjugate(), i11, p00, p01.conjugate())  # S^-1 P
    m01, m11 = _times(i00, i01, i01.conjugate(), i11, p01, p11)
    r00 = place[0] + gain * (_power(c0) - (p00 * m00 + p01 * m10).real)
    r11 = place[1] + gain * (_power(c1) - (p01.conjugate() * m01 + p11 * m11).real)
    r01 = complex(place[2], place[3]) + gain * (c0 * c1.conjugate() - p00 * m01 - p01 * m11)
    scale = 2.0 / (r00 + r11)
    place[0], place[1], place[2], place[3] = scale * r00, scale * r11, scale * r01.real, scale * r01.imag


@njit(**OPTIONS)
def filter_frame(
    mixture: NDArray, guesses: NDArray, keep: float, places: NDArray, heard: NDArray, power: NDArray, out: NDArray
) -> None:
    """One frame: `mixture` (2, F) and the network's `guesses` (S, 2, F) to `out` (S, 2, F), complex.

    `places` (S, F, 4), the matrices R as left, right, real and imaginary part of left by right, and `heard` (S, F), the sums B,
    are brought up to date; `power` (S,) is scratch. `keep` is a of the recursion.
    """
    stems, _, bins = guesses.shape
    for f in range(bins):
        x0, x1 = np.complex128(mixture[0, f]), np.complex128(mixture[1, f])
        loud0, loud1 = _power(x0), _power(x1)
        loud = 0.5 * (loud0 + loud1)
        floor = FLOOR * loud + TINY
        left, right, cross = floor, floor, 0j  # S
        for j in range(stems):
            y0, y1 = _power(guesses[j, 0, f]), _power(guesses[j, 1, f])
            share = 0.5 * (np.sqrt(loud0 * y0) + np.sqrt(loud1 * y1)) / (loud + TINY)
            power[j] = loud * share**TRUST
            left += power[j] * places[j, f, 0]
            right += power[j] * places[j, f, 1]
            cross += power[j] * complex(places[j, f, 2], places[j, f, 3])
        scale = 1.0 / (left * right - _power(cross))
        i00, i11, i01 = scale * right, scale * left, -scale * cross  # S^-1
        u0, u1 = _times(i00, i01, i01.conjugate(), i11, x0, x1)
        for j in range(stems):
            v, r01 = power[j], complex(places[j, f, 2], places[j, f, 3])
            w0, w1 = _times(places[j, f, 0], r01, r01.conjugate(), places[j, f, 1], v * u0, v * u1)
            out[j, 0, f], out[j, 1, f] = w0 + floor / stems * u0, w1 + floor / stems * u1
            heard[j, f] = keep * heard[j, f] + v + TINY  # never a denormal number: those are slow
            if v > TINY:
                _learn(places[j, f], v, min(1.0 / heard[j, f], FASTEST / v), w0, w1, i00, i01, i11)


class WienerFilter:
    """Behind the network of one stream. Loaded by `prepare`, since it brings numba; separator process."""

    def __init__(self, card: Card, sample_rate: int) -> None:
        """Allocate, and compile by running on silence. `card.wiener` has been checked by the card."""
        stems, channels, bins = card.shape_out[2:5]
        self._keep = math.exp(-card.hop / (MEMORY_S * sample_rate))
        self._places, self._heard = np.zeros((stems, bins, 4)), np.zeros((stems, bins))
        self._power = np.zeros(stems)
        self._stems = np.zeros((stems, channels, bins), np.complex64)
        self._out = self._stems.view(np.float32).reshape(card.shape_out)
        self.reset()
        self.step(np.zeros(card.shape_in, np.float32), np.zeros(card.shape_out, np.float32))
        self.reset()

    def step(self, x: Array, y: Array) -> Array:
        """The mixture's frame (1, 1, C, F, 2) and the network's (1, 1, S, C, F, 2) to the filtered ones, good until the next."""
        mixture, guesses = (frames[0, 0].view(np.complex64)[..., 0] for frames in (x, y))
        filter_frame(mixture, guesses, self._keep, self._places, self._heard, self._power, self._stems)
        return self._out

    def reset(self) -> None:
        """Every stem may be anywhere."""
        self._places[...] = (1.0, 1.0, 0.0, 0.0)
        self._heard.fill(0.0)
