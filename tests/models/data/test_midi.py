"""MIDI files as songs, and the sound fonts that play them."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import mido
import numpy as np
import pytest

from rtsep_models.data.band.soundfonts import FOLDERS, Event, Part, find_sound_font, render_parts
from rtsep_models.data.band.splits import SOUND_FONTS
from rtsep_models.data.catalogue import songs_of
from rtsep_models.data.config import Source
from rtsep_models.data.midi import midi_songs, read_parts, split_of
from rtsep_models.data.songs import SAMPLE_RATE, STEMS, DataError

FONT = SOUND_FONTS["validation"]
INSTALLED = shutil.which("fluidsynth") is not None and any((folder / FONT).exists() for folder in FOLDERS)
needs_fluidsynth = pytest.mark.skipif(not INSTALLED, reason=f"fluidsynth or {FONT} is not installed")
TEMPO = 400_000
"""Microseconds per beat."""


def _note(channel: int, note: int) -> list[mido.Message]:
    return [
        mido.Message("note_on", channel=channel, note=note, velocity=100),
        mido.Message("note_off", channel=channel, note=note, time=480),
    ]


def _write(path: Path) -> Path:
    """Four beats: a guitar that becomes a bass, drums, a choir, each in a track of its own."""
    file = mido.MidiFile(ticks_per_beat=480)
    file.tracks.append(mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=TEMPO)]))
    guitar = [mido.Message("program_change", channel=0, program=24), *_note(0, 60), *_note(0, 62)]
    guitar += [mido.Message("program_change", channel=0, program=33), *_note(0, 33), *_note(0, 35)]
    file.tracks.append(mido.MidiTrack(guitar))
    file.tracks.append(mido.MidiTrack([message for beat in range(4) for message in _note(9, 36 + 2 * beat)]))
    choir = [mido.Message("program_change", channel=3, program=52), *_note(3, 64), *_note(3, 67)]
    file.tracks.append(mido.MidiTrack(choir))
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)
    return path


def _played(midi: bytes) -> list[tuple[float, int]]:
    """(second, pitch) of every note."""
    now, notes = 0.0, []
    for message in mido.MidiFile(file=io.BytesIO(midi)):
        now += message.time
        if message.type == "note_on" and message.velocity:
            notes.append((round(now, 3), message.note))
    return notes


def test_parts_go_to_their_stems_at_their_times(tmp_path: Path) -> None:
    parts = read_parts(_write(tmp_path / "song.mid"))
    assert {key: _played(midi) for key, midi in parts.items()} == {
        ("other", 0): [(0.0, 60), (0.4, 62)],
        ("bass", 0): [(0.8, 33), (1.2, 35)],
        ("drums", 9): [(0.0, 36), (0.4, 38), (0.8, 40), (1.2, 42)],
        ("vocals", 3): [(0.0, 64), (0.4, 67)],
    }
    lengths = {mido.MidiFile(file=io.BytesIO(midi)).length for midi in parts.values()}
    assert max(lengths) == pytest.approx(1.6)
    assert len(lengths) == 1


def test_file_that_is_no_midi_is_named(tmp_path: Path) -> None:
    (tmp_path / "song.mid").write_bytes(b"RIFF....")
    with pytest.raises(DataError, match=r"song\.mid"):
        read_parts(tmp_path / "song.mid")


def test_file_without_notes_is_refused(tmp_path: Path) -> None:
    mido.MidiFile(tracks=[mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=TEMPO)])]).save(tmp_path / "empty.mid")
    with pytest.raises(DataError, match="no notes"):
        read_parts(tmp_path / "empty.mid")


def test_endless_file_is_refused(tmp_path: Path) -> None:
    track = mido.MidiTrack([*_note(0, 60), mido.MetaMessage("end_of_track", time=480 * 3000)])
    mido.MidiFile(tracks=[track]).save(tmp_path / "long.mid")
    with pytest.raises(DataError, match="600 s"):
        read_parts(tmp_path / "long.mid")


def test_folder_without_midi_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no MIDI files"):
        list(midi_songs(tmp_path, "train"))


def test_missing_fluidsynth_is_one_line_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match="apt-get install fluidsynth"):
        find_sound_font(FONT)


def test_missing_sound_font_is_one_line_with_its_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "fluidsynth"
    program.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DataError, match=r"TimGM6mb\.sf2.*apt-get install"):
        find_sound_font("TimGM6mb.sf2", [tmp_path / "nowhere"])
    (tmp_path / FONT).touch()
    assert find_sound_font(FONT, [tmp_path]) == tmp_path / FONT


def test_copies_of_a_file_are_in_one_split(tmp_path: Path) -> None:
    names = [f"song {number}.mid" for number in range(200)]
    found = [split_of(tmp_path / name) for name in names]
    assert {"train", "validation", "test"} == set(found)
    assert found == [split_of(tmp_path / "elsewhere" / name.upper()) for name in names]


@needs_fluidsynth
def test_folder_becomes_songs_of_four_stems(tmp_path: Path) -> None:
    names = [f"song {number}" for number in range(20)]
    name = next(name for name in names if split_of(Path(f"{name}.mid")) == "validation")
    other = next(name for name in names if split_of(Path(f"{name}.mid")) == "train")
    _write(tmp_path / "midi" / "folk" / f"{name}.mid")
    _write(tmp_path / "midi" / f"{other}.mid")
    source = Source("midi", str(tmp_path / "midi"))
    songs = list(songs_of(source, "validation", tmp_path / "cache"))
    assert [song.name for song in songs] == [f"folk - {name}"]
    stems = {stem: songs[0].stems[stem].astype(float) for stem in STEMS}
    assert all(stem[: round(1.6 * SAMPLE_RATE)].any() for stem in stems.values())
    # The bass comes in at the third beat; before, it is only in the stem of its channel's first program.
    assert not stems["bass"][: round(0.75 * SAMPLE_RATE)].any()
    assert np.abs(sum(stems.values())).max() <= 0.9 * 32767 + 4


@needs_fluidsynth
def test_files_that_cannot_be_played_are_left_out_and_told_once(tmp_path: Path) -> None:
    whole, broken = [f"song {number}" for number in range(40) if split_of(Path(f"song {number}.mid")) == "validation"][
        :2
    ]
    _write(tmp_path / "midi" / f"{whole}.mid")
    (tmp_path / "midi" / f"{broken}.mid").write_bytes(b"RIFF....")
    source = Source("midi", str(tmp_path / "midi"))
    with pytest.warns(UserWarning, match=rf"left out: .*{broken}\.mid is not a MIDI file"):
        assert [song.name for song in songs_of(source, "validation", tmp_path / "cache")] == [whole]
    assert [song.name for song in songs_of(source, "validation", tmp_path / "cache")] == [whole]


@needs_fluidsynth
def test_parts_of_one_run_are_tuned_and_kept_apart() -> None:
    font = find_sound_font(FONT)
    parts = [Part(80, (Event(0.5, 1.0, 69, 100),)), Part(0, (), drums=True), Part(80, (Event(0.0, 0.2, 57, 100),))]
    high, silent, low = render_parts(parts, font, 2 * SAMPLE_RATE, 50.0)
    assert not silent.any()
    assert np.abs(high[:, : round(0.49 * SAMPLE_RATE)]).max() < 1e-4
    assert np.abs(low[:, SAMPLE_RATE:]).max() < 1e-3 * np.abs(low).max()
    tone = high[0, round(0.6 * SAMPLE_RATE) : round(1.4 * SAMPLE_RATE)]
    spectrum = np.abs(np.fft.rfft(tone * np.hanning(tone.size), 1 << 18))
    low_bin, high_bin = (round(hertz * (1 << 18) / SAMPLE_RATE) for hertz in (400.0, 500.0))
    hertz = (low_bin + np.argmax(spectrum[low_bin:high_bin])) * SAMPLE_RATE / (1 << 18)
    assert 1200 * np.log2(hertz / 440) == pytest.approx(50, abs=6)
