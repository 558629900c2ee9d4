"""Meters against numpy, clips, and the histogram's percentiles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import RATE, Prescribed, noise, offline, whole_blocks

from rtsep.changes import StemGain, StemMute
from rtsep.host.offline import OfflineHost
from rtsep.realtime.histogram import bin_of, count
from rtsep.realtime.meters import FALL_DB_PER_S, HOLD_S, MEAN_S
from rtsep.separators.builtin import Passthrough
from rtsep.shared.fields import HISTOGRAM_BINS, METER_INPUT, METER_MIX
from rtsep.shared.histogram import percentile_ns, upper_edges_ns

METER_TOLERANCE = 2e-3
"""Relative: exponentials taken to first order over thousands of blocks, float32."""
BIN_WIDTH = 1 / 16


@pytest.mark.parametrize("block", [64, 65, 441])
def test_meters_agree_with_numpy(block: int) -> None:
    """Every stem after its fader, the mix, the input: peak falling at 24 dB/s, mean square over 0.3 s."""
    stems = np.stack([noise(RATE // 2, seed=seed, level=0.1 + 0.2 * seed).T for seed in range(3)])
    signal = whole_blocks(np.ascontiguousarray(stems.sum(axis=0).T), block)
    with OfflineHost(Prescribed(stems, 64, 0), RATE, block, offline()) as host:
        host.desk.apply(StemGain("stem0", -6.0206), StemMute("stem1", True))
        heard = host.run(signal)
        lag = int(host.control.get("stem_lag"))
        late = np.pad(stems, ((0, 0), (0, 0), (lag, 0)))[:, :, : len(signal)]
        metered = {0: 0.5 * late[0], 1: 0.0 * late[1], 2: late[2], METER_MIX: heard.T, METER_INPUT: signal.T}
        for index, wave in metered.items():
            wave = np.pad(wave, ((0, 0), (0, -wave.shape[1] % block)))
            peak, square = np.zeros(2), np.zeros(2)
            for start in range(0, wave.shape[1], block):
                part = wave[:, start : start + block].astype(np.float64)
                peak = np.maximum(np.abs(part).max(axis=1), peak * 10 ** (-FALL_DB_PER_S * block / RATE / 20))
                square += (np.mean(part**2, axis=1) - square) * (1 - np.exp(-block / RATE / MEAN_S))
            np.testing.assert_allclose(host.control.array("peak")[index, :2], peak, rtol=5 * METER_TOLERANCE)
            np.testing.assert_allclose(
                host.control.array("mean_square")[index, :2], square, rtol=0.01 + METER_TOLERANCE
            )


def test_peak_falls_and_hold_holds() -> None:
    block = 64
    burst = np.full((block, 2), 0.8, np.float32)
    with OfflineHost(Passthrough(), RATE, block, offline()) as host:

        def after(duration_s: float) -> tuple[float, float]:
            host.run(np.zeros((round(duration_s * RATE / block) * block, 2), np.float32))
            return tuple(float(host.control.array(name)[METER_INPUT, 0]) for name in ("peak", "hold"))

        host.run(burst)
        peak, hold = after(0.5)
        assert peak == pytest.approx(0.8 * 10 ** (-FALL_DB_PER_S * 0.5 / 20), rel=0.02)
        assert hold == pytest.approx(0.8)
        peak, hold = after(HOLD_S - 0.5 + 0.05)
        assert hold < 0.1
        assert after(20.0)[0] == 0.0  # comes to rest, no denormals for ever


def test_clips_are_counted_sample_by_sample_beyond_full_scale() -> None:
    signal = np.zeros((640, 2), np.float32)
    signal[10, 0], signal[11, 0], signal[12, 1], signal[13, 0] = 1.0, 1.0000001, -1.5, -1.0
    stems = np.stack([signal.T, 0.0 * signal.T])
    with OfflineHost(Prescribed(stems, 64, 0), RATE, 64, offline()) as host:
        host.desk.apply(StemGain("stem0", 6.0))
        host.run(signal)
        clips = host.control.array("clips")[:, :2]
        assert clips[METER_INPUT].tolist() == [1, 1]
        assert clips[METER_MIX].tolist() == [3, 1]
        assert clips[0].tolist() == [3, 1]
        assert clips[1].tolist() == [0, 0]


@given(
    st.lists(st.integers(256, (1 << 34) - 1), min_size=1, max_size=200), st.sampled_from([0.1, 50.0, 99.0, 99.9, 100.0])
)
def test_percentiles_agree_with_numpy_to_within_a_bin(durations: list[int], percent: float) -> None:
    histogram = np.zeros(HISTOGRAM_BINS, dtype=np.int64)
    for duration in durations:
        count(histogram, duration)
    exact = np.percentile(durations, percent, method="inverted_cdf")
    got = percentile_ns(histogram, percent)
    assert exact <= got <= exact * (1 + BIN_WIDTH) + 1


@given(st.integers(256, (1 << 34) - 1))
def test_a_duration_lies_in_its_bin(duration: int) -> None:
    edges = upper_edges_ns()
    index = bin_of(duration)
    assert duration < edges[index]
    assert index == 0 or duration >= edges[index - 1]


@pytest.mark.parametrize(
    ("duration", "expected"), [(-5, 0), (0, 0), (1, 0), (255, 0), (256, 0), (1 << 40, HISTOGRAM_BINS - 1)]
)
def test_what_lies_outside_goes_to_the_outer_bins(duration: int, expected: int) -> None:
    assert bin_of(duration) == expected


def test_nothing_counted_is_no_time_at_all() -> None:
    assert percentile_ns(np.zeros(HISTOGRAM_BINS, dtype=np.int64), 99.9) == 0.0


def test_every_callback_is_in_the_histogram() -> None:
    with OfflineHost(Prescribed(np.zeros((2, 2, 64), np.float32), 64, 0), RATE, 65, offline()) as host:
        host.run(np.zeros((65 * 37, 2), np.float32))
        assert host.control.array("callback_histogram").sum() == host.control.get("callbacks") == 37
        assert host.control.get("callback_ns_max") > 0
        assert host.control.array("turnaround_histogram").sum() == host.control.get("hops") == 37 * 65 // 64
