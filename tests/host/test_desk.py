"""The mixing desk: what it takes, what it refuses, what it finds again after a crash."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import RATE, noise, offline

from rtsep.changes import (
    Bypass,
    DryWet,
    Knob,
    Late,
    MixGain,
    Panic,
    Record,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSolo,
)
from rtsep.deskstate import DeskState, changed
from rtsep.errors import ConfigError
from rtsep.host.config import StripConfig
from rtsep.host.desk import Desk
from rtsep.host.deskstate import initial
from rtsep.host.offline import OfflineHost
from rtsep.separators.builtin import Delay
from rtsep.shared.block import Block, create, remove

SPEC = Delay().spec
GAIN_TOLERANCE_DB = 1e-4
"""dB to float32 factor and back."""


@pytest.fixture
def block(host_name: str) -> Iterator[Block]:
    yield create(2, 4, 16, 16, host_name)
    remove(host_name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (StemGain("vocal", 0.0), r"no stem 'vocal'.*did you mean 'vocals'\?"),
        (StemMute("", True), "no stem ''"),
        (StemGain("vocals", 12.1), "must be -1000..12"),
        (StemGain("vocals", math.nan), "gain_db is nan"),
        (StemGain("vocals", math.inf), "gain_db is inf"),
        (MixGain(math.nan), "mix gain_db"),
        (StemPan("vocals", -1.01), "pan is"),
        (StemPan("vocals", math.nan), "pan is nan"),
        (StemOutput("vocals", -2), "output is"),
        (StemOutput("vocals", 256), "output is"),
        (DryWet(1.5), "dry_wet"),
        (DryWet(math.nan), "dry_wet"),
        (Late("loud"), "no policy 'loud'"),
        (Knob("nothing", 0.0), "no parameter 'nothing'"),
        (Knob("vocals", 1.1), "vocals is 1.1"),
        (Knob("vocals", math.nan), "vocals is nan"),
        (Record("/tmp"), "does not know Record"),
    ],
)
def test_invalid_changes_change_nothing(block: Block, change: Any, words: str) -> None:
    desk = Desk(block, SPEC, offline())
    before, header = desk.state, block.header.copy()
    with pytest.raises(ConfigError, match=words):
        desk.apply(Panic(True), StemMute("vocals", True), change)
    assert desk.state == before
    assert block.header == header


@pytest.mark.parametrize("gain_db", [-math.inf, -144.0, -145.0, -1000.0])
def test_silence_has_one_name(gain_db: float) -> None:
    state = changed(initial(offline(), SPEC), StemGain("vocals", gain_db), SPEC)
    assert state.strips["vocals"].gain_db == -144.0


def test_changes_of_one_call_are_published_as_one(block: Block) -> None:
    desk = Desk(block, SPEC, offline())
    sequence = block.get("params_seq")
    desk.apply(StemMute("vocals", True), StemSolo("drums", True), MixGain(-6.0), Bypass(True))
    assert block.get("params_seq") == sequence + 2
    assert block.get("params_seq") % 2 == 0


def test_knobs_are_announced_only_when_they_move(block: Block) -> None:
    desk = Desk(block, SPEC, offline())
    sequence = block.get("knob_seq")
    desk.apply(StemMute("vocals", True))
    assert block.get("knob_seq") == sequence
    desk.apply(Knob("vocals", 0.5))
    desk.apply(Knob("vocals", 0.5))
    assert block.get("knob_seq") == sequence + 1
    assert block.array("knobs")[:3].tolist() == [0.5, 0.25, 0.25]


def test_the_configuration_is_published_at_once(block: Block) -> None:
    config = offline(
        stems={"drums": StripConfig(gain_db=-20.0, solo=True, pan=0.5, output=3)}, mix_gain_db=-20.0, policy="mute-safe"
    )
    Desk(block, SPEC, config)
    assert block.array("stem_gain")[:4].tolist() == pytest.approx([1.0, 0.1, 1.0, 1.0])
    assert block.array("stem_solo")[:4].tolist() == [0, 1, 0, 0]
    assert block.array("stem_output")[:4].tolist() == [-1, 2, -1, -1]
    assert (block.get("mix_gain"), block.get("mute_safe"), block.get("panic")) == (pytest.approx(0.1), 1, 0)


stems = st.sampled_from(SPEC.stems)
gains = st.floats(-150.0, 12.0)
changes = st.one_of(
    st.builds(StemGain, stems, gains),
    st.builds(StemMute, stems, st.booleans()),
    st.builds(StemSolo, stems, st.booleans()),
    st.builds(StemPan, stems, st.floats(-1.0, 1.0, width=32)),
    st.builds(StemOutput, stems, st.integers(-1, 255)),
    st.builds(MixGain, gains),
    st.builds(DryWet, st.floats(0.0, 1.0, width=32)),
    st.builds(Bypass, st.booleans()),
    st.builds(Panic, st.booleans()),
    st.builds(Late, st.sampled_from(["dry", "mute-safe"])),
    st.builds(Knob, st.sampled_from(["vocals", "drums", "bass"]), st.floats(0.0, 1.0, width=32)),
)


def same(recovered: DeskState, published: DeskState) -> None:
    for stem, strip in published.strips.items():
        other = recovered.strips[stem]
        assert other.gain_db == pytest.approx(strip.gain_db, abs=GAIN_TOLERANCE_DB)
        assert (other.mute, other.solo, other.output) == (strip.mute, strip.solo, strip.output)
        assert other.pan == pytest.approx(strip.pan)
    assert recovered.mix_gain_db == pytest.approx(published.mix_gain_db, abs=GAIN_TOLERANCE_DB)
    assert recovered.knobs == pytest.approx(published.knobs)
    assert recovered.dry_wet == pytest.approx(published.dry_wet)
    flags = ("bypass", "panic", "policy")
    assert [getattr(recovered, flag) for flag in flags] == [getattr(published, flag) for flag in flags]


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(changes, max_size=12))
def test_what_is_recovered_from_the_block_is_what_was_published(moves: list[Any]) -> None:
    block = create(2, 4, 16, 16)
    try:
        desk = Desk(block, SPEC, offline())
        desk.apply(*moves)
        recovered = Desk(block, SPEC)
        same(recovered.state, desk.state)
        recovered.apply()  # publishing it again does not drift
        same(Desk(block, SPEC).state, desk.state)
    finally:
        remove(block.name)


def test_parameters_that_are_all_zero_at_the_start_are_applied() -> None:
    nothing = offline(parameters={"vocals": 0.0, "drums": 0.0, "bass": 0.0})
    with OfflineHost(Delay(), RATE, 64, nothing) as host:
        host.record()
        host.run(noise(4096))
        tape = host.tape(2048, 4096).reshape(5, 2, -1)
    assert not tape[1:4].any()
    assert tape[4].any()
