"""The latency arithmetic against brute force, and what the block makes of it."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from support import RATE, offline

from rtsep.errors import ConfigError, RtsepError, SeparatorError
from rtsep.host.blockprep import budget, make_block, release, set_latency
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.latency import MARGIN, WAKE_ALLOWANCE_S, adaptation, automatic_slack, checked_slack
from rtsep.separators.builtin import Delay
from rtsep.shared.block import attach, remove
from rtsep.shared.hosts import running

FACTS = DeviceFacts("offline", float(RATE), 64, 2, 2)


def shortest_prefill(block: int, hop: int) -> int:
    """By trial: the least silence ahead of the stems with which a device of `block` never runs dry."""
    produced = consumed = received = worst = 0
    for _ in range(2 * math.lcm(block, hop) // block + 2):
        received += block
        produced = received // hop * hop
        consumed += block
        worst = max(worst, consumed - produced)
    return worst


def starves(block: int, hop: int, prefill: int) -> bool:
    received = 0
    for _ in range(2 * math.lcm(block, hop) // block + 2):
        received += block
        if prefill + received // hop * hop < received:
            return True
    return False


def test_adaptation_equals_a_brute_force_oracle_and_one_sample_less_starves() -> None:
    """Invariant 8, for every pair up to 100 and the awkward ones beyond."""
    sizes = [*range(1, 101), 127, 128, 129, 441, 480, 512, 1000, 1024]
    for block in sizes:
        for hop in sizes:
            prefill = adaptation(block, hop)
            assert prefill == shortest_prefill(block, hop), (block, hop)
            assert not starves(block, hop, prefill), (block, hop)
            assert prefill == 0 or starves(block, hop, prefill - 1), (block, hop)


@pytest.mark.parametrize("hop", [1, 63, 64, 128])
def test_adaptation_to_a_varying_block_covers_every_fixed_one(hop: int) -> None:
    assert adaptation(0, hop) == max(adaptation(block, hop) for block in range(1, 3 * hop + 2))


def hops_due_at_once(block: int, hop: int) -> int:
    """The most hops that one block completes."""
    ends = range(block, 2 * math.lcm(block, hop) + block, block)
    return max(end // hop - (end - block) // hop for end in ends)


@pytest.mark.parametrize("block", [16, 63, 64, 65, 128, 441, 512, 1000])
@pytest.mark.parametrize("hop", [63, 64, 128, 441])
@pytest.mark.parametrize("hop_s", [0.0, 0.0004, 0.0013, 0.02])
def test_automatic_slack_is_the_least_whole_number_of_blocks_that_suffices(block: int, hop: int, hop_s: float) -> None:
    slack = automatic_slack(block, hop, RATE, hop_s)
    assert slack >= block
    assert slack % block == 0
    due = hops_due_at_once(block, hop)
    needed_s = due * (hop_s + MARGIN * hop / RATE) + WAKE_ALLOWANCE_S
    assert slack / RATE >= needed_s
    if slack > block:
        assert (slack - block) / RATE < needed_s


@pytest.mark.parametrize(
    ("slack", "good"),
    [(64, True), (128, True), (640, True), (16384, True), (0, False), (63, False), (65, False), (16448, False)],
)
def test_a_slack_that_was_asked_for_is_checked(slack: int, good: bool) -> None:
    if good:
        assert checked_slack(slack, 64, 1 << 16) == slack
    else:
        with pytest.raises(ConfigError, match=r"multiple of the block \(64\) between 64 and 16384"):
            checked_slack(slack, 64, 1 << 16)


def prepared(hop: int, delay: int, slack: int | None, hop_ns: int = 0, name: str | None = None):
    """A block of which the separator has reported its figures, latency set; its budget. Removed again."""
    block = make_block(offline(), Delay(hop, delay).spec, FACTS, name)
    try:
        separator = attach(block.name, "separator")
        separator.set("adapted_hop", hop)
        separator.set("adapted_delay", delay)
        separator.set("measured_hop_ns", hop_ns)
        set_latency(block, slack)
        release(block)
        return budget(block)
    finally:
        remove(block.name)


def test_budget_is_the_sum_of_its_parts() -> None:
    found = prepared(128, 300, 192)
    assert (found.adaptation, found.separator, found.slack, found.resampling) == (64, 300, 192, 0)
    assert found.host == found.total == 64 + 300 + 192
    assert replace(found, device_in=64, device_out=100).total == found.host + 164
    assert replace(found, device_in=64, device_out=100).host == found.host


def test_a_slow_separator_gets_more_slack_by_itself() -> None:
    assert prepared(128, 0, None, hop_ns=100_000).slack == 64
    assert prepared(128, 0, None, hop_ns=1_500_000).slack == 128


def test_a_separator_too_slow_for_the_ring_is_refused() -> None:
    with pytest.raises(SeparatorError, match="too slow"):
        prepared(128, 0, None, 600_000_000)


def test_half_a_second_of_delay_fits() -> None:
    assert prepared(1024, 24000, None).separator == 24000


@pytest.mark.parametrize(
    ("device", "facts", "words"),
    [
        ({"input_channels": (1, 2, 3)}, FACTS, "3 input channels given, the separator has 2"),
        ({"output_channels": (1,)}, FACTS, "1 output channels given"),
        ({"input_channels": (1, 3)}, FACTS, "input channel 3 asked for, the device has 2"),
        ({"output_channels": (8, 1)}, FACTS, "output channel 8 asked for"),
    ],
)
def test_channels_that_are_not_there_are_refused_and_no_block_is_left(
    device: dict, facts: DeviceFacts, words: str, host_name: str
) -> None:
    config = offline()
    config = type(config)(device=DeviceConfig(kind="null", **device))
    with pytest.raises(RtsepError, match=words):
        make_block(config, Delay().spec, facts, host_name)
    assert host_name not in running()


@pytest.mark.parametrize(
    ("wanted", "there", "expected"),
    [((), 2, [0, 1]), ((), 1, [0, 0]), ((), 8, [0, 1]), ((3, 2), 4, [2, 1]), ((1, 1), 1, [0, 0])],
)
def test_channel_maps(wanted: tuple[int, ...], there: int, expected: list[int]) -> None:
    config = type(offline())(device=DeviceConfig(kind="null", input_channels=wanted))
    block = make_block(config, Delay().spec, replace(FACTS, input_channels=there))
    try:
        assert block.array("input_map")[:2].tolist() == expected
        assert block.array("output_map")[:2].tolist() == [0, 1]
    finally:
        remove(block.name)


def test_a_configuration_too_long_for_the_block_is_refused() -> None:
    with pytest.raises(ConfigError, match="8192 is the limit"):
        make_block(offline(parameters={f"knob{index:04}": 0.123 for index in range(800)}), Delay().spec, FACTS)
