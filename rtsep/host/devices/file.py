"""The file device and the null device: a thread that calls the callback in real time, or as fast as the stems come.

Disk and sound files stay off that thread: one thread reads ahead, one writes behind. What goes wrong with a file while
it plays is no reason to end the sound at once: it is told in `PacedDevice.failure`. A device that is opened in the middle
of a show, because the audio process before it was lost, goes on in the file where the clock stands.
"""

from __future__ import annotations

import contextlib
import os
import queue
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from rtsep.errors import AudioFileError, DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.api import DeviceFacts
from rtsep.shared.block import Block
from rtsep.shared.fields import SEATS

if TYPE_CHECKING:  # numba takes half a second to import; looking for a device needs none of it
    from rtsep.realtime.driver import Driver

DEFAULT_RATE = 48000
CHUNK_S = 0.25
READ_AHEAD = 16
WRITE_BEHIND = 240
"""Chunks, a minute of them, that a slow disk may be late."""
CLOSEST = 0.9
"""Paced: no two callbacks closer than this share of a period, or the separator would lose its time."""
STALL_S = 2.0
"""Flat out: how long to wait for a separator before going on without its stems."""

FILE_ERRORS = (soundfile.LibsndfileError, OSError, AssertionError)
"""What soundfile raises on a broken file or a full disk: it asserts that everything was written."""

Frames = NDArray[np.float32]


class PacedDevice:
    """Plays `source` chunks of interleaved input through the callback; a file's, or endless silence."""

    def __init__(self, config: DeviceConfig, channels: int, block: Block | None, feeds: int = 0) -> None:
        """Open the files. `block` is where to look for finished stems. Raises AudioFileError, DeviceError."""
        if config.kind == "file" and not config.path:
            raise DeviceError("the file device has nothing to play; name a file, as --device file:PATH")
        self._config = config
        self._block = block
        self._frames = config.block or config.usual_block
        self._file = open_sound(config.path) if config.kind == "file" and config.path else None
        if self._file is not None and self._file.frames == 0:
            raise AudioFileError(f"{config.path} holds no sound; choose another file")
        rate = self._file.samplerate if self._file else config.sample_rate or DEFAULT_RATE
        if config.sample_rate not in (None, rate):
            raise DeviceError(f"{config.path} is at {rate} Hz, not {config.sample_rate}; leave --rate out")
        inputs = max(config.input_channels, default=channels)
        inputs = self._file.channels if self._file else max(inputs, config.least_inputs)
        if config.least_inputs > inputs:
            raise DeviceError(f"input channel {config.least_inputs} asked for, {config.path} has {inputs}")
        outputs = max(config.channels, channels, feeds, *config.output_channels)
        name = f"file: {Path(config.path).name}" if self._file and config.path else "null"
        self.facts = DeviceFacts(name, float(rate), self._frames, inputs, outputs)
        self._chunks: queue.Queue[Frames | None] = queue.Queue(READ_AHEAD)
        self._written: queue.Queue[Frames | None] = queue.Queue(WRITE_BEHIND)
        self._stop = threading.Event()
        self._done = threading.Event()
        self._threads: list[threading.Thread] = []
        self._seats = tuple(block.at(seat) for seat in range(SEATS)) if block else ()
        self._begin = 0
        self._failure = ""

    def start(self, driver: Driver) -> None:
        """Begin to call, at the block's position. Raises AudioFileError if the output cannot be written."""
        self._begin = int(self._block.get("position")) if self._block else 0
        sink = self._open_sink()
        self._threads = [
            threading.Thread(target=self._read, name="file reader", daemon=True),
            threading.Thread(target=self._play, args=(driver, sink is not None), name="file player", daemon=True),
        ]
        if sink is not None:
            self._threads.append(threading.Thread(target=self._write, args=(sink,), name="file writer", daemon=True))
        for thread in self._threads:
            thread.start()

    def _open_sink(self) -> soundfile.SoundFile | None:
        """The output file, if one is wanted: a new one, or in the middle of a show the one there is, at its place."""
        path, rate, outputs = self._config.write, int(self.facts.sample_rate), self.facts.output_channels
        if not path:
            return None
        try:
            if self._begin == 0 or not Path(path).exists():
                return soundfile.SoundFile(path, "w", rate, outputs, "FLOAT", format="WAV")
            sink = soundfile.SoundFile(path, "r+")
            sink.seek(min(self._begin, sink.frames))
            # What the process before this one had played but not written yet is lost; silence keeps the time.
            sink.write(np.zeros((self._begin - sink.tell(), sink.channels), dtype=np.float32))
            return sink
        except FILE_ERRORS as error:
            reason = f"{path} cannot be written: {error}; check the folder"
        if self._begin == 0:
            raise AudioFileError(reason)
        self._fail(reason)
        return None

    def latency(self) -> tuple[int, int]:
        """A file has no converters."""
        return 0, 0

    @property
    def finished(self) -> bool:
        """Whether the file and the tail behind it are through."""
        return self._done.is_set()

    @property
    def failure(self) -> str:
        """Why a file could not be read or written to its end; empty while all is well. Any thread."""
        return self._failure

    def _fail(self, reason: str) -> None:
        """Remember what went wrong first."""
        self._failure = self._failure or reason

    def close(self) -> None:
        """Stop calling and finish the output file."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=10.0)

    def _read(self) -> None:
        """Reader thread: chunks of whole blocks, then silence as long as the host's latency, then None."""
        leave_realtime()
        size = max(1, round(CHUNK_S * self.facts.sample_rate / self._frames)) * self._frames
        data = np.zeros((0, self.facts.input_channels), dtype=np.float32)
        try:
            if self._file is not None and self._begin:
                frames = self._file.frames
                self._file.seek(self._begin % frames if self._config.loop else min(self._begin, frames))
            while not self._stop.is_set():
                data = self._next(size)
                if len(data) < size:
                    break
                self._put(data)
                data = data[:0]
        except FILE_ERRORS as error:
            self._fail(f"{self._config.path} cannot be read any further: {error}; repair the file or choose another")
        self._put(self._last(data))
        self._put(None)

    def _next(self, size: int) -> Frames:
        """The next `size` frames; fewer where the file ends, unless it loops."""
        if self._file is None:
            return np.zeros((size, self.facts.input_channels), dtype=np.float32)
        parts: list[Any] = [self._file.read(size, dtype="float32", always_2d=True)]
        missing = size - len(parts[0])
        while self._config.loop and missing:
            self._file.seek(0)
            parts.append(self._file.read(missing, dtype="float32", always_2d=True))
            if not len(parts[-1]):
                raise OSError("no sound at its start any more")
            missing -= len(parts[-1])
        return np.ascontiguousarray(np.concatenate(parts))

    def _last(self, data: Frames) -> Frames:
        """The end of the file, its tail and padding to whole blocks."""
        heard = self._seats[int(self._block.get("playing_seat"))] if self._block else None
        lag = int(heard.get("dry_lag")) if heard else 0
        length = self._begin if self._file is None or self._config.loop else self._file.frames
        tail = max(0, lag - max(0, self._begin - length))  # less what was played of it before the process was lost
        padding = tail + -(len(data) + tail) % self._frames
        return np.concatenate([data, np.zeros((padding, self.facts.input_channels), dtype=np.float32)])

    def _put(self, chunk: Frames | None) -> None:
        while not self._stop.is_set():
            try:
                return self._chunks.put(chunk, timeout=0.1)
            except queue.Full:
                continue

    def _play(self, driver: Driver, keep: bool) -> None:
        """Device thread: one callback per block, on the beat; when late it catches up gently, as hardware never bursts."""
        period = self._frames / self.facts.sample_rate
        due = time.perf_counter()
        while not self._stop.is_set():
            try:
                chunk = self._chunks.get(timeout=0.1)
            except queue.Empty:
                continue
            if chunk is None:
                break
            out = np.zeros((len(chunk), self.facts.output_channels), dtype=np.float32)
            played = 0
            for start in range(0, len(chunk), self._frames):
                if self._config.paced:
                    due = max(due + period, time.perf_counter() + CLOSEST * period)
                    time.sleep(max(0.0, due - time.perf_counter()))
                else:
                    self._await_stems()
                driver.run(chunk[start : start + self._frames], out[start : start + self._frames])
                played = start + self._frames
                if self._stop.is_set():
                    break
            keep = keep and self._hand_over(out[:played])
        self._done.set()
        self._written.put(None)

    def _hand_over(self, out: Frames) -> bool:
        """Give the writer what was played; False once it is hopelessly late, as sound in real time does not wait for it."""
        try:
            self._written.put(out, block=not self._config.paced)
        except queue.Full:
            self._fail(f"{self._config.write} is not written any further: its disk is too slow; write to another")
            return False
        return True

    def _await_stems(self) -> None:
        """Flat out: hold the next callback until its stems are there, but not for ever."""
        limit = time.perf_counter() + STALL_S
        while not self._stems_there() and time.perf_counter() < limit and not self._stop.is_set():
            time.sleep(20e-6)

    def _stems_there(self) -> bool:
        """Whether the next block's stems have come, also those of a separator that is to be heard soon."""
        assert self._block is not None
        end = self._block.get("position") + self._frames
        wanted = {int(self._block.get(field)) for field in ("playing_seat", "wanted_seat")}
        return all(
            seat.get("stems_written") >= end - seat.get("stem_lag") for seat in map(self._seats.__getitem__, wanted)
        )

    def _write(self, sink: soundfile.SoundFile) -> None:
        """Writer thread. After an error it only empties the queue."""
        leave_realtime()
        chunk: Frames | None = None
        try:
            with sink:
                while (chunk := self._written.get()) is not None:
                    sink.write(chunk)
        except (*FILE_ERRORS, ValueError) as error:  # ValueError: another file has taken its place
            reason = str(error) or "the disk took only a part"
            self._fail(f"{self._config.write} is not written any further: {reason}; make room or choose another folder")
        while chunk is not None:
            chunk = self._written.get()


def leave_realtime() -> None:
    """Give up the SCHED_FIFO that a thread of the audio process inherits: decoding must not hold up a callback."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def open_sound(path: str) -> soundfile.SoundFile:
    """A sound file, open for reading. Raises AudioFileError."""
    if not Path(path).exists():
        raise AudioFileError(f"{path} does not exist; check the path")
    try:
        return soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioFileError(f"{path} cannot be read as audio: {error}; use WAV, FLAC, Ogg or MP3") from None
