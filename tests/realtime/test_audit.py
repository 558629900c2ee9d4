"""Invariant 10: no kernel reachable from the callback allocates, raises or takes the GIL; and the detector fires."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numba import cfunc, njit, types
from numba.core.dispatcher import Dispatcher
from numba.extending import intrinsic

import rtsep.realtime
from rtsep.realtime import audit
from rtsep.realtime.atomics import KERNEL, float32_at
from rtsep.realtime.callback import compile_callback
from rtsep.realtime.system import ALLOWED_CALLS

SIGNATURE = types.int32(types.voidptr, types.int64)
POST = types.ExternalFunction("usleep", types.int32(types.int32))


@pytest.fixture(scope="module")
def callback() -> Any:
    return compile_callback(cache=False)


def test_no_kernel_reachable_from_the_callback_allocates_raises_or_takes_the_gil(callback: Any) -> None:
    assert audit.offences(callback) == []


def test_every_kernel_is_inlined_into_the_one_function_examined(callback: Any) -> None:
    kernels = [name for name in audit.functions(callback.inspect_llvm()) if not name.startswith("cfunc.")]
    assert len(kernels) == 1
    assert "process_block" in kernels[0]


def test_the_examined_function_is_the_whole_callback(callback: Any) -> None:
    """It stores to the output, posts the semaphore and reads the clock: nothing was optimised away or moved elsewhere."""
    (body,) = [
        lines for name, lines in audit.functions(callback.inspect_llvm()).items() if not name.startswith("cfunc.")
    ]
    text = "\n".join(body)
    assert all(f"@{name}(" in text for name in ALLOWED_CALLS)
    assert len(body) > 500


def test_every_kernel_in_the_realtime_package_is_compiled_with_the_kernel_options() -> None:
    """No reference counting, numpy's division, no GIL, inlined: also the kernels of the separator's side."""
    kernels = {}
    for module in pkgutil.iter_modules(rtsep.realtime.__path__):
        loaded = importlib.import_module(f"rtsep.realtime.{module.name}")
        kernels |= {
            f"{module.name}.{name}": value for name, value in vars(loaded).items() if isinstance(value, Dispatcher)
        }
    assert len(kernels) > 20
    for name, kernel in kernels.items():
        options = kernel.targetoptions
        assert options["error_model"] == "numpy", name
        assert options["_nrt"] is False, name
        assert options["forceinline"] is True, name
        assert options["nogil"] is True, name


def compiled(function: Any, nrt: bool = False, error_model: str = "numpy") -> Any:
    return cfunc(SIGNATURE, error_model=error_model, _nrt=nrt)(function)


def allocating(address: Any, count: int) -> int:
    scratch = np.zeros(count, dtype=np.float32)
    scratch[count - 1] = float32_at(address)[0]
    total = scratch.sum()
    float32_at(address)[0] = total
    return 0


def raising(address: Any, count: int) -> int:
    if count > 4096:
        raise ValueError("too many")
    return 0


def printing(address: Any, count: int) -> int:
    print(count)
    return 0


def dividing(address: Any, count: int) -> int:
    return 1000 // count


def sleeping(address: Any, count: int) -> int:
    POST(count)
    return 0


@intrinsic
def take_the_gil(typing_context: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        python = context.get_python_api(builder)
        python.gil_release(python.gil_ensure())
        return context.get_dummy_value()

    return types.void(), generate


def going_through_python(address: Any, count: int) -> int:
    take_the_gil()
    return 0


def indexing_out_of_a_slice(address: Any, count: int) -> int:
    table = np.zeros(4)
    return int(table[:count][0])


@njit(error_model="numpy")
def _may_raise(count: int) -> int:
    if count < 0:
        raise ValueError("negative")
    return count * 2


def calling_one_that_raises(address: Any, count: int) -> int:
    return _may_raise(count)


@njit("int64(int64)", error_model="numpy", _nrt=False)
def _recursive(count: int) -> int:
    if count < 2:
        return count
    if count > 1 << 40:
        raise ValueError("deep")
    return _recursive(count - 1) + _recursive(count - 2)


def calling_a_recursive_one(address: Any, count: int) -> int:
    return _recursive(count)


@pytest.mark.parametrize(
    ("bad", "options"),
    [
        (allocating, {"nrt": True}),
        (raising, {}),
        (printing, {}),
        (dividing, {"error_model": "python"}),
        (sleeping, {}),
        (going_through_python, {}),
        (indexing_out_of_a_slice, {"nrt": True}),
        (calling_one_that_raises, {}),
        (calling_a_recursive_one, {}),
    ],
)
def test_a_bad_kernel_is_reported(bad: Any, options: dict[str, Any]) -> None:
    assert audit.offences(compiled(bad, **options)) != []


def test_division_under_numpys_error_model_is_clean() -> None:
    assert audit.offences(compiled(dividing)) == []


def test_an_allocating_kernel_does_not_even_compile_without_reference_counting() -> None:
    with pytest.raises(Exception, match=r"NRT|nrt|runtime"):
        njit(types.void(types.int64), **{**KERNEL, "cache": False})(lambda count: np.zeros(count).sum())


def module_of(*lines: str) -> Any:
    """A module with one kernel of these lines, as the auditor sees it."""
    text = "\n".join(["define i32 @kernel(i8* %x) {", *(f"  {line}" for line in lines), "  ret i32 0", "}"])
    return SimpleNamespace(inspect_llvm=lambda: text)


@pytest.mark.parametrize(
    "line",
    [
        "%1 = call i8* @malloc(i64 8)",
        "%1 = call i32 %fn(i8* %x)",
        "%1 = tail call i8* @NRT_Allocate(i64 8)",
        "%1 = musttail call fastcc i32 @other(i8* %x)",
        "invoke void @may_throw()",
        'call void @"quoted name::with<colons>"(i8* %x)',
        "%1 = call %struct.pair @returns_a_struct(i8* %x)",
        '%1 = call { i8*, i32 } %"fn.2"(i8* %x)',
        'call void asm sideeffect "syscall", ""()',
        "%1 = call i8* (i8*, ...) @printf(i8* %x)",
        "ret i32 1",
        "ret i32 %status",
    ],
)
def test_a_call_in_whatever_dress_is_reported(line: str) -> None:
    assert audit.offences(module_of(line)) != []


@pytest.mark.parametrize(
    "line",
    [
        "%1 = call float @llvm.fabs.f32(float %v)",
        "%1 = tail call double @sin(double %v)",
        "store i32 1, i32* %called_pointer",
        *(f"%1 = call i32 @{name}(i8* %x)" for name in sorted(ALLOWED_CALLS)),
    ],
)
def test_what_is_allowed_is_not_reported(line: str) -> None:
    assert audit.offences(module_of(line)) == []


def test_an_empty_module_is_no_proof_of_anything() -> None:
    assert audit.offences(SimpleNamespace(inspect_llvm=lambda: "")) != []


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX names")
def test_nothing_on_the_allow_list_can_block() -> None:
    assert {"sem_post", "clock_gettime"} == ALLOWED_CALLS
