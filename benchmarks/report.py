"""What every benchmark writes: the stamp of machine and commit, raw figures, and the acceptance list beside them."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from rtsep.lab.acceptance import accepted
from rtsep.lab.machine import ROOT, this_machine

RESULTS = ROOT / "benchmarks" / "results"


def arguments(name: str, about: str) -> argparse.ArgumentParser:
    """The parser that a benchmark adds its options to; `--json` is there already."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=about)
    parser.add_argument("--json", type=Path, default=RESULTS / f"{name}.json", help="where to write the figures")
    return parser


def say(text: str) -> None:
    """One line of progress."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def stamp() -> dict[str, Any]:
    """Where, when and with what a figure was measured."""
    threads = "one audio thread (JACK's), one separator thread; numerical libraries at their defaults"
    return {**msgspec.to_builtins(this_machine()), "dtype": "float32", "threads": threads}


class Report:
    """Collects the figures of one run; `close` writes and prints them."""

    def __init__(self, name: str, options: argparse.Namespace) -> None:
        self._path: Path = options.json
        self._name = name
        shown = {key: value for key, value in vars(options).items() if key != "json"}  # no paths of this machine
        self._head = {"benchmark": name, "options": shown, "stamp": stamp()}
        self._began = time.monotonic()
        self._acceptance: list[dict[str, Any]] = []
        self.figures: dict[str, Any] = {}

    def accept(self, name: str, value: float, unit: str, bound: str = "") -> None:
        """A named figure and its bound, e.g. "<= 2"; without one it stands for comparison and always holds."""
        self._acceptance.append(accepted(name, value, unit, bound))

    def close(self) -> None:
        """Write the JSON and print the table."""
        whole = {
            **self._head,
            "duration_s": round(time.monotonic() - self._began, 1),
            "acceptance": self._acceptance,
            "figures": self.figures,
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(_plain(whole), indent=1, allow_nan=True) + "\n")
        print(f"\n{self._name}  ({self._path})")
        for entry in self._acceptance:
            verdict = "" if entry["bound"] == "reported" else "ok" if entry["holds"] else "FAILS"
            print(f"  {entry['name']:<28} {entry['value']:>12.6g} {entry['unit']:<8} {entry['bound']:<10} {verdict}")
        print(flush=True)


def _plain(value: Any) -> Any:
    """numpy's numbers as Python's, floats to six digits."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.generic):
        value = value.item()
    return float(f"{value:.6g}") if isinstance(value, float) else value
