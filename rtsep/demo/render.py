"""Plays, sings and mixes the demo clip again: `python -m rtsep.demo.render` rewrites `rtsep/demo/clip/*.ogg`.

Needs `apt-get install fluidsynth fluid-soundfont-gm espeak-ng` and `pip install pyworld`; takes about half a minute.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import soundfile

from rtsep.demo import band
from rtsep.demo.clip import SAMPLE_RATE, STEMS
from rtsep.demo.drums import drum_parts
from rtsep.demo.effects import Band, active_rms, compress, equalise, pan, reverberate, saturate, widen
from rtsep.demo.midi import SAMPLES, play
from rtsep.demo.phrasing import Take
from rtsep.demo.score import CHORUS_PHRASES, MELODY, harmony
from rtsep.demo.sing import sing
from rtsep.demo.speech import Speaker
from rtsep.errors import RtsepError

PEAK = 0.85
"""Peak of the sum of the four stems; Vorbis moves it by a few hundredths."""
COMPRESSION_LEVEL = 0.68
BALANCE_DB = {"vocals": -1.0, "drums": 0.0, "bass": -1.5, "other": -2.0}
"""Level of each stem where it plays, relative to the drums."""
FADE_IN_S, FADE_OUT_S = 0.01, 1.2
LEAD = Take(1, formant=1.03)


def drums() -> np.ndarray:
    """The drum stem (2, T): five faders, one room, parallel compression."""
    groups = {name: play(part) for name, part in drum_parts().items()}
    low = (Band("highpass", 32), Band("peak", 62, 1.5, 1.0), Band("peak", 350, -5), Band("high", 3500, 4))
    kick = equalise(groups["kick"], *low)
    snare = equalise(groups["snare"], Band("highpass", 90), Band("peak", 200, 2), Band("high", 5000, 4))
    toms = widen(equalise(groups["toms"], Band("highpass", 60), Band("peak", 400, -4), Band("high", 4000, 3)), 1.6)
    hats = pan(equalise(groups["hats"], Band("highpass", 300)), 0.4)
    cymbals = widen(equalise(groups["cymbals"], Band("highpass", 250)), 1.8)
    dry = 0.95 * kick + 1.15 * snare + toms + hats + 0.75 * cymbals
    room = reverberate(0.15 * kick + snare + 0.8 * toms + 0.25 * hats + 0.3 * cymbals, 0.9, 0.012, 1)
    kit = dry + 0.24 * room + 0.8 * compress(dry, -36, 6, 0.004, 0.09)
    return saturate(kit / np.abs(kit).max(), 2.2)


def bass() -> np.ndarray:
    """The bass stem (2, T), in the centre."""
    mono = play(band.bass()).mean(axis=0)
    mono = equalise(mono, Band("highpass", 35), Band("peak", 320, 4, 0.8), Band("peak", 900, 7, 0.8))
    mono = compress(mono / np.abs(mono).max(), -20, 3.5, 0.012, 0.15)
    return np.stack([saturate(mono, 4.0)] * 2)


def other() -> np.ndarray:
    """Guitars, electric piano and strings (2, T), spread from left to right."""
    faders = (
        (band.arpeggio(), -0.35, -1.0, 250.0),
        (band.muted(), 0.75, -7.0, 250.0),
        (band.strum(23), -0.8, -3.0, 160.0),
        (band.strum(29), 0.8, -5.0, 180.0),
        (band.power(31), -0.95, -4.0, 110.0),
        (band.power(37), 0.95, -4.0, 110.0),
        (band.epiano(), 0.3, -3.5, 180.0),
        (band.strings(), 0.0, -4.0, 250.0),
    )
    sound = np.zeros((2, SAMPLES))
    for part, position, level_db, low_hz in faders:
        audio = equalise(play(part), Band("highpass", low_hz))
        sound += pan(audio, position) * 10 ** (level_db / 20) / active_rms(audio)
    sound = equalise(sound, Band("peak", 2500, -1.5, 0.8), Band("high", 8000, 2.5))
    sound = sound + 0.22 * reverberate(sound, 1.6, 0.02, 2)
    return compress(sound / np.abs(sound).max(), -18, 2.0, 0.02, 0.2)


def _channel_strip(voice: np.ndarray) -> np.ndarray:
    """Equaliser and compressor of one vocal track (T,)."""
    body = (Band("highpass", 140), Band("peak", 350, -2), Band("peak", 1100, -1.5))
    bands = (*body, Band("peak", 3200, 1.5, 0.8), Band("high", 9000, 1))
    voice = compress(equalise(voice / np.abs(voice).max(), *bands), -22, 3.5, 0.006, 0.12)
    return voice / active_rms(voice)


def vocals() -> np.ndarray:
    """The vocal stem (2, T): lead, and in the chorus two doubles and a harmony in thirds at the sides."""
    speaker = Speaker("en-us+f2", 105, 20)
    lead = _channel_strip(sing(MELODY, speaker, LEAD))
    left = _channel_strip(sing(CHORUS_PHRASES, speaker, Take(2, 0.012, 1.0, 24, -7, 0.45)))
    right = _channel_strip(sing(CHORUS_PHRASES, speaker, Take(3, 0.019, 1.06, 24, 7, 0.45)))
    third = _channel_strip(sing(harmony(CHORUS_PHRASES), speaker, Take(4, 0.010, 0.97, 26, 3, 0.40)))
    sides = 0.3 * pan(left, -0.75) + 0.3 * pan(right, 0.75) + 0.3 * pan(third, -0.4)
    dry = pan(lead, 0.0) + sides
    wet = 0.3 * reverberate(dry, 1.7, 0.045, 3) + 0.12 * reverberate(dry, 0.5, 0.008, 4)
    return dry + equalise(wet, Band("highpass", 250), Band("lowpass", 9000))


def _fade(audio: np.ndarray) -> np.ndarray:
    """`audio` (2, T) faded in and out, so that neither end clicks."""
    time_s = np.arange(audio.shape[1]) / SAMPLE_RATE
    rise = np.clip(time_s / FADE_IN_S, 0, 1)
    fall = np.clip((time_s[-1] - time_s) / FADE_OUT_S, 0, 1)
    return audio * rise * np.sin(fall * np.pi / 2) ** 2


def render() -> dict[str, np.ndarray]:
    """The four stems, float64 (2, T) each, in the order of `STEMS`; their sum peaks at `PEAK`."""
    players = {"vocals": vocals, "drums": drums, "bass": bass, "other": other}
    stems: dict[str, np.ndarray] = {}
    for name in STEMS:
        audio = _fade(players[name]())
        stems[name] = audio / active_rms(audio) * 10 ** (BALANCE_DB[name] / 20)
    scale = PEAK / np.abs(sum(stems.values())).max()
    return {name: audio * scale for name, audio in stems.items()}


def write(stem: np.ndarray, path: Path) -> None:
    """A stem (2, T) as Ogg Vorbis."""
    settings = {"format": "OGG", "subtype": "VORBIS", "compression_level": COMPRESSION_LEVEL}
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 2, **settings) as file:
        # libsndfile's Vorbis encoder overflows its stack when it is handed a whole song at once.
        for start in range(0, stem.shape[1], SAMPLE_RATE):
            file.write(stem[:, start : start + SAMPLE_RATE].T)


def main() -> int:
    """Render into the package's folder; 1 and one line on standard error when a tool is missing."""
    try:
        stems = render()
    except RtsepError as error:
        print(error, file=sys.stderr)
        return 1
    folder = Path(__file__).with_name("clip")
    folder.mkdir(exist_ok=True)
    for name, stem in stems.items():
        write(stem, folder / f"{name}.ogg")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
