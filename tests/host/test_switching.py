"""Switching separators, offline and so to the sample: before, within and after the crossfade."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from support import RATE, Prescribed, Scripted, largest_step, level_db, noise, offline, sine

from rtsep.changes import Bypass, DryWet, Knob, MixGain, Panic, StemGain, StemMute, StemOutput, StemSolo
from rtsep.errors import ConfigError, SeparatorError
from rtsep.host.blockprep import SETTLE_S
from rtsep.host.offline import OfflineHost
from rtsep.separators.api import Separator
from rtsep.separators.builtin import Delay, Passthrough
from rtsep.shared.fields import METER_MIX
from rtsep.spec import MAX_STEMS

CLICK = 1.5
"""A crossfade's steps against the signal's own."""
ONE_ROUNDING = 1e-7
"""x * (1 - a) + x * a against x, float32, |x| <= 0.5."""
SETTLING = round(SETTLE_S * RATE)


class Show:
    """A host, what went in and what came out, and where it switched."""

    def __init__(self, host: OfflineHost, signal: np.ndarray, block: int) -> None:
        self.host, self.signal, self.block = host, signal, block
        self.heard = np.zeros((0, host._outputs), np.float32)
        self.latencies: list[int] = []
        self.ends: list[int] = []

    def play(self, frames: int) -> np.ndarray:
        """Go on by whole blocks."""
        begin = len(self.heard)
        end = begin + -(-frames // self.block) * self.block
        assert end <= len(self.signal)
        self.heard = np.concatenate([self.heard, self.host.run(self.signal[begin:end])])
        return self.heard[begin:]

    def switch(self, separator: Separator) -> None:
        """Go on until another separator is heard."""
        self.latencies.append(self.host.budget.host)
        before = self.host.spec
        self.host.switch(separator)
        for _ in range(2 * SETTLING // self.block):
            self.play(self.block)
            if self.host.spec is not before:
                break
        assert self.host.spec == separator.spec
        self.ends.append(len(self.heard))
        self.latencies.append(self.host.budget.host)

    def crossfade(self) -> tuple[int, int]:
        """Position of the last switch's crossfade, [begin, end): found in what was heard, not asked for."""
        before, after = self.latencies[-2:]
        end = self.ends[-1]
        old = np.any(self.heard[before:end] != self.signal[: end - before], axis=1)
        new = np.any(self.heard[after:end] != self.signal[: end - after], axis=1)
        return before + int(np.argmax(old)), end - int(np.argmax(new[::-1]))


@contextmanager
def show(
    separator: Separator, signal: np.ndarray, block: int = 64, outputs: int = 0, **settings: object
) -> Iterator[Show]:
    with OfflineHost(separator, RATE, block, offline(**settings), outputs) as host:
        yield Show(host, signal, block)


@pytest.mark.parametrize("block", [63, 64, 65, 441])
@pytest.mark.parametrize(
    ("old", "new"), [((128, 128), (512, 512)), ((512, 512), (128, 128)), ((64, 100), (128, 0)), ((441, 63), (65, 1000))]
)
def test_a_unity_mix_is_the_delayed_input_to_the_bit_before_and_after(
    old: tuple[int, int], new: tuple[int, int], block: int
) -> None:
    signal = noise(3 * RATE)
    with show(Delay(*old), signal, block) as played:
        played.play(20_000)
        played.switch(Delay(*new))
        played.play(20_000)
        (before, after), heard = played.latencies, played.heard
        assert before != after
        begin, end = played.crossfade()
        switch_frames = int(played.host.control.get("switch_frames"))
        assert end - begin == switch_frames - 1  # its last frame is the new separator's alone
        np.testing.assert_array_equal(heard[before:begin], signal[: begin - before])
        np.testing.assert_array_equal(heard[end:], signal[end - after : len(heard) - after])
        # Within: a linear crossfade of the two, each in its own place.
        share = (np.arange(1, switch_frames) / switch_frames)[:, None]
        expected = (1 - share) * signal[begin - before : end - before] + share * signal[begin - after : end - after]
        np.testing.assert_allclose(heard[begin:end], expected, atol=2e-6)
        assert played.host.control.get("late_hops") == 0


@pytest.mark.parametrize("muted", [(), ("vocals",), ("vocals", "other")])
def test_between_separators_of_equal_latency_nothing_is_heard_of_the_switch(muted: tuple[str, ...]) -> None:
    signal = noise(3 * RATE)
    with show(Delay(), signal) as played:
        played.host.desk.apply(*(StemMute(stem, True) for stem in muted))
        played.play(20_000)
        played.switch(Delay())
        played.play(20_000)
        latency, factor = played.latencies[0], 1.0 - 0.25 * len(muted)
        heard = played.heard[latency + 1000 :]
        np.testing.assert_allclose(heard, factor * signal[1000 : 1000 + len(heard)], atol=ONE_ROUNDING)


@pytest.mark.parametrize(
    "changes", [(), (StemMute("vocals", True),), (StemSolo("drums", True), MixGain(-3.0)), (StemGain("bass", 6.0),)]
)
@pytest.mark.parametrize(("old", "new"), [((128, 128), (512, 512)), ((512, 512), (128, 0))])
def test_a_switch_makes_no_click_and_no_gap(old: tuple[int, int], new: tuple[int, int], changes: tuple) -> None:
    signal = sine(3 * RATE, 110.0)
    with show(Delay(*old), signal) as played:
        played.host.desk.apply(*changes)
        played.play(20_000)
        usual = largest_step(played.heard[10_000:])
        played.switch(Delay(*new))
        played.play(10_000)
        assert largest_step(played.heard[10_000:]) <= CLICK * usual
        # No gap: two copies of one sine 28 degrees apart are never much softer than either.
        loud = level_db(played.heard[10_000:19_000])
        windows = played.heard[10_000 : 10_000 + 436 * 120].reshape(120, 436, 2)  # whole periods
        assert min(level_db(window) for window in windows) > loud - 1.0


def test_stems_cross_over_linearly_and_in_their_places() -> None:
    """Each stem of its own: a constant from the old separator, another from the new one."""
    old = np.stack([np.full((2, 200), value, np.float32) for value in (0.1, 0.2)])
    new = np.stack([np.full((2, 200), value, np.float32) for value in (0.4, -0.1)])

    def constant(stems: np.ndarray, hop: int, delay: int) -> Prescribed:
        return Prescribed(np.pad(stems, ((0, 0), (0, 0), (0, 4 * RATE)), mode="edge"), hop, delay)

    signal = np.full((3 * RATE, 2), 0.3, np.float32)
    with show(constant(old, 64, 0), signal) as played:
        played.host.record()
        played.play(4096)
        played.switch(constant(new, 128, 100))
        played.play(4096)
        tape = played.host.tape(2048, len(played.heard)).reshape(3, 2, -1)
    np.testing.assert_allclose(tape[0], 0.3, atol=1e-6)
    for stem, (first, last) in enumerate(((0.1, 0.4), (0.2, -0.1)), start=1):
        path = tape[stem, 0]
        steps = np.diff(path)
        assert path[0] == np.float32(first)
        assert path[-1] == np.float32(last)
        moving = np.flatnonzero(steps)
        frames = int(RATE * 0.030)
        assert moving[-1] - moving[0] + 1 == frames
        np.testing.assert_allclose(steps[moving], (last - first) / frames, atol=1e-6)


def test_frames_out_are_frames_in_and_the_clock_never_jumps() -> None:
    with show(Delay(128, 128), noise(3 * RATE), 65) as played:
        played.play(10_000)
        played.switch(Delay(512, 512))
        played.play(10_000)
        played.switch(Passthrough())
        control = played.host.control
        assert control.get("position") == control.get("input_written") == len(played.heard)
        assert control.get("callbacks") == len(played.heard) // 65


def test_strips_keep_their_settings_by_name_come_and_go_and_come_back() -> None:
    def outs(played: Show) -> dict[str, tuple[float, bool]]:
        return {stem: (strip.gain_db, strip.mute) for stem, strip in played.host.desk.state.strips.items()}

    two = Scripted(lambda call, out: None, hop=64)  # stems a and b; b is the input
    signal = noise(6 * RATE)
    with show(Delay(), signal) as played:
        desk = played.host.desk
        desk.apply(StemGain("vocals", -6.0), StemMute("drums", True), Knob("vocals", 0.5), MixGain(-12.0))
        played.play(5000)
        played.switch(two)
        assert outs(played) == {"a": (0.0, False), "b": (0.0, False)}
        assert desk.state.knobs == {"knob": 0.5}
        with pytest.raises(ConfigError, match="no stem 'vocals', only a, b"):
            desk.apply(StemMute("vocals", True))
        desk.apply(StemGain("b", -20.0))
        played.play(2000)
        heard = played.play(5000)
        begin = len(played.heard) - len(heard) - played.host.budget.host
        np.testing.assert_allclose(heard, 10 ** (-32 / 20) * signal[begin : begin + len(heard)], atol=1e-6)
        played.switch(Delay(64, 64))
        assert outs(played) == {"vocals": (-6.0, False), "drums": (0.0, True), "bass": (0, False), "other": (0, False)}
        assert desk.state.knobs["vocals"] == 0.5
        assert desk.state.mix_gain_db == -12.0


@pytest.mark.parametrize("change", [Panic(True), MixGain(-144.0), StemSolo("vocals", True)])
def test_what_is_silent_stays_silent_through_a_switch(change: object) -> None:
    """Also what was silenced while the next separator was getting ready."""
    with show(Passthrough(), noise(4 * RATE), policy="mute-safe") as played:  # it has nothing in its vocals
        played.play(5000)
        played.host.switch(Passthrough())
        played.play(SETTLING // 2)
        played.host.desk.apply(change)
        played.play(2000)
        assert not played.play(SETTLING).any()
        assert played.host.control.seat == 1


@pytest.mark.parametrize("change", [Bypass(True), DryWet(0.0)])
def test_bypass_follows_the_latency_of_the_separator(change: object) -> None:
    signal = noise(3 * RATE)
    with show(Delay(128, 128), signal) as played:
        played.host.desk.apply(change)
        played.play(5000)
        played.switch(Delay(256, 300))
        heard = played.play(5000)
        begin = len(played.heard) - len(heard) - played.host.budget.host
        np.testing.assert_array_equal(heard, signal[begin : begin + len(heard)])


def test_a_stem_keeps_its_own_outputs() -> None:
    signal = noise(3 * RATE)
    with show(Delay(), signal, outputs=4) as played:
        played.host.desk.apply(StemOutput("drums", 2))
        played.play(5000)
        played.switch(Delay())
        played.play(5000)
        latency = played.latencies[0]
        fed = played.heard[latency:, 2:]
        np.testing.assert_allclose(fed[64:], 0.25 * signal[64 : len(fed)], atol=ONE_ROUNDING)


def test_a_separator_that_is_late_is_not_switched_to_before_it_keeps_time() -> None:
    signal = noise(6 * RATE)
    with show(Delay(), signal) as played:
        played.play(5000)
        played.host.switch(Delay(512, 512))
        coming = played.host._coming
        assert coming is not None
        ready, stalled = coming[2].ready, [False]
        coming[2].ready = lambda: not stalled[0] and ready()  # type: ignore[method-assign]
        for _ in range(6):
            stalled[0] = False
            played.play(SETTLING // 2)
            stalled[0] = True
            played.play(8192)
        assert played.host.control.seat == 0
        latency = played.host.budget.host
        np.testing.assert_array_equal(played.heard[latency:], signal[: len(played.heard) - latency])
        stalled[0] = False
        played.play(SETTLING + 4096)
        assert played.host.control.seat == 1
        assert played.host.control.get("late_hops") == 0


def test_lateness_within_the_crossfade_falls_back_and_makes_no_click() -> None:
    signal = sine(6 * RATE, 110.0)
    with show(Delay(), signal) as played:
        played.host.desk.apply(StemMute("vocals", True))
        played.play(5000)
        usual = largest_step(played.play(5000))
        played.host.switch(Delay(256, 256))
        while not played.host.control.get("switch_left"):
            played.play(64)
        played.heard = np.concatenate(
            [played.heard, played.host.run(signal[len(played.heard) :][: 64 * 40], separate=False)]
        )
        played.play(5000)
        assert played.host.control.seat == 1
        assert played.host.control.get("late_events") > 0
        assert largest_step(played.heard[5000:]) <= CLICK * usual / 0.75  # the fallback is louder by the muted stem


def test_meters_of_the_new_stems_start_anew() -> None:
    with show(Passthrough(), noise(4 * RATE, level=0.9)) as played:
        played.play(5000)
        played.switch(Delay())
        played.play(20_000)
        peaks = played.host.control.array("peak")
        first = played.host.control.seat * MAX_STEMS
        np.testing.assert_allclose(peaks[first : first + 4, 0], 0.225, rtol=0.02)
        assert peaks[METER_MIX, 0] == pytest.approx(0.9, rel=0.02)


@pytest.mark.parametrize(
    ("separator", "kind", "words"),
    [
        (Prescribed(np.zeros((5, 2, 8), np.float32)), ConfigError, "5 stems, this host has room for 4.*most_stems=5"),
        (Prescribed(np.zeros((2, 1, 8), np.float32)), ConfigError, "separates 1 channels, this host 2"),
        (Delay(4096, 20_000), SeparatorError, "frames of latency, 16384 is the limit"),
    ],
)
def test_a_separator_that_does_not_fit_is_refused_and_the_old_one_plays_on(
    separator: Separator, kind: type, words: str
) -> None:
    signal = noise(RATE)
    with show(Delay(), signal) as played:
        played.play(5000)
        with pytest.raises(kind, match=words):
            played.host.switch(separator)
        played.play(20_000)
        latency = played.host.budget.host
        np.testing.assert_array_equal(played.heard[latency:], signal[: len(played.heard) - latency])


def test_there_is_room_for_more_stems_if_asked_for() -> None:
    five = Prescribed(np.zeros((5, 2, 8), np.float32))
    with show(Delay(), noise(3 * RATE), most_stems=5) as played:
        played.play(1000)
        played.switch(five)
        assert len(played.host.desk.state.strips) == 5


def test_one_switch_at_a_time() -> None:
    with show(Delay(), noise(RATE)) as played:
        played.host.switch(Delay())
        with pytest.raises(ConfigError, match="a switch to 'delay' is under way"):
            played.host.switch(Passthrough())


def test_many_switches_in_a_row_leave_nothing_behind() -> None:
    signal = noise(12 * RATE)
    with show(Delay(), signal) as played:
        for separator in (Delay(512, 512), Passthrough(), Delay(441, 63), Delay(), Passthrough()):
            played.switch(separator)
            played.play(5000)
            after = played.latencies[-1]
            _, end = played.crossfade()
            np.testing.assert_array_equal(played.heard[end:], signal[end - after : len(played.heard) - after])
        assert played.host.control.get("late_hops") == 0
