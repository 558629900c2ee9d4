"""Numbered sound: what a stream loses, repeats or delays is counted to the frame."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

module = pytest.importorskip(
    "benchmarks.numbered", reason="the benchmarks are part of the repository, not of the wheel"
)
heard, numbered, numbers = module.heard, module.numbered, module.numbers
FRAMES = 3 * module.BASE + 17


@pytest.mark.parametrize("gain", [1.0, 0.5, 0.7])
def test_each_frame_tells_its_number_through_any_gain(gain: float) -> None:
    np.testing.assert_array_equal(numbers(np.float32(gain) * numbered(FRAMES), gain), np.arange(FRAMES))


def test_silence_and_noise_carry_no_number() -> None:
    assert (numbers(np.zeros((2, 100), dtype=np.float32), 0.5) == -1).all()
    noise = np.random.default_rng(0).uniform(-1.0, 1.0, (2, 1000)).astype(np.float32)
    assert (numbers(noise, 0.5) == -1).mean() > 0.98


def late(sound: Any, frames: int) -> Any:
    """Delayed, as long as before."""
    return np.pad(sound, ((0, 0), (frames, 0)))[:, : sound.shape[1]]


def test_a_clean_stream_loses_nothing_and_tells_its_latency() -> None:
    told = heard(late(0.5 * numbered(FRAMES), 192), 0.5, start=1000)
    assert told == {
        "frames": FRAMES - 1000,
        "lost_frames": 0,
        "stalled_frames": 0,
        "silent_frames": 0,
        "breaks": 0,
        "latency_frames": 192.0,
    }


def test_silence_repetition_and_jumps_are_lost_frames_and_breaks() -> None:
    sound = late(numbered(FRAMES), 64)
    sound[:, 2000:2064] = 0.0
    sound[:, 3000:3064] = sound[:, 2936:3000].copy()
    told = heard(sound, 1.0, start=1000)
    assert (told["lost_frames"], told["silent_frames"], told["breaks"]) == (128, 64, 3)


def test_a_stream_that_stands_still_loses_that_time() -> None:
    told = heard(numbered(FRAMES), 1.0, start=1000, stalled=640)
    assert (told["frames"], told["lost_frames"], told["breaks"]) == (FRAMES - 1000 + 640, 640, 0)


def test_nothing_heard_is_everything_lost() -> None:
    told = heard(np.zeros((2, 500), dtype=np.float32), 1.0, start=100)
    assert (told["lost_frames"], told["silent_frames"]) == (400, 400)
    assert np.isnan(told["latency_frames"])
