"""Fixtures: plugins of the tests' own that child processes find too, hosts that leave nothing behind, a JACK server."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from testplugins import install

from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.engine import Engine
from rtsep.shared.block import directory

# What this user has installed is not tested here, and which runtime is the quickest just now decides nothing.
os.environ["RTSEP_MODELS"] = str(Path(__file__).with_name("no-models"))
os.environ["RTSEP_RUNTIME"] = "onnxruntime,torch"
# Windows are painted, and not shown.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def user_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Sessions, MIDI maps and what windows remember: this user's own are neither read nor written, here or in child processes."""
    folder = tmp_path_factory.mktemp("user")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        patch.setenv("XDG_DATA_HOME", str(folder / "data"))
        yield folder


@pytest.fixture(scope="session")
def plugin_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an installed distribution of badly behaved separators."""
    folder = tmp_path_factory.mktemp("plugins")
    install(folder)
    return folder


@pytest.fixture
def plugins(plugin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The tests' own plugins are registered, here and in child processes."""
    monkeypatch.syspath_prepend(str(plugin_folder))
    monkeypatch.setenv("PYTHONPATH", str(plugin_folder), prepend=os.pathsep)
    return plugin_folder


@pytest.fixture
def host_name() -> Iterator[str]:
    """A name for a host, of which nothing may be left in the block directory afterwards."""
    name = f"test-{os.getpid()}-{secrets.token_hex(3)}"
    yield name
    left = [path.name for path in directory().glob(f"{name}*")]
    for path in left:
        (directory() / path).unlink()
    assert not left, "the host left files behind"


@pytest.fixture
def start(host_name: str) -> Iterator[Callable[..., Engine]]:
    """start(device settings, **host settings) -> a running Engine; stopped afterwards if the test did not.

    Its events are collected in `engine.heard`, a list of lines.
    """
    engines: list[Engine] = []

    def begin(device: dict[str, object] | None = None, **settings: object) -> Engine:
        lines: list[str] = []
        wanted = DeviceConfig(**({"kind": "null", "block": 128} | (device or {})))  # type: ignore[arg-type]
        config = HostConfig(**({"separator": "delay", "device": wanted, "realtime": False} | settings))  # type: ignore[arg-type]
        engine = Engine.start(config, lines.append, host_name)
        engine.heard = lines  # type: ignore[attr-defined]
        engines.append(engine)
        return engine

    yield begin
    for engine in engines:
        engine.stop()


class JackServer:
    """A JACK server on its dummy driver, under a name of its own."""

    def __init__(self, name: str, log: Path) -> None:
        self.name = name
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, in real time if that is granted, and wait until it answers. Skips the test if it never does."""
        for realtime in (("-R", "-P", "60"), ("-r",), ("-r",)):
            command = [
                "jackd",
                "-n",
                self.name,
                *realtime,
                "-d",
                "dummy",
                "-r",
                "48000",
                "-p",
                "64",
                "-C",
                "2",
                "-P",
                "8",
            ]
            with open(self._log, "ab") as sink:
                self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
            if self._answers():
                return
            self.stop()
        pytest.skip(f"jackd does not start here: {self._log.read_text(errors='replace')[-300:]}")

    def _answers(self) -> bool:
        assert self._process is not None
        wait = shutil.which("jack_wait")
        end = time.monotonic() + 15.0
        while self._process.poll() is None and time.monotonic() < end:
            if wait is None:
                time.sleep(1.5)
                return self._process.poll() is None
            asked = subprocess.run(
                [wait, "-s", self.name, "-c"], capture_output=True, text=True, timeout=10, check=False
            )
            if "running" in asked.stdout and "not running" not in asked.stdout:
                return True
            time.sleep(0.05)
        return False

    def stop(self) -> None:
        """End it so that it tidies up: of JACK's few slots for servers a killed one keeps its own for a while."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5.0)
            except subprocess.TimeoutExpired:
                return self.kill()
            self._process = None

    def kill(self) -> None:
        """End it as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture
def jack_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[JackServer]:
    """A running JACK server that this test's processes use by default."""
    if shutil.which("jackd") is None:
        pytest.skip("jackd is not installed")
    if sys.platform != "linux":
        pytest.skip("jackd's dummy driver is started as on Linux")
    server = JackServer(f"rtseptest{os.getpid()}{secrets.token_hex(2)}", tmp_path / "jackd.log")
    monkeypatch.setenv("JACK_DEFAULT_SERVER", server.name)
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")
    server.start()
    yield server
    server.stop()
    for path in Path("/dev/shm").glob(f"*{server.name}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
