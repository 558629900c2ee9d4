"""A control process to be killed, or timed: `python -m benchmarks.stage SEPARATOR POLICY MUTED [DEVICE]`.

Starts a host, prints "NAME SECONDS" once audio flows, the seconds since this interpreter came to this module, and then
waits until it is killed or its standard input ends.
"""

from __future__ import annotations

import time

BEGAN = time.monotonic()

import sys  # noqa: E402

from rtsep.host.config import DeviceConfig, HostConfig, StripConfig  # noqa: E402
from rtsep.host.engine import Engine  # noqa: E402


def main() -> None:
    """Run it."""
    separator, policy, muted = sys.argv[1:4]
    kind = sys.argv[4] if len(sys.argv) > 4 else "portaudio"
    device = DeviceConfig(kind=kind, host_api="JACK" if kind == "portaudio" else None)  # type: ignore[arg-type]
    strips = {muted: StripConfig(mute=True)} if muted != "-" else {}
    engine = Engine.start(HostConfig(separator=separator, device=device, policy=policy, stems=strips))  # type: ignore[arg-type]
    while not engine.block.get("callbacks"):
        time.sleep(0.001)
    print(engine.block.name, time.monotonic() - BEGAN, flush=True)
    sys.stdin.read()
    engine.stop()


if __name__ == "__main__":
    main()
