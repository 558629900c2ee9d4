"""The autoencoder with a partitioned latent: what it keeps, how far apart its partitions are, what its dimensions do.

On songs that nothing was trained on. *Reconstruction*: log-spectral distance of what the whole latent decodes to from the
mixture. *Partitions*: uSDR of each stem, as its partition decodes and as it shares out the mixture (`masked`), and the mean
correlation of the stems' levels in 20 ms (the original demonstration: 0.82 to 0.91; the true stems beside it). The control is
the same network trained for as many steps on mixtures alone; its "partitions" are just ranges of dimensions. *Dimensions*:
change of level, brightness and spectrum under what the demonstration did to them. Latency by impulse and by correlation;
cost of a hop on one thread, paced and flat out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.hopcost import fresh
from benchmarks.quality import facts, plain, present, song_options, songs_of
from benchmarks.ravelive import cost, decode_lag, impulse_error, stream_offline_error_db
from benchmarks.ravepictures import draw_bends, draw_stems
from benchmarks.ravesound import WAYS, bends, sound
from benchmarks.report import ROOT, Report, arguments, say
from rtsep_models.evaluation.material import Piece

RUNTIME = "onnxruntime"
NAME, CONTROL = "rave", "rave_control"
PICTURES = ROOT / "docs" / "rave"


def means(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Over songs."""
    told: dict[str, Any] = {
        key: float(np.nanmean([row[key] for row in rows]))
        for key in ("log_spectral_distance_db", "envelope_correlation_true")
    }
    for way in WAYS:
        stems = [row[way]["score"]["stems"] for row in rows]
        names = sorted({name for one in stems for name in one})
        told[way] = {
            "envelope_correlation": float(np.nanmean([row[way]["envelope_correlation"] for row in rows])),
            "usdr_db": {name: float(np.mean([one[name]["usdr_db"] for one in stems if name in one])) for name in names},
            "mean_usdr_db": float(np.mean([np.mean([s["usdr_db"] for s in one.values()]) for one in stems])),
        }
    return told


def judge(report: Report, figures: dict[str, Any]) -> None:
    """The acceptance list, of what is there."""
    for name, summary in figures["means"].items():
        bound = "<= 0.5" if name == NAME else ""
        ours = "" if name == NAME else f"{name.removeprefix(NAME + '_')}_"
        decoded, masked = (summary[way] for way in WAYS)
        report.accept(f"{ours}partition_envelope_correlation", decoded["envelope_correlation"], "", bound)
        report.accept(f"{ours}masked_envelope_correlation", masked["envelope_correlation"], "")
        report.accept(f"{ours}reconstruction_distance_db", summary["log_spectral_distance_db"], "dB")
        report.accept(f"{ours}decoded_usdr_db", decoded["mean_usdr_db"], "dB")
        report.accept(f"{ours}masked_usdr_db", masked["mean_usdr_db"], "dB")
        report.accept(f"{ours}true_envelope_correlation", summary["envelope_correlation_true"], "")
    told = figures["separators"][NAME]
    report.accept("rave_latency_ms", told["latency_ms"], "ms", "<= 10")
    report.accept("rave_impulse_error_frames", told["impulse_error_frames"], "frames", "= 0")
    report.accept("rave_decode_lag_frames", told["decode_lag_frames"], "frames")
    report.accept("stream_offline_error_db", told["stream_offline_error_db"], "dB", "<= -80")
    for way, one in told["cost"].items():
        share = one["paced"]["p99.9"] / one["period_ms"]
        report.accept(f"{way}_hop_p50_ms", one["paced"]["p50"], "ms")
        report.accept(f"{way}_hop_p999_share", share, "hop", "<= 0.5")


def main() -> None:
    """Measure, write, draw, print."""
    parser = arguments("rave", "the autoencoder with a partitioned latent")
    parser.add_argument("--quick", action="store_true", help="two songs of each kind, short")
    song_options(parser, 20.0)
    parser.add_argument("--separators", nargs="+", default=[NAME, CONTROL])
    parser.add_argument("--bend-seconds", type=float, default=6.0, help="excerpt for the dimensions")
    parser.add_argument("--cost-seconds", type=float, default=20.0)
    parser.add_argument(
        "--again",
        type=Path,
        help="JSON of an earlier run with the same weights: only cost and latency are measured anew",
    )
    parser.add_argument("--pictures", type=Path, default=PICTURES)
    options = parser.parse_args()
    if options.quick:
        options.seconds, options.bend_seconds, options.cost_seconds = 6.0, 3.0, 3.0
    groups = songs_of(options, options.quick)
    pictures = options.pictures
    options.pictures = pictures.name  # no paths of this machine
    if options.again is not None:
        earlier = json.loads(options.again.read_text())["figures"]
        options.again = options.again.name
        report = Report("rave", options)
        report.figures = earlier
        time_it(NAME, groups["album"][0], earlier["separators"][NAME], options)
        judge(report, earlier)
        report.accept("missing_separators", len(earlier["missing"]), "", "= 0")
        report.close()
        return
    report = Report("rave", options)
    names, missing = present(options.separators)
    pieces: list[Piece] = [piece for group in groups.values() for piece in group]
    figures: dict[str, Any] = {
        "method": __doc__,
        "missing": missing,
        "songs": {group: [piece.name for piece in there] for group, there in groups.items()},
        "separators": {name: facts(name) for name in names},
        "by_song": {name: [] for name in names},
    }
    report.figures = figures
    for name in names:
        with ThreadPoolExecutor(options.processes) as pool:
            rows = pool.map(lambda piece, name=name: fresh(sound, RUNTIME, name, piece, options.seconds), pieces)
            for row in rows:
                figures["by_song"][name].append(row)
                shown = [np.mean([s["usdr_db"] for s in row[way]["score"]["stems"].values()]) for way in WAYS]
                say(
                    f"{name:<14} {row['song']:<24} decoded {shown[0]:6.2f} dB, masked {shown[1]:6.2f} dB, correlation "
                    f"{row['decoded']['envelope_correlation']:.2f}, off by {row['log_spectral_distance_db']:.1f} dB"
                )
    figures["means"] = {name: means(figures["by_song"][name]) for name in names}
    if NAME in names:
        told = figures["separators"][NAME]
        time_it(NAME, pieces[0], told, options)
        say(f"{NAME}: what each dimension does")
        short = pieces[0].load(options.bend_seconds)
        told["bends"] = fresh(bends, RUNTIME, NAME, short.mix, short.sample_rate)
        judge(report, figures)
        draw_stems(pictures, NAME, pieces[0].load(options.seconds))
        draw_bends(pictures, NAME, short)
    report.accept("missing_separators", len(missing), "", "= 0")
    report.figures = plain(figures)
    report.close()


def time_it(name: str, piece: Piece, told: dict[str, Any], options: Any) -> None:
    """Latency, streaming and cost, into `told`."""
    song = piece.load(options.seconds)
    told["impulse_error_frames"] = fresh(impulse_error, RUNTIME, name, song.sample_rate)
    told["decode_lag_frames"] = fresh(decode_lag, RUNTIME, name, song.mix, song.sample_rate)
    told["stream_offline_error_db"] = fresh(stream_offline_error_db, RUNTIME, name, song.mix, song.sample_rate)
    say(f"{name}: late by {told['latency_ms']:.1f} ms; what a hop costs")
    told["cost"] = {
        way: fresh(cost, RUNTIME, name, song.mix, song.sample_rate, options.cost_seconds, bool(settings))
        for way, settings in WAYS.items()
    }


if __name__ == "__main__":
    main()
