"""The invariants of the whole path, offline: streaming equals offline, honest latency, exact sum, one clock."""

from __future__ import annotations

import os
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import AWKWARD_BLOCKS, FLOAT32_SUM, RATE, Scripted, complete_separators, noise, offline, whole_blocks

from rtsep.changes import StemGain, StemMute
from rtsep.errors import ConfigError, SeparatorError
from rtsep.host.config import StripConfig
from rtsep.host.offline import OfflineHost, separate, stream
from rtsep.separators.api import Separator
from rtsep.separators.builtin import Delay, Passthrough
from rtsep.separators.registry import create
from rtsep.shared.hosts import running

HOPS = (1, 63, 64, 65, 128, 441)
RESAMPLED_FRAMES = 1
"""What resampling may add or take from a latency."""


def impulse_arrival(separator: Separator, sample_rate: int, block: int, at: int) -> tuple[int, int]:
    """Where the loudest sample comes out of the running host for an impulse at `at`, and the budget."""
    with OfflineHost(separator, sample_rate, block, offline()) as host:
        signal = np.zeros((at + host.budget.host + 2 * block + 64, 2), dtype=np.float32)
        signal[at] = 1.0
        # A muted stem makes the stems heard, not just the dry signal.
        host.desk.apply(StemMute(host.spec.stems[0], True))
        heard = np.abs(host.run(whole_blocks(signal, block))[:, 0])
        return int(heard.argmax()), host.budget.host


@pytest.mark.parametrize("block", AWKWARD_BLOCKS)
@pytest.mark.parametrize("hop", HOPS)
def test_latency_is_honest(block: int, hop: int) -> None:
    """Invariant 5: an impulse through the running host arrives exactly at the budget's total."""
    for at in (0, 1, 777):
        arrival, latency = impulse_arrival(Delay(hop, delay=3 * hop + 1), RATE, block, at)
        assert arrival == at + latency
    arrival, latency = impulse_arrival(Delay(hop, delay=0), RATE, block, 500)
    assert arrival == 500 + latency


@pytest.mark.parametrize(
    ("rates", "sample_rate"), [((44100,), 48000), ((48000,), 44100), ((44100, 48000), 96000), ((48000,), 32000)]
)
@pytest.mark.parametrize("block", [64, 441])
def test_latency_of_a_resampled_separator_is_honest(rates: tuple[int, ...], sample_rate: int, block: int) -> None:
    at = 5000
    arrival, latency = impulse_arrival(Delay(128, 100, rates), sample_rate, block, at)
    assert abs(arrival - at - latency) <= RESAMPLED_FRAMES


@pytest.mark.parametrize("block", AWKWARD_BLOCKS[1:])
def test_every_block_size_gives_the_same_stems(block: int) -> None:
    """Invariant 1, first half: aligned stems do not depend on the device's block, to the bit."""
    mix = noise(5000).T
    reference = separate(Delay(hop=64, delay=97), RATE, mix, block=128, config=offline())
    np.testing.assert_array_equal(separate(Delay(hop=64, delay=97), RATE, mix, block, offline()), reference)


@settings(max_examples=40, deadline=None)
@given(
    chunks=st.lists(st.integers(0, 900), max_size=12),
    block=st.sampled_from(AWKWARD_BLOCKS),
    hop=st.sampled_from(HOPS),
    delay=st.sampled_from([0, 1, 64, 333]),
)
def test_streaming_equals_offline_for_every_chunking(chunks: list[int], block: int, hop: int, delay: int) -> None:
    """Invariant 1: whatever the chunks, what comes out is the input's stems, aligned and of the same length."""
    total = sum(chunks)
    signal = noise(total)
    edges = np.cumsum([0, *chunks])
    pieces = (signal[a:b] for a, b in pairwise(edges))
    parts = list(stream(Delay(hop, delay), RATE, pieces, block, offline()))
    streamed = np.concatenate(parts, axis=-1) if parts else np.zeros((5, 2, 0), dtype=np.float32)
    assert streamed.shape == (5, 2, total)
    np.testing.assert_array_equal(streamed[0], signal.T)
    np.testing.assert_array_equal(streamed[1], np.float32(0.25) * signal.T)
    np.testing.assert_allclose(streamed[1:].sum(axis=0), signal.T, atol=FLOAT32_SUM)


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 441])
def test_whole_signals_of_any_length_come_back_at_that_length(length: int) -> None:
    stems = separate(Delay(hop=128, delay=50), RATE, noise(length).T, block=64, config=offline())
    assert stems.shape == (4, 2, length)
    np.testing.assert_allclose(stems.sum(axis=0), noise(length).T, atol=FLOAT32_SUM)


def test_a_signal_longer_than_the_tape_streams_through_it() -> None:
    signal = noise(3 * RATE)
    parts = list(stream(Delay(), RATE, iter([signal]), 64, offline(tape_s=1.0)))
    np.testing.assert_array_equal(np.concatenate(parts, axis=-1)[0], signal.T)


def exact_sum_plugins() -> list[str]:
    return [name for name in complete_separators() if create(name).spec.exact_sum]


@pytest.mark.parametrize("name", exact_sum_plugins())
@pytest.mark.parametrize("block", [64, 65, 441])
def test_unity_mix_nulls_bit_for_bit(name: str, block: int) -> None:
    """Invariant 6: with all faders alike the output is the delayed input."""
    plugin = create(name)
    signal = noise(200 * block)
    with OfflineHost(plugin, plugin.spec.sample_rates[0], block, offline()) as host:
        heard, latency = host.run(signal), host.budget.host
        np.testing.assert_array_equal(heard[latency:], signal[: len(signal) - latency])
        assert not heard[:latency].any()
        host.desk.apply(StemGain(host.spec.stems[0], -20.0))
        host.run(signal[: 20 * block])
        host.desk.apply(StemGain(host.spec.stems[0], 0.0))
        host.run(signal[: -(-int(host.control.get("ramp_frames")) // block) * block])
        before = host.run(signal)[latency:]
        np.testing.assert_array_equal(before, signal[: len(signal) - latency])


@pytest.mark.parametrize("name", exact_sum_plugins())
def test_taped_stems_add_up_to_the_delayed_input(name: str) -> None:
    plugin = create(name)
    signal = noise(4000)
    stems = separate(plugin, plugin.spec.sample_rates[-1], signal.T, 65, offline())
    np.testing.assert_allclose(stems.sum(axis=0), signal.T, atol=FLOAT32_SUM)


@pytest.mark.parametrize("block", [63, 64, 65])
def test_a_stalled_separator_never_shifts_later_audio(block: int) -> None:
    """Invariant 11: frames out = frames in, and what is heard after a stall is where it would have been."""
    signal = noise(400 * block)
    with OfflineHost(Delay(64, 97), RATE, block, offline()) as host:
        host.desk.apply(StemGain("vocals", -6.0))
        parts = [host.run(signal[: 50 * block])]
        parts.append(host.run(signal[50 * block : 150 * block], separate=False))
        parts.append(host.run(signal[150 * block :]))
        assert host.control.get("position") == len(signal)
        stalled = np.concatenate(parts)
    with OfflineHost(Delay(64, 97), RATE, block, offline()) as host:
        host.desk.apply(StemGain("vocals", -6.0))
        undisturbed = host.run(signal)
    assert len(stalled) == len(signal)
    np.testing.assert_array_equal(stalled[250 * block :], undisturbed[250 * block :])


def test_position_counts_frames_whatever_the_block() -> None:
    for block in AWKWARD_BLOCKS:
        with OfflineHost(Passthrough(), RATE, block, offline()) as host:
            host.run(np.zeros((7 * block, 2), np.float32))
            assert host.control.get("position") == host.control.get("input_written") == 7 * block


def test_a_stream_whose_separator_fails_says_so() -> None:

    def spoil(call: int, out: np.ndarray) -> None:
        if call == 5:
            out[0, 1, 3] = np.inf

    with pytest.raises(SeparatorError, match="failed on 1 hops: NaN or Inf"):
        list(stream(Scripted(spoil), RATE, iter([noise(2000)]), 64, offline()))


@pytest.mark.parametrize(
    "settings", [{"stems": {"nobody": StripConfig()}}, {"parameters": {"nothing": 1.0}}, {"slack": 65}]
)
def test_an_offline_host_that_cannot_be_built_leaves_no_block(settings: dict) -> None:
    mine = f"{os.getpid()}-"
    before = {name for name in running() if name.startswith(mine)}
    with pytest.raises(ConfigError):
        OfflineHost(Passthrough(), RATE, 64, offline(**settings))
    assert {name for name in running() if name.startswith(mine)} == before
