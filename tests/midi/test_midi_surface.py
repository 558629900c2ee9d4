"""The surface as a whole, with its threads: ports that come and go, messages said once, learning by OSC's services."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from memoryports import FADER, KILL, MUTE, NANO, PADS, MemoryPorts, ShowEngine, cc, note
from support import until

from rtsep.changes import StemMute
from rtsep.errors import ConfigError
from rtsep.midi.assignments import Assignment, MidiMap
from rtsep.midi.mapfile import read_map, write_map
from rtsep.midi.surface import MidiSurface
from rtsep.osc.client import RemoteEngine
from rtsep.osc.server import OscServer
from rtsep.surfaces import MidiConfig, OscConfig

LOOK_S = 0.01
MAP = MidiMap(
    assignments=(
        Assignment(path=KILL, control="note", number=60, mode="momentary"),
        Assignment(path=MUTE, control="note", number=61, mode="latched"),
        Assignment(path=FADER, control="cc", number=7, takeover=False),
    )
)


class Stage:
    """An engine, ports and a surface between them."""

    def __init__(self, folder: Path, ports: MemoryPorts, *inputs: str) -> None:
        self.engine, self.ports, self.path = ShowEngine(), ports, folder / "map.json"
        write_map(self.path, MAP)
        self.said: list[str] = []
        config = MidiConfig(inputs=inputs, outputs=inputs, map=str(self.path))
        self.surface = MidiSurface(self.engine, config, self.said.append, ports=ports, look_s=LOOK_S)

    def open(self, name: str) -> bool:
        """Whether a port is open both ways."""
        ins, outs = self.ports.ins.get(name), self.ports.outs.get(name)
        return bool(ins and ins.hear and outs and outs.open)


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path, MemoryPorts(NANO), "nano")
    made.surface.start()
    until(lambda: made.open(NANO) and made.ports.outs[NANO].sent, "ports open")
    yield made
    made.surface.stop()


def test_controls_reach_the_engine(stage: Stage) -> None:
    stage.ports.play(NANO, *[cc(7, value) for value in range(128)])
    until(lambda: stage.engine.desk.strips["vocals"].gain_db == 12.0, "the last value")


def test_engine_reaches_the_lights(stage: Stage) -> None:
    stage.engine.apply(StemMute("vocals", True))
    until(lambda: note(61, 127) in stage.ports.outs[NANO].sent, "the light")


def test_pulled_plug_lets_go_and_comes_back_with_its_lights(stage: Stage) -> None:
    stage.ports.play(NANO, note(60, 1), note(61, 1))
    until(lambda: stage.engine.kills and stage.engine.desk.strips["vocals"].mute, "the press")
    stage.ports.names.remove(NANO)
    until(lambda: not stage.engine.kills, "the release")
    assert stage.engine.desk.strips["vocals"].mute
    until(lambda: not stage.open(NANO), "closing")
    again = NANO.replace("20:0", "28:0")
    stage.ports.names.append(again)
    until(lambda: stage.open(again) and note(61, 127) in stage.ports.outs[again].sent, "the return")
    until(lambda: sum("is gone" in words for words in stage.said) == 2, "both sides said")


def test_output_that_breaks_is_opened_anew(stage: Stage) -> None:
    broken = stage.ports.outs[NANO]
    broken.dead = True
    stage.engine.apply(StemMute("vocals", True))
    until(lambda: stage.ports.outs[NANO] is not broken, "another")
    until(lambda: note(61, 127) in stage.ports.outs[NANO].sent, "the light")
    assert not broken.open


def test_stopping_lets_go_and_closes(stage: Stage) -> None:
    stage.ports.play(NANO, note(60, 1), note(61, 1))
    until(lambda: stage.engine.kills and note(61, 127) in stage.ports.outs[NANO].sent, "the press")
    stage.surface.stop()
    assert not stage.engine.kills
    assert stage.ports.outs[NANO].sent[-2:] == [note(60, 0), note(61, 0)]
    assert not stage.open(NANO)


def test_learning_by_osc_is_kept_in_the_file(stage: Stage) -> None:
    stage.surface.services["/rtsep/midi/learn"](("/rtsep/mix/bypass",))
    stage.ports.play(NANO, note(61, 1))
    until(lambda: "/rtsep/mix/bypass" in stage.path.read_text(), "the file")
    assert [a.path for a in read_map(stage.path, stage.said.append).assignments] == [KILL, FADER, "/rtsep/mix/bypass"]
    stage.ports.play(NANO, note(61, 0), note(61, 1))
    until(lambda: stage.engine.desk.bypass, "what was learned")
    stage.surface.services["/rtsep/midi/forget"]((FADER,))
    until(lambda: len(json.loads(stage.path.read_text())["assignments"]) == 2, "the file")
    assert [a.path for a in stage.surface.map.assignments] == [KILL, "/rtsep/mix/bypass"]


def test_cancelled_learning_plays_on(stage: Stage) -> None:
    stage.surface.services["/rtsep/midi/learn"](("/rtsep/mix/bypass",))
    stage.surface.services["/rtsep/midi/cancel"](())
    stage.ports.play(NANO, note(61, 1))
    until(lambda: stage.engine.desk.strips["vocals"].mute, "the mute")


def test_nothing_piles_up_where_no_controller_is_heard() -> None:
    surface = MidiSurface(ShowEngine(), MidiConfig(), print, ports=MemoryPorts())
    surface.start()
    for _ in range(3):
        surface.cancel()
    assert not surface._queue


def test_what_cannot_be_learned_is_refused_to_the_asker(stage: Stage) -> None:
    with pytest.raises(ConfigError, match="did you mean '/rtsep/mix/bypass'"):
        stage.surface.learn("/rtsep/mix/bypas")
    with pytest.raises(ConfigError, match="changes nothing in the engine"):
        stage.surface.learn("/rtsep/status/xruns")
    with pytest.raises(ConfigError, match="no MIDI control plays"):
        stage.surface.forget("/rtsep/mix/bypass")


def test_file_that_cannot_be_written_is_said_and_the_map_plays(stage: Stage) -> None:
    stage.path.unlink()
    stage.path.mkdir()
    stage.surface.learn("/rtsep/mix/bypass")
    stage.ports.play(NANO, note(70, 1))
    until(lambda: any("cannot be written" in words for words in stage.said), "the message")
    stage.ports.play(NANO, note(70, 0), note(70, 1))
    until(lambda: stage.engine.desk.bypass, "what was learned")


def test_clocks_are_not_even_queued(stage: Stage) -> None:
    stage.surface.learn("/rtsep/mix/bypass")
    stage.ports.play(NANO, b"\xf8", b"\xfe", b"\xf0\x01\xf7", note(99, 1))
    until(lambda: stage.surface.map.assignments[-1].path == "/rtsep/mix/bypass", "learning")
    assert stage.surface.map.assignments[-1].number == 99


def test_flood_of_messages_ends_at_the_last_value(stage: Stage) -> None:
    for round_ in range(100):
        stage.ports.play(NANO, *[cc(7, (value + round_) % 128) for value in range(100)])
    stage.ports.play(NANO, cc(7, 127))
    until(lambda: stage.engine.desk.strips["vocals"].gain_db == 12.0, "the last value")
    assert len(stage.engine.applied) < 10_000


def test_absent_port_is_said_once_and_taken_up_when_it_comes(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MemoryPorts(PADS), "nano")
    stage.surface.start()
    until(lambda: len(stage.said) == 2, "both messages")
    stage.ports.names.append(NANO)
    until(lambda: stage.open(NANO), "the port")
    stage.surface.stop()
    missing = [words for words in stage.said if "no input 'nano'" in words]
    assert missing == [f"MIDI: no input 'nano'; there are: {PADS!r}. It is taken up when it comes"]


def test_absent_midi_is_said_once_and_looked_for_again(tmp_path: Path) -> None:
    stage = Stage(tmp_path, MemoryPorts(NANO), "nano")
    stage.ports.trouble = "no sequencer"
    stage.surface.start()
    until(lambda: stage.said, "the message")
    stage.ports.trouble = ""
    until(lambda: stage.open(NANO), "the port")
    stage.surface.stop()
    assert stage.said.count("MIDI: no sequencer") == 1


def test_no_port_wanted_costs_nothing(tmp_path: Path) -> None:
    stage, threads = Stage(tmp_path, MemoryPorts(NANO)), threading.active_count()
    stage.surface.start()
    assert threading.active_count() == threads
    with pytest.raises(ConfigError, match="run --midi NAME"):
        stage.surface.learn(FADER)
    stage.surface.stop()
    assert stage.said == []


def test_learning_is_asked_for_over_the_wire(stage: Stage) -> None:
    server = OscServer(stage.engine, OscConfig(), stage.said.append, stage.surface.services)
    server.start()
    try:
        with RemoteEngine(port=server.port) as client:
            with pytest.raises(ConfigError, match="there is no address"):
                client.ask("/rtsep/midi/learn", "/nowhere")
            client.ask("/rtsep/midi/learn", "/rtsep/mix/bypass")
            stage.ports.play(NANO, note(70, 1))
            until(lambda: stage.surface.map.assignments[-1].path == "/rtsep/mix/bypass", "learning")
            client.ask("/rtsep/midi/forget", "/rtsep/mix/bypass")
            until(lambda: stage.surface.map == MAP, "forgetting")
    finally:
        server.stop()
