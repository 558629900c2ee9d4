"""What a front end may ask of the engine: one protocol for OSC, MIDI, the command line and the window.

The host's engine, a remote client and a test's fake implement it. Everything here is a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rtsep.changes import Change, LatePolicy, Side
from rtsep.spec import LatencyBudget, SeparatorSpec


@dataclass(frozen=True)
class Strip:
    """One stem's controls."""

    stem: str
    gain_db: float = 0.0
    mute: bool = False
    solo: bool = False
    pan: float = 0.0
    output: int = -1
    side: Side = ""


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
class MeasuredLoop:
    """The way from the device's output back to its input, measured while playing: frames, and how sure that is."""

    frames: float
    sure_db: float


@dataclass(frozen=True)
class SceneInfo:
    """What a list of scenes shows of one."""

    number: int
    name: str
    fade_s: float


@dataclass(frozen=True)
class ShowState:
    """Scenes, set list, tempo: what a `Show` adds to the engine."""

    scenes: tuple[SceneInfo, ...] = ()
    scene: int = 0
    """The one that was recalled last, 0: none."""
    coming: int = 0
    """The one that fades in, or waits for its beat; 0: none."""
    set_list: tuple[int, ...] = ()
    place: int = 0
    """In the set list, from 1; 0: before its start."""
    bpm: float = 0.0
    quantise: int = 0
    safe: tuple[str, ...] = ()
    """Stems that scenes and quick states leave alone."""
    kills: tuple[str, ...] = ()
    """Stems that are held silent."""
    session: str = ""
    """Name of the session that is autosaved to."""


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
    crossfade: float
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
    show: ShowState = ShowState()
    loop: MeasuredLoop | None = None
    """None: no latency marker plays, or it does not come back."""

    @property
    def measured_latency(self) -> float | None:
        """From the input jack to the output jack as measured, frames: the device's part, and what the host adds."""
        return self.loop.frames + self.budget.host if self.loop else None


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


def short_name(name: str) -> str:
    """What people are shown: of a path the last part.

    >>> short_name("/home/me/models/rave.ts:forward"), short_name("classic")
    ('rave.ts:forward', 'classic')
    """
    return name.replace("\\", "/").rpartition("/")[2]
