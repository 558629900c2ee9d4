"""A show over an engine without sound, whose clocks are moved by hand."""

from __future__ import annotations

from fakeengine import FakeEngine

from rtsep.changes import Change
from rtsep.control import EngineState, Strip
from rtsep.show.sessions import SessionStore
from rtsep.show.show import Show
from rtsep.spec import SeparatorSpec

RATE = 48000


class Rig:
    """`pass_s` lets time pass, in steps of the show's thread; `said` is what the show had to say, `heard` what its listeners."""

    def __init__(
        self, spec: SeparatorSpec | None = None, sessions: SessionStore | None = None, engine: FakeEngine | None = None
    ) -> None:
        self.engine = engine or FakeEngine(spec)
        self.now_s = 100.0
        self.said: list[str] = []
        self.heard: list[Change] = []
        self.show = Show(self.engine, sessions, self.said.append, lambda: self.now_s)
        self.show.subscribe(self.heard.append)
        self.apply = self.show.apply

    def pass_s(self, seconds: float) -> None:
        """On both clocks, fades and audio."""
        steps = round(seconds * 100)
        for _ in range(steps):
            self.now_s += 0.01
            self.engine.position += RATE // 100
            self.show.round()

    @property
    def state(self) -> EngineState:
        """As everybody sees it."""
        return self.show.state()

    def of(self, stem: str) -> Strip:
        """As everybody sees it."""
        return self.engine.desk.strips[stem]

    def muted(self) -> set[str]:
        """The stems that are."""
        return {strip.stem for strip in self.engine.desk.strips.values() if strip.mute}
