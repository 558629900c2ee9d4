"""A running host to measure: the real engine and its real processes, ended whatever happens."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator

from rtsep.host.config import HostConfig
from rtsep.host.engine import Engine
from rtsep.lab.tally import Tally

SETTLE_S = 1.0
"""Left out at the beginning of a measurement."""


@contextlib.contextmanager
def host(
    config: HostConfig, on_event: Callable[[str], None] = lambda _: None, engine: type[Engine] = Engine
) -> Iterator[Engine]:
    """An engine that plays. Raises RtsepError."""
    running = engine.start(config, on_event)
    try:
        yield running
    finally:
        running.stop()


def measure(engine: Engine, seconds: float, pause: Callable[[float], None] = time.sleep) -> Tally:
    """Counts over `seconds`, after `SETTLE_S`."""
    pause(SETTLE_S)
    begin = Tally.of(engine.block)
    pause(seconds)
    return Tally.of(engine.block) - begin
