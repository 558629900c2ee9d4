"""Rounds and what waits: the last value wins, the order that matters is kept."""

from __future__ import annotations

import pytest
from fakeengine import FakeEngine

from rtsep.changes import MixGain, Panic, SceneStore, StemGain
from rtsep.errors import ConfigError
from rtsep.osc.codec import Received
from rtsep.osc.index import Index
from rtsep.osc.messages import addresses
from rtsep.osc.pending import AHEAD_S, MOST, Pending
from rtsep.osc.streams import Connection
from rtsep.osc.table import TABLE
from rtsep.osc.units import Round, understood

GAIN, PANIC, STORE = "/rtsep/mix/gain_db", "/rtsep/mix/panic", "/rtsep/scene/1/store"


@pytest.fixture
def index() -> Index:
    return Index(addresses(TABLE, FakeEngine().state()))


def changes(index: Index, *packets: list[tuple[str, object]], peers: int = 1) -> list[object]:
    """What a round of packets, from one client after the other, comes to."""
    clients = [Connection(None, str(n)) for n in range(peers)]  # type: ignore[arg-type]
    result = Round()
    for n, packet in enumerate(packets):
        messages = [Received(path, (value,)) for path, value in packet]
        result.add(understood(clients[n % peers], messages, index), len(messages))
    return [change for unit in result.units() for change in unit.changes]


def test_the_last_of_a_clients_values_for_an_address_wins(index: Index) -> None:
    assert changes(index, [(GAIN, -1.0)], [(PANIC, 1)], [(GAIN, -2.0)]) == [Panic(True), MixGain(-2.0)]


def test_each_clients_last_value_is_kept_in_order(index: Index) -> None:
    heard = changes(index, [(GAIN, -1.0)], [(GAIN, -2.0)], [(GAIN, -3.0)], peers=2)
    assert heard == [MixGain(-2.0), MixGain(-3.0)]


def test_what_comes_before_a_scene_is_stored_stays_before(index: Index) -> None:
    heard = changes(index, [(GAIN, -1.0)], [(STORE, "a")], [(GAIN, -2.0)], [(GAIN, -3.0)])
    assert heard == [MixGain(-1.0), SceneStore(1, "a"), MixGain(-3.0)]


def test_triggers_and_bundles_are_not_thinned_out(index: Index) -> None:
    assert len(changes(index, *[[("/rtsep/tempo/tap", 1)]] * 3)) == 3
    assert len(changes(index, *[[(GAIN, -1.0), (PANIC, 1)]] * 3)) == 6


def test_a_message_for_many_addresses_that_is_no_value_is_not_thinned_out(index: Index) -> None:
    messages = [Received("/rtsep/separator/knob", (name, 0.5)) for name in "ab"]
    client, result = Connection(None, ""), Round()  # type: ignore[arg-type]
    for message in messages:
        result.add(understood(client, [message], index), 1)
    assert len(result.units()) == 2


def test_both_forms_of_a_gain_keep_their_order(index: Index) -> None:
    stem = FakeEngine().spec.stems[0]
    fader, gain = f"/rtsep/stem/{stem}/fader", f"/rtsep/stem/{stem}/gain_db"
    heard = changes(index, [(fader, 0.5)], [(gain, -3.0)], [(fader, 0.75)])
    assert heard == [StemGain(stem, -3.0), StemGain(stem, 0.0)]


def test_what_waits_comes_by_time_and_among_equals_by_arrival() -> None:
    waiting: Pending[str] = Pending()
    for wait_s, item in ((2.0, "later"), (1.0, "first"), (1.0, "second")):
        waiting.put(wait_s, 100.0, 1, item)
    assert waiting.next() == 101.0
    assert waiting.due(100.9) == []
    assert waiting.due(101.0) == ["first", "second"]
    assert waiting.due(200.0) == ["later"]
    assert waiting.next() == float("inf")


def test_what_waits_is_bounded_in_number_and_in_time() -> None:
    waiting: Pending[str] = Pending()
    with pytest.raises(ConfigError, match=r"10\.1 s ahead, at most 10 s"):
        waiting.put(AHEAD_S + 0.1, 0.0, 1, "far")
    with pytest.raises(ConfigError):
        waiting.put(float("nan"), 0.0, 1, "never")
    waiting.put(1.0, 0.0, MOST, "much")
    with pytest.raises(ConfigError, match="more than 1024 messages wait"):
        waiting.put(1.0, 0.0, 1, "more")
    waiting.due(1.0)
    waiting.put(1.0, 0.0, MOST, "again")
