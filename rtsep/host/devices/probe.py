"""Looks at devices from a process of its own: `python -m rtsep.host.devices.probe`.

PortAudio attaches to the JACK server when it is loaded and may hang when that server dies, so the control process
never loads it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from typing import Any

import msgspec

from rtsep.errors import DeviceError, RtsepError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.api import Device, DeviceFacts
from rtsep.shared.block import Block

TIMEOUT_S = 20.0


def open_device(config: DeviceConfig, channels: int, feeds: int, block: Block | None) -> Device:
    """The device that `config` describes, not yet started. Raises DeviceError, AudioFileError."""
    if config.kind == "portaudio":
        from rtsep.host.devices.portaudio import PortAudioDevice

        return PortAudioDevice(config, channels, feeds)
    from rtsep.host.devices.file import PacedDevice

    return PacedDevice(config, channels, block, feeds)


def device_facts(config: DeviceConfig, channels: int, feeds: int) -> DeviceFacts:
    """What a device will be like. Raises DeviceError, AudioFileError. Control process."""
    if config.kind != "portaudio":
        from rtsep.host.devices.file import PacedDevice

        return PacedDevice(config, channels, None, feeds).facts
    return DeviceFacts(**_ask("facts", msgspec.json.encode(config).decode(), str(channels), str(feeds)))


def all_devices() -> list[dict[str, Any]]:
    """What `rtsep devices` shows. Raises DeviceError."""
    return _ask("list")


def audio_system(timeout_s: float) -> dict[str, Any]:
    """PortAudio's `version`, and how many `devices` it sees in each host API. Raises DeviceError."""
    return _ask("system", timeout_s=timeout_s)


def _ask(*arguments: str, timeout_s: float = TIMEOUT_S) -> Any:
    # -P: the user's folder may hold a queue.py of its own.
    command = [sys.executable, "-P", "-m", "rtsep.host.devices.probe", *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired:
        raise DeviceError(
            f"the audio system did not answer within {timeout_s:.0f} s; restart the sound server"
        ) from None
    try:
        found = json.loads(answer.stdout.splitlines()[-1])
    except (IndexError, ValueError):
        lines = answer.stderr.strip().splitlines() or [f"exit status {answer.returncode}"]
        raise DeviceError(f"the audio system failed: {lines[-1]}; see what 'rtsep doctor' says") from None
    if "error" in found:
        raise DeviceError(found["error"])
    return found["answer"]


def main() -> None:
    """Print the answer as one line of JSON."""
    from rtsep.host.devices.portaudio import PortAudioDevice, audio_system, list_devices

    try:
        if sys.argv[1] == "list":
            answer: Any = list_devices()
        elif sys.argv[1] == "system":
            answer = audio_system()
        else:
            config = msgspec.json.decode(sys.argv[2], type=DeviceConfig)
            answer = asdict(PortAudioDevice(config, int(sys.argv[3]), int(sys.argv[4])).facts)
    except RtsepError as error:
        print(json.dumps({"error": str(error)}))
    else:
        print(json.dumps({"answer": answer}))


if __name__ == "__main__":
    main()
