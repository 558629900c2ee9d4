"""Timing events: a ring of them against a model, a reader that is overtaken, and two processes at full speed."""

from __future__ import annotations

import secrets
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from rtsep.lab.trace.reading import RingReader, oldest, present
from rtsep.realtime.events import store_event
from rtsep.shared.block import Block, attach, create, remove
from rtsep.shared.events import AUDIO_EVENTS, WORDS, EventRing

EVENTS = 16
RING = EventRing("audio", "audio_events", "audio_events_offset", EVENTS, WORDS)
STRESS_EVENTS = 400_000


def words(number: int) -> list[int]:
    """Event `number`: every word tells it."""
    return [5 * number, 5 * number + 1, 5 * number + 2, -number, number << 20]


def write(audio: Block, count: int) -> None:
    """Note so many more events, as the callback's kernel does."""
    for _ in range(count):
        number = int(audio.get("audio_events"))
        store_event(audio.address + int(audio.get("audio_events_offset")), EVENTS, number, *words(number))
        audio.set("audio_events", number + 1)


def numbers(events: np.ndarray) -> list[int]:
    """Which events these are, after a look at each of their words."""
    found = (events[:, 0] // 5).tolist()
    assert events.tolist() == [words(number) for number in found]
    return found


class EventsAgainstList(RuleBasedStateMachine):
    """A reader gets every event once and in order, but for those that were overwritten, which it counts."""

    def __init__(self) -> None:
        super().__init__()
        self.name = f"ev-{secrets.token_hex(4)}"
        create(1, 1, 16, 16, self.name)
        self.audio = attach(self.name, "audio")
        self.reader: Any = None
        self.next = 0

    @initialize(begin=st.integers(0, 1 << 42))  # words of it still fit int64
    def begin_anywhere(self, begin: int) -> None:
        self.audio.set("audio_events", begin)
        self.reader = present(self.audio, RING)
        self.next = begin

    @rule(count=st.integers(0, 3 * EVENTS))
    def note(self, count: int) -> None:
        write(self.audio, count)

    @rule()
    def read(self) -> None:
        written, before = int(self.audio.get("audio_events")), self.reader.lost
        # The slot of the oldest is the one that the writer may be at work on.
        first = max(self.next, written - EVENTS + 1)
        assert numbers(self.reader.read()) == list(range(first, written))
        assert self.reader.lost - before == first - self.next
        self.next = written

    def teardown(self) -> None:
        remove(self.name)


EventsAgainstList.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_a_reader_agrees_with_a_list = EventsAgainstList.TestCase


@pytest.fixture
def audio(host_name: str):
    create(1, 1, 16, 16, host_name)
    yield attach(host_name, "audio")
    remove(host_name)


class Racing(Block):
    """A block whose writer goes on while a reader copies: `meanwhile` events between its two looks at the count."""

    def __init__(self, block: Block, meanwhile: int) -> None:
        super().__init__(block.name, "audio", block._map)
        self._meanwhile, self._looks = meanwhile, 0

    def get(self, field: str) -> int | float:
        if field == "audio_events":
            self._looks += 1
            if self._looks == 2:
                write(Block(self.name, "audio", self._map), self._meanwhile)
        return super().get(field)


@pytest.mark.parametrize("meanwhile", [0, 1, 5, EVENTS - 1, EVENTS, 10 * EVENTS])
def test_what_is_overwritten_while_it_is_copied_is_thrown_away_and_counted(audio: Block, meanwhile: int) -> None:
    write(audio, 40)
    reader = RingReader(Racing(audio, meanwhile), RING, 30)
    first = min(40, max(30, 40 + meanwhile - EVENTS + 1))
    assert numbers(reader.read()) == list(range(first, 40))
    assert reader.lost == first - 30
    rest = list(range(max(40, 40 + meanwhile - EVENTS + 1), 40 + meanwhile))
    assert numbers(reader.read()) == rest
    assert reader.lost == first - 30 + meanwhile - len(rest)


def test_looking_back_gives_what_there_is_and_calls_nothing_lost(audio: Block) -> None:
    reader, held = oldest(audio, RING)
    assert len(held) == 0
    write(audio, 3)
    assert numbers(reader.read()) == [0, 1, 2]
    write(audio, 50)
    reader, held = oldest(audio, RING)
    assert numbers(held) == list(range(53 - EVENTS + 1, 53))
    assert reader.lost == 0
    write(audio, 2 * EVENTS)
    assert numbers(reader.read()) == list(range(53 + EVENTS + 1, 53 + 2 * EVENTS))
    assert reader.lost == EVENTS + 1


WRITER = """
import sys
from rtsep.realtime.noting import note_process
from rtsep.shared.block import attach

block = attach(sys.argv[1], "audio")
for number in range(int(sys.argv[2])):
    note_process(block.address, 7 * number, number, -number, number << 20)
"""


def test_two_processes_at_full_speed_pass_no_torn_event(audio: Block) -> None:
    """Whatever the reader keeps is right, in order, and with what it calls lost there are as many as were written."""
    attach(audio.name, "control").set("events_on", 1)
    reader = present(attach(audio.name, None), AUDIO_EVENTS)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, audio.name, str(STRESS_EVENTS)])
    kept, after = 0, -1
    try:
        while kept + reader.lost < STRESS_EVENTS:
            assert writer.poll() in (None, 0)
            events = reader.read()
            if not len(events):
                continue
            number = events[:, 1]
            assert number[0] > after
            assert (np.diff(number) == 1).all()
            wanted = np.stack([7 * number, number, 0 * number, -number, number << 20], axis=1)
            np.testing.assert_array_equal(events, wanted)
            kept, after = kept + len(events), int(number[-1])
        assert writer.wait(30) == 0
        assert after == STRESS_EVENTS - 1
        assert kept > 0
    finally:
        writer.kill()
        writer.wait()
