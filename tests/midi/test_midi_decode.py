"""Decoding: pairs of 14 bits in every order that senders have, NRPN, and what is no control."""

from __future__ import annotations

import itertools

import pytest
from memoryports import NANO, cc, note

from rtsep.midi.decode import SETTLE_S, Decoder, Touch

QUICK_S, LONG_S = 0.001, 0.1


class Stream:
    """Feeds a decoder by a clock of its own; keeps the values of the pair."""

    def __init__(self, kind: str = "cc14") -> None:
        self.decoder, self.kind = Decoder(frozenset({1})), kind
        self.now, self.values = 0.0, list[int]()

    def hear(self, raw: bytes, after_s: float = QUICK_S) -> None:
        self.now += after_s
        self._keep(self.decoder.settle(self.now))
        self._keep(self.decoder.feed(NANO, raw, self.now))

    def rest(self) -> list[int]:
        self.now += LONG_S
        self._keep(self.decoder.settle(self.now))
        assert not self.decoder.waiting
        return self.values

    def _keep(self, touches: object) -> None:
        self.values += [touch.value for touch in touches if touch.kind == self.kind]  # type: ignore[attr-defined]


def ramp(step: int = 37) -> list[int]:
    """Positions of a fader that goes up, across many borders of coarse steps."""
    return list(range(1200, 3000, step))


@pytest.mark.parametrize("gap_s", [QUICK_S, LONG_S])
def test_coarse_half_first_gives_the_very_positions(gap_s: float) -> None:
    stream = Stream()
    for value in ramp():
        stream.hear(cc(1, value >> 7), gap_s)
        stream.hear(cc(33, value & 127))
    assert stream.rest() == ramp()


@pytest.mark.parametrize("gap_s", [QUICK_S, LONG_S])
def test_fine_half_first_gives_the_very_positions(gap_s: float) -> None:
    stream = Stream()
    for value in ramp():
        stream.hear(cc(33, value & 127), gap_s)
        stream.hear(cc(1, value >> 7))
    assert stream.rest() == ramp()


@pytest.mark.parametrize("gap_s", [QUICK_S, LONG_S])
def test_sender_that_leaves_out_an_unchanged_coarse_half_never_goes_back(gap_s: float) -> None:
    stream, coarse = Stream(), -1
    for value in ramp(5):
        if value >> 7 != coarse:
            coarse = value >> 7
            stream.hear(cc(1, coarse), gap_s)
            stream.hear(cc(33, value & 127))
        else:
            stream.hear(cc(33, value & 127), gap_s)
    values = stream.rest()
    assert values[-1] == ramp(5)[-1]
    assert all(before <= after for before, after in itertools.pairwise(values))


@pytest.mark.parametrize("gap_s", [QUICK_S, LONG_S])
def test_coarse_halves_alone_reach_both_ends(gap_s: float) -> None:
    stream = Stream()
    for value in (0, 1, 64, 126, 127):
        stream.hear(cc(1, value), gap_s)
    values = stream.rest()
    assert values[-1] == 16383
    assert all(before <= after for before, after in itertools.pairwise(values))
    stream.hear(cc(1, 0), gap_s)
    assert stream.rest()[-1] == 0


def test_fine_half_that_is_held_up_is_not_lost() -> None:
    stream = Stream()
    for value in (1200, 1300):
        stream.hear(cc(33, value & 127), LONG_S)
        stream.hear(cc(1, value >> 7), 3 * SETTLE_S)
    assert stream.rest()[-1] == 1300


def test_nrpn_is_one_control_for_each_parameter() -> None:
    stream = Stream("nrpn")
    for raw in (cc(99, 2), cc(98, 5), cc(6, 100), cc(38, 3)):
        stream.hear(raw)
    assert stream.rest() == [100 << 7 | 3]
    touches = list(stream.decoder.feed(NANO, cc(6, 7), stream.now))
    touches += stream.decoder.settle(stream.now + LONG_S)
    assert touches[-1] == Touch(NANO, 1, "nrpn", 2 << 7 | 5, 7 << 7, 16383)


def test_registered_parameters_are_not_taken_for_nrpn() -> None:
    stream = Stream("nrpn")
    for raw in (cc(99, 2), cc(98, 5), cc(101, 0), cc(100, 0), cc(6, 2)):
        stream.hear(raw)
    assert stream.rest() == []


def test_pitch_and_notes() -> None:
    decoder = Decoder()
    assert [t.fraction for t in decoder.feed(NANO, bytes((0xE2, 127, 127)), 0.0)] == [1.0]
    assert [t.pressed for t in decoder.feed(NANO, note(60, 1), 0.0)] == [True]
    assert [t.pressed for t in decoder.feed(NANO, note(60, 0), 0.0)] == [False]
    assert [t.pressed for t in decoder.feed(NANO, bytes((0x80, 60, 64)), 0.0)] == [False]


@pytest.mark.parametrize("raw", [b"", b"\xf8", b"\xc0\x05", b"\xb0\x01", b"\xf0\x7e\x7f\x06\x01\xf7"])
def test_what_is_no_control_says_nothing(raw: bytes) -> None:
    assert list(Decoder().feed(NANO, raw, 0.0)) == []
