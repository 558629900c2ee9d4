"""What a hop costs as the network grows: the flagship's stage tier in several widths, random weights."""

from __future__ import annotations

from typing import Any

from benchmarks.flathops import flat_hops
from benchmarks.randomsets import own_models, random_set
from benchmarks.report import say

RATE = 48000
WIDTHS = (16, 32, 64, 96, 128, 192)
STAGE = 1
"""Place of the stage tier in flagship.toml."""


def by_width(seconds: float) -> list[dict[str, Any]]:
    """One row for each of WIDTHS; all inner widths grow alike."""
    rows = []
    with own_models() as folder:
        for width in WIDTHS:
            name = f"width_{width}"
            sizes = {"width": width, "hidden": width, "song": 3 * width, "fresh": width // 2, "head": 2 * width}
            card = random_set(folder, name, "flagship", STAGE, **sizes)
            size = {"width": width, "parameters": card.parameters, "mac_per_s": card.mac_per_s}
            rows.append(size | flat_hops(name, RATE, seconds))
            say(f"  width {width}: {card.parameters / 1e6:.2f} M, hop {rows[-1]['hop_us']['p50']:.0f} us")
    return rows
