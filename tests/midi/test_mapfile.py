"""The file of assignments: what is written is read, and nothing in it is ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from memoryports import FADER, MUTE, SPEC, ShowEngine

from rtsep.midi.assignments import Assignment, MidiMap
from rtsep.midi.hand import Hand
from rtsep.midi.mapfile import decoded, map_path, read_map, write_map
from rtsep.midi.starter import starter
from rtsep.osc.messages import addresses
from rtsep.osc.table import TABLE

MAP = MidiMap(
    assignments=(
        Assignment(path=FADER, control="cc14", number=1, channel=2, port="nano", low=0.0, high=0.75, takeover=False),
        Assignment(path=MUTE, control="note", number=60, mode="latched"),
        Assignment(path="/rtsep/session/load", control="note", number=61, mode="trigger", value='a "show"'),
    )
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path, said = tmp_path / "new" / "map.json", list[str]()
    write_map(path, MAP)
    assert read_map(path, said.append) == MAP
    assert said == []
    assert len(path.read_text().splitlines()) == 4 + len(MAP.assignments) + 1
    assert [entry.name for entry in path.parent.iterdir()] == ["map.json"]


def test_no_file_is_an_empty_map(tmp_path: Path) -> None:
    said: list[str] = []
    assert read_map(tmp_path / "map.json", said.append) == MidiMap()
    assert said == []


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"version": 2}', b'{"assignment": []}'])
def test_damaged_file_is_set_aside_whole(tmp_path: Path, raw: bytes) -> None:
    path, said = tmp_path / "map.json", list[str]()
    for count in (1, 2):
        path.write_bytes(raw)
        assert read_map(path, said.append) == MidiMap()
        assert len(said) == count
        kept = sorted(tmp_path.glob("map.json.damaged-*"))
        assert [entry.read_bytes() for entry in kept] == [raw] * count
        assert kept[-1].name in said[-1]
        assert not path.exists()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ('{"path": "/x", "control": "knob"}', "assignment 2: Invalid enum value 'knob'"),
        ('{"path": "/x", "control": "cc", "number": 128}', "number is 128, must be 0..127"),
        ('{"path": "/x", "control": "cc", "channel": 0}', "channel"),
        ('{"path": "/x", "control": "note"}', "a note is a button"),
        ('{"path": "/x", "control": "pitch", "mode": "signed_bit"}', "needs a 'cc'"),
        ('{"path": "/x", "control": "cc", "low": 1, "high": 1}', "low and high"),
        ('{"path": "/x", "control": "cc", "chanel": 1}', "chanel"),
        ("7", "assignment 2"),
    ],
)
def test_one_wrong_assignment_costs_no_other(tmp_path: Path, entry: str, words: str) -> None:
    path, said = tmp_path / "map.json", list[str]()
    good = '{"path": "/good", "control": "cc", "number": 3}'
    path.write_text(f'{{"assignments": [{good}, {entry}]}}')
    assert [a.path for a in read_map(path, said.append).assignments] == ["/good"]
    assert words in said[0]
    assert entry in next(tmp_path.glob("map.json.damaged-*")).read_text()
    assert [a.path for a in read_map(path, said.append).assignments] == ["/good"]
    assert len(said) == 1


def test_named_file_is_the_map() -> None:
    assert map_path("here.json") == Path("here.json")
    assert map_path(None).name == "midi.json"


def test_every_starting_assignment_can_be_played() -> None:
    flat = addresses(TABLE, ShowEngine().state())
    assignments = starter(SPEC.stems).assignments
    for place, assignment in enumerate(assignments):
        Hand(assignment, flat[assignment.path])
        assert not any(assignment.overlaps(other) for other in assignments[:place])


def test_the_file_in_the_documentation_can_be_played() -> None:
    page = (Path(__file__).parents[2] / "docs" / "midi.md").read_text()
    midi_map, wrong = decoded(page.split("```json")[1].split("```")[0].encode())
    flat = addresses(TABLE, ShowEngine().state())
    assert wrong == []
    assert len(midi_map.assignments) == 5
    for assignment in midi_map.assignments:
        Hand(assignment, flat[assignment.path])
