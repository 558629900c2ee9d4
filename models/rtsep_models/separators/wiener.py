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
found by listening to both channels, so that R_j tells some of it again: v_j = m^(3/4) |x|^2. Measured in docs/wiener.md.

Bounds. R_j begins as the identity (no place in particular) and has the trace 2 after each frame: loudness is not for it to
say. No frame makes up more than `FASTEST` of it. The floor is `FLOOR` of the bin's power, so that S can be inverted however
alike the channels are; its own part of the mixture, what the stems leave, is dealt out to all of them alike, whence they add
up to the mixture by construction. All is relative to the mixture, so that level does not matter and single precision suffices.

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

Real = np.float32

MEMORY_S = 2.0
"""Time constant of a stem's place, in time that it sounds."""
FASTEST = np.float32(0.2)
"""Share of the estimate that a single frame makes up at most."""
FLOOR = np.float32(1e-2)
"""Of a bin's power: what is taken for no stem's."""
TINY = np.float32(1e-20)
"""Power below which nothing is heard or learned."""
HALF, ONE, TWO = np.float32(0.5), np.float32(1.0), np.float32(2.0)  # a float of Python's would make all of it double


@njit(**OPTIONS)
def _magnitude(z: np.complex64) -> Real:
    return np.sqrt(z.real * z.real + z.imag * z.imag)


@njit(**OPTIONS)
def _learn(place: NDArray, v: Real, gain: Real, w: tuple[Real, ...], inverse: tuple[Real, ...]) -> None:
    """Moves R, `place` (4,), by `gain` (C - v R), to the trace 2. `w` is c and `inverse` S^-1, both without the scale of x.

    v R S^-1 v R is written out for Hermitian R, with p and q its diagonal and r + i s beside it.
    """
    w0r, w0i, w1r, w1i = w
    a, b, c, d = inverse
    p, q, r, s = place[0], place[1], place[2], place[3]
    along, beside = TWO * (c * r + d * s), r * r + s * s
    both, cross = a * p + b * q, p * q
    even, odd = r * r - s * s, TWO * r * s
    v2 = v * v
    p += gain * (w0r * w0r + w0i * w0i - v2 * (p * (a * p + along) + b * beside))
    q += gain * (w1r * w1r + w1i * w1i - v2 * (q * (b * q + along) + a * beside))
    r, s = (
        r + gain * (w0r * w1r + w0i * w1i - v2 * (r * both + c * cross + c * even + d * odd)),
        s + gain * (w0i * w1r - w0r * w1i - v2 * (s * both + d * cross + c * odd - d * even)),
    )
    scale = TWO / (p + q)
    place[0], place[1], place[2], place[3] = scale * p, scale * q, scale * r, scale * s


@njit(**OPTIONS)
def filter_frame(
    mixture: NDArray, guesses: NDArray, keep: Real, places: NDArray, heard: NDArray, power: NDArray, out: NDArray
) -> None:
    """One frame: `mixture` (2, F) and the network's `guesses` (S, 2, F) to `out` (S, 2, F), complex64; the rest float32.

    `places` (S, F, 4), the matrices R as left, right, real and imaginary part of left by right, and `heard` (S, F), the sums B,
    are brought up to date; `power` (S,) is scratch. `keep` is a of the recursion.
    """
    stems, _, bins = guesses.shape
    dealt = ONE / np.float32(stems)
    for f in range(bins):
        x0, x1 = mixture[0, f], mixture[1, f]
        m0, m1 = _magnitude(x0), _magnitude(x1)
        loud = HALF * (m0 * m0 + m1 * m1)
        root = np.sqrt(loud + TINY)
        level = ONE / root
        x0r, x0i, x1r, x1i = level * x0.real, level * x0.imag, level * x1.real, level * x1.imag
        weigh = HALF * level * level
        left, right, across, turned = FLOOR, FLOOR, np.float32(0.0), np.float32(0.0)  # S
        for j in range(stems):
            share = weigh * (m0 * _magnitude(guesses[j, 0, f]) + m1 * _magnitude(guesses[j, 1, f]))
            power[j] = v = np.sqrt(share * np.sqrt(share))
            left += v * places[j, f, 0]
            right += v * places[j, f, 1]
            across += v * places[j, f, 2]
            turned += v * places[j, f, 3]
        scale = ONE / (left * right - (across * across + turned * turned))
        a, b, c, d = scale * right, scale * left, -scale * across, -scale * turned  # S^-1
        u0r, u0i = a * x0r + (c * x1r - d * x1i), a * x0i + (c * x1i + d * x1r)
        u1r, u1i = b * x1r + (c * x0r + d * x0i), b * x1i + (c * x0i - d * x0r)
        for j in range(stems):
            v, p, q, r, s = power[j], places[j, f, 0], places[j, f, 1], places[j, f, 2], places[j, f, 3]
            w0r, w0i = v * (p * u0r + (r * u1r - s * u1i)), v * (p * u0i + (r * u1i + s * u1r))
            w1r, w1i = v * (q * u1r + (r * u0r + s * u0i)), v * (q * u1i + (r * u0i - s * u0r))
            out[j, 0, f], out[j, 1, f] = complex(root * w0r, root * w0i), complex(root * w1r, root * w1i)
            x0, x1 = x0 - out[j, 0, f], x1 - out[j, 1, f]
            heard[j, f] = keep * heard[j, f] + loud * v + TINY  # never a denormal number: those are slow
            gain = min(loud / heard[j, f], FASTEST / (v + TINY))
            _learn(places[j, f], v, gain, (w0r, w0i, w1r, w1i), (a, b, c, d))
        for j in range(stems):
            out[j, 0, f] += dealt * x0
            out[j, 1, f] += dealt * x1


class WienerFilter:
    """Behind the network of one stream. Loaded by `prepare`, since it brings numba; separator process."""

    def __init__(self, card: Card, sample_rate: int) -> None:
        """Allocate, and compile by running on silence. `card.wiener` has been checked by the card."""
        stems, channels, bins = card.shape_out[2:5]
        self._keep = np.float32(math.exp(-card.hop / (MEMORY_S * sample_rate)))
        self._places = np.zeros((stems, bins, 4), np.float32)
        self._heard = np.zeros((stems, bins), np.float32)
        self._power = np.zeros(stems, np.float32)
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
