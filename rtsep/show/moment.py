"""Where a show stands: its book, and what is under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rtsep.changes import DeskChange, StemMute
from rtsep.control import SceneInfo, ShowState
from rtsep.show.book import Book
from rtsep.show.fade import Fade
from rtsep.show.look import Control


@dataclass(frozen=True)
class Waiting:
    """A scene that waits for its beat, since position `asked`."""

    number: int
    fade_s: float
    asked: int


@dataclass(frozen=True)
class Owed:
    """Changes of stems and parameters that are not on the desk, due when `separator` plays; empty: any that has them."""

    separator: str
    changes: dict[Control, DeskChange]


@dataclass(frozen=True)
class Moment:
    """Everything that a show knows besides the engine."""

    book: Book = field(default_factory=Book)
    kills: dict[str, bool] = field(default_factory=dict)
    """Stems that are held silent, and how muted they are without that."""
    fade: Fade | None = None
    waiting: Waiting | None = None
    owed: tuple[Owed, ...] = ()
    anchor: int = 0
    """Position of a beat."""
    taps: tuple[int, ...] = ()
    session: str = ""
    """Autosaved to; empty: none."""
    config: Any = None
    """Of the host, as JSON, for the session."""

    @property
    def idle(self) -> bool:
        """Whether changes of the desk mean just what they say: nothing fades, waits, is held or owed."""
        return not (self.fade or self.waiting or self.kills or self.owed)

    @property
    def coming(self) -> int:
        """The scene that fades in, or waits for its beat; 0: none."""
        coming = self.waiting or self.fade
        return coming.number if coming else 0

    def shown(self) -> ShowState:
        """For everybody to see."""
        book = self.book
        return ShowState(
            scenes=tuple(SceneInfo(n, scene.name, scene.fade_s) for n, scene in sorted(book.scenes.items())),
            scene=book.scene,
            coming=self.coming,
            set_list=book.set_list,
            place=book.place,
            bpm=book.bpm,
            quantise=book.quantise,
            safe=book.safe,
            kills=tuple(self.kills),
            session=self.session,
        )


def beneath(changes: Iterable[DeskChange], kills: dict[str, bool]) -> tuple[list[DeskChange], dict[str, bool]]:
    """What the desk is told, and the kills after that: mutes of stems that are held silent count once they are let go.

    >>> beneath([StemMute("a", True), StemMute("b", True)], {"a": False})
    ([StemMute(stem='b', mute=True)], {'a': True})
    """
    told: list[DeskChange] = []
    for change in changes:
        if isinstance(change, StemMute) and change.stem in kills:
            kills = kills | {change.stem: bool(change.mute)}
        else:
            told.append(change)
    return told, kills
