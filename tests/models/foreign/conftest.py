"""Files of other people's, made once with their packages; what the tests leave in torch is undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch

from benchmarks.foreignfiles import Codec, Drive, Echo, Halves, Partitioned, write_neutone, write_nn
from rtsep_models.foreign.probe import probe
from rtsep_models.foreign.report import Report


@pytest.fixture(autouse=True)
def settings() -> Iterator[None]:
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
    torch.set_flush_denormal(False)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of files that behave."""
    folder = tmp_path_factory.mktemp("foreign")
    write_nn(folder / "echo.ts", lambda: Echo(2, 300))
    write_nn(folder / "mono echo.ts", lambda: Echo(1, 77, 44100))
    write_nn(folder / "halves.ts", Halves)
    write_nn(folder / "codec.ts", Codec)
    write_nn(folder / "parts.ts", Partitioned)
    write_neutone(folder / "drive", Drive(False, 96, [], [])).rename(folder / "drive.nm")
    write_neutone(folder / "mono", Drive(True, 5, [44100], [441, 1000])).rename(folder / "mono.nm")
    return folder


@pytest.fixture
def look() -> Callable[[Path | str], Report]:
    """Examine a file that may be trusted, in this process: seconds quicker than in a sandbox."""
    return lambda name: probe(str(name), "1", lambda _: None)
