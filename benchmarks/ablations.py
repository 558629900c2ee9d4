"""What the student report's choices bring: awareness, pre-FC, loop-back; and what the Wiener filter adds, with and without.

Each run is a folder that `rtsep train` left, called as its configuration in `rtsep_models/configs` or `configs/ablations`. Its
best weights are packed for this benchmark alone and streamed hop by hop through the host, as live; the score is uSDR over an
excerpt of each validation song. Runs that are not there are left out and named. All runs of a question have heard the same
number of seconds in the same order of songs, and differ in what the question asks alone; their own spread with another seed
is not known, so that tenths of a decibel say little.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.quality import PLAIN
from benchmarks.randomsets import CONFIGS, own_models
from benchmarks.report import Report, arguments, say
from rtsep.errors import ConfigError
from rtsep_models.evaluation.material import Piece, find
from rtsep_models.evaluation.run import Job, run_all
from rtsep_models.evaluation.summary import Summary, summarise
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.training.config import load_config
from rtsep_models.training.run import BEST
from rtsep_models.weights.card import Card
from rtsep_models.weights.publish import About, publish

ABOUT = About(version="ablation", licence="not for use: trained to be compared")
HISTORY = "history.jsonl"


@dataclass(frozen=True)
class Way:
    """One answer: a run, and whether its Wiener filter is on."""

    label: str
    run: str
    filtered: bool = False

    def job(self, piece: Piece, seconds: float) -> Job:
        """This way on one song."""
        return Job(self.run, piece, seconds, parameters=(("wiener", float(self.filtered)),))


@dataclass(frozen=True)
class Question:
    """What is asked; the first way is what the others are held against."""

    name: str
    asks: str
    ways: tuple[Way, ...]


def wiener(run: str) -> Question:
    """The filter behind one network of spectra."""
    ways = Way("without", run), Way("with", run, filtered=True)
    return Question(f"wiener_{run}", f"Does the online Wiener filter help {run}?", ways)


QUESTIONS = (
    Question(
        "awareness",
        "Do three frames of context at each step help?",
        (Way("none", "student_no_awareness"), Way("awareness", "student_base")),
    ),
    Question(
        "pre_fc",
        "Does a dense layer ahead of the LSTM help?",
        (Way("none", "student_no_pre_fc"), Way("pre_fc", "student_base")),
    ),
    Question(
        "loopback",
        "How many examples should have one source alone?",
        (Way("0", "student_loopback_0"), Way("10", "student_base"), Way("30", "student_loopback_30")),
    ),
    wiener("student_base"),
    wiener("student_lstm"),
    wiener("openunmix_causal"),
)


def packed(runs: Path, name: str, models: Path) -> Card:
    """The best weights of a run as a separator in `models`, with a Wiener filter that can be switched.

    Raises ConfigError if no shipped configuration is called so, WeightsError if the weights are of another one.
    """
    configs = [path for folder in (CONFIGS, CONFIGS / "ablations") if (path := folder / f"{name}.toml").exists()]
    if not configs:
        raise ConfigError(f"run {name!r}: no configuration in rtsep_models/configs is called so; rename its folder")
    weights = runs / name / BEST
    return publish(load_config(configs[0]), weights, ABOUT, models, name, wiener=True)[0]


def validated(folder: Path) -> float:
    """The best error in dB that training itself found; NaN without a history."""
    history = folder / HISTORY
    lines = history.read_text().splitlines() if history.exists() else []
    return min((json.loads(line)["validation_db"] for line in lines), default=float("nan"))


def scored(ways: Sequence[Way], pieces: Sequence[Piece], seconds: float, processes: int) -> dict[Way, Summary]:
    """Each way over all songs."""
    jobs = dict.fromkeys(way.job(piece, seconds) for way in ways for piece in pieces)  # some answer several questions
    found = {}
    for job, song in run_all(jobs, processes):
        found[job] = song
        say(f"{job.system:<24} {dict(job.parameters)} {job.piece.name:<20} {song.usdr_db:6.2f} dB")
    return {way: summarise([found[way.job(piece, seconds)] for piece in pieces]) for way in ways}


def table(questions: Sequence[Question], summaries: Mapping[Way, Summary]) -> dict[str, Any]:
    """Each question with the rows of its ways, uSDR in dB."""
    return {
        question.name: {
            "asks": question.asks,
            "rows": {
                way.label: {
                    "run": way.run,
                    **{stem: score.usdr_db for stem, score in summaries[way].stems.items()},
                    "mean": summaries[way].mean.usdr_db,
                }
                for way in question.ways
                if way in summaries
            },
        }
        for question in questions
        if any(way in summaries for way in question.ways)
    }


def judge(report: Report, figures: Mapping[str, Any]) -> None:
    """What each way brings over the first of its question. Nothing is demanded: the answers are what is wanted."""
    for name, entry in figures.items():
        (first, plain), *others = entry["rows"].items()
        for label, row in others:
            report.accept(f"{name}_{label}_over_{first}_db", row["mean"] - plain["mean"], "dB")


def lines(figures: Mapping[str, Any]) -> list[str]:
    """The table as text."""
    text = []
    for entry in figures.values():
        text.append(entry["asks"])
        for label, row in entry["rows"].items():
            levels = "  ".join(f"{stem} {level:6.2f}" for stem, level in row.items() if stem != "run")
            text.append(f"  {label:<12} {row['run']:<22} {levels}")
    return text


def main() -> None:
    """Pack, score, write."""
    parser = arguments("ablations", "what awareness, pre-FC, loop-back and the Wiener filter bring")
    parser.add_argument("--runs", type=Path, required=True, help="folder of the folders that 'rtsep train' left")
    parser.add_argument("--seconds", type=float, default=30.0, help="excerpt of each song; 0: all of it")
    parser.add_argument("--songs", type=int, default=0, help="so many only; 0: all")
    parser.add_argument("--processes", type=int, default=2, help="worker processes, one thread each")
    options = parser.parse_args()
    runs, pieces = options.runs, find([])[: options.songs or None]
    options.runs = runs.name  # no path of this machine in the report
    os.environ.setdefault(RUNTIME_VARIABLE, PLAIN)
    report = Report("ablations", options)
    every = list(dict.fromkeys(way for question in QUESTIONS for way in question.ways))
    ways = [way for way in every if (runs / way.run / BEST).exists()]
    missing = sorted({way.run for way in every} - {way.run for way in ways})
    if missing:
        say(f"missing: {', '.join(missing)}")
    if not ways:
        raise SystemExit(f"no run of {', '.join(missing)} is in {runs}; train them with 'rtsep train' first")
    with own_models() as models:
        cards = {run: packed(runs, run, models) for run in dict.fromkeys(way.run for way in ways)}
        figures = table(QUESTIONS, scored(ways, pieces, options.seconds, options.processes))
    judge(report, figures)
    report.accept("missing_runs", len(missing), "")
    told = {
        run: {
            "parameters": card.parameters,
            "mac_per_s": card.mac_per_s,
            "training": msgspec.to_builtins(card.training),
        }
        | {"validation_db": validated(runs / run)}
        for run, card in cards.items()
    }
    report.figures = {"method": __doc__, "songs": len(pieces), "missing": missing, "runs": told, "questions": figures}
    print("\n".join(lines(figures)))
    report.close()


if __name__ == "__main__":
    main()
