"""The remote engine is the same protocol as the local one: state, changes, listeners; errors in the host's words; a host that
goes and comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import get_args

import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S, until

from rtsep.changes import (
    Bypass,
    Change,
    Crossfade,
    DryWet,
    Kill,
    Knob,
    Late,
    MixGain,
    Panic,
    Quantise,
    Quick,
    RecallSafe,
    Record,
    SceneClear,
    SceneFade,
    SceneName,
    SceneRecall,
    SceneStore,
    SessionLoad,
    SessionSave,
    SetList,
    SetListGo,
    SetListStep,
    ShowChange,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSide,
    StemSolo,
    SwitchSeparator,
    Tap,
    Tempo,
)
from rtsep.control import SceneInfo, ShowState
from rtsep.errors import ConfigError, RemoteError
from rtsep.osc.client import RemoteEngine
from rtsep.osc.hearing import short
from rtsep.osc.messages import Value
from rtsep.osc.server import OscServer
from rtsep.spec import Parameter, SeparatorSpec
from rtsep.surfaces import OscConfig

SPEC = SeparatorSpec(
    "latent",
    ("lead vocals", "rest"),
    2,
    (48000,),
    64,
    0,
    False,
    (
        Parameter("warmth", "", 0.0, 1.0, 0.5),
        Parameter("dim/0/set", "", -3.0, 3.0, 0.0),
        Parameter("dim/0/hold", "", 0.0, 1.0, 0.0, "toggle"),
    ),
)
EVERY = (
    StemGain("lead vocals", -6.1),
    StemMute("rest", True),
    StemSolo("rest", True),
    StemPan("rest", -0.3),
    StemOutput("rest", 4),
    StemSide("rest", "b"),
    StemSide("rest", ""),
    MixGain(-3.0),
    DryWet(0.7),
    Bypass(True),
    Panic(True),
    Late("mute-safe"),
    Knob("warmth", 0.3),
    Knob("dim/0/set", 2.0),
    Knob("dim/0/hold", 1.0),
    Crossfade(-0.25),
    Quick("drums_only"),
    Kill("lead vocals", True),
    SceneStore(3),
    SceneStore(4, "4"),
    SceneRecall(3),
    SceneRecall(3, 0.0),
    SceneRecall(3, 3.0),
    SceneClear(64),
    SceneName(5, "chorus"),
    SceneFade(5, 5.0),
    RecallSafe("rest", True),
    Tempo(120.5),
    Tap(),
    Quantise(4),
    SetList((3, 1, 2)),
    SetList(()),
    SetListGo(2),
    SetListStep(1),
    SetListStep(-1),
    SessionSave("tonight"),
    SessionLoad("tonight"),
    Record("take"),
    Record("take", "flac"),
    Record(None),
    SwitchSeparator("classic"),
)


class ShowEngine(FakeEngine):
    """Takes down changes of a show too, and does nothing about them."""

    def apply(self, *changes: Change) -> None:
        """As `FakeEngine`, which knows the desk alone."""
        if any(isinstance(change, ShowChange) for change in changes):
            self.applied.append(changes)
        else:
            super().apply(*changes)


@pytest.fixture
def engine() -> ShowEngine:
    return ShowEngine(SPEC)


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.fixture
def server(engine: ShowEngine, port: int) -> Iterator[OscServer]:
    serving = OscServer(engine, OscConfig(port=port), lambda line: None, {})
    serving.start()
    yield serving
    serving.stop()


@pytest.fixture
def remote(server: OscServer) -> Iterator[RemoteEngine]:
    with RemoteEngine(port=server.port, timeout_s=PATIENCE_S) as client:
        yield client


def rounded(change: Change) -> Change:
    """A change as its numbers come out of 32 bits again."""
    return replace(change, **{name: short(value) for name, value in vars(change).items() if isinstance(value, float)})


def test_the_state_is_the_engines(remote: RemoteEngine, engine: ShowEngine) -> None:
    engine.show = ShowState((SceneInfo(3, "chorus", 1.5),), 3, 0, (3,), 1, 120.0, 4, ("rest",), (), "tonight")
    assert remote.state() == engine.state()


def test_every_kind_of_change_is_among_those_tried() -> None:
    assert {type(change) for change in EVERY} == set(get_args(Change))


@pytest.mark.parametrize("change", EVERY, ids=str)
def test_every_change_arrives_as_it_was_made(change: Change, remote: RemoteEngine, engine: ShowEngine) -> None:
    remote.apply(change)
    ((arrived,),) = engine.applied
    assert rounded(arrived) == change


def test_changes_of_one_call_are_applied_as_one(remote: RemoteEngine, engine: ShowEngine) -> None:
    remote.apply(StemMute("rest", True), MixGain(-6.0), StemMute("rest", False))
    remote.apply()
    assert engine.applied == [(StemMute("rest", True), MixGain(-6.0), StemMute("rest", False))]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (StemGain("rest", 99.0), "gain is 99, must be -144..12 dB"),
        (StemGain("drums", 0.0), "no address of this host stands for StemGain"),
        (Knob("nothing", 0.5), "there is no parameter 'nothing'"),
        (Knob("dim/0/set", 5.0), "5"),
    ],
)
def test_what_is_refused_is_a_config_error_and_changes_nothing(
    change: Change, words: str, remote: RemoteEngine, engine: ShowEngine
) -> None:
    with pytest.raises(ConfigError, match=words):
        remote.apply(MixGain(-6.0), change)
    assert engine.applied == []
    remote.apply(MixGain(-6.0))
    assert engine.state().mix_gain_db == -6.0


def test_listeners_hear_everyone_once_and_in_their_own_words(remote: RemoteEngine, engine: ShowEngine) -> None:
    heard: list[Change] = []
    subscription = remote.subscribe(heard.append)
    engine.apply(StemGain("lead vocals", -6.1))
    until(lambda: len(heard) >= 1, "a change by someone else")
    remote.apply(StemSide("rest", "a"))
    until(lambda: len(heard) >= 2, "its own change")
    remote.apply(Knob("dim/0/set", 2.0))
    until(lambda: len(heard) >= 3, "a knob of a latent")
    assert heard == [StemGain("lead vocals", -6.1), StemSide("rest", "a"), Knob("dim/0/set", 2.0)]
    subscription.cancel()
    assert not remote.live


def test_a_watcher_hears_values_and_meters_and_a_listener_does_not(remote: RemoteEngine, engine: ShowEngine) -> None:
    values: dict[str, tuple[Value, ...]] = {}
    changes: list[Change] = []
    remote.subscribe(changes.append)
    remote.watch(lambda path, now: values.update({path: now}), meters_hz=30.0)
    until(lambda: "/rtsep/meter/mix" in values, "meters")
    engine.apply(MixGain(-10.0))
    until(lambda: "/rtsep/mix/fader" in values, "the other form of the gain")
    assert values["/rtsep/mix/gain_db"] == (-10.0,)
    assert values["/rtsep/mix/fader"] == (0.5,)
    assert values["/rtsep/meter/mix"] == (-144.0, -144.0)
    assert changes == [MixGain(-10.0)]


def test_a_listener_that_raises_does_not_silence_the_others(
    remote: RemoteEngine, engine: ShowEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    raised: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda told: raised.append(told.exc_type))

    def fail(change: Change) -> None:
        raise LookupError("a listener's bug")

    heard: list[Change] = []
    remote.subscribe(fail)
    remote.subscribe(heard.append)
    engine.apply(Panic(True))
    until(lambda: heard, "the second listener")
    engine.apply(Panic(False))
    until(lambda: len(heard) == 2, "the next change")
    assert raised == [LookupError, LookupError]


def test_another_separator_brings_its_own_addresses(remote: RemoteEngine, engine: ShowEngine) -> None:
    heard: list[Change] = []
    remote.subscribe(heard.append)
    remote.apply(StemMute("rest", True))
    drums = FakeEngine(SeparatorSpec("two", ("lead vocals", "drums"), 2, (48000,), 64, 0, False))
    engine.spec, engine.desk = drums.spec, drums.desk
    engine.apply(SwitchSeparator("two"))
    until(lambda: SwitchSeparator("two") in heard, "the switch")
    remote.apply(StemMute("drums", True))
    until(lambda: StemMute("drums", True) in heard, "a stem that was not there before")
    with pytest.raises(ConfigError):
        remote.apply(StemMute("rest", True))


def test_a_host_that_comes_back_is_heard_again_with_what_changed_meanwhile(engine: ShowEngine, port: int) -> None:
    server = OscServer(engine, OscConfig(port=port), lambda line: None, {})
    server.start()
    heard: list[Change] = []
    with RemoteEngine(port=port, timeout_s=PATIENCE_S) as remote:
        remote.subscribe(heard.append)
        remote.apply(Bypass(True))
        until(lambda: heard == [Bypass(True)], "the first change")
        server.stop()
        until(lambda: not remote.live, "the loss")
        with pytest.raises(RemoteError, match="no host hears OSC at"):
            remote.state()
        engine.apply(MixGain(-20.0), Panic(True))
        server = OscServer(engine, OscConfig(port=port), lambda line: None, {})
        server.start()
        until(lambda: len(heard) == 3, "what changed meanwhile")
        remote.apply(Bypass(False))
        until(lambda: len(heard) == 4, "what changes now")
    server.stop()
    assert heard == [Bypass(True), MixGain(-20.0), Panic(True), Bypass(False)]


def test_nobody_there_is_said_at_once(port: int) -> None:
    with RemoteEngine(port=port) as remote:
        for ask in (remote.state, lambda: remote.apply(Panic(True)), lambda: remote.subscribe(print)):
            with pytest.raises(RemoteError, match=f"no host hears OSC at 127.0.0.1:{port} .*start 'rtsep run'"):
                ask()


def test_who_does_not_answer_is_said_too() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        RemoteEngine(port=mute.getsockname()[1], timeout_s=0.2) as remote,
    ):
        with pytest.raises(RemoteError, match=r"does not answer within 0\.2 s"):
            remote.state()
        with pytest.raises(RemoteError, match="does not answer"):
            remote.subscribe(print)


def test_many_threads_may_use_one_client(remote: RemoteEngine, engine: ShowEngine) -> None:
    def sweep(stem: str) -> None:
        for step in range(50):
            remote.apply(StemGain(stem, -step / 2))
            assert remote.state().name == "fake"

    threads = [threading.Thread(target=sweep, args=(stem,)) for stem in SPEC.stems for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(engine.applied) == 200
    assert {strip.gain_db for strip in engine.state().strips} == {-24.5}


def test_one_message_is_asked_or_said(remote: RemoteEngine, engine: ShowEngine) -> None:
    assert remote.ask("/rtsep/mix/gain_db") == (("/rtsep/mix/gain_db", (0.0,)),)
    assert remote.ask("/rtsep/status/block") == (("/rtsep/status/block", (64,)),)
    assert remote.ask("/rtsep/mix/gain_db", -6.0) == ()
    assert dict(remote.ask("/rtsep/mix"))["/rtsep/mix/gain_db"] == (-6.0,)
    assert len(remote.ask("/rtsep/state")) == 1
    with pytest.raises(ConfigError, match="/rtsep/mix/gain"):
        remote.ask("/rtsep/mix/gain")
    assert "/rtsep/stem/lead_vocals/mute" in remote.addresses()
