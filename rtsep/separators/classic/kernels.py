"""What each cue measures, one small compiled loop per cue. F frequency bins; levels in log2 of power (1 unit = 3 dB).

Numba kernels that neither allocate nor raise; arrays are float32 or complex64, owned by `Cues`. Separator process.
"""

from __future__ import annotations

import math

from numba import njit
from numpy.typing import NDArray

from rtsep.separators.classic.order import OPTIONS

FLOOR = 1e-5
"""Power below which nothing is heard: -100 dB under a full-scale sine in a 2048-sample frame. Also keeps every
smoothed power away from denormal numbers, which are slow."""

FAST = {**OPTIONS, "fastmath": True}


@njit(inline="always", **FAST)
def power(value: complex) -> float:
    """Squared magnitude."""
    return value.real * value.real + value.imag * value.imag


@njit(inline="always", **FAST)
def clip(value: float, low: float, high: float) -> float:
    """`value`, limited to low..high."""
    return min(max(value, low), high)


@njit(**FAST)
def measure_levels(mid: NDArray, side: NDArray, level: NDArray, edge: int) -> tuple[float, float]:
    """Write each bin's level to `level` (F,); return the whole frame's level and that of the bins from `edge` up."""
    total = 0.0
    above = 0.0
    for b in range(level.shape[0]):
        both = power(mid[b]) + power(side[b])
        level[b] = math.log2(both + FLOOR)
        total += both
        if b >= edge:
            above += both
    return math.log2(total + FLOOR), math.log2(above + FLOOR)


@njit(**FAST)
def stereo_cues(mid: NDArray, side: NDArray, smooth: NDArray, rate: float, centre: NDArray, pan: NDArray) -> None:
    """Mid-to-side ratio and |left - right| / (left + right), of powers smoothed over time.

    `smooth` (4, F) holds the powers of mid, side, left, right. With left = mid + side, right = mid - side, these are
    the panning index and the similarity of Avendano and Jot (2004) in other coordinates.
    """
    for b in range(centre.shape[0]):
        smooth[0, b] += rate * (power(mid[b]) + FLOOR - smooth[0, b])
        smooth[1, b] += rate * (power(side[b]) + FLOOR - smooth[1, b])
        smooth[2, b] += rate * (power(mid[b] + side[b]) + FLOOR - smooth[2, b])
        smooth[3, b] += rate * (power(mid[b] - side[b]) + FLOOR - smooth[3, b])
        centre[b] = clip(math.log2(smooth[0, b] / smooth[1, b]), -8.0, 12.0)
        pan[b] = 4.0 * abs(smooth[2, b] - smooth[3, b]) / (smooth[2, b] + smooth[3, b])


@njit(**FAST)
def steadiness(mid: NDArray, previous: NDArray, turn: NDArray, rate: float, out: NDArray) -> None:
    """How evenly each bin's phase turns from hop to hop: 6 for a steady tone, near 0 for noise, between for vibrato.

    `turn` (F,) complex is the smoothed unit phasor of the turn; `previous` (F,) the last mid frame.
    """
    for b in range(out.shape[0]):
        step = mid[b] * previous[b].conjugate()
        size = math.sqrt(power(step))
        if size > FLOOR * 1e-3:
            turn[b] += rate * (step / size - turn[b])
        else:
            turn[b] = 0.0
        previous[b] = mid[b]
        out[b] = 6.0 * math.sqrt(power(turn[b]))


@njit(**FAST)
def change_cues(
    level: NDArray,
    past: NDArray,
    slot: int,
    ranked: NDArray,
    total: float,
    novelty: NDArray,
    slope: NDArray,
    share: NDArray,
) -> None:
    """Level against its median over the last seconds, against some hops ago, and against the whole frame.

    `past` (L, F) is a ring of the last L levels; `ranked` (F, N) the sorted history of `push_history`.
    """
    middle = ranked.shape[1] // 2
    for b in range(level.shape[0]):
        novelty[b] = clip(level[b] - ranked[b, middle], -8.0, 8.0)
        slope[b] = clip(level[b] - past[slot, b], -8.0, 8.0)
        share[b] = max(level[b] - total, -25.0)
        past[slot, b] = level[b]


@njit(**FAST)
def tonal_cue(level: NDArray, across: NDArray, out: NDArray) -> None:
    """Level against the median of its neighbours in frequency: partials stand out (Fitzgerald 2010)."""
    for b in range(out.shape[0]):
        out[b] = clip(level[b] - across[b], -8.0, 8.0)


@njit(**FAST)
def burst_cue(rise: NDArray, decay: float, out: NDArray) -> None:
    """Peak of `rise`, the broadband rise around each bin, decaying: a hit and the ring of the drum after it."""
    for b in range(out.shape[0]):
        out[b] = max(rise[b], out[b] * decay)
        if out[b] < 1e-6:
            out[b] = 0.0
