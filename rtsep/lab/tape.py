"""A compiled duplex callback that plays one channel and records one, on one clock: sample i was captured as i was played.

Python in a callback at 32 frames would lose some, and a measurement that loses frames measures itself.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numba import carray, cfunc  # pyright: ignore[reportPrivateImportUsage]
from numpy.typing import NDArray

from rtsep.realtime.atomics import float32_at
from rtsep.realtime.callback import SIGNATURE

STATE = np.dtype(
    [
        ("sound", "u8"),
        ("tape", "u8"),
        ("frames", "i8"),
        ("position", "i8"),
        ("input_channels", "i8"),
        ("output_channels", "i8"),
        ("input_channel", "i8"),
        ("output_channel", "i8"),
        ("lost", "i8"),
    ],
    align=True,
)
_SILENCE = np.float32(0.0)


def _call(source: Any, target: Any, frames: int, _time: Any, flags: int, userdata: Any) -> int:
    """PaStreamCallback; compiled below. PortAudio's flags: 1, 2 input under- and overflow, 4, 8 output."""
    state: Any = carray(userdata, (1,), STATE)[0]
    count, at = np.int64(frames), state.position
    heard, played = float32_at(source), float32_at(target)
    sound, tape = float32_at(state.sound), float32_at(state.tape)
    if at > 0 and flags & 15 != 0:
        state.lost += 1
    for i in range(count):
        for channel in range(state.output_channels):
            played[i * state.output_channels + channel] = _SILENCE
        if at + i < state.frames:
            played[i * state.output_channels + state.output_channel] = sound[at + i]
            tape[at + i] = heard[i * state.input_channels + state.input_channel]
    state.position = at + count
    return 0


@functools.cache
def _compiled() -> Any:
    return cfunc(SIGNATURE, error_model="numpy")(_call)


class Tape:
    """What a PortAudio stream calls: `function` with `userdata`. Keep it alive as long as a stream may call."""

    def __init__(
        self,
        sound: NDArray[np.float32],
        input_channels: int,
        output_channels: int,
        input_channel: int,
        output_channel: int,
    ) -> None:
        """`sound` is (T,); channels are counted from 0."""
        self._sound = np.ascontiguousarray(sound, dtype=np.float32)
        self.recording = np.zeros_like(self._sound)
        self._state = np.zeros(1, dtype=STATE)
        self._state["sound"], self._state["tape"] = self._sound.ctypes.data, self.recording.ctypes.data
        self._state["frames"] = len(sound)
        self._state["input_channels"], self._state["output_channels"] = input_channels, output_channels
        self._state["input_channel"], self._state["output_channel"] = input_channel, output_channel

    @property
    def function(self) -> int:
        """Address of the C callback."""
        return _compiled().address

    @property
    def userdata(self) -> int:
        """Address of the state."""
        return self._state.ctypes.data

    @property
    def position(self) -> int:
        """Frames so far."""
        return int(self._state["position"][0])

    @property
    def lost(self) -> int:
        """Callbacks before which the device says to have lost frames."""
        return int(self._state["lost"][0])
