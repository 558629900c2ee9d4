"""Writes what the benchmarks quality, families and rave found into the cards of the weights that they were measured with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from rtsep_models.weights.card import CARD_FILE, read_card, write_card
from rtsep_models.weights.store import PACKAGED

LATENT_METHOD = (
    "python -m benchmarks.rave: songs never trained on; uSDR in dB, distances in dB, correlations of levels in 20 ms"
)
METHOD = "python -m benchmarks.{}: songs never trained on, streamed hop by hop; dB"


def scores(results: Path) -> dict[str, dict[str, Any]]:
    """Scores for the card of every separator that was measured, those of quality first; none of a benchmark that has not run."""
    rave = _figures(results / "rave.json")
    found = {name: _latent(means, rave["songs"]) for name, means in rave.get("means", {}).items()}
    for benchmark in ("families", "quality"):
        figures = _figures(results / f"{benchmark}.json")
        entries = {name: entry for name, entry in figures.get("separators", {}).items() if "total" in entry}
        found |= {name: _scores(entry, figures["songs"], METHOD.format(benchmark)) for name, entry in entries.items()}
    return found


def _figures(path: Path) -> dict[str, Any]:
    """What a benchmark found; nothing if it has not run."""
    return json.loads(path.read_text())["figures"] if path.exists() else {}


def _latent(means: dict[str, Any], songs: dict[str, list[str]]) -> dict[str, Any]:
    rounded = json.loads(json.dumps(means), parse_float=lambda text: round(float(text), 2))
    return {"method": LATENT_METHOD, "songs": {group: len(names) for group, names in songs.items()}} | rounded


def _scores(entry: dict[str, Any], songs: dict[str, list[str]], method: str) -> dict[str, Any]:
    total = entry["total"]
    stems = {name: _rounded(stem) for name, stem in total["stems"].items()}
    return {
        "method": method,
        "songs": {group: len(names) for group, names in songs.items()},
        "stems": stems,
        "mean": _rounded(total["mean"]),
        "mean_usdr_db_by_songs": {group: round(entry[group]["mean"]["usdr_db"], 2) for group in songs},
        "vocals_muted": _rounded(total["vocals_muted"]),
    }


def _rounded(levels: dict[str, float | None]) -> dict[str, float | None]:
    return {name: None if level is None else round(level, 2) for name, level in levels.items()}


def fill(results: Path, weights: Path = PACKAGED) -> list[str]:
    """Bring the cards in the folders of `weights` up to date; which ones those are."""
    found = {name: new for name, new in scores(results).items() if (weights / name / CARD_FILE).is_file()}
    for name, new in found.items():
        write_card(weights / name, msgspec.structs.replace(read_card(weights / name), scores=new))
    return list(found)
