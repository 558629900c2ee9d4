"""Measures through PortAudio from a process of its own, `python -m rtsep.lab.portaudioloop`: it may hang, we may not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
from numpy.typing import NDArray

from rtsep.errors import DeviceError, RtsepError
from rtsep.host.devices.portaudio import PortAudioDevice
from rtsep.host.priority import go_realtime
from rtsep.lab.takes import LoopConfig, LoopFacts, Request, Take

STARTING_S = 60.0
"""For a fresh machine to compile the callback, beyond the length of the sound."""
STALL_S = 5.0
PRIORITY = 60
"""SCHED_FIFO, as the host's own audio process asks for."""


class _Answer(msgspec.Struct, frozen=True):
    facts: LoopFacts | None = None
    error: str = ""


def take_portaudio(config: LoopConfig, request: Request) -> Take:
    """Play and record through PortAudio. Raises DeviceError, ConfigError."""
    longest_s = STARTING_S + 2.0 * request.pattern(8000.0).frames / 8000.0
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "recording.npy"
        # -P: the user's folder may hold a queue.py of its own.
        command = [sys.executable, "-P", "-m", "rtsep.lab.portaudioloop"]
        words = [msgspec.json.encode(value).decode() for value in (config, request)]
        try:
            done = subprocess.run(
                [*command, *words, str(target)], capture_output=True, text=True, timeout=longest_s, check=False
            )
        except subprocess.TimeoutExpired:
            raise DeviceError(
                f"the audio system did not end within {longest_s:.0f} s; restart the sound server"
            ) from None
        try:
            answer = msgspec.json.decode(done.stdout.strip().split("\n")[-1], type=_Answer)
        except msgspec.DecodeError:
            lines = done.stderr.strip().splitlines() or [f"exit status {done.returncode}"]
            raise DeviceError(f"the audio system failed: {lines[-1]}; see what 'rtsep doctor' says") from None
        if answer.facts is None:
            raise DeviceError(answer.error)
        return Take(request.pattern(answer.facts.sample_rate), np.load(target), answer.facts)


def play(config: LoopConfig, request: Request) -> tuple[NDArray[np.float32], LoopFacts]:
    """Open the device, play the pattern, record. Raises DeviceError. The process's main thread."""
    from rtsep.lab.tape import Tape  # compiles: not in the process that only asks

    device = PortAudioDevice(config.device, 1)
    found = device.facts
    sound = request.pattern(found.sample_rate).sound
    tape = Tape(sound, found.input_channels, found.output_channels, config.input_channel, config.output_channel)
    _ = tape.function  # compiled before the device calls
    go_realtime("audio", priority=None if "JACK" in found.host_api else PRIORITY)
    device.start(cast("Any", tape))
    declared_in, declared_out = device.latency()
    try:
        _await(tape, len(sound), found.name)
    finally:
        # Closing may hang with a dead sound server; the process ends all the same.
        closing = threading.Thread(target=device.close, daemon=True)
        closing.start()
        closing.join(timeout=1.0)
    facts = LoopFacts(
        name=found.name.partition(": ")[2],
        host_api=found.host_api,
        sample_rate=found.sample_rate,
        block=found.block,
        declared_in=declared_in,
        declared_out=declared_out,
        lost=tape.lost,
    )
    return tape.recording, facts


def _await(tape: Any, frames: int, name: str) -> None:
    last, since = -1, time.monotonic()
    while (now := tape.position) < frames:
        if now != last:
            last, since = now, time.monotonic()
        if time.monotonic() - since > STALL_S:
            raise DeviceError(f"{name!r} stands still at frame {now}; plug it in again, or restart the sound server")
        time.sleep(0.01)


def main() -> None:
    """Write the recording, print the answer as one line of JSON."""
    config = msgspec.json.decode(sys.argv[1], type=LoopConfig)
    request = msgspec.json.decode(sys.argv[2], type=Request)
    try:
        recording, facts = play(config, request)
        np.save(sys.argv[3], recording)
        answer = _Answer(facts=facts)
    except RtsepError as error:
        answer = _Answer(error=str(error))
    print(msgspec.json.encode(answer).decode(), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main()
