"""The General MIDI songs that come with the package: what is in them, and that they are what their composer writes."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest

from rtsep_models.data import midiset
from rtsep_models.data.band.styles import STYLES
from rtsep_models.data.catalogue import songs_of
from rtsep_models.data.config import Source, expand
from rtsep_models.data.midi import VOICES, read_parts, split_of
from rtsep_models.data.songs import STEMS, DataError

FILES = sorted(expand("package:midi").glob("*.mid"))
LARGEST = 200_000


def test_the_package_holds_what_the_composer_writes(tmp_path: Path) -> None:
    sizes = midiset.write(tmp_path)
    assert {path.name: path.read_bytes() for path in FILES} == {name: (tmp_path / name).read_bytes() for name in sizes}
    assert sum(sizes.values()) < LARGEST


def test_there_are_songs_of_every_style_for_training_and_for_validation() -> None:
    assert len(FILES) == 3 * len(STYLES)
    splits = [split_of(path) for path in FILES]
    assert splits.count("train") >= 20
    assert splits.count("validation") >= 3


@pytest.mark.parametrize("path", FILES[::7], ids=lambda path: path.stem)
def test_a_song_has_all_four_stems_and_a_singer(path: Path) -> None:
    assert {stem for stem, _ in read_parts(path)} == set(STEMS)
    file = mido.MidiFile(path)
    programs = {message.program for track in file.tracks for message in track if message.type == "program_change"}
    assert programs & set(VOICES)
    assert 25.0 < file.length < 60.0


@pytest.mark.parametrize("path", FILES[::5], ids=lambda path: path.stem)
def test_every_note_ends_before_its_pitch_begins_anew(path: Path) -> None:
    for track in mido.MidiFile(path).tracks:
        sounding: set[int] = set()
        for message in track:
            if message.type == "note_on" and message.velocity:
                assert message.note not in sounding
                sounding.add(message.note)
            elif message.type == "note_on":
                sounding.remove(message.note)
        assert not sounding


def test_without_fluidsynth_the_packages_that_bring_it_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted = "apt-get install fluidsynth fluid-soundfont-gm timgm6mb-soundfont"
    with pytest.raises(DataError, match=wanted):
        next(songs_of(Source("midi", "package:midi"), "train", tmp_path))
