"""Control under load, as a performer's surface would meet it: `rtsep run` on 64-frame JACK, driven by datagrams.

- latency: from `sendto` to the callback that takes the change over, which notes its time in the block; at random moments,
  while another client is subscribed with meters;
- flood: 10,000 messages a second over several faders; are final values right, how soon, and did a callback miss its turn;
- fuzz: a million broken and hostile packets, with a valid query after every few, whose answer also keeps the sender from
  running ahead of the kernel's buffer;
- clicks: mute, solo, kill, scenes, bypass, panic, faders and crossfader over steady tones, captured through JACK: the
  largest step between samples against the largest of the tones themselves.
"""

from __future__ import annotations

import random
import time
from typing import Any

from benchmarks import plugins
from benchmarks.controlsweeps import sweeps
from benchmarks.livehost import LiveHost, Surface
from benchmarks.oscfuzz import packets
from benchmarks.report import Report, arguments, say
from rtsep.lab.jackd import JackServer
from rtsep.lab.percentiles import percentiles
from rtsep.lab.tally import Tally
from rtsep.osc.codec import encode
from rtsep.units import db_to_gain

RATE = 48000
FLOOD_HZ = 10_000
BURST = 10
"""Messages of the flood that go out together, a millisecond apart."""
FENCE = 50
"""Fuzzed packets between two valid queries."""
PAUSE_S = 0.002
"""After each of those: sender and host would keep both processors busy otherwise, and JACK's own driver waiting."""
GAIN_TOLERANCE = 1e-6
STEMS = ("voice", "band")


def latency(host: LiveHost, count: int) -> dict[str, Any]:
    """Milliseconds from datagram to the callback that applies it."""
    surface, watcher, draw = Surface(host.port), Surface(host.port), random.Random(0)
    watcher.send("/rtsep/subscribe", 0, 25.0)
    took, lost = [], 0
    for index in range(count):
        time.sleep(draw.uniform(0.002, 0.008))
        if index % 200 == 0:
            surface.send("/rtsep/renew", 0)
            watcher.send("/rtsep/renew", 0, 25.0)
            watcher.empty()
            time.sleep(0.01)
        packet = encode("/rtsep/stem/band/gain_db", (-float(index % 40),))
        sent = time.monotonic_ns()
        surface.send_raw(packet)
        while host.block.get("params_ns") < sent:
            if time.monotonic_ns() - sent > 1_000_000_000:
                lost += 1
                break
            time.sleep(0.0001)
        else:
            took.append((host.block.get("params_ns") - sent) / 1e6)
    surface.close()
    watcher.close()
    return {"control_ms": percentiles(took), "count": len(took), "lost": lost}


def _settled(host: LiveHost, values_db: dict[str, float]) -> bool:
    gains = host.block.array("stem_gain")
    return all(abs(gains[index] - db_to_gain(values_db[stem])) < GAIN_TOLERANCE for index, stem in enumerate(STEMS))


def flood(host: LiveHost, seconds: float) -> dict[str, Any]:
    """10,000 messages a second; the last of each fader must be what is heard."""
    surface, before, draw = Surface(host.port), Tally.of(host.block), random.Random(1)
    sent = 0
    last: dict[str, float] = dict.fromkeys(STEMS, 0.0)
    begin = time.monotonic()
    while (now := time.monotonic() - begin) < seconds:
        while sent < now * FLOOD_HZ:
            for _ in range(BURST):
                stem = draw.choice(STEMS)
                last[stem] = round(draw.uniform(-60.0, 6.0), 2)
                surface.send("/rtsep/stem/" + stem + "/gain_db", last[stem])
                sent += 1
        time.sleep(0.0005)
    end = time.monotonic()
    while not _settled(host, last) and time.monotonic() - end < 5.0:
        time.sleep(0.0005)
    settle_ms = 1e3 * (time.monotonic() - end) if _settled(host, last) else float("inf")
    counts = (Tally.of(host.block) - before).counts
    surface.close()
    return {
        "messages": sent,
        "messages_per_s": sent / (end - begin),
        "settle_ms": settle_ms,
        "missed_positions": counts["missed_positions"],
        "late_hops": counts["late_hops"],
        "stolen_by_hypervisor_ms": counts["stolen_by_hypervisor_ms"],
    }


def fuzz(host: LiveHost, server: JackServer, count: int) -> dict[str, Any]:
    """Broken packets; what a valid query takes among them and afterwards."""
    surface, before = Surface(host.port), Tally.of(host.block)
    began = time.monotonic()
    among: list[float] = []
    unanswered = 0
    memory: list[float] = []
    for index, packet in enumerate(packets(count)):
        surface.send_raw(packet)
        if index % FENCE == FENCE - 1:
            asked = time.monotonic()
            answer = surface.ask("/rtsep/status/block")
            among.append(1e3 * (time.monotonic() - asked))
            unanswered += answer is None
            surface.empty()
            time.sleep(PAUSE_S)
        if index % max(1, count // 20) == 0:
            memory.append(host.memory_mib())
            say(f"  fuzz {index}: control process {memory[-1]:.1f} MiB")
    time.sleep(0.2)
    surface.empty()
    asked = time.monotonic()
    answer = surface.ask("/rtsep/status/block")
    query_ms = 1e3 * (time.monotonic() - asked) if answer else float("inf")
    counts = (Tally.of(host.block) - before).counts
    surface.close()
    memory.append(host.memory_mib())
    return {
        "packets": count,
        "query_ms": query_ms,
        "query_among_ms": percentiles(among),
        "unanswered": unanswered,
        "memory_mib": memory,
        "memory_growth_mib": max(memory[2:]) - memory[1] if len(memory) > 2 else 0.0,
        "missed_positions": counts["missed_positions"],
        "server_xruns": server.xruns_between(began, time.monotonic()),
        "stolen_by_hypervisor_ms": counts["stolen_by_hypervisor_ms"],
    }


def main() -> None:
    """Measure, write, print."""
    parser = arguments("control", "from datagram to callback; floods, fuzz and clicks")
    parser.add_argument("--messages", type=int, default=3000, help="for the latency")
    parser.add_argument("--flood-seconds", type=float, default=10.0)
    parser.add_argument("--packets", type=int, default=1_000_000, help="fuzzed")
    options = parser.parse_args()
    report = Report("control", options)
    run = ("--host-api", "JACK", "--separator", "bench-truth", "--no-session")
    with plugins.registered(), JackServer(RATE, 64) as server:
        with LiveHost(*run) as host:
            say("latency")
            report.figures["latency"] = timed = latency(host, options.messages)
            say(f"  {timed}")
            report.figures["flood"] = flooded = flood(host, options.flood_seconds)
            say(f"  {flooded}")
        with LiveHost(*run) as host:
            report.figures["clicks"] = clicks = sweeps(host, RATE)
        with LiveHost(*run) as host:
            report.figures["fuzz"] = fuzzed = fuzz(host, server, options.packets)
        report.figures |= {"method": __doc__, "realtime": server.realtime}
    report.accept("control_p50_ms", timed["control_ms"]["p50"], "ms")
    report.accept("control_p99_ms", timed["control_ms"]["p99"], "ms", "<= 2.4")
    report.accept("control_max_ms", timed["control_ms"]["max"], "ms")
    report.accept("flood_missed_positions", flooded["missed_positions"], "frames", "= 0")
    report.accept("flood_settle_ms", flooded["settle_ms"], "ms", "<= 100")
    report.accept("fuzz_missed_positions", fuzzed["missed_positions"], "frames", "= 0")
    report.accept("fuzz_query_ms", fuzzed["query_ms"], "ms", "<= 50")
    report.accept("fuzz_memory_growth_mib", fuzzed["memory_growth_mib"], "MiB", "<= 8")
    report.accept("click_ratio_max", max(row["click_ratio"] for row in clicks), "", "<= 1.5")
    report.close()


if __name__ == "__main__":
    main()
