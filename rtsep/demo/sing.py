"""A singer made of a speaker: espeak-ng says the words, the WORLD vocoder moves them to the melody."""

from __future__ import annotations

import numpy as np
import soxr

from rtsep.demo.clip import SAMPLE_RATE
from rtsep.demo.effects import Band, equalise
from rtsep.demo.phrasing import FRAME_S, Take, hertz, loudness_curve, pitch_curve, time_map
from rtsep.demo.score import DURATION_S, Phrase
from rtsep.demo.speech import Speaker, Speech
from rtsep.demo.world import pyworld, rows_at

INHALE_S = 0.3
CEILING_HZ = 4500.0
"""Above this espeak-ng's voiced sounds have next to nothing."""


def sing(phrases: tuple[Phrase, ...], speaker: Speaker, take: Take) -> np.ndarray:
    """The phrases as one mono track (T,) float64 of the whole song, each at its place, a breath before each."""
    track = np.zeros(round(DURATION_S * SAMPLE_RATE))
    for number, phrase in enumerate(phrases):
        rng = np.random.default_rng((take.seed, number))
        voice, start_s = _sing_phrase(phrase, speaker.say(phrase.words), take, rng)
        voice /= np.abs(voice).max()
        gain = 10 ** (phrase.level_db / 20)
        _add(track, gain * voice, start_s)
        _add(track, 0.05 * gain * _inhale(rng), start_s - INHALE_S - 0.02)
    return track


def _add(track: np.ndarray, audio: np.ndarray, start_s: float) -> None:
    """Add `audio` (T,) to `track` in place, cut where the track ends."""
    begin = round(start_s * SAMPLE_RATE)
    audio = audio[: track.size - begin]
    track[begin : begin + audio.size] += audio


def _inhale(rng: np.random.Generator) -> np.ndarray:
    """The sound of breath drawn in (T,), peak 1: noise with a mouth's resonances."""
    noise = rng.standard_normal(round(INHALE_S * SAMPLE_RATE))
    bands = (Band("highpass", 900), Band("peak", 1700, 8, 2.0), Band("peak", 3600, 6, 2.0), Band("lowpass", 9000))
    breath = equalise(noise, *bands) * np.sin(np.linspace(0, np.pi, noise.size)) ** 2
    return breath / np.abs(breath).max()


def _sing_phrase(phrase: Phrase, speech: Speech, take: Take, rng: np.random.Generator) -> tuple[np.ndarray, float]:
    """One phrase (T,) and the second of the song where it starts."""
    world = pyworld()
    audio = soxr.resample(speech.audio, speech.sample_rate, SAMPLE_RATE)
    f0, at = world.harvest(audio, SAMPLE_RATE, f0_floor=70.0, f0_ceil=400.0, frame_period=1000 * FRAME_S)
    envelope = world.cheaptrick(audio, f0, at, SAMPLE_RATE)
    roughness = world.d4c(audio, f0, at, SAMPLE_RATE)
    song, spoken = time_map(phrase, speech.phonemes, take.late_s + float(rng.normal(0.0, 0.006)))
    times = np.arange(song[0] - 0.02, song[-1] + 0.05, FRAME_S)
    frames = np.clip(np.interp(times, song, spoken) / FRAME_S, 0, len(f0) - 1.001)
    is_voiced = f0[np.round(frames).astype(int)] > 0
    pitch = np.where(is_voiced, hertz(pitch_curve(phrase, times - take.late_s, take, rng)), 0.0)
    envelope = _formants(_at(envelope, frames), take.formant) * loudness_curve(phrase, times)[:, None] ** 2
    roughness = np.clip(_at(roughness, frames), 1e-6, 1.0)
    envelope, roughness = _brighten(envelope, roughness, is_voiced[:, None], take.breath)
    return world.synthesize(pitch, envelope, roughness, SAMPLE_RATE, 1000 * FRAME_S), float(times[0])


def _at(frames: np.ndarray, positions: np.ndarray) -> np.ndarray:
    """Rows (N, F) read at fractional positions, mixed in the logarithm."""
    return np.exp(rows_at(np.log(np.maximum(frames, 1e-16)), positions))


def _formants(envelope: np.ndarray, scale: float) -> np.ndarray:
    """Envelope (N, F) with its frequency axis stretched by `scale`."""
    bins = np.arange(envelope.shape[1])
    return np.exp(np.stack([np.interp(bins / scale, bins, np.log(row + 1e-16)) for row in envelope]))


def _brighten(
    envelope: np.ndarray, roughness: np.ndarray, is_voiced: np.ndarray, breath: float
) -> tuple[np.ndarray, np.ndarray]:
    """Power envelope and noise share (N, F) with the treble that espeak-ng lacks.

    Voiced frames go on above `CEILING_HZ` at -15 dB per octave, more and more as noise; hisses go on above the 9 kHz
    where the speech's own sample rate ends them.
    """
    hz = np.linspace(0.0, SAMPLE_RATE / 2, envelope.shape[1])
    voice = envelope[:, (hz > 3000) & (hz < CEILING_HZ)].mean(axis=1, keepdims=True)
    body = 0.12 * voice * (np.maximum(hz, CEILING_HZ) / CEILING_HZ) ** -5.0
    hiss = (
        envelope[:, (hz > 8200) & (hz < 9000)].mean(axis=1, keepdims=True) * (np.maximum(hz, 9000.0) / 9000.0) ** -5.0
    )
    bright = np.where(hz > 9000.0, hiss, envelope)
    # Spoken hisses are too loud for a song: what a de-esser would take off.
    bright = np.where(hz > CEILING_HZ, np.where(is_voiced, np.maximum(bright, body), 0.4 * bright), bright)
    noise = breath * np.clip((hz - 2500.0) / 5000.0, 0.0, 1.0) ** 0.5
    noise = np.maximum(noise, np.clip((hz - 5000.0) / 5000.0, 0.0, 1.0))
    return bright, np.where(is_voiced, np.maximum(roughness, noise), roughness)
