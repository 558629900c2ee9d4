"""Real songs through JACK in real time: how well `classic` separates them live, and whether it ever came late.

A JACK client with a compiled callback plays the mix into the host; the host's own recorder writes mix and stems. The
recorded mix is, at unity, the delayed input bit for bit, so the recording is aligned with the true stems by finding
the one in the other exactly; frames for which that fails are counted and not scored. Scored is the SDR of every stem
over the whole excerpt; where a song has no bass stem of its own, bass and other are scored as one. A stem that is
silent has no score.

Blocks of 128 and of 64 frames stand side by side: with a hop of 128 both give the same latency between input and output
block, 256 frames (the adaptation that 128 saves is granted as slack), but 128 leaves the separator, and the server's own
wake-ups, twice the time.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.feeds import Song, available, load_song
from benchmarks.report import Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.changes import Record
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.rig import SETTLE_S
from rtsep.lab.tally import Tally
from rtsep_models.evaluation.ratios import sounds, usdr
from rtsep_models.evaluation.scores import merged

Recording = dict[str, NDArray[np.float32]]
PIECE = 4800
SHIFTS = 64
"""Periods by which player and host may have come apart."""


def record(song: Song, server: JackServer, separator: str, folder: Path) -> dict[str, Any]:
    """Play it all once and record into `folder`; what was counted meanwhile."""
    with host(jack_config(separator)) as engine, Deck("player", song.mix) as deck:
        deck.wire()
        engine.apply(Record(str(folder)))
        begin = Tally.of(engine.block)
        deck.arm()
        deck.wait(int(SETTLE_S * song.rate))
        settled = Tally.of(engine.block)
        deck.wait(song.mix.shape[1] + song.rate // 2)
        end = Tally.of(engine.block)
        state = engine.state()
        engine.apply(Record(None))
        return {
            "after_first_second": (end - settled).figures(),
            "late_hops_whole": (end - begin).counts["late_hops"],
            "missed_positions_whole": (end - begin).counts["missed_positions"],
            "server_xruns": server.xruns_between(settled.seconds, end.seconds),
            "jack_clock_skipped": deck.skipped,
            "latency_frames": state.budget.total,
        }


def read(folder: Path, song: Song, block: int) -> tuple[Recording, dict[str, NDArray[np.float32]], int]:
    """The recorded stems, the true stems beside them, and how many frames of the song are in neither.

    Piece by piece: where the JACK server lost a period, player and host may have lost different ones.
    """
    tracks: dict[str, Any] = {
        path.stem: soundfile.read(path, dtype="float32", always_2d=True)[0].T for path in folder.glob("*.wav")
    }
    mix, recorded = song.mix, tracks["mix"]
    offset, chosen = _find(recorded[0], mix[0]), []
    shifts = sorted(range(-SHIFTS, SHIFTS + 1), key=abs)
    for start in range(0, mix.shape[1], PIECE):
        piece = mix[:, start : start + PIECE]
        for at in (start + offset + shift * block for shift in shifts):
            if at >= 0 and np.array_equal(recorded[:, at : at + PIECE], piece):
                offset = at - start
                chosen.append((start, at, piece.shape[1]))
                break
    here = np.concatenate([np.arange(at, at + count) for _, at, count in chosen])
    there = np.concatenate([np.arange(start, start + count) for start, _, count in chosen])
    stems = {name: track[:, here] for name, track in tracks.items() if name != "mix"}
    return stems, {name: stem[:, there] for name, stem in song.stems.items()}, mix.shape[1] - len(there)


def _find(recorded: NDArray[np.float32], played: NDArray[np.float32]) -> int:
    """Where in `recorded` (T,) the beginning of `played` (T,) stands. Raises RuntimeError if it does not."""
    first = int(np.flatnonzero(played)[0])
    probe = played[first : first + 512]
    for start in np.flatnonzero(recorded == probe[0]):
        if np.array_equal(recorded[start : start + len(probe)], probe):
            return int(start) - first
    raise RuntimeError("the recording does not contain the beginning of the song")


def one(name: str, seconds: float, separator: str, block: int) -> dict[str, Any]:
    """One song, live; its scores and counts."""
    song = load_song(name, seconds)
    with JackServer(song.rate, block) as server, tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
        counts = record(song, server, separator, Path(folder) / "take")
        estimates, true, unaligned = read(Path(folder) / "take", song, block)
        facts = server.facts()
    estimates, true = merged(estimates, true)
    mix = np.stack(list(true.values())).sum(axis=0)
    heard = {stem: track for stem, track in true.items() if sounds(track, mix)}
    scores = {stem: usdr(track, estimates[stem]) for stem, track in heard.items()}
    return {
        "song": name,
        "seconds": song.mix.shape[1] / song.rate,
        "sdr_db": scores,
        "sdr_of_unprocessed_mix_db": {stem: usdr(track, mix) for stem, track in heard.items()},
        "sdr_mean_db": float(np.mean(list(scores.values()))),
        "silent_stems": sorted(set(true) - set(heard)),
        "bass_scored_with_other": "bass" not in true,
        "unaligned_frames": unaligned,
        "server": facts,
        **counts,
    }


def main() -> None:
    """Measure, write, print."""
    parser = arguments("songs", "real songs, live")
    parser.add_argument("--songs", nargs="+", default=["francium", "sodium"])
    parser.add_argument(
        "--seconds", type=float, default=60.0, help="excerpt in which all stems sound; 0: the whole song"
    )
    parser.add_argument("--separator", default="classic")
    parser.add_argument(
        "--blocks", type=int, nargs="+", default=[128, 64], help="the first is judged, the others reported"
    )
    options = parser.parse_args()
    missing = sorted(set(options.songs) - set(available()))
    report = Report("songs", options)
    if missing:
        say(f"skipped: {', '.join(missing)} not found in ../shared/data/everything-is-free")
    report.figures = {"method": __doc__, "skipped": missing, "blocks": {}}
    songs = [name for name in options.songs if name not in missing]
    for block in options.blocks if songs else ():
        rows = []
        for name in songs:
            say(f"{name}, {options.seconds or 'all'} s in real time, blocks of {block}")
            rows.append(one(name, options.seconds, options.separator, block))
            say("  " + ", ".join(f"{stem} {value:.2f} dB" for stem, value in rows[-1]["sdr_db"].items()))
        report.figures["blocks"][block] = rows
        judged = block == options.blocks[0]
        suffix, bound = ("", "= 0") if judged else (f"_{block}", "")
        for count, unit in (("late_hops", "hops"), ("missed_positions", "frames")):
            report.accept(count + suffix, sum(row["after_first_second"][count] for row in rows), unit, bound)
        if judged:
            report.accept("sdr_mean_db", float(np.mean([row["sdr_mean_db"] for row in rows])), "dB")
            report.accept("unaligned_frames", sum(row["unaligned_frames"] for row in rows), "frames")
    report.close()


if __name__ == "__main__":
    main()
