"""Writes everything the audio and separator processes need to know into a fresh block. Control process."""

from __future__ import annotations

import numpy as np

from rtsep.errors import ConfigError, SeparatorError
from rtsep.host import config as configuration
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.latency import adaptation, automatic_slack, checked_slack
from rtsep.host.loopmeter import MARKER_FRAMES, marker
from rtsep.shared.block import Block, create
from rtsep.shared.fields import CONFIG_BYTES
from rtsep.shared.layout import power_of_two
from rtsep.spec import MAX_CHANNELS, LatencyBudget, SeparatorSpec
from rtsep.units import ms_to_frames

SETTLE_S = 1.0
"""How long a new separator must keep time before it is heard; a recurrent network has found its feet by then."""
LEAST_RING_FRAMES = 1 << 16
"""Of the input and stem rings: 1.4 s at 48 kHz; more for separators of long delay. A quarter may be latency."""


def ring_frames(spec: SeparatorSpec, facts: DeviceFacts) -> int:
    """Frames that the rings must hold, a power of two; resamplers' lookahead included."""
    ratio = max(1.0, facts.sample_rate / min(spec.sample_rates))
    latency = ratio * (spec.delay + 2 * spec.hop + 4096) + 4 * facts.block
    return power_of_two(max(LEAST_RING_FRAMES, 4 * round(latency)))


def make_block(config: HostConfig, spec: SeparatorSpec, facts: DeviceFacts, name: str | None = None) -> Block:
    """A block for this separator and device; what depends on the prepared separator follows by `set_latency`.

    Raises ConfigError, BlockError.
    """
    rate = facts.sample_rate
    tape = power_of_two(int(config.tape_s * rate))
    raw = configuration.encode(config)
    if len(raw) >= CONFIG_BYTES:
        raise ConfigError(f"the configuration takes {len(raw)} bytes, {CONFIG_BYTES} is the limit; shorten it")
    inputs = _channel_map(config.device.input_channels, spec.channels, facts.input_channels, "input")
    outputs = _channel_map(config.device.output_channels, spec.channels, facts.output_channels, "output")
    stems = max(config.most_stems, len(spec.stems))
    marked = config.device.marked
    if marked:
        check_marker(config.device, spec.channels)
    block = create(spec.channels, stems, ring_frames(spec, facts), tape, name, MARKER_FRAMES if marked else 0)
    if marked:
        prepare_marker(block, config.device)
    block.set("config", np.frombuffer(raw.ljust(CONFIG_BYTES, b"\0"), dtype=np.uint8))
    block.set("events_on", int(config.trace))
    block.set("sample_rate", rate)
    block.set("block", facts.block)
    block.set("device_priority", facts.priority)
    block.set("fade_frames", ms_to_frames(config.fade_ms, rate))
    block.set("rearm_frames", ms_to_frames(config.rearm_ms, rate))
    block.set("settle_frames", ms_to_frames(1000.0 * SETTLE_S, rate))
    block.set("switch_frames", ms_to_frames(config.switch_ms, rate))
    occupy(block, config.separator, spec, config.ramp_ms)
    block.set("input_map", inputs)
    block.set("output_map", outputs)
    shares = [1.0 / np.count_nonzero(outputs[: spec.channels] == output) for output in outputs[: spec.channels]]
    block.set("output_share", np.array(shares + [0.0] * (MAX_CHANNELS - spec.channels), dtype=np.float32))
    return block


def check_marker(device: DeviceConfig, channels: int) -> None:
    """Raise ConfigError if the latency marker's input is one of the separator's."""
    if device.marker_input in (device.input_channels or range(1, channels + 1)):
        raise ConfigError(
            f"marker_input {device.marker_input} feeds the separator, and would be heard in the mix; "
            "bring the cable to another input, or choose input_channels"
        )


def prepare_marker(block: Block, device: DeviceConfig) -> None:
    """One period of the latency marker, and the channels of its way."""
    assert device.marker_output is not None
    assert device.marker_input is not None
    block.ring("marker_offset", 1, MARKER_FRAMES)[0] = marker(device.marker_db)
    block.set("marker_output", device.marker_output - 1)
    block.set("marker_input", device.marker_input - 1)


def occupy(seat: Block, separator: str, spec: SeparatorSpec, ramp_ms: float) -> None:
    """Give a free seat to a separator, registered as `separator`. It is not in use before `release`. Control process."""
    seat.set_text("separator", separator)
    seat.set("stems", len(spec.stems))
    seat.set("exact_sum", int(spec.exact_sum))
    seat.set("ramp_frames", ms_to_frames(ramp_ms, seat.get("sample_rate")))
    seat.set("load", seat.get("load") + 1)


def vacate(seat: Block) -> None:
    """Free a seat that is not heard. Control process."""
    seat.set("hop", 0)


def set_latency(block: Block, slack: int | None) -> None:
    """Fix the lags from what the prepared separator reported. Raises ConfigError, SeparatorError."""
    frames, hop, rate = int(block.get("block")), int(block.get("adapted_hop")), float(block.get("sample_rate"))
    limit = int(block.get("ring_frames")) // 4
    granted = (
        automatic_slack(frames, hop, rate, block.get("measured_hop_ns") / 1e9)
        if slack is None
        else checked_slack(slack, frames, int(block.get("ring_frames")))
    )
    lag = adaptation(frames, hop) + granted
    delay = int(block.get("adapted_delay"))
    if lag + delay > limit:
        raise SeparatorError(
            f"the separator needs {lag + delay} frames of latency, {limit} is the limit: it is too slow for "
            "real time on this machine, or its hop and delay are too long for the rings of this host; "
            "start a host with it, or choose another"
        )
    block.set("stem_lag", lag)
    block.set("dry_lag", lag + delay)


def release(block: Block) -> None:
    """Publish the hop, which audio and separator wait for: from now on the block is in use."""
    block.set("hop", block.get("adapted_hop"))


def budget(block: Block) -> LatencyBudget:
    """The latency sum of a running block, every component in frames at the device's rate."""
    wait = adaptation(int(block.get("block")), max(1, int(block.get("hop"))))
    return LatencyBudget(
        device_in=int(block.get("device_in")),
        adaptation=wait,
        resampling=int(block.get("resampling_delay")),
        separator=int(block.get("adapted_delay")) - int(block.get("resampling_delay")),
        slack=int(block.get("stem_lag")) - wait,
        device_out=int(block.get("device_out")),
    )


def _channel_map(wanted: tuple[int, ...], channels: int, there: int, kind: str) -> np.ndarray:
    """Device channels (from 0) of each of the separator's channels, padded to MAX_CHANNELS."""
    if wanted and len(wanted) != channels:
        raise ConfigError(f"{len(wanted)} {kind} channels given, the separator has {channels}; name {channels}")
    # A mono input feeds every channel; a mono output takes their mean.
    chosen = [channel - 1 for channel in wanted] or [min(c, there - 1) for c in range(channels)]
    if max(chosen) >= there:
        raise ConfigError(f"{kind} channel {max(chosen) + 1} asked for, the device has {there}; choose 1..{there}")
    return np.array(chosen + [0] * (MAX_CHANNELS - channels), dtype=np.int64)
