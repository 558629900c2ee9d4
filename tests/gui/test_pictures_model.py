"""Sound out of the block becomes columns in step; gaps are gaps; levels become even colours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from support import RATE, sine, until

from rtsep.errors import BlockError
from rtsep.host.engine import Engine
from rtsep_gui.models.eyes import INPUT, Eyes
from rtsep_gui.models.palette import DARK, LIGHT, STEM_COLOURS, Palette
from rtsep_gui.models.pictures import BANDS, LATE_S, MOST_S, Pictures, fitted, height_of, marks
from rtsep_gui.models.ramp import LOUD_DB, QUIET_DB, Ramps, oklab
from rtsep_gui.models.spectrum import FLOOR_DB

RING = 1 << 16
EVEN = 0.012
"""Of lightness 0..1: eight bits a channel, and colours that no screen can show."""


class Sound:
    """A block whose signals have come to these positions: of the input, of the stems."""

    sample_rate = float(RATE)

    def __init__(self, stems: int = 2) -> None:
        wave = sine(20 * RATE, 1000.0).T
        self.signals = {index: wave * (0.5 if index == INPUT else 0.25) for index in range(INPUT, stems)}
        self.input = self.stems = RATE
        self.other = False

    def play(self, frames: int) -> None:
        self.input += frames
        self.stems += frames

    def sound(self, stem: int, since: int, most: int) -> tuple[int, NDArray[np.float32]]:
        if self.other:
            raise BlockError("another separator plays by now")
        end = self.input if stem == INPUT else self.stems
        count = max(0, min(end - since, most, RING // 2))
        return end, self.signals[stem][:, end - count : end]


def test_columns_come_as_sound_does() -> None:
    sound = Sound()
    pictures = Pictures(sound, 2)
    assert pictures.pull() == 0  # what came before the first look is not shown
    columns = 0
    for _ in range(60):
        sound.play(801)
        columns += pictures.pull()
    assert columns == 60
    peaks = pictures.spectra.latest(10).max(axis=(1, 2))
    assert peaks == pytest.approx([20 * np.log10(0.25), 20 * np.log10(0.125), 20 * np.log10(0.125)], abs=1.5)


def test_stems_behind_the_input_wait_for_each_other() -> None:
    sound = Sound()
    pictures = Pictures(sound, 2)
    pictures.pull()
    sound.input += 4800
    assert pictures.pull() == 0
    sound.stems += 4800
    assert pictures.pull() == 6


def test_time_goes_on_without_stems_that_do_not_come() -> None:
    sound = Sound()
    pictures = Pictures(sound, 2)
    pictures.pull()
    columns = 0
    for _ in range(120):
        sound.input += RATE // 60
        columns += pictures.pull()
    assert columns == pytest.approx(60 * (2.0 - LATE_S), abs=1)
    newest = pictures.spectra.latest(1)[:, 0]
    assert newest[0].max() > -14.0
    assert (newest[1:] == FLOOR_DB).all()


def test_a_window_that_was_frozen_shows_a_gap_of_the_right_length() -> None:
    sound = Sound()
    pictures = Pictures(sound, 2)
    pictures.pull()
    sound.play(5 * RATE)
    assert pictures.pull() == pytest.approx(300, abs=1)
    shown = pictures.spectra.latest(300)[0].max(axis=1) > FLOOR_DB
    assert shown.sum() == pytest.approx(60 * MOST_S, abs=1)
    assert shown[-1]


def test_another_separator_is_waited_for() -> None:
    sound = Sound()
    pictures = Pictures(sound, 2)
    pictures.pull()
    sound.other = True
    assert pictures.pull() == 0


def test_a_tone_that_shares_a_pixel_is_not_lost() -> None:
    levels = np.full((3, BANDS), FLOOR_DB, dtype=np.float32)
    levels[:, 101] = -10.0
    for rows in (7, 60, BANDS, 300):
        assert (fitted(levels, rows).max(axis=1) == -10.0).all()
        assert fitted(levels, rows).shape == (3, rows)


def test_marks_have_room_and_stand_where_their_pitch_does() -> None:
    found = dict(marks(True, RATE, 400, 20))
    assert found["C4"] == pytest.approx(height_of(261.63, RATE), abs=1e-3)
    places = sorted(place for _, place in marks(False, RATE, 60, 18))
    assert (np.diff(places) * 60 >= 18).all()


def hexes(pixels: NDArray[np.uint32]) -> list[str]:
    return [f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels.ravel().tolist()]


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda palette: palette.name)
@pytest.mark.parametrize("colour", [*STEM_COLOURS, "#9a9a98"])
def test_louder_is_evenly_lighter_or_darker_for_everybody(palette: Palette, colour: str) -> None:
    levels = np.linspace(QUIET_DB, LOUD_DB, 30)
    lightness = np.array([oklab(shade)[0] for shade in hexes(Ramps(palette, (colour,)).alone(0, levels))])
    wanted = np.linspace(oklab(palette.sunken)[0], lightness[-1], 30)
    assert abs(lightness - wanted).max() <= 0.04
    assert (np.diff(lightness) * np.sign(lightness[-1] - lightness[0]) > 0).all()


def test_together_each_stem_has_its_own_colour_where_it_is_alone_and_none_where_all_are_silent() -> None:
    ramps = Ramps(DARK, STEM_COLOURS[:3])
    levels = np.full((3, 4), FLOOR_DB, dtype=np.float32)
    for stem in range(3):
        levels[stem, stem] = -20.0
    together = ramps.together(levels)
    for stem in range(3):
        alone = oklab(hexes(ramps.alone(stem, levels[stem, stem : stem + 1]))[0])
        assert oklab(hexes(together[stem : stem + 1])[0]) == pytest.approx(alone, abs=EVEN)
    assert hexes(together[3:]) == [DARK.sunken]


def test_of_a_real_host_the_input_shows_the_tone_that_is_played(start: Callable[..., Engine], tmp_path: Path) -> None:
    song = tmp_path / "tone.wav"
    soundfile.write(song, sine(RATE, 1000.0), RATE)
    engine = start({"kind": "file", "path": str(song), "loop": True, "block": None})
    eyes = Eyes(engine.state().name)
    pictures = Pictures(eyes, len(engine.spec.stems))
    until(lambda: pictures.pull() and pictures.spectra.latest(1)[0].max() > -10.0, "the tone")
    column = pictures.spectra.latest(1)[0, 0]
    assert int(np.argmax(column)) / BANDS == pytest.approx(height_of(1000.0, RATE), abs=0.01)
    assert eyes.hop_counts().sum() > 0
