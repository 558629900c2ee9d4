"""Segments: right by number, honest about what is known, from songs that come and go."""

from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from lookalikes import RATE, noisy_song, write_album, write_song

from rtsep.errors import ConfigError
from rtsep_models.data.config import UNCHANGED, DataConfig, Source, expand
from rtsep_models.data.dataset import Loader, SegmentSource
from rtsep_models.data.songs import FULL_SCALE, STEMS, DataError

SEGMENT_S = 0.2
LENGTH = round(SEGMENT_S * RATE)


def _config(folder: Path, **changes: object) -> DataConfig:
    config = DataConfig(sources=(Source("band", str(folder)),), segment_s=SEGMENT_S)
    return msgspec.structs.replace(config, **changes)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for seed in range(3):
        write_song(tmp_path / "band", f"song{seed}", noisy_song(1.0, seed))
    return tmp_path / "band"


def _position(segment: np.ndarray, whole: np.ndarray) -> int | None:
    """Where (C, T) lies within int16 (T, C); None: nowhere."""
    places = np.flatnonzero(whole[: len(whole) - LENGTH + 1, 0] == np.rint(segment[0, 0] * FULL_SCALE))
    for place in places:
        if np.allclose(segment * FULL_SCALE, whole[place : place + LENGTH].T, atol=0.01):
            return int(place)
    return None


def test_unchanged_coherent_segment_is_a_piece_of_one_song(folder: Path) -> None:
    batch = SegmentSource(_config(folder, augmentation=UNCHANGED, coherent_share=1.0), seed=0).batch(8)
    assert batch.stems.shape == (8, len(STEMS), 2, LENGTH)
    assert batch.stems.dtype == torch.float32
    assert batch.valid.all()
    songs = [noisy_song(1.0, seed) for seed in range(3)]
    for segment in batch.stems.numpy():
        found = [{_position(stem, whole[i]) for i, stem in enumerate(segment)} for whole in songs]
        assert sum(len(places) == 1 and None not in places for places in found) == 1


def test_shuffled_segments_take_stems_from_several_songs(folder: Path) -> None:
    config = _config(folder, augmentation=UNCHANGED, coherent_share=0.0, replace_share=1.0)
    batch = SegmentSource(config, seed=0).batch(8)
    songs = [noisy_song(1.0, seed) for seed in range(3)]
    owners = [
        [
            next(n for n, whole in enumerate(songs) if _position(stem, whole[i]) is not None)
            for i, stem in enumerate(each)
        ]
        for each in batch.stems.numpy()
    ]
    assert sum(len(set(each)) > 1 for each in owners) >= 6


def test_batch_depends_on_seed_and_number_alone(folder: Path) -> None:
    source = SegmentSource(_config(folder), seed=5)
    in_order = [source.batch(2).stems for _ in range(3)]
    again = SegmentSource(_config(folder), seed=5)
    assert torch.equal(again.batch_at(2, 2).stems, in_order[2])
    assert torch.equal(again.batch_at(0, 2).stems, in_order[0])
    assert not torch.equal(in_order[0], in_order[1])
    assert not torch.equal(SegmentSource(_config(folder), seed=6).batch(2).stems, in_order[0])


def test_mixture_never_clips_and_is_finite(folder: Path) -> None:
    batch = SegmentSource(_config(folder), seed=1).batch(64)
    assert batch.stems.isfinite().all()
    assert batch.stems.sum(dim=1).abs().max() <= 1.0001


def test_song_shorter_than_a_segment_is_followed_by_silence(tmp_path: Path) -> None:
    write_song(tmp_path, "short", noisy_song(0.1, 0))
    batch = SegmentSource(_config(tmp_path, augmentation=UNCHANGED, coherent_share=1.0), seed=0).batch(2)
    assert batch.stems[..., : RATE // 10].any()
    assert not batch.stems[..., RATE // 10 :].any()


def test_rare_stem_is_found_most_of_the_time(tmp_path: Path) -> None:
    data = np.zeros((len(STEMS), 60 * RATE, 2), np.int16)
    data[2, 30 * RATE : 31 * RATE] = 2000
    write_song(tmp_path, "rare", data)
    config = _config(tmp_path, augmentation=UNCHANGED, coherent_share=0.0, replace_share=1.0)
    batch = SegmentSource(config, seed=0).batch(40)
    assert batch.stems[:, 2].any(dim=-1).any(dim=-1).sum() >= 28  # 0.9 of the draws, some at the edge


def test_hidden_bass_makes_bass_and_other_invalid_where_it_sounds(tmp_path: Path) -> None:
    write_song(tmp_path, "clean", noisy_song(1.0, 0))
    hidden = noisy_song(1.0, 1)
    hidden[2] = 0
    write_song(tmp_path, "hidden", hidden, bass_free=False)
    source = SegmentSource(_config(tmp_path, augmentation=UNCHANGED, coherent_share=1.0), seed=0)
    batch = source.batch(32)
    for segment, valid in zip(batch.stems, batch.valid, strict=True):
        from_clean = bool(segment[2].any())
        assert valid.tolist() == [True, True, from_clean, from_clean]
    assert 8 < batch.valid[:, 2].sum() < 24


def test_shuffled_segments_never_use_an_other_that_may_hide_bass(tmp_path: Path) -> None:
    write_song(tmp_path, "clean", noisy_song(1.0, 0))
    hidden = noisy_song(1.0, 1)
    write_song(tmp_path, "hidden", hidden, bass_free=False)
    config = _config(tmp_path, augmentation=UNCHANGED, coherent_share=0.0)
    batch = SegmentSource(config, seed=0).batch(32)
    assert batch.valid.all()
    assert all(_position(segment[3], hidden[3]) is None for segment in batch.stems.numpy())
    assert any(_position(segment[0], hidden[0]) is not None for segment in batch.stems.numpy())


def test_dropped_other_leaves_nothing_invalid(tmp_path: Path) -> None:
    write_song(tmp_path, "clean", noisy_song(1.0, 0))
    write_song(tmp_path, "hidden", noisy_song(1.0, 1), bass_free=False)
    augmentation = msgspec.structs.replace(UNCHANGED, drop_share=1.0)
    batch = SegmentSource(_config(tmp_path, augmentation=augmentation, coherent_share=1.0), seed=0).batch(8)
    assert not batch.stems.any()
    assert batch.valid.all()


def test_weights_decide_how_often_a_source_is_drawn(tmp_path: Path) -> None:
    for name, level in (("often", 100), ("seldom", 200)):
        write_song(tmp_path / name, "song", np.full((len(STEMS), RATE, 2), level, np.int16))
    sources = (Source("band", str(tmp_path / "often"), 9.0), Source("band", str(tmp_path / "seldom"), 1.0))
    config = DataConfig(sources=sources, segment_s=0.1, augmentation=UNCHANGED, coherent_share=1.0)
    levels = SegmentSource(config, seed=0).batch(200).stems[:, 0, 0, 0] * FULL_SCALE
    assert 165 <= (levels < 150).sum() <= 195


def test_growing_folder_is_looked_through_anew(tmp_path: Path) -> None:
    write_song(tmp_path, "a", np.full((len(STEMS), RATE, 2), 100, np.int16))
    config = _config(tmp_path, augmentation=UNCHANGED, coherent_share=1.0, rescan_batches=2)
    source = SegmentSource(config, seed=0)
    write_song(tmp_path, "b", np.full((len(STEMS), RATE, 2), 200, np.int16))
    (tmp_path / "a.npy").unlink()
    seen = [round(float(source.batch(8).stems.max()) * FULL_SCALE) for _ in range(3)]
    assert seen == [100, 100, 200]


def test_segments_outside_training_are_coherent_and_unchanged(folder: Path) -> None:
    for split in ("validation", "test"):
        source = SegmentSource(_config(folder, split=split), seed=0)
        assert source.config.augmentation == UNCHANGED
        assert source.config.coherent_share == 1.0


def test_training_never_gets_the_validation_songs(tmp_path: Path) -> None:
    album = write_album(tmp_path / "album", {"Francium": False, "Lithium": True, "Sodium": True})
    config = DataConfig(sources=(Source("album", str(album)),), segment_s=SEGMENT_S, cache=str(tmp_path / "cache"))
    SegmentSource(config, seed=0).batch(4)
    assert {path.name.partition("-")[0] for path in (tmp_path / "cache").rglob("*.npy")} == {"lithium"}


def test_no_songs_at_all_is_told_with_the_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"0 songs for train in \['.*nothing'\]"):
        SegmentSource(_config(tmp_path / "nothing"), seed=0)


def test_songs_that_all_hide_bass_are_not_enough(tmp_path: Path) -> None:
    write_song(tmp_path, "hidden", noisy_song(0.5, 1), bass_free=False)
    with pytest.raises(DataError, match=r"1 songs .* none with every stem known"):
        SegmentSource(_config(tmp_path), seed=0)


def test_loader_takes_up_where_a_run_was_left(folder: Path) -> None:
    config = _config(folder)
    whole = [batch.stems for _, batch in zip(range(4), Loader(config, 2, seed=3, workers=0), strict=False)]
    resumed = Loader(config, 2, seed=3, workers=0, first=2)
    rest = [batch.stems for _, batch in zip(range(2), resumed, strict=False)]
    assert all(torch.equal(a, b) for a, b in zip(whole[2:], rest, strict=True))
    assert torch.equal(next(iter(resumed)).stems, rest[0])


@pytest.mark.slow
def test_batches_do_not_depend_on_the_number_of_workers(folder: Path) -> None:
    config = _config(folder)
    alone = [batch for _, batch in zip(range(5), Loader(config, 2, seed=3, workers=0), strict=False)]
    shared = [batch for _, batch in zip(range(5), Loader(config, 2, seed=3, workers=2), strict=False)]
    for a, b in zip(alone, shared, strict=True):
        assert torch.equal(a.stems, b.stems)
        assert torch.equal(a.valid, b.valid)


def test_loader_complains_about_songs_at_once(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="0 songs"):
        Loader(_config(tmp_path), 2, seed=0, workers=2)


def test_configuration_is_decoded_from_toml() -> None:
    text = """
    segment_s = 4
    coherent_share = 0.25
    augmentation = {speed = [0.9, 1.1], mono_share = 0.0}
    [[sources]]
    kind = "album"
    path = "everything-is-free"
    weight = 0.5
    """
    config = msgspec.toml.decode(text, type=DataConfig, strict=False)
    assert config.sources == (Source("album", "everything-is-free", 0.5),)
    assert config.augmentation.speed == (0.9, 1.1)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sources": ()}, "sources is empty"),
        ({"segment_s": 0.0}, "segment_s is 0.0, must be 0.1..600"),
        ({"coherent_share": 2.0}, "coherent_share is 2.0, must be 0..1"),
        ({"rescan_batches": 0}, "rescan_batches is 0, must be >= 1"),
    ],
)
def test_impossible_configurations_are_refused(changes: dict, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        DataConfig(**{"sources": (Source("band", "songs"),), **changes})


def test_weight_of_a_source_must_be_positive() -> None:
    with pytest.raises(ConfigError, match=r"weight is 0\.0, must be > 0"):
        Source("band", "songs", 0.0)


def test_paths_expand_variables_and_start_from_rtsep_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTSEP_DATA", str(tmp_path))
    monkeypatch.setenv("SONGS", str(tmp_path / "songs"))
    assert expand("band/train") == tmp_path / "band" / "train"
    assert expand("$SONGS/train") == tmp_path / "songs" / "train"
    assert expand(str(tmp_path / "x")) == tmp_path / "x"
    monkeypatch.delenv("RTSEP_DATA")
    assert expand("band") == Path("band")
    with pytest.raises(ConfigError, match=r"uses \$NOWHERE, which is not set"):
        expand("${NOWHERE}/band")


def test_a_path_may_name_a_folder_that_comes_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RTSEP_DATA", "elsewhere")
    assert any(expand("package:midi").glob("*.mid"))
    with pytest.raises(ConfigError, match=r"'package:mdi'.*but midi; did you mean 'midi'"):
        expand("package:mdi")
