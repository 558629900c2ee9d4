"""Elementary functions in single precision that a compiler can turn into vector instructions: no tables, no branches.

LLVM calls the C library once for each number, which takes ten times as long. Errors are below 4e-7, those of `exp` relative to
the result. Numba kernels; they neither allocate nor raise.

Polynomials: Moshier, Cephes, 1989 (expf, logf); Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.26 (erf).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.extending import intrinsic

OPTIONS: dict[str, Any] = {
    "cache": True,
    "error_model": "numpy",
    "nogil": True,
    # Sums in any order, so that they become vectors. NaN and infinity keep their meaning.
    "fastmath": {"contract", "reassoc", "nsz", "arcp"},
}
INLINE: dict[str, Any] = OPTIONS | {"inline": "always"}

F = np.float32
HALF, ONE, TWO = F(0.5), F(1.0), F(2.0)  # a float of Python's would make all of it double
_LOG2_E, _LN2_HIGH, _LN2_LOW = F(1.44269504), F(0.693359375), F(-2.12194440e-4)
_LOWEST, _HIGHEST = F(-87.0), F(88.0)
_ROOT_HALF_BITS, _ONE_BITS, _MANTISSA = np.int32(0x3F3504F3), np.int32(127), np.int32(0x7FFFFF)
_ROOT_HALF = F(0.5**0.5)


def _intrinsic(generator: Any) -> Any:
    """Typed as what it is to a kernel, a function without numba's own first parameter."""
    return intrinsic(generator)


@_intrinsic
def number(context: Any, stored: Any) -> Any:
    """What is stored as float32, or in half precision as the uint16 of its bits, for which numba has no type: as float32."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if stored == types.float32:
            return arguments[0]
        return builder.fpext(builder.bitcast(arguments[0], ir.HalfType()), ir.FloatType())

    return types.float32(stored), code


@njit(**INLINE)
def exp(x: F) -> F:
    """e to the power of x, within the range of normal numbers."""
    x = min(max(x, _LOWEST), _HIGHEST)
    n = np.floor(x * _LOG2_E + HALF)
    r = (x - n * _LN2_HIGH) - n * _LN2_LOW
    p = F(1.9875691500e-4)
    p = p * r + F(1.3981999507e-3)
    p = p * r + F(8.3334519073e-3)
    p = p * r + F(4.1665795894e-2)
    p = p * r + F(1.6666665459e-1)
    p = p * r + F(5.0000001201e-1)
    scale = np.int32((np.int32(n) + _ONE_BITS) << 23).view(np.float32)
    return (p * r * r + r + ONE) * scale


@njit(**INLINE)
def log(x: F) -> F:
    """Natural logarithm of a positive normal number."""
    bits = np.int32(F(x).view(np.int32) - _ROOT_HALF_BITS)
    e = F(np.int32(bits >> 23))
    m = np.int32((bits & _MANTISSA) + _ROOT_HALF_BITS).view(np.float32) - ONE  # sqrt(1/2) - 1 to sqrt(2) - 1
    p = F(7.0376836292e-2)
    p = p * m + F(-1.1514610310e-1)
    p = p * m + F(1.1676998740e-1)
    p = p * m + F(-1.2420140846e-1)
    p = p * m + F(1.4249322787e-1)
    p = p * m + F(-1.6668057665e-1)
    p = p * m + F(2.0000714765e-1)
    p = p * m + F(-2.4999993993e-1)
    p = p * m + F(3.3333331174e-1)
    square = m * m
    return (p * m * square + e * _LN2_LOW) - HALF * square + m + e * _LN2_HIGH


@njit(**INLINE)
def sigmoid(x: F) -> F:
    """1 / (1 + exp(-x))."""
    return ONE / (ONE + exp(-x))


@njit(**INLINE)
def tanh(x: F) -> F:
    """Hyperbolic tangent."""
    return ONE - TWO / (exp(TWO * x) + ONE)


@njit(**INLINE)
def gelu(x: F) -> F:
    """x times the share of a normal distribution below x, as `torch.nn.functional.gelu`."""
    size = abs(x) * _ROOT_HALF
    t = ONE / (ONE + F(0.3275911) * size)
    p = F(1.061405429)
    p = p * t + F(-1.453152027)
    p = p * t + F(1.421413741)
    p = p * t + F(-0.284496736)
    p = p * t + F(0.254829592)
    beyond = HALF * p * t * exp(-size * size)  # of the distribution, on the far side of |x|
    return x * (ONE - beyond) if x > F(0.0) else x * beyond
