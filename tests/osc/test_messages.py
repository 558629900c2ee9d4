"""The table of messages: complete, honest about ranges, and every row does to the engine what it reads back."""

from __future__ import annotations

import math

import pytest
from fakeengine import FakeEngine

from rtsep.changes import Record, StemGain
from rtsep.errors import ConfigError
from rtsep.osc.messages import Address, addresses
from rtsep.osc.table import TABLE
from rtsep.spec import Parameter, SeparatorSpec

LATENT = tuple(
    Parameter(name, "", low, high, default, law)  # type: ignore[arg-type]
    for name, low, high, default, law in (
        ("partition/lead voice/amount", 0.0, 2.0, 1.0, "linear"),
        ("dim/0/scale", 0.0, 4.0, 1.0, "linear"),
        ("dim/0/offset", -3.0, 3.0, 0.0, "linear"),
        ("dim/0/set", -3.0, 3.0, 0.0, "linear"),
        ("dim/0/hold", 0.0, 1.0, 0.0, "toggle"),
        ("warmth", 0.0, 1.0, 0.5, "linear"),
    )
)
SPEC = SeparatorSpec("latent", ("lead voice", "rest"), 2, (48000,), 64, 0, False, LATENT)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(SPEC)


@pytest.fixture
def flat(engine: FakeEngine) -> dict[str, Address]:
    return addresses(TABLE, engine.state())


def test_every_row_has_words_and_its_own_pattern() -> None:
    assert all(message.about.endswith(".") for message in TABLE)
    assert len({message.pattern for message in TABLE}) == len(TABLE)


def test_names_that_osc_reserves_are_replaced(flat: dict[str, Address]) -> None:
    assert "/rtsep/stem/lead_voice/gain_db" in flat
    assert flat["/rtsep/latent/partition/lead_voice/amount"].names["name"] == "partition/lead voice/amount"
    assert "/rtsep/separator/param/warmth" in flat
    assert not any("dim" in path for path in flat if path.startswith("/rtsep/separator/param"))


def test_every_readable_address_has_values_of_its_types(engine: FakeEngine, flat: dict[str, Address]) -> None:
    kinds = {"f": float, "i": int, "s": str}
    state = engine.state()
    for address in flat.values():
        if address.message.read and not (address.arguments and address.arguments[-1].rest):
            values = address.read(state)
            assert [type(value) for value in values] == [kinds[kind] for kind in address.kinds], address.path


def test_what_the_desk_is_told_is_read_back(engine: FakeEngine, flat: dict[str, Address]) -> None:
    told = {
        "/rtsep/stem/lead_voice/gain_db": -6.5,
        "/rtsep/stem/rest/mute": 1,
        "/rtsep/stem/rest/pan": -0.5,
        "/rtsep/stem/rest/side": "b",
        "/rtsep/mix/crossfade": 0.25,
        "/rtsep/mix/panic": 1,
        "/rtsep/mix/late": "mute-safe",
        "/rtsep/latent/partition/lead_voice/amount": 0.5,
        "/rtsep/latent/dim/0/set": 2.0,
        "/rtsep/separator/param/warmth": 0.75,
    }
    for path, value in told.items():
        engine.apply(*flat[path].changes([value]))
        assert flat[path].read(engine.state()) == (value,)
    assert engine.desk.knobs["dim/0/hold"] == 1.0
    engine.apply(*flat["/rtsep/latent/dim/0/release"].changes([]))
    assert engine.desk.knobs["dim/0/hold"] == 0.0


def test_both_forms_of_a_gain_are_one_control(engine: FakeEngine, flat: dict[str, Address]) -> None:
    engine.apply(*flat["/rtsep/stem/rest/fader"].changes([0.75]))
    assert flat["/rtsep/stem/rest/gain_db"].read(engine.state()) == (0.0,)
    engine.apply(*flat["/rtsep/stem/rest/gain_db"].changes([-144]))
    assert flat["/rtsep/stem/rest/fader"].read(engine.state()) == (0.0,)


def test_numbers_come_in_any_numeric_type(flat: dict[str, Address]) -> None:
    mute = flat["/rtsep/stem/rest/mute"]
    assert mute.changes([True]) == mute.changes([1]) == mute.changes([1.0])
    assert flat["/rtsep/stem/rest/gain_db"].changes([12.000001]) == (StemGain("rest", 12.0),)


@pytest.mark.parametrize(
    ("path", "values", "words"),
    [
        ("/rtsep/stem/rest/gain_db", [math.nan], "is nan; send a finite number"),
        ("/rtsep/stem/rest/gain_db", [math.inf], "is inf"),
        ("/rtsep/stem/rest/gain_db", [12.1], r"must be -144..12 dB"),
        ("/rtsep/stem/rest/gain_db", ["loud"], "must be a number"),
        ("/rtsep/stem/rest/gain_db", [], "has 0 arguments, takes: gain"),
        ("/rtsep/stem/rest/gain_db", [1, 2], "has 2 arguments"),
        ("/rtsep/stem/rest/mute", [0.5], "must be a whole number"),
        ("/rtsep/mix/late", ["wet"], "must be one of dry, mute-safe"),
        ("/rtsep/mix/late", [1], "must be a string"),
        ("/rtsep/status/xruns", [1], "can only be read"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_limit(
    flat: dict[str, Address], path: str, values: list[object], words: str
) -> None:
    with pytest.raises(ConfigError, match=words):
        flat[path].changes(values)


def test_a_take_without_a_folder_goes_into_a_new_one(flat: dict[str, Address]) -> None:
    start = flat["/rtsep/record/start"]
    for values in ((), ("",), ("", "flac")):
        (take,) = start.changes(values)
        assert isinstance(take, Record)
        assert take.folder is not None
        assert take.folder.startswith("recording-")
        assert take.format == ("flac" if "flac" in values else "wav")
    assert start.changes(("set 1", "flac")) == (Record("set 1", "flac"),)


def test_a_button_let_go_does_nothing(flat: dict[str, Address]) -> None:
    assert flat["/rtsep/quick/all"].changes([0]) == ()
    assert flat["/rtsep/quick/all"].changes([]) == flat["/rtsep/quick/all"].changes([1.0]) != ()
