"""The separator's end of the block: what it does when a plugin fails, falls behind, or gets a new parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from support import RATE, Scripted, largest_step, noise, offline, sine

from rtsep.changes import Knob, StemMute
from rtsep.host.offline import OfflineHost
from rtsep.host.worker import MAX_CONSECUTIVE_FAULTS
from rtsep.realtime.stems import restart_at
from rtsep.separators.api import Audio

BLOCK = 64


@contextmanager
def hosting(
    script: Callable[[int, Audio], None], delay: int = 0, **settings: object
) -> Iterator[tuple[OfflineHost, Scripted]]:
    separator = Scripted(script, hop=64, delay=delay)
    with OfflineHost(separator, RATE, BLOCK, offline(**settings)) as host:
        yield host, separator


def failing(*calls: int) -> Callable[[int, Audio], None]:
    def script(call: int, out: Audio) -> None:
        if call in calls:
            raise RuntimeError(f"call {call}")

    return script


def spoiling(value: float, *calls: int) -> Callable[[int, Audio], None]:
    def script(call: int, out: Audio) -> None:
        if call in calls:
            out[0, 1, 63] = value

    return script


@pytest.mark.parametrize("script", [failing(20), spoiling(np.nan, 20), spoiling(np.inf, 20), spoiling(-np.inf, 20)])
def test_a_hop_that_fails_is_discarded_and_the_next_is_heard(script: Callable) -> None:
    signal = sine(BLOCK * 120)
    with hosting(script) as (host, separator):
        host.desk.apply(StemMute("a", True))
        heard, latency = host.run(signal), host.budget.host
        faults = host.control.get("separator_faults") + host.control.get("nonfinite_hops")
        assert (faults, separator.resets, separator.calls) == (1, 1, 120)
        assert host.control.get("late_hops") == 1
        assert host.control.get("late_events") == 1
        assert np.isfinite(heard).all()
        assert largest_step(heard[latency:]) <= 1.5 * largest_step(signal)
        np.testing.assert_allclose(heard[60 * BLOCK :], signal[60 * BLOCK - latency : -latency], atol=1e-6)


def test_what_went_wrong_is_written_down() -> None:
    with hosting(failing(3)) as (host, _):
        host.run(noise(BLOCK * 10))
        assert host.control.text("separator_error") == "process() raised RuntimeError: call 3"
    with hosting(spoiling(np.nan, 3)) as (host, _):
        host.run(noise(BLOCK * 10))
        assert host.control.text("separator_error") == "NaN or Inf in the stems; the hop was discarded"


def test_a_plugin_that_fails_eight_times_in_a_row_is_given_up() -> None:
    with hosting(failing(*range(10, 99))) as (host, separator):
        with pytest.raises(RuntimeError, match=f"call {10 + MAX_CONSECUTIVE_FAULTS - 1}"):
            host.run(noise(BLOCK * 100))
        assert host.control.get("separator_faults") == separator.resets == MAX_CONSECUTIVE_FAULTS == 8


def test_failures_with_successes_between_them_are_put_up_with() -> None:
    with hosting(failing(*(call for call in range(200) if call % 8 != 7))) as (host, _):
        host.run(noise(BLOCK * 200))
        assert host.control.get("separator_faults") == 175


@pytest.mark.parametrize("delay", [0, 64, 100])
def test_after_a_fault_stems_are_valid_again_when_the_delay_has_filled(delay: int) -> None:
    """The reset separator gives silence for `delay` samples; that must not be taken for stems."""
    with hosting(failing(20), delay) as (host, _):
        host.run(noise(BLOCK * 21))
        end = 21 * BLOCK
        assert host.control.get("stems_valid_from") == end + delay
        assert host.control.get("stems_written") == host.control.get("input_read") == end
        host.run(noise(BLOCK * 40))
        missing = BLOCK + delay
        assert host.control.get("late_hops") == -(-missing // 64)


@pytest.mark.parametrize(("position", "fill"), [(640, 0), (640, 100), (6400, 64)])
def test_restart_declares_a_window_from_its_position_on(position: int, fill: int) -> None:
    with hosting(failing()) as (host, _):
        restart_at(host._worker._block.seat_address, position, fill)
        found = [host.control.get(name) for name in ("input_read", "stems_written", "stems_valid_from")]
        assert found == [position, position, position + fill]


def test_a_separator_that_joins_late_starts_at_the_present_on_a_hop() -> None:
    with hosting(failing(), delay=100) as (host, separator):
        host.run(noise(BLOCK * 30 + 0), separate=False)
        host._worker.join()
        assert host._worker.next == 30 * BLOCK
        assert host.control.get("stems_valid_from") == 30 * BLOCK + 100
        host.run(noise(BLOCK * 3))
        assert separator.calls == 3


def test_a_separator_hopelessly_behind_gives_up_what_cannot_be_played() -> None:
    with hosting(failing(), delay=10) as (host, separator):
        host.run(noise(BLOCK * 20))
        assert host._worker.skip_to_present() == 0
        behind = (1 << 14) // BLOCK + 3
        host.run(np.zeros((BLOCK * behind, 2), np.float32), separate=False)
        assert host._worker.skip_to_present() == behind
        assert host.control.get("skipped_hops") == behind
        assert separator.resets == 1
        assert host._worker.next == host.control.get("input_written")
        host.run(noise(BLOCK * 5))
        assert separator.calls == 25


def test_knobs_reach_the_plugin_once_between_two_hops() -> None:
    with hosting(failing()) as (host, separator):
        host.run(noise(BLOCK * 5))
        assert separator.knobs == []
        host.desk.apply(Knob("knob", 0.25))
        host.run(noise(BLOCK * 5))
        host.desk.apply(StemMute("a", True))
        host.desk.apply(Knob("knob", 0.25), Knob("knob", 1.0))
        host.run(noise(BLOCK * 5))
        assert separator.knobs == [(5, "knob", 0.25), (10, "knob", 1.0)]


def test_knobs_of_the_configuration_reach_the_plugin_before_its_first_hop() -> None:
    with hosting(failing(), parameters={"knob": 0.75}) as (host, separator):
        host.run(noise(BLOCK * 2))
        assert separator.knobs == [(0, "knob", 0.75)]
