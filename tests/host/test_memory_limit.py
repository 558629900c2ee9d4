"""A limit on what a process may allocate, in a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tell")

PROGRAM = """
import numpy as np
from rtsep.host.memory import limit_memory

limit_memory({beyond})
np.ones(8 << 20, dtype=np.uint8)
try:
    np.ones(256 << 20, dtype=np.uint8)
except MemoryError:
    print("refused")
np.ones(8 << 20, dtype=np.uint8)
"""


@pytest.mark.parametrize(("beyond", "said"), [("64 << 20", "refused\n"), ("None", "")])
def test_what_goes_beyond_the_limit_is_refused_and_the_process_goes_on(beyond: str, said: str) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(beyond=beyond)], capture_output=True, text=True, check=True
    )
    assert answer.stdout == said
