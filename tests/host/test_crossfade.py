"""The stems' crossfader: gains as heard, sums at unity, ramps, and its place in the desk's other rules."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import FLOAT32_SUM, RATE, Prescribed, largest_step, noise, offline, settled

from rtsep.changes import Crossfade, MixGain, StemGain, StemMute, StemSide, StemSolo
from rtsep.control import Strip
from rtsep.deskstate import DeskState, changed, side_gain
from rtsep.errors import ConfigError
from rtsep.host.offline import OfflineHost

BLOCK = 64
LEVELS = (0.1, 0.2, 0.3)
"""Constants of the three stems: any gain of each can be told from the mix."""
HEARD = 1e-6
"""float32 gains on constants."""


@pytest.fixture(params=[True, False], ids=["exact sum", "no exact sum"])
def host(request: pytest.FixtureRequest) -> Iterator[OfflineHost]:
    """Three constant stems: stem0 on side a, stem1 on side b, stem2 on neither."""
    stems = np.stack([np.full((2, 4 * RATE), level, dtype=np.float32) for level in LEVELS])
    with OfflineHost(Prescribed(stems, 64, 0, request.param), RATE, BLOCK, offline()) as made:
        made.desk.apply(StemSide("stem0", "a"), StemSide("stem1", "b"))
        made.run(mixture(20 * BLOCK))
        yield made


def mixture(frames: int) -> np.ndarray:
    return np.full((frames, 2), sum(LEVELS), dtype=np.float32)


def heard(host: OfflineHost) -> np.ndarray:
    """One frame, once ramps have ended."""
    return host.run(mixture(20 * BLOCK))[-1]


@pytest.mark.parametrize("position", [-1.0, -0.75, -0.5, -0.1, 0.0, 0.1, 0.5, 0.75, 1.0])
def test_each_side_is_heard_by_its_law(host: OfflineHost, position: float) -> None:
    host.desk.apply(Crossfade(position))
    a = math.cos(0.5 * math.pi * max(0.0, position))
    b = math.cos(0.5 * math.pi * max(0.0, -position))
    np.testing.assert_allclose(heard(host), a * LEVELS[0] + b * LEVELS[1] + LEVELS[2], atol=HEARD)


def test_at_the_ends_the_other_side_is_gone_entirely(host: OfflineHost) -> None:
    host.desk.apply(StemMute("stem2", True), StemMute("stem1", True), Crossfade(1.0))
    np.testing.assert_array_equal(heard(host), 0.0)
    host.desk.apply(StemMute("stem1", False), StemMute("stem0", True), Crossfade(-1.0))
    np.testing.assert_array_equal(heard(host), 0.0)


def test_in_the_middle_everything_is_as_without_a_crossfader() -> None:
    """Bit for bit the delayed input, at unity."""
    stems = np.stack([noise(RATE, seed=s, level=0.2).T for s in range(3)])
    mix = stems.sum(axis=0, dtype=np.float32).T
    with OfflineHost(Prescribed(stems, 64, 0), RATE, BLOCK, offline()) as host:
        host.desk.apply(StemSide("stem0", "a"), StemSide("stem1", "b"), Crossfade(0.0))
        whole = len(mix) // BLOCK * BLOCK
        out, lag = host.run(mix[:whole]), host.budget.host
        np.testing.assert_array_equal(out[lag:], mix[: whole - lag])


def test_the_mix_at_any_position_is_the_sum_of_the_stems_as_heard() -> None:
    stems = np.stack([noise(RATE, seed=s, level=0.2).T for s in range(3)])
    mix = stems.sum(axis=0, dtype=np.float32).T
    with OfflineHost(Prescribed(stems, 64, 0), RATE, BLOCK, offline()) as host:
        host.desk.apply(StemSide("stem0", "a"), StemSide("stem1", "b"), StemGain("stem0", -6.0), Crossfade(0.3))
        skipped = settled(host)
        whole = (len(mix) - skipped) // BLOCK * BLOCK
        out, lag = host.run(mix[skipped : skipped + whole]), host.budget.host
        gains = [10 ** (-6.0 / 20.0) * math.cos(0.15 * math.pi), 1.0, 1.0]
        expected = np.tensordot(gains, stems, 1).T[skipped : skipped + whole - lag]
        np.testing.assert_allclose(out[lag + BLOCK :], expected[BLOCK:], atol=FLOAT32_SUM)


def test_a_move_ramps_from_the_blocks_edge_and_ends_exactly(host: OfflineHost) -> None:
    ramp = int(host.control.get("ramp_frames"))
    before = heard(host)[0]
    host.desk.apply(Crossfade(1.0))
    out = host.run(mixture(BLOCK * (2 + ramp // BLOCK)))[:, 0]
    steps = np.minimum(np.arange(1, len(out) + 1) / ramp, 1.0)
    np.testing.assert_allclose(out, before - steps * LEVELS[0], atol=2e-5)
    assert np.ptp(out[ramp - 1 :]) == 0.0


def test_a_sweep_from_side_to_side_has_no_step_larger_than_a_ramps(host: OfflineHost) -> None:
    ramp = int(host.control.get("ramp_frames"))
    host.desk.apply(Crossfade(-1.0))
    parts = [host.run(mixture(20 * BLOCK))]
    for position in np.linspace(-1.0, 1.0, 41):
        host.desk.apply(Crossfade(float(position)))
        parts.append(host.run(mixture(4 * BLOCK)))
    sweep = np.concatenate(parts)[10 * BLOCK :]
    assert largest_step(sweep) <= max(LEVELS) / ramp * (1 + 1e-3)
    np.testing.assert_allclose(sweep[0], LEVELS[0] + LEVELS[2], atol=HEARD)
    np.testing.assert_allclose(heard(host), LEVELS[1] + LEVELS[2], atol=HEARD)


def test_changing_sides_ramps_too(host: OfflineHost) -> None:
    ramp = int(host.control.get("ramp_frames"))
    host.desk.apply(Crossfade(1.0))
    heard(host)
    host.desk.apply(StemSide("stem0", "b"), StemSide("stem1", "a"))
    out = host.run(mixture(20 * BLOCK))
    assert largest_step(out) <= (LEVELS[0] + LEVELS[1]) / ramp
    np.testing.assert_allclose(out[-1], LEVELS[0] + LEVELS[2], atol=HEARD)


def test_mute_solo_and_master_count_besides(host: OfflineHost) -> None:
    host.desk.apply(Crossfade(0.5), StemSolo("stem0", True), MixGain(-6.0))
    gain = 10 ** (-6.0 / 20.0)
    np.testing.assert_allclose(heard(host), gain * math.cos(0.25 * math.pi) * LEVELS[0], atol=HEARD)
    host.desk.apply(StemMute("stem0", True))
    np.testing.assert_array_equal(heard(host), 0.0)


def test_late_stems_are_covered_no_louder_than_the_loudest_side() -> None:
    """The fallback of policy `dry` follows the loudest strip as heard, that of `mute-safe` the quietest."""
    stems = np.stack([np.full((2, RATE), level, dtype=np.float32) for level in LEVELS[:2]])
    for policy, expected in (("dry", 1.0), ("mute-safe", math.cos(0.25 * math.pi))):
        with OfflineHost(Prescribed(stems, 64, 0), RATE, BLOCK, offline(policy=policy)) as host:
            dry = np.full((40 * BLOCK, 2), sum(LEVELS[:2]), dtype=np.float32)
            host.desk.apply(StemSide("stem0", "a"), Crossfade(0.5))
            host.run(dry)
            late = host.run(dry, separate=False)
            np.testing.assert_allclose(late[-1], expected * sum(LEVELS[:2]), atol=HEARD)


@given(position=st.floats(-1.0, 1.0))
def test_both_sides_mirror_each_other_and_one_of_them_is_always_whole(position: float) -> None:
    a, b = side_gain("a", position), side_gain("b", position)
    assert a == side_gain("b", -position)
    assert max(a, b) == 1.0
    assert 0.0 <= min(a, b) <= 1.0
    assert side_gain("", position) == 1.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Crossfade(1.01), r"crossfade position is 1.01, must be -1\.\.1"),
        (Crossfade(math.nan), "crossfade position is nan"),
        (StemSide("stem0", "c"), "no side 'c'"),  # type: ignore[arg-type]
        (StemSide("stem9", "a"), "no stem 'stem9'"),
    ],
)
def test_what_is_no_position_or_side_is_refused(change: Crossfade | StemSide, words: str) -> None:
    spec = Prescribed(np.zeros((1, 2, 1), np.float32)).spec
    with pytest.raises(ConfigError, match=words):
        changed(DeskState({"stem0": Strip("stem0")}, {}), change, spec)
