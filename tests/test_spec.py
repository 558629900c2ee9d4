"""The values: what a separator may declare, what it may not, and what importing them costs."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from rtsep.errors import SeparatorError
from rtsep.spec import MAX_CHANNELS, MAX_STEMS, LatencyBudget, Parameter, SeparatorSpec

GOOD = SeparatorSpec("good", ("a", "b"), 2, (48000,), hop=64, delay=0, exact_sum=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"stems": ()}, "stems is 0, must be 1..16"),
        ({"stems": tuple(map(str, range(MAX_STEMS + 1)))}, "stems is 17"),
        ({"stems": ("a", "b", "a")}, "stem names repeat"),
        ({"channels": 0}, "channels is 0"),
        ({"channels": MAX_CHANNELS + 1}, "channels is 9"),
        ({"hop": 0}, "hop is 0"),
        ({"hop": (1 << 18) + 1}, "hop is 262145"),
        ({"delay": -1}, "delay is -1"),
        ({"delay": 1 << 17}, "delay is 131072"),
        ({"sample_rates": ()}, "sample_rates is 0"),
        ({"parameters": tuple(Parameter(str(i), "", 0, 1, 0) for i in range(257))}, "parameters is 257"),
    ],
)
def test_a_spec_out_of_bounds_names_the_value_and_the_limit(change: dict, words: str) -> None:
    with pytest.raises(SeparatorError, match=words):
        replace(GOOD, **change)


@pytest.mark.parametrize("hop", [1, 63, 65, 441, 1 << 18])
def test_any_hop_within_bounds_will_do(hop: int) -> None:
    assert replace(GOOD, hop=hop).hop == hop


def test_only_the_rates_of_the_spec_are_let_through() -> None:
    GOOD.check_rate(48000)
    with pytest.raises(SeparatorError, match=r"'good' runs at .*48000.* not at 96000; resample"):
        GOOD.check_rate(96000)


@pytest.mark.parametrize("default", [-0.1, 1.1, float("nan")])
def test_a_default_outside_its_range_is_refused(default: float) -> None:
    with pytest.raises(SeparatorError, match="lies outside"):
        Parameter("knob", "", 0.0, 1.0, default)


def test_a_budget_is_the_sum_of_its_parts() -> None:
    budget = LatencyBudget(1, 20, 300, 4000, 50000, 600000)
    assert (budget.total, budget.host) == (654321, 54320)


HEAVY = "torch PySide6 pyqtgraph numba sounddevice soundfile soxr numpy psutil typer rich"


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("rtsep", HEAVY),
        ("rtsep.spec", HEAVY),
        ("rtsep.control", HEAVY),
        ("rtsep.units", HEAVY),
        ("rtsep.host.engine", "torch PySide6 pyqtgraph sounddevice"),
        ("rtsep.realtime.callback", "torch PySide6 pyqtgraph sounddevice soundfile soxr"),
    ],
)
def test_importing_costs_no_more_than_it_must(module: str, heavy: str) -> None:
    code = f"import sys, {module}; print(*sorted(set({heavy.split()}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
