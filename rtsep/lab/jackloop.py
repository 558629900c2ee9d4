"""Measures through JACK, as a client of its own: the hardware's ports, or any that are named."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from rtsep.errors import ConfigError, DeviceError
from rtsep.host.devices.jackserver import JackFacts, jack_facts, load_jack, open_client
from rtsep.lab.takes import LoopConfig, LoopFacts, Request, Take

CLIENT = "rtsep-latency"


@contextlib.contextmanager
def telling_jack() -> Iterator[None]:
    """Turn what JACK-Client and a deck raise into DeviceError."""
    jack = load_jack()

    try:
        yield
    except jack.JackError as error:
        raise DeviceError(f"JACK refuses: {error}; 'jack_lsp' lists its ports") from None
    except RuntimeError as error:
        raise DeviceError(f"{error}; see 'rtsep doctor'") from None


def take_jack(config: LoopConfig, request: Request) -> Take:
    """Play and record through the running server. Raises DeviceError, ConfigError."""
    captures, playbacks = _hardware()
    cables = cables_of(config, captures, playbacks)
    facts = jack_facts(*_clients(cables))
    for label, asked, actual, option in (
        ("rate", config.device.sample_rate, facts.sample_rate, "-r"),
        ("block", config.device.block, facts.block, "-p"),
    ):
        if asked not in (None, actual):
            raise DeviceError(
                f"JACK runs with {label} {actual}, not {asked}; "
                f"leave --{label} out or restart it with jackd {option} {asked}"
            )
    pattern = request.pattern(facts.sample_rate)
    with telling_jack():
        recording, lost = _play(cables, pattern.sound)
    physical = {port.split(":")[0] for port in (*captures, *playbacks)}
    return Take(pattern, recording, _facts(cables, facts, lost, physical))


def _hardware() -> tuple[list[str], list[str]]:
    """The ports that belong to converters, by name: what can be heard, what can be played to."""
    jack = load_jack()
    client = open_client(jack, f"{CLIENT}-ports")
    try:
        # Names are read while the client is there: they are its memory.
        captures, playbacks = (
            [
                port.name
                for port in client.get_ports(is_audio=True, is_physical=True, is_output=heard, is_input=not heard)
            ]
            for heard in (True, False)
        )
    finally:
        client.close()
    return captures, playbacks


def _play(cables: Sequence[tuple[str, str]], sound: Any) -> tuple[Any, int]:
    from rtsep.lab.deck import Deck  # libjack need not be there for the other devices

    with Deck(CLIENT, sound[None, :], len(sound), ins=1) as deck:
        for source, target in cables:
            deck.connect(source, target)
        deck.arm()
        deck.wait(len(sound))
        return np.array(deck.captured()[0]), deck.skipped


def cables_of(config: LoopConfig, captures: Sequence[str], playbacks: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of whole port names; without --connect, the channels of the hardware's ports. Raises ConfigError, DeviceError.

    >>> cables_of(LoopConfig(connect=("out=in",)), [], [])
    [('rtsep-latency:out_0', 'rtsep-latency:in_0')]
    """
    if not config.connect:
        heard = _port(captures, config.device.input, config.input_channel, "input")
        played = _port(playbacks, config.device.output, config.output_channel, "output")
        return [(f"{CLIENT}:out_0", played), (heard, f"{CLIENT}:in_0")]
    own = {"out": f"{CLIENT}:out_0", "in": f"{CLIENT}:in_0"}
    cables = []
    for entry in config.connect:
        source, found, target = entry.partition("=")
        if not found or not source or not target:
            raise ConfigError(f"--connect {entry!r}: give SOURCE=TARGET, as out=system:playback_1, or out=in")
        cables.append((own.get(source, source), own.get(target, target)))
    return cables


def _port(ports: Sequence[str], device: str | None, channel: int, kind: str) -> str:
    """The port of a channel, counted from 0, of the client whose name has `device` in it; None: of the first client."""
    clients = dict.fromkeys(port.split(":")[0] for port in ports)
    fitting = [client for client in clients if device is None or device.lower() in client.lower()]
    mine = [port for port in ports if port.split(":")[0] in fitting[:1]]
    if channel >= len(mine):
        named = f"{kind} channel {channel + 1}" + (f" of {device!r}" if device else "")
        raise DeviceError(f"{named} asked for, JACK's hardware has: {', '.join(ports) or 'none'}; or use --connect")
    return mine[channel]


def _clients(cables: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Whom we hear and whom we play to, by their clients' names."""
    heard = [source.split(":")[0] for source, target in cables if target == f"{CLIENT}:in_0"]
    played = [target.split(":")[0] for source, target in cables if source == f"{CLIENT}:out_0"]
    return next(iter(heard), CLIENT), next(iter(played), CLIENT)


def _facts(cables: Sequence[tuple[str, str]], facts: JackFacts, lost: int, physical: set[str]) -> LoopFacts:
    """Only the hardware's clients declare latencies of their own: within the graph there is nothing to declare."""
    heard, played = _clients(cables)
    hardware = {heard, played} <= physical
    return LoopFacts(
        name=" -> ".join(dict.fromkeys((played, heard))),
        host_api="JACK",
        sample_rate=float(facts.sample_rate),
        block=facts.block,
        declared_in=facts.device_in if hardware else None,
        declared_out=facts.device_out if hardware else None,
        lost=int(lost > 0),
    )
