"""`rtsep separate`: files to stems, as fast as the machine allows, through the same code as live."""

from __future__ import annotations

import os
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress

from rtsep.cli import batch
from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_json, console
from rtsep.errors import AudioFileError
from rtsep.host.batch.cluster import run_cluster
from rtsep.host.batch.job import Event, Job, Maker, Outcome, Settings
from rtsep.host.batch.manifest import made_by
from rtsep.host.batch.plan import plan
from rtsep.host.batch.pool import run_local
from rtsep.host.batch.staging import staged
from rtsep.host.batch.stems import write_stems
from rtsep.host.batch.work import concluded, without_finished
from rtsep.host.recorder import SUBTYPES
from rtsep.jsonfile import write_json


def separate(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Sounds in any format that libsndfile reads: WAV, FLAC, Ogg, Opus, MP3, AIFF ...; folders, whose layout is kept."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder; each file gets one of its own below it.")],
    separator: Annotated[str | None, typer.Option("--separator", "-s", help="See 'rtsep separators'.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="wav (32-bit float) or flac (24-bit).")] = "wav",
    channels: Annotated[str | None, typer.Option(help="Channels of the file to take, as 1,2.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="NAME=VALUE for the separator.")] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Files at a time, a process for each; default: the cores.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Separate again what is done already.")] = False,
    cluster: Annotated[
        str | None,
        typer.Option(help="Dask: tcp://HOST:8786 of a scheduler whose workers see the same files, or local."),
    ] = None,
    json: JsonOption = None,
) -> None:
    """Separate sound files into stems, hop by hop as live, but flat out. The stems line up with the file.

    Several files or a folder are a batch: many at a time, and what is done already is left alone. Its exit status is the
    number of files that failed.
    """
    check_json(json)
    if format not in SUBTYPES:
        raise AudioFileError(f"format {format!r} is not offered; choose one of {', '.join(SUBTYPES)}")
    config = build_config(
        None, None, None, {"separator": separator}, {"device": {"input_channels": channels}}, {}, param or [], []
    )
    settings = Settings(
        separator=config.separator,
        parameters=config.parameters,
        channels=config.device.input_channels,
        format=format,
    )
    planned = plan(files, output)
    out = console(json)
    alone = len(files) == 1 and not Path(files[0]).is_dir() and jobs is None and cluster is None
    if alone:
        outcomes = [_one(planned[0], settings, out)]
    else:
        outcomes = _many(planned, settings, jobs or os.cpu_count() or 1, force, cluster, out)
    write_json(json, [_result(outcome, settings) for outcome in outcomes])
    if alone:
        out.print(batch.line(outcomes[0]), soft_wrap=True)
    elif failed := batch.status(outcomes):
        raise typer.Exit(failed)


def _one(job: Job, settings: Settings, out: Console) -> Outcome:
    """Separate one file in this process, whether it is done already or not. Raises AudioFileError, SeparatorError."""
    begin = time.perf_counter()
    with Progress(*batch.COLUMNS, console=out) as progress, staged(Path(job.folder)) as place:
        task = progress.add_task(Path(job.source).name)
        written = write_stems(
            job.source, place, settings, lambda done, total: progress.update(task, completed=done, total=total)
        )
    return concluded(job, "done", written, time.perf_counter() - begin)


def _many(
    planned: list[Job], settings: Settings, count: int, force: bool, cluster: str | None, out: Console
) -> list[Outcome]:
    """Separate a batch; what became of each file. Raises SeparatorError, ConfigError before anything starts."""
    maker = made_by(settings)
    todo, outcomes = (planned, []) if force else without_finished(planned, maker)
    try:
        with closing(_events(todo, maker, count, cluster)) as events:
            batch.watch(events, len(planned), outcomes, out)
    except KeyboardInterrupt:
        out.print(batch.summary(outcomes, len(planned)))
        raise
    out.print(batch.summary(outcomes, len(planned)))
    place = {job: index for index, job in enumerate(planned)}
    return sorted(outcomes, key=lambda outcome: place[outcome.job])


def _events(todo: list[Job], maker: Maker, count: int, cluster: str | None) -> Generator[Event]:
    """The batch, here or on a cluster; nothing is started for nothing."""
    if todo:
        yield from run_local(todo, maker, count) if cluster is None else run_cluster(todo, maker, cluster, count)


def _result(outcome: Outcome, settings: Settings) -> dict[str, Any]:
    """For --json."""
    return {
        "file": outcome.job.source,
        "folder": outcome.job.folder,
        "status": outcome.status,
        "error": outcome.error,
        "separator": settings.separator,
        "stems": outcome.stems,
        "seconds": outcome.seconds,
        "speed": outcome.speed,
    }
