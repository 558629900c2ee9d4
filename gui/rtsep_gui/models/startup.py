"""How long it takes until the window is there."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

import psutil

from rtsep.jsonfile import write_json


@dataclass
class Startup:
    """Seconds. `import_s`: of the window's modules; `first_picture_s`: from the start of the process."""

    import_s: float
    first_picture_s: float = 0.0

    def painted(self) -> None:
        """The first picture is there."""
        if not self.first_picture_s:
            self.first_picture_s = time.time() - psutil.Process().create_time()

    def write(self) -> None:
        """To standard output."""
        write_json("-", asdict(self))
