"""A multichannel Wiener filter that learns as it plays where each stem stands in the stereo picture.

    network's frames y_j --> shares, powers v_j --+
                                                  +--> W_j = v_j R_j (sum_k v_k R_k)^-1 --> stems W_j x
    mixture's frame x --> what x says of stem j --+
          ^                      |
          +----- places R_j <----+  for the next frame

A network shares each bin out by one number a channel; where two stems sound in a bin together, one to the left and one in
the middle, that leaves some of each in both. Here a stem is a complex Gaussian vector of two channels whose covariance in
frame n and bin f is v_j(n, f) R_j(f): a power, which is the network's, and a 2x2 Hermitian matrix R_j, which says how the
stem's channels belong together. Given the mixture x = sum_j c_j + floor, the stem's mean is c_j = v_j R_j S^-1 x, where
S = sum_k v_k R_k + floor, and its second moment is

    C_j = c_j c_j^H + v_j R_j - v_j R_j S^-1 v_j R_j.

Expectation-maximisation takes the mean of C_j / v_j over a whole song for a better R_j, and repeats. A live stream is heard
once, and so the mean is a recursive one with the previous estimate in the place of the previous iteration (Cappe and
Moulines, 2009): frames weigh as much as the stem is loud in them, and less the longer ago they are,

    B_j = a B_j + v_j,    R_j = R_j + (C_j - v_j R_j) / B_j,    a = exp(-hop / MEMORY_S).

Duong, Vincent and Gribonval, "Under-determined reverberant audio source separation using a full-rank spatial covariance
model", IEEE TASLP 2010 (the model and its EM); Nugraha, Liutkus and Vincent, "Multichannel audio source separation with deep
neural networks", IEEE/ACM TASLP 2016 (powers by a network; frames weighed by them); Togami, "Online speech source separation
based on maximum likelihood of local Gaussian modeling", ICASSP 2011, and Simon and Vincent, "A general framework for online
audio source separation", LVA/ICA 2012 (the recursion); Open-Unmix has the filter over whole songs.

Bounds. R_j starts as the identity (no place in particular) and is scaled to the trace 2 after each frame: loudness is the
network's to say. No frame counts more than `FASTEST` of the estimate. `floor` is `FLOOR` of the bin's power, so that S can be
inverted however alike the channels are; its own part of the mixture is dealt out to all stems alike, whence the stems add up to
the mixture by construction. Everything is relative to the mixture, so that level does not matter.
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
"""Exponent of the network's shares: see above."""
TINY = 1e-20
"""Power below which nothing is heard or learned."""


@njit(inline="always", **OPTIONS)
def _power(z: complex) -> float:
    return float(z.real) * z.real + float(z.imag) * z.imag


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
        left, right, cross = floor, floor, 0j
        for j in range(stems):
            y0, y1 = _power(guesses[j, 0, f]), _power(guesses[j, 1, f])
            share = 0.5 * (np.sqrt(loud0 * y0) + np.sqrt(loud1 * y1)) / (loud + TINY)
            v = loud * share**TRUST
            power[j] = v
            left += v * places[j, f, 0]
            right += v * places[j, f, 1]
            cross += v * complex(places[j, f, 2], places[j, f, 3])
        scale = 1.0 / (left * right - _power(cross))
        i00, i11, i01 = scale * right, scale * left, -scale * cross  # S^-1
        u0, u1 = i00 * x0 + i01 * x1, i01.conjugate() * x0 + i11 * x1  # S^-1 x
        for j in range(stems):
            v = power[j]
            p00, p11, p01 = v * places[j, f, 0], v * places[j, f, 1], v * complex(places[j, f, 2], places[j, f, 3])
            c0, c1 = p00 * u0 + p01 * u1, p01.conjugate() * u0 + p11 * u1
            out[j, 0, f] = c0 + floor / stems * u0
            out[j, 1, f] = c1 + floor / stems * u1
            heard[j, f] = keep * heard[j, f] + v
            if v <= TINY:
                continue
            m00, m01 = i00 * p00 + i01 * p01.conjugate(), i00 * p01 + i01 * p11  # S^-1 P
            m10, m11 = i01.conjugate() * p00 + i11 * p01.conjugate(), i01.conjugate() * p01 + i11 * p11
            gain = min(1.0 / heard[j, f], FASTEST / v)
            q00 = _power(c0) - (p00 * m00 + p01 * m10).real
            q11 = _power(c1) - (p01.conjugate() * m01 + p11 * m11).real
            q01 = c0 * c1.conjugate() - p00 * m01 - p01 * m11  # C - P
            r00, r11 = places[j, f, 0] + gain * q00, places[j, f, 1] + gain * q11
            trace = 2.0 / (r00 + r11)
            places[j, f, 0], places[j, f, 1] = trace * r00, trace * r11
            places[j, f, 2] = trace * (places[j, f, 2] + gain * q01.real)
            places[j, f, 3] = trace * (places[j, f, 3] + gain * q01.imag)


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
