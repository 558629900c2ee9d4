"""The table's addresses for what plays now, made anew only when that changes."""

from __future__ import annotations

from collections.abc import Mapping

from rtsep.control import EngineState
from rtsep.osc.messages import Address, addresses
from rtsep.osc.table import TABLE


class Flat:
    """Addresses by path, for a state. Any thread."""

    def __init__(self) -> None:
        self._made: tuple[object, Mapping[str, Address]] = (None, {})

    def at(self, state: EngineState) -> Mapping[str, Address]:
        """The addresses for `state`; the same mapping for as long as stems and parameters are the same."""
        key = (state.separator, tuple(strip.stem for strip in state.strips))
        made = self._made
        if made[0] != key:
            made = self._made = key, addresses(TABLE, state)
        return made[1]
