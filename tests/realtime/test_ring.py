"""The position-indexed ring: against a deque, and between two processes through a real block."""

from __future__ import annotations

import subprocess
import sys
from collections import deque

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from rtsep.realtime.ring import read_rows, slot, write_rows
from rtsep.shared.block import create, remove

FRAMES = 64
ROWS = 3
STRESS_FRAMES = 300_000


def test_slot_of_a_negative_position_lies_in_the_same_row() -> None:
    assert [slot(8, 2, position) for position in (-1, 0, 7, 8, 1 << 40)] == [23, 16, 23, 16, 16]


class RingAgainstDeque(RuleBasedStateMachine):
    """A ring holds what a deque of the last FRAMES samples holds, wherever on the int64 axis the stream is."""

    def __init__(self) -> None:
        super().__init__()
        self.ring = np.zeros((ROWS, FRAMES), dtype=np.float32)
        self.model: deque[np.ndarray] = deque(maxlen=FRAMES)
        self.written = 0
        self.value = 0

    @precondition(lambda self: not self.model)
    @rule(position=st.integers(0, 1 << 50))
    def begin_anywhere(self, position: int) -> None:
        self.written = position

    @rule(count=st.integers(0, FRAMES))
    def write(self, count: int) -> None:
        samples = (self.value + np.arange(ROWS * count, dtype=np.float32)).reshape(ROWS, count)
        self.value = (self.value + ROWS * count) % (1 << 20)
        write_rows(self.ring.ctypes.data, FRAMES, ROWS, self.written, samples.ctypes.data, count)
        self.written += count
        self.model.extend(samples.T)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def read(self, data: st.DataObject) -> None:
        age = data.draw(st.integers(0, len(self.model)), "how long ago it begins")
        count = data.draw(st.integers(0, age), "frames")
        got = np.full((ROWS, count), np.nan, dtype=np.float32)
        read_rows(self.ring.ctypes.data, FRAMES, ROWS, self.written - age, got.ctypes.data, count)
        first = len(self.model) - age
        wanted = np.array(list(self.model)[first : first + count]).reshape(count, ROWS).T
        np.testing.assert_array_equal(got, wanted)


RingAgainstDeque.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
test_ring_agrees_with_a_deque = RingAgainstDeque.TestCase


WRITER = """
import sys
import numpy as np
from rtsep.realtime.stems import publish, restart_at
from rtsep.realtime.atomics import CONTEXT
from rtsep.shared.block import attach

block = attach(sys.argv[1], "separator")
context = np.zeros(1, dtype=CONTEXT)
context["block"] = block.address
hop, total = block.get("hop"), int(sys.argv[2])
stems = np.zeros((2, 2, hop), dtype=np.float32)
restart_at(block.seat_address, 0, 0)
position = 0
while position < total:
    # Never further ahead of the reader than the ring is long.
    if position + hop - block.get("position") > block.get("ring_frames"):
        continue
    stems[:] = (position + np.arange(hop)) % (1 << 22)
    publish(context.ctypes.data, block.address, block.seat_address, position, stems.ctypes.data, 0)
    position += hop
"""


def test_two_processes_pass_samples_through_a_block_without_one_being_torn(host_name: str) -> None:
    """The writer publishes as fast as it can; whatever the reader is told is valid must already be right."""
    control = create(2, 2, 1024, 16, host_name)
    writer = None
    try:
        control.set("stems", 2)
        control.set("hop", 65)
        reader = np.zeros((4, 1024), dtype=np.float32)
        from rtsep.shared.block import attach

        audio = attach(host_name, "audio")
        ring = audio.address + int(audio.get("stems_offset"))
        writer = subprocess.Popen([sys.executable, "-c", WRITER, host_name, str(STRESS_FRAMES)])
        position = reads = 0
        while position < STRESS_FRAMES:
            written = int(audio.get("stems_written"))
            count = min(written - position, 1024)
            if count <= 0:
                assert writer.poll() in (None, 0)
                continue
            read_rows(ring, 1024, 4, position, reader.ctypes.data, count)
            wanted = ((position + np.arange(count)) % (1 << 22)).astype(np.float32)
            np.testing.assert_array_equal(reader.ravel()[: 4 * count].reshape(4, count), np.tile(wanted, (4, 1)))
            position += count
            reads += 1
            audio.set("position", position)
        assert writer.wait(30) == 0
        assert reads > 1
        assert control.get("hops") == -(-STRESS_FRAMES // 65)
    finally:
        if writer is not None:
            writer.kill()
            writer.wait()
        remove(host_name)
