"""PortAudio: devices by name and host API, driving the compiled callback.

sounddevice's `_StreamBase` takes a C function pointer and userdata; that is what it documents itself for.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.devices.jackserver import JackFacts, jack_facts
from rtsep.host.devices.selection import choose

if TYPE_CHECKING:  # numba takes half a second to import; looking for a device needs none of it
    from rtsep.realtime.driver import Driver

MAX_OUTPUTS = 16
"""Outputs opened beyond those that were asked for, so that stems can be routed to them while playing."""

JACK_CLIENT = b"rtsep"


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """ALSA and JACK print to stderr while they look for devices that are not there."""
    null, kept = os.open(os.devnull, os.O_WRONLY), os.dup(2)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(null)


def load_sounddevice(asio: bool = False) -> Any:
    """The sounddevice module; on Windows, with `asio`, its PortAudio that knows ASIO, if none is loaded yet.

    Raises DeviceError where PortAudio is missing.
    """
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    if asio and sys.platform == "win32":
        os.environ["SD_ENABLE_ASIO"] = "1"
    try:
        with _quiet():
            import sounddevice
    except OSError as error:
        raise DeviceError(
            f"PortAudio cannot be loaded ({error}); install it, e.g. 'apt install libportaudio2'"
        ) from None
    return sounddevice


def name_jack_client(sounddevice: Any) -> None:
    """Appear as 'rtsep' in JACK's graph instead of 'PortAudio'. Before any stream is open."""
    library = ctypes.CDLL(sounddevice._libname)
    if hasattr(library, "PaJack_SetClientName"):
        library.PaJack_SetClientName(JACK_CLIENT)
        with _quiet():
            sounddevice._terminate()
            sounddevice._initialize()


class PortAudioDevice:
    """A duplex stream on the devices that the configuration names."""

    def __init__(self, config: DeviceConfig, channels: int, feeds: int = 0) -> None:
        """Find the devices and check that they take rate and channels; `feeds` outputs are wanted besides the mix's.

        Raises DeviceError.
        """
        self._config = config
        self._sd = load_sounddevice(asio="asio" in (config.host_api or "").lower())
        self._stream: Any = None
        self._jack: JackFacts | None = None
        name_jack_client(self._sd)
        self._choice = choose(config, list(self._sd.query_hostapis()), list(self._sd.query_devices()))
        self.facts = self._examine(channels, feeds)

    def _examine(self, channels: int, feeds: int) -> DeviceFacts:
        source, sink = self._choice.input, self._choice.output
        name = source["name"] if source["name"] == sink["name"] else f"{source['name']} -> {sink['name']}"
        rate, block = self._config.sample_rate, self._config.block
        if self._choice.is_jack:
            self._jack = server = jack_facts(source["name"], sink["name"])
            for label, asked, actual, option in (
                ("rate", rate, server.sample_rate, "-r"),
                ("block", block, server.block, "-p"),
            ):
                if asked not in (None, actual):
                    raise DeviceError(
                        f"JACK runs with {label} {actual}, not {asked}; "
                        f"leave --{label} out or restart it with jackd {option} {asked}"
                    )
            rate, block = server.sample_rate, server.block
        rate, block = rate or int(sink["default_samplerate"]), block or self._config.usual_block
        wide_in = max(self._config.input_channels, default=min(channels, source["max_input_channels"]))
        wide_in = max(wide_in, self._config.least_inputs)
        # A narrower device takes the sum: the channel map folds.
        wide_out = max(max(self._config.output_channels, default=min(channels, sink["max_output_channels"])), feeds)
        for kind, wanted, there in (
            ("input", wide_in, source["max_input_channels"]),
            ("output", wide_out, sink["max_output_channels"]),
        ):
            if wanted > there:
                raise DeviceError(
                    f"{kind} channel {wanted} asked for, {name!r} has {there}; choose channels 1..{there}"
                )
        wide_out = max(wide_out, min(sink["max_output_channels"], MAX_OUTPUTS))
        try:
            self._sd.check_input_settings(source["index"], wide_in, "float32", self._extra(), rate)
            self._sd.check_output_settings(sink["index"], wide_out, "float32", self._extra(), rate)
        except self._sd.PortAudioError as error:
            raise DeviceError(
                f"{name!r} refuses {rate} Hz with {wide_in} inputs and {wide_out} outputs ({error.args[0]}); "
                f"try --rate {int(sink['default_samplerate'])} or other channels"
            ) from None
        priority = self._jack.priority if self._jack else 0
        api = self._choice.host_api
        return DeviceFacts(
            f"{api}: {name}", float(rate), block, wide_in, wide_out, priority, api, source["name"], sink["name"]
        )

    def _extra(self) -> Any:
        if self._config.exclusive and sys.platform == "win32":
            return self._sd.WasapiSettings(exclusive=True)
        return None

    def start(self, driver: Driver) -> None:
        """Open the stream and let PortAudio call. Raises DeviceError."""
        ffi, facts = self._sd._ffi, self.facts
        try:
            with _quiet():
                self._stream = self._sd._StreamBase(
                    "duplex",
                    samplerate=facts.sample_rate,
                    blocksize=0 if self._choice.is_jack else facts.block,
                    device=(self._choice.input["index"], self._choice.output["index"]),
                    channels=(facts.input_channels, facts.output_channels),
                    dtype="float32",
                    latency="low",
                    extra_settings=self._extra(),
                    callback=ffi.cast("PaStreamCallback*", driver.function),
                    dither_off=True,
                    userdata=ffi.cast("void*", driver.userdata),
                )
                self._stream.start()
        except self._sd.PortAudioError as error:
            raise DeviceError(f"{facts.name!r} does not start: {error.args[0]}; is another program using it?") from None

    def latency(self) -> tuple[int, int]:
        """Frames: JACK's own, elsewhere what PortAudio reports."""
        if self._jack:
            return self._jack.device_in, self._jack.device_out
        return tuple(round(part * self.facts.sample_rate) for part in self._stream.latency)  # type: ignore[return-value]

    @property
    def finished(self) -> bool:
        """Hardware never ends by itself."""
        return False

    @property
    def failure(self) -> str:
        """PortAudio reports nothing of the kind."""
        return ""

    def close(self) -> None:
        """Stop and close. Hangs for ever if the JACK server has died (PortAudio 19.6): then the process is killed."""
        if self._stream is not None:
            self._stream.close()


def list_devices() -> list[dict[str, Any]]:
    """Every device: host API, name, channels, rate, latencies in ms, whether it is a default."""
    sounddevice = load_sounddevice(asio=True)
    apis = sounddevice.query_hostapis()
    return [
        {
            "host_api": apis[device["hostapi"]]["name"],
            "name": device["name"],
            "inputs": device["max_input_channels"],
            "outputs": device["max_output_channels"],
            "sample_rate": device["default_samplerate"],
            "input_latency_ms": round(1000 * device["default_low_input_latency"], 2),
            "output_latency_ms": round(1000 * device["default_low_output_latency"], 2),
            "default": device["index"]
            in (apis[device["hostapi"]]["default_input_device"], apis[device["hostapi"]]["default_output_device"]),
        }
        for device in sounddevice.query_devices()
    ]


def audio_system() -> dict[str, Any]:
    """PortAudio's `version`, and how many `devices` it sees in each host API."""
    sounddevice = load_sounddevice(asio=True)
    apis = sounddevice.query_hostapis()
    return {
        "version": sounddevice.get_portaudio_version()[1],
        "devices": {api["name"]: len(api["devices"]) for api in apis},
    }
