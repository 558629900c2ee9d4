"""Records mix and stems from the tape ring, on a thread of its own: the disk may stall for as long as the tape lasts."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import numpy as np
import soundfile

from rtsep.errors import AudioFileError
from rtsep.shared.block import Block
from rtsep.spec import SeparatorSpec

POLL_S = 0.05
CLOSING_S = 0.3
"""How long a callback may take to close the tape; after that there is none any more."""
SPARE_BYTES = 32 << 20
"""Recording stops while the disk still has this much, so that headers can be finished."""
PART_BYTES = (4 << 30) - (64 << 20)
"""WAV counts bytes in 32 bits: a longer take goes on in a next part, without a gap."""
_UPDATE_HEADER_AUTO = 0x1061  # SFC_SET_UPDATE_HEADER_AUTO, which python-soundfile does not wrap
SUBTYPES = {"wav": "FLOAT", "flac": "PCM_24"}


class Recorder:
    """One take: a file for the mix and one per stem, sample-aligned. Control process."""

    def __init__(
        self,
        block: Block,
        spec: SeparatorSpec,
        folder: Path,
        kind: Literal["wav", "flac"] = "wav",
        from_start: bool = False,
        spare_bytes: int = SPARE_BYTES,
        stall: Callable[[], None] = lambda: None,
    ) -> None:
        """Open the files; `start` begins the take. `from_start` leaves out the latency at the start, so that the take lines
        up with a file that is being played. `stall` runs before every write, for tests of slow disks.

        Raises AudioFileError if the folder cannot be written or already holds a take.
        """
        self._block = block
        self._kind = kind
        self._folder = folder
        self._names = ("mix", *spec.stems)
        self._channels = spec.channels
        self._frames = int(block.get("tape_frames"))
        self._tape = block.ring("tape_offset", len(self._names) * spec.channels, self._frames)
        self._skip = int(block.get("dry_lag")) if from_start else 0
        self._spare = spare_bytes
        self._stall = stall
        self._message = ""
        self._part = 1
        self._written = self._part_frames = 0
        self.lost_frames = 0
        self._files = self._open()
        self._take = int(block.get("takes")) + 1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="recorder", daemon=True)

    def start(self) -> None:
        """Let the tape run from the next block on, and write what is on it."""
        self._touch()
        self._block.set("takes", self._take)
        self._block.set("tape_on", self._take)
        self._thread.start()

    def status(self) -> str:
        """One line: where to and how long, or why it stopped."""
        seconds = self._written / self._block.get("sample_rate")
        return self._message or f"{self._folder} {seconds:.0f} s"

    def stop(self) -> None:
        """End the take at the next block, write what the tape still holds, close the files."""
        self._stop.set()
        self._thread.join()

    def _open(self) -> list[soundfile.SoundFile]:
        suffix = "" if self._part == 1 else f"-{self._part}"
        paths = [self._folder / f"{name}{suffix}.{self._kind}" for name in self._names]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            taken = [path for path in paths if path.exists()]
            if taken:
                raise AudioFileError(f"{taken[0]} exists already; record into another folder")
            rate = round(self._block.get("sample_rate"))
            files = [soundfile.SoundFile(path, "w", rate, self._channels, SUBTYPES[self._kind]) for path in paths]
            for file in files:
                # Keep the header true after every write: a take survives the death of this process.
                soundfile._snd.sf_command(file._file, _UPDATE_HEADER_AUTO, soundfile._ffi.NULL, 1)
            return files
        except (soundfile.LibsndfileError, OSError) as error:
            raise AudioFileError(
                f"cannot record into {self._folder}: {error}; choose a folder that can be written"
            ) from None

    def _touch(self) -> None:
        """Bring the tape's pages into memory before the callback writes them."""
        self._tape[:, ::1024].sum()

    def _run(self) -> None:
        position: int | None = None
        try:
            stopping = False
            while not stopping:
                stopping = self._stop.wait(POLL_S)
                if position is None and self._running(stopping):
                    position = int(self._block.get("tape_start")) + self._skip
                if stopping:
                    self._block.set("tape_on", 0)
                    self._await(lambda: not self._running())
                if position is not None:
                    position = self._drain(position)
        except (soundfile.LibsndfileError, OSError, AssertionError, AudioFileError) as error:
            # soundfile asserts that everything was written; a full disk breaks that.
            self._fail(str(error) or "the disk took only a part")
        finally:
            self._block.set("tape_on", 0)
            self._close()

    def _running(self, patiently: bool = False) -> bool:
        """Whether the callback writes this take; `patiently`: give it a moment to begin."""
        if patiently:
            self._await(self._running)
        return self._block.get("tape_running") == self._take

    def _await(self, done: Callable[[], bool]) -> None:
        """Until the callback has seen what was asked of it, if there still is a callback."""
        end = time.monotonic() + CLOSING_S
        while not done() and time.monotonic() < end:
            time.sleep(0.002)

    def _drain(self, position: int) -> int:
        """Write what has come since `position`; the position reached."""
        written = int(self._block.get("tape_written"))
        while position < written:
            self._stall()
            count = min(written - position, self._frames // 8)
            if shutil.disk_usage(self._folder).free < self._spare:
                raise OSError(f"the disk of {self._folder} is full")
            samples = self._tape[:, np.arange(position, position + count) & (self._frames - 1)]
            # Looked at after copying: the callback goes on meanwhile, and may be in the middle of its next block.
            behind = int(self._block.get("tape_written")) + int(self._block.get("block")) - position
            if behind > self._frames:
                count = behind - self._frames // 2
                self.lost_frames += count
                self._message = f"{self.lost_frames} frames lost: the disk stalled longer than the tape; raise tape_s"
                samples = np.zeros((len(self._tape), count), dtype=np.float32)  # the take keeps its time
            for index, file in enumerate(self._files):
                file.write(samples[index * self._channels : (index + 1) * self._channels].T)
            position += count
            self._written += count
            self._part_frames += count
            if self._kind == "wav" and self._part_frames * self._channels * 4 > PART_BYTES:
                self._next_part()
        return position

    def _next_part(self) -> None:
        self._close()
        self._part += 1
        self._part_frames = 0
        self._files = self._open()

    def _fail(self, reason: str) -> None:
        seconds = self._written / self._block.get("sample_rate")
        self._message = f"recording stopped after {seconds:.1f} s: {reason}; what was written is readable"

    def _close(self) -> None:
        for file in self._files:
            try:
                file.close()
            except (soundfile.LibsndfileError, OSError) as error:
                self._fail(str(error))
