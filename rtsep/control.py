"""What a front end may ask of the engine: one protocol for OSC, MIDI, the command line and the window.

The host's engine, a remote client and a test's fake implement it. Everything here is a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from rtsep.spec import LatencyBudget, SeparatorSpec

LatePolicy = Literal["dry", "mute-safe"]


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


@dataclass(frozen=True)
class SwitchSeparator:
    """Play another separator, by the name it is registered under, as soon as it is ready; this one plays on until then.

    Strips keep their settings by the stems' names. The name of the one that plays calls off a switch under way.
    """

    separator: str


Change = (
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
    | Record
    | SwitchSeparator
)


@dataclass(frozen=True)
class Strip:
    """One stem's controls."""

    stem: str
    gain_db: float = 0.0
    mute: bool = False
    solo: bool = False
    pan: float = 0.0
    output: int = -1


@dataclass(frozen=True)
class Level:
    """A meter, in dBFS, the louder channel of each; clips counts samples beyond full scale."""

    peak_db: float
    hold_db: float
    rms_db: float
    clips: int


@dataclass(frozen=True)
class Counters:
    """Everything that can go wrong, counted since the host began."""

    callbacks: int
    xruns: int
    missed_positions: int
    late_hops: int
    late_events: int
    fallback_frames: int
    latches: int
    skipped_hops: int
    nonfinite_hops: int
    input_nonfinite: int
    separator_faults: int
    separator_restarts: int
    audio_restarts: int
    clips: int


@dataclass(frozen=True)
class Load:
    """Compute against its deadline. Times in microseconds; shares are of one hop, or of one block."""

    hop_us_p50: float
    hop_us_p999: float
    hop_us_max: float
    hop_share_p50: float
    callback_us_p50: float
    callback_us_p999: float
    wake_us_p50: float
    wake_us_p99: float


@dataclass(frozen=True)
class EngineState:
    """One snapshot of the engine."""

    name: str
    separator: SeparatorSpec
    separator_name: str
    """What the separator is registered by."""
    runtime: str
    """What it computes with, in its own words; empty if it says nothing."""
    next_separator: str
    """The one that gets ready to take its place, or empty."""
    knobs: tuple[float, ...]
    strips: tuple[Strip, ...]
    mix_gain_db: float
    dry_wet: float
    bypass: bool
    panic: bool
    policy: LatePolicy
    device: str
    sample_rate: float
    block: int
    position: int
    budget: LatencyBudget
    audio: str
    separator_status: str
    latched: bool
    recording: str
    levels: tuple[Level, ...]
    mix_level: Level
    input_level: Level
    counters: Counters
    load: Load


class Subscription(Protocol):
    """Ends a subscription."""

    def cancel(self) -> None:
        """No more calls from now on."""
        ...


class EngineControl(Protocol):
    """The engine, as seen from any front end. Thread-safe."""

    def state(self) -> EngineState:
        """A snapshot."""
        ...

    def apply(self, *changes: Change) -> None:
        """Carry out changes, all heard at the same block. Raises ConfigError and changes nothing if one is invalid."""
        ...

    def subscribe(self, listener: Callable[[Change], None]) -> Subscription:
        """Call `listener` with every change applied from now on, on the thread that applied it."""
        ...
