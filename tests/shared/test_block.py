"""The shared block: who may attach, who is swept, who is left alone."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import subprocess
import sys
import zlib

import numpy as np
import pytest
from support import until

from rtsep.errors import BlockError
from rtsep.shared import block as blocks
from rtsep.shared.block import attach, create, directory, log_path, remove
from rtsep.shared.events import AUDIO_EVENTS, CONTROL_EVENTS, EVENT_RINGS, KINDS, SEPARATOR_EVENTS
from rtsep.shared.fields import FIELDS, SEAT_FIELDS, SEATS
from rtsep.shared.hosts import owners, running, sweep
from rtsep.shared.layout import EVENTS, HEADER, RINGS, SEAT, VERSION

SUFFIX = blocks.SUFFIX


@pytest.fixture
def made(host_name: str):
    yield create(2, 4, 128, 256, host_name)
    remove(host_name)


def overwrite(name: str, field: str, value: int) -> None:
    """Change a field of a block's file behind its back."""
    with open(directory() / f"{name}{SUFFIX}", "r+b") as handle:
        handle.seek(HEADER.fields[field][1])
        handle.write(np.int64(value).tobytes())


def test_attached_processes_see_one_memory(made) -> None:
    other = attach(made.name, "audio")
    made.set("mix_gain", 0.25)
    assert other.get("mix_gain") == 0.25
    other.ring("input_offset", 2, 128)[1, 63] = 7.0
    assert made.ring("input_offset", 2, 128)[1, 63] == 7.0


def test_a_new_block_is_zero_but_for_its_dimensions(made) -> None:
    filled = {"magic", "version", "size", "channels", "most_stems", "ring_frames", "tape_frames", "control_pid"}
    filled |= {"pid_offsets", "input_offset", "tape_offset", "audio_events_offset", "control_events_offset"}
    assert {name for name in HEADER.names if np.any(made.header[name])} == filled
    assert {name for name in SEAT.names if np.any(made.seats[name])} == {"stems_offset", "separator_events_offset"}
    assert not made.memory[EVENTS:].any()


def test_rings_follow_one_another_and_end_with_the_block(made) -> None:
    fields = ((made, "input"), (made.at(0), "stems"), (made.at(1), "stems"), (made, "tape"))
    starts = [int(view.get(f"{ring}_offset")) for view, ring in fields]
    sizes = [4 * 2 * 128, 4 * 4 * 2 * 128, 4 * 4 * 2 * 128]
    assert np.diff(starts).tolist() == sizes
    assert starts[0] == RINGS
    assert made.get("size") == len(made.memory) == starts[3] + 4 * 5 * 2 * 256


def test_event_rings_lie_between_the_records_and_the_samples(made) -> None:
    rings = (
        (made, AUDIO_EVENTS),
        (made, CONTROL_EVENTS),
        (made.at(0), SEPARATOR_EVENTS),
        (made.at(1), SEPARATOR_EVENTS),
    )
    ends = [EVENTS]
    for number, (view, ring) in enumerate(rings):
        assert view.get(ring.offset) == ends[-1]
        view.events(ring)[:] = number + 1
        ends.append(ends[-1] + ring.size)
    assert ends[-1] == RINGS
    assert HEADER.itemsize + 2 * SEAT.itemsize == EVENTS
    assert [int(view.events(ring).sum()) for view, ring in rings] == [
        (number + 1) * ring.events * ring.words for number, (_, ring) in enumerate(rings)
    ]


def test_another_kind_of_event_is_another_version() -> None:
    assert zlib.crc32(repr((SEATS, FIELDS, SEAT_FIELDS, EVENT_RINGS, KINDS)).encode()) == VERSION
    assert zlib.crc32(repr((SEATS, FIELDS, SEAT_FIELDS, EVENT_RINGS, KINDS[1:])).encode()) != VERSION


def test_each_seat_has_fields_of_its_own(made) -> None:
    made.at(1).set("hop", 512)
    made.at(0).set("hop", 128)
    assert [made.at(seat).get("hop") for seat in (0, 1)] == [128, 512]
    made.at(1).set("stop", 1)  # the host's own are the same from both
    assert made.at(0).get("stop") == 1
    assert made.at(1).seat_address - made.at(0).seat_address == SEAT.itemsize


def test_who_attaches_sees_the_seat_that_is_heard_unless_told_otherwise(made) -> None:
    attach(made.name, "audio").set("playing_seat", 1)
    assert attach(made.name, "control").seat == 1
    assert attach(made.name, "separator", 0).seat == 0


def test_text_survives_and_is_cut_at_its_size(made) -> None:
    audio = attach(made.name, "audio")
    audio.set_text("audio_error", "Gerät fehlt")
    assert made.text("audio_error") == "Gerät fehlt"
    audio.set_text("audio_error", "x" * 10_000)
    assert made.text("audio_error") == "x" * 511
    audio.set_text("audio_error", "ä" * 300)  # cut in the middle of a character
    assert made.text("audio_error").startswith("ä" * 255)


@pytest.mark.parametrize("field", ["magic", "version", "size"])
def test_a_block_of_another_version_or_making_is_refused(made, field: str) -> None:
    overwrite(made.name, field, int(made.get(field)) + 1)
    with pytest.raises(BlockError, match=rf"this rtsep speaks {VERSION}"):
        attach(made.name, "audio")


@pytest.mark.parametrize("left", [0, 1, HEADER.itemsize, RINGS - 1, RINGS])
def test_a_truncated_block_is_refused(host_name: str, left: int) -> None:
    """A copy cut short; cutting a mapped file would take the ground from under this process too."""
    create(1, 1, 16, 16, host_name + "-whole")
    whole = (directory() / f"{host_name}-whole{SUFFIX}").read_bytes()
    (directory() / f"{host_name}{SUFFIX}").write_bytes(whole[:left])
    try:
        with pytest.raises(BlockError):
            attach(host_name, "audio")
    finally:
        remove(host_name)
        remove(f"{host_name}-whole")


def test_a_missing_block_is_refused_by_name() -> None:
    with pytest.raises(BlockError, match="no host is called 'nobody'"):
        attach("nobody", "control")


def test_a_name_that_is_taken_is_refused_and_its_owner_unharmed(made) -> None:
    made.set("mix_gain", 0.5)
    with pytest.raises(BlockError, match="already runs"):
        create(1, 1, 16, 16, made.name)
    assert attach(made.name, "audio").get("mix_gain") == 0.5


def test_two_hosts_on_one_machine_do_not_collide() -> None:
    first, second = create(1, 1, 16, 16), create(1, 1, 16, 16)
    try:
        assert first.name != second.name
        first.set("mix_gain", 1.0)
        assert second.get("mix_gain") == 0.0
        assert {first.name, second.name} <= set(running())
    finally:
        remove(first.name)
        remove(second.name)
    assert not {first.name, second.name} & set(running())


def test_a_block_that_does_not_fit_says_so_and_leaves_nothing(host_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(blocks, "_reserve", full)
    with pytest.raises(BlockError, match="shorten tape_s"):
        create(2, 4, 1024, 1024, host_name)
    assert not list(directory().glob(f"{host_name}*"))


MAKER = """
import sys, time
from rtsep.shared.block import create, log_path
block = create(1, 1, 16, 16, sys.argv[1])
log_path(sys.argv[1], "audio").write_text("a child's last words")
print("made", flush=True)
time.sleep(600)
"""


def test_sweep_removes_only_the_blocks_of_dead_owners(made, host_name: str) -> None:
    orphan = f"{host_name}-orphan"
    maker = subprocess.Popen([sys.executable, "-c", MAKER, orphan], stdout=subprocess.PIPE, text=True)
    try:
        assert maker.stdout is not None
        assert maker.stdout.readline() == "made\n"
        assert orphan not in sweep()
        assert orphan in running()
        maker.send_signal(signal.SIGKILL)
        maker.wait()
        assert orphan not in running()
        assert made.name in running()
        sweep()  # another host that starts meanwhile may have swept it
        assert not list(directory().glob(f"{orphan}*"))
        assert made.name in running()
    finally:
        maker.kill()
        maker.wait()
        assert maker.stdout is not None
        maker.stdout.close()
        remove(orphan)


def test_a_block_lives_as_long_as_any_of_its_processes(made) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        made.set("control_pid", 0)
        attach(made.name, "audio").set("audio_pid", child.pid)
        assert owners(made) == {"audio": child.pid}
        assert made.name in running()
        attach(made.name, "audio").set("audio_pid", 0)
        attach(made.name, "separator", 1).set("separator_pid", child.pid)
        assert owners(made) == {"next separator": child.pid}
        assert made.name in running()
    finally:
        made.set("control_pid", os.getpid())
        child.kill()
        until(lambda: "audio" not in owners(made), "a zombie counts as dead")  # before it is waited for
        child.wait()


def test_remove_takes_logs_along_and_may_be_repeated(made) -> None:
    log_path(made.name, "separator").write_text("line")
    remove(made.name)
    remove(made.name)
    assert not list(directory().glob(f"{made.name}*"))
    made.set("mix_gain", 0.5)  # whoever still maps it keeps its view
    assert made.get("mix_gain") == 0.5


def test_the_directory_is_this_users_alone() -> None:
    assert directory().stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", ["a/b", "", "x" * 25, "a b"])
def test_a_name_that_is_no_file_or_semaphore_is_refused(name: str) -> None:
    with pytest.raises(BlockError, match="cannot be called") if name else contextlib.nullcontext():
        remove(create(1, 1, 16, 16, name).name)
