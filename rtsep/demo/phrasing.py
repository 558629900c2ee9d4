"""When and how high each sound of a phrase is sung, from the score and the times of the spoken phonemes.

The way from speech to singing follows T. Saitou et al., "Speech-to-singing synthesis", 2007: glides, overshoot,
vibrato and drift on the pitch, vowels stretched, consonants left as they are and placed before the beat.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rtsep.demo.score import BEAT_S, Phrase
from rtsep.demo.speech import Phoneme
from rtsep.errors import RtsepError

FRAME_S = 0.005
"""Time between two points of every curve here."""
VIBRATO_HZ = 5.6
SHORTEST_CONSONANT = 0.45
"""A consonant is never shortened below this share of its spoken length."""


@dataclass(frozen=True)
class Take:
    """How one take is sung.

    `late_s` behind the beat; `formant` above 1 sounds like a smaller singer; `breath` is the share of noise in the
    upper part of the voice, 0 to 1; `seed` draws timing and drift.
    """

    seed: int
    late_s: float = 0.0
    formant: float = 1.0
    vibrato_cents: float = 32.0
    detune_cents: float = 0.0
    breath: float = 0.25


def hertz(pitch: np.ndarray | float) -> np.ndarray | float:
    """Frequency of MIDI pitches, A4 = 440 Hz.

    >>> hertz(69.0)
    440.0
    """
    return 440.0 * 2.0 ** ((pitch - 69.0) / 12.0)


def pitch_curve(phrase: Phrase, times_s: np.ndarray, take: Take, rng: np.random.Generator) -> np.ndarray:
    """MIDI pitch (N,) of the voice at `times_s`, seconds of the song `FRAME_S` apart."""
    starts, pitches, lengths = note_runs(phrase)
    index = np.clip(np.searchsorted(starts, times_s + 0.03, side="right") - 1, 0, len(starts) - 1)
    curve = glide(pitches[index].astype(float))
    since = times_s - starts[index]
    depth = np.where(lengths[index] > 0.5, np.clip((since - 0.22) / 0.3, 0.0, 1.0), 0.0) * take.vibrato_cents / 100
    rate = VIBRATO_HZ * (1 + 0.04 * np.sin(2 * np.pi * 0.31 * times_s + take.seed))
    vibrato = depth * np.sin(2 * np.pi * np.cumsum(rate) * FRAME_S)
    scoop = -1.2 * np.exp(-np.maximum(0.0, times_s - starts[0] + 0.06) / 0.045)
    knots = np.arange(times_s[0], times_s[-1] + 0.3, 0.15)
    drift = np.interp(times_s, knots, rng.normal(0.0, 0.05, knots.size))
    return curve + vibrato + scoop + drift + take.detune_cents / 100


def note_runs(phrase: Phrase) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Start (s), MIDI pitch and length (s) of every note of the phrase."""
    starts, pitches, lengths = [], [], []
    for syllable in phrase.syllables:
        beat = syllable.start
        for pitch, beats in syllable.notes:
            starts.append(beat * BEAT_S)
            pitches.append(pitch)
            lengths.append(beats * BEAT_S)
            beat += beats
    return np.array(starts), np.array(pitches), np.array(lengths)


def glide(steps: np.ndarray, natural_hz: float = 9.0, damping: float = 0.75) -> np.ndarray:
    """Steps followed by an under-damped second-order system: singers overshoot a little before they settle."""
    w = 2 * np.pi * natural_hz * FRAME_S / 4
    out, value, speed = np.empty_like(steps), steps[0], 0.0
    for index, target in enumerate(steps):
        for _ in range(4):
            speed += w * (w * (target - value) - 2 * damping * speed)
            value += speed
        out[index] = value
    return out


def time_map(phrase: Phrase, phonemes: tuple[Phoneme, ...], late_s: float) -> tuple[np.ndarray, np.ndarray]:
    """Knots (seconds of the song, seconds of the speech) that put every vowel on its note.

    Consonants end where the next vowel starts, so they fall before the beat, as singers do.
    """
    vowels = [index for index, phoneme in enumerate(phonemes) if phoneme.is_vowel]
    if len(vowels) != len(phrase.syllables):
        names = " ".join(phoneme.name for phoneme in phonemes)
        raise RtsepError(f"{phrase.words!r} has {len(phrase.syllables)} syllables but espeak-ng speaks {names!r}")
    first = phonemes[vowels[0]]
    song = [phrase.syllables[0].start * BEAT_S + late_s - (first.start_s - phonemes[0].start_s)]
    speech = [phonemes[0].start_s]
    for rank, (index, syllable) in enumerate(zip(vowels, phrase.syllables, strict=True)):
        vowel = phonemes[index]
        following = phonemes[vowels[rank + 1]] if rank + 1 < len(vowels) else None
        onset, release = syllable.start * BEAT_S + late_s, syllable.end * BEAT_S + late_s
        tail_s = (following.start_s if following else phonemes[-1].end_s) - vowel.end_s
        room_s = max(0.4 * (release - onset), release - onset - 0.12)
        stop = release - min(tail_s, max(SHORTEST_CONSONANT * tail_s, room_s)) if following else release
        stop = max(stop, onset + 0.06)
        _add_vowel(song, speech, vowel, onset, stop)
        if not following:
            song.append(stop + tail_s)
            speech.append(phonemes[-1].end_s)
    return np.array(song), np.array(speech)


def _add_vowel(song: list[float], speech: list[float], vowel: Phoneme, onset: float, stop: float) -> None:
    """Knots of one vowel: its beginning and its end at natural speed, its steady part stretched to fill the note.

    A diphthong (two letters, the second a glide) holds its first half and moves on at the end.
    """
    length = vowel.end_s - vowel.start_s
    is_diphthong = len(vowel.name) > 1 and vowel.name[1] in "IU"
    head, tail = (0.2, 0.42) if is_diphthong else (0.25, 0.75)
    edges = head * length + (1 - tail) * length
    scale = min(1.0, 0.6 * (stop - onset) / edges)
    song += [onset, onset + head * length * scale, stop - (1 - tail) * length * scale, stop]
    speech += [vowel.start_s, vowel.start_s + head * length, vowel.start_s + tail * length, vowel.end_s]


def loudness_curve(phrase: Phrase, times_s: np.ndarray) -> np.ndarray:
    """Gain (N,) of the voice at `times_s`: long notes swell by 1 dB and then give way by 3 dB."""
    gain_db = np.zeros_like(times_s)
    for syllable in phrase.syllables:
        start_s, length_s = syllable.start * BEAT_S, (syllable.end - syllable.start) * BEAT_S
        if length_s > 0.6:
            place = (times_s - start_s) / length_s
            inside = (place >= 0) & (place <= 1)
            gain_db[inside] += np.sin(np.pi * place[inside]) - 3.0 * place[inside] ** 3
    smooth = np.hanning(17)
    return 10 ** (np.convolve(np.pad(gain_db, 8, mode="edge"), smooth / smooth.sum(), "valid") / 20)
