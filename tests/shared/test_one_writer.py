"""Invariant 12: each shared field has one writer. Kernels are held to it by reading their source."""

from __future__ import annotations

import ast
import importlib
import inspect
from pathlib import Path
from types import ModuleType
from typing import get_args

import numpy as np
import pytest

import rtsep.cli
import rtsep.host
from rtsep.errors import BlockError
from rtsep.realtime import callback, stems
from rtsep.shared.block import attach, create, remove
from rtsep.shared.events import EVENT_RINGS
from rtsep.shared.fields import FIELDS, SEAT_FIELDS, SEATS, Process
from rtsep.shared.layout import HEADER, SEAT, WRITERS, offset_of, seat_offset

OWNERS = {
    "audio_process.py": "audio",
    "file.py": "audio",
    "separator_process.py": "separator",
    "worker.py": "separator",
    "blockprep.py": "control",
    "desk.py": "control",
    "engine.py": "control",
    "journal.py": "control",
    "loopmeter.py": "control",
    "recorder.py": "control",
    "stopping.py": "control",
    "switchover.py": "control",
    "supervisor.py": "control",
}
"""Which process runs each module that calls `Block.set`."""


RECORDS = ("header", "seat")
"""What kernels call the two kinds of record."""


def written_fields(source: str) -> set[str]:
    """Fields of header or seat that kernels in a source write: plain, augmented, by element, by store, by out-argument."""
    found: set[str] = set()

    def field(node: ast.expr) -> None:
        while isinstance(node, ast.Subscript):
            node = node.value
        if isinstance(node, ast.Tuple):
            for element in node.elts:
                field(element)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in RECORDS:
            found.add(node.attr)

    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                field(target)
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            field(node.target)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "store_release" or node.func.id == "field_pointer":
                record, name = node.args[0], node.args[1]
                if isinstance(record, ast.Name) and record.id in RECORDS:
                    assert isinstance(name, ast.Constant)
                    found.add(name.value)
            elif node.func.id == "count":  # the histogram's kernel writes into the array it is given
                field(node.args[0])
    return found


def reachable(module: ModuleType) -> set[ModuleType]:
    """`module` and the modules of the realtime package whose functions it uses, however far down."""
    found, queue = {module}, [module]
    while queue:
        for value in vars(queue.pop()).values():
            owner = value if isinstance(value, ModuleType) else inspect.getmodule(getattr(value, "py_func", None))
            if owner is not None and owner.__name__.startswith("rtsep.realtime.") and owner not in found:
                found.add(owner)
                queue.append(owner)
    return found


def test_the_scan_sees_every_way_to_write() -> None:
    source = """
def kernel(header, seat, other):
    header.plain = 1
    header.added += 1
    header.element[0, 1] = 2
    header.counted[3] += 1
    header.left, header.right = 1, 2
    store_release(header, "released", 3)
    count(header.histogram, 5)
    seat.sits = 1
    store_release(seat, "told", header.read_only)
    other.nobodys = header.read_only
    local = header.read_only[2]
"""
    expected = {"plain", "added", "element", "counted", "left", "right", "released", "histogram", "sits", "told"}
    assert written_fields(source) == expected


def test_kernels_of_the_callback_write_only_the_audio_processs_fields() -> None:
    modules = reachable(callback)
    assert {module.__name__.rsplit(".", 1)[1] for module in modules} >= {
        "mixer",
        "fallback",
        "meters",
        "clockwatch",
        "noting",
        "ring",
    }
    assert stems not in modules
    written = set().union(*(written_fields(inspect.getsource(module)) for module in modules))
    assert {"position", "lane_now", "fade", "peak", "callback_histogram", "missed_positions"} <= written
    assert {name: WRITERS[name] for name in written if WRITERS[name] != "audio"} == {}


def test_kernels_of_the_separators_side_write_only_its_fields() -> None:
    written = written_fields(inspect.getsource(stems))
    assert {"stems_written", "stems_valid_from", "input_read", "hop_histogram"} <= written
    assert {name: WRITERS[name] for name in written if WRITERS[name] != "separator"} == {}


def test_no_other_kernel_writes_the_header() -> None:
    """Every module of the package belongs to one of the two sides."""
    package = Path(inspect.getfile(callback)).parent
    sides = {Path(inspect.getfile(module)).name for module in reachable(callback)} | {"stems.py"}
    others = [path for path in package.glob("*.py") if path.name not in sides]
    assert {path.name: written_fields(path.read_text()) for path in others if written_fields(path.read_text())} == {}


def literal_sets(path: Path) -> set[str]:
    """Field names in `...set("name", ...)` and `...set_text("name", ...)` calls."""
    calls = (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {
        node.args[0].value
        for node in calls
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in ("set", "set_text")
        and len(node.args) == 2
        and isinstance(node.args[0], ast.Constant)
    }


@pytest.mark.parametrize("path", sorted(Path(rtsep.host.__path__[0]).rglob("*.py")), ids=lambda path: path.name)
def test_each_module_of_the_host_sets_only_its_own_processs_fields(path: Path) -> None:
    fields = literal_sets(path) & set(WRITERS)
    if path.name == "offline.py":
        return  # all three roles in one process, each through a view of its own, checked at run time
    if fields:
        assert {name: WRITERS[name] for name in fields if WRITERS[name] != OWNERS[path.name]} == {}


def test_a_field_cannot_be_set_from_another_role(host_name: str) -> None:
    control = create(2, 2, 64, 64, host_name)
    try:
        views = {"control": control} | {role: attach(host_name, role) for role in ("audio", "separator")}
        for field in (*FIELDS, *SEAT_FIELDS):
            for role in get_args(Process):
                value = np.copy(views[role].array(field.name))
                if role == field.writer:
                    views[role].set(field.name, value)
                else:
                    with pytest.raises(BlockError, match=rf"{role} must not write '{field.name}'.*{field.writer}"):
                        views[role].set(field.name, value)
    finally:
        remove(host_name)


def test_each_writers_fields_lie_on_cache_lines_of_their_own() -> None:
    lines: dict[int, str] = {}
    at = [(field, offset_of(HEADER, field.name), HEADER[field.name]) for field in FIELDS]
    for seat in range(SEATS):
        at += [(field, seat_offset(seat) + offset_of(SEAT, field.name), SEAT[field.name]) for field in SEAT_FIELDS]
    for field, offset, kind in at:
        for line in range(offset // 64, (offset + max(1, kind.itemsize) - 1) // 64 + 1):
            assert lines.setdefault(line, field.writer) == field.writer


def test_every_field_is_named_once_and_aligned() -> None:
    names = [field.name for field in (*FIELDS, *SEAT_FIELDS)]
    assert len(set(names)) == len(names)
    for record in (HEADER, SEAT):
        for name in record.names:
            assert offset_of(record, name) % record[name].base.alignment == 0


def test_nothing_in_the_layout_is_forgotten_by_the_kernels() -> None:
    """A field that only the callback's kernels could write, but none does, nor any Python, is a stale one."""
    kernels = set().union(*(written_fields(inspect.getsource(module)) for module in {*reachable(callback), stems}))
    folders = (Path(rtsep.host.__path__[0]), Path(rtsep.cli.__path__[0]))  # who runs in the three processes
    host = set().union(*(literal_sets(path) for folder in folders for path in folder.rglob("*.py")))
    roles = {"magic", "version", "size", "ring_frames", "tape_frames", "channels", "most_stems"}
    created = roles | {"pid_offsets", "input_offset", "stems_offset", "tape_offset", "control_pid"}
    created |= {ring.offset for ring in EVENT_RINGS}
    created |= {"marker_frames", "marker_offset", "loop_frames", "loop_offset"}
    dynamic = {"separator_faults", "nonfinite_hops"}  # Worker chooses between them at run time
    assert set(WRITERS) - kernels - host - created - dynamic == set()


def test_the_callbacks_modules_are_importable_without_the_host() -> None:
    for name in ("callback", "stems", "audit", "driver"):
        module = importlib.import_module(f"rtsep.realtime.{name}")
        assert "rtsep.host" not in inspect.getsource(module)
