"""Random desks and random changes of them, for `FakeEngine`'s own separator."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from rtsep.changes import (
    Bypass,
    Crossfade,
    DryWet,
    Knob,
    Late,
    MixGain,
    Panic,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.separators.builtin import FOUR_STEMS

GAINS = st.floats(-144.0, 12.0) | st.sampled_from((-144.0, -100.0, -6.0, 0.0, 12.0))
UNIT = st.floats(0.0, 1.0)
AROUND = st.floats(-1.0, 1.0) | st.sampled_from((-1.0, 0.0, 1.0))
YES = st.booleans()


def _strip(stem: str) -> list[st.SearchStrategy[Any]]:
    return [
        st.builds(StemGain, st.just(stem), GAINS),
        st.builds(StemMute, st.just(stem), YES),
        st.builds(StemSolo, st.just(stem), YES),
        st.builds(StemPan, st.just(stem), AROUND),
        st.builds(StemOutput, st.just(stem), st.integers(-1, 6)),
        st.builds(StemSide, st.just(stem), st.sampled_from(("", "a", "b"))),
    ]


_EACH: list[st.SearchStrategy[Any]] = [
    *(change for stem in FOUR_STEMS for change in _strip(stem)),
    *(st.builds(Knob, st.just(stem), UNIT) for stem in FOUR_STEMS[:-1]),
    st.builds(MixGain, GAINS),
    st.builds(DryWet, UNIT),
    st.builds(Crossfade, AROUND),
    st.builds(Bypass, YES),
    st.builds(Late, st.sampled_from(("dry", "mute-safe"))),
]


def whole_desks() -> st.SearchStrategy[list[Any]]:
    """A value for every control; panic is off."""
    return st.tuples(*_EACH).map(list)


def desk_changes() -> st.SearchStrategy[list[Any]]:
    """Some changes of the desk, panic among them."""
    return st.lists(st.one_of(*_EACH, st.builds(Panic, YES)), max_size=20)
