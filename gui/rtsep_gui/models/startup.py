"""How long it takes until the window is there."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import psutil

from rtsep.jsonfile import write_json


def age_s() -> float:
    """Of this process."""
    created = psutil.Process().create_time()
    if hasattr(time, "CLOCK_BOOTTIME"):  # there, the time of day at boot is known to the second only
        return time.clock_gettime(time.CLOCK_BOOTTIME) - (created - psutil.boot_time())
    return time.time() - created


@dataclass
class Startup:
    """Seconds. `import_s`: of the window's modules; `first_picture_s`: from the start of the process."""

    import_s: float
    first_picture_s: float = 0.0

    def painted(self) -> None:
        """The first picture is there."""
        if not self.first_picture_s:
            self.first_picture_s = age_s()

    def write(self) -> None:
        """To standard output."""
        write_json("-", asdict(self))
