"""The hands of a map: one for each assignment whose address the engine has now. Worker thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from rtsep.control import EngineState
from rtsep.errors import ConfigError
from rtsep.midi.assignments import Assignment, Kind, MidiMap
from rtsep.midi.decode import Touch
from rtsep.midi.hand import Hand
from rtsep.osc.flat import Flat
from rtsep.osc.messages import Address


class Bank:
    """Hands by assignment. What plays an address that another separator has stays in the map and waits."""

    def __init__(self, midi_map: MidiMap) -> None:
        self.map = midi_map
        self.hands: dict[Assignment, Hand] = {}
        self._by_control: dict[tuple[Kind, int], list[Hand]] = {}
        self._flat = Flat()
        self._fitted: tuple[MidiMap | None, Mapping[str, Address] | None] = (None, None)

    def fit(self, state: EngineState, tell: Callable[[str], None]) -> bool:
        """Make the hands for map and engine, where either changed; whether it did. `tell` hears what cannot be played."""
        flat = self._flat.at(state)
        if self._fitted[0] is self.map and self._fitted[1] is flat:
            return False
        self._fitted, before = (self.map, flat), self.hands
        self.hands, self._by_control = {}, {}
        for assignment in self.map.assignments:
            address, old = flat.get(assignment.path), before.get(assignment)
            if address is None:
                continue
            try:
                hand = old if old and old.address == address else Hand(assignment, address)
            except ConfigError as error:
                tell(str(error))
                continue
            self.hands[assignment] = hand
            self._by_control.setdefault((assignment.control, assignment.number), []).append(hand)
        return True

    def heard_by(self, touch: Touch) -> Iterator[Hand]:
        """The hands that a touch is meant for."""
        for hand in self._by_control.get((touch.kind, touch.number), ()):
            assignment = hand.assignment
            if assignment.channel in (None, touch.channel) and assignment.port in touch.port:
                yield hand
