"""Proof that compiled code is fit for the audio thread: reads its LLVM and reports whatever could block or fail.

An allow-list, not a deny-list: a call to anything but LLVM's own intrinsics and `system.ALLOWED_CALLS` is reported, be it
an allocation, the GIL or something new. Numba functions return a status, zero unless an exception was raised; a function
that can return anything else is reported. (Kernels are inlined, so a raise anywhere shows in the one function left.)
"""

from __future__ import annotations

import re
from typing import Any

from rtsep.realtime.system import ALLOWED_CALLS

_MATHS = frozenset({"sin", "floor"})
_DEFINE = re.compile(r"^define .*?@\"?([^\"(\s]+)\"?\(")
_CALL = re.compile(r"^(?:%\S+ = )?(?:(?:tail|musttail|notail) )?(?:call|invoke|callbr) ")
_TARGET = re.compile(r"([@%])(?:\"([^\"]+)\"|([\w.$-]+))\(")
_RETURN = re.compile(r"\bret i32 (-?\d+|%\S+)")


def functions(llvm: str) -> dict[str, list[str]]:
    """Bodies of the functions defined in a module, as lines, by name."""
    found: dict[str, list[str]] = {}
    body: list[str] | None = None
    for line in llvm.splitlines():
        opening = _DEFINE.match(line)
        if opening:
            body = found.setdefault(opening.group(1), [])
        elif line == "}":
            body = None
        elif body is not None:
            body.append(line.strip())
    return found


def offences(compiled: Any) -> list[str]:
    """What a `CFunc` does that the audio thread must not: one line each, empty if it is clean.

    The wrapper that numba puts around every C callback prints a raised exception under the GIL; it is reached only
    through a status that is not zero, so the kernel is judged, starting from its own body, with all that it calls.
    """
    bodies = functions(compiled.inspect_llvm())
    kernels = [name for name in bodies if not name.startswith("cfunc.")]
    problems = []
    for name in kernels:
        for line in bodies[name]:
            problems += [f"{name}: {problem}" for problem in _judge(line, bodies)]
    if not kernels:
        problems.append("the module holds no kernel: nothing was examined")
    return problems


def _judge(line: str, bodies: dict[str, list[str]]) -> list[str]:
    if _CALL.match(line):
        call = _TARGET.search(line)
        if call is None:  # assembly, or a notation not known here
            return [f"calls what cannot be told: {line}"]
        kind, target = call.group(1), call.group(2) or call.group(3)
        harmless = target.startswith("llvm.") or target in ALLOWED_CALLS or target in _MATHS or target in bodies
        if kind == "%" or not harmless:
            return [f"calls {target}"]
    status = _RETURN.search(line)
    return [f"may raise: {line}"] if status and status.group(1) != "0" else []
