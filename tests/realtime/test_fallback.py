"""Late stems: the aligned dry signal takes over under a crossfade, and gives way again by itself."""

from __future__ import annotations

import numpy as np
import pytest
from staging import blocks_of, stage
from support import RATE, Prescribed, largest_step, level_db, noise, sine

from rtsep.changes import Bypass, DryWet, Late, MixGain, Panic, StemGain, StemMute, StemSolo
from rtsep.separators.builtin import Delay
from rtsep.units import db_to_gain

CLICK = 1.5
"""A crossfade's steps against the signal's own."""
LEAK_DB = -60.0
EXACT_DB = -120.0
"""What rounding in float32 leaves of a stem that has been subtracted from the mix."""


def music(frames: int, seed: int) -> np.ndarray:
    """A melody with harmonics and a tremolo, (2, T)."""
    time_s = np.arange(frames) / RATE
    generator = np.random.default_rng(seed)
    wave = np.zeros(frames)
    for harmonic in range(1, 6):
        phase = generator.uniform(0, 2 * np.pi)
        wave += np.sin(2 * np.pi * (110 + 37 * seed) * harmonic * time_s + phase) / harmonic
    wave *= 0.1 * (1 + 0.3 * np.sin(2 * np.pi * (3 + seed) * time_s))
    return np.stack([wave, 0.7 * wave]).astype(np.float32)


@pytest.mark.parametrize("block", [63, 64, 65, 441])
@pytest.mark.parametrize("stall", [1, 3, 40])
def test_unity_mix_is_unaffected_by_a_stall_to_the_bit(block: int, stall: int) -> None:
    signal = noise(300 * block)
    with stage(Delay(hop=64, delay=100), signal, block) as played:
        for _ in range(3):
            played.play(20)
            played.play(stall, hops=0)
        played.play(60)
        latency = played.host.budget.host
        heard = played.output()
        np.testing.assert_array_equal(heard[latency:], signal[: len(heard) - latency])
        assert played.get("late_hops") > 0
        assert played.get("fallback_frames") > 0


@pytest.mark.parametrize("policy", ["dry", "mute-safe"])
@pytest.mark.parametrize(
    "changes",
    [
        (StemMute("vocals", True),),
        (StemSolo("drums", True),),
        (StemGain("bass", 12.0), MixGain(-12.0)),
        (DryWet(0.3), StemMute("other", True)),
    ],
)
@pytest.mark.parametrize(("block", "stall"), [(64, 1), (64, 7), (64, 100), (65, 9), (441, 2), (63, 250)])
def test_a_stall_makes_no_click(block: int, stall: int, changes: tuple, policy: str) -> None:
    signal = sine((60 + stall + 200) * block, 997.0)
    with stage(Delay(hop=128, delay=128), signal, block, policy=policy) as played:
        played.host.desk.apply(*changes)
        latency = played.host.budget.host
        played.play(blocks_of(latency, block) + 40)
        reference = largest_step(signal) * max(1.0, np.abs(played.play(12)).max() / 0.5)
        before = played.position
        played.play(stall, hops=0)
        played.play(120)
        assert largest_step(played.output()[latency + 400 :]) <= CLICK * reference
        assert played.get("late_events") in (0, 1)
        assert (played.get("late_hops") > 0) == (played.get("fallback_frames") > 0)
        assert before < played.position


@pytest.mark.parametrize("policy", ["dry", "mute-safe"])
def test_policy_decides_what_sounds_when_a_stem_is_muted(policy: str) -> None:
    signal = sine(60_000)
    with stage(Delay(hop=64, delay=64), signal, policy=policy) as played:
        played.host.desk.apply(StemMute("vocals", True))
        played.play(100)
        played.play(60, hops=0)  # the stall ...
        heard = played.play(20, hops=0)  # ... long after its beginning
        latency = played.host.budget.host
        delayed = signal[played.position - len(heard) - latency : played.position - latency]
        if policy == "dry":
            np.testing.assert_array_equal(heard, delayed)
        else:
            assert not heard.any()


def test_fallback_is_as_loud_as_the_loudest_strip_or_the_quietest() -> None:
    for policy, gain in (("dry", db_to_gain(-6.0)), ("mute-safe", db_to_gain(-20.0))):
        signal = sine(60_000)
        with stage(Delay(hop=64, delay=64), signal, policy=policy) as played:
            played.host.desk.apply(
                StemGain("vocals", -20.0), *(StemGain(stem, -6.0) for stem in ("drums", "bass", "other")), MixGain(6.0)
            )
            played.play(50)
            heard = played.play(40, hops=0)[-640:]
            delayed = signal[played.position - 640 - played.host.budget.host :][:640]
            np.testing.assert_allclose(heard, gain * db_to_gain(6.0) * delayed, atol=1e-6)


@pytest.mark.parametrize("change", [Panic(True), MixGain(-144.0)])
def test_silence_stays_silence_in_a_stall(change: object) -> None:
    with stage(Delay(hop=64, delay=64), noise(60_000)) as played:
        played.host.desk.apply(change)
        played.play(50, hops=None)
        assert not played.play(100, hops=0).any()
        assert not played.play(100).any()


def test_bypass_sounds_the_same_through_a_stall() -> None:
    signal = noise(60_000)
    with stage(Delay(hop=64, delay=64), signal, policy="mute-safe") as played:
        played.host.desk.apply(Bypass(True), StemMute("vocals", True))
        played.play(50)
        played.play(100, hops=0)
        played.play(100)
        heard, latency = played.output(), played.host.budget.host
        np.testing.assert_array_equal(heard[latency:], signal[: len(heard) - latency])


def staged_leak(stems: np.ndarray, block: int, stall: int, mute: bool) -> np.ndarray:
    """Everything heard of a performance with a stall in it, `stem0` muted under mute-safe."""
    signal = np.ascontiguousarray(stems.sum(axis=0).T)
    with stage(Prescribed(stems, 128, 128), signal, block, policy="mute-safe") as played:
        played.host.desk.apply(StemMute("stem0", mute))
        played.play(60)
        played.play(stall, hops=0)
        played.play(60)
        return played.output()


@pytest.mark.parametrize(("block", "stall"), [(64, 3), (64, 60), (65, 10), (441, 4)])
def test_mute_safe_never_lets_a_muted_stem_through(block: int, stall: int) -> None:
    """The muted stem's part of what is heard: the difference to a performance in which it never played."""
    frames = block * (120 + stall)
    stems = np.stack([music(frames, seed) for seed in range(3)])
    absent = stems.copy()
    absent[0] = 0.0
    leak = staged_leak(stems, block, stall, mute=True) - staged_leak(absent, block, stall, mute=True)
    own = level_db(stems[0])
    assert level_db(leak) - own <= EXACT_DB + 20
    # No moment of it either: the loudest 10 ms.
    windows = leak[: len(leak) // 480 * 480].reshape(-1, 480 * 2)
    assert max(level_db(window) for window in windows) - own <= LEAK_DB


def test_the_dry_policy_would_have_let_it_through() -> None:
    """The measurement above can tell."""
    frames = 64 * 180
    stems = np.stack([music(frames, seed) for seed in range(3)])
    assert level_db(staged_leak(stems, 64, 60, mute=False)) > LEAK_DB


def test_stems_that_come_for_a_part_of_a_block_are_used_for_that_part() -> None:
    """Block 512, hop 64: half of the hops arrive; the first half of the block is stems, unfaded."""
    signal = sine(512 * 60)
    with stage(Delay(hop=64, delay=0), signal, 512) as played:
        played.host.desk.apply(StemMute("vocals", True))
        played.play(10)
        played.play(1, hops=4)
        heard = played.play(1, hops=0)
        start = played.position - 512 - played.host.budget.host
        expected = 0.75 * signal[start : start + 512]
        np.testing.assert_allclose(heard[:256], expected[:256], atol=1e-6)
        assert np.abs(heard[256:] - expected[256:]).max() > 1e-3
        assert played.get("late_hops") == 4


def test_recovery_needs_nobody() -> None:
    """After a stall the stems come back within a block, a fade, and whatever was missing."""
    signal = sine(64 * 400)
    with stage(Delay(hop=64, delay=64), signal, 64) as played:
        played.host.desk.apply(StemMute("vocals", True))
        played.play(50)
        played.play(100, hops=0)
        back = blocks_of(played.get("fade_frames"), 64) + 1
        played.play(back + 1)
        heard = played.play(50)
        start = played.position - len(heard) - played.host.budget.host
        np.testing.assert_allclose(heard, 0.75 * signal[start : start + len(heard)], atol=1e-6)
        assert played.get("fade") == played.get("fade_frames")


def test_late_policy_can_be_changed_in_the_middle_of_a_stall() -> None:
    signal = sine(64 * 300)
    with stage(Delay(hop=64, delay=64), signal) as played:
        played.host.desk.apply(StemMute("vocals", True))
        played.play(50)
        played.play(30, hops=0)
        played.host.desk.apply(Late("mute-safe"))
        heard = played.play(40, hops=0)
        assert not heard[played.get("ramp_frames") :].any()
        assert largest_step(heard) <= CLICK * largest_step(signal)


def test_late_hop_is_discarded() -> None:
    """Invariant 11: what arrives after its time is never heard, and nothing is shifted by it."""
    signal = noise(64 * 300)
    with stage(Delay(hop=64, delay=0), signal) as played:
        played.host.desk.apply(StemGain("vocals", -6.0))
        played.play(50)
        played.play(20, hops=0)
        played.play(120)
        heard = played.play(50)
        start = played.position - len(heard) - played.host.budget.host
        expected = (0.75 + 0.25 * db_to_gain(-6.0)) * signal[start : start + len(heard)]
        np.testing.assert_allclose(heard, expected, atol=1e-6)
