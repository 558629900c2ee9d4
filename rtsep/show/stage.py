"""The engine and the moment of a show, behind one lock: what plans are made of and where they are carried out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from rtsep.changes import Change, DeskChange, StemOutput, SwitchSeparator
from rtsep.control import EngineControl
from rtsep.errors import RtsepError
from rtsep.show.look import look_of
from rtsep.show.moment import Moment
from rtsep.show.owner import this_process
from rtsep.show.plan import Plan
from rtsep.show.session import Session

Spare = tuple[tuple[type, ...], ...]
"""Kinds of changes to do without, if the engine refuses them, in the order in which that is tried."""
OF_SCENES: Spare = ((StemOutput,),)
"""What another device may lack."""
OF_SESSIONS: Spare = ((StemOutput,), (SwitchSeparator,), (StemOutput, SwitchSeparator))
"""What another device or installation may lack."""


class Listening:
    """A subscription."""

    def __init__(self, call: Callable[[Change], None], listeners: list[Listening]) -> None:
        self.call = call
        self._listeners = listeners

    def cancel(self) -> None:
        """No more calls."""
        if self in self._listeners:
            self._listeners.remove(self)


class Stage:
    """Whoever plans and carries out holds `changed`, so that a step of a fade and a performer's hand never cross.

    Reading `moment` takes no lock.
    """

    def __init__(self, engine: EngineControl, say: Callable[[str], None], clock: Callable[[], float]) -> None:
        """`clock`: seconds, of fades."""
        self.engine = engine
        self.say = say
        self.clock = clock
        self.moment = Moment()
        self.changed = threading.Condition(threading.RLock())
        self.switching = False
        """Whether separators may have changed since somebody looked."""
        self.listeners: list[Listening] = []

    def plan(self, sessions: Mapping[str, Session] | None = None) -> Plan:
        """A plan from here on."""
        return Plan(self.moment, self.engine.state(), self.clock(), sessions)

    def carry_out(self, plan: Plan, spare: Spare = ()) -> None:
        """Do what a plan says, or raise RtsepError and do nothing of it."""
        self.enter(plan.at, plan.out, spare)

    def enter(self, moment: Moment, changes: list[Change] | list[DeskChange], spare: Spare = ()) -> None:
        """Let the engine carry out `changes`; it is another moment then."""
        before, self.moment = self.moment, moment  # first: listeners of the engine look at the state
        try:
            self._send(list(changes), spare)
        except BaseException:
            self.moment = before
            raise
        self.changed.notify_all()

    def _send(self, changes: list[Change], spare: Spare) -> None:
        if not changes:
            return
        try:
            self.engine.apply(*changes)
            return
        except RtsepError as error:
            trouble = error
        for kinds in spare:
            rest = [change for change in changes if not isinstance(change, kinds)]
            try:
                if len(rest) < len(changes):
                    self.engine.apply(*rest)
                    self.say(f"{trouble}; that is left, the rest is done")
                    return
            except RtsepError:
                continue
        raise trouble

    def tell(self, *changes: Change) -> None:
        """Tell everybody who listens, on this thread."""
        for change in changes:
            for listener in list(self.listeners):
                listener.call(change)

    def capture(self, clean: bool = False) -> Session:
        """Everything, as it is now."""
        with self.changed:
            state, at, now_s = self.engine.state(), self.moment, self.clock()
        left_s = at.waiting.fade_s if at.waiting else max(0.0, at.fade.end_s - now_s) if at.fade else 0.0
        look = look_of(state, at.kills)
        return Session(at.session, look, at.book, at.coming, left_s, at.config, clean, this_process())

    def restore(self, session: Session) -> None:
        """Everything as a session says. Raises RtsepError, and changes nothing, if that cannot be."""
        with self.changed:
            plan = self.plan()
            plan.restore(session)
            self.carry_out(plan, OF_SESSIONS)

    def begin_switch(self) -> None:
        """Separators are about to change."""
        with self.changed:
            self.switching = True
            self.changed.notify_all()

    def forget(self, **parts: object) -> None:
        """Give up what is under way: parts of the moment, by name."""
        with self.changed:
            self.moment = replace(self.moment, **parts)  # type: ignore[arg-type]
