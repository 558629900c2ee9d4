"""What the strips do to the sound: gain, mute, solo, balance, master, dry/wet, bypass, panic, feeds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from support import RATE, Prescribed, noise, offline, settled, whole_blocks

from rtsep.changes import Bypass, DryWet, MixGain, Panic, StemGain, StemMute, StemOutput, StemPan, StemSolo
from rtsep.host.offline import OfflineHost
from rtsep.units import db_to_gain

BLOCK, HOP, DELAY = 65, 64, 130
LENGTH = 4000
MIX_TOLERANCE = 2e-6
"""Float32 sums of a few terms of order one."""
STEMS = np.stack([noise(LENGTH, seed=seed).T for seed in range(3)])
"""(S, C, T): three stems that have nothing to do with one another."""


def play(*changes: object, exact_sum: bool = True, outputs: int = 2, stems: np.ndarray = STEMS) -> np.ndarray:
    """What comes out for `stems` with the changes settled, aligned: (T, outputs)."""
    with OfflineHost(Prescribed(stems, HOP, DELAY, exact_sum), RATE, BLOCK, offline(), outputs) as host:
        host.desk.apply(*changes)
        latency = host.budget.host
        # All ramps are jumped over before the first block.
        padded = np.pad(stems.sum(axis=0).T.astype(np.float32), ((0, latency), (0, 0)))
        return host.run(whole_blocks(padded, BLOCK))[latency : latency + stems.shape[2]]


def mixed(gains: list[float], channel_gains: np.ndarray | None = None) -> np.ndarray:
    """The mix that stems at these gains should give, (T, C)."""
    whole = np.tensordot(np.array(gains), STEMS.astype(np.float64), axes=1)
    return (whole if channel_gains is None else whole * channel_gains[:, None]).T


@pytest.mark.parametrize("exact_sum", [True, False])
@pytest.mark.parametrize(
    ("changes", "gains"),
    [
        ((), [1, 1, 1]),
        ((StemGain("stem0", -6.0),), [db_to_gain(-6.0), 1, 1]),
        ((StemGain("stem2", 12.0),), [1, 1, db_to_gain(12.0)]),
        ((StemGain("stem1", -144.0),), [1, 0, 1]),
        ((StemMute("stem0", True),), [0, 1, 1]),
        ((StemMute("stem2", True),), [1, 1, 0]),
        ((StemMute("stem0", True), StemMute("stem0", False)), [1, 1, 1]),
        ((StemSolo("stem1", True),), [0, 1, 0]),
        ((StemSolo("stem1", True), StemSolo("stem2", True)), [0, 1, 1]),
        ((StemSolo("stem1", True), StemMute("stem1", True)), [0, 0, 0]),
        ((MixGain(-20.0),), [0.1, 0.1, 0.1]),
        ((MixGain(-20.0), StemMute("stem1", True)), [0.1, 0, 0.1]),
        ((DryWet(0.5), StemMute("stem1", True)), [1, 0.5, 1]),
        ((DryWet(0.0), StemMute("stem1", True), StemGain("stem0", 6.0)), [1, 1, 1]),
        ((Bypass(True), StemMute("stem1", True), MixGain(-20.0)), [0.1, 0.1, 0.1]),
        ((Panic(True),), [0, 0, 0]),
        ((Panic(True), Bypass(True)), [0, 0, 0]),
        ((Panic(True), Panic(False), StemMute("stem1", True)), [1, 0, 1]),
    ],
)
def test_mix_is_what_the_strips_say(changes: tuple, gains: list[float], exact_sum: bool) -> None:
    np.testing.assert_allclose(play(*changes, exact_sum=exact_sum), mixed(gains), atol=MIX_TOLERANCE * 4)


@pytest.mark.parametrize("exact_sum", [True, False])
@pytest.mark.parametrize(
    "changes", [tuple(StemMute(f"stem{s}", True) for s in range(3)), (Panic(True),), (MixGain(-144.0),)]
)
def test_all_stems_muted_is_silence_to_the_bit(changes: tuple, exact_sum: bool) -> None:
    assert not play(*changes, exact_sum=exact_sum).any()


@pytest.mark.parametrize(
    ("pan", "left", "right"), [(-1.0, 1, 0), (-0.25, 1, 0.75), (0.0, 1, 1), (0.5, 0.5, 1), (1.0, 0, 1)]
)
def test_balance_takes_away_from_the_other_side_only(pan: float, left: float, right: float) -> None:
    heard = play(StemSolo("stem0", True), StemPan("stem0", pan))
    np.testing.assert_allclose(heard, mixed([1, 0, 0], np.array([left, right])), atol=MIX_TOLERANCE)


@pytest.mark.parametrize("channels", [1, 3])
def test_balance_means_nothing_to_other_than_two_channels(channels: int) -> None:
    stems = np.stack([noise(500, channels, seed=seed).T for seed in range(2)])
    heard = play(StemPan("stem0", 1.0), stems=stems)
    np.testing.assert_allclose(heard[:, :channels], stems.sum(axis=0).T, atol=MIX_TOLERANCE)


def test_stems_that_do_not_add_up_are_mixed_plainly() -> None:
    """The input plays no part: twice what went in comes out if the stems say so."""
    stems = np.stack([noise(1000, seed=9).T] * 2)
    with OfflineHost(Prescribed(stems, HOP, 0, exact_sum=False), RATE, BLOCK, offline()) as host:
        latency = host.budget.host
        heard = host.run(whole_blocks(np.zeros((1000 + latency, 2), np.float32), BLOCK))[latency:][:1000]
    np.testing.assert_allclose(heard, 2 * stems[0].T, atol=MIX_TOLERANCE)


@pytest.fixture
def wide() -> Iterator[OfflineHost]:
    """A host with eight outputs."""
    with OfflineHost(Prescribed(STEMS, HOP, DELAY), RATE, BLOCK, offline(), outputs=8) as host:
        yield host


def run_aligned(host: OfflineHost) -> np.ndarray:
    latency = host.budget.host
    padded = np.pad(STEMS.sum(axis=0).T, ((0, latency), (0, 0)))
    return host.run(whole_blocks(padded.astype(np.float32), BLOCK))[latency : latency + LENGTH]


def test_a_stems_own_feed_carries_it_at_its_fader_and_the_mix_stays_as_it_was(wide: OfflineHost) -> None:
    wide.desk.apply(StemOutput("stem1", 2), StemGain("stem1", -6.0), StemOutput("stem0", 6))
    heard = run_aligned(wide)
    np.testing.assert_allclose(heard[:, :2], mixed([1, db_to_gain(-6.0), 1]), atol=MIX_TOLERANCE)
    np.testing.assert_allclose(heard[:, 2:4], mixed([0, db_to_gain(-6.0), 0]), atol=MIX_TOLERANCE)
    np.testing.assert_allclose(heard[:, 6:8], mixed([1, 0, 0]), atol=MIX_TOLERANCE)
    assert not heard[:, 4:6].any()


def test_two_feeds_on_one_output_add_up(wide: OfflineHost) -> None:
    wide.desk.apply(StemOutput("stem0", 4), StemOutput("stem1", 4), StemMute("stem2", True))
    np.testing.assert_allclose(run_aligned(wide)[:, 4:6], mixed([1, 1, 0]), atol=MIX_TOLERANCE)


@pytest.mark.parametrize("output", [7, 8, 255])
def test_a_feed_beyond_the_devices_outputs_is_left_out(wide: OfflineHost, output: int) -> None:
    wide.desk.apply(StemOutput("stem0", output))
    heard = run_aligned(wide)
    assert not heard[:, 2:].any()
    np.testing.assert_allclose(heard[:, :2], mixed([1, 1, 1]), atol=MIX_TOLERANCE)


def test_mute_and_solo_act_on_feeds_too(wide: OfflineHost) -> None:
    wide.desk.apply(StemOutput("stem0", 2), StemOutput("stem1", 4), StemSolo("stem1", True))
    heard = run_aligned(wide)
    assert not heard[:, 2:4].any()
    np.testing.assert_allclose(heard[:, 4:6], mixed([0, 1, 0]), atol=MIX_TOLERANCE)


def test_panic_silences_the_feeds_too(wide: OfflineHost) -> None:
    wide.desk.apply(StemOutput("stem0", 2), Panic(True))
    assert not run_aligned(wide).any()


def test_unity_mix_nulls_after_any_moves_of_the_faders() -> None:
    """Invariant 6: back at unity the output is the delayed input again, bit for bit."""
    generator = np.random.default_rng(3)
    signal = noise(70 * BLOCK)
    with OfflineHost(Prescribed(STEMS, HOP, DELAY), RATE, BLOCK, offline()) as host:
        latency, parts = host.budget.host, []
        for start in range(0, len(signal), BLOCK):
            stem = f"stem{generator.integers(3)}"
            if start < 30 * BLOCK:
                move = generator.integers(4)
                host.desk.apply(
                    [
                        StemGain(stem, float(generator.uniform(-60, 12))),
                        StemMute(stem, bool(generator.integers(2))),
                        DryWet(float(generator.uniform())),
                        MixGain(float(generator.uniform(-60, 12))),
                    ][move]
                )
            elif start == 30 * BLOCK:
                back = [change for s in range(3) for change in (StemGain(f"stem{s}", 0.0), StemMute(f"stem{s}", False))]
                host.desk.apply(*back, DryWet(1.0), MixGain(0.0))
            parts.append(host.run(signal[start : start + BLOCK]))
        heard = np.concatenate(parts)
        quiet = 30 * BLOCK + int(host.control.get("ramp_frames"))
    assert not np.array_equal(heard[latency:quiet], signal[: quiet - latency])
    np.testing.assert_array_equal(heard[quiet:], signal[quiet - latency : len(signal) - latency])


def test_nan_and_inf_from_the_device_are_silenced_and_counted() -> None:
    signal = noise(10 * BLOCK)
    clean = signal.copy()
    for index, bad in zip(((70, 0), (71, 1), (72, 0)), (np.nan, np.inf, -np.inf), strict=True):
        signal[index], clean[index] = bad, 0.0
    with OfflineHost(Prescribed(STEMS, HOP, 0), RATE, BLOCK, offline()) as host:
        latency = host.budget.host
        heard = host.run(signal)
        assert host.control.get("input_nonfinite") == 3
        settled(host)
    np.testing.assert_array_equal(heard[latency:], clean[: len(clean) - latency])
