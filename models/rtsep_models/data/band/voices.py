"""Voices made to sing: recorded speech, syllables and sung vowels, moved to a melody by the WORLD vocoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rtsep.demo.effects import active_rms
from rtsep.demo.phrasing import FRAME_S, hertz
from rtsep.demo.world import rows_at
from rtsep.errors import RtsepError, did_you_mean
from rtsep_models.data.band.singers import Singer, Source, load_singer, read_vocals, sources
from rtsep_models.data.band.singing import (
    Style,
    Sung,
    SungNote,
    frame_map,
    gain_curve,
    pitch_curve,
)
from rtsep_models.data.band.splits import Split
from rtsep_models.data.band.syllables import Syllable
from rtsep_models.data.band.vocoder import NOISE_HZ, POINTS_HZ, Frames, synthesise

__all__ = ["SungNote", "VoiceBank"]
LEVEL = 0.1
"""Active RMS of a line: -20 dBFS."""
BREATH_GAP_S = 0.18
"""A longer gap between notes ends a phrase."""
SHORTEST_NOTE_S = 0.06
SILENCE_DB = 100.0
_KEPT = 24
"""Singers kept in memory, at about 1 MB each."""
_PULL = 0.75
"""How much of the differences in level between syllables is taken back."""
_NEPER_DB = np.log(10) / 10


class VoiceBank:
    """The singers of one split of a folder of samples.

    `cache` keeps analysed voices between runs and processes; None analyses anew. Raises `RtsepError` when the folder
    has no manifest or no voice of that split. One thread at a time; several processes may share a cache.
    """

    def __init__(self, samples: Path, split: Split, sample_rate: int, cache: Path | None) -> None:
        self._samples, self._rate, self._cache = samples, sample_rate, cache
        self._sources = {source.name: source for source in sources(read_vocals(samples, split))}
        if not self._sources:
            raise RtsepError(f"{samples} has no voices for the split {split!r}; add vocals to its manifest")
        self._kept: dict[str, Singer | None] = {}

    @property
    def singers(self) -> tuple[str, ...]:
        """Names of all singers; one whose recordings hold too little is found out only when it is loaded."""
        return tuple(self._sources)

    def sing(
        self,
        notes: Sequence[SungNote],
        rng: np.random.Generator,
        duration_s: float,
        singer: str | None = None,
    ) -> np.ndarray:
        """One line sung by one singer, mono (T,) float32 of `duration_s`, -20 dBFS RMS while it sounds.

        The singer is drawn by `rng` unless named, so a second take by the same one doubles the line. Notes are moved by
        octaves into the singer's comfortable range, and cut where they overlap or pass the end. Raises `RtsepError` for
        an unknown singer or a recording that cannot be read.
        """
        track = np.zeros(round(duration_s * self._rate))
        voice = self._load(singer) if singer is not None else self._draw(rng)
        style = Style.draw(rng)
        line = _fold(_one_at_a_time(notes, duration_s), voice, style)
        words = _Words(voice, rng)
        for phrase in _phrases(line):
            sung = words.on(phrase, style)
            audio, start_s = self._phrase(sung, voice, style, rng)
            begin = round(start_s * self._rate)
            audio = audio[max(0, -begin) : max(0, track.size - begin)]
            track[max(0, begin) : max(0, begin) + audio.size] += audio
        if np.any(track):
            track *= LEVEL / active_rms(track)
        return track.astype(np.float32)

    def _draw(self, rng: np.random.Generator) -> Singer:
        """A singer at random: every voice as likely as another, whatever the number of its recordings."""
        voices: dict[str, list[str]] = {}
        for name, source in self._sources.items():
            voices.setdefault(_family(source), []).append(name)
        weights = np.array([_WEIGHTS.get(family, 1.0) for family in voices])
        for _ in range(100):
            family = list(voices)[rng.choice(len(voices), p=weights / weights.sum())]
            name = voices[family][rng.integers(len(voices[family]))]
            if (found := self._get(name)) is not None:
                return found
        raise RtsepError(f"none of {len(self._sources)} voices in {self._samples} can be sung; record voiced speech")

    def _load(self, name: str) -> Singer:
        if name not in self._sources:
            raise RtsepError(f"there is no singer {name!r}; {did_you_mean(name, self._sources)}")
        if (found := self._get(name)) is None:
            raise RtsepError(f"the recordings of {name!r} hold too few syllables; name another singer")
        return found

    def _get(self, name: str) -> Singer | None:
        if name not in self._kept:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = load_singer(self._samples, self._sources[name], self._cache)
        return self._kept[name]

    def _phrase(
        self, phrase: Sequence[Sung], voice: Singer, style: Style, rng: np.random.Generator
    ) -> tuple[np.ndarray, float]:
        """One phrase (T,) float64 and the second where it starts."""
        song, frame = frame_map(phrase, style.late_s, style.speaks)
        times = np.arange(song[0] - 0.03, song[-1] + 0.08, FRAME_S)
        places = np.interp(times, song, frame)
        silent = np.isnan(places)
        places = np.nan_to_num(places)
        held = _in_vowel(phrase, places)
        wander = np.convolve(rng.standard_normal(times.size + 30), np.hanning(31) / 4.0, "valid")
        places = np.clip(places + np.where(held, wander, 0.0), 0, len(voice.frames) - 1.001)
        near = np.round(places).astype(int)
        voiced = (voice.frames.f0[near] > 0) | held
        if style.speaks:
            f0 = _spoken_pitch(voice.frames.f0[near]) * float(hertz(69 + style.transpose / 2) / 440)
        else:
            f0 = np.asarray(hertz(pitch_curve(phrase, times - style.late_s, style, rng)))
        gain_db = gain_curve(phrase, times - style.late_s, rng) + _levelling(phrase, voice, places)
        gain_db = np.where(voiced, gain_db, gain_db + style.consonant_db) - np.where(silent, SILENCE_DB, 0.0)
        frames = Frames(
            np.where(voiced, np.clip(f0, 45.0, 1500.0), 0.0),
            rows_at(voice.frames.envelope, places),
            rows_at(voice.frames.noise, places),
        )
        return synthesise(_coloured(frames, gain_db, style), self._rate, style.formant), float(times[0])


_WEIGHTS = {"librispeech_excerpts": 6.0, "kerstin_de": 3.0, "berklee_voices": 1.5, "erithacus_utau": 2.0}


def _family(source: Source) -> str:
    return str(source.entries[0]["set"])


def _one_at_a_time(notes: Sequence[SungNote], duration_s: float) -> list[SungNote]:
    """Notes in order, each ended by the next and by the end of the song."""
    ordered = sorted((note for note in notes if note.start_s >= 0), key=lambda note: note.start_s)
    ends = [note.start_s for note in ordered[1:]] + [duration_s]
    cut = [
        SungNote(note.start_s, min(note.duration_s, end - note.start_s), note.midi, note.velocity)
        for note, end in zip(ordered, ends, strict=True)
    ]
    return [note for note in cut if note.duration_s >= SHORTEST_NOTE_S]


def _fold(notes: Sequence[SungNote], voice: Singer, style: Style) -> list[SungNote]:
    """The line moved by octaves so that its middle is the singer's, then single notes that are still out of reach."""
    if not notes:
        return []
    centre = (voice.low + voice.high) / 2 + style.transpose
    octaves = 12 * round((centre - float(np.median([note.midi for note in notes]))) / 12)
    folded = []
    for note in notes:
        midi = note.midi + octaves
        while midi > voice.high + 5 and midi - 12 >= voice.low - 5:
            midi -= 12
        while midi < voice.low - 5 and midi + 12 <= voice.high + 5:
            midi += 12
        folded.append(SungNote(note.start_s, note.duration_s, midi, note.velocity))
    return folded


def _phrases(notes: Sequence[SungNote]) -> list[list[SungNote]]:
    phrases: list[list[SungNote]] = []
    for note in notes:
        if not phrases or note.start_s - phrases[-1][-1].end_s > BREATH_GAP_S:
            phrases.append([])
        phrases[-1].append(note)
    return phrases


class _Words:
    """Syllables for one line: speech goes on where it stopped, sung vowels are chosen by pitch."""

    def __init__(self, voice: Singer, rng: np.random.Generator) -> None:
        self._voice, self._rng = voice, rng
        self._next = int(rng.integers(len(voice.syllables)))

    def on(self, notes: Sequence[SungNote], style: Style) -> list[Sung]:
        """The notes of one phrase with a syllable each, or one over several notes."""
        sung: list[Sung] = []
        for note in notes:
            legato = bool(sung) and note.start_s - sung[-1].end_s < 0.03
            if legato and not style.speaks and self._rng.random() < style.melisma:
                sung[-1] = Sung(sung[-1].syllable, (*sung[-1].notes, note))
            else:
                sung.append(Sung(self._syllable(note), (note,)))
        return sung

    def _syllable(self, note: SungNote) -> Syllable:
        syllables = self._voice.syllables
        if self._voice.source.is_vowels:
            by_pitch = sorted(syllables, key=lambda syllable: abs(syllable.midi - note.midi))
            return by_pitch[int(self._rng.integers(min(3, len(by_pitch))))]
        self._next = (self._next + 1) % len(syllables)
        return syllables[self._next]


def _in_vowel(phrase: Sequence[Sung], places: np.ndarray) -> np.ndarray:
    held = np.zeros(places.size, dtype=bool)
    for sung in phrase:
        held |= (places >= sung.syllable.vowel) & (places <= sung.syllable.release)
    return held


def _levelling(phrase: Sequence[Sung], voice: Singer, places: np.ndarray) -> np.ndarray:
    """Gain (N,) in dB that brings all syllables near the same level."""
    usual = float(np.median([syllable.level_db for syllable in voice.syllables]))
    gain_db = np.zeros(places.size)
    for sung in phrase:
        inside = (places >= sung.syllable.start) & (places <= sung.syllable.end)
        gain_db[inside] = _PULL * (usual - sung.syllable.level_db)
    smooth = np.hanning(9)
    return np.convolve(np.pad(gain_db, 4, mode="edge"), smooth / smooth.sum(), "valid")


def _spoken_pitch(f0: np.ndarray) -> np.ndarray:
    """Speech's own melody (N,), continued where it has none."""
    voiced = np.flatnonzero(f0 > 0)
    return np.interp(np.arange(f0.size), voiced, f0[voiced]) if voiced.size else np.full(f0.size, 120.0)


def _coloured(frames: Frames, gain_db: np.ndarray, style: Style) -> Frames:
    """Frames at their level, with the singer's brightness, ring near 3 kHz, air and breath; louder is brighter."""
    octaves = np.log2(np.maximum(POINTS_HZ, 100.0) / 700.0)
    tilt = np.clip(octaves / 3, -1, 1.2)
    ring = np.exp(-0.5 * (np.log2(np.maximum(POINTS_HZ, 1.0) / 2900.0) / 0.25) ** 2)
    air = np.clip(np.log2(np.maximum(POINTS_HZ, 1.0) / 6000.0), 0.0, 1.0)
    colour_db = style.bright_db * np.maximum(tilt, 0) + style.ring_db * ring + style.air_db * air
    effort = np.clip(gain_db, -15, 8)[:, None] * 0.35 * tilt
    voiced = (frames.f0 > 0)[:, None]
    shaped = gain_db[:, None] + np.where(voiced, colour_db + effort, style.air_db * air)
    breath = style.breath * np.clip((NOISE_HZ - 1500.0) / 6000.0, 0.02, 1.0)
    noise = np.where(voiced, np.maximum(frames.noise, np.log(breath + 1e-4)), 0.0)
    return Frames(frames.f0, frames.envelope + _NEPER_DB * shaped, noise)
