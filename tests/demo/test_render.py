"""Rendering the demo clip again, where its tools are installed."""

from __future__ import annotations

import ctypes.util
import importlib.util
import shutil

import numpy as np
import pytest

from rtsep.demo import midi
from rtsep.demo.clip import load_clip
from rtsep.demo.midi import SOUND_FONT
from rtsep.demo.render import bass, main
from rtsep.demo.score import MELODY
from rtsep.demo.speech import Speaker
from rtsep.demo.world import pyworld

needs_fluidsynth = pytest.mark.skipif(
    shutil.which("fluidsynth") is None or not SOUND_FONT.exists(), reason="fluidsynth or FluidR3_GM is not installed"
)
needs_espeak = pytest.mark.skipif(ctypes.util.find_library("espeak-ng") is None, reason="espeak-ng is not installed")
needs_pyworld = pytest.mark.skipif(importlib.util.find_spec("pyworld") is None, reason="pyworld is not installed")


@pytest.mark.slow
@needs_fluidsynth
def test_shipped_bass_is_the_rendered_one_at_the_same_sample() -> None:
    """A delay in the codec would leave the stems apart from what was mixed."""
    rendered, shipped = bass()[0, :480_000], load_clip().stems["bass"][0, :480_000].astype(np.float64)
    size = 1 << 20
    product = np.fft.irfft(np.fft.rfft(shipped, size) * np.conj(np.fft.rfft(rendered, size)), size)
    assert int(np.argmax(product)) == 0
    assert product[0] / np.sqrt(np.sum(rendered**2) * np.sum(shipped**2)) > 0.9


@pytest.mark.slow
@needs_espeak
def test_every_phrase_is_spoken_with_one_vowel_per_syllable() -> None:
    speaker = Speaker("en-us+f2", 105, 20)
    spoken = [sum(phoneme.is_vowel for phoneme in speaker.say(phrase.words).phonemes) for phrase in MELODY]
    assert spoken == [len(phrase.syllables) for phrase in MELODY]


@pytest.mark.slow
@needs_espeak
@needs_pyworld
def test_voice_sings_the_melody_in_tune() -> None:
    from rtsep.demo.clip import SAMPLE_RATE
    from rtsep.demo.phrasing import note_runs
    from rtsep.demo.render import LEAD
    from rtsep.demo.sing import sing

    world = pyworld()
    voice = sing(MELODY, Speaker("en-us+f2", 105, 20), LEAD)
    f0, times = world.harvest(voice, SAMPLE_RATE, f0_floor=200.0, f0_ceil=800.0)
    errors = []
    for phrase in MELODY:
        for start, pitch, length in zip(*note_runs(phrase), strict=True):
            sung = f0[(times > start + 0.3 * length) & (times < start + 0.7 * length) & (f0 > 0)]
            if sung.size:
                errors.append(1200 * np.log2(np.median(sung) / (440 * 2 ** ((pitch - 69) / 12))))
    assert np.median(np.abs(errors)) < 15
    assert np.percentile(np.abs(errors), 90) < 50


def test_missing_tools_are_named_in_one_line(monkeypatch, capsys) -> None:
    monkeypatch.setattr(midi.shutil, "which", lambda _: None)
    monkeypatch.setattr("rtsep.demo.render.vocals", bass)
    assert main() == 1
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "apt-get install fluidsynth fluid-soundfont-gm" in message
