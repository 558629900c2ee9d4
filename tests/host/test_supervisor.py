"""When the supervisor replaces a child, and when it waits: judged on times made up here, with children made of sleep."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rtsep.host.supervisor import HANG_S, LOST_S, RETRY_S, SETTLED_S, Guard, Supervisor
from rtsep.shared.block import Block, attach, create, remove


class Puppet:
    """A child that does as it is told."""

    def __init__(self) -> None:
        self.living = self.prepared = True
        self.started_at = 0.0
        self.starts = self.kills = 0

    def alive(self) -> bool:
        return self.living

    def ready(self) -> bool:
        return self.living and self.prepared

    def error(self) -> str:
        return "it broke"

    def start(self) -> None:
        self.starts += 1
        self.living = True

    def kill(self, patience_s: float = 0.0) -> None:
        self.kills += 1
        self.living = False


@pytest.fixture
def guard() -> Guard:
    lines: list[str] = []
    made = Guard(Puppet(), lines.append, "separator", patience_s=8.0)  # type: ignore[arg-type]
    made.lines = lines  # type: ignore[attr-defined]
    return made


def test_a_child_that_is_up_is_left_alone(guard: Guard) -> None:
    assert [guard.tend(now) for now in (0.0, 0.01, 0.02)] == [True] * 3
    assert (guard.status, guard.restarts, guard.lines) == ("running", 0, [])  # type: ignore[attr-defined]


def test_a_dead_child_is_replaced_at_once_and_its_return_is_told(guard: Guard) -> None:
    guard.tend(0.0)
    guard.child.living = False  # type: ignore[attr-defined]
    assert not guard.tend(0.01)
    assert guard.status == "restarting: it broke"
    assert not guard.tend(0.02)
    assert guard.child.starts == guard.restarts == 1  # type: ignore[attr-defined]
    assert guard.tend(0.03)
    assert guard.lines == ["separator: it broke; restarting it", "separator is back"]  # type: ignore[attr-defined]


def test_restarts_that_lead_to_nothing_come_more_and_more_slowly_and_are_told_once(guard: Guard) -> None:
    guard.child.living, now, pauses = False, 0.0, []  # type: ignore[attr-defined]
    for _ in range(8):
        guard.tend(now)
        died = now
        while guard.child.starts <= len(pauses):  # type: ignore[attr-defined]
            now += 0.01
            guard.tend(now)
        pauses.append(now - died)
        guard.child.living = False  # type: ignore[attr-defined]
    expected = [*RETRY_S, *[RETRY_S[-1]] * 3]
    assert pauses == pytest.approx(expected, abs=0.025)
    assert len(guard.lines) == 1  # type: ignore[attr-defined]


def test_success_ends_the_slowing_down(guard: Guard) -> None:
    for now in (0.0, 10.0, 20.0):
        guard.child.living = False  # type: ignore[attr-defined]
        guard.tend(now)
        guard.tend(now + 0.01)
        assert guard.child.living  # type: ignore[attr-defined]
        guard.tend(now + 0.02)
        guard.tend(now + SETTLED_S + 0.1)
    assert guard.restarts == 3


def test_a_child_that_is_ready_and_dies_at_once_is_restarted_more_and_more_slowly(guard: Guard) -> None:
    guard.child.living = False  # type: ignore[attr-defined]
    guard.tend(0.0)
    guard.tend(0.01)
    assert guard.tend(0.02)
    guard.child.living = False  # type: ignore[attr-defined]
    guard.tend(0.03)
    guard.tend(0.04)
    assert not guard.child.living  # type: ignore[attr-defined]
    guard.tend(0.03 + RETRY_S[1])
    assert guard.child.living  # type: ignore[attr-defined]


def test_a_child_that_never_gets_ready_is_replaced(guard: Guard) -> None:
    guard.child.prepared = False  # type: ignore[attr-defined]
    assert not guard.tend(7.9)
    assert guard.child.kills == 0  # type: ignore[attr-defined]
    guard.tend(8.1)
    assert guard.child.kills == 1  # type: ignore[attr-defined]
    assert "did not become ready" in guard.status


def test_a_child_that_is_slow_to_start_is_given_more_time_at_each_attempt(guard: Guard) -> None:
    child, now, patience = guard.child, 0.0, []
    child.prepared = False  # type: ignore[attr-defined]
    for attempt in range(6):
        while not child.living or child.starts < attempt:  # type: ignore[attr-defined]
            now += 0.01
            guard.tend(now)
        child.started_at = begin = now
        while child.living:  # type: ignore[attr-defined]
            now += 0.01
            guard.tend(now)
        patience.append(now - begin)
    assert patience == pytest.approx([8.0, 16.0, 24.0, 32.0, 32.0, 32.0], abs=0.03)


@pytest.fixture
def house(host_name: str) -> Iterator[tuple[Supervisor, Block, Block]]:
    """A supervisor with two puppets, the audio's and the separator's view of the block."""
    block = create(2, 2, 64, 64, host_name)
    block.set("hop", 64)
    block.set("block", 64)
    block.set("sample_rate", 48000.0)
    supervisor = Supervisor(block, lambda _: None)
    supervisor.audio.child = Puppet()  # type: ignore[assignment]
    supervisor.separator.child = Puppet()  # type: ignore[assignment]
    yield supervisor, attach(host_name, "audio"), attach(host_name, "separator")
    remove(host_name)


def told(supervisor: Supervisor) -> list[str]:
    return [text for _, text in supervisor.events]


def test_a_stream_that_stops_calling_is_replaced(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, _ = house
    for step in range(100):
        audio.set("callbacks", step)
        supervisor.round(step * 0.01)
    assert told(supervisor) == []
    supervisor.round(0.99 + LOST_S - 0.02)
    assert told(supervisor) == []
    supervisor.round(1.01 + LOST_S)
    assert told(supervisor) == ["audio: the device stopped calling; restarting it"]


def test_a_stream_that_has_just_come_back_is_given_its_time_anew(house: tuple[Supervisor, Block, Block]) -> None:
    """Opening took longer than a lost device may; the first callback is yet to come."""
    supervisor, audio, _ = house
    audio.set("callbacks", 7)
    supervisor.round(0.0)
    supervisor.audio.child.living = False  # type: ignore[attr-defined]
    supervisor.round(0.01)
    supervisor.audio.child.prepared = False  # type: ignore[attr-defined]
    for step in range(2, 100):
        supervisor.round(step * 0.01)
    supervisor.audio.child.prepared = True  # type: ignore[attr-defined]
    supervisor.round(1.0)
    assert told(supervisor) == ["audio: it broke; restarting it", "audio is back"]


def test_a_long_block_is_given_time_in_proportion(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, _ = house
    supervisor._block.set("block", 8192)  # 20 blocks are 3.4 s
    audio.set("callbacks", 1)
    for now in (0.0, 1.0, 3.0):
        supervisor.round(now)
    assert told(supervisor) == []
    supervisor.round(3.6)
    assert told(supervisor) == ["audio: the device stopped calling; restarting it"]


def test_a_separator_with_work_that_does_none_is_replaced(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, separator = house
    for step in range(200):
        audio.set("callbacks", step)
        audio.set("input_written", 64 * step)
        separator.set("input_read", 64 * min(step, 100))
        supervisor.round(step * 0.01)
        if step * 0.01 < 1.0 + HANG_S - 0.02:
            assert told(supervisor) == []
    assert told(supervisor)[0] == "separator: hung; restarting it"


def test_a_separator_that_dies_slowly_is_replaced_for_what_it_died_of(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, separator = house
    separator.set_text("separator_error", "out of GPU memory")
    audio.set("input_written", 64)
    for now in (0.0, 0.1, HANG_S, HANG_S + 0.1):
        audio.set("callbacks", round(100 * now) + 1)
        supervisor.round(now)
    assert told(supervisor) == ["separator: hung after: out of GPU memory; restarting it"]


def test_a_separator_without_work_is_left_alone(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, separator = house
    separator.set("input_read", 640)
    audio.set("input_written", 640 + 63)
    for step in range(500):
        audio.set("callbacks", step)
        supervisor.round(step * 0.01)
    assert told(supervisor) == []


def test_a_file_that_has_ended_is_not_a_lost_device(house: tuple[Supervisor, Block, Block]) -> None:
    supervisor, audio, _ = house
    audio.set("finished", 1)
    supervisor.audio.child.living = False  # type: ignore[attr-defined]
    for step in range(300):
        supervisor.round(step * 0.01)
    assert supervisor.audio.status == "finished"
    assert told(supervisor) == []
