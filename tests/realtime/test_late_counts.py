"""Lateness is counted exactly: hops, events, frames."""

from __future__ import annotations

import pytest
from staging import stage
from support import noise

from rtsep.separators.builtin import Delay, Passthrough


@pytest.mark.parametrize("stall", [1, 2, 5, 33])
@pytest.mark.parametrize(("block", "hop"), [(64, 128), (128, 64), (65, 64), (441, 128), (1000, 63)])
def test_late_hops_are_counted_one_by_one(block: int, hop: int, stall: int) -> None:
    with stage(Delay(hop=hop, delay=0), noise(block * 200), block) as played:
        for _ in range(2):
            played.play(17)
            played.play(stall, hops=0)
        played.play(17)
        assert played.get("late_hops") == len(played.late)


def test_a_separator_that_never_answers_is_late_from_the_first_hop_on() -> None:
    with stage(Passthrough(), noise(64 * 100), 64) as played:
        played.play(100, hops=0)
        assert played.get("late_hops") == len(played.late) == (100 * 64 - played.get("stem_lag") - 1) // 128 + 1


def test_fallback_frames_are_the_frames_that_were_not_stems_alone() -> None:
    with stage(Delay(hop=64, delay=64), noise(64 * 400), 64) as played:
        played.play(50)
        assert played.get("fallback_frames") == 0
        played.play(50, hops=0)
        played.play(100)
        fade, lag = played.get("fade_frames"), played.get("stem_lag")
        # Missing from the first hop that was not computed to the block after which they are caught up; then the fade.
        missing = 50 * 64 - lag + 64
        assert played.get("fallback_frames") == missing + fade - 1
        assert played.get("late_events") == 1
