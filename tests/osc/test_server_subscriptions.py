"""Subscriptions: snapshot, changes from anybody, echo, leases, meters, heartbeat, two clients in step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from fakeengine import FakeEngine
from support import PATIENCE_S, until
from surface import Surface

from rtsep.changes import MixGain, Panic, StemGain, StemMute
from rtsep.errors import ConfigError
from rtsep.osc import codec, subscribers
from rtsep.osc.messages import addresses
from rtsep.osc.server import OscServer
from rtsep.osc.table import TABLE
from rtsep.spec import SeparatorSpec
from rtsep.surfaces import OscConfig

Connect = Callable[..., Surface]


def subscribed(surface: Surface, meters_hz: float = 0.0) -> Surface:
    """`surface`, subscribed where it sends from, its snapshot long enough ago not to cross what it sends."""
    surface.send("/rtsep/subscribe", 0, meters_hz)
    surface.until(lambda: surface.values("/rtsep/status/dsp_load"), "the snapshot")
    time.sleep(subscribers.CONTENDED_S)
    surface.settles()
    surface.forget()
    return surface


def test_a_snapshot_has_every_address_that_is_published(played: FakeEngine, surface: Surface) -> None:
    played.apply(MixGain(-7.0))
    surface.send("/rtsep/subscribe", 0)
    table = addresses(TABLE, played.state())
    wanted = {path for path, address in table.items() if address.message.read and address.message.push == "change"}
    surface.until(lambda: wanted <= {message.path for message in surface.heard}, "the snapshot")
    assert surface.values("/rtsep/mix/gain_db") == [(-7.0,)]
    assert not surface.values("/rtsep/state")
    assert not surface.values("/rtsep/meter/mix")


def test_snapshots_come_in_bundles_that_fit_a_datagram(connect: Connect) -> None:
    surface = connect()
    surface.send("/rtsep/subscribe", 0)
    sizes: list[int] = []
    while not surface.values("/rtsep/status/dsp_load"):
        packet = surface.socket.recv(1 << 16)
        sizes.append(len(packet))
        surface.heard += codec.decode(packet)
    assert max(sizes) <= codec.DATAGRAM
    assert len(surface.heard) > 20 * len(sizes)


def test_changes_by_others_are_heard_in_both_forms_of_a_gain(played: FakeEngine, surface: Surface) -> None:
    subscribed(surface)
    stem = played.spec.stems[0]
    played.apply(StemGain(stem, 0.0), StemMute(stem, True))
    played.apply(StemGain(stem, -5.0))
    surface.hears(f"/rtsep/stem/{stem}/gain_db", -5.0)
    surface.hears(f"/rtsep/stem/{stem}/fader", 0.625)
    surface.hears(f"/rtsep/stem/{stem}/mute", 1)
    surface.settles()
    assert {message.path.rsplit("/")[-1] for message in surface.heard} <= {
        "gain_db",
        "fader",
        "mute",
        "block",
        "heartbeat",
    }


def test_what_changes_by_itself_is_heard(played: FakeEngine, surface: Surface) -> None:
    subscribed(surface)
    played.recording = "take: 1 s"
    surface.hears("/rtsep/record/state", "take: 1 s")


def test_a_surface_does_not_hear_its_own_change_but_all_else(connect: Connect) -> None:
    mine, other = subscribed(connect()), subscribed(connect(tcp=True))
    mine.send("/rtsep/mix/fader", 0.25)
    other.hears("/rtsep/mix/fader", 0.25)
    other.hears("/rtsep/mix/gain_db", -30.0)
    mine.hears("/rtsep/mix/gain_db", -30.0)
    mine.settles()
    assert mine.values("/rtsep/mix/fader") == []


def test_a_surface_that_hears_at_another_port_hears_no_echo_either(connect: Connect) -> None:
    sender, ear = connect(), connect()
    sender.send("/rtsep/subscribe", ear.port)
    ear.until(lambda: ear.values("/rtsep/status/dsp_load"), "the snapshot")
    time.sleep(subscribers.CONTENDED_S)
    ear.forget()
    sender.send("/rtsep/mix/panic", 1)
    sender.send("/rtsep/mix/bypass", 1)
    sender.send("/rtsep/mix/gain_db", -10.0)
    ear.hears("/rtsep/mix/fader", 0.5)
    assert not ear.values("/rtsep/mix/panic") + ear.values("/rtsep/mix/bypass") + ear.values("/rtsep/mix/gain_db")
    sender.send("/rtsep/mix/panic")
    ear.hears("/rtsep/mix/panic", 1)
    sender.hears("/rtsep/mix/panic", 1)


def test_a_surface_whose_value_did_not_last_hears_what_holds(played: FakeEngine, connect: Connect) -> None:
    mine, other = subscribed(connect()), connect()
    for n in range(20):
        mine.send("/rtsep/mix/gain_db", -3.0)
        other.send("/rtsep/mix/gain_db", 0.0)
        mine.settles()
        other.settles()
        heard = mine.values("/rtsep/mix/gain_db")
        assert heard, f"round {n}"
        assert heard[-1] == (played.state().mix_gain_db,)
        mine.forget()
        mine.send("/rtsep/mix/gain_db", 0.0)
        mine.settles()


def test_a_value_that_crosses_anothers_is_confirmed(
    played: FakeEngine, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = subscribed(connect())
    monkeypatch.setattr(subscribers, "CONTENDED_S", PATIENCE_S)
    played.apply(MixGain(-3.0))
    mine.hears("/rtsep/mix/gain_db", -3.0)
    mine.send("/rtsep/mix/gain_db", -1.0)  # as if it had been sent before that was heard
    mine.hears("/rtsep/mix/gain_db", -1.0)


def test_a_surface_whose_value_was_refused_hears_what_holds(connect: Connect) -> None:
    mine = subscribed(connect())
    mine.send("/rtsep/mix/gain_db", 13.0)
    mine.hears("/rtsep/mix/gain_db", 0.0)
    assert mine.values("/rtsep/error")


def test_two_clients_stay_in_step_with_the_engine(played: FakeEngine, connect: Connect) -> None:
    clients = [subscribed(connect()), subscribed(connect(tcp=True))]
    knobs = {
        f"/rtsep/stem/{stem}/{node}": values
        for stem in played.spec.stems
        for node, values in (("gain_db", (-20.0, -3.5, 6.0)), ("mute", (0, 1)), ("pan", (-1.0, 0.5)), ("solo", (0, 1)))
    }
    for n in range(200):
        for at, client in enumerate(clients):
            path = list(knobs)[(7 * n + 5 * at) % len(knobs)]
            value = knobs[path][n % len(knobs[path])]
            client.send(path, value)
            client.heard.append(codec.Received(path, (value,)))  # as a surface shows what its own hand does
            if n % 10 == at:
                client.listen()
    for client in clients * 2:
        client.settles()
    table, state = addresses(TABLE, played.state()), played.state()
    for path in knobs:
        for client in clients:
            heard = client.values(path)
            assert not heard or heard[-1] == table[path].read(state), path


def test_another_separators_addresses_are_sent_when_it_is_heard(played: FakeEngine, surface: Surface) -> None:
    subscribed(surface)
    fresh = FakeEngine(SeparatorSpec("other", ("flute", "rest"), 2, (48000,), 64, 0, True))
    played.spec, played.desk, played.separator = fresh.spec, fresh.desk, fresh.separator
    surface.hears("/rtsep/separator/load", "other")
    surface.hears("/rtsep/stem/flute/gain_db", 0.0)


def test_meters_come_when_asked_for_and_in_one_bundle(played: FakeEngine, connect: Connect) -> None:
    plain, metered = subscribed(connect()), subscribed(connect(), meters_hz=30.0)
    metered.until(lambda: len(metered.values("/rtsep/meter/mix")) > 10, "meters")
    bundle = next(
        codec.decode(packet)
        for packet in iter(lambda: metered.socket.recv(1 << 16), b"")
        if b"/rtsep/meter/mix" in packet
    )
    assert {message.path for message in bundle} == {
        "/rtsep/meter/mix",
        "/rtsep/meter/input",
        *(f"/rtsep/meter/stem/{stem}" for stem in played.spec.stems),
    }
    plain.settles()
    assert not plain.values("/rtsep/meter/mix")


def test_the_heart_beats(surface: Surface) -> None:
    subscribed(surface)
    surface.until(lambda: len(surface.values("/rtsep/heartbeat")) >= 2, "two beats")
    first, second = surface.values("/rtsep/heartbeat")[:2]
    assert second == (first[0] + 1,)  # type: ignore[operator]


def test_a_lease_ends_unless_it_is_renewed(
    server: OscServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscribers, "LEASE_S", 1.0)
    faithful, silent = connect(), connect()
    silent.send("/rtsep/subscribe", 0)
    faithful.send("/rtsep/subscribe", 0)
    until(lambda: len(server.subscribers()) == 2, "two subscribers")

    def renewed() -> bool:
        faithful.send("/rtsep/renew")
        return server.subscribers() == (f"127.0.0.1:{faithful.port}",)

    until(renewed, "the end of one lease")
    until(lambda: not server.subscribers(), "the end of the other")


def test_who_renews_without_a_subscription_gets_one_with_a_snapshot(server: OscServer, surface: Surface) -> None:
    surface.send("/rtsep/renew", 0)
    surface.until(lambda: surface.values("/rtsep/status/dsp_load"), "the snapshot")
    surface.settles()
    surface.forget()
    surface.send("/rtsep/renew")
    surface.send("/rtsep/renew", 0)
    surface.settles()
    assert not surface.values("/rtsep/status/dsp_load")
    assert len(server.subscribers()) == 1


def test_the_port_where_the_server_itself_hears_is_refused(server: OscServer, connect: Connect) -> None:
    surface = connect()
    for word in ("subscribe", "renew"):
        surface.forget()
        surface.send(f"/rtsep/{word}", server.port)
        surface.until(lambda: surface.values("/rtsep/error"), "the refusal")
        assert "is where rtsep itself hears" in str(surface.values("/rtsep/error")[0])
    assert server.subscribers() == ()


def test_without_a_port_subscribers_hear_at_the_usual_one(server: OscServer, connect: Connect) -> None:
    surface = connect()
    surface.send("/rtsep/subscribe")
    until(lambda: server.subscribers() == ("127.0.0.1:9001",), "the subscription")
    with Surface(server.port) as another:
        another.send("/rtsep/renew")
        another.settles()
        assert server.subscribers() == ("127.0.0.1:9001",)
        another.send("/rtsep/unsubscribe")
        until(lambda: not server.subscribers(), "the end of it")


def test_who_unsubscribes_hears_nothing_more(played: FakeEngine, server: OscServer, surface: Surface) -> None:
    subscribed(surface)
    surface.send("/rtsep/unsubscribe")
    until(lambda: not server.subscribers(), "the end of it")
    surface.settles()
    surface.forget()
    played.apply(Panic(True))
    surface.settles()
    assert {message.path for message in surface.heard} == {"/rtsep/status/block"}


def test_a_connection_that_ends_takes_its_subscription_with_it(server: OscServer, connect: Connect) -> None:
    surface = subscribed(connect(tcp=True))
    surface.socket.close()
    until(lambda: not server.subscribers(), "the end of it")


def test_subscribers_are_bounded(connect: Connect, server: OscServer) -> None:
    surface = connect()
    for n in range(subscribers.MOST + 1):
        surface.send("/rtsep/subscribe", 20001 + n)
    surface.until(lambda: surface.values("/rtsep/error"), "an error")
    assert surface.values("/rtsep/error")[0][:2] == ("/rtsep/subscribe", "refused")
    assert len(server.subscribers()) == subscribers.MOST


@pytest.fixture
def restarted(played: FakeEngine, server: OscServer) -> Iterator[Callable[[], OscServer]]:
    """restarted() -> another server at the same port, the first one gone."""
    servers: list[OscServer] = []

    def again() -> OscServer:
        port = server.port
        server.stop()

        def starts() -> bool:
            servers.append(OscServer(played, OscConfig(port=port)))
            try:
                servers[-1].start()
            except ConfigError:
                return False
            return True

        until(starts, "the port")
        return servers[-1]

    yield again
    for each in servers:
        each.stop()


def test_after_a_restart_who_goes_on_renewing_is_in_step_again(
    played: FakeEngine, connect: Connect, restarted: Callable[[], OscServer]
) -> None:
    surface = subscribed(connect())
    restarted()
    played.apply(MixGain(-12.0))
    end = time.monotonic() + 30.0
    while not surface.values("/rtsep/mix/gain_db") and time.monotonic() < end:
        surface.send("/rtsep/renew", 0)
        surface.listen()
    assert surface.values("/rtsep/mix/gain_db")[-1] == (-12.0,)
