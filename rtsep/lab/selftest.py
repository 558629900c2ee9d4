"""The measurement measured: against loops whose delay is known exactly, and against `jack_iodelay`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np

from rtsep.lab.acceptance import accepted
from rtsep.lab.analysis import analyse
from rtsep.lab.probe import Kind, Pattern, make_pattern
from rtsep.lab.synthetic import SyntheticLoop

RATES = (44100, 48000, 96000)
BLOCKS = (32, 64, 128, 256, 512, 1024)
DELAYS = 12
"""Of each loop, probe and rate, each another fraction of a frame."""
LONGEST_MS = 100.0
LOOPS = {
    "20db": SyntheticLoop(snr_db=20.0),
    "inverted": SyntheticLoop(snr_db=20.0, inverted=True),
    "band_limited": SyntheticLoop(snr_db=20.0, low_hz=200.0, high_hz=4000.0),
    "clipped": SyntheticLoop(snr_db=20.0, clip_db=12.0),
    "all_at_once": SyntheticLoop(snr_db=20.0, inverted=True, low_hz=200.0, high_hz=4000.0, clip_db=12.0),
    "noiseless": SyntheticLoop(),
    "soft": SyntheticLoop(snr_db=20.0, gain_db=-60.0),
    "loud": SyntheticLoop(snr_db=20.0, gain_db=20.0),
}
BOUNDS = {"noiseless": "<= 0.01", "all_at_once": "<= 0.05"}
BOUND = "<= 0.02"
IODELAY_S = 3.0


def synthetic(delays: int = DELAYS, rates: Sequence[int] = RATES) -> dict[str, dict[str, Any]]:
    """The worst error in frames of each of `LOOPS`, over probes, rates and random delays; and what was wrong otherwise."""
    random = np.random.default_rng(7)
    patterns = [make_pattern(kind, rate, 8, LONGEST_MS) for kind in _kinds() for rate in rates]
    rows: dict[str, dict[str, Any]] = {}
    for name, loop in LOOPS.items():
        errors, wrong = [], 0
        for pattern in patterns:
            for delay in random.uniform(0.0, 0.9 * pattern.longest, delays):
                placed = msgspec.structs.replace(loop, delay=float(delay), seed=int(random.integers(1 << 30)))
                error, right = _one(placed, pattern)
                errors.append(error)
                wrong += not right
        rows[name] = {"worst": max(errors), "median": float(np.median(errors)), "loops": len(errors), "wrong": wrong}
    return rows


def _kinds() -> Iterator[Kind]:
    yield "sweep"
    yield "mls"


def _one(loop: SyntheticLoop, pattern: Pattern) -> tuple[float, bool]:
    """Error in frames, infinite if nothing was found; whether polarity and clipping were told as they are."""
    found = analyse(loop.play(pattern), pattern)
    if found.delay is None:
        return float("inf"), False
    return abs(found.delay - loop.delay), found.inverted == loop.inverted and bool(found.clipped) == bool(loop.clip_db)


def iodelay_rows(blocks: Sequence[int] = BLOCKS, rate: int = 48000, seconds: float = IODELAY_S) -> list[dict[str, Any]]:
    """The same loop, through a client that copies on a JACK server of our own, measured by us and by `jack_iodelay`."""
    from rtsep.lab.deck import Deck
    from rtsep.lab.iodelay import loop_frames
    from rtsep.lab.jackd import JackServer
    from rtsep.lab.through import COPIER, deck_measures

    rows: list[dict[str, Any]] = []
    pattern = make_pattern("sweep", rate, 4, LONGEST_MS)
    for block in blocks:
        with JackServer(rate, block), Deck(COPIER, np.zeros((2, 1), dtype=np.float32), ins=2, copy=True) as copier:
            ours = deck_measures(COPIER, pattern).delay
            theirs = loop_frames(copier, COPIER, seconds)
        gap = abs(ours - theirs) if ours is not None and theirs is not None else float("inf")
        rows.append({"block": block, "rtsep": ours, "jack_iodelay": theirs, "gap": gap})
    return rows


def can_ask_jack() -> bool:
    """Whether server and peer are installed."""
    return all(shutil.which(program) for program in ("jackd", "jack_iodelay", "jack_lsp", "stdbuf"))


def acceptance(rows: dict[str, dict[str, Any]], iodelay: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """The named figures; without JACK those of jack_iodelay are missing."""
    entries = [
        accepted(f"error_frames_{name}", row["worst"], "frames", BOUNDS.get(name, BOUND)) for name, row in rows.items()
    ]
    entries.append(accepted("polarity_or_clipping_mistaken", sum(row["wrong"] for row in rows.values()), "", "= 0"))
    if iodelay is not None:
        worst = max(row["gap"] for row in iodelay)
        entries.append(accepted("jack_iodelay_gap_frames", worst, "frames", "<= 0.1"))
    return entries
