"""`python -m rtsep_models.data.band --samples DIR --out DIR --split train --songs 200`: render songs, or go on rendering."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rtsep.errors import RtsepError, did_you_mean
from rtsep_models.data.band.song import LENGTH_S
from rtsep_models.data.band.splits import SPLITS
from rtsep_models.data.band.workers import Order, render_songs


def main(
    samples: Annotated[Path, typer.Option(help="Folder of recorded samples with its manifest.jsonl.")],
    out: Annotated[Path, typer.Option(help="Folder for the songs.")],
    split: Annotated[str, typer.Option(help="train or validation: which instruments and singers play.")] = "train",
    songs: Annotated[int, typer.Option(min=1, help="How many songs.")] = 200,
    first_seed: Annotated[int, typer.Option(min=0, help="Seed of the first one.")] = 0,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    shortest_s: Annotated[float, typer.Option(min=4.0, help="Shortest song.")] = LENGTH_S[0],
    longest_s: Annotated[float, typer.Option(min=4.0, help="Longest song.")] = LENGTH_S[1],
    voices: Annotated[Path | None, typer.Option(help="Folder that keeps analysed voices for the next run.")] = None,
) -> None:
    """Compose and render songs as four stems each. Songs that exist already are kept, so an interrupted run goes on."""
    if split not in SPLITS:
        raise RtsepError(f"split {split!r} does not exist, use train or validation; {did_you_mean(split, SPLITS)}")
    if shortest_s > longest_s:
        raise RtsepError(f"--shortest-s {shortest_s} is more than --longest-s {longest_s}; swap them")
    order = Order(samples, out, split, voices, (shortest_s, longest_s))
    render_songs(order, range(first_seed, first_seed + songs), workers)


if __name__ == "__main__":
    try:
        typer.run(main)
    except RtsepError as error:
        sys.exit(str(error))
