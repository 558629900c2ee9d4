"""How a process's resident memory moves over time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import psutil

MIB = 1 << 20


@dataclass
class Incarnation:
    """One process of a role, from when it was first seen; its samples are (seconds of its life, MiB)."""

    role: str
    pid: int
    born_s: float
    samples: list[tuple[float, float]] = field(default_factory=list)

    def look(self, now_s: float) -> None:
        """Take a sample, if it still lives."""
        try:
            resident = psutil.Process(self.pid).memory_info().rss / MIB
        except psutil.Error:
            return
        self.samples.append((now_s - self.born_s, resident))

    def growth_mib(self, warm_up_s: float) -> float | None:
        """Highest reading after the warm-up over the first one after it; None if it did not live that long."""
        later = [resident for age, resident in self.samples if age >= warm_up_s]
        return float(np.max(later) - later[0]) if len(later) > 1 else None

    def figures(self, warm_up_s: float) -> dict[str, object]:
        """For the JSON."""
        readings = [resident for _, resident in self.samples]
        return {
            "role": self.role,
            "pid": self.pid,
            "born_s": self.born_s,
            "lived_s": self.samples[-1][0] if self.samples else 0.0,
            "first_mib": readings[0] if readings else None,
            "last_mib": readings[-1] if readings else None,
            "growth_mib": self.growth_mib(warm_up_s),
        }


class Watch:
    """All processes of a host, sampled together."""

    def __init__(self) -> None:
        self.incarnations: list[Incarnation] = []

    def look(self, now_s: float, pids: dict[str, int]) -> None:
        """Sample the process that holds each role now; a new one begins an incarnation."""
        for role, pid in pids.items():
            mine = [life for life in self.incarnations if life.role == role]
            if not mine or mine[-1].pid != pid:
                mine.append(Incarnation(role, pid, now_s))
                self.incarnations.append(mine[-1])
            mine[-1].look(now_s)

    def worst_growth_mib(self, warm_up_s: float) -> float:
        """The largest growth of any incarnation that outlived its warm-up; infinite if none did."""
        grown = [growth for life in self.incarnations if (growth := life.growth_mib(warm_up_s)) is not None]
        return max(grown, default=float("inf"))
