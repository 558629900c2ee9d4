"""The flagship, one hop at a time, as two functions of machine code: `trunk_step` and `head_step`.

They compute what `networks/band.py` does, and its docstrings tell what that is. A graph of 500 small operations, played by a
library of many megabytes, finds its own code gone from the caches whenever the processor has done something else for two
milliseconds, and takes twice as long then. This is one loop after another over the weights, which lie in memory in
the order in which they are used: `weights` and `at`, where to read on, are passed from function to function, which return where
they stopped. The same holds for the state and for scratch memory.

Numba kernels; they neither allocate nor raise. Arrays are float32 and contiguous; shapes are of `Sizes`.
"""

from __future__ import annotations

from math import exp as exp_of
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep_models import cues
from rtsep_models.runtimes import state as states
from rtsep_models.runtimes.elementary import HALF, INLINE, ONE, OPTIONS, F, exp, gelu, log, number, sigmoid, tanh

Array = NDArray[np.float32]
Ints = NDArray[np.int64]
Weights = NDArray[Any]
"""float32, or half precision as uint16."""

KEEP, QUIET = F(exp_of(-1.0 / cues.LEVEL_FRAMES)), F(cues.QUIET)
ROOT_HALF, NORM_FLOOR, SMALLEST = F(0.5**0.5), F(1e-5), F(states.SMALLEST)
VIEWS, FEATURES, BACK, LEVELS, HELD, FRESH, KNOWN = (
    cues.VIEWS,
    cues.FEATURES,
    cues.BACK,
    cues.LEVELS,
    cues.HELD,
    cues.FRESH,
    cues.KNOWN,
)
NEAR, FAR = cues.NEIGHBOURS
FLOOR, PER_FLOOR = F(cues.FLOOR), F(1 / cues.FLOOR)
SLOW, FAST, PLACE, TURN, BURST = F(cues.SLOW), F(cues.FAST), F(cues.PLACE), F(cues.TURN), F(cues.BURST)


class Sizes(NamedTuple):
    """Numbers of things. Whatever may be absent is then 0: `song`, `detail`."""

    stems: int
    width: int
    hidden: int
    song: int
    summary: int
    layers: int
    fresh: int
    head: int
    detail: int
    bins: int
    """That the layout covers."""
    values: int
    """Of the coarse layout: as many masks there are."""


@njit(**INLINE)
def _take(line: Array, at: int, rows: int, columns: int) -> tuple[Array, int]:
    """The next `rows` x `columns` numbers of `line`, and what comes behind."""
    end = at + rows * columns
    return line[at:end].reshape(rows, columns), end


@njit(**INLINE)
def _read(weights: Weights, at: int, rows: int, columns: int, scratch: Array, free: int) -> tuple[Array, int, int]:
    """The next `rows` x `columns` weights, written to `scratch`; what comes behind them in both."""
    found, free = _take(scratch, free, rows, columns)
    stored, line = weights[at : at + rows * columns], found.reshape(-1)
    for i in range(line.size):
        line[i] = number(stored[i])
    return found, at + line.size, free


@njit(**OPTIONS)
def _multiply(a: Array, b: Array, y: Array) -> None:
    """y += a b, of (R, I), (I, O) and (R, O): along the rows of b, two of a by four of b at a time."""
    rows, inputs = a.shape
    outputs = y.shape[1]
    for r in range(0, rows - 1, 2):
        for i in range(0, inputs - 3, 4):
            a0, a1, a2, a3 = a[r, i], a[r, i + 1], a[r, i + 2], a[r, i + 3]
            c0, c1, c2, c3 = a[r + 1, i], a[r + 1, i + 1], a[r + 1, i + 2], a[r + 1, i + 3]
            for o in range(outputs):
                b0, b1, b2, b3 = b[i, o], b[i + 1, o], b[i + 2, o], b[i + 3, o]
                y[r, o] += a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3
                y[r + 1, o] += c0 * b0 + c1 * b1 + c2 * b2 + c3 * b3
        for i in range(inputs - inputs % 4, inputs):
            for o in range(outputs):
                y[r, o] += a[r, i] * b[i, o]
                y[r + 1, o] += a[r + 1, i] * b[i, o]
    if rows % 2:
        _multiply_row(a[rows - 1], b, y[rows - 1])


@njit(**OPTIONS)
def _multiply_row(a: Array, b: Weights, y: Array) -> None:
    """y += a b, of (I,), (I, O) and (O,). b is read once, and so it is read as it is stored."""
    inputs, outputs = b.shape
    for i in range(0, inputs - 7, 8):
        a0, a1, a2, a3 = a[i], a[i + 1], a[i + 2], a[i + 3]
        a4, a5, a6, a7 = a[i + 4], a[i + 5], a[i + 6], a[i + 7]
        for o in range(outputs):
            b0, b1, b2, b3 = number(b[i, o]), number(b[i + 1, o]), number(b[i + 2, o]), number(b[i + 3, o])
            b4, b5, b6, b7 = number(b[i + 4, o]), number(b[i + 5, o]), number(b[i + 6, o]), number(b[i + 7, o])
            y[o] += (a0 * b0 + a1 * b1 + a2 * b2 + a3 * b3) + (a4 * b4 + a5 * b5 + a6 * b6 + a7 * b7)
    for i in range(inputs - inputs % 8, inputs):
        for o in range(outputs):
            y[o] += a[i] * number(b[i, o])


@njit(**OPTIONS)
def _linear(weights: Weights, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y = x W + bias, of (R, I) and (R, O). Weights: bias (O,), W (I, O)."""
    rows, inputs = x.shape
    outputs = y.shape[1]
    bias, at, free = _read(weights, at, 1, outputs, scratch, free)
    for r in range(rows):
        for o in range(outputs):
            y[r, o] = bias[0, o]
    if rows == 1:
        matrix, at = _take(weights, at, inputs, outputs)
        _multiply_row(x[0], matrix, y[0])
    else:
        copy, at, free = _read(weights, at, inputs, outputs, scratch, free)
        _multiply(x, copy, y)
    return at


@njit(**OPTIONS)
def _linear_before(weights: Weights, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y = W x + bias, of (I, D) and (O, D): over the rows of x. Weights: bias (O,), W (O, I)."""
    outputs, inputs = y.shape[0], x.shape[0]
    bias, at, free = _read(weights, at, 1, outputs, scratch, free)
    for o in range(outputs):
        for d in range(y.shape[1]):
            y[o, d] = bias[0, o]
    matrix, at, free = _read(weights, at, outputs, inputs, scratch, free)
    _multiply(matrix, x, y)
    return at


@njit(**OPTIONS)
def _linear_narrow(weights: Weights, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """As `_linear`, for a few outputs: inner products. Weights: bias (O,), W (O, I)."""
    rows, inputs = x.shape
    outputs = y.shape[1]
    bias, at, free = _read(weights, at, 1, outputs, scratch, free)
    matrix, at, free = _read(weights, at, outputs, inputs, scratch, free)
    for r in range(rows):
        for o in range(0, outputs - 1, 2):
            first, second = F(0.0), F(0.0)
            for i in range(inputs):
                first += x[r, i] * matrix[o, i]
                second += x[r, i] * matrix[o + 1, i]
            y[r, o], y[r, o + 1] = bias[0, o] + first, bias[0, o + 1] + second
        if outputs % 2:
            last = F(0.0)
            for i in range(inputs):
                last += x[r, i] * matrix[outputs - 1, i]
            y[r, outputs - 1] = bias[0, outputs - 1] + last
    return at


@njit(**OPTIONS)
def _norm(weights: Weights, at: int, x: Array, y: Array) -> int:
    """Rows of x (R, D), each with mean 0 and variance 1, scaled and shifted, to y. Weights: scale (D,), shift (D,)."""
    rows, width = x.shape
    scale, shift = weights[at : at + width], weights[at + width : at + 2 * width]
    for r in range(rows):
        mean = F(0.0)
        for d in range(width):
            mean += x[r, d]
        mean /= F(width)
        square = F(0.0)
        for d in range(width):
            square += (x[r, d] - mean) * (x[r, d] - mean)
        level = ONE / np.sqrt(square / F(width) + NORM_FLOOR)
        for d in range(width):
            y[r, d] = (x[r, d] - mean) * level * number(scale[d]) + number(shift[d])
    return at + 2 * width


@njit(**OPTIONS)
def _gelu(x: Array) -> None:
    """In place."""
    flat = x.reshape(-1)
    for i in range(flat.size):
        flat[i] = gelu(flat[i])


@njit(**OPTIONS)
def _add(x: Array, y: Array) -> None:
    """x += y."""
    a, b = x.reshape(-1), y.reshape(-1)
    for i in range(a.size):
        a[i] += b[i]


@njit(**OPTIONS)
def _views(frame: Array, gain: F, power: Array, features: Array, mid: Array, scratch: Array) -> None:
    """Of a frame (2, F, 2): power of left, right, mid and side (4, bins), features (bins, 8) and mid (2, bins)."""
    bins = power.shape[1]
    rows, _ = _take(scratch, 0, FEATURES, bins)
    for f in range(bins):
        lr, li, rr, ri = gain * frame[0, f, 0], gain * frame[0, f, 1], gain * frame[1, f, 0], gain * frame[1, f, 1]
        mr, mi, sr, si = (lr + rr) * ROOT_HALF, (li + ri) * ROOT_HALF, (lr - rr) * ROOT_HALF, (li - ri) * ROOT_HALF
        power[0, f], power[1, f] = lr * lr + li * li, rr * rr + ri * ri
        power[2, f], power[3, f] = mr * mr + mi * mi, sr * sr + si * si
        mid[0, f], mid[1, f] = mr, mi
        rows[0, f], rows[1, f], rows[2, f], rows[3, f] = lr, li, rr, ri
    for v in range(4):
        for f in range(bins):
            rows[4 + v, f] = log(power[v, f] + F(1e-6))
    for v in range(2):
        for f in range(bins):
            small = exp(F(-0.35) * rows[4 + v, f])
            rows[2 * v, f] *= small
            rows[2 * v + 1, f] *= small
    for f in range(bins):
        for v in range(4):
            features[f, v], features[f, 4 + v] = rows[v, f], F(0.25) * rows[4 + v, f]


@njit(**OPTIONS)
def _split(weights: Weights, at: int, layout: Ints, features: Array, y: Array) -> int:
    """Features (bins, 8) to one vector for each band, y (K, D). Weights: bias (K, D), then (bins, 8, D)."""
    bands, width = y.shape
    bias, at = _take(weights, at, bands, width)
    f = 0
    for k in range(bands):
        for d in range(width):
            y[k, d] = number(bias[k, d])
        matrix, at = _take(weights, at, layout[k] * FEATURES, width)
        _multiply_row(features[f : f + layout[k]].reshape(-1), matrix, y[k])
        f += layout[k]
    return at


@njit(**OPTIONS)
def _gather(x: Array, shared: Ints, y: Array) -> None:
    """Sums of the bins of x (R, bins) that share a value, y (R, values); `shared`: how many, for each value."""
    for r in range(x.shape[0]):
        f = 0
        for g in range(y.shape[1]):
            total = x[r, f]
            for k in range(1, shared[g]):
                total += x[r, f + k]
            y[r, g] = total
            f += shared[g]


@njit(**OPTIONS)
def _level(power: Array, y: Array) -> None:
    """Nepers above the floor of (R, values)."""
    a, b = power.reshape(-1), y.reshape(-1)
    for i in range(a.size):
        b[i] = log(a[i] * PER_FLOOR + ONE)


@njit(**OPTIONS)
def _across(x: Array, size: int, y: Array) -> None:
    """The mean of x (values,) over `size` neighbours, of those that there are."""
    count, half = x.size, size // 2
    total = F(0.0)
    for g in range(min(half, count)):
        total += x[g]
    for g in range(count):
        if g + half < count:
            total += x[g + half]
        if g - half - 1 >= 0:
            total -= x[g - half - 1]
        y[g] = total / F(min(g + half, count - 1) - max(g - half, 0) + 1)


@njit(**OPTIONS)
def _gru(weights: Weights, at: int, x: Array, state: Array, scratch: Array, free: int) -> int:
    """One step of a gated recurrent unit for each row of x (R, I); `state` (R, H) is its output too."""
    rows, hidden = state.shape
    entering, free = _take(scratch, free, rows, 3 * hidden)
    staying, free = _take(scratch, free, rows, 3 * hidden)
    at = _linear(weights, at, x, entering, scratch, free)
    at = _linear(weights, at, state, staying, scratch, free)
    for r in range(rows):
        for h in range(hidden):
            reset = sigmoid(entering[r, h] + staying[r, h])
            update = sigmoid(entering[r, hidden + h] + staying[r, hidden + h])
            new = tanh(entering[r, 2 * hidden + h] + reset * staying[r, 2 * hidden + h])
            state[r, h] = new + update * (state[r, h] - new)
    return at


@njit(**OPTIONS)
def _remember_bands(
    weights: Weights, at: int, x: Array, state: Array, now: int, hidden: int, scratch: Array
) -> tuple[int, int]:
    """`BandMemory`."""
    bands, width = x.shape
    heard, free = _take(scratch, 0, bands, width)
    memory, now = _take(state, now, bands, hidden)
    at = _norm(weights, at, x, heard)
    at = _gru(weights, at, heard, memory, scratch, free)
    at = _linear(weights, at, memory, heard, scratch, free)
    _add(x, heard)
    return at, now


@njit(**OPTIONS)
def _remember_song(
    weights: Weights, at: int, x: Array, state: Array, now: int, song: int, summary: int, scratch: Array
) -> tuple[int, int]:
    """`SongMemory`."""
    bands, width = x.shape
    heard, free = _take(scratch, 0, bands, width)
    short, free = _take(scratch, free, bands, summary)
    memory, now = _take(state, now, 1, song)
    at = _norm(weights, at, x, heard)
    at = _linear_narrow(weights, at, heard, short, scratch, free)
    at = _gru(weights, at, short.reshape(1, bands * summary), memory, scratch, free)
    at = _linear(weights, at, memory, short.reshape(1, bands * summary), scratch, free)
    at = _linear(weights, at, short, heard, scratch, free)
    _add(x, heard)
    return at, now


@njit(**OPTIONS)
def _mix_bands(weights: Weights, at: int, x: Array, wide: int, deep: int, scratch: Array) -> int:
    """`BandMix`, whose hidden layers are `wide` bands and `deep` numbers of each."""
    bands, width = x.shape
    heard, free = _take(scratch, 0, bands, width)
    across, free = _take(scratch, free, wide, width)
    within, free = _take(scratch, free, bands, deep)
    at = _norm(weights, at, x, heard)
    at = _linear_before(weights, at, heard, across, scratch, free)
    _gelu(across)
    at = _linear_before(weights, at, across, heard, scratch, free)
    _add(x, heard)
    at = _norm(weights, at, x, heard)
    at = _linear(weights, at, heard, within, scratch, free)
    _gelu(within)
    at = _linear(weights, at, within, heard, scratch, free)
    _add(x, heard)
    return at


@njit(**OPTIONS)
def _remember_cues(shared: Ints, power: Array, mid: Array, state: Array, now: int, held: Array, scratch: Array) -> None:
    """`bandcues.Memory`: power (4, bins) and mid (2, bins) of the frame to `held` (HELD, values)."""
    values, bins = held.shape[1], power.shape[1]
    levels, now = _take(state, now, 2 + BACK, values)
    places, now = _take(state, now, 4, values)
    line, now = _take(state, now, 4, bins)
    burst, now = _take(state, now, 1, values)
    summed, free = _take(scratch, 0, 4, values)
    level, free = _take(scratch, free, 3, values)
    steady, free = _take(scratch, free, 1, bins)
    _gather(power, shared, summed)
    for g in range(values):
        level[0, g] = log((summed[0, g] + summed[1, g]) * PER_FLOOR + ONE)
        level[1, g] = min(max(level[0, g] - levels[2, g], F(-6.0)), F(6.0))
    _across(level[1], NEAR, level[2])
    for g in range(values):
        held[2, g], held[3, g] = levels[1 + BACK, g], levels[2, g]
        levels[0, g] += SLOW * (level[0, g] - levels[0, g])
        levels[1, g] += FAST * (level[0, g] - levels[1, g])
        held[0, g], held[1, g] = levels[0, g], levels[1, g]
        burst[0, g] = held[7, g] = max(level[2, g], BURST * burst[0, g])
    for k in range(2, 1 + BACK):
        levels[k] = levels[k + 1]
    levels[1 + BACK] = level[0]
    for v in range(4):
        for g in range(values):
            places[v, g] += PLACE * (summed[v, g] - places[v, g])
    for g in range(values):
        middle = log(places[2, g] * PER_FLOOR + ONE) - log(places[3, g] * PER_FLOOR + ONE)
        held[4, g] = HALF * min(max(middle, F(-6.0)), F(8.0))
        held[5, g] = F(4.0) * (places[0, g] - places[1, g]) / (places[0, g] + places[1, g] + FLOOR)
    for f in range(bins):
        real = mid[0, f] * line[0, f] + mid[1, f] * line[1, f]
        imaginary = mid[1, f] * line[0, f] - mid[0, f] * line[1, f]
        size = ONE / np.sqrt(real * real + imaginary * imaginary + FLOOR * FLOOR)
        line[2, f] += TURN * (real * size - line[2, f])
        line[3, f] += TURN * (imaginary * size - line[3, f])
        steady[0, f] = np.sqrt(line[2, f] * line[2, f] + line[3, f] * line[3, f])
        line[0, f], line[1, f] = mid[0, f], mid[1, f]
    _gather(steady, shared, held[6:7])
    for g in range(values):
        held[6, g] *= F(4.0) / F(shared[g])


@njit(**OPTIONS)
def trunk_step(
    sizes: Sizes,
    layout: Ints,
    shared: Ints,
    weights: Weights,
    frame: Array,
    state: Array,
    context: Array,
    scratch: Array,
) -> int:
    """A frame (2, F, 2) and the state to the head's next `context`. Returns how many weights there should be."""
    bands, bins = layout.size, sizes.bins
    line = frame.reshape(-1)
    loud = F(0.0)
    for i in range(line.size):
        loud += line[i] * line[i]
    state[0] = KEEP * state[0] + loud / F(line.size)
    state[1] = KEEP * state[1] + ONE
    gain = ONE / np.sqrt(state[0] / state[1] + QUIET)
    at: Any = np.int64(0)  # a plain 0 would be a type of its own, and whatever takes it compiled twice
    now: Any = at + 2
    context[0] = gain
    x, last = _take(context, 1, bands, sizes.width)
    power, free = _take(scratch, 0, 4, bins)
    mid, free = _take(scratch, free, 2, bins)
    features, free = _take(scratch, free, bins, FEATURES)
    rest = scratch[free:]
    _views(frame, gain, power, features, mid, rest)
    at = _split(weights, at, layout, features, x)
    for _ in range(sizes.layers):
        at, now = _remember_bands(weights, at, x, state, now, sizes.hidden, rest)
        if sizes.song:
            at, now = _remember_song(weights, at, x, state, now, sizes.song, sizes.summary, rest)
        at = _mix_bands(weights, at, x, 2 * bands, 2 * sizes.width, rest)
    at = _norm(weights, at, x, x)
    if sizes.detail:
        held, last = _take(context, last, HELD, sizes.values)
        _remember_cues(shared, power, mid, state, now, held, rest)
    for i in range(state.size):
        if abs(state[i]) < SMALLEST:
            state[i] = F(0.0)
    return at


@njit(**OPTIONS)
def _convolve(weights: Weights, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y (O, G) += a convolution over three neighbours of x (I, G + 2), O and I even. Weights (O / 2, I / 2, 2, 2, 3): two outputs
    and two inputs at a time."""
    inputs, outputs, count = x.shape[0], y.shape[0], y.shape[1]
    kernel, at, free = _read(weights, at, outputs * inputs // 4, 12, scratch, free)
    for o in range(0, outputs, 2):
        for i in range(0, inputs, 2):
            taps = kernel[(o * inputs // 2 + i) // 2].reshape(4, 3)
            a0, a1, a2, b0, b1, b2 = taps[0, 0], taps[0, 1], taps[0, 2], taps[1, 0], taps[1, 1], taps[1, 2]
            c0, c1, c2, d0, d1, d2 = taps[2, 0], taps[2, 1], taps[2, 2], taps[3, 0], taps[3, 1], taps[3, 2]
            for g in range(count):
                u0, u1, u2 = x[i, g], x[i, g + 1], x[i, g + 2]
                v0, v1, v2 = x[i + 1, g], x[i + 1, g + 1], x[i + 1, g + 2]
                y[o, g] += (a0 * u0 + a1 * u1 + a2 * u2) + (b0 * v0 + b1 * v1 + b2 * v2)
                y[o + 1, g] += (c0 * u0 + c1 * u1 + c2 * u2) + (d0 * v0 + d1 * v1 + d2 * v2)
    return at


@njit(**OPTIONS)
def _look_closely(
    sizes: Sizes,
    coarse: Ints,
    shared: Ints,
    where: Array,
    weights: Weights,
    at: int,
    power: Array,
    held: Array,
    bands: Array,
    raw: Array,
    scratch: Array,
) -> int:
    """`bandcues.Detail`: added to `raw` (outputs, values). `where` (detail, values): the bias, and what the waves add."""
    values, width = sizes.values, sizes.detail
    known, free = _take(scratch, 0, bands.shape[0], KNOWN)
    x, free = _take(scratch, free, FRESH + KNOWN, values + 2)
    now, free = _take(scratch, free, 1, values)
    summed, free = _take(scratch, free, 4, values)
    y, free = _take(scratch, free, width, values)
    padded, free = _take(scratch, free, width, values + 2)
    at = _linear_narrow(weights, at, bands, known, scratch, free)
    _gather(power, shared, summed)
    inner = x[:, 1:-1]
    for g in range(values):
        now[0, g] = log((summed[0, g] + summed[1, g]) * PER_FLOOR + ONE)
    for v in range(4):
        for g in range(values):
            inner[v, g] = F(0.25) * log(summed[v, g] * PER_FLOOR + ONE)
    _across(now[0], NEAR, inner[4])
    _across(now[0], FAR, inner[5])
    for v in range(4, 6):
        for g in range(values):
            inner[v, g] = HALF * (now[0, g] - inner[v, g])
    for v in range(LEVELS):
        for g in range(values):
            inner[6 + v, g] = HALF * (now[0, g] - held[v, g])
    for v in range(LEVELS, HELD):
        for g in range(values):
            inner[6 + v, g] = held[v, g]
    for c in range(KNOWN):
        g = 0
        for k in range(coarse.size):
            for _ in range(coarse[k]):
                inner[FRESH + c, g] = known[k, c]
                g += 1
    for c in range(width):
        for g in range(values):
            y[c, g] = where[c, g]
    for c in range(x.shape[0]):
        x[c, 0] = x[c, values + 1] = F(0.0)
    at = _convolve(weights, at, x, y, scratch, free)
    _gelu(y)
    again, free = _take(scratch, free, width, values)
    bias, at, free = _read(weights, at, 1, width, scratch, free)
    for c in range(width):
        padded[c, 0] = padded[c, values + 1] = F(0.0)
        for g in range(values):
            padded[c, 1 + g], again[c, g] = y[c, g], bias[0, c]
    at = _convolve(weights, at, padded, again, scratch, free)
    _gelu(again)
    _add(y, again)
    outputs = raw.shape[0]
    bias, at, free = _read(weights, at, outputs, 1, scratch, free)
    matrix, at, free = _read(weights, at, outputs, width, scratch, free)
    for o in range(outputs):
        for g in range(values):
            raw[o, g] += bias[o, 0]
    _multiply(matrix, y, raw)
    return at


@njit(**OPTIONS)
def _merge(weights: Weights, at: int, coarse: Ints, x: Array, raw: Array, scratch: Array) -> int:
    """One vector for each band, x (K, H), to `raw` (outputs, values). Weights: each band's bias and matrix, outputs first."""
    outputs = raw.shape[0]
    g = 0
    for k in range(coarse.size):
        size = coarse[k] * outputs
        y = scratch[:size]
        bias = weights[at : at + size]
        for i in range(size):
            y[i] = number(bias[i])
        matrix, at = _take(weights, at + size, x.shape[1], size)
        _multiply_row(x[k], matrix, y)
        for o in range(outputs):
            for i in range(coarse[k]):
                raw[o, g + i] = y[o * coarse[k] + i]
        g += coarse[k]
    return at


@njit(**OPTIONS)
def _share_out(raw: Array, shared: Ints, frame: Array, stems: Array, scratch: Array) -> None:
    """`raw` (S 2, values) by softmax over the stems to masks, those times the frame (2, F, 2) to `stems` (S, 2, F, 2)."""
    count, values = stems.shape[0], raw.shape[1]
    for c in range(2):
        top, total = scratch[:values], scratch[values : 2 * values]
        for g in range(values):
            top[g], total[g] = raw[c, g], F(0.0)
        for s in range(1, count):
            for g in range(values):
                top[g] = max(top[g], raw[2 * s + c, g])
        for s in range(count):
            for g in range(values):
                raw[2 * s + c, g] = exp(raw[2 * s + c, g] - top[g])
                total[g] += raw[2 * s + c, g]
        for s in range(count):
            for g in range(values):
                raw[2 * s + c, g] /= total[g]
    bins = frame.shape[1]
    for s in range(count):
        for c in range(2):
            f = 0
            for g in range(values):
                for _ in range(shared[g]):
                    scratch[f] = raw[2 * s + c, g]
                    f += 1
            for above in range(f, bins):
                scratch[above] = raw[2 * s + c, values - 1]
            for f in range(bins):
                stems[s, c, f, 0] = scratch[f] * frame[c, f, 0]
                stems[s, c, f, 1] = scratch[f] * frame[c, f, 1]


@njit(**OPTIONS)
def head_step(
    sizes: Sizes,
    layout: Ints,
    coarse: Ints,
    shared: Ints,
    where: Array,
    weights: Weights,
    frame: Array,
    context: Array,
    stems: Array,
    scratch: Array,
) -> int:
    """A frame (2, F, 2) and the trunk's context to the stems' frames (S, 2, F, 2). Returns how many weights there should be."""
    bands, bins = layout.size, sizes.bins
    known, last = _take(context, 1, bands, sizes.width)
    power, free = _take(scratch, 0, 4, bins)
    mid, free = _take(scratch, free, 2, bins)
    features, free = _take(scratch, free, bins, FEATURES)
    fresh, free = _take(scratch, free, bands, sizes.fresh)
    both, free = _take(scratch, free, bands, sizes.width + sizes.fresh)
    x, free = _take(scratch, free, bands, sizes.head)
    deep, free = _take(scratch, free, bands, sizes.head)
    raw, free = _take(scratch, free, 2 * sizes.stems, sizes.values)
    rest = scratch[free:]
    _views(frame, context[0], power, features, mid, rest)
    first: Any = np.int64(0)
    at = _split(weights, first, layout, features, fresh)
    at = _norm(weights, at, fresh, fresh)
    _gelu(fresh)
    both[:, : sizes.width] = known
    both[:, sizes.width :] = fresh
    at = _linear(weights, at, both, x, rest, 0)
    _gelu(x)
    at = _linear(weights, at, x, deep, rest, 0)
    _gelu(deep)
    _add(x, deep)
    at = _merge(weights, at, coarse, x, raw, rest)
    if sizes.detail:
        held, last = _take(context, last, HELD, sizes.values)
        at = _look_closely(sizes, coarse, shared, where, weights, at, power, held, x, raw, rest)
    _share_out(raw, shared, frame, stems, rest)
    return at
