"""Files of other people's in a running host: switched to while it plays, refused, and contained when they fail later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import JackServer
from support import until

from rtsep.changes import StemMute, SwitchSeparator
from rtsep.errors import ConfigError
from rtsep.host.engine import Engine

pytest.importorskip("nn_tilde")
from benchmarks.foreignfiles import Bad, Echo, write_nn

Start = Callable[..., Engine]
JACK: dict[str, object] = {"kind": "portaudio", "host_api": "JACK", "block": None}


@pytest.fixture
def fresh_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is known."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def settled(engine: Engine, name: str) -> bool:
    return engine.state().separator_name == name


@pytest.mark.jack
@pytest.mark.usefixtures("fresh_cache")
def test_a_file_is_examined_and_switched_to_while_the_show_goes_on(
    jack_server: JackServer, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_nn(tmp_path / "echo.ts", lambda: Echo(2, 300))
    write_nn(tmp_path / "other.ts", lambda: Echo(1, 5))
    engine = start(JACK)
    monkeypatch.chdir(tmp_path)
    engine.apply(SwitchSeparator("echo.ts"))
    assert engine.state().next_separator == str(path)
    with pytest.raises(ConfigError, match=r"'echo\.ts' is being examined|under way"):
        engine.apply(SwitchSeparator("other.ts"))
    engine.apply(StemMute("vocals", True))  # not held up
    until(lambda: settled(engine, str(path)), "the file is heard")
    state = engine.state()
    assert [strip.stem for strip in state.strips] == ["wet"]
    assert (state.separator.name, state.budget.separator, state.runtime) == ("echo", 300, "nn~")
    assert (state.counters.audio_restarts, state.counters.separator_restarts) == (0, 0)


@pytest.mark.usefixtures("fresh_cache")
def test_a_file_that_may_not_play_changes_nothing(start: Start, tmp_path: Path) -> None:
    path = write_nn(tmp_path / "few.ts", lambda: Bad("few"))
    engine = start()
    engine.apply(SwitchSeparator(str(path)))
    until(lambda: [line for line in engine.heard if "few.ts cannot play" in line], "it is refused")  # type: ignore[attr-defined]
    state = engine.state()
    assert (state.separator_name, state.next_separator) == ("delay", "")
    assert state.separator_status == "running"


@pytest.mark.usefixtures("fresh_cache")
@pytest.mark.slow
@pytest.mark.parametrize("deed", ["nan", "raise", "hang", "hoard"])
def test_a_file_that_fails_only_later_is_contained(start: Start, tmp_path: Path, deed: str) -> None:
    # More calls than a probe makes, fewer than a show: 48000 / 128 = 375 a second.
    path = write_nn(tmp_path / "later.ts", lambda: Bad(deed, 3000))
    engine = start()
    engine.apply(SwitchSeparator(str(path)))
    until(lambda: settled(engine, str(path)), "the file is heard")
    begun = engine.state().counters.callbacks
    until(
        lambda: (
            (s := engine.state()).counters.separator_restarts + s.counters.separator_faults + s.counters.nonfinite_hops
        ),
        "it fails, and is noticed",
    )
    state = engine.state()
    assert state.counters.callbacks > begun
    assert state.counters.audio_restarts == 0
    engine.apply(SwitchSeparator("delay"))
    until(lambda: settled(engine, "delay"), "the show goes on with another")
