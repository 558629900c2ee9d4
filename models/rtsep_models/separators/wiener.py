"""A multichannel Wiener filter that learns as it plays where each stem stands in the stereo picture.

    network's frames y_j --> shares m_j --> powers v_j --> the likelier powers --+
                               |                  ^                              +--> W_j = v_j R_j S^-1 --> stems W_j x
    mixture's frame x ---------+--> regression: places R_j, for later frames ----+

A network of masks shares each bin out by a number for each channel; where two stems sound in one bin, the one to the left and
the other in the middle, some of each is left in both. Here a stem is a complex Gaussian vector of two channels whose
covariance in frame n and bin f is v_j(n, f) R_j(f): a power, which the network begins, and a 2x2 Hermitian matrix, which
says how the stem's channels belong together. Given the mixture x = sum_j c_j + floor, the stem's mean is c_j = v_j R_j S^-1 x,
where S = sum_k v_k R_k + floor.

Powers. With |y|^2 for v_j the filter loses half a decibel: a network that makes the error small gives of each bin the share
m that it *expects* to be the stem's, m |x|^2 is then the power, and |y|^2 = m^2 |x|^2 counts the share twice. Moreover m is
surer of itself than it should be: v_j = m^(5/8) |x|^2. Then the places are asked: v_j = v_j h_j / d_j, where
h_j = x^H S^-1 R_j S^-1 x is how strongly x comes from there and d_j = tr(S^-1 R_j) how strongly it would if S were right. The
update of multichannel factorisations takes the root of h/d, which never makes x less likely; once and for all the whole is
better.

Places. In the mean x x^H is the sum of what the stems are, sum_j m_j R_j |x|^2: the places are the coefficients of a regression
of x x^H / |x|^2 on the shares, over the last seconds and over a band of bins. That takes apart what a mean of each stem's own
frames cannot: a guess in which a third is other stems stands where they stand, but their shares tell how much of it is theirs.
It is drawn to the mixture's place, so that a stem that is silent, or always with another, stands there. Between the middles of
bands places go over into each other in straight lines, and stay covariances.

    (sum w m m^T + RIDGE W 1) R = sum w m (x x^H / |x|^2) + RIDGE W X,    W = sum w,    w = a^n |x|,    a = exp(-hop / MEMORY_S)

over the frames, n of them ago, and the bins of a band; X, the mixture's place, is the mean of x x^H / |x|^2 in these weights.

A tile of bins takes a frame in, and finds its places anew, once while the network's trunk runs once, but not in the frame in
which it does: short hops overlap so much that they would tell the same again. A tile of silence tells nothing.

Bounds. R_j begins as the identity (no place in particular) and has the trace 2: loudness is not for it to say. The floor is
`FLOOR` of the bin's power, so that S can be inverted however alike the channels are; its own part of the mixture, what the
stems leave, is dealt out to all of them alike, whence they add up to the mixture by construction. All is relative to the
mixture, so that level does not matter and single precision suffices. What was chosen and what it is worth: docs/wiener.md.

Duong, Vincent and Gribonval, "Under-determined reverberant audio source separation using a full-rank spatial covariance
model", IEEE TASLP 2010 (the model); Sawada, Kameoka, Araki and Ueda, "Multichannel extensions of non-negative matrix
factorization with complex-valued data", IEEE TASLP 2013 (the update of powers); Nugraha, Liutkus and Vincent, "Multichannel
audio source separation with deep neural networks", IEEE/ACM TASLP 2016 (powers by a network). Open-Unmix has such a filter for
whole songs.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numba import njit

from rtsep_models.compiled.elementary import HALF, ONE, OPTIONS, TWO, F
from rtsep_models.runtimes.api import Array
from rtsep_models.separators.places import BANDS, OF_PLACE, TILE, TINY, P, Q, R, S, lines_of, regress, spread, take_in
from rtsep_models.weights.card import Card

MEMORY_S = 8.0
"""Time constant of what the regression has heard."""
FLOOR = F(1e-2)
"""Of a bin's power: what is taken for no stem's."""
DOUBT = F(1e-3)
"""Beside the terms of the update of powers: bins of silence leave them as they are."""
X0R, X0I, X1R, X1I, ROOT, WEIGH_0, WEIGH_1 = range(0, 7 * TILE, TILE)
LEFT, RIGHT, ACROSS, TURNED, U0R, U0I, U1R, U1I = range(7 * TILE, 15 * TILE, TILE)
Y0R, Y0I, Y1R, Y1I = REST_0R, REST_0I, REST_1R, REST_1I = range(15 * TILE, 19 * TILE, TILE)
OF_TILE = 19 * TILE
"""Lines of a tile, where each begins; the last four are a guess, later what is left of both channels."""
SHARE, POWER, W0R, W0I, W1R, W1I, OF_STEM = range(0, 7 * TILE, TILE)
"""Lines of a stem in a tile."""


@njit(**OPTIONS)
def _read(frame: Array, first: int, count: int, lines: Array) -> None:
    """Bins `first` and on of one channel, (F, 2), to two lines."""
    part = frame[first : first + count]
    for f in range(count):
        lines[f], lines[TILE + f] = part[f, 0], part[f, 1]


@njit(**OPTIONS)
def _weigh(count: int, lines: Array) -> None:
    """The mixture by its own level; that level, and what both channels weigh in a share."""
    for f in range(count):
        x0r, x0i, x1r, x1i = lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f]
        p0, p1 = x0r * x0r + x0i * x0i, x1r * x1r + x1i * x1i
        root = np.sqrt(HALF * (p0 + p1) + TINY)
        level = ONE / root
        weigh = HALF * level * level
        lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f] = (
            level * x0r,
            level * x0i,
            level * x1r,
            level * x1i,
        )
        lines[ROOT + f] = root
        lines[WEIGH_0 + f], lines[WEIGH_1 + f] = weigh * np.sqrt(p0), weigh * np.sqrt(p1)


@njit(**OPTIONS)
def _claim(count: int, lines: Array, stem: Array) -> None:
    """One stem's share m by its guess, and the power v."""
    for f in range(count):
        y0r, y0i, y1r, y1i = lines[Y0R + f], lines[Y0I + f], lines[Y1R + f], lines[Y1I + f]
        share = lines[WEIGH_0 + f] * np.sqrt(y0r * y0r + y0i * y0i) + lines[WEIGH_1 + f] * np.sqrt(
            y1r * y1r + y1i * y1i
        )
        root = np.sqrt(share)
        stem[SHARE + f], stem[POWER + f] = share, root * np.sqrt(np.sqrt(root))


@njit(**OPTIONS)
def _add(count: int, stem: Array, place: Array, lines: Array) -> None:
    """What one stem's v R adds to S."""
    for f in range(count):
        v = stem[POWER + f]
        lines[LEFT + f] += v * place[P + f]
        lines[RIGHT + f] += v * place[Q + f]
        lines[ACROSS + f] += v * place[R + f]
        lines[TURNED + f] += v * place[S + f]


@njit(**OPTIONS)
def _explain(count: int, stems: Array, places: Array, lines: Array) -> None:
    """S of all stems and the floor, to its inverse in place of it, and that times x: u."""
    lines[LEFT : RIGHT + TILE] = FLOOR
    lines[ACROSS : TURNED + TILE] = F(0.0)
    for j in range(stems.shape[0]):
        _add(count, stems[j], places[j], lines)
    for f in range(count):
        left, right, across, turned = lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f]
        scale = ONE / (left * right - (across * across + turned * turned))
        a, b, c, d = scale * right, scale * left, -scale * across, -scale * turned
        x0r, x0i, x1r, x1i = lines[X0R + f], lines[X0I + f], lines[X1R + f], lines[X1I + f]
        lines[U0R + f], lines[U0I + f] = a * x0r + (c * x1r - d * x1i), a * x0i + (c * x1i + d * x1r)
        lines[U1R + f], lines[U1I + f] = b * x1r + (c * x0r + d * x0i), b * x1i + (c * x0i - d * x0r)
        lines[LEFT + f], lines[RIGHT + f], lines[ACROSS + f], lines[TURNED + f] = a, b, c, d


@njit(**OPTIONS)
def _ask(count: int, lines: Array, place: Array, stem: Array) -> None:
    """The likelier power of one stem: how strongly x comes from its place, against how strongly it would by S."""
    for f in range(count):
        p, q, r, s = place[P + f], place[Q + f], place[R + f], place[S + f]
        u0r, u0i, u1r, u1i = lines[U0R + f], lines[U0I + f], lines[U1R + f], lines[U1I + f]
        heard = p * (u0r * u0r + u0i * u0i) + q * (u1r * u1r + u1i * u1i)
        heard += TWO * (r * (u0r * u1r + u0i * u1i) - s * (u0r * u1i - u0i * u1r))
        due = p * lines[LEFT + f] + q * lines[RIGHT + f] + TWO * (r * lines[ACROSS + f] + s * lines[TURNED + f])
        stem[POWER + f] *= (max(heard, F(0.0)) + DOUBT) / (max(due, F(0.0)) + DOUBT)


@njit(**OPTIONS)
def _play(count: int, lines: Array, place: Array, stem: Array) -> None:
    """One stem: w = v R u; and less of the rest."""
    for f in range(count):
        v, p, q, r, s = stem[POWER + f], place[P + f], place[Q + f], place[R + f], place[S + f]
        u0r, u0i, u1r, u1i = lines[U0R + f], lines[U0I + f], lines[U1R + f], lines[U1I + f]
        w0r, w0i = v * (p * u0r + (r * u1r - s * u1i)), v * (p * u0i + (r * u1i + s * u1r))
        w1r, w1i = v * (q * u1r + (r * u0r + s * u0i)), v * (q * u1i + (r * u0i - s * u0r))
        stem[W0R + f], stem[W0I + f], stem[W1R + f], stem[W1I + f] = w0r, w0i, w1r, w1i
        lines[REST_0R + f] -= w0r
        lines[REST_0I + f] -= w0i
        lines[REST_1R + f] -= w1r
        lines[REST_1I + f] -= w1i


@njit(**OPTIONS)
def _write(count: int, dealt: F, lines: Array, stem: Array, channel: int, frame: Array, first: int) -> None:
    """One channel of a stem, with what it is `dealt` of the rest, at the mixture's level, to bins `first` and on of (F, 2)."""
    part = frame[first : first + count]
    w, rest = stem[W0R + 2 * channel * TILE :], lines[REST_0R + 2 * channel * TILE :]
    for f in range(count):
        part[f, 0] = lines[ROOT + f] * (w[f] + dealt * rest[f])
        part[f, 1] = lines[ROOT + f] * (w[TILE + f] + dealt * rest[TILE + f])


@njit(**OPTIONS)
def _share_out(
    mixture: Array, guesses: Array, first: int, count: int, lines: Array, stems: Array, places: Array, out: Array
) -> None:
    """One tile of `filter_frame`, `count` bins from `first` on."""
    count_of = stems.shape[0]
    dealt = ONE / F(count_of)
    _read(mixture[0], first, count, lines[X0R:])
    _read(mixture[1], first, count, lines[X1R:])
    _weigh(count, lines)
    for j in range(count_of):
        _read(guesses[j, 0], first, count, lines[Y0R:])
        _read(guesses[j, 1], first, count, lines[Y1R:])
        _claim(count, lines, stems[j])
    _explain(count, stems, places, lines)
    for j in range(count_of):
        _ask(count, lines, places[j], stems[j])
    _explain(count, stems, places, lines)
    lines[REST_0R : REST_1I + TILE] = lines[X0R : X1I + TILE]
    for j in range(count_of):
        _play(count, lines, places[j], stems[j])
    for j in range(count_of):
        _write(count, dealt, lines, stems[j], 0, out[j, 0], first)
        _write(count, dealt, lines, stems[j], 1, out[j, 1], first)


@njit(**OPTIONS)
def filter_frame(mixture: Array, guesses: Array, learn: Any, known: Any, scratch: Any, out: Array) -> None:
    """One frame: `mixture` (2, F, 2) and the network's `guesses` (S, 2, F, 2) to `out` (S, 2, F, 2); parts of numbers come last.

    `learn`: how many frames ago the trunk ran, how often it does, and a of the regression. `known`, brought up to date: the
    regression's sums (tiles, lines, TILE), the places of bands (4 S, B) and of bins (tiles, S, OF_PLACE). `scratch`: lines of
    a tile (OF_TILE,), of its stems (S, OF_STEM), and a regression's (lines + 1, BANDS). Lines lie `TILE` numbers apart, which
    the compiler knows: so it sees that they are not the same numbers, and makes vectors of the loops.
    """
    phase, stride, keep = learn
    sums, bands, places = known
    lines, stems, work = scratch
    for tile in range(places.shape[0]):
        first = tile * TILE
        count = min(TILE, mixture.shape[1] - first)
        _share_out(mixture, guesses, first, count, lines, stems, places[tile], out)
        if stride == 1 or 1 + tile % (stride - 1) == phase:
            x, root, spare = lines[X0R:ROOT], lines[ROOT:WEIGH_0], lines[LEFT : U0R + TILE]
            if take_in(count, keep, x, root, stems[:, SHARE:POWER], spare, sums[tile]):
                regress(stems.shape[0], sums[tile], work)
                spread(work, bands, tile, places[tile])


class WienerFilter:
    """Behind the network of one stream. Loaded by `prepare`, since it brings numba; separator process."""

    def __init__(self, card: Card, sample_rate: int) -> None:
        """Allocate, and compile by running on silence. `card.wiener` has been checked by the card."""
        stems, _, bins = card.shape_out[2:5]
        tiles, lines = -(-bins // TILE), lines_of(stems)
        self._phase, self._stride = 0, card.stride
        self._keep = F(math.exp(-card.hop * card.stride / (MEMORY_S * sample_rate)))
        self._known = (
            np.zeros((tiles, lines, TILE), np.float32),
            np.zeros((4 * stems, tiles * BANDS), np.float32),
            np.zeros((tiles, stems, OF_PLACE), np.float32),
        )
        self._scratch = (
            np.zeros(OF_TILE, np.float32),
            np.zeros((stems, OF_STEM), np.float32),
            np.zeros((lines + 1, BANDS), np.float32),
        )
        self._out = np.zeros(card.shape_out, np.float32)
        self.reset()
        self.step(np.zeros(card.shape_in, np.float32), np.zeros(card.shape_out, np.float32))
        self.reset()

    def step(self, x: Array, y: Array) -> Array:
        """The mixture's frame (1, 1, C, F, 2) and the network's (1, 1, S, C, F, 2) to the filtered ones, good until the next."""
        learn = self._phase, self._stride, self._keep
        filter_frame(x[0, 0], y[0, 0], learn, self._known, self._scratch, self._out[0, 0])
        self._phase = (self._phase + 1) % self._stride
        return self._out

    def reset(self) -> None:
        """Every stem may be anywhere."""
        sums, bands, places = self._known
        for known in (sums, bands, places):
            known.fill(0.0)
        bands.reshape(-1, 4, bands.shape[1])[:, :2] = 1.0
        places[..., P:R] = 1.0
        self._phase = 0
