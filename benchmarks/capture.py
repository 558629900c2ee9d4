"""What came out of the host, against what should have: deviations, clicks, leaks and losses, sample by sample.

The input carries two known sources as mid and side (see `plugins.Truth`). With the voice muted the output should be the
band alone, `wet`, at the loop's latency; the fallback of policy `dry` is the delayed input itself, `dry`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rtsep.demo.clip import load_clip

Audio = NDArray[np.float32]
DIFFERS = 1e-4
"""Beyond rounding (1e-7), far below anything audible under music."""
MARGIN_S = 0.02
DEAD_FRAMES = 8
"""Exact zeros in a row, on all channels, that count as lost frames; music and tones cross zero for one."""


@dataclass(frozen=True, eq=False)
class Signal:
    """Two sources, (T,) each, that can be looped."""

    name: str
    rate: int
    voice: Audio
    band: Audio

    @property
    def sound(self) -> Audio:
        """As it goes in, (2, T)."""
        return np.stack([self.voice + self.band, self.voice - self.band])

    def looped(self, source: Audio, frames: int, lag: int) -> Audio:
        """`source` as it is heard `lag` frames late while looping, (..., frames); silence before."""
        positions = np.arange(frames) - lag
        heard = source[..., positions % source.shape[-1]]
        heard[..., positions < 0] = 0.0
        return heard


def tones(rate: int) -> Signal:
    """Low steady tones: their own steps are so small that a sudden loss of the voice would be 13 of them.

    Whole hertz loop seamlessly. Where the fallback meets the mirrored past, the voice may go twice as steeply for a moment
    without any break in it: 1.4 steps at worst, with these amplitudes.
    """
    t = np.arange(rate) / rate
    voice = 0.2 * np.sin(2 * np.pi * 211 * t)
    band = 0.25 * np.sin(2 * np.pi * 307 * t)
    return Signal("tones", rate, voice.astype(np.float32), band.astype(np.float32))


def song(seconds: float = 6.0) -> Signal:
    """The demo clip where it sings the loudest: voice, and everything else as the band, both mono."""
    clip = load_clip()
    voice = clip.stems["vocals"].mean(axis=0)
    band = np.sum([stem.mean(axis=0) for name, stem in clip.stems.items() if name != "vocals"], axis=0)
    length = int(seconds * clip.sample_rate)
    energy = np.cumsum(np.concatenate([[0.0], voice.astype(float) ** 2]))
    start = int(np.argmax(energy[length:] - energy[:-length]))
    edge = np.minimum(1.0, np.minimum(np.arange(length), np.arange(length)[::-1]) / 480)
    loudest = 0.9 / np.abs(voice).max()
    piece = slice(start, start + length)
    return Signal(
        "demo clip",
        clip.sample_rate,
        (0.5 * loudest * edge * voice[piece]).astype(np.float32),
        (0.5 * loudest * edge * band[piece]).astype(np.float32),
    )


def largest_step(*signals: Audio) -> float:
    """Between two samples of any of them."""
    return max(float(np.abs(np.diff(signal, axis=-1)).max(initial=0.0)) for signal in signals)


def dead_frames(out: Audio, alive: Audio) -> NDArray[np.bool_]:
    """Frames inside runs of at least `DEAD_FRAMES` exact zeros on all channels while `alive` is not silent."""
    zero: NDArray[np.bool_] = np.abs(alive).max(axis=0) > 0.0
    zero &= np.abs(out).max(axis=0) == 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], zero.view(np.int8), [0]])))
    dead = np.zeros(len(zero), dtype=bool)
    for start, end in edges.reshape(-1, 2):
        dead[start:end] = end - start >= DEAD_FRAMES
    return dead


def judge(out: Audio, signal: Signal, lag: int, fault: int, over: int, gain: float = 1.0) -> dict[str, Any]:
    """Figures of a recording (2, T) with a fault at frame `fault` whose cause was gone at frame `over`; voice muted.

    `deviated_s`: from the fault to the last sample that is not the band alone. `recovery_s`: from the end of its cause
    to there. `click_ratio`: largest step of the output against the largest step of what should and what may be heard
    there, `gain` times. `leak_db`: the voice in the output against the voice that went in. `settled`: the end of the
    recording is the band again, at the latency it had before, so that no frame was inserted or lost for good.
    """
    frames = out.shape[1]
    dry = signal.looped(signal.sound, frames, lag)
    voice = signal.looped(signal.voice, frames, lag)
    wet = dry - voice
    begin = lag + int(0.1 * signal.rate)
    differs = np.abs(out - wet).max(axis=0) > DIFFERS
    deviating = np.flatnonzero(differs[fault:]) + fault
    first, last = (int(deviating[0]), int(deviating[-1])) if len(deviating) else (fault, fault)
    margin = int(MARGIN_S * signal.rate)
    window = slice(max(begin, first - margin), min(frames, last + margin))
    heard = slice(fault, min(frames, last + signal.rate // 5))
    own = gain * largest_step(dry[:, window], wet[:, window])
    mid = 0.5 * (out[0, heard] + out[1, heard]).astype(float)
    energy = float(np.sum(voice[heard].astype(float) ** 2))
    dead = dead_frames(out[:, fault:], wet[:, fault:])
    tail = slice(frames - signal.rate // 5, frames)
    return {
        "deviates_before_fault": int(differs[begin:fault].sum()),
        "deviated_s": (last - fault) / signal.rate,
        "recovery_s": max(0.0, (last - over) / signal.rate),
        "click_ratio": largest_step(out[:, window]) / own if own else 0.0,
        "leak_db": 10.0 * np.log10(max(float(np.sum(mid**2)), 1e-20) / max(energy, 1e-20)),
        "dead_frames": int(dead.sum()),
        "settled": not differs[tail].any(),
    }
