"""Published layouts, on look-alikes made here."""

from pathlib import Path

import numpy as np
import pytest
from lookalikes import (
    RATE,
    TONES_HZ,
    loudest_hz,
    noisy_song,
    write_album,
    write_medleydb_track,
    write_musdb18hq,
    write_song,
    write_stem_mp4,
)

from rtsep_models.data.catalogue import songs_of
from rtsep_models.data.config import Kind, Source, Split
from rtsep_models.data.musdb import STREAMS, decode_stem_mp4
from rtsep_models.data.songs import DataError, Song

HELD_OUT = "ANiMAL - Rockshow"


def _songs(kind: Kind, folder: Path, split: Split) -> dict[str, Song]:
    return {song.name: song for song in songs_of(Source(kind, str(folder)), split, folder.parent / "cache")}


def _pitches_hz(song: Song) -> dict[str, float]:
    return {name: loudest_hz(stem[:, 0].astype(np.float32)) for name, stem in song.stems.items() if stem.any()}


def test_album_gives_training_songs_only_and_knows_which_hide_their_bass(tmp_path: Path) -> None:
    titles = {"Francium": False, "Hydrogen": False, "Lithium": True, "Sodium": True}
    album = write_album(tmp_path / "album", titles)
    songs = _songs("album", album, "train")
    assert {name: song.bass_free for name, song in songs.items()} == {"hydrogen": False, "lithium": True}
    assert _pitches_hz(songs["lithium"]) == pytest.approx(TONES_HZ, abs=1)
    assert not songs["hydrogen"].stems["bass"].any()
    assert songs["lithium"].frames == pytest.approx(RATE, abs=2)
    assert list(_songs("album", album, "validation")) == ["francium", "sodium"]
    assert not _songs("album", album, "test")


def test_folder_without_the_album_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"tracks\.json cannot be read"):
        _songs("album", tmp_path, "train")


def test_musdb18hq_keeps_its_splits_apart(tmp_path: Path) -> None:
    songs = {"A - Train": "train", HELD_OUT: "train", "B - Test": "test"}
    folder = write_musdb18hq(tmp_path / "musdb18hq", songs)
    assert [list(_songs("musdb18hq", folder, split)) for split in ("train", "validation", "test")] == [
        ["A - Train"],
        [HELD_OUT],
        ["B - Test"],
    ]
    song = _songs("musdb18hq", folder, "train")["A - Train"]
    assert song.bass_free
    assert song.frames == RATE // 2
    assert _pitches_hz(song) == pytest.approx(TONES_HZ, abs=2)


def test_musdb18hq_song_without_a_stem_is_refused(tmp_path: Path) -> None:
    folder = write_musdb18hq(tmp_path / "musdb18hq", {"A - Train": "train"})
    (folder / "train" / "A - Train" / "bass.wav").unlink()
    with pytest.raises(DataError, match=r"A - Train has no bass\.wav"):
        _songs("musdb18hq", folder, "train")


@pytest.mark.parametrize(("kind", "pattern"), [("musdb18", r"\*\.stem\.mp4"), ("musdb18hq", r"\*/")])
def test_empty_musdb_folder_is_refused(tmp_path: Path, kind: Kind, pattern: str) -> None:
    with pytest.raises(DataError, match=f"no song \\({pattern}\\) in .*train"):
        _songs(kind, tmp_path, "train")


def test_musdb18_streams_become_the_right_stems_in_time(tmp_path: Path) -> None:
    folder = tmp_path / "musdb18"
    write_stem_mp4(folder / "train" / "A - Train.stem.mp4", STREAMS)
    write_stem_mp4(folder / "train" / f"{HELD_OUT}.stem.mp4", STREAMS, seconds=0.2)
    write_stem_mp4(folder / "test" / "B - Test.stem.mp4", STREAMS, seconds=0.2)
    songs = _songs("musdb18", folder, "train")
    assert list(songs) == ["A - Train"]
    assert list(_songs("musdb18", folder, "validation")) == [HELD_OUT]
    assert list(_songs("musdb18", folder, "test")) == ["B - Test"]
    assert _pitches_hz(songs["A - Train"]) == pytest.approx(TONES_HZ, abs=1.5)
    left, right = songs["A - Train"].stems["vocals"].astype(np.float32)[RATE // 2 : RATE // 2 + 4410].T
    assert np.std(left) / np.std(right) == pytest.approx(2, abs=0.1)


def test_stem_mp4_with_other_streams_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.stem.mp4"
    write_stem_mp4(path, STREAMS[:3], seconds=0.1)
    with pytest.raises(DataError, match="has 3 audio streams, must be 5"):
        decode_stem_mp4(path)


def test_damaged_stem_mp4_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "song.stem.mp4"
    path.write_bytes(b"no film" * 100)
    with pytest.raises(DataError, match=r"song\.stem\.mp4 cannot be decoded"):
        decode_stem_mp4(path)


def test_medleydb_stems_are_summed_by_instrument(tmp_path: Path) -> None:
    folder = tmp_path / "medleydb"
    instruments = ("female singer", "drum set", "shaker", "electric bass", "piano", ["clean electric guitar", "banjo"])
    write_medleydb_track(folder, "Artist_Song", (*instruments, "Unlabeled"))
    song = _songs("medleydb", folder, "train")["Artist_Song"]
    heard_hz = {
        name: sorted(np.argsort(np.abs(np.fft.rfft(stem[:, 0].astype(np.float32))))[-2:].tolist())
        for name, stem in song.stems.items()
    }
    assert heard_hz["drums"] == [200, 300]
    assert heard_hz["other"] == [500, 600]
    assert 100 in heard_hz["vocals"]
    assert 400 in heard_hz["bass"]
    np.testing.assert_array_equal(song.stems["vocals"][:, 0], song.stems["vocals"][:, 1])
    spectrum = np.abs(np.fft.rfft(sum(stem[:, 0].astype(np.float32) for stem in song.stems.values())))
    assert spectrum[700] < 1e-3 * spectrum[600]


def test_medleydb_metadata_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    write_medleydb_track(tmp_path / "medleydb", "Artist_Song", ("vocalists",), metadata_beside=False)
    assert list(_songs("medleydb", tmp_path / "medleydb", "train")) == ["Artist_Song"]


def test_medleydb_tracks_with_bleed_are_left_out(tmp_path: Path) -> None:
    write_medleydb_track(tmp_path / "medleydb", "Artist_Bleeding", ("vocalists",), has_bleed="yes")
    write_medleydb_track(tmp_path / "medleydb", "Artist_Clean", ("vocalists",))
    assert list(_songs("medleydb", tmp_path / "medleydb", "train")) == ["Artist_Clean"]


def test_medleydb_tracks_keep_the_split_they_have_in_musdb18(tmp_path: Path) -> None:
    write_medleydb_track(tmp_path / "medleydb", "AlexanderRoss_GoodbyeBolero", ("vocalists",))
    write_medleydb_track(tmp_path / "medleydb", "AlexanderRoss_VelvetCurtain", ("vocalists",))
    assert list(_songs("medleydb", tmp_path / "medleydb", "train")) == ["AlexanderRoss_VelvetCurtain"]
    assert list(_songs("medleydb", tmp_path / "medleydb", "validation")) == ["AlexanderRoss_GoodbyeBolero"]


def test_medleydb_track_without_metadata_is_refused(tmp_path: Path) -> None:
    write_medleydb_track(tmp_path / "medleydb", "Artist_Song", ("vocalists",))
    (tmp_path / "medleydb" / "Audio" / "Artist_Song" / "Artist_Song_METADATA.yaml").unlink()
    with pytest.raises(DataError, match=r"Artist_Song_METADATA\.yaml is neither in"):
        _songs("medleydb", tmp_path / "medleydb", "train")


def test_folder_without_medleydb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no track in .*Audio"):
        _songs("medleydb", tmp_path, "train")


def test_band_songs_stay_in_the_split_they_were_made_for(tmp_path: Path) -> None:
    for name, split in (("held out", "validation"), ("learned", "train")):
        write_song(tmp_path / "band", name, noisy_song(0.2, 0), split=split)
    assert list(_songs("band", tmp_path / "band", "train")) == ["learned"]
    assert list(_songs("band", tmp_path / "band", "validation")) == ["held out"]
