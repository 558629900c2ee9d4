"""Sessions on disk: whole or not at all, the last good one kept, damaged ones set aside, old ones brought up to date."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from showrig import Rig
from showstrategies import desk_changes

from rtsep.changes import (
    Change,
    Kill,
    MixGain,
    Quantise,
    RecallSafe,
    SceneFade,
    SceneRecall,
    SceneStore,
    SetList,
    SetListGo,
    StemGain,
    StemMute,
    StemSide,
    Tempo,
)
from rtsep.errors import ConfigError
from rtsep.show.session import DamagedError, Session, decode, encode
from rtsep.show.sessions import SessionStore

OLD = Path(__file__).parent / "data" / "version1.json"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, said: list[str]) -> SessionStore:
    return SessionStore(tmp_path / "sessions", said.append)


def show(*changes: Change, name: str = "gig") -> Session:
    rig = Rig()
    rig.show.keep(name, {"device": "null"})
    rig.apply(SceneStore(1), *changes)
    return rig.show.capture()


def same(one: Session, other: Session) -> bool:
    """But for who wrote it and when."""
    return all(
        getattr(one, name) == getattr(other, name) for name in vars(one) if name not in ("owner", "saved_s", "clean")
    )


def test_what_is_saved_is_loaded(store: SessionStore) -> None:
    session = show(
        MixGain(-3.3), SceneStore(7, "Strophe — äö"), SetList((7, 1)), Tempo(97.25), RecallSafe("bass", True)
    )
    store.save(session)
    loaded = store.load("gig")
    assert same(loaded, session)
    assert loaded.saved_s > 0.0
    assert store.list()[0].name == "gig"
    assert (store.list()[0].scenes, store.list()[0].separator) == (2, "delay")


@settings(deadline=None, max_examples=30)
@given(desk=desk_changes(), scene=desk_changes(), after=desk_changes(), fade_s=st.floats(0.0, 600.0))
def test_restore_is_the_inverse_of_capture(
    desk: list[Change], scene: list[Change], after: list[Change], fade_s: float
) -> None:
    """Through the file's form, into a show that stood somewhere else."""
    rig, other = Rig(), Rig()
    rig.show.keep("gig", {"any": ["json", 1.5, None]})
    rig.apply(
        *scene, SceneStore(2, "two"), SceneFade(2, fade_s), *desk, SceneStore(64), SetList((64, 2, 64)), SetListGo(1)
    )
    rig.apply(Tempo(90.0), Quantise(8), RecallSafe("drums", True), *desk)
    other.apply(*after, Kill("bass", True))
    session = decode(encode(rig.show.capture()), "gig")
    other.engine.applied.clear()
    other.show.restore(session)
    assert other.engine.desk == rig.engine.desk
    assert other.state.show == rig.state.show
    assert same(other.show.capture(), session)
    assert len(other.engine.applied) <= 1


def test_a_fade_that_was_under_way_goes_on_from_where_it_stood() -> None:
    rig, other = Rig(), Rig()
    rig.apply(StemMute("drums", True), SceneStore(1), StemMute("drums", False), SceneRecall(1, 2.0))
    rig.pass_s(1.5)
    session = rig.show.capture()
    other.show.restore(session)
    assert other.of("drums").gain_db == pytest.approx(rig.of("drums").gain_db)
    assert other.state.show.coming == 1
    other.pass_s(0.49)
    assert other.muted() == set()
    other.pass_s(0.02)
    assert other.muted() == {"drums"}
    assert other.of("drums").gain_db == 0.0


def test_a_kill_that_was_held_has_ended_after_a_restore() -> None:
    rig, other = Rig(), Rig()
    rig.apply(Kill("drums", True))
    other.show.restore(rig.show.capture())
    assert other.muted() == set()
    assert other.state.show.kills == ()


def test_the_one_before_is_kept_and_used_if_the_file_is_damaged(store: SessionStore, said: list[str]) -> None:
    store.save(show(MixGain(-1.0)))
    store.save(show(MixGain(-2.0)))
    store.path("gig").write_bytes(store.path("gig").read_bytes()[:-40])
    assert store.load("gig").look.desk.mix_gain_db == -1.0
    aside = list(store.folder.glob("gig.json.damaged-*"))
    assert len(aside) == 1
    assert aside[0].name in said[0]
    assert "the last good state is used" in said[1]
    assert store.names() == ["gig"]


def _truncated(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def _changed(raw: bytes) -> bytes:
    return raw.replace(b'"mix_gain_db": -2.0', b'"mix_gain_db": -3.0')


def _wrong_kind(raw: bytes) -> bytes:
    return raw.replace(b'"version": 2', b'"version": "two"')


@pytest.mark.parametrize(
    "damage",
    [
        _truncated,
        _changed,
        _wrong_kind,
        lambda raw: b"",
        lambda raw: b"\0" * len(raw),
        lambda raw: b"[" * 100000,
        lambda raw: b"{}",
    ],
)
def test_any_damage_is_noticed(store: SessionStore, damage: Any) -> None:
    store.save(show(MixGain(-2.0)))
    raw = store.path("gig").read_bytes()
    assert damage(raw) != raw
    store.path("gig").write_bytes(damage(raw))
    assert store.list()[0].problem
    with pytest.raises(ConfigError, match="there is no session 'gig'"):
        store.load("gig")
    assert len(list(store.folder.glob("gig.json.damaged-*"))) == 1


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_byte_can_change_what_is_loaded_unnoticed(data: st.DataObject) -> None:
    session = show(MixGain(-2.0))
    raw = bytearray(encode(session))
    raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    with suppress(DamagedError, ConfigError):
        assert same(decode(bytes(raw), "gig"), session)


def test_a_crash_between_two_files_loses_nothing(store: SessionStore) -> None:
    store.save(show(MixGain(-1.0)))
    store.path("gig").rename(store.backup("gig"))
    assert store.names() == ["gig"]
    assert store.load("gig").look.desk.mix_gain_db == -1.0


def test_a_session_of_version_1_is_brought_up_to_date(store: SessionStore) -> None:
    store.folder.mkdir(parents=True)
    store.path("old").write_bytes(OLD.read_bytes())
    session = store.load("old")
    assert session.look.desk.strips["vocals"].gain_db == -4.5
    assert session.look.desk.strips["drums"].mute
    assert session.look.desk.crossfade == 0.0
    assert session.book.scenes[2].look.desk.strips["bass"].side == ""
    assert session.book.scenes[2].look.desk.strips["bass"].pan == -0.25
    rig = Rig()
    rig.show.restore(session)
    rig.apply(StemSide("bass", "b"), SceneRecall(2, 0.0))
    assert rig.of("bass").side == ""
    assert rig.of("bass").pan == -0.25


def test_a_session_of_a_newer_version_is_refused_and_left_as_it_is(store: SessionStore) -> None:
    store.save(show())
    newer = store.path("gig").read_bytes().replace(b'"version": 2', b'"version": 3')
    store.path("gig").write_bytes(newer)
    for attempt in (store.load, store.check_writable, store.delete):
        with pytest.raises(ConfigError, match="is of version 3, this rtsep reads up to 2; update rtsep"):
            attempt("gig")
    assert store.path("gig").read_bytes() == newer


@pytest.mark.parametrize(
    "name", ["", "a/b", "..", ".hidden", "a\\b", "a\0b", "x" * 65, "tab\t", "end ", "end.", "C:x", "nul\n"]
)
def test_a_name_that_is_no_file_is_refused(store: SessionStore, name: str) -> None:
    for attempt in (store.load, store.delete, store.path, store.check_writable):
        with pytest.raises(ConfigError, match="session name"):
            attempt(name)


@pytest.mark.parametrize("name", ["a", "Gig 2026-11-21", "last", "März+1", "v1.2"])
def test_ordinary_names_are_taken(store: SessionStore, name: str) -> None:
    store.save(show(name=name))
    assert store.names() == [name]


def test_a_deleted_session_is_gone_with_its_backup(store: SessionStore) -> None:
    store.save(show())
    store.save(show())
    store.delete("gig")
    assert list(store.folder.iterdir()) == []
    with pytest.raises(ConfigError, match="there is no session 'gig', only: none"):
        store.delete("gig")


def test_a_folder_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ConfigError, match=r"cannot be written to .*; make room there or make it writable"):
        SessionStore(tmp_path / "file").save(show())


def test_a_write_that_fails_leaves_what_was_there(store: SessionStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.save(show(MixGain(-1.0)))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ConfigError, match="No space left on device"):
            store.save(show(MixGain(-2.0)))
    assert [path.name for path in store.folder.iterdir()] == ["gig.json"]
    assert store.load("gig").look.desk.mix_gain_db == -1.0


def test_the_file_can_be_read_by_people_and_by_others(store: SessionStore) -> None:
    store.save(show(StemGain("vocals", -2.5)))
    said = json.loads(store.path("gig").read_text())
    assert said["version"] == 2
    assert said["session"]["look"]["desk"]["strips"]["vocals"]["gain_db"] == -2.5
    store.path("gig").write_text(json.dumps(said))  # laid out otherwise, it says the same
    assert store.load("gig").look.desk.strips["vocals"].gain_db == -2.5
