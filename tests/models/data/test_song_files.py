"""Songs on disk: decoded once, refused when damaged."""

from pathlib import Path

import numpy as np
import pytest
from lookalikes import RATE, loudest_hz, noisy_song, tone, write_song

from rtsep_models.data.catalogue import band_songs
from rtsep_models.data.songs import (
    FULL_SCALE,
    STEMS,
    DataError,
    Original,
    activity,
    decode_files,
    decoded,
    open_song,
)


def _original(file: Path, stems: dict[str, np.ndarray], rate: int, calls: list[int]) -> Original:
    def decode() -> tuple[dict[str, np.ndarray], int]:
        calls.append(1)
        return stems, rate

    return Original("a song", [file], decode)


def test_song_is_decoded_once_and_anew_when_its_file_changes(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"1")
    calls: list[int] = []
    original = _original(file, {"vocals": tone("vocals", 0.2)}, RATE, calls)
    first = decoded(original, tmp_path / "cache")
    again = decoded(original, tmp_path / "cache")
    assert len(calls) == 1
    np.testing.assert_array_equal(first.stems["vocals"], again.stems["vocals"])
    file.write_bytes(b"12")
    decoded(original, tmp_path / "cache")
    assert len(calls) == 2


def test_decoded_song_is_stereo_at_44100_hz_with_silence_for_missing_stems(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    stems = {"bass": tone("bass", 1.0, 48000)[:, 0], "drums": tone("drums", 0.5, 48000)}
    song = decoded(_original(file, stems, 48000, []), tmp_path)
    assert song.name == "a song"
    assert song.frames == RATE
    assert loudest_hz(song.stems["bass"][:, 1].astype(np.float32)) == pytest.approx(110, abs=1)
    assert not song.stems["vocals"].any()
    assert not song.stems["drums"][RATE // 2 + 100 :].any()


def test_loud_song_is_turned_down_with_all_its_stems_alike(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    stems = {"vocals": tone("vocals", 0.5, peak=2.0), "bass": tone("bass", 0.5, peak=0.5)}
    song = decoded(_original(file, stems, RATE, []), tmp_path)
    peaks = {name: np.abs(song.stems[name].astype(int)).max() / FULL_SCALE for name in stems}
    assert peaks["vocals"] == pytest.approx(1.0, abs=1e-3)
    assert peaks["bass"] == pytest.approx(0.25, abs=1e-3)


def test_hidden_bass_makes_bass_and_other_unknown(tmp_path: Path) -> None:
    song = open_song(write_song(tmp_path, "song", noisy_song(0.1, 0), bass_free=False))
    assert [song.known(stem) for stem in STEMS] == [True, True, False, False]


def test_activity_finds_where_a_stem_sounds(tmp_path: Path) -> None:
    data = np.zeros((len(STEMS), 4 * RATE, 2), np.int16)
    data[1, 2 * RATE : 3 * RATE, 1] = 1000
    data[2] = 20  # -64 dBFS
    sounds = activity(open_song(write_song(tmp_path, "song", data)))
    np.testing.assert_array_equal(np.flatnonzero(sounds["drums"]), [4, 5])
    assert not sounds["vocals"].any()
    assert not sounds["bass"].any()


def test_activity_of_a_song_shorter_than_a_piece_is_empty(tmp_path: Path) -> None:
    sounds = activity(open_song(write_song(tmp_path, "song", noisy_song(0.1, 0))))
    assert all(len(pieces) == 0 for pieces in sounds.values())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (np.zeros((3, 100, 2), np.int16), r"\(3, 100, 2\), must be int16 \(4, T, 2\)"),
        (np.zeros((4, 100, 1), np.int16), "must be int16"),
        (np.zeros((4, 100, 2), np.float32), "holds float32"),
    ],
)
def test_array_of_another_shape_or_type_is_refused(tmp_path: Path, data: np.ndarray, message: str) -> None:
    with pytest.raises(DataError, match=message):
        open_song(write_song(tmp_path, "song", data))


def test_song_at_another_rate_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="at 48000 Hz, must be 44100"):
        open_song(write_song(tmp_path, "song", noisy_song(0.1, 0), sample_rate=48000))


def test_half_written_songs_and_songs_for_another_split_are_passed_over(tmp_path: Path) -> None:
    write_song(tmp_path, "b", noisy_song(0.1, 0))
    write_song(tmp_path, "a", noisy_song(0.1, 0), split="train")
    write_song(tmp_path, "held out", noisy_song(0.1, 0), split="validation")
    whole = write_song(tmp_path, "half", noisy_song(0.1, 0))
    whole.write_bytes(whole.read_bytes()[:-100])
    write_song(tmp_path, "undescribed", noisy_song(0.1, 0)).with_suffix(".json").unlink()
    write_song(tmp_path, "no json", noisy_song(0.1, 0)).with_suffix(".json").write_text("{")
    assert [song.name for song in band_songs(tmp_path, "train")] == ["a", "b"]


def test_open_song_stays_readable_when_its_file_is_deleted(tmp_path: Path) -> None:
    data = noisy_song(0.1, 0)
    path = write_song(tmp_path, "song", data)
    song = open_song(path)
    path.unlink()
    np.testing.assert_array_equal(song.stems["other"], data[3])


def test_stems_at_different_rates_are_refused(tmp_path: Path) -> None:
    import soundfile

    files = {"vocals": tmp_path / "v.wav", "bass": tmp_path / "b.wav"}
    soundfile.write(files["vocals"], np.zeros((100, 2)), 44100)
    soundfile.write(files["bass"], np.zeros((100, 2)), 48000)
    with pytest.raises(DataError, match=r"\[44100, 48000\], must be one"):
        decode_files(files)


def test_file_that_is_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "v.wav").write_bytes(b"no sound")
    with pytest.raises(DataError, match=r"v\.wav cannot be decoded"):
        decode_files({"vocals": tmp_path / "v.wav"})
    with pytest.raises(DataError, match=r"missing\.wav cannot be decoded"):
        decode_files({"vocals": tmp_path / "missing.wav"})
