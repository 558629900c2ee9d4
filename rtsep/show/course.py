"""Where a show goes and what the engine has to do for it, worked out before anything is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from rtsep.changes import Change, DeskChange, StemMute, SwitchSeparator
from rtsep.control import EngineState
from rtsep.deskstate import DeskState, changed, known
from rtsep.show import staging
from rtsep.show.look import Look, after, arrival, control, difference, fitting, look_of, remainder, settings
from rtsep.show.moment import Moment, Owed, beneath
from rtsep.show.session import Session


class Course:
    """From one moment to another: `out` is for the engine, in one `apply`, `at` is where the show is then."""

    def __init__(self, at: Moment, state: EngineState, now_s: float) -> None:
        self.at = at
        self.out: list[Change] = []
        self._state = state
        self._now_s = now_s
        self._desk = look_of(state, at.kills).desk

    @property
    def _here(self) -> Look:
        return Look(self._state.separator_name, self._desk)

    def put(self, changes: Iterable[DeskChange]) -> None:
        """Changes of the desk that are nobody's hand."""
        for change in changes:
            self._desk = changed(self._desk, change, self._state.separator)
            told, kills = beneath((change,), self.at.kills)
            self.out += told
            self.at = replace(self.at, kills=kills)

    def kill(self, stem: str, kill: bool) -> None:
        """Hold a stem silent, or let it go. Raises ConfigError if there is no such stem."""
        kills = dict(self.at.kills)
        if stem not in kills:
            strip = self._desk.strips[known("stem", stem, self._desk.strips)]
            if kill:
                self.at = replace(self.at, kills=kills | {stem: strip.mute})
                self.out.append(StemMute(stem, True))
        elif not kill:
            mute = StemMute(stem, kills.pop(stem))
            self.at = replace(self.at, kills=kills)
            if stem in self._desk.strips:
                self.out.append(mute)
            else:
                self.at = replace(self.at, owed=(*self.at.owed, Owed("", {control(mute): mute})))

    def begin(self, number: int, fade_s: float) -> None:
        """Go to a scene now, from wherever the desk is."""
        scene, safe = self.at.book.find(number), self.at.book.safe
        here, spec = Look(self._state.separator_name, self._settled()), self._state.separator
        goal = arrival(here, scene.look, spec, safe)
        self._switch(scene.look, safe)
        self.at = replace(self.at, waiting=None, fade=None)
        if fade_s <= 0.0:
            self.put(difference(self._desk, goal))
            self.at = replace(self.at, book=replace(self.at.book, scene=number))
            return
        strips = self._desk.strips
        moving = [s for s in strips if (s in scene.look.desk.strips and s not in safe) or goal.strips[s] != strips[s]]
        first, fade = staging.begin(number, self._desk, goal, moving, spec, self._now_s, fade_s)
        self.put(first)
        self.at = replace(self.at, fade=fade)

    def _settled(self) -> DeskState:
        """The desk as it would be at the end of the fade under way."""
        fade = self.at.fade
        if fade is None:
            return self._desk
        there = fade.only(settings(self._desk))
        return after(self._desk, there.last.values(), self._state.separator)

    def _switch(self, look: Look, safe: Iterable[str]) -> None:
        """Bring in a look's separator, if it neither plays nor comes; what only that one has is owed."""
        owed = tuple(owed for owed in self.at.owed if not owed.separator)
        later = remainder(self._here, look, tuple(safe))
        if later:
            owed = (*owed, Owed(look.separator, later))
        self.at = replace(self.at, owed=owed)
        self.out = [change for change in self.out if not isinstance(change, SwitchSeparator)]
        if look.separator != (self._state.next_separator or self._state.separator_name):
            self.out.append(SwitchSeparator(look.separator))

    def restore(self, session: Session) -> None:
        """Everything as a session says, at once; kills end, and a scene that was coming comes."""
        for stem in list(self.at.kills):
            self.kill(stem, False)
        here, spec = Look(self._state.separator_name, self._settled()), self._state.separator
        goal = replace(arrival(here, session.look, spec, ()), panic=session.look.desk.panic)
        self._switch(session.look, ())
        self.put(difference(self._desk, goal))
        self.at = replace(
            self.at,
            book=session.book,
            fade=None,
            waiting=None,
            anchor=self._state.position,
            taps=(),
            session=session.name,
            config=self.at.config if self.at.config is not None else session.config,
        )
        if session.coming:
            self.begin(session.coming, session.coming_s)

    def settle(self) -> str:
        """A switch of separators has ended: pay what is owed to the one that plays. What there is to say, or nothing."""
        playing, spec = self._state.separator_name, self._state.separator
        left: list[Owed] = []
        missed = ""
        for owed in self.at.owed:
            if owed.separator not in ("", playing):
                missed = f"{owed.separator!r} did not come to play; what was wanted of its stems and parameters is left"
                continue
            there = settings(self._desk).keys()
            self.put(fitting(change, spec) for key, change in owed.changes.items() if key in there)
            rest = {key: change for key, change in owed.changes.items() if key not in there}
            if rest and not owed.separator:
                left.append(replace(owed, changes=rest))
        self.at = replace(self.at, owed=tuple(left))
        return missed
