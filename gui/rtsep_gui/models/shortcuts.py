"""Every key, in one table: what it asks of the host. Where the terminal view has a key for it too, it is the same one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from rtsep.changes import (
    Bypass,
    Change,
    Crossfade,
    DryWet,
    Kill,
    MixGain,
    Panic,
    Quick,
    RecallSafe,
    SceneRecall,
    SetListStep,
    Side,
    StemGain,
    StemMute,
    StemPan,
    StemSide,
    StemSolo,
    Tap,
)
from rtsep.control import EngineState, Strip
from rtsep_gui.models.faders import CROSSFADE, DRY_WET, FINE, GAIN, PAN, Way
from rtsep_gui.models.strips import QUICK, record

Changes = tuple[Change, ...]
Do = Literal["", "choose", "help", "full screen", "leave", "own"]
"""What a key does to the window alone; own: the window has such a key by itself, and the help tells of it."""
STRIP_KEYS = tuple("123456789")
SOLO_KEYS = tuple("asdfghjkl")
SCENE_KEYS = tuple(f"Shift+F{number}" for number in range(1, 10))
"""Shift+F10 is the menu key of many keyboards."""
NEXT_SIDE: dict[Side, Side] = {"": "a", "a": "b", "b": ""}


@dataclass(frozen=True)
class Pressed:
    """A key, as a row sees it."""

    state: EngineState
    chosen: int
    """The strip that arrows play, from 0."""
    which: int
    """The key's place among those of its row."""

    @property
    def strip(self) -> Strip:
        """The chosen one."""
        return self.state.strips[min(max(self.chosen, 0), len(self.state.strips) - 1)]

    @property
    def sign(self) -> int:
        """Of a pair of keys, more and less."""
        return 1 if self.which == 0 else -1


@dataclass(frozen=True)
class Shortcut:
    """A row: keys as Qt writes them, in which group of the help they stand, what they do."""

    keys: tuple[str, ...]
    group: str
    about: str
    changes: Callable[[Pressed], Changes] = lambda pressed: ()
    let_go: Callable[[Pressed], Changes] | None = None
    """What the end of the press asks for, where holding means something."""
    repeats: bool = False
    do: Do = ""

    @property
    def shown(self) -> str:
        """Its keys, in few words.

        >>> Shortcut(("Ctrl+1", "Ctrl+2", "Ctrl+3"), "", "").shown, Shortcut(("Shift+Up", "Shift+Down"), "", "").shown
        ('Ctrl+1 – 3', 'Shift+Up / Down')
        >>> Shortcut(("W", "Shift+W"), "", "").shown
        'W / Shift+W'
        """
        first, last = self.keys[0], self.keys[-1]
        if len(self.keys) == 1:
            return first
        held, plus, _ = first.rpartition("+")
        return f"{first} {'–' if len(self.keys) > 2 else '/'} {last.removeprefix(held + plus)}"


def _of_strip(make: Callable[[Strip, EngineState], Change]) -> Callable[[Pressed], Changes]:
    """Of the strip with the key's number; nothing if there is none."""

    def changes(pressed: Pressed) -> Changes:
        strips = pressed.state.strips
        return (make(strips[pressed.which], pressed.state),) if pressed.which < len(strips) else ()

    return changes


def _of_chosen(make: Callable[[Pressed, Strip], Change]) -> Callable[[Pressed], Changes]:
    return lambda pressed: (make(pressed, pressed.strip),)


def _step(way: Way, make: Callable[[float], Any], read: Callable[[Pressed], float], size: float = 1.0) -> Any:
    """A key and its opposite, one step along a way."""
    return lambda pressed: (make(way.stepped(read(pressed), size * pressed.sign)),)


def _chosen_gain(size: float) -> Callable[[Pressed], Changes]:
    return _of_chosen(lambda key, strip: StemGain(strip.stem, GAIN.stepped(strip.gain_db, size * key.sign)))


def _all_on(pressed: Pressed) -> Changes:
    return tuple(c for s in pressed.state.strips for c in (StemMute(s.stem, False), StemSolo(s.stem, False)))


def _scene(pressed: Pressed) -> Changes:
    number = pressed.which + 1
    return (SceneRecall(number),) if any(s.number == number for s in pressed.state.show.scenes) else ()


STRIPS, MASTER, SHOW, WINDOW = "Strips", "Master", "Show", "Window"
SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(STRIP_KEYS, STRIPS, "mute", _of_strip(lambda strip, _: StemMute(strip.stem, not strip.mute))),
    Shortcut(SOLO_KEYS, STRIPS, "solo", _of_strip(lambda strip, _: StemSolo(strip.stem, not strip.solo))),
    Shortcut(
        tuple(f"Ctrl+{key}" for key in STRIP_KEYS),
        STRIPS,
        "silent while held",
        _of_strip(lambda strip, _: Kill(strip.stem, True)),
        _of_strip(lambda strip, _: Kill(strip.stem, False)),
    ),
    Shortcut(("0",), STRIPS, "all on", _all_on),
    Shortcut(("Right", "Left"), STRIPS, "choose a strip", do="choose", repeats=True),
    Shortcut(("Up", "Down"), STRIPS, "its fader, 1 dB", _chosen_gain(1.0), repeats=True),
    Shortcut(("Shift+Up", "Shift+Down"), STRIPS, "its fader, 0.1 dB", _chosen_gain(FINE), repeats=True),
    Shortcut(("Home",), STRIPS, "its fader to 0 dB", _of_chosen(lambda _, strip: StemGain(strip.stem, 0.0))),
    Shortcut(
        ("Shift+Right", "Shift+Left"),
        STRIPS,
        "its pan",
        _of_chosen(lambda key, strip: StemPan(strip.stem, PAN.stepped(strip.pan, key.sign))),
        repeats=True,
    ),
    Shortcut(("C",), STRIPS, "its pan to the centre", _of_chosen(lambda _, strip: StemPan(strip.stem, 0.0))),
    Shortcut(
        ("E",), STRIPS, "its crossfader side", _of_chosen(lambda _, strip: StemSide(strip.stem, NEXT_SIDE[strip.side]))
    ),
    Shortcut(
        ("I",),
        STRIPS,
        "safe from scenes",
        _of_chosen(lambda key, strip: RecallSafe(strip.stem, strip.stem not in key.state.show.safe)),
    ),
    Shortcut(("P",), MASTER, "panic: everything silent", lambda key: (Panic(not key.state.panic),)),
    Shortcut(("B",), MASTER, "bypass", lambda key: (Bypass(not key.state.bypass),)),
    Shortcut(("R",), MASTER, "record", lambda key: (record(key.state),)),
    Shortcut(
        ("Ctrl+Up", "Ctrl+Down"),
        MASTER,
        "master fader, 1 dB",
        _step(GAIN, MixGain, lambda key: key.state.mix_gain_db),
        repeats=True,
    ),
    Shortcut(
        ("W", "Shift+W"), MASTER, "wetter / drier", _step(DRY_WET, DryWet, lambda key: key.state.dry_wet), repeats=True
    ),
    Shortcut(
        ("Ctrl+Right", "Ctrl+Left"),
        MASTER,
        "crossfader to B / to A",
        _step(CROSSFADE, Crossfade, lambda key: key.state.crossfade),
        repeats=True,
    ),
    Shortcut(("X",), MASTER, "crossfader to the middle", lambda key: (Crossfade(0.0),)),
    Shortcut(
        ("F5", "F6", "F7", "F8"),
        MASTER,
        ", ".join(text.lower() for text, _ in QUICK),
        lambda key: (Quick(QUICK[key.which][1]),),
    ),
    Shortcut(
        ("PgDown", "PgUp"), SHOW, "set list: next, previous", lambda key: (SetListStep(1 if key.which == 0 else -1),)
    ),
    Shortcut(SCENE_KEYS, SHOW, "scene 1 – 9", _scene),
    Shortcut(("T",), SHOW, "tap the tempo", lambda key: (Tap(),)),
    Shortcut(tuple(f"Alt+{number}" for number in range(1, 10)), WINDOW, "page", do="own"),
    Shortcut(("Ctrl+T",), WINDOW, "the other theme", do="own"),
    Shortcut(("F11",), WINDOW, "full screen", do="full screen"),
    Shortcut(("Esc",), WINDOW, "close help, leave full screen", do="leave"),
    Shortcut(("F1", "?"), WINDOW, "this help", do="help"),
)


def groups(table: tuple[Shortcut, ...] = SHORTCUTS) -> dict[str, list[Shortcut]]:
    """The table as the help shows it."""
    return {name: [row for row in table if row.group == name] for name in dict.fromkeys(row.group for row in table)}
