"""Samples, kits, synthesisers and effects of the band."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bandsamples import write_samples

from rtsep_models.data.band.chains import Strip, channel, placed
from rtsep_models.data.band.effects import HOP, compress, echo, equalise, levels_db, loudness
from rtsep_models.data.band.instruments import sampled
from rtsep_models.data.band.kits import build_kit, strike
from rtsep_models.data.band.library import Library
from rtsep_models.data.band.mastering import PEAK, master
from rtsep_models.data.band.notes import Clock, Hit, Note
from rtsep_models.data.band.orchestra import choose
from rtsep_models.data.band.splits import HELD_OUT_SETS, HELD_OUT_VOICES, in_split, is_held_out, wave_in_split
from rtsep_models.data.band.synths import Synth, band_limited, random_synth
from rtsep_models.data.songs import SAMPLE_RATE, DataError

CLOCK = Clock(60.0)
"""A beat is a second."""
CENTS = 12
"""Accuracy asked of pitches."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_samples(tmp_path_factory.mktemp("samples"))


def _pitch(audio: np.ndarray) -> float:
    """MIDI pitch of the strongest partial of (2, T)."""
    mono = audio.mean(axis=0)
    size = 1 << 18
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(mono.size), size))
    return float(69 + 12 * np.log2(np.argmax(spectrum) * SAMPLE_RATE / size / 440))


def test_splits_share_no_sample_and_no_singer(samples: Path) -> None:
    train, validation = Library(samples, "train"), Library(samples, "validation")
    for category in ("drums", "bass", "other"):
        assert train.sets(category)
        assert validation.sets(category)
        assert not {*train.sets(category)} & {*validation.sets(category)}
        assert {*validation.sets(category)} <= HELD_OUT_SETS[category]
    speakers = [{"category": "vocals", "set": "librispeech_excerpts", "voice": f"ls_{n}"} for n in range(600)]
    assert 60 < sum(map(is_held_out, speakers)) < 140
    assert all(in_split(entry, "train") != in_split(entry, "validation") for entry in speakers)
    assert all(
        is_held_out({"category": "vocals", "set": "berklee_voices", "voice": voice}) for voice in HELD_OUT_VOICES
    )
    assert all(wave_in_split(str(n), "train") != wave_in_split(str(n), "validation") for n in range(100))


def test_folder_without_a_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="manifest"):
        Library(tmp_path, "train")


def test_damaged_sample_is_named(tmp_path: Path) -> None:
    library = Library(write_samples(tmp_path), "train")
    entry = library.select("bass", "growlybass")[0]
    (tmp_path / entry["path"]).write_bytes(b"no sound")
    with pytest.raises(DataError, match=r"n28\.flac"):
        library.sample(entry)


@pytest.mark.parametrize("pitch", [33, 40, 47, 58])
def test_recorded_note_sounds_at_the_wished_pitch_and_time(samples: Path, pitch: int) -> None:
    library = Library(samples, "train")
    player = sampled(library, library.select("bass", "growlybass"), 0.1)
    assert player is not None
    audio = player.play([Note(0.5, 1.0, pitch, 0.8)], CLOCK, 25.0, 2 * SAMPLE_RATE, np.random.default_rng(1))
    assert not audio[:, : SAMPLE_RATE // 2 - 5].any()
    assert not audio[:, round(1.61 * SAMPLE_RATE) :].any()
    assert _pitch(audio) == pytest.approx(pitch + 0.25, abs=CENTS / 100)


def test_note_out_of_range_is_folded_by_octaves(samples: Path) -> None:
    library = Library(samples, "train")
    player = sampled(library, library.select("bass", "growlybass"), 0.1)
    assert player is not None
    audio = player.play([Note(0.0, 1.0, 100, 0.8)], CLOCK, 0.0, SAMPLE_RATE, np.random.default_rng(1))
    assert (_pitch(audio) - 100) % 12 == pytest.approx(0, abs=CENTS / 100) or (_pitch(audio) - 100) % 12 > 11.8


@pytest.mark.parametrize("kind", ["pad", "pluck", "lead", "bass", "eight-o-eight"])
def test_every_patch_sounds_without_blowing_up(samples: Path, kind: str) -> None:
    library = Library(samples, "train")
    for seed in range(8):
        rng = np.random.default_rng(seed)
        notes = [Note(0.0, 0.5, 36, 1.0), Note(0.5, 0.5, 84, 1.0)]
        audio = random_synth(library, kind, rng).play(notes, CLOCK, 0.0, SAMPLE_RATE, rng)
        assert 1e-3 < np.abs(audio).max() < 3.0


def test_synthesiser_is_in_tune() -> None:
    wave = np.sin(2 * np.pi * np.arange(1024) / 1024).astype(np.float32)
    patch = Synth(wave, 1, 0.0, 0.001, 1.0, 0.05, 1.0, 8000.0, 0.0, 1.0, 1.6)
    audio = patch.play([Note(0.0, 1.0, 57, 0.9)], CLOCK, -30.0, SAMPLE_RATE, np.random.default_rng(0))
    assert _pitch(audio) == pytest.approx(56.7, abs=CENTS / 100)


def test_high_notes_do_not_alias() -> None:
    saw = (2 * np.arange(1024) / 1024 - 1).astype(np.float32)
    spectrum = np.abs(np.fft.rfft(band_limited(saw, 5)))
    assert spectrum[6:].max() < 1e-4 * spectrum[1]


def test_stroke_falls_on_its_sample_and_grows_with_velocity(samples: Path) -> None:
    library = Library(samples, "train")
    kit = build_kit(library, "acoustic", ("kick", "snare", "tom0", "shaker"), np.random.default_rng(1))
    assert set(kit.pieces) == {"kick", "snare", "tom0"}  # there is no shaker in the folder
    hits = [Hit(0.5, "kick", 0.3), Hit(1.0, "kick", 0.9), Hit(1.5, "shaker", 1.0)]
    kick = strike(kit, hits, CLOCK, 2 * SAMPLE_RATE, np.random.default_rng(2))["kick"]
    first, second = SAMPLE_RATE // 2, SAMPLE_RATE
    assert not kick[:, : first - 1].any()
    assert np.abs(kick[:, first : first + 2000]).max() > 0
    assert np.abs(kick[:, second:]).max() > 2 * np.abs(kick[:, first:second]).max()


def test_closed_hat_stops_the_open_one(samples: Path) -> None:
    kit = build_kit(Library(samples, "train"), "machine", ("hat_open", "hat_closed"), np.random.default_rng(1))
    alone = strike(kit, [Hit(0.0, "hat_open", 1.0)], CLOCK, SAMPLE_RATE, np.random.default_rng(2))["metal"]
    hits = [Hit(0.0, "hat_open", 1.0), Hit(0.06, "hat_closed", 0.01)]
    stopped = strike(kit, hits, CLOCK, SAMPLE_RATE, np.random.default_rng(2))["metal"]
    late = slice(round(0.12 * SAMPLE_RATE), None)
    assert np.abs(stopped[:, late]).max() < 0.2 * np.abs(alone[:, late]).max()


def test_choice_without_samples_and_sound_font_is_a_synthesiser(samples: Path) -> None:
    choice, set_name = choose(Library(samples, "train"), "brass", "stabs", False, np.random.default_rng(1))
    assert isinstance(choice.player, Synth)
    assert set_name is None


def _noise(length: int) -> np.ndarray:
    return np.random.default_rng(0).standard_normal((2, length)).astype(np.float32)


def test_strip_keeps_length_and_gives_unit_level() -> None:
    for seed in range(6):
        audio = channel(
            0.01 * _noise(44100 + 441), Strip(drive=1.0, squeeze=1.0, motion=1.0), np.random.default_rng(seed)
        )
        assert audio.dtype == np.float32
        assert audio.shape == (2, 44541)
        assert np.sqrt(np.mean(audio**2)) == pytest.approx(1.0, abs=0.2)
    assert not channel(np.zeros((2, 44100), np.float32), Strip(), np.random.default_rng(0)).any()


def test_compressor_turns_down_what_stands_out() -> None:
    audio = 0.1 * _noise(64 * HOP)
    audio[:, 32 * HOP :] *= 10
    levels, squeezed = levels_db(audio), levels_db(compress(audio, -10.0, 4.0, 0.001, 0.01))
    # The loud half is 3 dB over the mean level, so 13 dB over the threshold, of which a quarter is left.
    assert levels[60] - squeezed[60] == pytest.approx(13 * 0.75, abs=0.5)
    assert squeezed[20] == pytest.approx(levels[20], abs=0.1)


def test_equaliser_of_no_bands_changes_nothing() -> None:
    audio = _noise(441)
    assert equalise(audio) is audio


def test_echo_comes_after_its_time_and_changes_sides() -> None:
    audio = np.zeros((2, SAMPLE_RATE), np.float32)
    audio[0, :2000] = _noise(2000)[0]
    wet = echo(audio, 0.3, 0.5, crossed=True)
    first, second = round(0.3 * SAMPLE_RATE), round(0.6 * SAMPLE_RATE)
    assert not wet[:, :first].any()
    assert np.abs(wet[1, first:second]).max() > 10 * np.abs(wet[0, first:second]).max()
    assert np.abs(wet[0, second:]).max() > 0


def test_loudness_of_sparse_strokes_is_that_of_the_bars_they_fill() -> None:
    audio = np.zeros((2, 4 * SAMPLE_RATE), np.float32)
    assert loudness(audio) == 0.0
    audio[:, ::100] = 1.0
    assert loudness(audio) == pytest.approx(0.1, rel=0.01)


def test_position_and_width() -> None:
    audio = _noise(1000)
    mono = placed(audio, 0.0, 0.0)
    np.testing.assert_allclose(mono[0], mono[1], rtol=1e-3, atol=1e-6)
    left = placed(audio, -1.0, 1.0)
    assert np.abs(left[1]).max() < 1e-3 * np.abs(left[0]).max()


def test_master_holds_sum_and_stems_under_the_peak_and_keeps_their_relation() -> None:
    stems = np.stack([_noise(3 * SAMPLE_RATE), 0.5 * _noise(3 * SAMPLE_RATE)[::-1]])
    mixed = master(stems, np.random.default_rng(4))
    assert np.abs(mixed).max() <= PEAK + 1e-5
    assert np.abs(mixed.sum(axis=0)).max() <= PEAK + 1e-5
    # One gain for all stems: at every sample their proportion is as before.
    np.testing.assert_allclose(mixed[0] * stems[1], mixed[1] * stems[0], atol=1e-3)
    assert not mixed[:, :, -1].any()
