"""Pictures of what partitions and high-variance dimensions do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from benchmarks.ravesound import BENDS, WAYS, find_split, played
from rtsep.separators.registry import create
from rtsep_models.evaluation.material import Material
from rtsep_models.evaluation.pictures import draw, paint_all
from rtsep_models.evaluation.scores import merged

SHOWN_BENDS = ("scale_3", "scale_-3", "offset_2", "offset_-2", "set_2", "set_-2")


def draw_stems(folder: Path, name: str, song: Material) -> None:
    """A picture for each way of playing: truth, estimate, error of every stem."""
    for way, settings in WAYS.items():
        stems = played(name, song.mix, song.sample_rate, settings)
        estimates, true = merged(dict(zip(create(name).spec.stems, stems, strict=True)), song.stems)
        draw(folder / f"{name}-{way}.png", f"{name}, {way}", song.sample_rate, estimates, true)


def draw_bends(folder: Path, name: str, song: Material) -> None:
    """One picture: a row for each high-variance dimension, a column for what is done to it; what is heard is the stems' sum."""
    plain = played(name, song.mix, song.sample_rate, {}).sum(axis=0)
    rows: list[list[tuple[str, NDArray[np.float32]]]] = []
    for k in range(find_split(name).shared):
        row = [("as it is", plain)]
        for bend in SHOWN_BENDS:
            nodes = {f"dim/{k}/{node}": value for node, value in BENDS[bend].items()}
            row.append(
                (f"dim {k}: {bend.replace('_', ' ')}", played(name, song.mix, song.sample_rate, nodes).sum(axis=0))
            )
        rows.append(row)
    figure = Figure(figsize=(2.4 * len(rows[0]), 1.5 * len(rows) + 0.4), dpi=90, layout="constrained")
    paint_all(figure, rows, song.sample_rate)
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{name}-dimensions.png")
