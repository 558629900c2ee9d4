"""Any folder of General MIDI files as songs: every part played by itself through a sound font, then grouped into stems.

Channel 10 is the drums; elsewhere the program decides: basses (33 to 40, counted from 1) are the bass, choirs and voices
(53 to 55) the vocals, everything else is other. Needs fluidsynth and the sound fonts that `band.splits` names.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import mido
import numpy as np
from numpy.typing import NDArray

from rtsep.demo.effects import active_rms
from rtsep.demo.midi import DRUM_CHANNEL, synthesise
from rtsep_models.data.band.chains import Strip, channel, in_space, random_space
from rtsep_models.data.band.mastering import master
from rtsep_models.data.band.soundfonts import find_sound_font
from rtsep_models.data.band.splits import SOUND_FONTS
from rtsep_models.data.config import Split
from rtsep_models.data.songs import SAMPLE_RATE, STEMS, DataError, Original, Stems

SUFFIXES = (".mid", ".midi")
BASSES, VOICES = range(32, 40), range(52, 55)
VALIDATION_SHARE = 8
"""One file in so many, chosen by its name's hash, is for validation and one for test."""
LONGEST_S = 600.0
Timed = tuple[int, Any]
"""A tick and a message of mido, whose fields depend on its type."""
BEAT_S = 0.5


def midi_songs(folder: Path, split: Split) -> Iterator[Original]:
    """The MIDI files under `folder` that belong to `split`, by name; test songs use the sound font of validation.

    Raises DataError if there is no MIDI file, or if fluidsynth or the split's sound font is not installed.
    """
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not files:
        raise DataError(f"no MIDI files ({', '.join(SUFFIXES)}) in {folder}; give the folder that holds them")
    font = find_sound_font(SOUND_FONTS["train" if split == "train" else "validation"])
    for path in files:
        if split_of(path) == split:
            yield Original(
                path.relative_to(folder).with_suffix("").as_posix().replace("/", " - "),
                [path],
                partial(play_file, path, font),
            )


def split_of(path: Path) -> Split:
    """Which split a file belongs to, by its name alone: copies of it in other folders go the same way."""
    rank = zlib.crc32(path.stem.lower().encode()) % VALIDATION_SHARE
    return "validation" if rank == 0 else "test" if rank == 1 else "train"


def play_file(path: Path, font: Path) -> tuple[Stems, int]:
    """The stems of one file, float32 (T, 2) each, and their sample rate. The same file gives the same samples.

    Raises DataError if it is no MIDI file, holds no notes or is longer than ten minutes; RtsepError if fluidsynth fails.
    """
    parts = read_parts(path)
    rng = np.random.default_rng(zlib.crc32(path.stem.encode()))
    played = {key: synthesise(midi, font, SAMPLE_RATE) for key, midi in parts.items()}
    length = max(audio.shape[1] for audio in played.values())
    dry = {name: np.zeros((2, length), np.float32) for name in STEMS}
    for (name, _), audio in played.items():
        dry[name][:, : audio.shape[1]] += _treated(audio, name, rng)
    stems = []
    for stem in dry.values():
        space = random_space(rng, BEAT_S, (0.05, 0.35), (0.4, 2.0))
        stems.append(in_space(stem, stem, space) if np.any(stem) else stem)
    mastered = master(np.stack(stems), rng)
    return {name: np.ascontiguousarray(stem.T) for name, stem in zip(STEMS, mastered, strict=True)}, SAMPLE_RATE


def _treated(audio: NDArray[np.float32], name: str, rng: np.random.Generator) -> NDArray[np.float32]:
    """A part through its own channel strip, as loud as the file wants it."""
    if not np.any(audio):
        return audio
    strip = Strip(low_hz=28.0 if name in ("bass", "drums") else 110.0)
    return channel(audio, strip, rng) * np.float32(active_rms(audio))


def stem_of(channel_number: int, program: int) -> str:
    """Which stem a note belongs to; both numbers count from 0.

    >>> stem_of(9, 0), stem_of(0, 33), stem_of(0, 52), stem_of(0, 0)
    ('drums', 'bass', 'vocals', 'other')
    """
    if channel_number == DRUM_CHANNEL:
        return "drums"
    return "bass" if program in BASSES else "vocals" if program in VOICES else "other"


def read_parts(path: Path) -> Mapping[tuple[str, int], bytes]:
    """The file taken apart: for every (stem, channel) that has notes a Standard MIDI File of the whole length with those.

    Raises DataError as `play_file` does.
    """
    try:
        file = mido.MidiFile(path, clip=True)
        length_s = file.length
        messages = list(_timed(file))
    except (OSError, EOFError, ValueError, KeyError, IndexError) as error:
        raise DataError(f"{path} is not a MIDI file that can be played ({error}); delete it") from error
    programs = dict.fromkeys(range(16), 0)
    tracks: dict[tuple[str, int], list[Timed]] = {}
    sounding: dict[tuple[int, int], str] = {}
    for tick, message in messages:
        if message.type == "program_change":
            programs[message.channel] = message.program
        if message.type not in ("note_on", "note_off"):
            continue
        key = (message.channel, message.note)
        # A note ends in the part that it began in, even if the program has changed meanwhile.
        if message.type == "note_on" and message.velocity > 0:
            sounding[key] = stem_of(message.channel, programs[message.channel])
        stem = sounding.get(key)
        if stem is not None:
            tracks.setdefault((stem, message.channel), []).append((tick, message))
    if not tracks:
        raise DataError(f"{path} holds no notes; delete it")
    if length_s > LONGEST_S:
        raise DataError(f"{path} is {length_s:.0f} s long, must be at most {LONGEST_S:.0f} s; delete it or cut it")
    common = [(tick, m) for tick, m in messages if m.type == "set_tempo"]
    end = messages[-1][0]
    parts = {}
    for (stem, number), notes in sorted(tracks.items()):
        controls = [
            (t, m)
            for t, m in messages
            if not m.is_meta and getattr(m, "channel", None) == number and m.type[:4] != "note"
        ]
        parts[stem, number] = _file(
            sorted([*common, *controls, *notes], key=lambda item: item[0]), end, file.ticks_per_beat
        )
    return parts


def _timed(file: mido.MidiFile) -> Iterator[Timed]:
    """(tick, message) of all tracks together, in order."""
    now = 0
    for message in mido.merge_tracks(file.tracks):
        now += message.time
        yield now, message


def _file(messages: list[Timed], end: int, ticks_per_beat: int) -> bytes:
    track = mido.MidiTrack()
    now = 0
    for tick, message in messages:
        track.append(message.copy(time=tick - now))
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - now)))
    buffer = io.BytesIO()
    mido.MidiFile(type=0, ticks_per_beat=ticks_per_beat, tracks=[track]).save(file=buffer)
    return buffer.getvalue()
