"""The host's configuration: the TOML file, the command line and the shared block all say it with these structs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from rtsep.changes import LatePolicy
from rtsep.errors import ConfigError
from rtsep.separators.registry import registered
from rtsep.spec import MAX_STEMS
from rtsep.surfaces import MidiConfig, OscConfig

Channel = Annotated[int, msgspec.Meta(ge=1, le=256)]
"""Device channels are counted from 1, as on the interface's front panel."""


PREFERRED_SEPARATORS = ("stage", "classic")
"""What plays when none is named: the first of these that is installed."""


def default_separator() -> str:
    """The separator of a host that was not told one."""
    there = registered()
    return next((name for name in PREFERRED_SEPARATORS if name in there), PREFERRED_SEPARATORS[-1])


class DeviceConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where audio comes from and goes to."""

    kind: Literal["portaudio", "file", "null"] = "portaudio"
    host_api: str | None = None
    """JACK, ALSA, Core Audio, Windows WASAPI, ASIO ...; None: JACK if a server runs, else the system's default."""
    input: str | None = None
    """Device name, or a part of it that is unique; None: the host API's default."""
    output: str | None = None
    sample_rate: Annotated[int, msgspec.Meta(ge=8000, le=384000)] | None = None
    """Hz; None: the device's or file's own."""
    block: Annotated[int, msgspec.Meta(ge=8, le=8192)] | None = None
    """Frames in a callback; None: the device's own, else the usual one."""
    usual_block: Annotated[int, msgspec.Meta(ge=8, le=8192)] = 128
    """Where neither `block` nor the device says it, as JACK does: what suits this machine."""
    exclusive: bool = False
    """WASAPI exclusive mode."""
    input_channels: tuple[Channel, ...] = ()
    """Device channels that feed the separator, left then right; empty: the first ones."""
    output_channels: tuple[Channel, ...] = ()
    """Device channels that the mix goes to; empty: the first ones."""
    marker_output: Channel | None = None
    """Device channel that a latency marker is added to while everything plays; with `marker_input`, else there is none."""
    marker_input: Channel | None = None
    """Device channel that a cable brings it back to; not one that feeds the separator."""
    marker_db: Annotated[float, msgspec.Meta(ge=-100.0, le=-30.0)] = -66.0
    """RMS level of the marker, dBFS."""
    path: str | None = None
    """File device: what to play."""
    write: str | None = None
    """File device: where the device's output goes, if anywhere."""
    paced: bool = True
    """File device: in real time, or as fast as the separator allows."""
    loop: bool = False
    """File device: start over at the end."""
    channels: Annotated[int, msgspec.Meta(ge=1, le=64)] = 2
    """Null and file device: output channels."""

    @property
    def marked(self) -> bool:
        """Whether there is a latency marker."""
        return self.marker_output is not None and self.marker_input is not None

    @property
    def least_inputs(self) -> int:
        """Input channels that the configuration names."""
        return max(*self.input_channels, self.marker_input or 0, 0)


class StripConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One stem's controls at the start."""

    gain_db: Annotated[float, msgspec.Meta(le=12.0)] = 0.0
    mute: bool = False
    solo: bool = False
    pan: Annotated[float, msgspec.Meta(ge=-1.0, le=1.0)] = 0.0
    output: Channel | None = None
    """First device channel of the stem's own feed."""


class HostConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything `rtsep run` can be told."""

    separator: str = msgspec.field(default_factory=default_separator)
    parameters: dict[str, float] = {}
    device: DeviceConfig = DeviceConfig()
    stems: dict[str, StripConfig] = {}
    mix_gain_db: Annotated[float, msgspec.Meta(le=12.0)] = 0.0
    dry_wet: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 1.0
    policy: LatePolicy = "dry"
    slack: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """Frames granted for a hop's compute; None: from the separator's measured p99.9."""
    fade_ms: Annotated[float, msgspec.Meta(ge=5.0, le=10.0)] = 8.0
    """Crossfade between stems and fallback."""
    ramp_ms: Annotated[float, msgspec.Meta(ge=1.0, le=1000.0)] = 10.0
    """Gain changes."""
    switch_ms: Annotated[float, msgspec.Meta(ge=5.0, le=200.0)] = 30.0
    """Crossfade from one separator to another."""
    most_stems: Annotated[int, msgspec.Meta(ge=1, le=MAX_STEMS)] = 4
    """Room for separators that are switched to; the first one has room in any case."""
    rearm_ms: Annotated[float, msgspec.Meta(ge=50.0, le=60000.0)] = 500.0
    """Time on schedule that releases the latch."""
    tape_s: Annotated[float, msgspec.Meta(ge=1.0, le=120.0)] = 10.0
    """How long the recorder's disk may stall."""
    trace: bool = True
    """Note timing events, for `rtsep trace`."""
    realtime: bool = True
    """Ask for real-time scheduling and locked memory."""
    record: str | None = None
    """Folder to record mix and stems into, from the first frame."""
    record_format: Literal["wav", "flac"] = "wav"
    osc: OscConfig = OscConfig()
    midi: MidiConfig = MidiConfig()


def read_config(path: Path) -> HostConfig:
    """The configuration in a TOML file. Raises ConfigError naming the file and the offending key."""
    return _read(path)[0]


def read_keys(path: Path) -> dict[str, Any]:
    """What a TOML file says of the configuration, and no more. Raises ConfigError as `read_config` does."""
    return _read(path)[1]


def _read(path: Path) -> tuple[HostConfig, dict[str, Any]]:
    try:
        raw = path.read_bytes()
        return msgspec.toml.decode(raw, type=HostConfig), msgspec.toml.decode(raw)
    except OSError as error:
        raise ConfigError(f"configuration {path} cannot be read: {error.strerror}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"configuration {path}: {error}") from None


def encode(config: HostConfig) -> bytes:
    """For the shared block."""
    return msgspec.json.encode(config)


def decode(raw: bytes) -> HostConfig:
    """From the shared block."""
    return msgspec.json.decode(raw.split(b"\0", 1)[0], type=HostConfig)


def feed_width(config: HostConfig, channels: int) -> int:
    """Device outputs that the stems' own feeds and a latency marker need."""
    feeds = [strip.output + channels - 1 for strip in config.stems.values() if strip.output]
    return max([*feeds, config.device.marker_output or 0])


def resolved(config: HostConfig, host_api: str, source: str, sink: str) -> HostConfig:
    """`config` with the very devices that were found: after a loss the host waits for these and takes no others."""
    if not host_api:
        return config
    device = msgspec.structs.replace(config.device, host_api=host_api, input=source, output=sink)
    return msgspec.structs.replace(config, device=device)
