"""How commands come to an end: signals, `rtsep stop`, and what the demo refuses."""

from __future__ import annotations

import io
import json
import os
import signal
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest
import soundfile
from rich.console import Console

from rtsep.cli import demo as demo_module
from rtsep.cli import run as run_module
from rtsep.cli.demo import demo
from rtsep.cli.ending import interrupted_once
from rtsep.cli.events import Events
from rtsep.cli.run import run
from rtsep.demo.clip import load_clip
from rtsep.errors import AudioFileError, RtsepError, SeparatorError
from rtsep.host.engine import Engine

Start = Callable[..., Engine]


def test_a_second_interrupt_does_not_disturb_the_stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    done = []

    def stop() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGTERM)
        done.append(True)

    def finished() -> bool:
        raise KeyboardInterrupt  # the first one

    engine = SimpleNamespace(finished=finished, stop=stop)
    monkeypatch.setattr(run_module.Engine, "start", lambda *_: engine)
    monkeypatch.setattr(run_module, "controlled", lambda *_: nullcontext(SimpleNamespace(apply=lambda *_: None)))
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt):
        run(device="null", no_session=True)
    assert done
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_the_demo_writes_into_folders_alone(tmp_path: Path) -> None:
    (tmp_path / "passwd").write_text("root")
    with pytest.raises(AudioFileError, match=r"cannot write into .*passwd: Not a directory; choose another folder"):
        demo(output=tmp_path / "passwd")


def test_the_demo_scores_its_own_four_stems_alone(tmp_path: Path, plugins: Path) -> None:
    with pytest.raises(SeparatorError, match="makes vocals, rest in 2 channels, the demo's clip has vocals, drums"):
        demo(separator="test-plain", output=tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_demo_ends_when_it_is_stopped(start: Start) -> None:
    engine = start()
    engine.block.set("stop", 1)
    with pytest.raises(RtsepError, match="stopped before the end"):
        demo_module._play(engine, Events(), 1e6, Console(file=io.StringIO()))


def test_the_demo_tells_what_happened_in_its_json(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, clip = start(), load_clip()

    def pretend(_: object, on_event: Callable[[str], None]) -> Engine:
        (tmp_path / "out").mkdir()
        for name, audio in {"mix": clip.mix, **clip.stems}.items():
            soundfile.write(tmp_path / "out" / f"{name}.flac", audio.T, clip.sample_rate)
        on_event("separator: hung; restarting it")
        return engine

    monkeypatch.setattr(engine, "finished", lambda: True)
    monkeypatch.setattr(demo_module.Engine, "start", pretend)
    demo(output=tmp_path / "out", json=str(tmp_path / "demo.json"))
    assert json.loads((tmp_path / "demo.json").read_text())["events"] == ["separator: hung; restarting it"]


def test_the_second_interruption_does_not_disturb_what_the_first_began() -> None:
    done: list[str] = []
    before = signal.getsignal(signal.SIGINT)

    def measure() -> None:
        with interrupted_once():
            try:
                signal.raise_signal(signal.SIGTERM)
            finally:
                signal.raise_signal(signal.SIGINT)
                signal.raise_signal(signal.SIGTERM)
                done.append("ended")

    with pytest.raises(KeyboardInterrupt):
        measure()
    assert done == ["ended"]
    assert signal.getsignal(signal.SIGINT) is before
