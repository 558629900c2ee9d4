"""Voices made to sing: recorded speech, syllables and sung vowels, moved to a melody by the WORLD vocoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rtsep.demo.effects import active_rms
from rtsep.demo.phrasing import FRAME_S, hertz
from rtsep.demo.world import rows_at
from rtsep.errors import RtsepError, did_you_mean
from rtsep_models.data.band.colour import coloured, inhale, levelling, loudness, smoothed
from rtsep_models.data.band.ensembles import Recorded, roughened
from rtsep_models.data.band.lines import Words, divided, fold, one_at_a_time, phrases
from rtsep_models.data.band.manner import Manner
from rtsep_models.data.band.singers import Singer, load_singer, read_vocals, sources
from rtsep_models.data.band.singing import Sung, SungNote, frame_map, gain_curve, pitch_curve
from rtsep_models.data.band.splits import Split
from rtsep_models.data.band.vocoder import Frames, dispersed, synthesise

__all__ = ["SungNote", "VoiceBank"]
LEVEL = 0.1
"""Active RMS of a line: -20 dBFS."""
RECORDED_GROWLS = 0.7
"""Share of growled lines that are recorded ones."""
SILENCE_DB = 100.0
KEPT = 24
"""Singers kept in memory, at about 1 MB each."""
WEIGHTS = {"librispeech_excerpts": 6.0, "kerstin_de": 2.0, "berklee_voices": 1.5, "erithacus_utau": 2.0}
"""How often the singers of a sample set are heard, where not 1."""


class VoiceBank:
    """The singers of one split of a folder of samples.

    `cache` keeps analysed voices between runs and processes; None analyses anew. Raises `RtsepError` when the folder
    has no manifest or no voice of that split. One thread at a time; several processes may share a cache.
    """

    def __init__(self, samples: Path, split: Split, sample_rate: int, cache: Path | None) -> None:
        self._samples, self._rate, self._cache = samples, sample_rate, cache
        entries = read_vocals(samples, split)
        self._sources = {source.name: source for source in sources(entries)}
        self._recorded = Recorded(samples, entries, sample_rate)
        if not self._sources:
            raise RtsepError(f"{samples} has no voices for the split {split!r}; add vocals to its manifest")
        self._kept: dict[str, Singer | None] = {}

    @property
    def singers(self) -> tuple[str, ...]:
        """Names of all singers; one whose recordings hold too little is found out only when it is loaded."""
        return tuple(self._sources)

    def sing(
        self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float, singer: str | None = None
    ) -> np.ndarray:
        """One line sung by one singer, mono (T,) float32 of `duration_s`, -20 dBFS RMS while it sounds.

        The singer is drawn by `rng` unless named, so a second take by the same one doubles the line. Notes are moved by
        octaves into the singer's comfortable range, and cut where they overlap or pass the end; one line in ten is
        spoken in its rhythm. Raises `RtsepError` for an unknown singer or a recording that cannot be read.
        """
        voice = self._draw(rng) if singer is None else self._named(singer)
        manner = Manner.draw(rng)
        line = one_at_a_time(notes, duration_s)
        line = divided(line) if manner.speaks else fold(line, voice, manner.transpose)
        return self._render(line, voice, manner, rng, duration_s)

    def scream(
        self, rng: np.random.Generator, starts_durations_s: Sequence[tuple[float, float]], duration_s: float
    ) -> np.ndarray:
        """Growls and screams without a pitch, one at each (start, duration) in seconds: mono (T,) float32, -20 dBFS.

        Recorded ones where the split has any, and otherwise or now and then speech driven until it growls. Raises
        `RtsepError` when a recording cannot be read.
        """
        times = [(start, length) for start, length in starts_durations_s if 0 <= start < duration_s]
        if self._recorded.growls and rng.random() < RECORDED_GROWLS:
            return _levelled(self._recorded.growl(times, rng, round(duration_s * self._rate)))
        manner = Manner.growling(rng)
        pitch = float(rng.choice([38.0, 45.0, 62.0]))
        notes = [SungNote(start, length, pitch + rng.uniform(-3, 3), 0.9) for start, length in times]
        line = divided(one_at_a_time(notes, duration_s))
        return _levelled(roughened(self._render(line, self._draw(rng), manner, rng, duration_s), self._rate, rng))

    def choir(self, notes: Sequence[SungNote], rng: np.random.Generator, duration_s: float) -> np.ndarray:
        """Chords on one vowel, notes may overlap: mono (T,) float32, -20 dBFS RMS while it sounds.

        Sung by a recorded ensemble, moved by octaves into its range; silence where the split has none. Raises
        `RtsepError` when a recording cannot be read.
        """
        size = round(duration_s * self._rate)
        within = [note for note in notes if 0 <= note.start_s < duration_s]
        if not self._recorded.choirs:
            return np.zeros(size, np.float32)
        return _levelled(self._recorded.choir(within, rng, size))

    def _render(
        self, line: Sequence[SungNote], voice: Singer, manner: Manner, rng: np.random.Generator, duration_s: float
    ) -> np.ndarray:
        track = np.zeros(round(duration_s * self._rate))
        words = Words(voice, rng)
        ended_s = 0.0
        for phrase in phrases(line):
            frames, start_s = _phrase(words.on(phrase, manner), voice, manner, rng)
            self._add(track, frames, start_s, manner.formant)
            if rng.random() < manner.breathes and start_s - ended_s > 0.5:
                drawn = inhale(float(loudness(frames.envelope).max()) - rng.uniform(16, 30), rng)
                self._add(track, drawn, start_s - 0.02 - len(drawn) * FRAME_S, 1.0)
            ended_s = phrase[-1].end_s
        return _levelled(dispersed(track, self._rate, manner.spread_s, rng))

    def _add(self, track: np.ndarray, frames: Frames, start_s: float, formant: float) -> None:
        """Add the sound of `frames` to `track` in place, cut where the track begins and ends."""
        audio = synthesise(frames, self._rate, formant)
        begin = round(start_s * self._rate)
        audio = audio[max(0, -begin) : max(0, track.size - begin)]
        track[max(0, begin) : max(0, begin) + audio.size] += audio

    def _draw(self, rng: np.random.Generator) -> Singer:
        """A singer at random, first the sample set, then one of its voices."""
        sets: dict[str, list[str]] = {}
        for name, source in self._sources.items():
            sets.setdefault(source.entries[0]["set"], []).append(name)
        weights = np.array([WEIGHTS.get(name, 1.0) for name in sets])
        for _ in range(100):
            names = list(sets.values())[rng.choice(len(sets), p=weights / weights.sum())]
            if (found := self._get(names[rng.integers(len(names))])) is not None:
                return found
        raise RtsepError(f"none of {len(self._sources)} voices in {self._samples} can be sung; record voiced speech")

    def _named(self, name: str) -> Singer:
        if name not in self._sources:
            raise RtsepError(f"there is no singer {name!r}; {did_you_mean(name, self._sources)}")
        if (found := self._get(name)) is None:
            raise RtsepError(f"the recordings of {name!r} hold too few syllables; name another singer")
        return found

    def _get(self, name: str) -> Singer | None:
        if name not in self._kept:
            if len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[name] = load_singer(self._samples, self._sources[name], self._cache)
        return self._kept[name]


def _levelled(track: np.ndarray) -> np.ndarray:
    """`track` (T,) float32 at `LEVEL`; silence stays silence."""
    return (track * (LEVEL / active_rms(track)) if np.any(track) else track).astype(np.float32)


def _phrase(phrase: Sequence[Sung], voice: Singer, manner: Manner, rng: np.random.Generator) -> tuple[Frames, float]:
    """Frames of one phrase and the second where it starts."""
    song, frame = frame_map(phrase, manner.late_s, manner.speaks)
    times = np.arange(song[0] - 0.03, song[-1] + 0.08, FRAME_S)
    places = np.interp(times, song, frame)
    silent = np.isnan(places)
    places = np.nan_to_num(places)
    held = _in_vowel(phrase, places)
    wander = np.convolve(rng.standard_normal(times.size + 30), np.hanning(31) / 4.0, "valid")
    places = np.clip(places + np.where(held, wander, 0.0), 0, len(voice.frames) - 1.001)
    near = np.round(places).astype(int)
    voiced = (voice.frames.f0[near] > 0) | held
    if manner.speaks:
        f0 = _spoken_pitch(voice.frames.f0[near]) * float(hertz(69 + manner.transpose / 2)) / 440
    else:
        f0 = np.asarray(hertz(pitch_curve(phrase, times - manner.late_s, manner, rng)))
    gain_db = gain_curve(phrase, times - manner.late_s, rng) + levelling(phrase, voice.syllables, places)
    gain_db = np.where(silent, -SILENCE_DB, gain_db)
    # Vowels that were sung one by one run into each other; the edges of speech stay sharp.
    envelope = smoothed(rows_at(voice.frames.envelope, places), 13 if voice.source.is_vowels else 3)
    frames = Frames(np.where(voiced, np.clip(f0, 45.0, 1500.0), 0.0), envelope, rows_at(voice.frames.noise, places))
    return coloured(frames, gain_db, manner), float(times[0])


def _in_vowel(phrase: Sequence[Sung], places: np.ndarray) -> np.ndarray:
    held = np.zeros(places.size, dtype=bool)
    for sung in phrase:
        held |= (places >= sung.syllable.vowel) & (places <= sung.syllable.release)
    return held


def _spoken_pitch(f0: np.ndarray) -> np.ndarray:
    """Speech's own melody (N,), continued where it has none."""
    voiced = np.flatnonzero(f0 > 0)
    return np.interp(np.arange(f0.size), voiced, f0[voiced]) if voiced.size else np.full(f0.size, 120.0)
