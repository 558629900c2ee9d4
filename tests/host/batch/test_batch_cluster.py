"""A batch over a Dask cluster: the same files as one process makes, and the same memory of what is done."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from batchfiles import AWKWARD, DELAY, album, job, statuses, stems_of, write

from rtsep.errors import ConfigError
from rtsep.host.batch import cluster as module
from rtsep.host.batch.cluster import run_cluster
from rtsep.host.batch.job import Outcome, Settings
from rtsep.host.batch.manifest import made_by
from rtsep.host.batch.plan import plan
from rtsep.host.batch.pool import run_local
from rtsep.host.batch.work import without_finished

pytestmark = pytest.mark.skipif(importlib.util.find_spec("distributed") is None, reason="Dask is not installed")


@pytest.fixture(scope="module")
def scheduler(plugin_folder: Path) -> Iterator[str]:
    """The address of a cluster of two workers."""
    from distributed import LocalCluster

    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(plugin_folder))
        settings: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
        with LocalCluster(silence_logs=50, **settings) as cluster:
            yield cluster.scheduler_address


@pytest.mark.slow
def test_the_cluster_makes_the_same_files_and_skips_what_is_done(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    album(Path("music"))
    maker = made_by(Settings(separator="classic"))
    jobs = plan(["music"], Path("cluster"))
    outcomes = [event for event in run_cluster(jobs, maker, scheduler, 2) if isinstance(event, Outcome)]
    wanted = {Path(name).name: "done" for name in AWKWARD} | {"text.wav": "failed"}
    assert statuses(outcomes) == wanted
    assert {outcome.job for outcome in outcomes} == set(jobs)
    list(run_local(plan(["music"], Path("local")), maker, 1))
    assert stems_of(tmp_path / "cluster") == stems_of(tmp_path / "local")
    todo, done = without_finished(jobs, maker)
    assert [Path(job.source).name for job in todo] == ["text.wav"]
    assert {path for outcome in done for path in outcome.stems.values()} == {
        path for outcome in outcomes for path in outcome.stems.values()
    }


@pytest.mark.slow
def test_a_job_that_kills_its_workers_is_given_up_and_the_others_are_done(
    tmp_path: Path, scheduler: str, plugins: Path
) -> None:
    write(tmp_path, "a.wav")
    fatal = [
        event
        for event in run_cluster([job(tmp_path, "a.wav")], made_by(Settings(separator="test-fatal")), scheduler, 2)
        if isinstance(event, Outcome)
    ]
    assert statuses(fatal) == {"a.wav": "failed"}
    assert "KilledWorker" in fatal[0].error
    whole = [
        event
        for event in run_cluster([job(tmp_path, "a.wav")], made_by(DELAY), scheduler, 2)
        if isinstance(event, Outcome)
    ]
    assert statuses(whole) == {"a.wav": "done"}


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CONNECT_S", "300ms")
    write(tmp_path, "a.wav")
    with pytest.raises(ConfigError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9: .*dask worker"):
        list(run_cluster([job(tmp_path, "a.wav")], made_by(DELAY), "tcp://127.0.0.1:9", 1))
