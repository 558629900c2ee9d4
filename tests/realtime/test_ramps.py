"""How gains move: linearly, in lockstep, to the exact end; all changes at once or none."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from support import RATE, Prescribed, offline, settled

from rtsep.changes import Bypass, MixGain, Panic, StemGain, StemMute
from rtsep.host.offline import OfflineHost
from rtsep.realtime import mixer
from rtsep.units import db_to_gain

BLOCK = 64
RAMP_ROUNDING = 2e-5
"""A float32 ramp of some hundred steps, each rounded."""
DC = 0.5


def constant(frames: int) -> np.ndarray:
    return np.full((frames, 2), DC, dtype=np.float32)


@pytest.fixture(params=[1.0, 10.0, 7.7])
def host(request: pytest.FixtureRequest) -> Iterator[OfflineHost]:
    """Two stems of half the input each, a constant; the pipe is full."""
    stems = np.full((2, 2, 20 * RATE // 10), DC / 2, dtype=np.float32)
    with OfflineHost(Prescribed(stems, 64, 0), RATE, BLOCK, offline(ramp_ms=request.param)) as made:
        made.run(constant(10 * BLOCK))
        yield made


def ramp_of(host: OfflineHost) -> int:
    return int(host.control.get("ramp_frames"))


@pytest.mark.parametrize(
    ("change", "end"),
    [
        (StemMute("stem0", True), 0.5),
        (MixGain(-144.0), 0.0),
        (Panic(True), 0.0),
        (StemGain("stem1", -6.0), 0.5 * (1 + db_to_gain(-6))),
    ],
)
def test_a_change_ramps_linearly_from_the_blocks_edge_and_ends_exactly(
    host: OfflineHost, change: object, end: float
) -> None:
    ramp = ramp_of(host)
    host.desk.apply(change)
    heard = host.run(constant(BLOCK * (2 + ramp // BLOCK)))[:, 0] / DC
    steps = np.minimum(np.arange(1, len(heard) + 1) / ramp, 1.0)
    np.testing.assert_allclose(heard, 1.0 + steps * (end - 1.0), atol=RAMP_ROUNDING)
    # After the ramp nothing moves any more, to the bit.
    assert np.ptp(heard[ramp - 1 :]) == 0.0
    assert heard[-1] == pytest.approx(np.float32(end), abs=1e-7)


def test_a_change_during_a_ramp_goes_on_from_where_it_was(host: OfflineHost) -> None:
    before = host.run(constant(BLOCK))
    host.desk.apply(StemMute("stem0", True))
    down = host.run(constant(BLOCK))
    host.desk.apply(StemMute("stem0", False))
    ramp = ramp_of(host)
    back = host.run(constant(BLOCK * (2 + ramp // BLOCK)))
    heard = np.concatenate([before, down, back])[:, 0]
    assert np.abs(np.diff(heard)).max() <= DC / ramp * (1 + RAMP_ROUNDING) + 1e-6
    np.testing.assert_array_equal(back[ramp - 1 :], constant(len(back) - ramp + 1))


def test_repeating_what_is_already_set_starts_no_ramp(host: OfflineHost) -> None:
    host.desk.apply(StemMute("stem0", True))
    settled(host)
    host.desk.apply(StemMute("stem0", True))
    host.run(constant(BLOCK))
    assert not host.control.array("lane_left").any()


def test_lanes_that_start_together_move_in_lockstep() -> None:
    """Stems whose terms cancel at both ends of a ramp cancel along it, bit for bit."""
    half = np.random.default_rng(0).uniform(-0.5, 0.5, (2, 8000)).astype(np.float32)
    stems = np.stack([half, -half])
    with OfflineHost(Prescribed(stems, 64, 0, exact_sum=False), RATE, BLOCK, offline()) as host:
        silence = np.zeros((10 * BLOCK, 2), dtype=np.float32)
        for gain_db in (-3.0, 12.0, -60.0, 0.0):
            host.desk.apply(StemGain("stem0", gain_db), StemGain("stem1", gain_db))
            assert not host.run(silence).any()
            assert host.control.array("peak")[0].max() > 1e-4


def test_the_first_settings_are_there_at_once() -> None:
    """A host that starts with a muted stem must not fade it out."""
    stems = np.full((2, 2, 4000), DC / 2, dtype=np.float32)
    with OfflineHost(Prescribed(stems, 64, 0), RATE, BLOCK, offline(mix_gain_db=-144.0)) as host:
        assert not host.run(constant(20 * BLOCK)).any()


def test_values_under_an_odd_sequence_are_not_taken_over(host: OfflineHost) -> None:
    host.control.set("params_seq", host.control.get("params_seq") + 1)
    host.control.set("mix_gain", 0.0)
    np.testing.assert_array_equal(host.run(constant(2 * BLOCK)), constant(2 * BLOCK))
    host.control.set("params_seq", host.control.get("params_seq") + 1)
    assert not host.run(constant(BLOCK * (2 + ramp_of(host) // BLOCK)))[ramp_of(host) :].any()


def test_a_writer_that_dies_within_an_update_leaves_a_desk_that_works(host: OfflineHost) -> None:
    """The sequence stays odd; the next control process's first change must be heard all the same."""
    host.control.set("params_seq", host.control.get("params_seq") + 1)
    host.desk.apply(Bypass(True), MixGain(-144.0))
    host.run(constant(BLOCK * (2 + ramp_of(host) // BLOCK)))
    assert not host.run(constant(BLOCK)).any()
    assert host.control.get("params_seq") % 2 == 0


def test_a_torn_update_is_never_applied() -> None:
    """One thread moves two faders and the master as one, another runs the callback: they are never seen apart."""
    stems = np.zeros((2, 2, 4000), dtype=np.float32)
    with OfflineHost(Prescribed(stems, 64, 0, exact_sum=False), RATE, BLOCK, offline()) as host:
        stop = threading.Event()

        def wiggle() -> None:
            level = 0
            while not stop.is_set():
                level = (level + 1) % 60
                host.desk.apply(StemGain("stem0", -level), StemGain("stem1", -level), MixGain(-level))

        writer = threading.Thread(target=wiggle)
        writer.start()
        try:
            silence, targets = np.zeros((BLOCK, 2), dtype=np.float32), set()
            for _ in range(200_000):
                host.run(silence, separate=False)
                lanes = host.control.array("lane_target")
                first, second = lanes[mixer.STEM_GAIN, 0], lanes[mixer.STEM_GAIN + 1, 0]
                assert first == second
                # The term in the mix is the strip's gain times the master, and both moved together.
                np.testing.assert_allclose(lanes[0, 0], first * first, rtol=1e-6)
                targets.add(float(first))
                if len(targets) == 60:
                    break
        finally:
            stop.set()
            writer.join()
    assert len(targets) > 5
