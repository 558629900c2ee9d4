"""JACK clients with compiled process callbacks, so that the measuring side is as punctual as what it measures.

A `Deck` plays an array and records its inputs on one clock of its own: sample i of the recording was captured in the
very frame in which sample i was played. With `copy` its inputs go straight to its outputs: the shortest path there is.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import re
import time
from collections.abc import Callable
from typing import Any, cast

import numpy as np
from numba import carray, cfunc, types  # pyright: ignore[reportPrivateImportUsage]
from numpy.typing import NDArray

from rtsep.realtime.atomics import float32_at, pointer_at

jack: Any = importlib.import_module("jack")  # its private parts are used, which type checkers cannot see
MAX_PORTS = 8
CONNECT_S = 3.0
STATE = np.dtype(
    [
        ("client", "u8"),
        ("ins", "i8"),
        ("outs", "i8"),
        ("in_ports", "u8", (MAX_PORTS,)),
        ("out_ports", "u8", (MAX_PORTS,)),
        ("play", "u8"),
        ("play_frames", "i8"),
        ("loop", "i8"),
        ("record", "u8"),
        ("record_frames", "i8"),
        ("copy", "i8"),
        ("armed", "i8"),
        ("position", "i8"),
        ("expected_time", "i8"),
        ("skipped", "i8"),
    ],
    align=True,
)
_SILENCE = np.float32(0.0)
_library = ctypes.CDLL(jack._libname)
_buffer = _library.jack_port_get_buffer
_buffer.argtypes, _buffer.restype = (ctypes.c_void_p, ctypes.c_uint32), ctypes.c_void_p
_frame_time = _library.jack_last_frame_time
_frame_time.argtypes, _frame_time.restype = (ctypes.c_void_p,), ctypes.c_uint32


def _process(frames: int, argument: Any) -> int:
    """JackProcessCallback; compiled below."""
    state: Any = carray(argument, (1,), STATE)[0]
    count = np.int64(frames)
    now = np.int64(_frame_time(pointer_at(state.client)))
    if state.armed != 0 and state.expected_time != 0:
        state.skipped += abs(now - state.expected_time)
    state.expected_time = now + count
    at = state.position
    sound, tape = float32_at(state.play), float32_at(state.record)
    # First recorded, then played: a port that is connected to our own may be the very same memory.
    for port in range(state.ins if state.armed != 0 else 0):
        source = float32_at(_buffer(pointer_at(state.in_ports[port]), frames))
        for i in range(min(count, state.record_frames - at)):
            tape[port * state.record_frames + at + i] = source[i]
    for port in range(state.outs):
        target = float32_at(_buffer(pointer_at(state.out_ports[port]), frames))
        if state.copy != 0:
            source = float32_at(_buffer(pointer_at(state.in_ports[port]), frames))
            for i in range(count):
                target[i] = source[i]
            continue
        for i in range(count):
            index = (at + i) % state.play_frames if state.loop != 0 else at + i
            there = state.armed != 0 and index < state.play_frames
            target[i] = sound[port * state.play_frames + index] if there else _SILENCE
    if state.armed != 0:
        state.position = at + count
    return 0


@functools.cache
def _compiled() -> Any:
    """Not kept on disk: it holds addresses of libjack in this process."""
    return cfunc(types.int32(types.uint32, types.voidptr), error_model="numpy")(_process)


class Deck:
    """Plays `sound` (C, T), with `loop` for ever; records `ins` channels of `frames` samples; `copy` only copies."""

    def __init__(
        self,
        name: str,
        sound: NDArray[np.float32],
        frames: int = 0,
        ins: int = 2,
        loop: bool = False,
        copy: bool = False,
    ) -> None:
        self.name = name
        self.sound = np.ascontiguousarray(sound, dtype=np.float32)
        self.recording = np.zeros((ins, max(frames, 1)), dtype=np.float32)
        self._client = jack.Client(name, use_exact_name=True, no_start_server=True)
        self._state = np.zeros(1, dtype=STATE)
        ports = (self._client.inports, self._client.outports)
        for kind, registered, count in zip(("in", "out"), ports, (ins, len(self.sound)), strict=True):
            for index in range(count):
                port = registered.register(f"{kind}_{index}")
                self._state[f"{kind}_ports"][0, index] = int(jack._ffi.cast("uintptr_t", port._ptr))
        values = {
            "client": int(jack._ffi.cast("uintptr_t", self._client._ptr)),
            "ins": ins,
            "outs": len(self.sound),
            "play": self.sound.ctypes.data,
            "play_frames": self.sound.shape[1],
            "loop": int(loop),
            "record": self.recording.ctypes.data,
            "record_frames": self.recording.shape[1],
            "copy": int(copy),
        }
        for field, value in values.items():
            self._state[field] = value
        jack._lib.jack_set_process_callback(
            self._client._ptr,
            jack._ffi.cast("JackProcessCallback", _compiled().address),
            jack._ffi.cast("void*", self._state.ctypes.data),
        )
        self._client.activate()

    def __enter__(self) -> Deck:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.deactivate()
        self._client.close()

    def connect(self, source: str, target: str) -> None:
        """One cable; having it already is fine. A client's ports show before it is active: until then, try again."""
        end = time.monotonic() + CONNECT_S
        while target not in {
            port.name for port in self._client.get_all_connections(self._client.get_port_by_name(source))
        }:
            try:
                self._client.connect(source, target)
            except jack.JackErrorCode:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    def isolate(self, client: str) -> None:
        """Pull every cable of another client."""
        for port in self.ports(client):
            for other in self._client.get_all_connections(self._client.get_port_by_name(port)):
                pair = (port, other.name) if self._is_output(port) else (other.name, port)
                self._client.disconnect(*pair)

    def _is_output(self, port: str) -> bool:
        return self._client.get_port_by_name(port).is_output

    def ports(self, client: str) -> list[str]:
        """Names of a client's audio ports."""
        return [port.name for port in self._client.get_ports(f"^{re.escape(client)}:", is_audio=True)]

    def ports_of_all(self) -> list[str]:
        """Names of every client's audio ports."""
        return [port.name for port in self._client.get_ports(is_audio=True)]

    def wire(self, client: str = "rtsep") -> None:
        """Into that client and back, nothing else: deck -> client -> deck."""
        self.isolate(client)
        # Outputs first: one cable after the other, no half-connected sound is heard.
        for index in range(len(self.recording)):
            self.connect(f"{client}:out_{index}", f"{self.name}:in_{index}")
        for index in range(len(self.sound)):
            self.connect(f"{self.name}:out_{index}", f"{client}:in_{index}")

    def arm(self) -> None:
        """Play and record from the next period on."""
        self._state["armed"] = 1

    @property
    def position(self) -> int:
        """Frames since `arm`."""
        return int(self._state["position"][0])

    @property
    def skipped(self) -> int:
        """Frames by which JACK's own clock jumped between periods since `arm`."""
        return int(self._state["skipped"][0])

    def wait(self, position: int, also: Callable[[], object] = lambda: None) -> None:
        """Until the deck has come to `position`; calls `also` while waiting. Raises RuntimeError if it stands still."""
        last, since = -1, time.monotonic()
        while (now := self.position) < position:
            if now != last:
                last, since = now, time.monotonic()
            if time.monotonic() - since > 5.0:
                raise RuntimeError(f"deck {self.name!r} stands still at frame {now}: is the JACK server alive?")
            also()
            time.sleep(0.005)

    def captured(self) -> NDArray[np.float32]:
        """What has been recorded so far, (ins, T)."""
        return cast("NDArray[np.float32]", self.recording[:, : min(self.position, self.recording.shape[1])])
