"""Every fault of issue 2, point 8, made to happen on a JACK server: what is lost, what is heard, how long it lasts.

Each fault is played twice with the voice muted: steady tones under policy `dry`, where the slightest click shows, and
the demo clip under `mute-safe`, where nothing of the voice may come back. The output is captured by a JACK client with
a compiled callback, sample-aligned with what it plays, and compared with what should have come out. Not part of
`click_ratio_max`: the faults in which the process that feeds JACK is gone, as nobody is left to fade out.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from benchmarks import fault_scenes, plugins
from benchmarks.capture import Signal, judge, song, tones
from benchmarks.fault_outages import control_killed, jack_killed
from benchmarks.fault_scenes import Scene
from benchmarks.report import Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.changes import LatePolicy
from rtsep.host.config import StripConfig
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally
from rtsep.units import db_to_gain

RATE = 48000
TAPE_S = 40.0
OUTAGES = ("audio process killed", "JACK server killed")


def play(name: str, signal: Signal, policy: LatePolicy, server: JackServer) -> dict[str, Any]:
    """One fault on a fresh host; its figures."""
    config = jack_config("bench-truth", policy, stems={"voice": StripConfig(mute=True)})
    with host(config) as engine, Deck("stage", signal.sound, int(TAPE_S * RATE), loop=True) as deck:
        deck.wire()
        deck.arm()
        deck.wait(RATE)
        began = time.monotonic()
        before, lag = Tally.of(engine.block), server.block + engine.state().budget.host
        outcome = fault_scenes.SCENES[name](Scene(engine, deck, RATE))
        deck.wait(deck.position + RATE // 2)
        counts = (Tally.of(engine.block) - before).counts
        messages = [text for _, text in engine.supervisor.events]
        recording, skipped = deck.captured().copy(), deck.skipped
    gain = db_to_gain(2 * fault_scenes.BOOST_DB) if name == "clipping" else 1.0
    figures = judge(recording, signal, lag, outcome.fault, outcome.over, gain)
    # The dry fallback is never silent here; under `mute-safe` silence is what is asked for.
    dead = figures["dead_frames"] if policy == "dry" else 0
    kept = ("missed_positions", "late_hops", "late_events", "fallback_frames", "latches", "nonfinite_hops")
    return {
        "fault": name,
        "policy": policy,
        "signal": signal.name,
        "lost_frames": counts["missed_positions"] + dead,
        **figures,
        **{name: counts[name] for name in kept},
        "jack_clock_skipped": skipped,
        "server_xruns": server.xruns_between(began, time.monotonic()),
        **outcome.more,
        "messages": messages,
    }


def show(row: dict[str, Any]) -> None:
    """One line of it."""
    parts = (f"lost {row['lost_frames']}", f"fallback {row['fallback_frames']}", f"recovery {row['recovery_s']:.3f} s")
    quality = (
        f"click {row['click_ratio']:.2f}",
        f"leak {row['leak_db']:.0f} dB",
        "" if row["settled"] else "NOT SETTLED",
    )
    say(f"  {row['fault']} ({row['policy']}): " + ", ".join(filter(None, parts + quality)))


def accept(report: Report, rows: list[dict[str, Any]], jack: dict[str, Any]) -> None:
    """The named figures."""

    def worst(field: str, *faults: str, **only: str) -> float:
        chosen = [row for row in rows if not faults or row["fault"] in faults]
        values = [row[field] if row["settled"] else np.inf for row in chosen if only.items() <= row.items()]
        return float(max(values, default=np.inf))

    separator = ("separator crash", "separator hang")
    heard = [row["fault"] for row in rows if row["fault"] not in OUTAGES]
    report.accept("separator_kill_lost_frames", worst("lost_frames", "separator crash"), "frames", "= 0")
    report.accept("separator_recovery_s", worst("recovery_s", *separator), "s", "<= 2")
    report.accept("audio_kill_recovery_s", worst("recovery_s", "audio process killed"), "s", "<= 2")
    report.accept("jack_loss_recovered", float(jack["recovered"]), "", "= 1")
    report.accept("muted_stem_leak_db", worst("leak_db", policy="mute-safe"), "dB", "<= -60")
    report.accept("click_ratio_max", worst("click_ratio", *heard), "", "<= 1.5")
    adopted = worst("separator_restored_after_adoption_s", "control process killed")
    report.accept("adopted_separator_recovery_s", adopted, "s", "<= 2")
    report.accept("control_kill_lost_frames", worst("lost_frames", "control process killed"), "frames", "= 0")


def main() -> None:
    """Measure, write, print."""
    parser = arguments("faults", "what faults cost")
    parser.add_argument("--block", type=int, default=64)
    parser.add_argument("--only", nargs="+", choices=list(fault_scenes.SCENES), default=list(fault_scenes.SCENES))
    options = parser.parse_args()
    report = Report("faults", options)
    rows: list[dict[str, Any]] = []
    stages: tuple[tuple[Signal, LatePolicy], ...] = ((tones(RATE), "dry"), (song(), "mute-safe"))
    with plugins.registered():
        with JackServer(RATE, options.block) as server:
            for name in options.only:
                for signal, policy in stages:
                    rows.append(play(name, signal, policy, server))
                    show(rows[-1])
            for signal, policy in stages:
                rows.append(control_killed(signal, policy, server))
                show(rows[-1])
        with JackServer(RATE, options.block, name=f"{server.name}-2") as server:
            jack = jack_killed(stages[1][0], server)
            say(f"  JACK server killed and started again: {jack}")
    report.figures = {"method": __doc__, "server": server.facts(), "faults": rows, "jack_server_killed": jack}
    accept(report, rows, jack)
    report.close()


if __name__ == "__main__":
    main()
