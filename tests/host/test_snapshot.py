"""What a state says belongs together, though it is read while callbacks run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from rtsep.host.snapshot import counted
from rtsep.shared.block import Block, attach, create, remove

FRAMES = 64


@pytest.fixture
def audio(host_name: str) -> Iterator[Block]:
    create(2, 4, 64, 64, host_name)
    yield attach(host_name, "audio")
    remove(host_name)


class Callback:
    """One callback of the audio process, in two halves, as `realtime.callback` orders them."""

    def __init__(self, block: Block) -> None:
        self._block = block

    def begin(self) -> None:
        self._block.set("input_written", self._block.get("position") + FRAMES)

    def end(self) -> None:
        self._block.set("callbacks", self._block.get("callbacks") + 1)
        self._block.set("position", self._block.get("input_written"))


def supervisor(*moves: Callable[[], None]) -> Any:
    """One that is asked for restarts amid a reading: the first readings see these moves happen."""
    waiting = list(moves)

    class Asked:
        @property
        def restarts(self) -> int:
            if waiting:
                waiting.pop(0)()
            return 0

    return SimpleNamespace(separator=Asked(), audio=SimpleNamespace(restarts=0))


def test_a_callback_between_two_fields_is_not_half_counted(audio: Block) -> None:
    callback = Callback(audio)

    def whole() -> None:
        callback.begin()
        callback.end()

    position, counters = counted(audio, supervisor(whole, whole))
    assert position == FRAMES * counters.callbacks == 2 * FRAMES


def test_a_callback_under_way_is_waited_for(audio: Block) -> None:
    callback = Callback(audio)
    callback.begin()
    position, counters = counted(audio, supervisor(lambda: None, callback.end))
    assert position == FRAMES * counters.callbacks == FRAMES


def test_a_callback_that_never_ends_is_not_waited_for_for_ever(audio: Block) -> None:
    Callback(audio).begin()
    assert counted(audio, supervisor())[0] == 0
