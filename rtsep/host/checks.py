"""What a running host cannot do, said before it is begun. Each raises ConfigError and changes nothing."""

from __future__ import annotations

from rtsep.changes import StemOutput
from rtsep.control import short_name
from rtsep.errors import ConfigError
from rtsep.shared.block import Block
from rtsep.spec import SeparatorSpec


def check_output(block: Block, spec: SeparatorSpec, change: StemOutput) -> None:
    """A stem's own feed must lie within the device's outputs."""
    outputs = int(block.get("device_outputs"))
    if change.output >= 0 and change.output + spec.channels > outputs:
        raise ConfigError(
            f"output {change.output + 1} for stem {change.stem!r}: the device has {outputs} channels; "
            f"choose 1..{outputs - spec.channels + 1}"
        )


def check_take(spec: SeparatorSpec, separator: str, following: SeparatorSpec) -> None:
    """A take goes on through a switch if the stems are the same."""
    if following.stems != spec.stems:
        raise ConfigError(
            f"a take holds the stems {', '.join(spec.stems)}, and {separator!r} has {', '.join(following.stems)}; "
            "record before or after the switch"
        )


def check_room(block: Block, separator: str, spec: SeparatorSpec) -> None:
    """A separator that is to be switched to must fit into the block."""
    channels, room = int(block.get("channels")), int(block.get("most_stems"))
    if spec.channels != channels:
        raise ConfigError(
            f"{separator!r} separates {spec.channels} channels, this host {channels}; start a host with {separator!r}"
        )
    if len(spec.stems) > room:
        raise ConfigError(
            f"{separator!r} has {len(spec.stems)} stems, this host has room for {room}; "
            f"start the host with --set most_stems={len(spec.stems)}"
        )


def check_pace(seat: Block) -> None:
    """A separator that has been measured must take less for a hop than a hop lasts."""
    hop_ms, mean_ms = 1e3 * seat.get("adapted_hop") / seat.get("sample_rate"), seat.get("measured_mean_ns") / 1e6
    if mean_ms >= hop_ms:
        raise ConfigError(
            f"{short_name(seat.text('separator'))!r} does not keep up: {mean_ms:.2f} ms of compute for a hop of {hop_ms:.2f} ms; "
            "choose a lighter separator (files may take their time: 'rtsep separate')"
        )
