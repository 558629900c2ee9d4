"""The latent of a separator that has one: partitions, and dimensions that are played as they are, scaled, offset or held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rtsep.changes import Change, Knob
from rtsep.control import EngineState
from rtsep.osc.table.separator import LATENT
from rtsep_gui.models.knobs import KnobView, knobs

Mode = Literal["as is", "scale", "offset", "set"]
MODES: tuple[Mode, ...] = ("as is", "scale", "offset", "set")
NEUTRAL = {"scale": 1.0, "offset": 0.0, "hold": 0.0}
"""What leaves a dimension as it is."""


def has_latent(state: EngineState) -> bool:
    """Whether there is anything for the page."""
    return any(p.name.startswith(LATENT) for p in state.separator.parameters)


@dataclass(frozen=True)
class Dimension:
    """One dimension: its parameters by their last word (scale, offset, set, hold), those that it has."""

    name: str
    parts: dict[str, KnobView]

    @property
    def modes(self) -> tuple[Mode, ...]:
        """What it offers."""
        return tuple(mode for mode in MODES if mode == "as is" or mode in self.parts)

    @property
    def mode(self) -> Mode:
        """What is in force: the one that decides most."""
        if self._off_neutral("hold"):
            return "set"
        for mode in MODES[1:3]:
            if self._off_neutral(mode):
                return mode
        return "as is"

    def _off_neutral(self, part: str) -> bool:
        return part in self.parts and self.parts[part].value != NEUTRAL[part]

    def shown(self, chosen: Mode | None) -> Mode:
        """Whose knob is to be seen: a mode that was chosen and not yet turned counts unless the host says another."""
        if chosen is None or self.mode == "set" or chosen == "set":
            return self.mode
        return chosen if self.mode == "as is" or chosen != "as is" else self.mode

    def choose(self, mode: Mode) -> tuple[Change, ...]:
        """What brings a mode about: the others end."""
        ended = tuple(
            Knob(self.parts[part].parameter.name, neutral)
            for part, neutral in NEUTRAL.items()
            if part in self.parts and part != mode and not (part == "hold" and mode == "set")
        )
        if mode == "set" and "hold" in self.parts:
            return (*ended, Knob(self.parts["hold"].parameter.name, 1.0))
        return ended


def partitions(state: EngineState) -> list[tuple[str, KnobView]]:
    """Name and amount of each."""
    found = ((view, view.parameter.name.split("/")) for view in knobs(state).values())
    return [(parts[1], view) for view, parts in found if parts[0] == "partition" and parts[-1] == "amount"]


def dimensions(state: EngineState) -> list[Dimension]:
    """All that the separator offers, in its order."""
    found: dict[str, dict[str, KnobView]] = {}
    for view in knobs(state).values():
        parts = view.parameter.name.split("/")
        if parts[0] == "dim" and len(parts) == 3:
            found.setdefault(parts[1], {})[parts[2]] = view
    return [Dimension(name, parts) for name, parts in found.items()]
