"""Hosts that the window starts: one at a time, ended in order, failures told. Subprocesses stand in for `rtsep`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import until

from rtsep_gui.models.asking import Asked
from rtsep_gui.models.launch import Launcher

STAND_IN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.default_int_handler)
words = " ".join(sys.argv[1:])
if "--fail" in words:
    sys.exit("rtsep: no such device")
print("0.0 s nothing")
print("! something has happened", flush=True)
open(sys.argv[1], "a").write(words + chr(10))
try:
    time.sleep(600)
except KeyboardInterrupt:
    open(sys.argv[1], "a").write("ended" + chr(10))
"""


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return tmp_path / "record"


@pytest.fixture
def launcher(record: Path) -> Iterator[Launcher]:
    made = Launcher((sys.executable, "-c", STAND_IN, str(record)))
    yield made
    made.end()


def lines(record: Path) -> list[str]:
    return record.read_text().splitlines() if record.exists() else []


def test_it_runs_under_a_name_of_its_own_and_ends_in_order(launcher: Launcher, record: Path) -> None:
    launcher.start(["-s", "classic"])
    until(lambda: lines(record), "the host starts")
    assert lines(record)[0].endswith(f"run -s classic --name {launcher.name}")
    assert launcher.running
    launcher.end()
    assert lines(record)[-1] == "ended"
    assert not launcher.busy


def test_another_start_waits_for_the_end_of_the_first(launcher: Launcher, record: Path) -> None:
    launcher.start(["--loop"])
    until(lambda: lines(record), "the host starts")
    first = launcher.name
    launcher.start(["--block", "64"])
    assert launcher.busy

    def second() -> bool:
        launcher.poll()
        return len(lines(record)) == 3

    until(second, "the second starts")
    assert [line.split()[-1] for line in lines(record)] == [first, "ended", launcher.name]
    assert launcher.name != first


def test_why_it_failed_is_told(launcher: Launcher) -> None:
    launcher.start(["--fail"])

    def told() -> str:
        launcher.poll()
        return launcher.problem

    until(told, "it fails")
    assert launcher.problem == "no such device"
    assert not launcher.busy


def test_its_events_are_passed_on_once(launcher: Launcher) -> None:
    heard: list[str] = []
    launcher.start([])

    def hear() -> list[str]:
        heard.extend(launcher.poll())
        return heard

    until(hear, "an event")
    assert heard == ["something has happened"]
    assert launcher.poll() == []


def test_a_name_that_was_given_is_kept_and_taking_over_attaches(launcher: Launcher, record: Path) -> None:
    launcher.start(["--name", "pa"])
    assert launcher.name == "pa"
    until(lambda: lines(record), "the host starts")
    launcher.end()
    launcher.take_over("pa")
    until(lambda: len(lines(record)) == 3, "it attaches")
    assert lines(record)[-1].endswith("run --attach pa")


def test_an_answer_comes_as_json_or_as_a_problem() -> None:
    answering = Asked("x", command=(sys.executable, "-c", "print('[1, 2]')"))
    failing = Asked("x", command=(sys.executable, "-c", "import sys; sys.exit('rtsep: no sound server')"))
    garbled = Asked("x", command=(sys.executable, "-c", "print('{')"))
    until(lambda: answering.done and failing.done and garbled.done, "answers")
    assert (answering.answer, answering.problem) == ([1, 2], "")
    assert (failing.answer, failing.problem) == (None, "no sound server")
    assert garbled.problem
