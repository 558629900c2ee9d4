"""Meters and load out of a block, for whoever looks."""

from __future__ import annotations

import numpy as np

from rtsep.control import Level, Load
from rtsep.shared.block import Block
from rtsep.shared.histogram import percentile_ns
from rtsep.units import gain_to_db


def level(block: Block, meter: int) -> Level:
    """One meter; the louder channel counts, clips add up."""
    return Level(
        gain_to_db(float(block.array("peak")[meter].max())),
        gain_to_db(float(block.array("hold")[meter].max())),
        gain_to_db(float(np.sqrt(block.array("mean_square")[meter].max()))),
        int(block.array("clips")[meter].sum()),
    )


def load(block: Block) -> Load:
    """Compute times since the host, or its present separator, began."""
    hops, calls, wakes = (block.array(f"{name}_histogram") for name in ("hop", "callback", "wake"))
    hop_us = percentile_ns(hops, 50.0) / 1e3
    period_us = 1e6 * max(1.0, block.get("hop")) / block.get("sample_rate")
    return Load(
        hop_us_p50=hop_us,
        hop_us_p999=percentile_ns(hops, 99.9) / 1e3,
        hop_us_max=block.get("hop_ns_max") / 1e3,
        hop_share_p50=hop_us / period_us,
        callback_us_p50=percentile_ns(calls, 50.0) / 1e3,
        callback_us_p999=percentile_ns(calls, 99.9) / 1e3,
        wake_us_p50=percentile_ns(wakes, 50.0) / 1e3,
        wake_us_p99=percentile_ns(wakes, 99.0) / 1e3,
    )
