"""`jack_iodelay`: Fons Adriaensen's phase measurement of a loop, to a thousandth of a frame, by others' code."""

from __future__ import annotations

import contextlib
import re
import signal
import statistics
import subprocess
import tempfile
import time

from rtsep.lab.deck import Deck

_LINE = re.compile(r"^\s*([\d.]+) frames.*total roundtrip latency(.*)$")
CLIENT = "jack_delay"


def loop_frames(deck: Deck, client: str, seconds: float) -> float | None:
    """Latency of `client`'s first input to its first output, through JACK's graph, frames; None if it found no signal.

    Takes the cables of `client`. Lines that it marks as doubtful ("??") do not count. Its tones repeat every
    65536 frames, far beyond what is measured here.
    """
    with tempfile.TemporaryFile("w+") as sink:
        process = subprocess.Popen(["stdbuf", "-oL", "jack_iodelay"], stdout=sink, stderr=subprocess.STDOUT)
        try:
            end = time.monotonic() + 5.0
            while len(deck.ports(CLIENT)) < 2 and time.monotonic() < end:
                time.sleep(0.02)
            deck.isolate(client)
            deck.connect(f"{CLIENT}:out", f"{client}:in_0")
            deck.connect(f"{client}:out_0", f"{CLIENT}:in")
            time.sleep(seconds)
        finally:
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(2.0)
            process.kill()
            process.wait()
        sink.seek(0)
        found = [match for line in sink if (match := _LINE.match(line)) and "?" not in match[2]]
    # The first lines still hear the loop filling up.
    settled = [float(match[1]) for match in found[len(found) // 2 :]]
    return statistics.median(settled) if settled else None
