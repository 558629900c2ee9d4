"""Hosts for benchmarks: on JACK, and with threads in the audio process that fight for the interpreter."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

from rtsep.changes import LatePolicy
from rtsep.host.child import Child
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.engine import Engine
from rtsep.lab import rig


class HoggedEngine(Engine):
    """The engine, its audio process replaced by the same one with GIL hogs in it."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.supervisor.audio.child = Child("audio", "benchmarks.hogged_audio", self.block)


def jack_config(separator: str, policy: LatePolicy = "dry", **changes: Any) -> HostConfig:
    """A host on the running JACK server."""
    return HostConfig(separator=separator, device=DeviceConfig(host_api="JACK"), policy=policy, **changes)


@contextlib.contextmanager
def host(config: HostConfig, hogs: int = 0, on_event: Callable[[str], None] = lambda _: None) -> Iterator[Engine]:
    """An engine that plays; `hogs` threads burn inside its audio process."""
    os.environ["RTSEP_BENCH_HOGS"] = str(hogs)
    with rig.host(config, on_event, HoggedEngine if hogs else Engine) as engine:
        yield engine


def await_true(condition: Callable[[], bool], limit_s: float, step_s: float = 0.001) -> float:
    """Seconds until `condition` held; infinite if it did not within `limit_s`."""
    begin = time.monotonic()
    while not condition():
        if time.monotonic() - begin > limit_s:
            return float("inf")
        time.sleep(step_s)
    return time.monotonic() - begin
