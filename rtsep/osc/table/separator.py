"""The separator, its parameters, and those that are a latent's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rtsep.changes import (
    Change,
    Knob,
    SwitchSeparator,
)
from rtsep.control import EngineState
from rtsep.osc.messages import Argument, Message, Names, Value
from rtsep.osc.table.rows import BUTTON, one, status

LATENT = ("partition/", "dim/")
"""Parameters whose names begin so are a latent's: `partition/NAME/amount`, `dim/K/scale`, `dim/K/offset`, `dim/K/set`, and
`dim/K/hold`, which says whether `set` is in force."""


def _parameters(state: EngineState, latent: bool, ending: str = "") -> Iterable[Names]:
    for parameter in state.separator.parameters:
        if parameter.name.startswith(LATENT) == latent and parameter.name.endswith(ending):
            yield {"name": parameter.name}


def _knob_argument(state: EngineState, names: Names) -> tuple[Argument, ...]:
    p = next(p for p in state.separator.parameters if p.name == names["name"])
    kind = "i" if p.law == "toggle" else "f"
    return (Argument("value", kind, p.unit, p.minimum, p.maximum, law=p.law),)


def _knob(state: EngineState, names: Names) -> tuple[Value, ...]:
    index = [p.name for p in state.separator.parameters].index(names["name"])
    value = state.knobs[index]
    return (int(value) if state.separator.parameters[index].law == "toggle" else value,)


def _set_knob(names: Names, values: tuple[Any, ...]) -> tuple[Change, ...]:
    return (Knob(names["name"], values[0]),)


def _latent(state: EngineState, node: str) -> Iterable[Names]:
    """Of parameters `dim/K/node`, by K."""
    for names in _parameters(state, True, f"/{node}"):
        what, which, *_ = names["name"].split("/")
        if what == "dim":
            yield {"k": which, "name": names["name"]}


def _dim(node: str, about: str) -> Message:
    return Message(
        f"/rtsep/latent/dim/{{k}}/{node}",
        about,
        (),
        _set_knob,
        _knob,
        lambda state: _latent(state, node),
        _knob_argument,
    )


def _partitions(state: EngineState) -> Iterable[Names]:
    for names in _parameters(state, True, "/amount"):
        what, which, *_ = names["name"].split("/")
        if what == "partition":
            yield {"partition": which, "name": names["name"]}


SEPARATOR: tuple[Message, ...] = (
    Message(
        "/rtsep/latent/partition/{partition}/amount",
        "How much of a partition of the latent is played: 0 encoded silence, 1 as encoded.",
        (),
        _set_knob,
        _knob,
        _partitions,
        _knob_argument,
    ),
    _dim("scale", "Factor on a dimension of the latent."),
    _dim("offset", "Added to a dimension of the latent."),
    Message(
        "/rtsep/latent/dim/{k}/set",
        "Hold a dimension of the latent at a value.",
        (),
        lambda names, values: (Knob(f"dim/{names['k']}/hold", 1.0), Knob(names["name"], float(values[0]))),
        _knob,
        lambda state: _latent(state, "set"),
        _knob_argument,
    ),
    _dim("hold", "Whether a dimension of the latent is held at its value."),
    Message(
        "/rtsep/latent/dim/{k}/release",
        "Let a dimension of the latent go its own way again.",
        change=lambda names, values: (Knob(f"dim/{names['k']}/hold", 0.0),),
        over=lambda state: _latent(state, "hold"),
        **BUTTON,
    ),
    one(
        "/rtsep/separator/load",
        "The separator that plays, by its name, or a file by its path; writing it switches live.",
        Argument("name", "s"),
        SwitchSeparator,
        lambda state: state.separator_name,
    ),
    status("separator/next", "s", "The separator that gets ready to take its place.", lambda s: s.next_separator),
    Message(
        "/rtsep/separator/param/{name}",
        "A parameter of the separator.",
        (),
        _set_knob,
        _knob,
        lambda state: _parameters(state, False),
        _knob_argument,
    ),
    Message(
        "/rtsep/separator/knob",
        "Any parameter of the separator, a latent's too, by its own name, as it is: for programs.",
        (Argument("name", "s"), Argument("value", "f")),
        lambda names, values: (Knob(*values),),  # type: ignore[arg-type]
    ),
)
