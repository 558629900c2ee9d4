"""A show that saves itself, on real threads; and what a host that starts again finds."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from showrig import Rig
from support import until

from rtsep.changes import MixGain, SceneRecall, SceneStore, SessionLoad, SessionSave
from rtsep.errors import ConfigError
from rtsep.show import autosave
from rtsep.show.opening import opening
from rtsep.show.owner import lives, this_process
from rtsep.show.session import Owner
from rtsep.show.sessions import SessionStore


@pytest.fixture
def store(tmp_path: Path) -> SessionStore:
    return SessionStore(tmp_path / "sessions")


@pytest.fixture
def rig(store: SessionStore) -> Iterator[Rig]:
    """A running show that saves to "gig"; its fades still go by the hand-moved clock."""
    made = Rig(sessions=store)
    made.show.keep("gig", {"separator": "delay"})
    made.show.start()
    yield made
    made.show.stop()


@pytest.fixture
def other() -> Iterator[Owner]:
    """Another process that lives."""
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield Owner(process.pid, psutil.Process(process.pid).create_time())
    process.communicate(b"\n")


def level(store: SessionStore, name: str = "gig") -> float | None:
    """The saved master fader, dB."""
    return store.load(name).look.desk.mix_gain_db if name in store.names() else None


def test_a_show_is_saved_when_it_begins_after_each_change_and_when_it_ends(rig: Rig, store: SessionStore) -> None:
    until(lambda: level(store) == 0.0, "the first save")
    assert not store.load("gig").clean
    rig.apply(MixGain(-4.0))
    until(lambda: level(store) == -4.0, "the save after a change")
    rig.engine.apply(MixGain(-5.0))
    until(lambda: level(store) == -5.0, "the save after somebody else's change")
    rig.show.stop()
    assert store.load("gig").clean
    assert store.load("gig").config == {"separator": "delay"}


def test_storing_a_scene_saves_at_once(rig: Rig, store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    until(lambda: level(store) == 0.0, "the first save")
    monkeypatch.setattr(autosave, "AFTER_S", 3600.0)
    rig.apply(MixGain(-4.0))
    rig.apply(SceneStore(5))
    until(lambda: 5 in store.load("gig").book.scenes, "the save of a scene")


def test_a_folder_that_fails_is_said_once_and_the_show_goes_on(rig: Rig, store: SessionStore) -> None:
    until(lambda: level(store) == 0.0, "the first save")
    shutil.rmtree(store.folder)
    store.folder.write_text("in the way")
    for gain in (-1.0, -2.0, -3.0):
        rig.apply(MixGain(gain), SceneStore(1))
        until(lambda: rig.said, "the message")
    assert rig.engine.desk.mix_gain_db == -3.0
    assert len(rig.said) == 1
    assert "the show goes on, unsaved" in rig.said[0]
    store.folder.unlink()
    rig.apply(MixGain(-4.0))
    until(lambda: level(store) == -4.0, "saving again")


def test_fades_run_on_the_shows_own_thread_and_then_it_sleeps(rig: Rig) -> None:
    threads = set()
    rig.show.subscribe(lambda _: threads.add(threading.current_thread().name))
    rig.apply(SceneStore(1), MixGain(-20.0))
    threads.clear()
    rig.apply(SceneRecall(1, 1.0))
    rig.now_s += 1.5
    until(lambda: rig.state.show.scene == 1, "the end of the fade")
    assert "rtsep show" in threads
    assert rig.engine.desk.mix_gain_db == 0.0
    assert rig.show.round() is None


def test_a_listener_that_fails_does_not_end_the_thread(rig: Rig) -> None:
    rig.apply(SceneStore(1), MixGain(-20.0))

    def fail(change: object) -> None:
        if threading.current_thread().name == "rtsep show":
            raise RuntimeError("listener")

    bad = rig.show.subscribe(fail)
    rig.apply(SceneRecall(1, 1.0))
    rig.now_s += 0.5
    until(lambda: any("listener" in line for line in rig.said), "the message")
    bad.cancel()
    rig.apply(SceneRecall(1, 1.0))
    rig.now_s += 1.5
    until(lambda: rig.state.show.scene == 1, "the next fade")


def test_save_goes_to_another_name_and_closes_the_one_before(rig: Rig, store: SessionStore) -> None:
    rig.apply(MixGain(-4.0), SessionSave("second"))
    until(lambda: level(store, "second") == -4.0, "the save under a new name")
    assert rig.state.show.session == "second"
    assert store.load("gig").clean
    rig.apply(MixGain(-6.0))
    until(lambda: level(store, "second") == -6.0, "autosave under the new name")
    assert store.load("gig").look.desk.mix_gain_db == 0.0


def test_the_one_before_is_closed_only_once_the_next_is_saved(
    rig: Rig, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: "gig" in store.names(), "the show is saved when it begins")
    saved: list[tuple[str, bool]] = []
    monkeypatch.setattr(store, "save", lambda session: saved.append((session.name, session.clean)))
    rig.apply(SessionSave("encore"))
    assert saved.index(("encore", False)) < saved.index(("gig", True))


def test_load_takes_over_another_show_and_goes_on_saving_there(rig: Rig, store: SessionStore) -> None:
    store.save(replace(rig.show.capture(clean=True), name="first"))
    rig.apply(MixGain(-4.0), SceneStore(3))
    rig.apply(SessionLoad("first"))
    assert rig.engine.desk.mix_gain_db == 0.0
    assert rig.state.show.scenes == ()
    assert rig.state.show.session == "first"
    assert level(store) == -4.0
    rig.apply(MixGain(-7.0))
    until(lambda: level(store, "first") == -7.0, "autosave to the loaded session")


def test_a_session_that_cannot_be_had_changes_nothing(rig: Rig, store: SessionStore, other: Owner) -> None:
    store.save(replace(rig.show.capture(), name="theirs", owner=other))
    before = rig.state
    for change, words in (
        (SessionLoad("none"), "there is no session 'none'"),
        (SessionSave("../out"), "session name"),
        (SessionSave("theirs"), "is in use by process"),
        (SessionLoad("theirs"), "is in use by process"),
    ):
        with pytest.raises(ConfigError, match=words):
            rig.apply(MixGain(-9.0), change)
    assert rig.state == before


def test_a_show_without_sessions_says_so() -> None:
    with pytest.raises(ConfigError, match="keeps no sessions"):
        Rig().apply(SessionSave("gig"))


def test_only_another_process_that_still_runs_counts_as_alive(other: Owner) -> None:
    assert lives(other)
    assert not lives(this_process())
    assert not lives(Owner())
    assert not lives(replace(other, started_s=other.started_s - 100.0))


def test_a_host_without_a_name_saves_to_last_and_restores_only_what_was_not_closed(store: SessionStore) -> None:
    said: list[str] = []
    assert opening(store, None, said.append) == ("last", None)
    crashed = Rig().show.capture()
    store.save(replace(crashed, name="last", clean=True))
    assert opening(store, None, said.append) == ("last", None)
    assert said == []
    store.save(replace(crashed, name="last"))
    name, session = opening(store, None, said.append)
    assert name == "last"
    assert session is not None
    assert session.look == crashed.look
    assert "was not closed in order; restored" in said[0]


def test_a_show_that_was_saved_under_a_name_comes_back_too(store: SessionStore) -> None:
    crashed = Rig().show.capture()
    store.save(replace(crashed, name="rehearsal"))
    store.save(replace(crashed, name="gig"))
    store.save(replace(crashed, name="last", clean=True))
    name, session = opening(store, None, print)
    assert name == "gig"
    assert session is not None


def test_a_closed_show_without_a_name_is_kept_when_the_next_one_begins(store: SessionStore, other: Owner) -> None:
    said: list[str] = []
    rig = Rig()
    rig.apply(SceneStore(3, "verse"))
    store.save(replace(rig.show.capture(clean=True), name="last"))
    assert opening(store, None, said.append) == ("last", None)
    assert "kept as session 'last-before'" in said[0]
    assert store.load("last-before").book.scenes[3].name == "verse"
    store.save(replace(rig.show.capture(), name="last-before", owner=other))
    assert opening(store, None, said.append)[0] not in ("last", "last-before")


def test_two_hosts_at_once_do_not_share_a_session(store: SessionStore, other: Owner) -> None:
    session = Rig().show.capture()
    store.save(replace(session, name="last", owner=other))
    assert opening(store, None, print) == ("last-2", None)
    store.save(replace(session, name="gig", owner=other))
    with pytest.raises(ConfigError, match="is in use by process"):
        opening(store, "gig", print)


def test_a_named_session_comes_back_as_it_was_left_or_is_new(store: SessionStore) -> None:
    assert opening(store, "gig", print) == ("gig", None)
    store.save(replace(Rig().show.capture(clean=True), name="gig"))
    session = opening(store, "gig", print)[1]
    assert session is not None
    assert session.name == "gig"


def test_a_last_session_that_is_beyond_repair_does_not_keep_a_host_from_starting(store: SessionStore) -> None:
    said: list[str] = []
    store.folder.mkdir(parents=True)
    store.path("last").write_text("nonsense")
    name, session = opening(store, None, said.append)
    assert session is None
    assert name.startswith("last")
    assert "starting anew" in said[0]


KILLED = """
import os, signal, sys, time
sys.path[:0] = {paths!r}
from showrig import Rig
from rtsep.changes import Crossfade, MixGain, SceneStore, StemGain
from rtsep.show.sessions import SessionStore
rig = Rig(sessions=SessionStore({folder!r}))
rig.show.keep("last")
rig.show.start()
rig.apply(MixGain(-4.25), StemGain("vocals", -144.0), Crossfade(0.125), SceneStore(9, "nine"))
store = SessionStore({folder!r})
while "last" not in store.names() or 9 not in store.load("last").book.scenes:
    time.sleep(0.01)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_a_show_whose_process_was_killed_comes_back_as_it_sounded(tmp_path: Path) -> None:
    here = Path(__file__).parent
    script = KILLED.format(paths=[str(here), str(here.parent)], folder=str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", script], timeout=120, check=False)
    assert ended.returncode == -9
    said: list[str] = []
    name, session = opening(SessionStore(tmp_path), None, said.append)
    assert name == "last"
    assert session is not None
    rig = Rig()
    rig.show.restore(session)
    assert rig.engine.desk.mix_gain_db == -4.25
    assert rig.engine.desk.crossfade == 0.125
    assert rig.of("vocals").gain_db == -144.0
    assert rig.state.show.scenes[0].name == "nine"
