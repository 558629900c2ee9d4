"""How well every separator separates: songs of the album and of the procedural band that nothing was trained on.

Estimates are streamed hop by hop through the host's offline path and scored per stem: uSDR over the whole song (Music
Demixing Challenge 2021), museval's SDR (BSS Eval v4, median of seconds, then of songs), and how much better both are
than the unprocessed mixture. Where a song has no bass track of its own, bass and other are scored as one and neither
counts for itself. A stem below -40 dB of the mix has no score. `total` weighs every song alike, album or band.

With the vocals muted: what is left of them, by least squares in cells of a second by a third of an octave, and the
uSDR of the rest. The same excerpt is then played through the live host in real time and its recording is compared
with the offline stems sample by sample. With `--again`, separators that are not named keep what an earlier run found.
"""

from __future__ import annotations

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.report import ROOT, Report, arguments, say
from benchmarks.take import take
from rtsep.errors import RtsepError
from rtsep.separators.registry import create
from rtsep.units import frames_to_ms
from rtsep_models.evaluation.estimates import streamed
from rtsep_models.evaluation.material import ALBUM, Piece, album_folder, band_folder, find
from rtsep_models.evaluation.run import Job, run_all
from rtsep_models.evaluation.scores import SongScore, score
from rtsep_models.evaluation.summary import summarise
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.weights.store import find as find_weights
from rtsep_models.weights.store import folders

FLAGSHIPS, PEER, BASELINES = ("stage", "monitor"), "hs_tasnet", ("nmf", "fastica", "classic")
EQUAL = "equal_monitor"
"""A flagship, monitor tier, that was trained for as long as the peer; like the peer's its weights do not ship."""
ORDER = (*FLAGSHIPS, PEER, EQUAL, *BASELINES)
RATE = 44100
PLAIN = "compiled,onnxruntime,torch"
"""Runtimes in single precision, the first that is there."""
QUICK_SONGS, QUICK_S, QUICK_LIVE_S = 2, 6.0, 4.0


def song_options(parser: ArgumentParser, seconds: float) -> None:
    """Which songs, how much of each by default, and how many at once."""
    parser.add_argument("--album", type=Path, default=album_folder() or ROOT.parent / "shared" / "data" / ALBUM)
    parser.add_argument("--band", type=Path, default=band_folder(), help="folder of procedural validation songs")
    parser.add_argument("--seconds", type=float, default=seconds, help="excerpt of each song; 0: all of it")
    parser.add_argument("--processes", type=int, default=2, help="songs at once")


def songs_of(options: Namespace, quick: bool = False) -> dict[str, list[Piece]]:
    """The pieces that the options name, by group; from then on the options name no paths of this machine."""
    groups = material(options.album, options.band, quick)
    options.album, options.band = options.album.name, options.band and options.band.name
    return groups


def facts(name: str) -> dict[str, Any]:
    """Latency and cost; parameters and MAC/s from the card of the weights, where there is one."""
    spec = create(name).spec
    told: dict[str, Any] = {"latency_ms": frames_to_ms(spec.hop + spec.delay, RATE), "hop": spec.hop}
    if name in folders():
        card = find_weights(name).card
        told |= {"parameters": card.parameters, "mac_per_s": card.mac_per_s, "training": card.training}
    return told


def present(names: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Those that load here, and why the others do not."""
    there, missing = [], {}
    for name in names:
        try:
            create(name).prepare(RATE)
            there.append(name)
        except RtsepError as error:
            missing[name] = str(error)
            say(f"missing: {name}: {error}")
    return there, missing


def material(album: Path, band: Path | None, quick: bool) -> dict[str, list[Piece]]:
    """Pieces by group; the package's own clip where there is nothing else."""
    groups = {name: find([place]) for name, place in (("album", album), ("band", band)) if place and place.is_dir()}
    if not groups:
        say(f"neither {album.name} nor a procedural band is here: taking the clip inside the package")
        groups = {"clip": [Piece("demo clip")]}
    return {group: pieces[:QUICK_SONGS] if quick else pieces for group, pieces in groups.items()}


def scored(names: Sequence[str], groups: dict[str, list[Piece]], options: Any) -> dict[str, dict[str, list[SongScore]]]:
    """Every separator on every song: scores by separator and group."""
    jobs = [(group, Job(name, piece, options.seconds)) for name in names for group in groups for piece in groups[group]]
    group_of = {job: group for group, job in jobs}
    scores: dict[str, dict[str, list[SongScore]]] = {name: {group: [] for group in groups} for name in names}
    for job, result in run_all(list(group_of), options.processes):
        scores[job.system][group_of[job]].append(result)
        say(f"{job.system:<10} {job.piece.name:<24} {result.usdr_db:6.2f} dB")
    for songs in (songs for by_group in scores.values() for songs in by_group.values()):
        songs.sort(key=lambda score: score.song)
    return scores


def live(name: str, piece: Piece, seconds: float) -> dict[str, Any]:
    """Leakage of one excerpt, through the live host and offline, and the samples in which their stems differ."""
    song = piece.load(seconds)
    offline = streamed(name, song.mix, song.sample_rate)
    recorded, late = take(name, song.mix, song.sample_rate)
    scores = [score(piece.name, song.sample_rate, stems, song.stems).vocals_muted for stems in (offline, recorded)]
    return {
        "song": piece.name,
        "seconds": seconds,
        "late_hops": late,
        "offline": scores[0],
        "live": scores[1],
        "differing_samples": sum(int((offline[stem] != recorded[stem]).sum()) for stem in offline),
    }


def plain(found: dict[str, Any]) -> dict[str, Any]:
    """As JSON would give it back: NaN becomes None."""
    return msgspec.json.decode(msgspec.json.encode(found))


def levels(scores: dict[str, list[SongScore]]) -> dict[str, Any]:
    """What all songs of one separator say together, those of each group, and every one."""
    total = summarise([song for songs in scores.values() for song in songs])
    return {"total": total} | {group: summarise(songs) for group, songs in scores.items()} | {"songs": scores}


def heard_s(entry: dict[str, Any]) -> float | None:
    """Seconds of music that a network was trained on; None for what is no network."""
    return (entry.get("training") or {}).get("audio_s")


def judge(report: Report, entries: dict[str, dict[str, Any]]) -> None:
    """The acceptance list, of what is there. The peer is held against a flagship that heard exactly as much."""
    level = {name: entry["total"]["mean"]["usdr_db"] for name, entry in entries.items()}
    baselines = [level[name] for name in BASELINES if name in level]
    for name in ("monitor", EQUAL):
        if {name, PEER} <= level.keys() and heard_s(entries[name]) == heard_s(entries[PEER]):
            report.accept("monitor_over_hs_tasnet_db", level[name] - level[PEER], "dB", ">= 1")
    if set(FLAGSHIPS) <= level.keys():
        report.accept("stage_under_monitor_db", level["monitor"] - level["stage"], "dB", "<= 0.7")
    for name in (name for name in FLAGSHIPS if name in level):
        total = entries[name]["total"]
        if baselines:
            report.accept(f"{name}_over_best_baseline_db", level[name] - max(baselines), "dB", ">= 3")
        stems_db = [stem["usdr_db"] for stem in total["stems"].values() if stem["usdr_db"] is not None]
        report.accept(f"{name}_worst_stem_db", min(stems_db), "dB", ">= 0")
        report.accept(f"{name}_vocals_left_db", total["vocals_muted"]["vocals_left_db"], "dB")
        report.accept(f"{name}_rest_without_vocals_db", total["vocals_muted"]["rest_usdr_db"], "dB")
    for name in entries:
        report.accept(f"{name}_usdr_db", level[name], "dB")


def kept(again: Path, names: list[str], songs: dict[str, list[str]], seconds: float) -> dict[str, dict[str, Any]]:
    """What an earlier run found of separators other than `names`, each with the commit that it was found at.

    Raises SystemExit if that run scored other songs, or other excerpts of them.
    """
    earlier = json.loads(again.read_text())
    if earlier["figures"]["songs"] != songs or earlier["options"]["seconds"] != seconds:
        raise SystemExit(
            f"{again.name} scored other songs or excerpts than these; name the same ones, or leave out --again"
        )
    found = earlier["figures"]["separators"].items()
    return {name: {"commit": earlier["stamp"]["commit"]} | entry for name, entry in found if name not in names}


def main() -> None:
    """Measure, write, print."""
    parser = arguments("quality", "how well every separator separates")
    parser.add_argument("--quick", action="store_true", help="a few excerpts, in under a minute")
    song_options(parser, 0.0)
    parser.add_argument("--separators", nargs="+", default=[*ORDER])
    parser.add_argument("--live-seconds", type=float, default=30.0)
    parser.add_argument("--again", type=Path, help="JSON of an earlier run, for separators that are not scored anew")
    parser.add_argument(
        "--runtime", default=PLAIN, help="as in RTSEP_RUNTIME; quality should not hang on a measurement of time"
    )
    options = parser.parse_args()
    os.environ[RUNTIME_VARIABLE] = options.runtime
    if options.quick:
        options.seconds, options.live_seconds = options.seconds or QUICK_S, QUICK_LIVE_S
    groups = songs_of(options, options.quick)
    if "band" not in groups:
        say(
            "no procedural songs: render some with python -m rtsep_models.data.band --split validation, and name --band"
        )
    songs = {group: [piece.name for piece in pieces] for group, pieces in groups.items()}
    before = kept(options.again, options.separators, songs, options.seconds) if options.again else {}
    options.again = options.again and options.again.name  # no paths of this machine
    report = Report("quality", options)
    names, missing = present(options.separators)
    scores = scored(names, groups, options)
    entries = before | {name: plain(facts(name) | levels(scores[name])) for name in names}
    report.figures = {
        "method": __doc__,
        "songs": songs,
        "missing": missing,
        "separators": {name: entries[name] for name in sorted(entries, key=ORDER.index)},
    }
    judge(report, report.figures["separators"])
    first = next(iter(groups.values()))[-1]
    for name in (name for name in (*FLAGSHIPS, "classic") if name in names):
        say(f"{name} in the live host, {options.live_seconds:g} s of {first.name}")
        played = live(name, first, options.live_seconds)
        entries[name]["vocals_muted_live"] = plain(played)
        report.accept(f"{name}_live_differing_samples", played["differing_samples"], "", "= 0")
    report.accept("procedural_songs", len(groups.get("band", [])), "", "" if options.quick else ">= 20")
    report.accept("missing_separators", len(missing), "", "= 0")
    report.close()


if __name__ == "__main__":
    main()
