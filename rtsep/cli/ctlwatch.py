"""`rtsep ctl --watch`: one line for each value that changes."""

from __future__ import annotations

import sys
from contextlib import suppress
from queue import Empty, SimpleQueue

import msgspec

from rtsep.cli.ctlwords import printed, within
from rtsep.errors import ConfigError
from rtsep.osc.client import RemoteEngine
from rtsep.osc.messages import Value

LOOK_S = 0.25
"""Between looks at whether the host is still there."""


def watch(engine: RemoteEngine, path: str, meters_hz: float, json: str | None) -> None:
    """Print what changes at `path` and below until Ctrl-C; with `json`, a JSON object in each line of standard output.

    Where the host goes and comes back is said on standard error.
    """
    if json not in (None, "-"):
        raise ConfigError("--watch writes JSON to standard output alone; leave out the file after --json")
    changes: SimpleQueue[tuple[str, tuple[Value, ...]]] = SimpleQueue()
    engine.watch(lambda changed, values: changes.put((changed, values)), meters_hz)
    live = True
    print(f"rtsep: watching {path}", file=sys.stderr, flush=True)
    with suppress(KeyboardInterrupt):
        while True:
            with suppress(Empty):
                changed, values = changes.get(timeout=LOOK_S)
                if within(changed, path):
                    _print(changed, values, json)
            if engine.live != live:
                live = engine.live
                print("rtsep: the host is back" if live else "rtsep: the host is gone", file=sys.stderr, flush=True)


def _print(path: str, values: tuple[Value, ...], json: str | None) -> None:
    if json is None:
        print(path, printed(values), flush=True)
    else:
        print(msgspec.json.encode({"path": path, "values": values}).decode(), flush=True)
