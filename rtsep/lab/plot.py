"""Figures of a measurement as a PNG, where matplotlib is installed (the extra `evaluate`)."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import numpy as np

from rtsep.errors import ConfigError
from rtsep.lab.grid import Row
from rtsep.units import frames_to_ms


def plot(path: str, rows: Sequence[Row]) -> None:
    """Above, latency by setting beside what is declared; below, each shot about its median. Raises ConfigError."""
    try:
        canvas = importlib.import_module("matplotlib.backends.backend_agg")
        figures = importlib.import_module("matplotlib.figure")
    except ModuleNotFoundError:
        raise ConfigError("--plot needs matplotlib; install it with 'pip install rtsep[evaluate]'") from None
    shown = [(row, row.facts, row.found) for row in rows if row.facts and row.found and row.found.delay is not None]
    if not shown:
        raise ConfigError("--plot has nothing to show: no loop was found")
    figure = figures.Figure(figsize=(9.0, 7.0), layout="constrained")
    canvas.FigureCanvasAgg(figure)
    above, below = figure.subplots(2, 1)
    names = [f"{facts.host_api}\n{facts.sample_rate:.0f} Hz\n{facts.block}" for _, facts, _ in shown]
    places = np.arange(len(shown))
    above.bar(places - 0.2, [found.delay_ms for _, _, found in shown], 0.4, label="measured")
    declared = [
        float("nan") if facts.declared is None else frames_to_ms(facts.declared, facts.sample_rate)
        for _, facts, _ in shown
    ]
    above.bar(places + 0.2, declared, 0.4, label="declared by the driver")
    above.set_xticks(places, names)
    above.set_ylabel("round trip, ms")
    above.legend()
    for index, (_, _, found) in enumerate(shown):
        delays = np.array([float("nan") if delay is None else delay for delay in found.delays])
        below.plot(np.arange(1, len(delays) + 1), delays - found.delay, ".-", label=names[index].replace("\n", ", "))
    below.set_xlabel("shot")
    below.set_ylabel("frames about the delay")
    below.legend(fontsize="small")
    try:
        figure.savefig(path, format="png", dpi=120)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name another file after --plot") from None
