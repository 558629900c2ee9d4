"""Knobs and the latent, without a display."""

from __future__ import annotations

import pytest
from fakeengine import FakeEngine

from rtsep.changes import Knob
from rtsep.osc.messages import addresses
from rtsep.osc.table import TABLE
from rtsep.separators.classic import Classic
from rtsep.separators.latent import Latent
from rtsep.spec import Parameter
from rtsep_gui.models.knobs import knobs, plain_knobs, way
from rtsep_gui.models.latent import Dimension, dimensions, has_latent, partitions


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine(Latent.spec)


def dimension(engine: FakeEngine, name: str = "0") -> Dimension:
    return next(found for found in dimensions(engine.state()) if found.name == name)


@pytest.mark.parametrize("spec", [Latent.spec, Classic().spec])
def test_every_knob_has_an_address_of_the_table(spec: object) -> None:
    state = FakeEngine(spec).state()  # type: ignore[arg-type]
    flat = addresses(TABLE, state)
    for view in knobs(state).values():
        assert any(view.change(view.value) in flat[view.path].changes((view.value,)) for _ in (0,)), view.path


def test_a_latents_parameters_are_on_its_own_page(engine: FakeEngine) -> None:
    assert has_latent(engine.state())
    assert plain_knobs(engine.state()) == []
    assert [name for name, _ in partitions(engine.state())] == ["low", "mid", "high"]
    assert not has_latent(FakeEngine(Classic().spec).state())


def test_ways_go_by_law_and_come_back() -> None:
    for parameter in (Parameter("f", "Hz", 20.0, 20000.0, 440.0, "log"), Parameter("s", "dB", -24.0, 24.0, 0.0)):
        made = way(parameter)
        assert made.place(parameter.minimum) == pytest.approx(0.0)
        assert made.value(1.0) == pytest.approx(parameter.maximum)
        assert made.value(made.place(parameter.default)) == pytest.approx(parameter.default)
    assert way(Parameter("f", "", 1.0, 100.0, 1.0, "log")).value(0.5) == pytest.approx(10.0)


def test_a_value_beyond_the_range_is_kept_inside(engine: FakeEngine) -> None:
    view = knobs(engine.state())["dim/0/scale"]
    assert view.change(99.0) == Knob("dim/0/scale", 4.0)
    assert view.reset == Knob("dim/0/scale", 1.0)


def test_the_mode_is_what_the_host_plays(engine: FakeEngine) -> None:
    assert dimension(engine).mode == "as is"
    engine.apply(Knob("dim/0/scale", 2.0))
    assert dimension(engine).mode == "scale"
    engine.apply(Knob("dim/0/hold", 1.0))
    assert dimension(engine).mode == "set"


def test_choosing_a_mode_ends_the_others(engine: FakeEngine) -> None:
    engine.apply(Knob("dim/0/scale", 2.0), Knob("dim/0/offset", 1.0))
    engine.apply(*dimension(engine).choose("set"))
    state = {view.parameter.name: view.value for view in knobs(engine.state()).values()}
    assert (state["dim/0/scale"], state["dim/0/offset"], state["dim/0/hold"]) == (1.0, 0.0, 1.0)
    engine.apply(*dimension(engine).choose("as is"))
    assert dimension(engine).mode == "as is"


def test_a_mode_that_was_chosen_shows_before_it_is_turned_and_the_host_has_the_last_word(engine: FakeEngine) -> None:
    assert dimension(engine).shown("offset") == "offset"
    engine.apply(Knob("dim/0/hold", 1.0))
    assert dimension(engine).shown("offset") == "set"
    engine.apply(Knob("dim/0/hold", 0.0), Knob("dim/0/scale", 2.0))
    assert dimension(engine).shown("as is") == "scale"
