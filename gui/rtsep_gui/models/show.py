"""The show page: a bank of scenes as pads, the set list, tempo, takes; and what each gesture asks for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import PurePath

from rtsep.changes import (
    SCENES,
    Change,
    Record,
    SceneClear,
    SceneFade,
    SceneName,
    SceneRecall,
    SceneStore,
    SetList,
)
from rtsep.control import EngineState

BANK = 16
BANKS = SCENES // BANK
QUANTISE = (0, 1, 2, 4, 8, 16)
"""Beats."""
MAX_FADE_S = 600.0


@dataclass(frozen=True)
class Pad:
    """One scene's place."""

    number: int
    name: str = ""
    fade_s: float = 0.0
    stored: bool = False
    current: bool = False
    coming: bool = False

    @property
    def title(self) -> str:
        """What it is called; a scene always has a name."""
        return self.name if self.stored else "empty"

    @property
    def detail(self) -> str:
        """The line below: where it is on its way, or how long it takes.

        >>> Pad(1, "intro", 2.0, True).detail, Pad(1, "intro", 0.0, True).detail, Pad(1).detail
        ('fades 2 s', 'at once', '')
        """
        if not self.stored:
            return ""
        if self.coming:
            return "coming"
        return f"fades {self.fade_s:g} s" if self.fade_s else "at once"


def pads(state: EngineState, bank: int) -> list[Pad]:
    """Those of bank `bank`, from 0."""
    show = state.show
    stored = {scene.number: scene for scene in show.scenes}
    first = bank * BANK + 1
    return [
        Pad(n, stored[n].name, stored[n].fade_s, True, n == show.scene, n == show.coming) if n in stored else Pad(n)
        for n in range(first, first + BANK)
    ]


def press(pad: Pad, storing: bool) -> Change | None:
    """What a pad asks for: its scene, or to be stored; an empty one nothing."""
    if storing:
        return SceneStore(pad.number)
    return SceneRecall(pad.number) if pad.stored else None


def overwrites(pad: Pad, storing: bool) -> bool:
    """Whether pressing it loses what is there, which is asked about first."""
    return storing and pad.stored


def clear(pad: Pad) -> SceneClear:
    """Forget it; to be asked about first."""
    return SceneClear(pad.number)


def renamed(pad: Pad, name: str) -> Change | None:
    """None where that would change nothing."""
    name = name.strip()
    return SceneName(pad.number, name) if name and name != pad.name else None


def refaded(pad: Pad, fade_s: float) -> SceneFade:
    """Another fade time, inside its range."""
    return SceneFade(pad.number, min(max(fade_s, 0.0), MAX_FADE_S))


@dataclass(frozen=True)
class Entry:
    """A line of the set list."""

    place: int
    number: int
    name: str
    current: bool


def entries(state: EngineState) -> list[Entry]:
    """The set list, places from 1."""
    names = {scene.number: scene.name for scene in state.show.scenes}
    return [
        Entry(place, number, names.get(number, f"scene {number} (empty)"), place == state.show.place)
        for place, number in enumerate(state.show.set_list, 1)
    ]


def appended(state: EngineState, number: int) -> SetList:
    """The set list with one more scene at its end."""
    return SetList((*state.show.set_list, number))


def removed(state: EngineState, place: int) -> SetList:
    """Without the entry at a place, from 1."""
    return SetList(tuple(n for index, n in enumerate(state.show.set_list, 1) if index != place))


def moved(state: EngineState, place: int, step: int) -> SetList | None:
    """With the entry at a place (from 1) one further up or down; None at the ends."""
    order = list(state.show.set_list)
    target = place + step
    if not (1 <= place <= len(order) and 1 <= target <= len(order)):
        return None
    order[place - 1], order[target - 1] = order[target - 1], order[place - 1]
    return SetList(tuple(order))


def take(folder: str, kind: str) -> Record:
    """A take in a new folder below `folder`, named by the time."""
    name = time.strftime("recording-%Y-%m-%d-%H-%M-%S")
    return Record(str(PurePath(folder) / name) if folder else name, "flac" if kind == "flac" else "wav")
