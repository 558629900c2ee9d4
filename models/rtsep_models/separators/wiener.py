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

from rtsep_models.compiled.elementary import HALF, ONE, OPTIONS, TWO, F
from rtsep_models.runtimes.api import Array
from rtsep_models.weights.card import Card

MEMORY_S = 2.0
"""Time constant of a stem's place, in time that it sounds."""
FASTEST = F(0.2)
"""Share of the estimate that a single frame makes up at most."""
FLOOR = F(1e-2)
"""Of a bin's power: what is taken for no stem's."""
TINY = F(1e-20)
"""Power below which nothing is heard or learned."""
TILE = 208
"""Bins that are worked on together: what is known of them stays in the nearest cache."""
X0R, X0I, X1R, X1I, Y0R, Y0I, Y1R, Y1I, ROOT, LOUD, WEIGH_0, WEIGH_1 = range(0, 12 * TILE, TILE)
LEFT, RIGHT, ACROSS, TURNED, U0R, U0I, U1R, U1I = range(12 * TILE, 20 * TILE, TILE)
REST_0R, REST_0I, REST_1R, REST_1I, OF_TILE = range(20 * TILE, 25 * TILE, TILE)
"""Lines of a tile, where each begins; the last four are what is left of both channels."""
P, Q, R, S, HEARD, POWER, W0R, W0I, W1R, W1I, OF_STEM = range(0, 11 * TILE, TILE)
"""Lines of a stem in a tile: R, with the diagonal p and q and r + i s beside it, the sum B, and of the frame at hand v and w."""


@njit(**OPTIONS)
def _read(frame: Array, first: int, count: int, lines: Array) -> None:
    """Bins `first` and on of one channel, (F, 2), to two lines."""
    part = frame[first : first + count]
    for f in range(count):
        lines[f], lines[TILE + f] = part[f, 0], part[f, 1]


@njit(**OPTIONS)
def _weigh(count: int, lines: Array) -> None:
    """The mixture by its own level; that level, the power, and what both channels weigh in a share."""
    for f in range(count):
        x0r, x0i, x1r, x1i = lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f]
        p0, p1 = x0r * x0r + x0i * x0i, x1r * x1r + x1i * x1i
        loud = HALF * (p0 + p1)
        root = np.sqrt(loud + TINY)
        level = ONE / root
        weigh = HALF * level * level
        lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f] = (
            level * x0r,
            level * x0i,
            level * x1r,
            level * x1i,
        )
        lines[ROOT + f], lines[LOUD + f] = root, loud
        lines[WEIGH_0 + f], lines[WEIGH_1 + f] = weigh * np.sqrt(p0), weigh * np.sqrt(p1)
        lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f] = FLOOR, FLOOR, F(0.0), F(0.0)
        lines[REST_0R + f] = lines[REST_0I + f] = lines[REST_1R + f] = lines[REST_1I + f] = F(0.0)


@njit(**OPTIONS)
def _claim(count: int, lines: Array, stem: Array) -> None:
    """One stem's power v, and what v R adds to S."""
    for f in range(count):
        y0r, y0i, y1r, y1i = lines[Y0R + f], lines[Y0I + f], lines[Y1R + f], lines[Y1I + f]
        share = lines[WEIGH_0 + f] * np.sqrt(y0r * y0r + y0i * y0i) + lines[WEIGH_1 + f] * np.sqrt(
            y1r * y1r + y1i * y1i
        )
        v = np.sqrt(share * np.sqrt(share))
        stem[POWER + f] = v
        lines[LEFT + f] += v * stem[P + f]
        lines[RIGHT + f] += v * stem[Q + f]
        lines[ACROSS + f] += v * stem[R + f]
        lines[TURNED + f] += v * stem[S + f]


@njit(**OPTIONS)
def _invert(count: int, lines: Array) -> None:
    """S to its inverse, in place of it, and that times x: u."""
    for f in range(count):
        left, right, across, turned = lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f]
        scale = ONE / (left * right - (across * across + turned * turned))
        a, b, c, d = scale * right, scale * left, -scale * across, -scale * turned
        x0r, x0i, x1r, x1i = lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f]
        lines[U0R + f], lines[U0I + f] = a * x0r + (c * x1r - d * x1i), a * x0i + (c * x1i + d * x1r)
        lines[U1R + f], lines[U1I + f] = b * x1r + (c * x0r + d * x0i), b * x1i + (c * x0i - d * x0r)
        lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f] = a, b, c, d


@njit(**OPTIONS)
def _follow(count: int, keep: F, lines: Array, stem: Array) -> None:
    """One stem: w = v R u; R moved by `gain` (C - v R), to the trace 2.

    v R S^-1 v R is written out for Hermitian R, with p and q its diagonal and r + i s beside it.
    """
    for f in range(count):
        v, p, q, r, s = stem[POWER + f], stem[P + f], stem[Q + f], stem[R + f], stem[S + f]
        u0r, u0i, u1r, u1i = lines[U0R + f], lines[U0I + f], lines[U1R + f], lines[U1I + f]
        w0r, w0i = v * (p * u0r + (r * u1r - s * u1i)), v * (p * u0i + (r * u1i + s * u1r))
        w1r, w1i = v * (q * u1r + (r * u0r + s * u0i)), v * (q * u1i + (r * u0i - s * u0r))
        stem[W0R + f], stem[W0I + f], stem[W1R + f], stem[W1I + f] = w0r, w0i, w1r, w1i
        lines[REST_0R + f] += w0r
        lines[REST_0I + f] += w0i
        lines[REST_1R + f] += w1r
        lines[REST_1I + f] += w1i
        loud = lines[LOUD + f]
        heard = keep * stem[HEARD + f] + loud * v + TINY  # never a denormal number: those are slow
        gain = min(loud / heard, FASTEST / (v + TINY))
        a, b, c, d = lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f]
        along, beside = TWO * (c * r + d * s), r * r + s * s
        both, cross = a * p + b * q, p * q
        even, odd = r * r - s * s, TWO * r * s
        v2 = v * v
        p += gain * (w0r * w0r + w0i * w0i - v2 * (p * (a * p + along) + b * beside))
        q += gain * (w1r * w1r + w1i * w1i - v2 * (q * (b * q + along) + a * beside))
        r += gain * (w0r * w1r + w0i * w1i - v2 * (r * both + c * cross + c * even + d * odd))
        s += gain * (w0i * w1r - w0r * w1i - v2 * (s * both + d * cross + c * odd - d * even))
        scale = TWO / (p + q)
        stem[P + f], stem[Q + f], stem[R + f], stem[S + f] = scale * p, scale * q, scale * r, scale * s
        stem[HEARD + f] = heard


@njit(**OPTIONS)
def _leave(count: int, dealt: F, lines: Array) -> None:
    """What each stem is dealt of what all of them together leave of the mixture."""
    for f in range(count):
        lines[REST_0R + f] = dealt * (lines[X0R + f] - lines[REST_0R + f])
        lines[REST_0I + f] = dealt * (lines[X0I + f] - lines[REST_0I + f])
        lines[REST_1R + f] = dealt * (lines[X1R + f] - lines[REST_1R + f])
        lines[REST_1I + f] = dealt * (lines[X1I + f] - lines[REST_1I + f])


@njit(**OPTIONS)
def _write(count: int, lines: Array, stem: Array, channel: int, frame: Array, first: int) -> None:
    """One channel of a stem, with its share of the rest, at the mixture's level, to bins `first` and on of (F, 2)."""
    part = frame[first : first + count]
    w, rest = stem[W0R + 2 * channel * TILE :], lines[REST_0R + 2 * channel * TILE :]
    for f in range(count):
        part[f, 0] = lines[ROOT + f] * (w[f] + rest[f])
        part[f, 1] = lines[ROOT + f] * (w[TILE + f] + rest[TILE + f])


@njit(**OPTIONS)
def filter_frame(mixture: Array, guesses: Array, keep: F, stems: Array, lines: Array, out: Array) -> None:
    """One frame: `mixture` (2, F, 2) and the network's `guesses` (S, 2, F, 2) to `out` (S, 2, F, 2); parts of numbers come last.

    `stems` (tiles, S, OF_STEM), what is known of each stem in a tile of bins, is brought up to date; `lines` (OF_TILE,) is
    scratch. `keep` is a of the recursion. Lines lie `TILE` numbers apart, which the compiler knows: so it sees that they are
    not the same numbers, and makes vectors of the loops, which take a quarter of the time.
    """
    bins = mixture.shape[1]
    for tile in range(stems.shape[0]):
        first = tile * TILE
        count = min(TILE, bins - first)
        _read(mixture[0], first, count, lines[X0R:])
        _read(mixture[1], first, count, lines[X1R:])
        _weigh(count, lines)
        for j in range(guesses.shape[0]):
            _read(guesses[j, 0], first, count, lines[Y0R:])
            _read(guesses[j, 1], first, count, lines[Y1R:])
            _claim(count, lines, stems[tile, j])
        _invert(count, lines)
        for j in range(guesses.shape[0]):
            _follow(count, keep, lines, stems[tile, j])
        _leave(count, ONE / F(guesses.shape[0]), lines)
        for j in range(guesses.shape[0]):
            _write(count, lines, stems[tile, j], 0, out[j, 0], first)
            _write(count, lines, stems[tile, j], 1, out[j, 1], first)


class WienerFilter:
    """Behind the network of one stream. Loaded by `prepare`, since it brings numba; separator process."""

    def __init__(self, card: Card, sample_rate: int) -> None:
        """Allocate, and compile by running on silence. `card.wiener` has been checked by the card."""
        stems, _, bins = card.shape_out[2:5]
        self._keep = F(math.exp(-card.hop / (MEMORY_S * sample_rate)))
        self._known = np.zeros((-(-bins // TILE), stems, OF_STEM), np.float32)
        self._lines = np.zeros(OF_TILE, np.float32)
        self._out = np.zeros(card.shape_out, np.float32)
        self.reset()
        self.step(np.zeros(card.shape_in, np.float32), np.zeros(card.shape_out, np.float32))
        self.reset()

    def step(self, x: Array, y: Array) -> Array:
        """The mixture's frame (1, 1, C, F, 2) and the network's (1, 1, S, C, F, 2) to the filtered ones, good until the next."""
        filter_frame(x[0, 0], y[0, 0], self._keep, self._known, self._lines, self._out[0, 0])
        return self._out

    def reset(self) -> None:
        """Every stem may be anywhere."""
        self._known.fill(0.0)
        self._known[:, :, P:R] = 1.0
