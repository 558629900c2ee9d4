"""What the scaling benchmark makes of its rows."""

from __future__ import annotations

import numpy as np
import pytest

scaling = pytest.importorskip(
    "benchmarks.scaling", reason="the benchmarks are part of the repository, not of the wheel"
)
batch = pytest.importorskip("benchmarks.scaling_batch")
callback = pytest.importorskip("benchmarks.scaling_callback")


@pytest.mark.parametrize("power", [0.5, 1.0, 2.0])
def test_the_exponent_is_the_power_by_which_cost_grows(power: float) -> None:
    sizes = np.array([2.0, 4.0, 8.0, 16.0])
    assert callback.exponent(sizes, 3.0 * sizes**power) == pytest.approx(power)


def test_differing_samples_count_values_lengths_and_missing_files() -> None:
    one = {"a": np.zeros((3, 2)), "b": np.ones((5, 2))}
    changed = np.zeros((3, 2))
    changed[1, 0] = 1e-30
    assert batch.differing(one, one) == 0
    assert batch.differing(one, one | {"a": changed}) == 1
    assert batch.differing(one, one | {"a": np.zeros((2, 2))}) == 6
    assert batch.differing(one, {"a": one["a"]}) == 10


def test_hosts_count_as_clean_if_one_round_was() -> None:
    rows = [{"hosts": 1, "clean": True}, {"hosts": 2, "clean": False}, {"hosts": 2, "clean": True}]
    assert scaling.clean_hosts(rows) == 2
    assert scaling.clean_hosts(rows[1:2]) == 0


@pytest.mark.parametrize(("stems", "channels", "block"), [(16, 8, 128), (2, 1, 63)])
def test_any_number_of_stems_and_channels_plays(stems: int, channels: int, block: int) -> None:
    row = callback.play(callback.Equal(stems, channels), block, seconds=0.2)
    assert (row["stems"], row["channels"], row["block"]) == (stems, channels, block)
    assert row["callback_us"]["p50"] > 0.0
    assert row["late_hops"] == 0
