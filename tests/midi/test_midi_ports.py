"""mido's side: messages there and back, and what is said where a library, the sequencer or a port is missing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import fakemido
import mido
import pytest
from memoryports import NANO, PADS, ShowEngine, cc, note
from support import until

from rtsep.midi import ports
from rtsep.midi.ports import MidiUnavailableError, MidoPorts, chosen, steady
from rtsep.midi.surface import MidiSurface
from rtsep.surfaces import MidiConfig


@pytest.fixture
def machine() -> Iterator[MidoPorts]:
    """A machine with two ports."""
    fakemido.names[:] = [NANO, PADS, PADS]
    yield MidoPorts("fakemido")
    fakemido.names.clear()
    fakemido.heard.clear()
    fakemido.sent.clear()


def test_messages_go_there_and_back_as_bytes(machine: MidoPorts) -> None:
    assert machine.inputs() == machine.outputs() == [NANO, PADS]
    heard: list[bytes] = []
    port = machine.open_input(NANO, heard.append)
    out = machine.open_output(NANO)
    messages = [cc(7, 100, 16), note(60, 127), bytes((0xE0, 1, 2))]
    for raw in messages:
        out.send(raw)
    assert heard == messages
    assert fakemido.sent[0] == mido.Message("control_change", channel=15, control=7, value=100)
    port.close()
    out.close()


def test_ports_that_are_gone_are_said_to_be(machine: MidoPorts) -> None:
    out = machine.open_output(NANO)
    fakemido.names.clear()
    with pytest.raises(MidiUnavailableError, match="unknown port"):
        machine.open_input(NANO, print)
    with pytest.raises(MidiUnavailableError, match="gone"):
        out.send(cc(1, 1))


def test_unknown_backend_is_a_missing_library() -> None:
    with pytest.raises(MidiUnavailableError, match=r"pip install 'rtsep\[midi\]'"):
        MidoPorts("no_such_backend").inputs()


@pytest.mark.parametrize("missing", ["mido", "rtmidi"])
def test_missing_library_costs_one_message_and_names_the_remedy(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.delitem(sys.modules, "mido.backends.rtmidi", raising=False)
    said: list[str] = []
    surface = MidiSurface(ShowEngine(), MidiConfig(inputs=("nano",)), said.append, look_s=0.001)
    surface.start()
    until(lambda: said, "the message")
    surface.stop()
    assert len(said) == 1
    assert missing in said[0]
    assert "pip install 'rtsep[midi]'" in said[0]


@pytest.mark.skipif(sys.platform != "linux", reason="ALSA's sequencer")
def test_missing_sequencer_is_said_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rtmidi")
    monkeypatch.setattr(ports, "_SEQUENCER", tmp_path / "seq")
    with pytest.raises(MidiUnavailableError, match="modprobe snd-seq"):
        MidoPorts().inputs()


def test_nothing_is_imported_until_a_port_is_asked_for() -> None:
    program = (
        "import sys, rtsep.midi.surface as s; s.MidoPorts();"
        "print([m for m in ('mido', 'rtmidi', '_rtmidi') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_ports_are_chosen_by_name_or_part() -> None:
    names = [NANO, PADS, "Midi Through:Midi Through Port-0 14:0"]
    assert chosen("PADS", names) == [PADS]
    assert chosen("midi", names) == names
    assert chosen(steady(NANO), names) == [NANO]
    assert chosen("flute", names) == []
