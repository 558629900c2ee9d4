"""Layers of a network, each a loop or two over its weights.

Weights lie in one line in the order in which they are read: `weights` and `at`, where to read on, are passed from function to
function, which return where they stopped. So with scratch memory, of which a function may use what lies behind `free`.

Numba kernels; they neither allocate nor raise. Arrays are contiguous.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from rtsep_models.compiled.elementary import INLINE, ONE, OPTIONS, F, number, sigmoid, tanh
from rtsep_models.compiled.elementary import gelu as gelu_of
from rtsep_models.compiled.tiles import multiply
from rtsep_models.runtimes.api import Array

Ints = NDArray[np.int64]
Line = NDArray[Any]
"""Weights behind each other: float32, or half precision as uint16."""

NORM_FLOOR = F(1e-5)


@njit(**INLINE)
def take(line: Array, at: int, rows: int, columns: int) -> tuple[Array, int]:
    """The next `rows` x `columns` numbers of `line`, and what comes behind."""
    end = at + rows * columns
    return line[at:end].reshape(rows, columns), end


@njit(**INLINE)
def read(weights: Line, at: int, rows: int, columns: int, scratch: Array, free: int) -> tuple[Array, int, int]:
    """The next `rows` x `columns` weights, written to `scratch`; what comes behind them in both."""
    found, free = take(scratch, free, rows, columns)
    stored, line = weights[at : at + rows * columns], found.reshape(-1)
    for i in range(line.size):
        line[i] = number(stored[i])
    return found, at + line.size, free


@njit(**OPTIONS)
def multiply_row(a: Array, b: Line, y: Array) -> None:
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
def linear(weights: Line, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y = x W + bias, of (R, I) and (R, O). Weights: bias (O,), W (I, O)."""
    rows, inputs = x.shape
    outputs = y.shape[1]
    bias, at, free = read(weights, at, 1, outputs, scratch, free)
    for r in range(rows):
        for o in range(outputs):
            y[r, o] = bias[0, o]
    if rows == 1:
        matrix, at = take(weights, at, inputs, outputs)
        multiply_row(x[0], matrix, y[0])
    else:
        copy, at, free = read(weights, at, inputs, outputs, scratch, free)
        multiply(x, copy, y)
    return at


@njit(**OPTIONS)
def linear_before(weights: Line, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """y = W x + bias, of (I, D) and (O, D): over the rows of x. Weights: bias (O,), W (O, I)."""
    outputs, inputs = y.shape[0], x.shape[0]
    bias, at, free = read(weights, at, 1, outputs, scratch, free)
    for o in range(outputs):
        for d in range(y.shape[1]):
            y[o, d] = bias[0, o]
    matrix, at, free = read(weights, at, outputs, inputs, scratch, free)
    multiply(matrix, x, y)
    return at


@njit(**OPTIONS)
def linear_narrow(weights: Line, at: int, x: Array, y: Array, scratch: Array, free: int) -> int:
    """As `linear`, for a few outputs: inner products. Weights: bias (O,), W (O, I)."""
    rows, inputs = x.shape
    outputs = y.shape[1]
    bias, at, free = read(weights, at, 1, outputs, scratch, free)
    matrix, at, free = read(weights, at, outputs, inputs, scratch, free)
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
def norm(weights: Line, at: int, x: Array, y: Array) -> int:
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
def gelu(x: Array) -> None:
    """In place."""
    flat = x.reshape(-1)
    for i in range(flat.size):
        flat[i] = gelu_of(flat[i])


@njit(**OPTIONS)
def add(x: Array, y: Array) -> None:
    """x += y."""
    a, b = x.reshape(-1), y.reshape(-1)
    for i in range(a.size):
        a[i] += b[i]


@njit(**OPTIONS)
def gru(weights: Line, at: int, x: Array, state: Array, scratch: Array, free: int) -> int:
    """One step of a gated recurrent unit for each row of x (R, I); `state` (R, H) is its output too."""
    rows, hidden = state.shape
    entering, free = take(scratch, free, rows, 3 * hidden)
    staying, free = take(scratch, free, rows, 3 * hidden)
    at = linear(weights, at, x, entering, scratch, free)
    at = linear(weights, at, state, staying, scratch, free)
    for r in range(rows):
        for h in range(hidden):
            reset = sigmoid(entering[r, h] + staying[r, h])
            update = sigmoid(entering[r, hidden + h] + staying[r, hidden + h])
            new = tanh(entering[r, 2 * hidden + h] + reset * staying[r, 2 * hidden + h])
            state[r, h] = new + update * (state[r, h] - new)
    return at
