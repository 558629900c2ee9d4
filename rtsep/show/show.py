"""A show around an engine: the same protocol, and scenes, quick states, set list and sessions besides."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rtsep.changes import Change, DeskChange, Record, SceneStore, SessionLoad, SessionSave, StemOutput, SwitchSeparator
from rtsep.control import EngineControl, EngineState
from rtsep.errors import ConfigError
from rtsep.show.autosave import Autosave
from rtsep.show.clockwork import Clockwork
from rtsep.show.session import Session
from rtsep.show.sessions import SessionStore, checked_name
from rtsep.show.stage import OF_SCENES, OF_SESSIONS, Listening, Stage


class Show:
    """An EngineControl around another one. Thread-safe; its own threads fade, wait for beats and save, else they sleep.

    What changes is worked out by a `Plan` and reaches the engine in one `apply`.
    """

    def __init__(
        self,
        engine: EngineControl,
        sessions: SessionStore | None,
        say: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`sessions` None: nothing is saved. `say` hears what goes wrong in the background. `clock`: seconds, of fades."""
        self._sessions = sessions
        self._stage = Stage(engine, say, clock)
        self._clockwork = Clockwork(self._stage)
        self._autosave = None if sessions is None else Autosave(sessions, self.capture, say)
        self._heard_from = engine.subscribe(self._heard)

    def start(self) -> None:
        """Begin to fade, to wait for beats and to save."""
        self._clockwork.start()
        if self._autosave is not None:
            self._autosave.start()

    def stop(self, clean: bool = True) -> None:
        """End, and save the session as closed in order; not `clean`: as one that is to come back. Before the engine ends."""
        self._clockwork.stop()
        if self._autosave is not None:
            self._autosave.stop(clean)
        self._heard_from.cancel()

    def keep(self, name: str, config: Any = None) -> None:
        """Save to that session from now on; `config`: JSON that says how the host was started. Raises ConfigError."""
        with self._stage.changed:
            self._stage.moment = replace(self._stage.moment, session=checked_name(name), config=config)
        self._touch()

    def state(self) -> EngineState:
        """A snapshot. Any thread, at any time."""
        return replace(self._stage.engine.state(), show=self._stage.moment.shown())

    def apply(self, *changes: Change) -> None:
        """Carry out changes, all or none; what is heard of them within one block. Raises RtsepError like the engine."""
        if all(isinstance(change, Record | SwitchSeparator) for change in changes):
            self._stage.engine.apply(*changes)  # a slow disk or a slow import must not hold up a mute
            return
        with self._stage.changed:
            if self._stage.moment.idle and all(isinstance(change, DeskChange) for change in changes):
                self._stage.engine.apply(*changes)  # the way of nearly every message: no plan, half a millisecond less
                return
        loaded, said = self._open(changes), {type(change) for change in changes}
        with self._stage.changed:
            before = self.capture(clean=True) if said & {SessionSave, SessionLoad} else None
            plan = self._stage.plan(loaded)
            for change in changes:
                plan.add(change)
            self._stage.carry_out(plan, OF_SESSIONS if loaded else () if StemOutput in said else OF_SCENES)
        if self._autosave is not None and before is not None and before.name != plan.at.session:
            self._autosave.follow(before)
        self._stage.tell(*(change for change in changes if change not in plan.out))
        self._touch(at_once=bool(said & {SceneStore, SessionSave}))

    def subscribe(self, listener: Callable[[Change], None]) -> Listening:
        """Call `listener` with every change, on the thread that applied it; with SceneRecall also when a scene has come.

        It must not wait for another thread that applies something.
        """
        entry = Listening(listener, self._stage.listeners)
        self._stage.listeners.append(entry)
        return entry

    def round(self) -> float | None:
        """Do what is due by now, as the show's thread does; seconds until there may be more, None: nothing is under way."""
        return self._clockwork.round()

    def capture(self, clean: bool = False) -> Session:
        """Everything, as it is now. Any thread."""
        return self._stage.capture(clean)

    def restore(self, session: Session) -> None:
        """Bring everything back as it sounded; outputs or a separator that are not there any more are left, with a message.

        Raises RtsepError, and changes nothing, if the rest cannot be brought back either.
        """
        self._stage.restore(session)
        self._stage.tell(SessionLoad(session.name))
        self._touch()

    def _open(self, changes: tuple[Change, ...]) -> dict[str, Session]:
        """Read and check the sessions that changes name. Raises ConfigError."""
        named = [change for change in changes if isinstance(change, SessionLoad | SessionSave)]
        if not named:
            return {}
        if self._sessions is None:
            raise ConfigError("this host keeps no sessions; start it with a folder for them")
        for change in named:
            self._sessions.check_writable(change.name)
        return {change.name: self._sessions.load(change.name) for change in named if isinstance(change, SessionLoad)}

    def _heard(self, change: Change) -> None:
        """The engine has carried something out."""
        self._stage.tell(change)
        if isinstance(change, SwitchSeparator):
            self._stage.begin_switch()
        self._touch()

    def _touch(self, at_once: bool = False) -> None:
        if self._autosave is not None:
            self._autosave.touch(at_once)
