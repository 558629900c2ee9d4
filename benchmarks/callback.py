"""Does Python code that hogs the GIL reach the sound? The compiled callback beside one in Python, on a JACK server.

Hogs run in the audio process (the one that owns the stream) and in the control process at the same time. The host runs
as it always does, with three processes; the Python callback runs in a process with as many hogs, while as many burn
here. Counted after the first second: callbacks, callbacks with an xrun flag, and missed positions, which are frames of
device time that went by without a callback, by the same arithmetic for both.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import Any

from benchmarks.hogs import Hogs, patient_sleep
from benchmarks.report import ROOT, Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.lab.jackd import JackServer
from rtsep.lab.rig import measure


def compiled(server: JackServer, separator: str, hogs: int, seconds: float) -> dict[str, Any]:
    """The host's counts."""
    with host(jack_config(separator), hogs) as engine, Hogs(hogs):
        tally = measure(engine, seconds, patient_sleep)
        end = time.monotonic()
        figures = tally.figures()
        figures["server_xruns"] = server.xruns_between(end - tally.seconds, end)
        figures["audio_realtime"] = engine.block.text("audio_realtime")
        figures["separator_realtime"] = engine.block.text("separator_realtime")
    return figures


def interpreted(hogs: int, seconds: float) -> dict[str, Any]:
    """The Python callback's counts."""
    command = [sys.executable, "-m", "benchmarks.python_callback", str(seconds), str(hogs)]
    with Hogs(hogs):
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=seconds + 120)
    if answer.returncode != 0:
        raise RuntimeError(f"the Python callback failed: {answer.stderr.strip()[-500:]}")
    return json.loads(answer.stdout.splitlines()[-1])


def main() -> None:
    """Measure, write, print."""
    parser = arguments("callback", "compiled against Python callback under GIL hogs")
    parser.add_argument("--block", type=int, default=64, help="frames in a JACK period")
    parser.add_argument("--hogs", type=int, default=4, help="threads in each process")
    parser.add_argument("--seconds", type=float, default=30.0, help="measured time of each")
    parser.add_argument("--rate", type=int, default=48000)
    parser.add_argument("--separator", default="classic")
    options = parser.parse_args()
    report = Report("callback", options)
    due = options.seconds * options.rate / options.block
    with JackServer(options.rate, options.block) as server:
        say(f"compiled callback, {options.hogs} hogs there, {options.hogs} here, {options.seconds:g} s")
        ours = compiled(server, options.separator, options.hogs, options.seconds)
        say(f"Python callback, the same hogs, {options.seconds:g} s")
        theirs = interpreted(options.hogs, options.seconds)
        report.figures = {"server": server.facts(), "callbacks_due": due, "compiled": ours, "python": theirs}
    report.accept("missed_positions_compiled", ours["missed_positions"], "frames", "= 0")
    report.accept("xrun_flags_compiled", ours["flagged_callbacks"], "", "<= 1")
    report.accept("callbacks_compiled", ours["callbacks"], "")
    report.accept("missed_positions_python", theirs["missed_positions"], "frames")
    report.accept("xrun_flags_python", theirs["flagged_callbacks"], "")
    report.accept("callbacks_python", theirs["callbacks"], "")
    report.close()


if __name__ == "__main__":
    main()
