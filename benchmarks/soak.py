"""A long evening: 64-frame blocks, `classic`, a control flood without a pause, the separator killed every minute.

Counted after the first second: missed positions, xruns, late hops, restarts. Resident memory of the control, audio and
separator process is sampled every second; growth is the highest reading after a warm-up over the first one after it,
for each incarnation of each process by itself, as the separator is another process after every kill. The control
process is this one: what the benchmark itself needs is allocated before the warm-up ends.
"""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from benchmarks.feeds import any_song
from benchmarks.flood import Flood
from benchmarks.memory import Watch
from benchmarks.report import Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.host.engine import Engine
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.rig import SETTLE_S
from rtsep.lab.tally import Tally

SAMPLE_S = 1.0
MOST_WARM_UP_S = 30.0


def pids(engine: Engine) -> dict[str, int]:
    """The processes of a host by role."""
    return {role: int(engine.block.get(f"{role}_pid")) for role in ("control", "audio", "separator")}


def soak(engine: Engine, seconds: float, kill_every_s: float, warm_up_s: float) -> dict[str, Any]:
    """Flood, kill, watch."""
    watch, began, began_at = Watch(), time.monotonic(), time.time()
    time.sleep(SETTLE_S)
    start, killed, said = Tally.of(engine.block), 0, 0
    with Flood(engine) as flood:
        while (now := time.monotonic() - began) < seconds:
            watch.look(now, pids(engine))
            # Half a period away from the whole minutes, so that the last incarnation lives as long as the others.
            if now > (killed + 0.5) * kill_every_s:
                os.kill(int(engine.block.get("separator_pid")), signal.SIGKILL)
                killed += 1
            if now // 60 > said:
                said = int(now // 60)
                counts = (Tally.of(engine.block) - start).counts
                say(f"  {said} min: {flood.changes} changes, {counts['missed_positions']} missed positions")
            time.sleep(SAMPLE_S)
        tally = Tally.of(engine.block) - start
        changes = flood.changes
    return {
        **tally.figures(),
        "changes": changes,
        "changes_per_s": changes / tally.seconds,
        "separator_kills": killed,
        "separator_restarts": engine.supervisor.separator.restarts,
        "audio_restarts": engine.supervisor.audio.restarts,
        "messages": [f"{moment - began_at:.2f} s: {text}" for moment, text in engine.supervisor.events],
        "fallback_s_per_kill": tally.counts["fallback_frames"] / engine.block.get("sample_rate") / max(1, killed),
        "rss_growth_mib": watch.worst_growth_mib(warm_up_s),
        "warm_up_s": warm_up_s,
        "processes": [life.figures(warm_up_s) for life in watch.incarnations],
    }


def main() -> None:
    """Measure, write, print."""
    parser = arguments("soak", "ten minutes under a control flood")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--kill-every", type=float, default=60.0, help="seconds")
    parser.add_argument("--block", type=int, default=64)
    parser.add_argument("--separator", default="classic")
    options = parser.parse_args()
    report = Report("soak", options)
    song, seconds = any_song(60.0), 60.0 * options.minutes
    warm_up_s = min(MOST_WARM_UP_S, options.kill_every / 2, seconds / 4)
    with JackServer(song.rate, options.block) as server:
        say(f"{options.minutes:g} min of {song.name}")
        with host(jack_config(options.separator)) as engine, Deck("feed", song.mix, loop=True) as deck:
            deck.wire()
            deck.arm()
            began = time.monotonic()
            figures = soak(engine, seconds, options.kill_every, warm_up_s)
            figures["server_xruns"] = server.xruns_between(began + SETTLE_S, time.monotonic())
            figures["jack_clock_skipped"] = deck.skipped
        report.figures = {"method": __doc__, "server": server.facts(), "song": song.name, **figures}
    report.accept("missed_positions", figures["missed_positions"], "frames", "= 0")
    report.accept("rss_growth_mib", figures["rss_growth_mib"], "MiB", "<= 5")
    report.accept("changes_per_s", figures["changes_per_s"], "1/s")
    report.accept("separator_kills", figures["separator_kills"], "")
    report.accept("separator_restarts", figures["separator_restarts"], "")
    report.accept("fallback_s_per_kill", figures["fallback_s_per_kill"], "s")
    report.accept("late_hops", figures["late_hops"], "hops")
    report.close()


if __name__ == "__main__":
    main()
