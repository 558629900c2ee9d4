"""The OSC server: setting, asking, bundles, time tags, errors."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterable

import pytest
from fakeengine import FakeEngine
from support import until
from surface import Surface

from rtsep.changes import Change, Knob, MixGain, Panic, Record, StemGain, StemMute, StemOutput
from rtsep.control import EngineState
from rtsep.errors import ConfigError
from rtsep.osc import codec, streams
from rtsep.osc.messages import Value
from rtsep.osc.server import OscServer
from rtsep.spec import Parameter, SeparatorSpec
from rtsep.surfaces import OscConfig

Connect = Callable[..., Surface]


def test_what_is_set_is_applied_and_asked_for_again(played: FakeEngine, surface: Surface) -> None:
    surface.send("/rtsep/mix/gain_db", -6.5)
    assert surface.asks("/rtsep/mix/gain_db") == (-6.5,)
    assert played.applied == [(MixGain(-6.5),)]


def test_a_container_is_answered_with_all_that_can_be_read_below_it(played: FakeEngine, surface: Surface) -> None:
    stem = played.spec.stems[0]
    surface.send(f"/rtsep/stem/{stem}")
    for node in ("gain_db", "fader", "mute", "solo", "pan", "output", "side", "kill", "safe"):
        surface.until(lambda node=node: surface.values(f"/rtsep/stem/{stem}/{node}"), node)
    surface.send("/rtsep/status")
    surface.hears("/rtsep/status/block", 64)
    surface.hears("/rtsep/status/device", "fake")
    assert not surface.values("/rtsep/state")


def test_a_pattern_sets_and_asks_for_all_that_match(played: FakeEngine, surface: Surface) -> None:
    surface.send("/rtsep/stem/*/{mute,solo}", 1)
    surface.settles()
    assert all(strip.mute and strip.solo for strip in played.state().strips)
    assert len(played.applied) == 1
    surface.send("/rtsep/mix/b[a-y]pas?")
    surface.hears("/rtsep/mix/bypass", 0)


def test_a_pattern_that_matches_only_buttons_presses_them(played: FakeEngine, surface: Surface) -> None:
    surface.send("/rtsep/record/st[nop]p")
    until(lambda: played.applied, "the press")
    assert played.applied == [(Record(None),)]


def test_a_bundle_applies_as_one(played: FakeEngine, surface: Surface) -> None:
    surface.send_bundle(("/rtsep/mix/gain_db", -3.0), ("/rtsep/mix/panic", 1), ("/rtsep/mix/panic",))
    surface.hears("/rtsep/mix/panic", 1)
    assert played.applied == [(MixGain(-3.0), Panic(True))]


def test_a_bundle_of_which_one_message_does_not_fit_changes_nothing(played: FakeEngine, surface: Surface) -> None:
    surface.send_bundle(("/rtsep/mix/gain_db", -3.0), ("/rtsep/mix/dry_wet", 7.0))
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    path, code, message = surface.values("/rtsep/error")[0]
    assert (path, code) == ("/rtsep/mix/gain_db", "refused")
    assert message == "/rtsep/mix/dry_wet: dry_wet is 7, must be 0..1"
    surface.send_bundle(("/rtsep/mix/gain_db", -3.0), ("/rtsep/nowhere", 7.0))
    surface.until(lambda: len(surface.values("/rtsep/error")) == 2, "another error")
    assert played.applied == []


def test_a_message_that_the_engine_refuses_does_not_hold_up_its_neighbours(
    played: FakeEngine, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = played.apply

    def apply(*changes: Change) -> None:
        if any(isinstance(change, StemOutput) for change in changes):
            raise ConfigError("the device has 2 output channels; choose another")
        usual(*changes)

    monkeypatch.setattr(played, "apply", apply)
    stem = played.spec.stems[0]
    first, second = connect(), connect()
    for _ in range(20):  # some of them in one round
        first.send("/rtsep/mix/gain_db", -1.0)
        second.send(f"/rtsep/stem/{stem}/output", 40)
        first.send("/rtsep/mix/panic", 1)
    second.until(lambda: second.values("/rtsep/error"), "an error")
    assert second.values("/rtsep/error")[0] == (
        f"/rtsep/stem/{stem}/output",
        "refused",
        "the device has 2 output channels; choose another",
    )
    assert first.asks("/rtsep/mix/panic") == (1,)
    assert first.asks("/rtsep/mix/gain_db") == (-1.0,)
    assert not first.values("/rtsep/error")


def test_an_error_inside_is_contained_counted_and_said_once(
    played: FakeEngine, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def apply(*changes: Change) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(played, "apply", apply)
    server = OscServer(played, OscConfig(), said.append)
    server.start()
    try:
        with Surface(server.port) as surface:
            for _ in range(3):
                surface.send("/rtsep/mix/gain_db", -1.0)
                surface.settles()
            assert surface.values("/rtsep/error")[0][1:] == ("failed", "an error inside rtsep: ZeroDivisionError: oops")
            assert server.counts.faults == 3
            assert [line for line in said if "oops" in line] == [
                "OSC: /rtsep/mix/gain_db: ZeroDivisionError: oops; this message is lost, others go on"
            ]
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("path", "values", "code", "words"),
    [
        ("/rtsep/mix/gain", (1.0,), "unknown", "did you mean '/rtsep/mix/gain_db'?"),
        ("/rtsep/mix", (1.0,), "unknown", "there is no address /rtsep/mix"),
        ("/elsewhere", (), "unknown", "there is no address /elsewhere"),
        ("/rtsep/*/nothing", (1,), "unknown", "no address matches"),
        ("/rtsep/mix/[a", (1,), "refused", "close or leave out the bracket"),
        ("/rtsep/mix/gain_db", (13.0,), "refused", "must be -144..12 dB"),
        ("/rtsep/mix/gain_db", (float("nan"),), "refused", "send a finite number"),
        ("/rtsep/mix/gain_db", ("loud",), "refused", "must be a number"),
        ("/rtsep/status/xruns", (1,), "refused", "can only be read"),
        ("/rtsep/status/*", (1,), "refused", "nothing that matches can be written"),
        ("/rtsep/heartbeat", (1,), "refused", "is sent to clients"),
        ("/rtsep/session/save", (), "refused", "takes: name"),
    ],
)
def test_what_is_wrong_is_told_to_the_sender(
    surface: Surface, path: str, values: tuple[str | int | float, ...], code: str, words: str
) -> None:
    surface.send(path, *values)
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    told = surface.values("/rtsep/error")[0]
    assert told[:2] == (path, code)
    assert words in str(told[2])


def test_malformed_packets_are_counted_and_answered(server: OscServer, surface: Surface) -> None:
    surface.send_packet(b"/rtsep/mix/gain_db\0\0,f\0\0\1")
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    assert surface.values("/rtsep/error")[0][:2] == ("", "malformed")
    assert server.counts.malformed == 1


def test_errors_are_limited_but_answers_are_not(server: OscServer, connect: Connect) -> None:
    surface = connect()
    for _ in range(300):
        surface.send("/rtsep/nowhere", 1)
        assert surface.asks("/rtsep/status/block") == (64,)
    assert 20 <= len(surface.values("/rtsep/error")) < 200
    assert server.counts.errors == 300


def test_of_a_flood_the_last_value_wins_and_triggers_all_count(played: FakeEngine, connect: Connect) -> None:
    surface = connect()
    stem = played.spec.stems[0]
    for n in range(2000):
        surface.send("/rtsep/mix/gain_db", -n / 100)
        surface.send(f"/rtsep/stem/{stem}/gain_db", -n / 200)
        if n % 50 == 49:
            surface.asks("/rtsep/mix/gain_db")  # not faster than any socket's buffer
    assert surface.asks("/rtsep/mix/gain_db") == (pytest.approx(-19.99),)
    assert surface.asks(f"/rtsep/stem/{stem}/gain_db") == (pytest.approx(-9.995),)
    gains = [change.gain_db for changes in played.applied for change in changes if isinstance(change, MixGain)]
    assert gains == sorted(gains, reverse=True)


def test_what_waits_for_its_time_comes_then_and_not_before(played: FakeEngine, surface: Surface) -> None:
    surface.send_bundle(("/rtsep/mix/panic", 1), time=time.time() + 0.5)
    surface.send_bundle(("/rtsep/mix/bypass", 1), time=time.time() - 100.0)
    assert surface.asks("/rtsep/mix/bypass") == (1,)
    sent = time.time()
    until(lambda: len(played.applied) == 2, "the one with the time tag")
    assert played.applied[1] == (Panic(True),)
    assert time.time() >= sent + 0.2 or played.applied[0] != (Panic(True),)


def test_a_time_too_far_ahead_is_refused(played: FakeEngine, surface: Surface) -> None:
    surface.send_bundle(("/rtsep/mix/panic", 1), time=time.time() + 60.0)
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    assert surface.values("/rtsep/error")[0][:2] == ("/rtsep/mix/panic", "time")
    assert played.applied == []


def test_only_so_many_messages_wait(connect: Connect) -> None:
    surface = connect()
    for _ in range(3):
        surface.send_bundle(*[("/rtsep/mix/panic", 0)] * 500, time=time.time() + 5.0)
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    assert "more than 1024 messages wait" in str(surface.values("/rtsep/error")[0][2])


def test_another_separators_addresses_are_there_at_once(played: FakeEngine, surface: Surface) -> None:
    other = SeparatorSpec(
        "other", ("flute", "rest"), 2, (48000,), 64, 0, True, (Parameter("air", "", 0.0, 1.0, 0.5, "linear"),)
    )
    surface.settles()
    switch(played, other)
    surface.send("/rtsep/stem/flute/mute", 1)
    surface.send("/rtsep/separator/param/air", 0.25)
    assert surface.asks("/rtsep/stem/flute/mute") == (1,)
    assert surface.asks("/rtsep/separator/param/air") == (0.25,)
    assert played.applied[-1] == (Knob("air", 0.25),) or Knob("air", 0.25) in played.applied[-1]


def switch(engine: FakeEngine, spec: SeparatorSpec) -> None:
    """As when another separator is heard."""
    fresh = FakeEngine(spec)
    engine.spec, engine.desk, engine.separator = fresh.spec, fresh.desk, fresh.separator


def test_other_surfaces_serve_their_own_rows(played: FakeEngine) -> None:
    heard: list[tuple[Value, ...]] = []

    def learn(values: tuple[Value, ...]) -> Iterable[Value] | None:
        heard.append(values)
        if values == ("/nowhere",):
            raise ConfigError("there is no such address")
        return ("learning",)

    server = OscServer(played, OscConfig(), services={"/rtsep/midi/learn": learn})
    server.start()
    try:
        with Surface(server.port) as surface:
            surface.send("/rtsep/midi/learn", "/rtsep/mix/gain_db")
            surface.hears("/rtsep/midi/learn", "learning")
            surface.send("/rtsep/midi/learn", "/nowhere")
            surface.hears("/rtsep/error", "/rtsep/midi/learn", "refused", "there is no such address")
            surface.send("/rtsep/midi/forget", "/nowhere")
            surface.until(lambda: len(surface.values("/rtsep/error")) == 2, "nobody")
            assert "nothing here serves it" in str(surface.values("/rtsep/error")[1][2])
        assert heard == [("/rtsep/mix/gain_db",), ("/nowhere",)]
    finally:
        server.stop()


def test_truth_wide_and_whole_numbers_are_taken(played: FakeEngine, connect: Connect) -> None:
    surface = connect()
    surface.send_packet(b"/rtsep/mix/panic\0\0\0\0,T\0\0")
    surface.send_packet(b"/rtsep/mix/dry_wet\0\0,d\0\0" + b"\x3f\xe0" + bytes(6))
    surface.send("/rtsep/mix/gain_db", -6)
    surface.send("/rtsep/mix/bypass", 1.0)
    surface.settles()
    state = played.state()
    assert (state.panic, state.dry_wet, state.mix_gain_db, state.bypass) == (True, 0.5, -6.0, True)


def test_the_state_is_asked_for_only_after_what_is_set_is_applied(
    played: FakeEngine, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    look, apply = played.state, played.apply

    def state() -> EngineState:
        calls.append("state")
        return look()

    surface = connect()
    surface.settles()
    monkeypatch.setattr(played, "state", state)
    monkeypatch.setattr(played, "apply", lambda *changes: calls.append("apply") or apply(*changes))
    surface.send_bundle(("/rtsep/mix/panic", 1), ("/rtsep/mix/panic",))
    surface.hears("/rtsep/mix/panic", 1)
    assert calls[: calls.index("apply") + 2][-2:] == ["apply", "state"]


def test_a_taken_default_port_is_replaced_and_said(played: FakeEngine, server: OscServer, said: list[str]) -> None:
    one, other = OscServer(played, OscConfig(), said.append), OscServer(played, OscConfig(), said.append)
    one.start()
    other.start()
    try:
        assert len({server.port, one.port, other.port}) == 3
        assert said[-1].startswith("OSC port 9000 is taken; listening on ")
    finally:
        one.stop()
        other.stop()


def test_a_taken_port_that_was_asked_for_is_an_error(played: FakeEngine, server: OscServer) -> None:
    with pytest.raises(ConfigError, match=f"osc.port {server.port} of 127.0.0.1 is taken"):
        OscServer(played, OscConfig(port=server.port)).start()
    with pytest.raises(ConfigError, match="cannot listen"):
        OscServer(played, OscConfig(listen="203.0.113.1")).start()


def test_a_stopped_server_frees_its_port(played: FakeEngine) -> None:
    first = OscServer(played, OscConfig())
    first.start()
    port = first.port
    with Surface(port, tcp=True) as surface:
        assert surface.asks("/rtsep/status/block") == (64,)
        first.stop()
        first.stop()
    again = OscServer(played, OscConfig(port=port))
    again.start()
    again.stop()
    with pytest.raises(ConfigError, match="started before"):
        again.start()


def test_a_slow_reader_is_dropped_and_the_others_are_served(
    connect: Connect, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "OUTPUT", 1 << 16)
    slow, other = connect(tcp=True), connect(tcp=True)
    questions = codec.bundle([codec.encode("/rtsep/state", [])] * 100)
    with contextlib.suppress(OSError):
        while not any("is dropped" in line for line in said):
            slow.send_packet(questions)
    assert other.asks("/rtsep/status/block") == (64,)
    until(lambda: any("is dropped: it does not read" in line for line in said), "a word about it")


def test_connections_are_bounded(connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MOST", 3)
    kept = [connect(tcp=True) for _ in range(3)]
    assert all(each.asks("/rtsep/status/block") == (64,) for each in kept)
    extra = connect(tcp=True)
    extra.socket.settimeout(10.0)
    assert extra.socket.recv(100) == b""
    kept.pop().socket.close()

    def admitted() -> bool:
        another = connect(tcp=True)
        another.socket.settimeout(10.0)
        try:
            another.send("/rtsep/status/block")
            return another.socket.recv(100) != b""
        except OSError:
            return False

    until(admitted, "room again")


def test_an_overlong_packet_is_told_and_the_next_one_read(server: OscServer, connect: Connect) -> None:
    surface = connect(tcp=True)
    surface.send_packet(b"x" * 200_000)
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    assert surface.values("/rtsep/error")[0][1] == "malformed"
    assert surface.asks("/rtsep/status/block") == (64,)


def test_others_than_this_machine_are_refused_unless_allowed(
    played: FakeEngine, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = OscServer(played, OscConfig(allow=("192.0.2.0/24",)), said.append)
    assert server._admits("127.0.0.1")
    assert server._admits("192.0.2.7")
    assert not server._admits("198.51.100.1")
    assert not server._admits("198.51.100.1")
    assert server.counts.refused == 2
    assert said == ["OSC from 198.51.100.1 is refused; [osc] allow lets it in"]
    server.start()
    try:
        with Surface(server.port) as surface, Surface(server.port, tcp=True) as stream:
            assert stream.asks("/rtsep/status/block") == (64,)
            monkeypatch.setattr(server, "_admits", lambda host: False)
            surface.send("/rtsep/mix/panic", 1)
            stream.send("/rtsep/mix/panic", 1)
            with socket.create_connection(("127.0.0.1", server.port), 10.0) as late:
                assert late.recv(1) == b""
        until(lambda: (Panic(True),) in played.applied, "the connection from before")
        assert len(played.applied) == 1
    finally:
        server.stop()


def test_gain_and_mute_of_a_stem_reach_the_engine_as_changes(played: FakeEngine, surface: Surface) -> None:
    stem = played.spec.stems[0]
    surface.send(f"/rtsep/stem/{stem}/fader", 0.75)
    surface.send(f"/rtsep/stem/{stem}/mute", 1)
    surface.settles()
    assert [change for changes in played.applied for change in changes] == [StemGain(stem, 0.0), StemMute(stem, True)]
