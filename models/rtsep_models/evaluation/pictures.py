"""Spectrograms to look at: of every stem the truth, the estimate, and the error between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.mlab import specgram

from rtsep.errors import AudioFileError
from rtsep_models.evaluation.ratios import Stem, Stems, usdr

WINDOW = 2048
TOP_HZ = 16_000
RANGE_DB = 80.0
"""Below the loudest of a picture all is black."""
_FLOOR = 1e-16


def draw(path: Path, title: str, sample_rate: int, estimates: Stems, true: Stems) -> None:
    """Write a PNG with a row per stem of `true`. Raises AudioFileError if it cannot be written."""
    columns = ("true", "estimate", "error")
    figure = Figure(figsize=(15, 2.6 * len(true) + 0.6), dpi=100, layout="constrained")
    figure.suptitle(title)
    grid = figure.subplots(len(true), len(columns), sharex=True, sharey=True, squeeze=False)
    loudest = max(_levels(track, sample_rate).max() for track in true.values())
    for row, (name, track) in zip(grid, true.items(), strict=True):
        shown = (track, estimates[name], track - estimates[name])
        for axes, column, sound in zip(row, columns, shown, strict=True):
            _paint(axes, sound, sample_rate, loudest)
            axes.set_title(f"{name}: {column}", fontsize=9)
        row[-1].set_title(f"{name}: error, {usdr(track, estimates[name]):.1f} dB uSDR", fontsize=9)
        row[0].set_ylabel("kHz")
    for axes in grid[-1]:
        axes.set_xlabel("s")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path)
    except OSError as error:
        raise AudioFileError(
            f"{path} cannot be written: {error.strerror}; name another folder with --pictures"
        ) from None


def paint_all(figure: Figure, rows: Sequence[Sequence[tuple[str, Stem]]], sample_rate: int) -> None:
    """A grid of spectrograms with their titles, all against the loudest."""
    grid = figure.subplots(len(rows), len(rows[0]), sharex=True, sharey=True, squeeze=False)
    loudest = max(_levels(sound, sample_rate).max() for row in rows for _, sound in row)
    for axes_row, row in zip(grid, rows, strict=True):
        for axes, (title, sound) in zip(axes_row, row, strict=True):
            _paint(axes, sound, sample_rate, loudest)
            axes.set_title(title, fontsize=8)


def _paint(axes: Axes, sound: Stem, sample_rate: int, loudest: float) -> None:
    extent = (0.0, sound.shape[1] / sample_rate, 0.0, sample_rate / 2000.0)
    levels = _levels(sound, sample_rate)
    axes.imshow(levels, "magma", origin="lower", aspect="auto", extent=extent, vmin=loudest - RANGE_DB, vmax=loudest)
    axes.set_ylim(0.0, min(sample_rate / 2, TOP_HZ) / 1000.0)


def _levels(sound: Stem, sample_rate: int) -> np.ndarray:
    """dB, (bins, frames), of both channels together."""
    power = np.zeros(1)
    for channel in sound:
        power = power + np.asarray(specgram(channel, WINDOW, sample_rate, noverlap=WINDOW // 2)[0])
    return 10.0 * np.log10(power + _FLOOR)
