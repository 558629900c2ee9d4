"""MIDI ports in memory, and an engine that knows kills: what the tests of MIDI are played on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from fakeengine import FakeEngine

from rtsep.changes import Change, Kill, Quick, SceneRecall, Tap
from rtsep.control import EngineState, ShowState
from rtsep.midi.assignments import Assignment, MidiMap
from rtsep.midi.player import Player
from rtsep.midi.ports import Hear, MidiUnavailableError
from rtsep.osc.messages import addresses
from rtsep.osc.table import TABLE
from rtsep.spec import Parameter, SeparatorSpec

KNOBS = (Parameter("cutoff", "Hz", 20.0, 20000.0, 1000.0, "log"), Parameter("warmth", "", 0.0, 4.0, 2.0))
SPEC = SeparatorSpec("midi", ("vocals", "drums"), 2, (48000,), 64, 0, False, KNOBS)
FADER, MUTE, KILL = "/rtsep/stem/vocals/fader", "/rtsep/stem/vocals/mute", "/rtsep/stem/vocals/kill"
NANO, PADS = "nano:nano MIDI 1 20:0", "pads:pads MIDI 1 24:0"


class ShowEngine(FakeEngine):
    """A FakeEngine that holds kills and notes what else a show would do."""

    def __init__(self) -> None:
        super().__init__(SPEC)
        self.kills: set[str] = set()
        self.shown: list[Change] = []

    def state(self) -> EngineState:
        return dataclasses.replace(super().state(), show=ShowState(kills=tuple(sorted(self.kills))))

    def apply(self, *changes: Change) -> None:
        for change in changes:
            match change:
                case Kill(stem=stem, kill=on):
                    (self.kills.add if on else self.kills.discard)(stem)
                case Quick() | SceneRecall() | Tap():
                    self.shown.append(change)
        rest = tuple(change for change in changes if not isinstance(change, Kill | Quick | SceneRecall | Tap))
        super().apply(*rest)


class MemoryOutput:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.open, self.dead = True, False

    def send(self, raw: bytes) -> None:
        if self.dead:
            raise MidiUnavailableError("pulled out")
        self.sent.append(raw)

    def close(self) -> None:
        self.open = False

    def take(self) -> list[bytes]:
        """What was sent since this was asked last."""
        taken, self.sent = self.sent, []
        return taken


class MemoryInput:
    """Plays what the test plays."""

    def __init__(self, hear: Hear) -> None:
        self.hear: Hear | None = hear

    def close(self) -> None:
        self.hear = None


class MemoryPorts:
    """`names` are there; tests change them as plugs are pulled and put back."""

    def __init__(self, *names: str) -> None:
        self.names = list(names)
        self.ins: dict[str, MemoryInput] = {}
        self.outs: dict[str, MemoryOutput] = {}
        self.trouble = ""

    def inputs(self) -> Sequence[str]:
        if self.trouble:
            raise MidiUnavailableError(self.trouble)
        return list(self.names)

    outputs = inputs

    def open_input(self, name: str, hear: Hear) -> MemoryInput:
        self.ins[name] = MemoryInput(hear)
        return self.ins[name]

    def open_output(self, name: str) -> MemoryOutput:
        self.outs[name] = MemoryOutput()
        return self.outs[name]

    def play(self, name: str, *messages: bytes) -> None:
        """A controller sends."""
        for raw in messages:
            hear = self.ins[name].hear
            assert hear is not None, "the port is closed"
            hear(raw)


def cc(number: int, value: int, channel: int = 1) -> bytes:
    """A controller's value."""
    return bytes((0xB0 + channel - 1, number, value))


def note(number: int, velocity: int, channel: int = 1) -> bytes:
    """A key pressed, or, at velocity 0, let go."""
    return bytes((0x90 + channel - 1, number, velocity))


class Desk:
    """A player on its own clock, without threads: each `play` is one drain, half a second after the one before."""

    def __init__(self, *assignments: Assignment) -> None:
        self.engine, self.said, self.kept = ShowEngine(), [], []
        self.broken: list[str] = []
        self.player = Player(
            self.engine, MidiMap(assignments=assignments), self.said.append, self.kept.append, self.broken.append
        )
        self.engine.subscribe(lambda change: self.player.engine_changed())
        self.now = 100.0
        self.player.input_opened(NANO)

    said: list[str]
    kept: list[MidiMap]

    def play(self, *messages: bytes, port: str = NANO) -> None:
        """One drain, and what settles after it."""
        self.player.work([(port, raw, self.now) for raw in messages], self.now)
        self.wait(0.25)
        self.wait(0.25)

    def wait(self, seconds: float) -> None:
        """Time passes, without messages."""
        self.now += seconds
        self.player.work([], self.now)

    def read(self, path: str) -> float | int | str:
        """What the engine says at an address."""
        state = self.engine.state()
        return addresses(TABLE, state)[path].read(state)[0]
