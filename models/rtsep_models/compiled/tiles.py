"""Products of small matrices: what of the result fits into a processor's registers stays there until it is done.

Written out in LLVM's own terms, since a loop in Python keeps its sums in memory, and takes twice as long. Numba kernels; they
neither allocate nor raise.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from llvmlite import ir
from llvmlite.binding import get_host_cpu_features
from numba import njit, types
from numba.extending import intrinsic

from rtsep_models.compiled.elementary import OPTIONS
from rtsep_models.runtimes.api import Array


def _shape() -> tuple[int, int]:
    features = get_host_cpu_features()
    if features.get("avx512f"):
        return 16, 4
    return (8, 2) if features.get("avx") else (4, 4)


LANES, VECTORS = _shape()
"""Numbers in a vector, and vectors beside each other in a tile: with four rows, half of the registers there are."""
WIDTH = LANES * VECTORS

_WORD, _REAL, _VECTOR = ir.IntType(64), ir.FloatType(), ir.VectorType(ir.FloatType(), LANES)
_FUSED = ("contract",)
"""A product and a sum may be rounded once."""


def _tile(rows: int) -> Any:
    """A function that adds a tile of a b to y, all float32: `rows` of a, WIDTH columns of b. It takes addresses, how many numbers
    the rows of each lie apart, and how many there are in a row of a (at least one)."""

    @intrinsic
    def tile(context: Any, a: Any, a_row: Any, b: Any, b_row: Any, y: Any, y_row: Any, inputs: Any) -> Any:
        def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            a, a_row, b, b_row, y, y_row, inputs = arguments

            def word(number: int) -> ir.Constant:
                return ir.Constant(_WORD, number)

            def place(start: Any, row: Any, rows_on: Any, numbers_on: Any, kind: ir.Type) -> Any:
                on = builder.add(builder.mul(row, rows_on), numbers_on)
                return builder.inttoptr(builder.add(start, builder.mul(on, word(4))), kind.as_pointer())

            def load(pointer: Any) -> Any:
                found = builder.load(pointer)
                found.align = 4
                return found

            def everywhere(number: Any) -> Any:
                empty = ir.Constant(_VECTOR, ir.Undefined)
                first = builder.insert_element(empty, number, ir.Constant(ir.IntType(32), 0))
                return builder.shuffle_vector(
                    first, empty, ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
                )

            cells = list(product(range(rows), range(VECTORS)))
            places = {(r, v): place(y, y_row, word(r), word(v * LANES), _VECTOR) for r, v in cells}
            before = {cell: load(places[cell]) for cell in cells}
            entry, loop, after = builder.block, builder.append_basic_block(), builder.append_basic_block()
            builder.branch(loop)
            builder.position_at_end(loop)
            i, sums = builder.phi(_WORD), {cell: builder.phi(_VECTOR) for cell in cells}
            of_b = [load(place(b, b_row, i, word(v * LANES), _VECTOR)) for v in range(VECTORS)]
            of_a = [everywhere(load(place(a, a_row, word(r), i, _REAL))) for r in range(rows)]
            more = {
                (r, v): builder.fadd(sums[r, v], builder.fmul(of_a[r], of_b[v], flags=_FUSED), flags=_FUSED)
                for r, v in cells
            }
            following = builder.add(i, word(1))
            for phi, first, then in [(i, word(0), following), *((sums[c], before[c], more[c]) for c in cells)]:
                phi.add_incoming(first, entry)
                phi.add_incoming(then, loop)
            builder.cbranch(builder.icmp_signed("<", following, inputs), loop, after)
            builder.position_at_end(after)
            for cell in cells:
                builder.store(more[cell], places[cell]).align = 4
            return context.get_dummy_value()

        return types.void(*[types.intp] * 7), code

    return tile


_four_rows, _two_rows = _tile(4), _tile(2)


@njit(**OPTIONS)
def multiply(a: Array, b: Array, y: Array) -> None:
    """y += a b, of (R, I), (I, O) and (R, O), each float32 and contiguous; y is neither of the others."""
    rows, inputs = a.shape
    outputs = y.shape[1]
    whole, even = outputs - outputs % WIDTH, rows - rows % 2
    if inputs == 0:
        return
    for o in range(0, whole, WIDTH):
        r = 0
        of_b = b.ctypes.data + 4 * o
        while r < even:
            of_a, of_y = a.ctypes.data + 4 * r * inputs, y.ctypes.data + 4 * (r * outputs + o)
            if r + 4 <= even:
                _four_rows(of_a, inputs, of_b, outputs, of_y, outputs, inputs)
                r += 4
            else:
                _two_rows(of_a, inputs, of_b, outputs, of_y, outputs, inputs)
                r += 2
    for r in range(rows):
        for o in range(whole if r < even else 0, outputs):
            total = np.float32(0.0)
            for i in range(inputs):
                total += a[r, i] * b[i, o]
            y[r, o] += total
