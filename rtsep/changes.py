"""Everything that may be asked of a running host: one small frozen dataclass for each thing that a performer can do.

Front ends make them, `EngineControl.apply` carries them out, listeners hear of them.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Literal

LatePolicy = Literal["dry", "mute-safe"]
Side = Literal["", "a", "b"]
"""Of the crossfader; empty: neither."""
QuickState = Literal["acapella", "instrumental", "drums_only", "all"]
SCENES = 64
"""Scenes are numbered from 1 to this."""


@dataclass(frozen=True)
class StemGain:
    """Fader of a stem, dB; -144 and below is silence."""

    stem: str
    gain_db: float


@dataclass(frozen=True)
class StemMute:
    """Mute of a stem."""

    stem: str
    mute: bool


@dataclass(frozen=True)
class StemSolo:
    """Solo of a stem; while any is soloed, the others are silent."""

    stem: str
    solo: bool


@dataclass(frozen=True)
class StemPan:
    """Balance of a stem, -1 (left) to 1 (right)."""

    stem: str
    pan: float


@dataclass(frozen=True)
class StemOutput:
    """First device channel (from 0) of the stem's own feed; -1 = only in the mix."""

    stem: str
    output: int


@dataclass(frozen=True)
class MixGain:
    """Master fader, dB."""

    gain_db: float


@dataclass(frozen=True)
class DryWet:
    """1 = stems, 0 = the delayed input."""

    dry_wet: float


@dataclass(frozen=True)
class Bypass:
    """The delayed input at master gain, whatever the strips say."""

    bypass: bool


@dataclass(frozen=True)
class Panic:
    """Fade everything to silence and hold it there."""

    panic: bool


@dataclass(frozen=True)
class Late:
    """What sounds when stems are late."""

    policy: LatePolicy


@dataclass(frozen=True)
class Knob:
    """One of the separator's parameters."""

    name: str
    value: float


@dataclass(frozen=True)
class Record:
    """Start recording mix and stems into `folder`, or stop with None."""

    folder: str | None
    format: Literal["wav", "flac"] = "wav"


def new_take() -> Record:
    """A take in a new folder, named by the time."""
    return Record(time.strftime("recording-%Y-%m-%d-%H-%M-%S"))


@dataclass(frozen=True)
class SwitchSeparator:
    """Play another separator, by the name it is registered under, as soon as it is ready; this one plays on until then.

    Strips keep their settings by the stems' names. The name of the one that plays calls off a switch under way.
    """

    separator: str


@dataclass(frozen=True)
class StemSide:
    """Which side of the crossfader a stem is on."""

    stem: str
    side: Side


@dataclass(frozen=True)
class Crossfade:
    """The crossfader, -1 (side a alone) to 1 (side b alone); at 0 both sound in full."""

    position: float


@dataclass(frozen=True)
class Quick:
    """A state of the strips' mutes by one press; solos end. `all`: nothing is muted."""

    state: QuickState


@dataclass(frozen=True)
class Kill:
    """A stem silent for as long as this is held; then as muted as it was before."""

    stem: str
    kill: bool


@dataclass(frozen=True)
class SceneStore:
    """Keep everything audible as scene `number`, in place of what was there; an empty name keeps the old one."""

    number: int
    name: str = ""


@dataclass(frozen=True)
class SceneRecall:
    """Go to a scene, over `fade_s` or, with None, its own fade time; on the beat if `Quantise` says so."""

    number: int
    fade_s: float | None = None


@dataclass(frozen=True)
class SceneClear:
    """Forget a scene."""

    number: int


@dataclass(frozen=True)
class SceneName:
    """Name a scene."""

    number: int
    name: str


@dataclass(frozen=True)
class SceneFade:
    """How long a scene takes to come when nothing else is said."""

    number: int
    fade_s: float


@dataclass(frozen=True)
class RecallSafe:
    """Whether scenes and quick states leave a stem alone."""

    stem: str
    safe: bool


@dataclass(frozen=True)
class Tempo:
    """Beats a minute; 0: none. A beat falls on the moment this is applied."""

    bpm: float


@dataclass(frozen=True)
class Tap:
    """One beat, now; two and more set the tempo."""


@dataclass(frozen=True)
class Quantise:
    """Scenes come at the next multiple of so many beats; 0: at once."""

    beats: int


@dataclass(frozen=True)
class SetList:
    """The order of scenes for `SetListStep`."""

    scenes: tuple[int, ...]


@dataclass(frozen=True)
class SetListGo:
    """Recall the scene at a place of the set list, from 1."""

    place: int


@dataclass(frozen=True)
class SessionSave:
    """Write everything of this show to a session of that name, and autosave there from now on."""

    name: str


@dataclass(frozen=True)
class SessionLoad:
    """Take over what a session says: desk, scenes, set list; the device stays."""

    name: str


@dataclass(frozen=True)
class SetListStep:
    """Recall the next scene of the set list (1) or the previous one (-1)."""

    step: Literal[-1, 1]


DeskChange = (
    StemGain
    | StemMute
    | StemSolo
    | StemPan
    | StemOutput
    | MixGain
    | DryWet
    | Bypass
    | Panic
    | Late
    | Knob
    | StemSide
    | Crossfade
)
"""What the mixing desk carries out: within one block."""
ShowChange = (
    Quick
    | Kill
    | SceneStore
    | SceneRecall
    | SceneClear
    | SceneName
    | SceneFade
    | RecallSafe
    | Tempo
    | Tap
    | Quantise
    | SetList
    | SetListGo
    | SetListStep
    | SessionSave
    | SessionLoad
)
"""What scenes, set list and quick states are made of: a `Show` turns them into changes of the desk."""
Change = DeskChange | ShowChange | Record | SwitchSeparator
