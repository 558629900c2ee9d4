"""Voices made to sing, from tiny speakers built here: a buzz through three resonances, with hisses between."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rtsep.demo.phrasing import FRAME_S, hertz
from rtsep.demo.world import pyworld
from rtsep.errors import RtsepError
from rtsep_models.data.band.ensembles import Recorded
from rtsep_models.data.band.lines import Words, divided, fold, one_at_a_time, phrases
from rtsep_models.data.band.manner import Manner
from rtsep_models.data.band.singers import Singer, Source, load_singer, read_vocals, sources
from rtsep_models.data.band.singing import Sung, frame_map
from rtsep_models.data.band.splits import Split, in_split
from rtsep_models.data.band.syllables import Syllable, cut
from rtsep_models.data.band.vocoder import NOISE_HZ, POINTS_HZ, TOP_HZ, Frames, analyse, edge_hz, extend, synthesise
from rtsep_models.data.band.voices import LEVEL, SungNote, VoiceBank

RATE = 44100
SOURCE_RATE = 48000
VOWELS_HZ = ((700, 1200, 2600), (300, 2200, 3000), (400, 800, 2500), (500, 1700, 2500))
LINE = [SungNote(0.8 * i + 1.0, 0.75, midi, 0.8) for i, midi in enumerate((57, 59, 60, 64, 62, 57))]
REACH_S = 0.5
"""How far from its notes a line may sound: consonants and a breath before, a coda behind."""
CENTS = 30.0


def vowel(formants_hz: tuple[int, ...], seconds: float, hz: float, sample_rate: int = SOURCE_RATE) -> np.ndarray:
    """A buzz at `hz` whose harmonics follow `formants_hz`."""
    time_s = np.arange(round(seconds * sample_rate)) / sample_rate
    harmonics = np.arange(1, int(min(9000, sample_rate / 2) / hz)) * hz
    level = sum(1 / (1 + ((harmonics - formant) / 120) ** 2) for formant in formants_hz) + 0.003
    phases = np.random.default_rng(0).uniform(0, 6, harmonics.size)
    shape = np.minimum(1, np.minimum(time_s, seconds - time_s) / 0.02)
    return shape * (level[:, None] * np.sin(2 * np.pi * harmonics[:, None] * time_s + phases[:, None])).sum(axis=0)


def speech(hz: float, syllables: int, seed: int) -> np.ndarray:
    """`syllables` vowels with a hiss before each, peak 0.5."""
    rng = np.random.default_rng(seed)
    parts = [np.zeros(SOURCE_RATE // 5)]
    for number in range(syllables):
        parts.append(0.05 * rng.standard_normal(SOURCE_RATE // 14))
        parts.append(vowel(VOWELS_HZ[number % 4], 0.18, hz * rng.uniform(0.95, 1.05)))
    parts.append(np.zeros(SOURCE_RATE // 5))
    audio = np.concatenate(parts)
    return 0.5 * audio / np.abs(audio).max()


def entry(samples: Path, name: str, audio: np.ndarray, **fields: object) -> dict[str, object]:
    """Write a recording and return its line of the manifest."""
    soundfile.write(samples / f"{name}.wav", audio, SOURCE_RATE)
    line: dict[str, object] = {"path": f"{name}.wav", "category": "vocals", "set": "made", "licence": "CC0-1.0"}
    line |= {"kind": "speech", "style": "speech", "voice": name, "duration_s": audio.size / SOURCE_RATE}
    return line | fields


def folder(path: Path, lines: list[dict[str, object]]) -> Path:
    (path / "manifest.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two speakers for training, and one of a set that is held out."""
    path = tmp_path_factory.mktemp("samples")
    return folder(
        path,
        [
            entry(path, "low", speech(115.0, 10, 1)),
            entry(path, "high", speech(210.0, 10, 2)),
            entry(path, "kept", speech(150.0, 10, 3), set="vocadito_excerpts"),
        ],
    )


@pytest.fixture(scope="module")
def bank(samples: Path) -> VoiceBank:
    return VoiceBank(samples, "train", RATE, None)


def singing_seed() -> int:
    """A seed whose manner is to sing: the draw of a named singer's manner comes first."""
    return next(seed for seed in range(100) if not Manner.draw(np.random.default_rng(seed)).speaks)


def pitch(audio: np.ndarray, start_s: float, stop_s: float) -> float:
    """Median MIDI pitch between two times, by WORLD's tracker."""
    audio = audio.astype(np.float64)
    f0, times = pyworld().dio(audio, RATE, f0_floor=60.0, f0_ceil=900.0)
    f0 = pyworld().stonemask(audio, f0, times, RATE)
    inside = f0[(times > start_s) & (times < stop_s) & (f0 > 0)]
    return float(69 + 12 * np.log2(np.median(inside) / 440))


@pytest.mark.parametrize("singer", ["low-0", "high-0"])
def test_every_note_has_the_pitch_asked_for_in_some_octave(bank: VoiceBank, singer: str) -> None:
    audio = bank.sing(LINE, np.random.default_rng(singing_seed()), 6.5, singer)
    octaves = set()
    for note in LINE:
        sung = pitch(audio, note.start_s + 0.3, note.end_s - 0.1) - note.midi
        octaves.add(round(sung / 12))
        assert 100 * abs(sung - 12 * round(sung / 12)) < CENTS
    assert len(octaves) <= 2


def test_a_line_is_silent_away_from_its_notes_and_level_within(bank: VoiceBank) -> None:
    notes = [SungNote(2.0, 0.8, 60, 0.7), SungNote(5.0, 0.8, 62, 0.7)]
    audio = bank.sing(notes, np.random.default_rng(3), 8.0)
    assert audio.dtype == np.float32
    assert audio.shape == (8 * RATE,)
    time_s = np.arange(audio.size) / RATE
    near = np.any([(time_s > n.start_s - REACH_S) & (time_s < n.end_s + REACH_S) for n in notes], axis=0)
    assert np.abs(audio[~near]).max() < 1e-6
    for note in notes:
        level = np.sqrt(np.mean(audio[(time_s > note.start_s) & (time_s < note.end_s)] ** 2))
        assert 0.3 * LEVEL < level < 2 * LEVEL


def test_same_seed_same_sound_and_another_seed_another(bank: VoiceBank, samples: Path) -> None:
    first = bank.sing(LINE, np.random.default_rng(5), 6.5)
    again = VoiceBank(samples, "train", RATE, None).sing(LINE, np.random.default_rng(5), 6.5)
    np.testing.assert_array_equal(first, again)
    assert np.abs(first - bank.sing(LINE, np.random.default_rng(6), 6.5)).max() > 0.01


def test_a_voice_from_the_cache_sings_as_the_analysed_one(samples: Path, tmp_path: Path) -> None:
    sung = [VoiceBank(samples, "train", RATE, tmp_path).sing(LINE, np.random.default_rng(5), 6.5) for _ in range(2)]
    kept = list(tmp_path.iterdir())
    assert [path.suffix for path in kept] == [".npz"]
    np.testing.assert_array_equal(*sung)


def test_held_out_voices_sing_only_in_validation(samples: Path) -> None:
    assert VoiceBank(samples, "train", RATE, None).singers == ("high-0", "low-0")
    assert VoiceBank(samples, "validation", RATE, None).singers == ("kept-0",)


@pytest.mark.parametrize("split", ["train", "validation"])
def test_no_source_of_a_split_has_a_recording_of_the_other(samples: Path, split: Split) -> None:
    assert all(in_split(line, split) for source in sources(read_vocals(samples, split)) for line in source.entries)


@pytest.mark.parametrize("rate", [44100, 48000])
def test_length_is_the_songs_at_either_rate(samples: Path, rate: int) -> None:
    audio = VoiceBank(samples, "train", rate, None).sing(LINE, np.random.default_rng(1), 3.001)
    assert audio.shape == (round(3.001 * rate),)


def test_screams_without_recorded_ones_are_made_of_speech(bank: VoiceBank) -> None:
    audio = bank.scream(np.random.default_rng(0), [(1.0, 0.5), (3.0, 0.5)], 5.0)
    assert audio.shape == (5 * RATE,)
    assert np.abs(audio[: RATE // 4]).max() < 1e-6
    assert np.sqrt(np.mean(audio[RATE : RATE + RATE // 2] ** 2)) > 0.3 * LEVEL


def test_a_choir_sings_the_chord_that_is_asked_for(tmp_path: Path) -> None:
    line = entry(tmp_path, "choir", vowel(VOWELS_HZ[0], 2.0, float(hertz(57))), kind="vowel", voice="choir")
    line |= {"style": "sung", "ensemble": True, "midi_note": 57, "vowel": "aa"}
    single = entry(tmp_path, "low", speech(115.0, 10, 1))
    bank = VoiceBank(folder(tmp_path, [line, single]), "train", RATE, None)
    assert bank.singers == ("low-0",)
    audio = bank.choir([SungNote(0.5, 3.0, 60, 1.0)], np.random.default_rng(0), 5.0)
    assert 100 * abs(pitch(audio, 1.0, 3.0) - 60) < CENTS
    assert not audio[: RATE // 2].any()
    assert not audio[round(4.2 * RATE) :].any()


def test_every_vowel_is_one_syllable() -> None:
    audio = speech(140.0, 8, 4)
    found = cut(analyse(audio, SOURCE_RATE, (65.0, 500.0)))
    assert len(found) == 8
    for one, after in pairwise(found):
        assert one.start <= one.vowel < one.release <= one.end <= after.start
    assert all(abs(hertz(one.midi) - 140) < 10 for one in found)


def test_silence_and_noise_have_no_syllables() -> None:
    noise = 0.1 * np.random.default_rng(0).standard_normal(SOURCE_RATE)
    for audio in (np.zeros(SOURCE_RATE), noise):
        assert cut(analyse(audio, SOURCE_RATE, (65.0, 500.0))) == ()


def test_code_and_back_keeps_pitch_level_and_formants() -> None:
    audio = 0.2 * vowel((600, 1500, 2600), 1.0, 150.0, RATE)
    again = synthesise(analyse(audio, RATE, (65.0, 500.0)), RATE)
    assert 100 * abs(pitch(again, 0.2, 0.8) - pitch(audio, 0.2, 0.8)) < 5
    bands = [(400, 800), (1200, 1800), (2300, 2900)]
    before, after = (np.abs(np.fft.rfft(x[: RATE - 500])) ** 2 for x in (audio, again))
    hz = np.fft.rfftfreq(RATE - 500, 1 / RATE)
    for low, high in bands:
        inside = (hz > low) & (hz < high)
        assert abs(10 * np.log10(after[inside].sum() / before[inside].sum())) < 3


def test_a_narrow_recording_gets_a_treble_and_a_wide_one_keeps_its_own() -> None:
    rng = np.random.default_rng(0)
    envelope = np.where(POINTS_HZ < 7000, -8.0, -25.0) + 0.1 * rng.standard_normal((50, POINTS_HZ.size))
    narrow = Frames(np.zeros(50), envelope, np.zeros((50, NOISE_HZ.size)))
    assert 6000 < edge_hz(narrow) < 7200
    wide = extend(narrow, edge_hz(narrow), 0.0)
    at_9k = int(np.argmin(np.abs(POINTS_HZ - 9000)))
    assert wide.envelope[:, at_9k].mean() > -12
    np.testing.assert_allclose(wide.envelope[:, POINTS_HZ < 5000], envelope[:, POINTS_HZ < 5000], rtol=1e-6)
    flat = Frames(np.zeros(50), np.full_like(envelope, -8.0), narrow.noise)
    assert edge_hz(flat) == 0.8 * TOP_HZ


def voice(low: float, high: float) -> Singer:
    frames = Frames(np.full(9, 120.0), np.zeros((9, POINTS_HZ.size)), np.zeros((9, NOISE_HZ.size)))
    return Singer(Source("made", (), False), frames, (), low, high)


@pytest.mark.parametrize("shift", [-36, -12, 0, 24])
def test_a_line_is_folded_by_whole_octaves_into_the_singers_reach(shift: int) -> None:
    notes = [SungNote(float(i), 0.9, 60.0 + shift + step, 0.8) for i, step in enumerate((0, 4, 7, 12, 19))]
    folded = fold(notes, voice(48, 66), 0.0)
    for before, after in zip(notes, folded, strict=True):
        assert (after.midi - before.midi) % 12 == 0
        assert 46 <= after.midi <= 68


def test_overlapping_notes_are_cut_and_phrases_end_at_a_breath() -> None:
    notes = [SungNote(0.0, 2.0, 60, 1), SungNote(1.0, 0.5, 62, 1), SungNote(2.0, 9.0, 64, 1), SungNote(5.0, 1, 60, 1)]
    line = one_at_a_time(notes, 4.0)
    assert [(note.start_s, note.duration_s) for note in line] == [(0.0, 1.0), (1.0, 0.5), (2.0, 2.0)]
    assert [len(phrase) for phrase in phrases(line)] == [2, 1]


def test_speech_divides_long_notes_and_keeps_their_length() -> None:
    parts = divided([SungNote(1.0, 0.2, 60, 1), SungNote(2.0, 1.0, 62, 1)])
    assert [part.start_s for part in parts] == [1.0, 2.0, 2.25, 2.5, 2.75]
    assert sum(part.duration_s for part in parts) == pytest.approx(1.2)


def test_vowels_begin_on_their_notes_and_time_never_runs_back() -> None:
    rng = np.random.default_rng(0)
    syllables = [Syllable(100 * i, 100 * i + 20, 100 * i + 45, 100 * i + 60, 50.0, 0.0) for i in range(20)]
    start_s, phrase = 1.0, []
    for syllable in syllables:
        length = float(rng.choice([0.08, 0.2, 0.5, 1.5]))
        phrase.append(Sung(syllable, (SungNote(start_s, length, 60, 1),)))
        start_s += length + float(rng.choice([0.0, 0.1]))
    song, frame = frame_map(phrase, 0.0, False)
    assert np.all(np.diff(song) > 0)
    for sung in phrase:
        at = float(np.interp(sung.start_s, song, frame))
        assert abs(at - sung.syllable.vowel) * FRAME_S < 0.02


def test_missing_vocoder_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    monkeypatch.delitem(sys.modules, "pyworld", raising=False)
    pyworld.cache_clear()
    with pytest.raises(RtsepError, match=r"pip install 'rtsep\[train\]'"):
        pyworld()
    pyworld.cache_clear()


def test_a_folder_without_voices_or_with_too_little_speech_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RtsepError, match=r"manifest\.jsonl"):
        VoiceBank(tmp_path, "train", RATE, None)
    folder(tmp_path, [])
    with pytest.raises(RtsepError, match="no voices"):
        VoiceBank(tmp_path, "train", RATE, None)
    folder(tmp_path, [entry(tmp_path, "mute", np.zeros(SOURCE_RATE))])
    with pytest.raises(RtsepError, match="can be sung"):
        VoiceBank(tmp_path, "train", RATE, None).sing(LINE, np.random.default_rng(0), 5.0)


def test_unknown_singer_and_unreadable_recording_are_named(bank: VoiceBank, tmp_path: Path) -> None:
    with pytest.raises(RtsepError, match="did you mean 'low-0'"):
        bank.sing(LINE, np.random.default_rng(0), 5.0, "lov-0")
    line = entry(tmp_path, "broken", speech(120.0, 6, 0))
    (tmp_path / "broken.wav").write_bytes(b"no sound")
    (source,) = sources([line])
    with pytest.raises(RtsepError, match="broken"):
        load_singer(tmp_path, source, None)


@pytest.mark.parametrize("is_vowels", [False, True])
def test_a_double_of_one_phrase_has_the_words_of_the_lead(is_vowels: bool) -> None:
    source = Source("made", (), is_vowels)
    syllables = tuple(Syllable(i, i, i, i, 50.0 + i, 0.0) for i in range(30))
    singer = Singer(source, voice(48, 66).frames, syllables, 48, 66)
    first = [SungNote(float(start), 0.9, 60, 1) for start in range(3)]
    refrain = [SungNote(10.1 + 0.5 * step, 0.5, 60 + step, 1) for step in range(5)]
    late = [SungNote(note.start_s + 0.03, note.duration_s, note.midi, 1) for note in refrain]
    manner = Manner.draw(np.random.default_rng(singing_seed()))
    lead = Words(singer, np.random.default_rng(1))
    lead.on(first, manner)
    double = Words(singer, np.random.default_rng(1))
    sung = [[part.syllable for part in words.on(notes, manner)] for words, notes in ((lead, refrain), (double, late))]
    assert sung[0] == sung[1]
    assert [s.syllable for s in Words(singer, np.random.default_rng(2)).on(refrain, manner)] != sung[0]


def test_recorded_growls_sound_where_they_are_asked_for(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    growls = [
        entry(
            tmp_path, f"growl{number}", 0.3 * rng.standard_normal(SOURCE_RATE), kind="vowel", style="death_metal_growl"
        )
        for number in range(3)
    ]
    recorded = Recorded(tmp_path, growls, RATE)
    assert not sources(growls)
    # Two that follow each other are one growl: no fade between them.
    audio = recorded.growl([(2.0, 0.4), (1.0, 0.3), (1.3, 0.3)], rng, 4 * RATE)
    level = np.sqrt(np.mean(audio.reshape(-1, RATE // 20) ** 2, axis=1))
    sounding = np.flatnonzero(level > 0.05) / 20
    assert set(np.round(np.arange(1.0, 1.55, 0.05), 2)) <= set(np.round(sounding, 2))
    assert sounding.min() >= 1.0
    assert sounding.max() < 2.5
    assert not audio[round(1.8 * RATE) : 2 * RATE].any()


@pytest.mark.parametrize("kind", ["sing", "scream", "choir"])
def test_nothing_to_sing_is_silence(bank: VoiceBank, kind: str) -> None:
    rng = np.random.default_rng(0)
    audio = bank.scream(rng, [], 1.0) if kind == "scream" else getattr(bank, kind)([], rng, 1.0)
    assert audio.shape == (RATE,)
    assert not audio.any()
