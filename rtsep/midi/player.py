"""Everything MIDI does between ports and engine: decoding, playing, learning, feedback. Worker thread.

bytes -> Decoder -> touches -> Hand (one for each assignment; a flood becomes its last value) -> engine.apply
                            -> Learner -> a new assignment                   engine.state() -> Feedback -> bytes
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rtsep.changes import Change
from rtsep.control import EngineControl, EngineState
from rtsep.errors import RtsepError
from rtsep.midi.assignments import BUTTONS, Assignment, Control, MidiMap
from rtsep.midi.bank import Bank
from rtsep.midi.decode import SETTLE_S, Decoder, Touch
from rtsep.midi.feedback import Feedback, Shown, dark, shown
from rtsep.midi.hand import Hand, Moved
from rtsep.midi.learning import Learner
from rtsep.midi.ports import Output, steady
from rtsep.osc.messages import Address

Heard = tuple[str, bytes, float]
"""Port, message, time in seconds."""
FEEDBACK_S = 0.02
"""Outputs are sent to no more often."""
REST_S = 0.5
"""A knob or motor fader that moved within this time is in a hand, and is sent nothing."""
LOOK_S = 1.0
"""Feedback looks at the engine so often even if nothing is said to have changed."""


class Player:
    """A map at play. `keep` gets every map that learning or forgetting makes, `broken` every output that takes no more."""

    def __init__(
        self,
        engine: EngineControl,
        midi_map: MidiMap,
        say: Callable[[str], None],
        keep: Callable[[MidiMap], None],
        broken: Callable[[str], None],
    ) -> None:
        self._engine, self._say, self._keep, self._broken = engine, say, keep, broken
        self._bank = Bank(midi_map)
        self._decoder, self._feedback = Decoder(), Feedback()
        self._moved_at: dict[Assignment, float] = {}
        self._learner: Learner | None = None
        self._inputs: set[str] = set()
        self._told: set[str] = set()
        self._shown_at, self._changed = -LOOK_S, True

    @property
    def map(self) -> MidiMap:
        """The map as it is now. Any thread."""
        return self._bank.map

    def work(self, heard: Sequence[Heard], now: float) -> None:
        """Play what was heard; learn, if there is something to learn; show what changed."""
        moved: dict[Assignment, Moved] = {}
        if heard or self._decoder.waiting:
            self._fit()
        for port, raw, at in heard:
            for touch in self._decoder.feed(port, raw, at):
                self._touch(touch, moved, now)
        for touch in self._decoder.settle(now):
            self._touch(touch, moved, now)
        for assignment, movement in moved.items():
            self._play(self._bank.hands[assignment], movement, now)
        if self._learner and self._learner.done(now):
            self._learn(self._learner)
        self._show(now)

    def patience(self, now: float) -> float:
        """How long `work` may be left uncalled while nothing is heard and nothing changes, seconds."""
        if self._decoder.waiting or (self._learner and self._learner.touches):
            return SETTLE_S
        resting = (since + REST_S for since in self._moved_at.values())
        feedback = self._shown_at + (FEEDBACK_S if self._changed else LOOK_S)
        return max(min(feedback, *resting, now + LOOK_S) - now, 0.001)

    def engine_changed(self) -> None:
        """Outputs may be out of date. Any thread."""
        self._changed = True

    def learn(self, address: Address | None) -> None:
        """Listen for a control for `address`; None: no longer."""
        self._learner = Learner(address) if address else None

    def forget(self, path: str) -> None:
        """No control plays `path` any longer."""
        self._replace(self.map.forgotten(path))

    def input_opened(self, port: str) -> None:
        """An input came."""
        self._inputs.add(port)

    def input_lost(self, port: str) -> None:
        """An input went: what it held down is let go."""
        self._inputs.discard(port)
        self._decoder.lost(port)
        for hand in self._bank.hands.values():
            if hand.assignment.port in port:
                self._release(hand, port)

    def output_opened(self, port: str, output: Output) -> None:
        """An output came; it gets everything."""
        self._feedback.opened(port, output)
        self._changed, self._shown_at = True, -LOOK_S

    def output_lost(self, port: str) -> None:
        """An output went."""
        self._feedback.lost(port)

    def end(self) -> None:
        """Let go of everything and put out the lights."""
        for hand in self._bank.hands.values():
            self._release(hand, "")
        self._feedback.show({a.source: dark(a, hand.channel) for a, hand in self._bank.hands.items()})

    def _touch(self, touch: Touch, moved: dict[Assignment, Moved], now: float) -> None:
        for hand in self._bank.heard_by(touch):
            released = hand.held.get(touch.source, False) and not touch.pressed
            if released or not self._learner:
                moved[hand.assignment] = hand.gather(touch, moved.get(hand.assignment))
        if self._learner:
            self._learner.hear(touch, now)

    def _play(self, hand: Hand, movement: Moved, now: float) -> None:
        assignment = hand.assignment
        if assignment.mode == "absolute":
            self._moved_at[assignment] = now
            self._feedback.stands(assignment.source, shown(assignment, movement.last.fraction, hand.channel))
        elif assignment.mode in BUTTONS:  # its own electronics may have switched its light
            self._feedback.stands(assignment.source, None)
        self._changed = True
        self._apply(lambda: hand.changes(movement, self._engine.state()))

    def _release(self, hand: Hand, port: str) -> None:
        self._apply(lambda: hand.release(port))

    def _apply(self, asked: Callable[[], tuple[Change, ...]]) -> None:
        try:
            if changes := asked():
                self._engine.apply(*changes)
        except RtsepError as error:
            self._tell(str(error))

    def _learn(self, learner: Learner) -> None:
        """Take over what the learner proposes; if that cannot play the address, go on listening."""
        port = steady(learner.touches[0].port) if len(self._inputs) > 1 else ""
        try:
            new = learner.proposal(port)
            Hand(new, learner.address)
        except RtsepError as error:
            self._say(f"MIDI: {error}")
            learner.touches.clear()
            return
        self._learner = None
        self._replace(self.map.learned(new))
        self._say(f"MIDI: {new.source} plays {new.path} ({new.mode})")

    def _replace(self, midi_map: MidiMap) -> None:
        gone = [hand for a, hand in self._bank.hands.items() if a not in midi_map.assignments]
        self._feedback.show({hand.assignment.source: dark(hand.assignment, hand.channel) for hand in gone})
        for hand in gone:
            self._release(hand, "")
        self._bank.map, self._changed = midi_map, True
        self._keep(midi_map)

    def _fit(self) -> EngineState:
        """Hands for what the engine has now."""
        state = self._engine.state()
        if self._bank.fit(state, self._tell):
            self._decoder.pairs = frozenset(a.number for a in self._bank.hands if a.control == "cc14")
            self._moved_at = {a: since for a, since in self._moved_at.items() if a in self._bank.hands}
        return state

    def _show(self, now: float) -> None:
        """Bring the outputs up to date, except for what a hand moves."""
        moving = {a: since for a, since in self._moved_at.items() if now - since < REST_S}
        self._changed = self._changed or len(moving) < len(self._moved_at)
        self._moved_at = moving
        if now - self._shown_at < (FEEDBACK_S if self._changed else LOOK_S):
            return
        self._shown_at, self._changed = now, False
        state, wanted = self._fit(), dict[Control, Shown]()
        for a, hand in self._bank.hands.items():
            if hand.scale and hand.address.message.read and a not in self._moved_at:
                wanted.setdefault(a.source, shown(a, hand.at(state), hand.channel))
        for port in self._feedback.show(wanted):
            self._feedback.lost(port)
            self._broken(port)

    def _tell(self, words: str) -> None:
        """Say it once: a control says the same hundreds of times."""
        if words not in self._told and len(self._told) < 100:
            self._told.add(words)
            self._say(f"MIDI: {words}")
