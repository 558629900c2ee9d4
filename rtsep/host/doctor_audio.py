"""What `rtsep doctor` makes of PortAudio, JACK, the separators and the peculiarities of other systems."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from rtsep.errors import DeviceError, SeparatorError
from rtsep.host.devices.probe import audio_system
from rtsep.host.finding import Finding

JACK_API = "JACK Audio Connection Kit"
"""PortAudio's name for it. PortAudio lists it only while a server runs."""

PROBE_TIMEOUT_S = 10.0

JackServer = Literal["runs", "absent", "hangs", "unknown"]


@dataclass(frozen=True)
class PortAudioProbe:
    """What PortAudio says of itself: `devices` counts them per host API. `error` is empty if it could be asked."""

    version: str = ""
    devices: Mapping[str, int] | None = None
    error: str = ""


def probe_portaudio(timeout_s: float = PROBE_TIMEOUT_S) -> PortAudioProbe:
    """Ask PortAudio in a process of its own: beside a dead JACK server it hangs, and a bad driver may crash."""
    try:
        return PortAudioProbe(**audio_system(timeout_s))
    except DeviceError as error:
        return PortAudioProbe(error=str(error).partition(";")[0])


def ask_jack_server(timeout_s: float = 3.0) -> JackServer:
    """Whether a JACK server answers `jack_lsp`; "unknown" without that program."""
    program = shutil.which("jack_lsp")
    if program is None:
        return "unknown"
    try:
        done = subprocess.run([program], capture_output=True, timeout=timeout_s, env=_quiet_environment())
    except subprocess.TimeoutExpired:
        return "hangs"
    return "runs" if done.returncode == 0 else "absent"


def portaudio(probe: PortAudioProbe, platform: str) -> Finding:
    """Whether PortAudio loads, and what it can see."""
    if "library not found" in probe.error:
        remedy = "sudo apt-get install libportaudio2" if platform == "linux" else "reinstall sounddevice with pip"
        return Finding("portaudio", "fail", "library not found; only the file device works", remedy)
    if probe.error:
        remedy = "restart the JACK or PipeWire server, unplug and replug the interface, then try again"
        return Finding("portaudio", "fail", probe.error, remedy)
    devices = probe.devices or {}
    seen = ", ".join(f"{name} ({count})" for name, count in devices.items()) or "no host API"
    detail = f"{probe.version.split(',')[0]}; devices: {seen}"
    if not any(devices.values()):
        return Finding("portaudio", "warn", detail, "plug in an interface or start a JACK server (files work without)")
    return Finding("portaudio", "ok", detail)


def jack(probe: PortAudioProbe, server: JackServer, pipewire: bool) -> Finding:
    """Whether the way to the lowest latency on Linux is open."""
    if server == "hangs":
        return Finding("jack", "fail", "a server is there but does not answer", "stop jackd and start it again")
    if JACK_API in (probe.devices or {}):
        return Finding("jack", "ok", "server reachable through PortAudio")
    if server == "runs":
        remedy = "use the distribution's PortAudio (sudo apt-get install libportaudio2): it is built with JACK"
        return Finding("jack", "warn", "a server runs, but PortAudio does not reach it", remedy)
    if pipewire:
        remedy = "sudo apt-get install pipewire-jack, then start rtsep as: pw-jack -p 64 rtsep ..."
        return Finding("jack", "warn", "PipeWire runs, not seen as JACK", remedy)
    remedy = "list the interfaces with aplay -l, then: jackd -R -d alsa -d hw:NAME -r 48000 -p 64 -n 2"
    return Finding("jack", "warn", "no server runs: live audio only through ALSA, or from files", remedy)


def separators(names: Iterable[str], load: Callable[[str], object]) -> Finding:
    """Whether every registered separator can be created. `load` raises SeparatorError for one that cannot."""
    good: list[str] = []
    bad: list[str] = []
    for name in names:
        try:
            load(name)
        except SeparatorError as error:
            bad.append(str(error))
        else:
            good.append(name)
    if not good:
        detail = "; ".join(bad) or "none is registered"
        return Finding(
            "separators", "fail", detail, "install rtsep again: pip install --force-reinstall --no-deps rtsep"
        )
    if bad:
        remedy = "install what the separator's package asks for, or uninstall that package"
        return Finding("separators", "warn", "; ".join(bad), remedy)
    return Finding("separators", "ok", ", ".join(good))


def platform_notes(platform: str, probe: PortAudioProbe) -> list[Finding]:
    """Advice that holds on macOS or Windows as such; empty on Linux."""
    if platform == "darwin":
        detail = "CoreAudio allows blocks of 32 samples, and asks once whether this terminal may use the microphone"
        remedy = "System Settings > Privacy & Security > Microphone; one interface for input and output, no aggregate"
        return [Finding("coreaudio", "ok", detail, remedy)]
    if platform != "win32":
        return []
    shared = Finding(
        "wasapi", "ok", "shared mode adds 10 ms or more", "choose the interface's WASAPI entry in exclusive mode"
    )
    if (probe.devices or {}).get("ASIO"):
        return [shared, Finding("asio", "ok", "there is a driver: choose it with --host-api ASIO")]
    remedy = "install the interface maker's ASIO driver"
    return [shared, Finding("asio", "warn", "no driver, though it has the lowest latency on Windows", remedy)]


def _quiet_environment() -> dict[str, str]:
    # Without this the JACK library would start a server of its own, with whatever ~/.jackdrc says.
    return {**os.environ, "JACK_NO_START_SERVER": "1"}
