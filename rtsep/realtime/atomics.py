"""Raw memory for kernels: records and samples at addresses, acquire loads, release stores.

All of it compiles to plain loads and stores with the ordering that the memory model asks for. `KERNEL` holds
the options of every kernel: numpy's error model (no ZeroDivisionError), no reference counting, so that a kernel
which tried to allocate would not even compile, inlined into the callback.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, types
from numba.core import cgutils
from numba.extending import intrinsic

from rtsep.shared.fields import SEATS
from rtsep.shared.layout import HEADER, SEAT

KERNEL: dict[str, Any] = {"error_model": "numpy", "_nrt": False, "nogil": True, "cache": True, "forceinline": True}

CONTEXT = np.dtype(
    [
        ("block", "u8"),  # address of the shared block in this process
        ("wake", "u8", (SEATS,)),  # semaphore handle of each seat, or 0
        ("input_channels", "i8"),  # of the device
        ("output_channels", "i8"),  # of the device
        ("clock", "i8", (2,)),  # scratch of the clock call
    ],
    align=True,
)
"""What PortAudio's `userdata` points to: the audio process's own part of the callback's state."""


def _intrinsic(generator: Any) -> Any:
    """numba's decorator, for type checkers a function of any arguments."""
    return intrinsic(prefer_literal=True)(generator)


def _pointer(builder: Any, address: Any, kind: Any) -> Any:
    """`address` (an integer or a void pointer) as an LLVM pointer of `kind`."""
    if isinstance(address.type, ir.IntType):
        return builder.inttoptr(address, kind)
    return builder.bitcast(address, kind)


def _view(numba_type: Any) -> Any:
    @_intrinsic
    def view(typing_context: Any, address: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return _pointer(builder, args[0], context.get_value_type(numba_type))

        return numba_type(address), generate

    return view


header_at: Any = _view(from_dtype(HEADER))
"""header_at(address) -> the block's header record."""
seat_at: Any = _view(from_dtype(SEAT))
"""seat_at(address) -> a seat's record."""
context_at: Any = _view(from_dtype(CONTEXT))
"""context_at(address) -> the callback's context record."""
int64_at: Any = _view(types.CPointer(types.int64))
"""int64_at(address) -> pointer to int64, indexed without bounds."""
float32_at: Any = _view(types.CPointer(types.float32))
"""float32_at(address) -> pointer to float32, indexed without bounds."""
float64_at: Any = _view(types.CPointer(types.float64))
"""float64_at(address) -> pointer to float64, indexed without bounds."""
pointer_at: Any = _view(types.voidptr)
"""pointer_at(address) -> void pointer, for C functions."""


@_intrinsic
def seat_of(typing_context: Any, block: Any, index: Any) -> Any:
    """seat_of(address of the block, index) -> a seat's record."""
    kind = from_dtype(SEAT)

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        whole = context.cast(builder, args[1], signature.args[1], types.int64)
        offset = builder.mul(whole, ir.Constant(ir.IntType(64), SEAT.itemsize))
        address = builder.add(args[0], builder.add(offset, ir.Constant(ir.IntType(64), HEADER.itemsize)))
        return builder.inttoptr(address, context.get_value_type(kind))

    return kind(types.uint64, index), generate


@_intrinsic
def address_of(typing_context: Any, pointer: Any) -> Any:
    """address_of(void pointer) -> uint64."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.ptrtoint(args[0], ir.IntType(64))

    return types.uint64(pointer), generate


def _field(builder: Any, record_type: Any, record: Any, name: str, kind: Any) -> Any:
    """LLVM pointer to a field of a record."""
    start = builder.bitcast(record, cgutils.voidptr_t)
    offset = ir.Constant(ir.IntType(64), record_type.offset(name))
    return builder.bitcast(builder.gep(start, [offset]), kind)


_INT64 = ir.IntType(64).as_pointer()


@_intrinsic
def load_acquire(typing_context: Any, record: Any, field: Any) -> Any:
    """load_acquire(record, "field") -> int64; what its writer stored before is visible afterwards."""
    name = field.literal_value

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.load_atomic(_field(builder, record, args[0], name, _INT64), "acquire", 8)

    return types.int64(record, field), generate


@_intrinsic
def store_release(typing_context: Any, record: Any, field: Any, value: Any) -> Any:
    """store_release(record, "field", int64); all earlier stores are visible before it."""
    name = field.literal_value

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        whole = context.cast(builder, args[2], signature.args[2], types.int64)
        builder.store_atomic(whole, _field(builder, record, args[0], name, _INT64), "release", 8)
        return context.get_dummy_value()

    return types.void(record, field, value), generate


@_intrinsic
def fence_acquire(typing_context: Any) -> Any:
    """Keep later loads from moving before earlier ones (the reader's side of a seqlock)."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.fence("acquire")
        return context.get_dummy_value()

    return types.void(), generate


@_intrinsic
def fence_release(typing_context: Any) -> Any:
    """Keep later stores from moving before earlier ones (a writer about to store over what it published long ago)."""

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        builder.fence("release")
        return context.get_dummy_value()

    return types.void(), generate


@_intrinsic
def field_pointer(typing_context: Any, record: Any, field: Any) -> Any:
    """field_pointer(record, "field") -> void pointer to it, for C functions that fill it."""
    name = field.literal_value

    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _field(builder, record, args[0], name, cgutils.voidptr_t)

    return types.voidptr(record, field), generate
