"""What separators cost on one CPU thread, and whether streaming them for long changes anything.

Cost, for every runtime of every network: paced by the live host at its hop period, the host's processes beside it on
JACK, as the separator process itself counts (bins 6 % wide); and flat out in a process of its own. `default` is what the
plugin chooses by itself. Ten minutes of music are streamed hop by hop through the plugin and, in torch, in stretches
of thousands of hops; the error between the two, minute by minute, and the state's largest number tell of drift. A hop
in digital silence, and while music decays through the denormals, is held against one in music. Excerpts at 44.1 kHz are
resampled to 48 kHz and separated at both rates with the same weights.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from benchmarks.feeds import Song, any_song
from benchmarks.hopcost import fresh, silence
from benchmarks.host import playing
from benchmarks.longrun import drift, growth
from benchmarks.quality import BASELINES, FLAGSHIPS, PEER, PLAIN, RATE, facts, material, plain, present
from benchmarks.rates import rate_gap
from benchmarks.report import ROOT, Report, arguments, say
from rtsep.errors import RtsepError
from rtsep.lab.bench.hops import hop_answer, hop_figures, runtime_named
from rtsep.lab.bench.report import Settings
from rtsep.lab.jackd import JackServer
from rtsep_models.evaluation.material import ALBUM, album_folder
from rtsep_models.runtimes.choose import candidates
from rtsep_models.weights.store import find as find_weights
from rtsep_models.weights.store import folders

DEFAULT = "default"
ON_CPU = "compiled", "onnxruntime", "onnxruntime-int8"
BLOCK = 128
KEPT = (
    "hop_period_us",
    "hop_us",
    "hop_share",
    "late_hops",
    "missed_positions",
    "server_xruns",
    "stolen_by_hypervisor_ms",
    "budget_frames",
)
"""Of a live run's figures."""


def runtimes(name: str) -> list[str]:
    """`default`, and for a network every runtime of the CPU that its files allow, torch included."""
    if name not in folders():
        return [DEFAULT]
    weights = find_weights(name)
    return [DEFAULT, *(kind for kind in candidates(weights) if kind in ON_CPU), "torch"]


def in_host(name: str, runtime: str, song: Song, seconds: float, server: JackServer) -> dict[str, Any]:
    """Hop times in the live host. The separator's process inherits the choice of runtime."""
    with runtime_named(runtime):
        played = playing(song, server, 0, seconds, name)
    return {key: played[key] for key in KEPT}


def flat_out(name: str, runtime: str, song: Song, seconds: float) -> dict[str, Any]:
    """Flat out in a process of its own, as `rtsep bench` measures it. Raises SeparatorError."""
    settings = Settings(separators=(name,), blocks=(), sample_rate=song.rate, seconds=seconds, repeats=1)
    with tempfile.TemporaryDirectory() as folder:
        sound = Path(folder) / "sound.npy"
        np.save(sound, song.mix)
        found = hop_figures([hop_answer(name, runtime, sound, settings)], settings)
    hop_us = msgspec.to_builtins(found.flat_out.all)
    return {"runtime": found.computes_with, "hop": found.hop, "hop_period_us": found.period, "hop_us": hop_us}


def cost(name: str, song: Song, options: Any) -> dict[str, Any]:
    """Every runtime of one separator, paced and flat out."""
    rows: dict[str, Any] = {}
    for runtime in runtimes(name):
        chosen = "" if runtime == DEFAULT else runtime
        try:
            rows[runtime] = {"flat_out": flat_out(name, chosen, song, options.seconds)}
            with JackServer(song.rate, BLOCK) as server:
                rows[runtime]["paced"] = in_host(name, chosen, song, options.seconds, server)
        except RtsepError as error:
            rows[runtime] = {"failed": str(error)}
            say(f"{name}, {runtime}: {error}")
            continue
        flat, paced = rows[runtime]["flat_out"]["hop_us"], rows[runtime]["paced"]["hop_us"]
        say(
            f"{name:<10} {runtime:<17} p50 / p99.9: paced {paced['p50']:6.0f} / {paced['p99.9']:6.0f} us, "
            f"flat out {flat['p50']:6.0f} / {flat['p99.9']:6.0f} us of {rows[runtime]['flat_out']['hop_period_us']:.0f}"
        )
    return rows


def main() -> None:
    """Measure, write, print."""
    parser = arguments("separators", "what separators cost, and whether they drift")
    parser.add_argument("--album", type=Path, default=album_folder() or ROOT.parent / "shared" / "data" / ALBUM)
    parser.add_argument("--separators", nargs="+", default=[*FLAGSHIPS, PEER, *BASELINES])
    parser.add_argument("--seconds", type=float, default=20.0, help="of each paced run")
    parser.add_argument("--minutes", type=int, default=10, help="of streaming")
    parser.add_argument("--rate-seconds", type=float, default=30.0, help="excerpt for the two rates")
    options = parser.parse_args()
    pieces = [piece for group in material(options.album, None, quick=False).values() for piece in group]
    options.album = options.album.name  # no paths of this machine
    report = Report("separators", options)
    names, missing = present(options.separators)
    song = any_song(max(options.seconds, 60.0))
    report.figures = {"method": __doc__, "song": song.name, "missing": missing, "separators": {}}
    for name in names:
        report.figures["separators"][name] = {**facts(name), "cost": cost(name, song, options)}
    networks = [name for name in FLAGSHIPS if name in names]
    for name in networks:
        entry = report.figures["separators"][name]
        say(f"{name}: silence")
        entry["silence"] = fresh(silence, "", name, song.mix, song.rate)
        say(f"{name}: {options.minutes} minutes, streamed and in stretches")
        whole = pieces[-1].load()
        entry["streaming"] = fresh(drift, PLAIN, name, whole.mix, whole.sample_rate, options.minutes)
        say(f"{name}: {RATE} and 48000 Hz")
        entry["rates"] = [rate_gap(name, piece, options.rate_seconds) for piece in pieces]
    judge(report, networks)
    report.accept("missing_separators", len(missing), "", "= 0")
    report.figures = plain(report.figures)
    report.close()


def judge(report: Report, networks: list[str]) -> None:
    """The acceptance list, of what is there."""
    entries = {name: report.figures["separators"][name] for name in networks}
    for name, entry in entries.items():
        paced = entry["cost"][DEFAULT].get("paced")
        if paced:
            bound = "<= 1.2" if name == "stage" else ""
            report.accept(f"{name}_hop_p999_ms", paced["hop_us"]["p99.9"] / 1e3, "ms", bound)
            report.accept(f"{name}_hop_p999_share", paced["hop_share"]["p99.9"], "hop")
        for runtime, row in entry["cost"].items():
            if "flat_out" in row and runtime != DEFAULT:
                report.accept(f"{name}_{runtime}_flat_p50_ms", row["flat_out"]["hop_us"]["p50"] / 1e3, "ms")
    if entries:
        worst = max(max(entry["streaming"]["error_db"]) for entry in entries.values())
        report.accept("stream_offline_error_db", worst, "dB", "<= -80")
        grown = [growth(entry["streaming"]["largest_state"]) for entry in entries.values()]
        report.accept("state_growth", max(grown), "", "<= 1.5")
        report.accept("silence_cost_ratio", max(entry["silence"]["ratio"] for entry in entries.values()), "", "<= 1.2")
        gaps = [abs(row["gap_db"]) for entry in entries.values() for row in entry["rates"]]
        report.accept("rate_gap_db", max(gaps), "dB", "<= 0.3")


if __name__ == "__main__":
    main()
