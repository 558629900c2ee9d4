"""What PortAudio does not tell of a JACK server: its period, and true port latencies (its own leave one period out)."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

from rtsep.errors import DeviceError


@dataclass(frozen=True)
class JackFacts:
    """A server: rate in Hz, period in frames, latencies in frames as it computes them from the graph.

    `priority` is the SCHED_FIFO priority that its clients' callbacks run at, 0 if it is not in real time.
    """

    sample_rate: int
    block: int
    device_in: int
    device_out: int
    priority: int


def load_jack() -> Any:
    """The JACK-Client module. Raises DeviceError where libjack is missing."""
    try:
        import jack
    except OSError as error:
        raise DeviceError(f"JACK cannot be loaded ({error}); install jackd2, or choose another --host-api") from None
    return jack


def open_client(jack: Any, name: str) -> Any:
    """A client of the running server; close it. Raises DeviceError if there is no server."""
    try:
        return jack.Client(name, no_start_server=True)
    except jack.JackError as error:
        raise DeviceError(
            f"no JACK server answers ({error}); start one, e.g. 'jackd -d alsa', and check its name"
        ) from None


class _Range(ctypes.Structure):
    """jack_latency_range_t, frames."""

    _fields_ = (("min", ctypes.c_uint32), ("max", ctypes.c_uint32))


_CAPTURE, _PLAYBACK = 0, 1  # JackLatencyCallbackMode


def _latency(jack: Any, port: Any, mode: int) -> int:
    """Longest latency of a port, frames. JACK-Client does not wrap this function of libjack."""
    library = ctypes.CDLL(jack._libname)
    library.jack_port_get_latency_range.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_Range))
    found = _Range()
    library.jack_port_get_latency_range(int(jack._ffi.cast("uintptr_t", port._ptr)), mode, ctypes.byref(found))
    return int(found.max)


def _priority(jack: Any, client: Any) -> int:
    library = ctypes.CDLL(jack._libname)
    library.jack_client_real_time_priority.argtypes = (ctypes.c_void_p,)
    return max(0, library.jack_client_real_time_priority(int(jack._ffi.cast("uintptr_t", client._ptr))))


def jack_facts(input_name: str, output_name: str) -> JackFacts:
    """Facts about the running server and the clients that a stream will be connected to. Raises DeviceError."""
    jack = load_jack()
    client = open_client(jack, "rtsep-probe")
    try:
        captures = client.get_ports(f"^{re.escape(input_name)}:", is_audio=True, is_output=True)
        playbacks = client.get_ports(f"^{re.escape(output_name)}:", is_audio=True, is_input=True)
        return JackFacts(
            int(client.samplerate),
            int(client.blocksize),
            max((_latency(jack, port, _CAPTURE) for port in captures), default=0),
            max((_latency(jack, port, _PLAYBACK) for port in playbacks), default=0),
            _priority(jack, client) if client.realtime else 0,
        )
    finally:
        client.close()
