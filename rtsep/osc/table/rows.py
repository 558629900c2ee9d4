"""What the rows of several subjects are made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from rtsep.changes import Change
from rtsep.control import EngineState, Strip
from rtsep.osc.messages import PRESS, Argument, Message, Names, Value

SWITCH = Argument("on", "i", "", 0, 1, law="toggle")
BUTTON: dict[str, Any] = {"arguments": (PRESS,), "trigger": True}


def one(
    pattern: str, about: str, argument: Argument, change: Callable[[Any], Change], read: Callable[[EngineState], Value]
) -> Message:
    """One value, read and written."""
    return Message(
        pattern, about, (argument,), lambda names, values: (change(values[0]),), lambda state, names: (read(state),)
    )


def status(node: str, kind: Any, about: str, read: Callable[[EngineState], Value], unit: str = "") -> Message:
    """One value, only read."""
    argument = Argument(node.rsplit("/")[-1], kind, unit)
    return Message(f"/rtsep/{node}", about, (argument,), None, lambda state, names: (read(state),))


def stem_of(state: EngineState, names: Names) -> Strip:
    """The strip that `names` names."""
    return next(strip for strip in state.strips if strip.stem == names["stem"])


def stems(state: EngineState) -> Iterable[Names]:
    """Each stem."""
    return ({"stem": strip.stem} for strip in state.strips)
