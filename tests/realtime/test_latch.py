"""Repeated lateness: a latch holds the fallback until the stems have kept time again."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from support import RATE, largest_step, offline, sine

from rtsep.changes import StemMute
from rtsep.host.offline import OfflineHost
from rtsep.realtime.fallback import FORGET_S, LATCH_LEVEL
from rtsep.separators.builtin import Delay

BLOCK = 64
REARM_MS = 100.0


class Performance:
    """Stems at 0.75 of the input and a dry fallback at 1, so that one tells which is heard."""

    def __init__(self, host: OfflineHost) -> None:
        self.host = host
        self.signal = sine(BLOCK * 8000)
        self.position = 0

    def play(self, blocks: int, separate: bool = True) -> np.ndarray:
        end = self.position + BLOCK * blocks
        heard = self.host.run(self.signal[self.position : end], separate=separate)
        self.position = end
        return heard

    def stumble(self, pause_blocks: int) -> None:
        """One late event, then `pause_blocks` on time."""
        self.play(2, separate=False)
        self.play(pause_blocks)

    def get(self, field: str) -> int:
        return int(self.host.control.get(field))

    def gain(self) -> float:
        """What the delayed input is multiplied with, at present."""
        heard = self.play(4)[:, 0]
        start = self.position - len(heard) - self.host.budget.host
        return float(heard @ heard / (heard @ self.signal[start : start + len(heard), 0]))


@pytest.fixture
def performance() -> Iterator[Performance]:
    with OfflineHost(Delay(hop=64, delay=64), RATE, BLOCK, offline(rearm_ms=REARM_MS)) as host:
        host.desk.apply(StemMute("vocals", True))
        made = Performance(host)
        made.play(40)
        yield made


def close(performance: Performance, pause_blocks: int = 30) -> None:
    for _ in range(20):
        performance.stumble(pause_blocks)
        if performance.get("latched"):
            return
    pytest.fail("the latch never closed")


def test_one_long_stall_is_one_event_and_closes_no_latch(performance: Performance) -> None:
    performance.play(1500, separate=False)
    performance.play(30)
    assert (performance.get("late_events"), performance.get("latches"), performance.get("latched")) == (1, 0, 0)
    assert performance.gain() == pytest.approx(0.75, rel=1e-4)


def test_rare_lateness_closes_no_latch(performance: Performance) -> None:
    once_per = int(1.05 * FORGET_S * RATE / BLOCK)
    for _ in range(12):
        performance.stumble(once_per)
    assert (performance.get("late_events"), performance.get("latches")) == (12, 0)


def test_repeated_lateness_closes_the_latch_when_its_leaky_count_is_full(performance: Performance) -> None:
    period = 32
    expected, level = 0, 0.0
    while level <= LATCH_LEVEL:
        level = max(0.0, level - period * BLOCK / (FORGET_S * RATE)) + 1.0
        expected += 1
    close(performance, period - 2)
    assert performance.get("late_events") == expected
    assert performance.get("latches") == 1


def test_a_latched_host_plays_the_fallback_although_stems_are_there(performance: Performance) -> None:
    close(performance, 16)
    performance.play(6)
    assert performance.get("latched")
    assert performance.gain() == pytest.approx(1.0, rel=1e-4)


def test_the_latch_rearms_after_time_on_schedule_and_stems_return(performance: Performance) -> None:
    close(performance, 16)
    rearm = performance.get("rearm_frames")
    assert rearm == REARM_MS * RATE / 1000
    already = performance.get("on_time")
    performance.play((rearm - already) // BLOCK - 1)
    assert performance.get("latched")
    performance.play(2)
    assert not performance.get("latched")
    performance.play(20)
    assert performance.gain() == pytest.approx(0.75, rel=1e-4)
    assert performance.get("latches") == 1


def test_lateness_while_latched_starts_the_wait_again(performance: Performance) -> None:
    close(performance, 16)
    rearm_blocks = performance.get("rearm_frames") // BLOCK
    for _ in range(3):
        performance.play(3, separate=False)
        performance.play(rearm_blocks - 3)
    assert performance.get("latched")
    assert performance.get("latches") == 1


def test_the_latch_can_close_again(performance: Performance) -> None:
    for count in (1, 2):
        close(performance)
        assert performance.get("latches") == count
        performance.play(performance.get("rearm_frames") // BLOCK + 30)
        assert not performance.get("latched")


def test_closing_and_opening_the_latch_makes_no_click(performance: Performance) -> None:
    heard = [performance.play(20)]
    for _ in range(12):
        heard += [performance.play(2, separate=False), performance.play(14)]
    assert performance.get("latched")
    heard.append(performance.play(performance.get("rearm_frames") // BLOCK + 60))
    assert not performance.get("latched")
    assert largest_step(np.concatenate(heard)) <= 1.5 * largest_step(performance.signal)


def test_late_hops_go_on_being_counted_while_latched(performance: Performance) -> None:
    close(performance, 16)
    before = performance.get("late_hops")
    performance.play(5, separate=False)
    assert performance.get("late_hops") == before + 4  # the first block still had its stems
