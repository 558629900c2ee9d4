"""What the scaling benchmark makes of its rows."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.scaling_batch import differing
from benchmarks.scaling_callback import Equal, exponent, play
from benchmarks.scaling_hosts import clean_hosts


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_is_the_power_by_which_cost_grows(power: float) -> None:
    sizes = np.array([2.0, 4.0, 8.0, 16.0])
    assert exponent(sizes, 3.0 * sizes**power) == pytest.approx(power)


def test_differing_samples_count_values_lengths_and_missing_files() -> None:
    one = {"a": np.zeros((3, 2)), "b": np.ones((5, 2))}
    changed = np.zeros((3, 2))
    changed[1, 0] = 1e-30
    assert differing(one, one) == 0
    assert differing(one, one | {"a": changed}) == 1
    assert differing(one, one | {"a": np.zeros((2, 2))}) == 6
    assert differing(one, {"a": one["a"]}) == 10


def test_hosts_count_as_clean_if_one_round_was() -> None:
    rows = [{"hosts": 1, "clean": True}, {"hosts": 2, "clean": False}, {"hosts": 2, "clean": True}]
    assert clean_hosts(rows) == 2
    assert clean_hosts(rows[1:2]) == 0


@pytest.mark.parametrize(("stems", "channels", "block"), [(16, 8, 128), (2, 1, 63)])
def test_any_number_of_stems_and_channels_plays(stems: int, channels: int, block: int) -> None:
    row = play(Equal(stems, channels), block, seconds=0.2)
    assert (row["stems"], row["channels"], row["block"]) == (stems, channels, block)
    assert row["callback_us"]["p50"] > 0.0
    assert row["late_hops"] == 0
