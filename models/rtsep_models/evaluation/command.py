"""`rtsep evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    systems: Annotated[
        list[str],
        typer.Argument(help="Separators by name, or folders of estimates, as ESTIMATES/<song>/vocals.wav."),
    ],
    songs: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder of the album, of rendered songs, of MUSDB18(-HQ) or MedleyDB; repeat for several. "
            "Default: the validation songs in $RTSEP_DATA and $RTSEP_BAND, or else the clip inside the package.",
        ),
    ] = None,
    seconds: Annotated[float, typer.Option(help="Excerpt of each song; 0: all of it.", min=0.0)] = 0.0,
    json: Annotated[
        str | None,
        typer.Option("--json", metavar="[FILE]", help="Write JSON to FILE, or to standard output without one."),
    ] = None,
    pictures: Annotated[Path | None, typer.Option(help="Folder for spectrograms of truth, estimate and error.")] = None,
    processes: Annotated[int, typer.Option(help="Worker processes, one thread each.", min=1)] = 2,
) -> None:
    """Score separators, streamed hop by hop as live, or stems on disk, against songs whose true stems are known."""
    from rich.console import Console
    from rich.progress import track

    from rtsep_models.evaluation.material import find
    from rtsep_models.evaluation.report import table, write
    from rtsep_models.evaluation.run import Job, check, run_all
    from rtsep_models.evaluation.summary import summarise

    check(systems, pictures)
    console = Console(stderr=json == "-", highlight=False)
    pieces = find(songs or [])
    jobs = [Job(system, piece, seconds, pictures) for system in dict.fromkeys(systems) for piece in pieces]
    done = dict(track(run_all(jobs, processes), "scoring", len(jobs), console=console, transient=True))
    scores = {system: [done[job] for job in jobs if job.system == system] for system in dict.fromkeys(systems)}
    summaries = {system: summarise(rows) for system, rows in scores.items()}
    write(json, summaries, scores)
    console.print(table(summaries))
    console.print(f"{len(pieces)} songs: {', '.join(piece.name for piece in pieces)}")
