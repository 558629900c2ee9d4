"""The four percentiles that every report gives of a time."""

from __future__ import annotations

from typing import Any

import numpy as np

SHARES = {"p50": 50.0, "p99": 99.0, "p99.9": 99.9, "max": 100.0}


def percentiles(values: Any) -> dict[str, float]:
    """p50, p99, p99.9 and max of measured values, in their unit; nothing of no values."""
    data = np.asarray(values, dtype=float)
    if data.size == 0:
        return {}
    return {name: float(np.percentile(data, percent)) for name, percent in SHARES.items()}
