"""The book of a show: scenes, set list, tempo, what is safe. A value, and the changes that are allowed to it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from rtsep.changes import (
    SCENES,
    Quantise,
    RecallSafe,
    SceneClear,
    SceneFade,
    SceneName,
    SceneStore,
    SetList,
    ShowChange,
)
from rtsep.deskstate import known
from rtsep.errors import ConfigError
from rtsep.show.look import Look

LONGEST_FADE_S = 600.0
LONGEST_NAME = 100
MOST_PLACES = 1000
MOST_BEATS = 64


@dataclass(frozen=True)
class Scene:
    """A look with a name, and how long it takes to come."""

    name: str
    fade_s: float
    look: Look


@dataclass(frozen=True)
class Book:
    """Everything of a show that does not sound."""

    scenes: dict[int, Scene] = field(default_factory=dict)
    scene: int = 0
    """The one that was recalled last, 0: none."""
    set_list: tuple[int, ...] = ()
    place: int = 0
    """In the set list, from 1; 0: before its start."""
    safe: tuple[str, ...] = ()
    bpm: float = 0.0
    quantise: int = 0

    def find(self, number: int) -> Scene:
        """A scene. Raises ConfigError if nothing was stored there."""
        scene = self.scenes.get(checked_number(number))
        if scene is None:
            there = ", ".join(str(n) for n in sorted(self.scenes)) or "none"
            raise ConfigError(f"there is no scene {number}, only: {there}; store it first")
        return scene

    def at_place(self, place: int) -> Book:
        """The book at a place of the set list, 0: before its start. Raises ConfigError beyond its ends."""
        if not self.set_list:
            raise ConfigError("the set list is empty; write one, as the numbers of scenes")
        if not 0 <= place <= len(self.set_list):
            end = "ends" if place > 0 else "begins"
            raise ConfigError(
                f"the set list {end} here: place {place}, must be 0..{len(self.set_list)}; go to one of its places"
            )
        return replace(self, place=place)

    def step(self, step: int) -> Book:
        """The book one place on, or back; the first place is as far back as it goes. Raises ConfigError at the ends."""
        if step not in (-1, 1):
            raise ConfigError(f"a step in the set list is {step}, must be -1 or 1; go to a place by its number")
        if step < 0 and self.set_list and self.place <= 1:
            raise ConfigError(
                f"the set list begins here: there is nothing before place {self.place}; go on to the next"
            )
        return self.at_place(self.place + step)


def checked_number(number: int) -> int:
    """The number of a scene. Raises ConfigError."""
    if not 1 <= number <= SCENES:
        raise ConfigError(f"scene {number}: scenes are numbered from 1 to {SCENES}; choose one of these")
    return number


def checked_fade(fade_s: float) -> float:
    """A fade time. Raises ConfigError."""
    if not math.isfinite(fade_s) or not 0.0 <= fade_s <= LONGEST_FADE_S:
        raise ConfigError(f"a fade of {fade_s} s: must be 0..{LONGEST_FADE_S:g} s")
    return float(fade_s)


def _named(name: str) -> str:
    if not 1 <= len(name) <= LONGEST_NAME:
        raise ConfigError(
            f"a scene's name has {len(name)} characters, must have 1..{LONGEST_NAME}; clear a scene to lose it"
        )
    return name


def _with_set_list(book: Book, scenes: tuple[int, ...]) -> Book:
    """The place stays with its scene, as far as the new list has it."""
    if len(scenes) > MOST_PLACES:
        raise ConfigError(f"a set list of {len(scenes)} places: must have at most {MOST_PLACES}; make it shorter")
    for number in scenes:
        book.find(number)
    here = book.set_list[book.place - 1] if book.place else 0
    same = scenes[book.place - 1 : book.place] == (here,)
    place = book.place if same else scenes.index(here) + 1 if here in scenes else 0
    return replace(book, set_list=scenes, place=place)


def rewritten(book: Book, change: ShowChange, look: Look) -> Book:
    """The book after a change that is not heard; `look` is what is stored. Raises ConfigError if it is not allowed."""
    match change:
        case SceneStore(number=number, name=name):
            old = book.scenes.get(checked_number(number))
            kept = _named(name or (old.name if old else f"Scene {number}"))
            scene = Scene(kept, old.fade_s if old else 0.0, look)
            return replace(book, scenes=book.scenes | {number: scene})
        case SceneName(number=number, name=name):
            scene = replace(book.find(number), name=_named(name))
            return replace(book, scenes=book.scenes | {number: scene})
        case SceneFade(number=number, fade_s=fade_s):
            scene = replace(book.find(number), fade_s=checked_fade(fade_s))
            return replace(book, scenes=book.scenes | {number: scene})
        case SceneClear(number=number):
            book.find(number)
            if number in book.set_list:
                raise ConfigError(f"scene {number} is in the set list; take it out there first")
            scenes = {n: scene for n, scene in book.scenes.items() if n != number}
            return replace(book, scenes=scenes, scene=0 if book.scene == number else book.scene)
        case RecallSafe(stem=stem, safe=safe):
            known("stem", stem, (*look.desk.strips, *book.safe))
            others = tuple(s for s in book.safe if s != stem)
            return replace(book, safe=(*others, stem) if safe else others)
        case Quantise(beats=beats):
            if not 0 <= beats <= MOST_BEATS:
                raise ConfigError(f"quantise is {beats}, must be 0..{MOST_BEATS} beats; 0 is at once")
            return replace(book, quantise=int(beats))
        case SetList(scenes=scenes):
            return _with_set_list(book, tuple(scenes))
    raise ConfigError(f"the book of a show does not know {type(change).__name__}")
