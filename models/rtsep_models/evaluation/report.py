"""What `rtsep evaluate` prints and writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table

from rtsep.jsonfile import write_json
from rtsep_models.evaluation.scores import SongScore
from rtsep_models.evaluation.summary import Summary


def table(summaries: Mapping[str, Summary]) -> Table:
    """A row per system; levels in dB."""
    stems = list(dict.fromkeys(stem for summary in summaries.values() for stem in summary.stems))
    shown = Table(box=None, header_style="bold", pad_edge=False, title="dB; stems in uSDR", title_justify="left")
    shown.add_column("")
    for column in (*stems, "mean", "gain", "museval", "vocals left", "rest"):
        shown.add_column(column, justify="right")
    for system, summary in summaries.items():
        levels = [summary.stems[stem].usdr_db if stem in summary.stems else None for stem in stems]
        mean, muted = summary.mean, summary.vocals_muted
        levels += [mean.usdr_db, mean.usdr_gain_db, mean.museval_db, muted.vocals_left_db, muted.rest_usdr_db]
        shown.add_row(system, *("" if level is None or level != level else f"{level:.2f}" for level in levels))
    return shown


def write(target: str | None, summaries: Mapping[str, Summary], scores: Mapping[str, Sequence[SongScore]]) -> None:
    """JSON to a file, or to standard output for "-"; NaN becomes null. Raises ConfigError if it cannot be written."""
    whole = {name: {"summary": summary, "songs": scores[name]} for name, summary in summaries.items()}
    write_json(target, whole)
