"""Measures the way from an output to an input while the host plays: a marker under the music, found again by its period.

The marker is a noise that repeats every `MARKER_FRAMES`, its spectrum flat and its phases random, so that it correlates with
itself at one delay only. What comes back is cut into periods, and the spectra of many are added up: the marker's add up, all
else does not. Each frequency counts by how little else there is (divided by its power, smoothed), which finds a marker that
lies 40 dB below the music within seconds: music is soft where the marker is not, at high frequencies. The peak of the continuous
correlation is found by Newton's method, as in the loopback meter of the lab.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.control import MeasuredLoop
from rtsep.shared.block import Block
from rtsep.units import db_to_gain, gain_to_db

MARKER_FRAMES = 1 << 15
"""0.68 s at 48 kHz: the longest delay that is told."""
LOWEST_SHARE, HIGHEST_SHARE = 0.01, 0.9
"""The marker's band, of half the sample rate."""
KEPT = 0.95
"""Of what was added up, at every further period: the last 14 s count."""
FOUND_DB = 18.0
"""Peak over noise; chance alone reaches 14."""
SMOOTH_BINS = 33
OVERSAMPLING = 8
"""Points of the correlation in a frame: where high frequencies weigh most, its peaks lie closer than frames."""
STEPS = 12
ROUND_S = 0.1

Real = NDArray[np.float64]


def band(frames: int = MARKER_FRAMES) -> NDArray[np.bool_]:
    """Which bins of a period's spectrum the marker fills."""
    share = np.arange(frames // 2 + 1) / (frames // 2)
    return (share >= LOWEST_SHARE) & (share <= HIGHEST_SHARE)


def marker(level_db: float, frames: int = MARKER_FRAMES) -> NDArray[np.float32]:
    """One period, (frames,), of that RMS level in dBFS; the same every time."""
    phases = np.random.default_rng(5).uniform(0.0, 2.0 * np.pi, frames // 2 + 1)
    period = np.fft.irfft(band(frames) * np.exp(1j * phases), frames)
    return (period * db_to_gain(level_db) / np.sqrt(np.mean(period**2))).astype(np.float32)


@dataclass(frozen=True)
class Found:
    """A delay in frames, fractions included, and how far its peak stands out of the noise."""

    delay: float
    sure_db: float


class Correlator:
    """Adds up periods of what comes back. One thread."""

    def __init__(self, played: NDArray[np.float32]) -> None:
        """`played`: one period of the marker."""
        self._frames = len(played)
        self._marker = np.conj(np.fft.rfft(played)) * band(self._frames)
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self._sum = np.zeros(self._frames // 2 + 1, dtype=np.complex128)

    def add(self, heard: NDArray[np.floating]) -> None:
        """One period, (frames,), that begins where the marker's began to play."""
        spectrum = np.fft.rfft(heard)
        power = np.convolve(np.abs(spectrum) ** 2, np.ones(SMOOTH_BINS) / SMOOTH_BINS, mode="same")
        weight = np.divide(1.0, power, out=np.zeros_like(power), where=power > 0.0)
        self._sum = KEPT * self._sum + spectrum * self._marker * weight

    def find(self) -> Found | None:
        """Where the marker comes back; None if nothing stands out."""
        # A spectrum filled up with zeros is a correlation with points between the frames.
        correlation = np.abs(np.fft.irfft(self._sum, OVERSAMPLING * self._frames))
        top = int(np.argmax(correlation))
        # The median of a Gaussian's magnitude is 0.6745 of its deviation.
        floor = float(np.median(correlation)) / 0.6745
        if floor <= 0.0:
            return None
        sure_db = gain_to_db(float(correlation[top]) / floor)
        return Found(self._refined(top / OVERSAMPLING), sure_db) if sure_db >= FOUND_DB else None

    def _refined(self, near: float) -> float:
        """The extremum next to a point of the correlation: Newton's method on the sum of cosines itself."""
        omega = 2.0 * np.pi * np.arange(len(self._sum)) / self._frames
        delay = near
        for _ in range(STEPS):
            turned = self._sum * np.exp(1j * omega * delay)
            bend = float(np.sum(omega**2 * turned.real))
            if bend == 0.0:
                break
            delay -= float(np.clip(np.sum(omega * turned.imag) / bend, -0.25, 0.25))
        return float(np.clip(delay, near - 0.5, near + 0.5)) % self._frames


class LoopMeter:
    """A thread in the control process that keeps the measured delay in the block."""

    def __init__(self, block: Block) -> None:
        """The block has a marker."""
        self._block = block
        self._frames, ring = int(block.get("marker_frames")), int(block.get("loop_frames"))
        self._ring = block.ring("loop_offset", 1, ring)[0]
        self._correlator = Correlator(block.ring("marker_offset", 1, self._frames)[0])
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="loop meter", daemon=True)
        self._next = self._first()
        self._upset = self._upsets()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End; may be called more than once, or without a start."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(ROUND_S):
            self.round()

    def round(self) -> None:
        """Take in the periods that are whole by now, and publish what they tell."""
        written, upset = int(self._block.get("loop_written")), self._upsets()
        if upset != self._upset or written - self._next > len(self._ring) - self._frames:
            self._upset, self._next = upset, self._first()
            self._correlator.forget()
            self._publish(None, 0)
        while written - self._next >= self._frames:
            self._correlator.add(self._ring[(self._next + np.arange(self._frames)) % len(self._ring)])
            self._next += self._frames
            self._publish(self._correlator.find(), self._next)

    def _publish(self, found: Found | None, position: int) -> None:
        self._block.set("loop_position", 0)
        if found is not None:
            self._block.set("loop_delay", found.delay)
            self._block.set("loop_sure_db", found.sure_db)
            self._block.set("loop_position", position)

    def _first(self) -> int:
        """The next period's begin."""
        return -(-int(self._block.get("loop_written")) // self._frames) * self._frames

    def _upsets(self) -> tuple[int, int]:
        """What changes when the device was opened anew, or frames were lost: its latency may be another then."""
        return int(self._block.get("audio_pid")), int(self._block.get("missed_positions"))


def measured_loop(block: Block) -> MeasuredLoop | None:
    """What a block says was measured, if anything was."""
    if not block.get("loop_position"):
        return None
    return MeasuredLoop(float(block.get("loop_delay")), float(block.get("loop_sure_db")))
