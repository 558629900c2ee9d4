"""What the host itself costs: callback, wake-ups, what it adds to the separator's compute, its start, its purity.

JACK, 64 frames, `classic` with four stereo stems on real music, all strips at different gains so that every term of the
mix is computed. Once quiet, once with GIL hogs in the audio and the control process. Times are those that the callback
and the separator process count themselves; shares are of the period (callback) and of the hop (separator). The null
test runs offline for every separator with an exact sum, and live for `classic`.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.feeds import Song, any_song
from benchmarks.hogs import Hogs, patient_sleep
from benchmarks.null import live_null, offline_null
from benchmarks.report import Report, arguments, say
from benchmarks.rig import host, jack_config
from benchmarks.startup import startup
from rtsep.changes import StemGain
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.rig import measure


def playing(song: Song, server: JackServer, hogs: int, seconds: float, separator: str) -> dict[str, Any]:
    """Counts and times while music plays."""
    with host(jack_config(separator), hogs) as engine, Deck("feed", song.mix, loop=True, ins=2) as deck:
        deck.wire()
        deck.arm()
        engine.apply(*(StemGain(stem, -1.0 - index) for index, stem in enumerate(engine.spec.stems)))
        with Hogs(hogs):
            tally = measure(engine, seconds, patient_sleep)
            end = time.monotonic()
        hop = int(engine.block.get("hop"))
        budget = engine.state().budget
    figures = tally.figures()
    period_us, hop_us = 1e6 * server.block / server.rate, 1e6 * hop / server.rate
    compute, turnaround = figures["hop_us"], figures["turnaround_us"]
    return {
        "hogs": hogs,
        "server_xruns": server.xruns_between(end - tally.seconds, end),
        "jack_clock_skipped": deck.skipped,
        "period_us": period_us,
        "hop_period_us": hop_us,
        "callback_share": {name: value / period_us for name, value in figures["callback_us"].items()},
        "hop_share": {name: value / hop_us for name, value in compute.items()},
        "real_time_factor": compute["p50"] / hop_us,
        "added_by_host_us": {name: turnaround[name] - compute[name] for name in ("p50", "p99", "p99.9")},
        "budget_frames": {name: getattr(budget, name) for name in budget.__dataclass_fields__},
        **figures,
    }


def main() -> None:
    """Measure, write, print."""
    parser = arguments("host", "what the host itself costs")
    parser.add_argument("--block", type=int, default=64)
    parser.add_argument("--rate", type=int, default=48000)
    parser.add_argument("--hogs", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--null-seconds", type=float, default=20.0)
    parser.add_argument("--separator", default="classic")
    options = parser.parse_args()
    report = Report("host", options)
    song = any_song(options.null_seconds)
    say(f"null test offline on {song.name}")
    offline = offline_null(song)
    say(f"  differing samples: {offline}")
    with JackServer(options.rate, options.block) as server:
        say("null test live")
        live = live_null(song, options.block)
        say(f"  {live}")
        runs = {}
        for label, hogs in (("quiet", 0), ("hogs", options.hogs)):
            say(f"callback and wake-up, {label}, {options.seconds:g} s")
            runs[label] = playing(song, server, hogs, options.seconds, options.separator)
        say("start-up, cold and warm")
        cold, warm = startup(options.separator)
        say(f"  {cold:.2f} s, then {', '.join(f'{taken:.2f}' for taken in warm)} s")
        report.figures = {"method": __doc__, "server": server.facts(), "song": song.name, **runs}
    report.figures |= {"startup": {"cold_s": cold, "warm_s": warm}, "null_offline": offline, "null_live": live}
    quiet, hogged = runs["quiet"], runs["hogs"]
    report.accept("callback_share_p999", quiet["callback_share"]["p99.9"], "period", "<= 0.1")
    report.accept("callback_share_p999_hogs", hogged["callback_share"]["p99.9"], "period")
    report.accept("wake_p99_us", hogged["wake_us"]["p99"], "us", "<= 200")
    report.accept("wake_p99_us_quiet", quiet["wake_us"]["p99"], "us")
    report.accept("host_adds_p50_us", quiet["added_by_host_us"]["p50"], "us")
    report.accept("startup_warm_s", min(warm), "s")
    report.accept("null_differing_samples", sum(offline.values()) + live["differing_samples"], "", "= 0")
    report.close()


if __name__ == "__main__":
    main()
