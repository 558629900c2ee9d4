"""Where every frame of latency comes from: pure arithmetic, checked against brute force in the tests."""

from __future__ import annotations

import math

from rtsep.errors import ConfigError
from rtsep.spec import SeparatorSpec
from rtsep.units import frames_to_ms

WAKE_ALLOWANCE_S = 200e-6
"""Time granted for waking the separator process on top of its compute."""
MARGIN = 1 / 5
"""Of a hop's period, granted on top: the worst of a minute beside a host that plays may take twice what a second's rehearsal
shows, by what else the processor and its caches are used for. Long hops are the costly ones, and their latency bears it."""


def adaptation(block: int, hop: int) -> int:
    """Frames spent waiting for a whole hop when the device delivers `block` frames at a time; block 0: any number.

    After q frames the last whole hop ended at q - q mod hop; q mod hop is largest at hop - gcd(block, hop).

    >>> adaptation(64, 128), adaptation(128, 128), adaptation(441, 128), adaptation(0, 128)
    (64, 0, 127, 127)
    """
    return hop - (math.gcd(block, hop) if block else 1)


def automatic_slack(block: int, hop: int, sample_rate: float, hop_s: float) -> int:
    """Frames granted for computing what one block makes due: whole blocks, at least one.

    `hop_s` is the separator's p99.9 per hop. A block longer than a hop makes several due at once.

    >>> automatic_slack(64, 128, 48000, 0.0005)
    64
    >>> automatic_slack(64, 128, 48000, 0.0015)
    128
    >>> automatic_slack(512, 128, 48000, 0.0015)
    512
    >>> automatic_slack(64, 512, 48000, 0.0020)
    256
    """
    hops_at_once = max(1, math.ceil(block / hop))
    needed_s = hops_at_once * (hop_s + MARGIN * hop / sample_rate) + WAKE_ALLOWANCE_S
    return block * max(1, math.ceil(needed_s * sample_rate / block))


def checked_slack(slack: int, block: int, ring_frames: int) -> int:
    """A slack that was asked for, in frames: whole blocks, at least one, within the ring.

    Raises ConfigError otherwise.
    """
    if slack < block or slack % block or slack > ring_frames // 4:
        raise ConfigError(
            f"slack of {slack} frames: must be a multiple of the block ({block}) between {block} and {ring_frames // 4}"
        )
    return slack


def algorithmic_ms(spec: SeparatorSpec) -> float:
    """What papers call a separator's latency: its hop and its delay, ms at the first of its rates."""
    return frames_to_ms(spec.hop + spec.delay, spec.sample_rates[0])


def tier(latency_ms: float) -> str:
    """The latency tier that a separator belongs to.

    >>> tier(256 / 44.1), tier(1024 / 44.1), tier(93.0), tier(2000.0)
    ('stage', 'monitor', 'broadcast', 'offline')
    """
    limits_ms = {"stage": 6.0, "monitor": 24.0, "broadcast": 96.0, "dj": 500.0}
    return next((name for name, limit_ms in limits_ms.items() if latency_ms <= limit_ms), "offline")
