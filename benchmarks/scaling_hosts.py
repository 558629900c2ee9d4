"""Several hosts on one machine: each with its three processes, all on one JACK server."""

from __future__ import annotations

import time
from contextlib import ExitStack
from typing import Any

from benchmarks.report import say
from benchmarks.rig import host, jack_config
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally

RATE, BLOCK = 48000, 128
MOST = 4
SETTLE_S = 2.0
ROUNDS = 2
"""A machine misses periods by itself at times: who was not clean gets one more chance, and both rounds are recorded."""
KEPT = ("missed_positions", "late_hops", "flagged_callbacks", "callback_us", "hop_us", "wake_us")


def by_hosts(separator: str, seconds: float) -> list[dict[str, Any]]:
    """One row for each number of hosts and round."""
    rows = []
    for count in range(1, MOST + 1):
        for _ in range(ROUNDS):
            rows.append(_together(count, separator, seconds))
            say(f"  {count} hosts: {'clean' if rows[-1]['clean'] else 'not clean'}")
            if rows[-1]["clean"]:
                break
    return rows


def _together(count: int, separator: str, seconds: float) -> dict[str, Any]:
    with JackServer(RATE, BLOCK) as server, ExitStack() as stack:
        engines = [stack.enter_context(host(jack_config(separator))) for _ in range(count)]
        time.sleep(SETTLE_S)
        before = [Tally.of(engine.block) for engine in engines]
        time.sleep(seconds)
        tallies = [(Tally.of(engine.block) - tally).figures() for engine, tally in zip(engines, before, strict=True)]
        xruns = server.xruns_between(time.monotonic() - seconds, time.monotonic())
    hosts = [{key: tally[key] for key in KEPT} for tally in tallies]
    lost = [tally["missed_positions"] + tally["late_hops"] for tally in tallies]
    return {"hosts": count, "clean": not any(lost), "server_xruns": xruns, "each": hosts}


def clean_hosts(rows: list[dict[str, Any]]) -> int:
    """How many played at once without a missed position or a late hop, in one of the rounds."""
    return max((row["hosts"] for row in rows if row["clean"]), default=0)
