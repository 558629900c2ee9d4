"""The window beside the sound: what its pictures cost, and whether anything that befalls it reaches the audio.

`rtsep run` on 64-frame JACK with real music and four stems; the real window in a process of its own, on a private X
server, or, where there is none, painting into memory.

- frames: milliseconds from a tick to the picture painted (its own work; flushing to a screen is not in it), at the
  machine's real pace, 1280x800, on the mixer and on the spectra page; processor time as a share of one core;
- beside: device time missed and hops late without a window; while the window goes through all its pages ten times a
  second, changing size and theme; while it is frozen for seconds; while it is killed;
- start: `rtsep gui` from the interpreter's start to imported modules and to the first picture.
"""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.feeds import any_song
from benchmarks.guiprocess import SETTLE_S, GuiProcess, display, start_up
from benchmarks.livehost import LiveHost
from benchmarks.report import Report, arguments, say
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally

RATE, BLOCK = 48000, 64
PAGES = ("Mixer", "Spectra")
FROZEN_S = 5.0
STARTS = 3
COUNTS = ("missed_positions", "late_hops", "flagged_callbacks", "stolen_by_hypervisor_ms")


def beside(host: LiveHost, deed: Callable[[], Any]) -> dict[str, Any]:
    """What the audio counted while `deed` was done, and what that gave."""
    before = Tally.of(host.block)
    given = deed()
    tally = Tally.of(host.block) - before
    figures = tally.figures()
    return {"seconds": tally.seconds, **{name: figures[name] for name in COUNTS}, **(given or {})}


def frozen(environment: dict[str, str], port: int) -> None:
    """A window that stands still, and goes on."""
    window = GuiProcess(environment, port, 2 * FROZEN_S, "Spectra")
    time.sleep(SETTLE_S)
    window.send(signal.SIGSTOP)
    time.sleep(FROZEN_S)
    window.send(signal.SIGCONT)
    window.end()


def killed(environment: dict[str, str], port: int, times: int) -> None:
    """Windows that end without a word."""
    for _ in range(times):
        window = GuiProcess(environment, port, 60.0, "Spectra")
        time.sleep(SETTLE_S)
        window.send(signal.SIGKILL)
        window.end()
        time.sleep(0.5)


def main() -> None:
    """Measure, write, print."""
    parser = arguments("gui", "what the window costs, and whether it reaches the sound")
    parser.add_argument("--seconds", type=float, default=30.0, help="of each page, of the harassment, of no window")
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--separator", default="classic")
    options = parser.parse_args()
    report = Report("gui", options)
    song = any_song(30.0)
    run = ("--host-api", "JACK", "--separator", options.separator, "--no-session")
    with (
        JackServer(RATE, BLOCK) as server,
        LiveHost(*run) as host,
        Deck("feed", song.mix, loop=True, ins=2) as deck,
        display() as environment,
    ):
        deck.wire()
        deck.arm()
        report.figures = {"method": __doc__, "song": song.name, "platform": environment["QT_QPA_PLATFORM"]}
        say(f"no window, {options.seconds:g} s")
        none = beside(host, lambda: time.sleep(options.seconds))
        pages = {}
        for page in PAGES:
            say(f"{page}, {options.seconds:g} s")
            pages[page] = beside(host, GuiProcess(environment, host.port, options.seconds, page).watched)
            say(f"  {pages[page]}")
        say("harassed, frozen, killed")
        deeds: dict[str, Callable[[], Any]] = {
            "harassed": lambda: GuiProcess(environment, host.port, options.seconds).watched(),
            "frozen": lambda: frozen(environment, host.port),
            "killed": lambda: killed(environment, host.port, options.kills),
        }
        befallen = {name: beside(host, deed) for name, deed in deeds.items()}
        say(f"  {befallen}")
        starts = [start_up(environment, host.port) for _ in range(STARTS)]
        report.figures |= {"no_window": none, "pages": pages, **befallen, "starts": starts, "server": server.facts()}
    for page, figures in pages.items():
        report.accept(f"frame_p50_ms_{page.lower()}", figures["frame_ms"]["p50"], "ms")
        report.accept(f"frame_p99_ms_{page.lower()}", figures["frame_ms"]["p99"], "ms")
        report.accept(f"cpu_share_{page.lower()}", figures["cpu_share"], "core")
    report.accept("frame_p99_ms", max(figures["frame_ms"]["p99"] for figures in pages.values()), "ms", "<= 16.7")
    report.accept("frame_max_ms", max(figures["frame_ms"]["max"] for figures in pages.values()), "ms")
    # What happens beside a window at peace, or none, is the machine's own: it is told, and no bound is set.
    missed = sum(figures["missed_positions"] for figures in befallen.values())
    report.accept("gui_missed_positions", missed, "frames", "= 0")
    report.accept("missed_positions_watching", sum(page["missed_positions"] for page in pages.values()), "frames")
    report.accept("missed_positions_no_window", none["missed_positions"], "frames")
    report.accept("start_import_s", statistics.median(start["import_s"] for start in starts), "s")
    report.accept("start_first_picture_s", statistics.median(start["first_picture_s"] for start in starts), "s")
    report.close()


if __name__ == "__main__":
    main()
