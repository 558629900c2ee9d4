"""The file device and the null device: a thread that calls the callback in real time, or as fast as the stems come.

Disk and sound files stay off that thread: one thread reads ahead, one writes behind.
"""

from __future__ import annotations

import queue
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

if TYPE_CHECKING:  # numba takes half a second to import; looking for a device needs none of it
    from rtsep.realtime.driver import Driver

DEFAULT_BLOCK = 128
DEFAULT_RATE = 48000
CHUNK_S = 0.25
READ_AHEAD = 16
CLOSEST = 0.9
"""Paced: no two callbacks closer than this share of a period, or the separator would lose its time."""
STALL_S = 2.0
"""Flat out: how long to wait for a separator before going on without its stems."""

Frames = NDArray[np.float32]


class PacedDevice:
    """Plays `source` chunks of interleaved input through the callback; a file's, or endless silence."""

    def __init__(self, config: DeviceConfig, channels: int, block: Block | None, feeds: int = 0) -> None:
        """Open the files. `block` is where to look for finished stems. Raises AudioFileError, DeviceError."""
        self._config = config
        self._block = block
        self._frames = config.block or DEFAULT_BLOCK
        self._file = open_sound(config.path) if config.path else None
        rate = self._file.samplerate if self._file else config.sample_rate or DEFAULT_RATE
        if config.sample_rate not in (None, rate):
            raise DeviceError(f"{config.path} is at {rate} Hz, not {config.sample_rate}; leave --rate out")
        inputs = self._file.channels if self._file else max(config.input_channels, default=channels)
        if max(config.input_channels, default=1) > inputs:
            raise DeviceError(f"input channel {max(config.input_channels)} asked for, {config.path} has {inputs}")
        outputs = max(config.channels, channels, feeds, *config.output_channels)
        name = f"file: {Path(config.path).name}" if config.path else "null"
        self.facts = DeviceFacts(name, float(rate), self._frames, inputs, outputs)
        self._chunks: queue.Queue[Frames | None] = queue.Queue(READ_AHEAD)
        self._written: queue.Queue[Frames | None] = queue.Queue()
        self._stop = threading.Event()
        self._done = threading.Event()
        self._threads: list[threading.Thread] = []
        self._error = ""

    def start(self, driver: Driver) -> None:
        """Begin to call. Raises AudioFileError if the output cannot be written."""
        sink = None
        if self._config.write:
            try:
                sink = soundfile.SoundFile(
                    self._config.write,
                    "w",
                    int(self.facts.sample_rate),
                    self.facts.output_channels,
                    "FLOAT",
                    format="WAV",
                )
            except (soundfile.LibsndfileError, OSError) as error:
                raise AudioFileError(f"{self._config.write} cannot be written: {error}; check the folder") from None
        jobs = [(self._read, ()), (self._play, (driver, sink is not None))]
        if sink is not None:
            jobs.append((self._write, (sink,)))
        self._threads = [threading.Thread(target=job, args=arguments, daemon=True) for job, arguments in jobs]
        for thread in self._threads:
            thread.start()

    def latency(self) -> tuple[int, int]:
        """A file has no converters."""
        return 0, 0

    @property
    def finished(self) -> bool:
        """Whether the file and the tail behind it are through."""
        return self._done.is_set()

    def close(self) -> None:
        """Stop calling and finish the output file."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=10.0)

    def _read(self) -> None:
        """Reader thread: chunks of whole blocks, then silence as long as the host's latency, then None."""
        size = max(1, round(CHUNK_S * self.facts.sample_rate / self._frames)) * self._frames
        silence = np.zeros((size, self.facts.input_channels), dtype=np.float32)
        while not self._stop.is_set():
            data: Any = silence if self._file is None else self._file.read(size, dtype="float32", always_2d=True)
            if len(data) < size:
                if self._config.loop:
                    assert self._file is not None
                    self._file.seek(0)
                    rest = self._file.read(size - len(data), dtype="float32", always_2d=True)
                    data = np.concatenate([data, rest])
                else:
                    self._put(self._last(data))
                    self._put(None)
                    return
            self._put(np.ascontiguousarray(data))

    def _last(self, data: Frames) -> Frames:
        """The end of the file, its tail and padding to whole blocks."""
        tail = int(self._block.get("dry_lag")) if self._block else 0
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
            for start in range(0, len(chunk), self._frames):
                if self._config.paced:
                    due = max(due + period, time.perf_counter() + CLOSEST * period)
                    time.sleep(max(0.0, due - time.perf_counter()))
                else:
                    self._await_stems()
                driver.run(chunk[start : start + self._frames], out[start : start + self._frames])
                if self._stop.is_set():
                    break
            if keep:
                self._written.put(out)
        self._written.put(None)
        self._done.set()

    def _await_stems(self) -> None:
        """Flat out: hold the next callback until its stems are there, but not for ever."""
        assert self._block is not None
        need = self._block.get("position") + self._frames - self._block.get("stem_lag")
        limit = time.perf_counter() + STALL_S
        while self._block.get("stems_written") < need and time.perf_counter() < limit and not self._stop.is_set():
            time.sleep(20e-6)

    def _write(self, sink: soundfile.SoundFile) -> None:
        """Writer thread."""
        with sink:
            while (chunk := self._written.get()) is not None:
                sink.write(chunk)


def open_sound(path: str) -> soundfile.SoundFile:
    """A sound file, open for reading. Raises AudioFileError."""
    if not Path(path).exists():
        raise AudioFileError(f"{path} does not exist; check the path")
    try:
        return soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioFileError(f"{path} cannot be read as audio: {error}; use WAV, FLAC, Ogg or MP3") from None
