"""The acceptance list: named figures with their bounds, as every report writes them."""

from __future__ import annotations

import math
import operator
from typing import Any

_RELATIONS = {"<=": operator.le, ">=": operator.ge, "=": operator.eq}


def accepted(name: str, value: float, unit: str, bound: str = "") -> dict[str, Any]:
    """One entry. `bound` as "<= 2"; without one the figure stands for comparison and always holds.

    >>> accepted("error", 0.03, "frames", "<= 0.02")["holds"], accepted("error", 0.03, "frames")["holds"]
    (False, True)
    """
    relation, _, limit = bound.partition(" ")
    holds = not bound or (math.isfinite(value) and _RELATIONS[relation](value, float(limit)))
    return {"name": name, "value": value, "unit": unit, "bound": bound or "reported", "holds": bool(holds)}
