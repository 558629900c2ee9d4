"""A batch over processes: whatever their number the stems are the same, and one that dies takes nobody along."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from batchfiles import AWKWARD, DELAY, album, job, statuses, stems_of, write

from rtsep.host.batch.job import Event, Outcome, Progressed, Settings
from rtsep.host.batch.manifest import made_by
from rtsep.host.batch.plan import plan
from rtsep.host.batch.pool import run_local
from rtsep.host.batch.work import run_job


def outcomes_of(events: list[Event]) -> list[Outcome]:
    """Without the progress."""
    return [event for event in events if isinstance(event, Outcome)]


def test_each_file_is_separated_and_the_one_that_cannot_be_is_named(tmp_path: Path) -> None:
    jobs = plan([str(album(tmp_path / "music"))], tmp_path / "out")
    outcomes = outcomes_of(list(run_local(jobs, made_by(DELAY), 2)))
    wanted = {Path(name).name: "done" for name in AWKWARD} | {"text.wav": "failed"}
    assert statuses(outcomes) == wanted
    assert len(stems_of(tmp_path / "out")) == 4 * len(AWKWARD)
    assert not list((tmp_path / "out").rglob(".*"))


def test_a_process_that_dies_fails_its_own_file_alone(tmp_path: Path, plugins: Path) -> None:
    names = ["a.wav", "b.wav"]
    for name in names:
        write(tmp_path, name)
    maker = made_by(Settings(separator="test-fatal"))
    outcomes = outcomes_of(list(run_local([job(tmp_path, name) for name in names], maker, 1)))
    assert statuses(outcomes) == dict.fromkeys(names, "failed")
    assert all("its process died (status 9)" in outcome.error for outcome in outcomes)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_batch_that_is_ended_early_leaves_nothing_half_done(tmp_path: Path, plugins: Path) -> None:
    write(tmp_path, "long.wav", 48_000 * 60, rate=48_000)
    maker = made_by(Settings(separator="test-sluggish"))
    with closing(run_local([job(tmp_path, "long.wav")], maker, 1)) as events:  # type: ignore[type-var]
        while (event := next(events)) and not (isinstance(event, Progressed) and event.total):
            pass
        assert event.total == 48_000 * 60
        assert list((tmp_path / "out").iterdir())
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("separator", ["classic", "nmf"])
def test_two_processes_make_the_same_files_as_this_one(tmp_path: Path, separator: str) -> None:
    music, maker = album(tmp_path / "music"), made_by(Settings(separator=separator))
    list(run_local(plan([str(music)], tmp_path / "two"), maker, 2))
    for each in plan([str(music)], tmp_path / "one"):
        run_job(each, maker, lambda done, total: None)
    made = stems_of(tmp_path / "two")
    assert made == stems_of(tmp_path / "one")
    assert len(made) == 4 * len(AWKWARD)
