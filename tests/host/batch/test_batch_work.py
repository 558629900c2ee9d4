"""One job: stems that appear whole or not at all, and a manifest that says whether they need to be made again."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import soundfile
from batchfiles import AWKWARD, DELAY, job, stems_of, write
from support import FLOAT32_SUM

from rtsep.host.batch.job import Maker, Settings
from rtsep.host.batch.manifest import MANIFEST, finished, made_by, read_manifest
from rtsep.host.batch.staging import staged
from rtsep.host.batch.work import run_job, without_finished

MAKER = made_by(DELAY)


def nobody(done: int, total: int) -> None:
    """Is not interested."""


@pytest.mark.parametrize("name", AWKWARD)
def test_stems_of_any_file_add_up_and_are_as_long_as_it_is(tmp_path: Path, name: str) -> None:
    frames, channels, rate = AWKWARD[name]
    path = write(tmp_path, name, frames, channels, rate)
    told: list[tuple[int, int]] = []
    outcome = run_job(job(tmp_path, name), MAKER, lambda done, total: told.append((done, total)))
    assert (outcome.status, outcome.error) == ("done", "")
    stems = [soundfile.read(stem, dtype="float32") for stem in outcome.stems.values()]
    assert {stem_rate for _, stem_rate in stems} == {rate}
    signal = np.broadcast_to(soundfile.read(path, dtype="float32", always_2d=True)[0], (frames, 2))
    np.testing.assert_allclose(np.sum([stem for stem, _ in stems], axis=0), signal, atol=FLOAT32_SUM)
    assert told[0] == (0, frames)
    assert told[-1] == (frames, frames)


def test_a_finished_job_is_not_done_again(tmp_path: Path) -> None:
    write(tmp_path, "song.wav")
    mine = job(tmp_path, "song.wav")
    assert without_finished([mine], MAKER)[0] == [mine]
    outcome = run_job(mine, MAKER, nobody)
    todo, done = without_finished([mine], MAKER)
    assert todo == []
    assert [(each.status, each.stems, each.seconds) for each in done] == [("skipped", outcome.stems, outcome.seconds)]


def other_settings(**changes: Any) -> Maker:
    """A maker that differs."""
    return msgspec.structs.replace(MAKER, settings=msgspec.structs.replace(DELAY, **changes))


@pytest.mark.parametrize(
    "maker",
    [
        other_settings(separator="classic"),
        other_settings(parameters={"vocals": 0.5}),
        other_settings(channels=(2, 1)),
        other_settings(format="flac"),
        Maker(settings=DELAY, version="another"),
    ],
)
def test_other_settings_or_another_version_do_not_count_as_done(tmp_path: Path, maker: Maker) -> None:
    write(tmp_path, "song.wav")
    mine = job(tmp_path, "song.wav")
    run_job(mine, MAKER, nobody)
    assert finished(mine, MAKER)
    assert not finished(mine, maker)


def truncate(path: Path) -> None:
    """Half of it is lost."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    "harm",
    [
        lambda root: (root / "out/song/bass.wav").unlink(),
        lambda root: truncate(root / "out/song/bass.wav"),
        lambda root: truncate(root / "out/song" / MANIFEST),
        lambda root: (root / "out/song" / MANIFEST).unlink(),
        lambda root: os.utime(root / "song.wav", ns=(0, 0)),
        lambda root: write(root, "song.wav", 1001),
        lambda root: (root / "song.wav").unlink(),
    ],
)
def test_damage_or_another_source_does_not_count_as_done(tmp_path: Path, harm: Any) -> None:
    write(tmp_path, "song.wav")
    mine = job(tmp_path, "song.wav")
    run_job(mine, MAKER, nobody)
    harm(tmp_path)
    assert not finished(mine, MAKER)


def test_the_manifest_says_what_made_the_stems_and_of_what(tmp_path: Path) -> None:
    path = write(tmp_path, "song.wav", 1234)
    run_job(job(tmp_path, "song.wav"), MAKER, nobody)
    manifest = read_manifest(tmp_path / "out" / "song")
    assert manifest is not None
    assert manifest.made_by == MAKER
    assert manifest.made_by.version.startswith("rtsep ")
    assert (manifest.source.name, manifest.source.bytes) == ("song.wav", path.stat().st_size)
    assert (manifest.frames, manifest.sample_rate, sorted(manifest.stems)) == (
        1234,
        44100,
        ["bass", "drums", "other", "vocals"],
    )
    assert str(tmp_path) not in (tmp_path / "out" / "song" / MANIFEST).read_text()


def test_another_format_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    write(tmp_path, "song.wav")
    mine = job(tmp_path, "song.wav")
    run_job(mine, MAKER, nobody)
    (tmp_path / "out/song/notes.txt").write_text("mine")
    run_job(mine, other_settings(format="flac"), nobody)
    left = {path.name for path in (tmp_path / "out/song").iterdir()}
    assert left == {"vocals.flac", "drums.flac", "bass.flac", "other.flac", "notes.txt", MANIFEST}


@pytest.mark.parametrize(
    ("name", "separator", "told"),
    [
        ("nowhere.wav", "delay", r"nowhere\.wav cannot be read .*check the path"),
        ("text.wav", "delay", r"text\.wav cannot be read as audio"),
        ("six.wav", "delay", r"six\.wav has 6 channels, the separator takes 2"),
        ("song.wav", "test-unprepared", "the weights are missing; run 'fetch weights'"),
    ],
)
def test_a_job_that_fails_leaves_nothing_and_says_why(
    tmp_path: Path, plugins: Path, name: str, separator: str, told: str
) -> None:
    write(tmp_path, "song.wav")
    write(tmp_path, "six.wav", channels=6)
    (tmp_path / "text.wav").write_text("no sound")
    outcome = run_job(job(tmp_path, name), made_by(Settings(separator=separator)), nobody)
    assert outcome.status == "failed"
    assert re.search(told, outcome.error)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_failure_leaves_the_stems_of_before_as_they_were(tmp_path: Path) -> None:
    write(tmp_path, "song.wav")
    mine = job(tmp_path, "song.wav")
    run_job(mine, MAKER, nobody)
    before = stems_of(tmp_path / "out")
    assert run_job(mine, other_settings(parameters={"nothing": 1.0}), nobody).status == "failed"
    assert stems_of(tmp_path / "out") == before
    assert finished(mine, MAKER)


def test_another_version_where_it_runs_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "song.wav")
    outcome = run_job(job(tmp_path, "song.wav"), Maker(settings=DELAY, version="rtsep 99"), nobody)
    assert "is 'rtsep " in outcome.error
    assert "install the same on every machine" in outcome.error


def test_what_a_killed_writer_left_is_swept_away_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / ("long [name] " + "x" * 200)
    killed = staged(folder)
    (killed.__enter__() / "vocals.wav").touch()
    assert not folder.exists()
    with staged(folder) as place:
        assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == [place]
        (place / "drums.wav").touch()
    assert {path.relative_to(folder).as_posix() for path in folder.iterdir()} == {"drums.wav"}
    assert list(tmp_path.iterdir()) == [folder]
