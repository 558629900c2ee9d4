"""The two faults that take more than the host's children: its control process, and the JACK server under it."""

from __future__ import annotations

import os
import signal as signals
import subprocess
import sys
import time
from typing import Any

from benchmarks.capture import Signal, judge
from benchmarks.fault_scenes import LIMIT_S, Scene
from benchmarks.report import ROOT
from benchmarks.rig import await_true, host, jack_config
from rtsep.changes import LatePolicy, StemMute
from rtsep.host.config import StripConfig
from rtsep.host.engine import Engine
from rtsep.host.stopping import stop_host
from rtsep.lab.deck import Deck
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally
from rtsep.shared.block import attach

ABSENT_S = 2.0
"""How long the JACK server stays away, and how long the host plays without a control process."""


def control_killed(signal: Signal, policy: LatePolicy, server: JackServer) -> dict[str, Any]:
    """kill -9 of the control process; the sound goes on; another one adopts the host and still governs it."""
    command = [sys.executable, "-m", "benchmarks.stage", "bench-truth", policy, "voice"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    answer = process.stdout.readline().split()
    if not answer:
        raise RuntimeError("the control process to be killed did not start")
    name, engine = answer[0], None
    try:
        with Deck("stage", signal.sound, 40 * signal.rate, loop=True) as deck:
            deck.wire()
            deck.arm()
            deck.wait(signal.rate)
            before = Tally.of(attach(name, "control"))
            began, at = time.monotonic(), deck.position
            process.kill()
            process.wait()
            deck.wait(at + int(ABSENT_S * signal.rate))
            asked = time.monotonic()
            engine = Engine.adopt(name)
            adopted_s = time.monotonic() - asked
            deck.wait(deck.position + signal.rate // 2)
            recording, over, skipped = deck.captured().copy(), deck.position, deck.skipped
            counts = (Tally.of(engine.block) - before).counts
            governed = _governs(engine, deck)
            lag = server.block + engine.state().budget.host
    finally:
        process.kill()
        process.wait()
        if engine is not None:
            engine.stop()
        else:
            stop_host(name)
    figures = judge(recording, signal, lag, at, over)
    return {
        "fault": "control process killed",
        "policy": policy,
        "signal": signal.name,
        "lost_frames": counts["missed_positions"] + (figures["dead_frames"] if policy == "dry" else 0),
        **figures,
        **{
            name: counts[name]
            for name in ("missed_positions", "late_hops", "late_events", "fallback_frames", "latches")
        },
        "jack_clock_skipped": skipped,
        "server_xruns": server.xruns_between(began, time.monotonic()),
        "adopted_s": adopted_s,
        **governed,
    }


def _governs(engine: Engine, deck: Deck) -> dict[str, Any]:
    """Whether the new control process is obeyed, and whether it looks after the children it did not start."""
    engine.apply(StemMute("voice", False))
    time.sleep(0.1)
    obeyed = bool(engine.block.array("peak")[0].max() > 0.0)
    engine.apply(StemMute("voice", True))
    os.kill(int(engine.block.get("separator_pid")), signals.SIGKILL)
    return {"obeyed": obeyed, "separator_restored_after_adoption_s": Scene(engine, deck, 0).heal()}


def jack_killed(signal: Signal, server: JackServer) -> dict[str, Any]:
    """kill -9 of jackd, and another after a while. The host must find it by itself, its mutes where they were.

    Recovered is what can be heard: the band alone, at the declared latency, from a deck that is connected afterwards.
    """
    config = jack_config("bench-truth", "mute-safe", stems={"voice": StripConfig(mute=True)})
    with host(config) as engine:
        time.sleep(1.0)
        lag = server.block + engine.state().budget.host
        server.kill()
        noticed = await_true(lambda: engine.supervisor.audio.status != "running", LIMIT_S)
        time.sleep(ABSENT_S)
        while_away = engine.state().audio
        server.start()
        calls = int(engine.block.get("callbacks"))
        back = await_true(lambda: engine.block.get("callbacks") > calls + 100, LIMIT_S)
        figures: dict[str, Any] = {"noticed_s": noticed, "status_while_away": while_away, "back_s": back}
        if back == float("inf"):
            return figures | {"recovered": False}
        await_true(lambda: engine.supervisor.audio.status == "running", LIMIT_S)
        with Deck("stage", signal.sound, 4 * signal.rate, loop=True) as deck:
            deck.wire()
            deck.arm()
            deck.wait(2 * signal.rate)
            heard = judge(deck.captured().copy(), signal, lag, lag + signal.rate, lag + signal.rate)
        figures |= {"leak_db": heard["leak_db"], "settled": heard["settled"]}
        figures["restarts"] = engine.supervisor.audio.restarts
        figures["messages"] = [text for _, text in engine.supervisor.events]
        return figures | {"recovered": bool(heard["settled"])}
