"""A peer's audio stream in a process of its own: `python -m benchmarks.peer_streams KIND HOGS`, on the running JACK server.

Stereo in, stereo out, times `GAINS[KIND]`. Prints the name of its JACK client once it streams; on a line of input the hogs
begin; when its input ends, so does it.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import numpy as np

from benchmarks.hogs import Hogs

GAINS = {"sounddevice": 0.5, "JACK-Client": 0.5, "rtmixer": 1.0}
"""rtmixer's callback mixes and records, and knows no gain."""
AHEAD = 2
"""rtmixer's ring buffer: blocks that it is ahead, the least with which it does not run dry."""
NAME = "PortAudio"


def _jack_device(sounddevice: Any) -> int:
    return next(api["default_output_device"] for api in sounddevice.query_hostapis() if "JACK" in api["name"])


@contextmanager
def python_callback() -> Iterator[str]:
    """sounddevice: PortAudio calls a Python function."""
    sounddevice = importlib.import_module("sounddevice")
    gain = np.float32(GAINS["sounddevice"])

    def callback(source: Any, target: Any, frames: int, times: Any, status: Any) -> None:
        np.multiply(source, gain, out=target)

    device = _jack_device(sounddevice)
    with sounddevice.Stream(device=(device, device), channels=2, dtype="float32", callback=callback):
        yield NAME


@contextmanager
def jack_callback() -> Iterator[str]:
    """JACK-Client: JACK calls a Python function, without PortAudio between."""
    jack = importlib.import_module("jack")
    client, gain = jack.Client("bench-peer", no_start_server=True), np.float32(GAINS["JACK-Client"])
    pairs = [(client.inports.register(f"in_{index}"), client.outports.register(f"out_{index}")) for index in range(2)]

    def callback(frames: int) -> None:
        for source, target in pairs:
            np.multiply(source.get_array(), gain, out=target.get_array())

    client.set_process_callback(callback)
    with client:
        yield client.name


@contextmanager
def compiled_mixer() -> Iterator[str]:
    """rtmixer: a callback in C that records into a ring buffer and plays from it."""
    sounddevice, rtmixer = importlib.import_module("sounddevice"), importlib.import_module("rtmixer")
    device = _jack_device(sounddevice)
    with rtmixer.MixerAndRecorder(device=(device, device), channels=2) as mixer:
        ring = rtmixer.RingBuffer(2 * 4, 1 << 14)
        mixer.record_ringbuffer(ring)
        block = 0
        while ring.read_available < AHEAD * max(block, 1):
            block = block or ring.read_available
            time.sleep(0.0002)
        mixer.play_ringbuffer(ring)
        yield NAME
        if len(mixer.actions) < 2:
            raise RuntimeError("rtmixer's ring buffer ran dry")


STREAMS: dict[str, Callable[[], Any]] = {
    "sounddevice": python_callback,
    "JACK-Client": jack_callback,
    "rtmixer": compiled_mixer,
}


def main() -> None:
    """Stream until told to end."""
    kind, hogs = sys.argv[1], int(sys.argv[2])
    with ExitStack() as stack:
        print(stack.enter_context(STREAMS[kind]()), flush=True)
        sys.stdin.readline()
        stack.enter_context(Hogs(hogs))
        sys.stdin.read()


if __name__ == "__main__":
    main()
