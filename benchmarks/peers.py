"""rtsep beside its peers, the same job for each, in one run on one machine.

Streams: stereo in, stereo out, times one half (rtmixer, which knows no gain: times one), on JACK's dummy driver. A compiled
JACK client plays frames that carry their numbers and records what comes back; counted are the frames of device time that
bring no new one, those included in which a stream held up all that hangs on it. Quiet, and while threads that never wait
fight for the interpreter in the stream's process and in this one. rtsep plays with a separator that passes its input on,
and once more with one that separates four stems meanwhile; its latency has the separator and its slack in it, the others
have nothing to wait for.

Separators: one thread, flat out. Ours and HS-TasNet small (random weights) hop by hop through ONNX Runtime, demucs and
openunmix (random weights) in segments through torch, as they come.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import metadata, version
from typing import IO, Any, cast

from benchmarks.flathops import flat_hops
from benchmarks.hogs import Hogs, patient_sleep
from benchmarks.hopcost import fresh
from benchmarks.numbered import heard, numbered
from benchmarks.peer_separators import RATE as SONG_RATE
from benchmarks.peer_separators import demucs, openunmix
from benchmarks.peer_streams import GAINS
from benchmarks.randomsets import own_models, random_set
from benchmarks.report import ROOT, Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.host.config import default_separator
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.separators.registry import registered
from rtsep.units import gain_to_db
from rtsep_models.weights.store import find

RATE = 48000
BLOCKS = (64, 128)
SETTLE_S = 1.0
SPARE_S = 2.0
"""Beside hogs a sleep is longer than asked for."""
OURS = "rtsep"
GAIN = 0.5


def facts(package: str) -> dict[str, Any]:
    """Version and source of an installed package."""
    known = metadata(package)
    pages = [
        *(known.get_all("Home-page") or []),
        *(page.split(", ")[-1] for page in known.get_all("Project-URL") or []),
    ]
    return {"package": package, "version": version(package), "source": next(iter(pages), "")}


@dataclass(frozen=True)
class Stream:
    """A stream that runs: its JACK client, how to let its hogs begin, and what it says of itself at the end."""

    client: str
    begin: Callable[[], object] = lambda: None
    counts: Callable[[], dict[str, int]] = dict


@contextmanager
def our_stream(separator: str, hogs: int) -> Iterator[Stream]:
    """The host, its mix at one half."""
    with host(jack_config(separator, mix_gain_db=gain_to_db(GAIN)), hogs) as engine:
        names = ("late_hops", "missed_positions")
        yield Stream("rtsep", counts=lambda: {name: int(engine.block.get(name)) for name in names})


@contextmanager
def peer_stream(kind: str, hogs: int) -> Iterator[Stream]:
    """A peer in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.peer_streams", kind, str(hogs)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:
        stdin, stdout, stderr = cast(
            "tuple[IO[str], IO[str], IO[str]]", (process.stdin, process.stdout, process.stderr)
        )
        client = stdout.readline().strip()
        if not client:
            raise RuntimeError(f"{kind} does not stream: {stderr.read().strip()[-500:]}")

        def begin() -> None:
            stdin.write("\n")
            stdin.flush()

        try:
            yield Stream(client, begin)
        finally:
            stdin.close()
            if process.wait(30.0):
                say(f"{kind}: {stderr.read().strip()[-300:]}")


def passed(stream: Any, block: int, hogs: int, gain: float, seconds: float) -> dict[str, Any]:
    """Numbered frames through an open stream, for `seconds` of device time after `SETTLE_S`."""
    sound = numbered(round((seconds + SETTLE_S + SPARE_S) * RATE))
    with stream as running, Deck("bench-deck", sound, frames=sound.shape[1], ins=2) as deck:
        deck.wire(running.client)
        running.begin()
        with Hogs(hogs):
            deck.arm()
            patient_sleep(SETTLE_S)
            start, before = deck.position, deck.skipped
            patient_sleep(seconds)
            end, stalled = deck.position, deck.skipped - before
        told = heard(deck.recording[:, :end], gain, start, stalled)
        return {"block": block, "hogs": hogs, **told, **running.counts()}


def streams(options: Any) -> dict[str, list[dict[str, Any]]]:
    """Rows by peer; ours first."""
    ours = {"rtsep": "passthrough", f"rtsep with {options.separator}": options.separator}
    rows: dict[str, list[dict[str, Any]]] = {}
    for block in BLOCKS:
        with JackServer(RATE, block):
            for hogs in (0, options.hogs):
                ways = {label: (our_stream(name, hogs), GAIN) for label, name in ours.items()}
                ways |= {kind: (peer_stream(kind, hogs), gain) for kind, gain in GAINS.items()}
                for label, (stream, gain) in ways.items():
                    row = passed(stream, block, hogs, gain, options.seconds)
                    rows.setdefault(label, []).append(row)
                    say(
                        f"  {label:<16} {block:>4} frames, {hogs} hogs: {row['lost_frames']:>7} of {row['frames']} lost, "
                        f"latency {row['latency_frames']:.0f}"
                    )
    return rows


def pedalboard_stream() -> str:
    """Why pedalboard's AudioStream is not among the streams; empty if it could be."""
    try:
        stream: Any = importlib.import_module("pedalboard.io").AudioStream
        devices = sorted({*stream.input_device_names, *stream.output_device_names})
    except (ImportError, AttributeError, RuntimeError) as error:
        return f"{type(error).__name__}: {error}"
    if any("jack" in device.lower() for device in devices):
        return ""
    seen = ", ".join(devices) if devices else "no device at all"
    return f"it sees {seen}, and not the JACK server: its build speaks ALSA and no JACK"


def separators(options: Any) -> dict[str, dict[str, Any]]:
    """Rows by separator."""
    rows: dict[str, dict[str, Any]] = {}
    with own_models() as folder:
        random_set(folder, "hs_tasnet_small", "hs_tasnet")
        for name in ("stage", "monitor", "hs_tasnet_small"):
            if name not in registered():
                continue
            size = {"parameters": find(name).card.parameters}
            rows[name] = facts(OURS) | size | flat_hops(name, SONG_RATE, options.hop_seconds)
            say(f"  {name}: {rows[name]['times_real_time']:.1f} x real time, {rows[name]['latency_ms']:.1f} ms")
    for label, work in {"openunmix": openunmix, "demucs": demucs}.items():
        rows[label] = facts(label) | fresh(work, "")
        say(f"  {label}: {rows[label]['times_real_time']:.2f} x real time, {rows[label]['latency_ms']:.0f} ms")
    return rows


def judge(report: Report, rows: dict[str, list[dict[str, Any]]], flat: dict[str, dict[str, Any]]) -> None:
    """The acceptance list."""
    lost = {label: sum(row["lost_frames"] for row in scenes) for label, scenes in rows.items()}
    frames = sum(row["frames"] for row in rows[OURS])
    over = 100.0 * (lost[OURS] - min(lost[kind] for kind in GAINS)) / frames
    report.accept("rtsep_lost_over_best_peer_percent", over, "%", "<= 0.1")
    for label, scenes in rows.items():
        name = "".join(c if c.isalnum() else "_" for c in label.lower())
        for hogs in (False, True):
            these = [row for row in scenes if bool(row["hogs"]) == hogs]
            share = sum(row["lost_frames"] for row in these) / sum(row["frames"] for row in these)
            report.accept(f"{name}_lost_{'hogged' if hogs else 'quiet'}_percent", 100.0 * share, "%")
        report.accept(f"{name}_latency_64", scenes[0]["latency_frames"], "frames")
    for label, row in flat.items():
        report.accept(f"{label}_times_real_time", row["times_real_time"], "")
        report.accept(f"{label}_latency_ms", row["latency_ms"], "ms")
        report.accept(f"{label}_parameters_m", row["parameters"] / 1e6, "M")
    report.accept("peers_measured", len(GAINS) + len(flat.keys() - {"stage", "monitor"}), "", ">= 5")


def main() -> None:
    """Measure, write, print."""
    parser = arguments("peers", "rtsep beside its peers")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each stream")
    parser.add_argument("--hop-seconds", type=float, default=4.0, help="of each separator that goes hop by hop")
    parser.add_argument("--hogs", type=int, default=4, help="threads in each process")
    parser.add_argument("--separator", default=default_separator(), help="what rtsep separates with in its second row")
    options = parser.parse_args()
    report = Report("peers", options)
    say("streams on JACK")
    rows = streams(options)
    say("separators flat out")
    flat = separators(options)
    report.figures = {
        "method": __doc__,
        "streams": {label: {**facts(label.split()[0]), "scenes": scenes} for label, scenes in rows.items()},
        "not_measured": {"pedalboard": {**facts("pedalboard"), "why": pedalboard_stream()}},
        "separators": flat,
    }
    judge(report, rows, flat)
    report.close()


if __name__ == "__main__":
    main()
