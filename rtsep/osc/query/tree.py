"""The addresses as OSCQuery's tree of JSON objects (Vidvox' OSCQueryProposal)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rtsep.control import EngineState
from rtsep.osc.index import Index
from rtsep.osc.messages import Address, Argument, Value
from rtsep.osc.query.faults import Faults

ATTRIBUTES = (
    "FULL_PATH",
    "CONTENTS",
    "TYPE",
    "ACCESS",
    "VALUE",
    "RANGE",
    "DESCRIPTION",
    "UNIT",
    "CLIPMODE",
)
"""What a node may be asked for alone."""
ROOT = "rtsep, a live host for music source separators."


class Tree:
    """Containers and methods of a flat table; `paths` has both, the root as "". The query server's thread."""

    def __init__(self, flat: Mapping[str, Address], faults: Faults) -> None:
        self.flat = flat
        self._faults = faults
        self.index = Index(flat)
        self._below: dict[str, list[str]] = {"": []}
        for path in flat:
            self._grow(path)
        self.paths: Mapping[str, object] = {**self._below, **flat}

    def _grow(self, path: str) -> None:
        """Note `path` with its container, and that one with its own."""
        above = _above(path)
        if above not in self._below:
            self._below[above] = []
            self._grow(above)
        self._below[above].append(path)

    def describe(self, path: str, state: EngineState) -> dict[str, Any] | None:
        """The node at `path` with everything in it; None if there is none. `path` is "/" or has no slash at its end."""
        at = path.rstrip("/")
        if at not in self.paths:
            return None
        address = self.flat.get(at)
        node: dict[str, Any] = {"FULL_PATH": at or "/"}
        node |= self._method(address, state) if address else {"ACCESS": 0}
        if not at:
            node["DESCRIPTION"] = ROOT
        if at in self._below:
            node["CONTENTS"] = {below.rpartition("/")[2]: self.describe(below, state) for below in self._below[at]}
        return node

    def _method(self, address: Address, state: EngineState) -> dict[str, Any]:
        read = self._faults.readings([address], state) if address.message.read else ()
        return method(address, next((values for _, values in read), None))


def method(address: Address, values: tuple[Value, ...] | None) -> dict[str, Any]:
    """Attributes of an address, with its present values if it can be read."""
    node: dict[str, Any] = {"ACCESS": address.message.access, "DESCRIPTION": address.message.about}
    arguments = spread(address.arguments, values)
    if arguments:
        node["TYPE"] = "".join(argument.kind for argument in arguments)
    if values is not None:
        node["VALUE"] = list(values)
    if any(argument.choices or argument.minimum is not None for argument in arguments):
        node["RANGE"] = [_range(argument) for argument in arguments]
        # A hint: what lies outside is not clipped but refused.
        node["CLIPMODE"] = ["none"] * len(arguments)
    if any(argument.unit for argument in arguments):
        node["UNIT"] = [argument.unit for argument in arguments]
    return node


def spread(arguments: tuple[Argument, ...], values: tuple[Value, ...] | None) -> tuple[Argument, ...]:
    """One argument for each value: OSCQuery has no word for "any number of these"."""
    if not arguments or not arguments[-1].rest or not values:
        return arguments
    return (*arguments, *arguments[-1:] * (len(values) - len(arguments)))


def _range(argument: Argument) -> dict[str, Any]:
    if argument.choices:
        return {"VALS": list(argument.choices)}
    if argument.minimum is None or argument.maximum is None:
        return {}
    number = int if argument.kind == "i" else float
    return {"MIN": number(argument.minimum), "MAX": number(argument.maximum)}


def differences(old: Tree, new: Tree) -> list[tuple[str, str]]:
    """What a client of `old` has to be told, as commands and paths.

    A container that came or went stands for everything in it; the container around either, and a method that has other
    types or ranges, has changed.
    """
    gone = [path for path in old.paths if path not in new.paths and _above(path) in new.paths]
    come = [path for path in new.paths if path not in old.paths and _above(path) in old.paths]
    both = [path for path in new.flat if path in old.flat and new.flat[path].arguments != old.flat[path].arguments]
    changed = dict.fromkeys([*(_above(path) or "/" for path in (*gone, *come)), *both])
    return [
        *(("PATH_REMOVED", path) for path in gone),
        *(("PATH_ADDED", path) for path in come),
        *(("PATH_CHANGED", path) for path in changed),
    ]


def _above(path: str) -> str:
    return path.rpartition("/")[0]
