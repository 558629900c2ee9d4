"""The line to the engine: changes arrive, refusals are told, a lost engine is found again, the window never waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S

from rtsep.changes import Change, StemMute
from rtsep.control import EngineState
from rtsep.errors import DeviceError
from rtsep_gui.models.link import Link


class Remote(FakeEngine):
    """A fake engine that can be away."""

    def __init__(self) -> None:
        super().__init__()
        self.away = False
        self.closed = 0

    def _check(self) -> None:
        if self.away:
            raise DeviceError("nobody answers at 127.0.0.1:9000")

    def state(self) -> EngineState:
        self._check()
        return super().state()

    def apply(self, *changes: Change) -> None:
        self._check()
        super().apply(*changes)

    def close(self) -> None:
        self.closed += 1


def eventually(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE_S
    while not condition() and time.monotonic() < end:
        time.sleep(0.005)
    return condition()


@pytest.fixture
def engine() -> Remote:
    return Remote()


@pytest.fixture
def link(engine: Remote) -> Iterator[Link]:
    def connect() -> Remote:
        engine._check()
        return engine

    made = Link(connect, 0.01)
    made.start()
    yield made
    made.stop()


def test_changes_arrive_and_the_state_follows(link: Link) -> None:
    assert eventually(lambda: link.alive)
    link.apply(StemMute("vocals", True))
    assert eventually(lambda: link.state is not None and link.state.strips[0].mute)


def test_a_refusal_is_told_and_the_line_stays(link: Link) -> None:
    assert eventually(lambda: link.alive)
    link.apply(StemMute("flute", True))
    assert eventually(lambda: bool(link.problems))
    assert "there is no stem 'flute'" in link.problems.popleft()
    assert link.alive


def test_a_lost_engine_is_found_again_and_nothing_old_is_carried_out(link: Link, engine: Remote) -> None:
    assert eventually(lambda: link.alive)
    engine.away = True
    assert eventually(lambda: not link.alive)
    assert engine.closed == 1
    link.apply(StemMute("vocals", True))
    assert link.state is not None  # what was last known stays, marked as stale
    engine.away = False
    assert eventually(lambda: link.alive)
    assert not engine.state().strips[0].mute
    assert any("nobody answers" in problem for problem in link.problems)
