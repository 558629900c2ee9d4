"""What changes would do to a show and its desk, worked out before anything is done: all of them or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from rtsep.changes import (
    Change,
    DeskChange,
    Kill,
    Quantise,
    Quick,
    RecallSafe,
    Record,
    SceneClear,
    SceneFade,
    SceneName,
    SceneRecall,
    SceneStore,
    SessionLoad,
    SessionSave,
    SetList,
    SetListGo,
    SetListStep,
    SwitchSeparator,
    Tap,
    Tempo,
)
from rtsep.control import EngineState
from rtsep.show.book import Book, checked_fade, rewritten
from rtsep.show.course import Course
from rtsep.show.moment import Moment, Waiting
from rtsep.show.quick import quick
from rtsep.show.session import Session
from rtsep.show.tempo import checked_bpm, tapped


class Plan(Course):
    """Changes are added one by one, each as if those before were done.

    Every method raises ConfigError if a change cannot be carried out; the plan is thrown away then.
    """

    def __init__(
        self, at: Moment, state: EngineState, now_s: float, sessions: Mapping[str, Session] | None = None
    ) -> None:
        """`sessions`: those that the changes load."""
        super().__init__(at, state, now_s)
        self._sessions = sessions or {}

    def add(self, change: Change) -> None:
        """One change that somebody asks for."""
        book = self.at.book
        match change:
            case Record() | SwitchSeparator():
                self.out.append(change)
            case Quick(state=state):
                self._by_hand(quick(state, tuple(self._desk.strips), book.safe))
            case Kill(stem=stem, kill=kill):
                self.kill(stem, bool(kill))
            case SceneRecall(number=number, fade_s=fade_s):
                self._recall(number, fade_s)
            case SetListGo(place=place):
                self._go(book.at_place(place))
            case SetListStep(step=step):
                self._go(book.step(step))
            case Tempo(bpm=bpm):
                self._beat(checked_bpm(bpm), ())
            case Tap():
                taps, bpm = tapped(self.at.taps, self._state.position, self._state.sample_rate)
                self._beat(bpm or book.bpm, taps)
            case SessionSave(name=name):
                self.at = replace(self.at, session=name)
            case SessionLoad(name=name):
                self.restore(self._sessions[name])
            case SceneStore() | SceneClear() | SceneName() | SceneFade() | RecallSafe() | Quantise() | SetList():
                waiting = self.at.waiting
                if isinstance(change, SceneClear) and waiting is not None and waiting.number == change.number:
                    self.at = replace(self.at, waiting=None)
                self.at = replace(self.at, book=rewritten(book, change, self._here))
            case _:
                self._by_hand((change,))

    def _by_hand(self, changes: Iterable[DeskChange]) -> None:
        for change in changes:
            self.put((change,))
            if self.at.fade is not None:
                self.at = replace(self.at, fade=self.at.fade.without(change, self._now_s))

    def _beat(self, bpm: float, taps: tuple[int, ...]) -> None:
        book = replace(self.at.book, bpm=bpm)
        self.at = replace(self.at, book=book, taps=taps, anchor=self._state.position)

    def _go(self, book: Book) -> None:
        self.at = replace(self.at, book=book)
        if book.place:
            self._recall(book.set_list[book.place - 1], None)

    def _recall(self, number: int, fade_s: float | None) -> None:
        book = self.at.book
        scene = book.find(number)
        wanted_s = scene.fade_s if fade_s is None else checked_fade(fade_s)
        if book.bpm and book.quantise:
            self.at = replace(self.at, waiting=Waiting(number, wanted_s, self._state.position))
        else:
            self.begin(number, wanted_s)
