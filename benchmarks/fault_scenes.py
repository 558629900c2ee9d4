"""The faults, one function each: break something in a running host, wait until it is whole again.

A scene returns the recording frames at which the fault began and at which its cause ended, and what else it measured.
"""

from __future__ import annotations

import os
import re
import signal as signals
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from benchmarks.rig import await_true
from rtsep.changes import Knob, MixGain, StemGain
from rtsep.host.engine import Engine
from rtsep.lab.deck import Deck

LIMIT_S = 15.0
OFTEN_S = 1.5
BOOST_DB = 12.0


@dataclass
class Scene:
    """A running host on a deck."""

    engine: Engine
    deck: Deck
    rate: int

    def restored(self) -> bool:
        """Stems alone are heard, and keep coming."""
        block = self.engine.block
        return bool(
            block.get("fade") == block.get("fade_frames") and not block.get("latched") and not block.get("falling")
        )

    def heal(self) -> float:
        """Seconds until a fault has been heard and is over; infinite if it stays."""
        block, before = self.engine.block, int(self.engine.block.get("fallback_frames"))
        begin = time.monotonic()
        if await_true(lambda: block.get("fallback_frames") != before, 2.0) == float("inf"):
            return 0.0
        await_true(self.restored, LIMIT_S)
        return time.monotonic() - begin if self.restored() else float("inf")


@dataclass(frozen=True)
class Outcome:
    """When a fault began and when its cause was gone, in frames of the deck, and more figures."""

    fault: int
    over: int
    more: dict[str, Any]


def late_hop(scene: Scene) -> Outcome:
    """One hop takes 6 ms longer than it may."""
    at = scene.deck.position
    scene.engine.apply(Knob("stall_ms", 6.0))
    return Outcome(at, at, {"restored_s": scene.heal()})


def repeated_lateness(scene: Scene) -> Outcome:
    """Every eighth hop takes 8 ms longer, for a while: the latch must close, and open by itself."""
    at, latches = scene.deck.position, scene.engine.block.get("latches")
    scene.engine.apply(Knob("stall_often_ms", 8.0))
    time.sleep(OFTEN_S)
    closed = scene.engine.block.get("latches") - latches
    scene.engine.apply(Knob("stall_often_ms", 0.0))
    over = scene.deck.position
    return Outcome(at, over, {"latched": int(closed), "rearmed_s": await_true(scene.restored, LIMIT_S)})


def _signal_separator(scene: Scene, number: int) -> Outcome:
    at = scene.deck.position
    os.kill(int(scene.engine.block.get("separator_pid")), number)
    seconds = scene.heal()
    return Outcome(at, at, {"restored_s": seconds, "restarts": scene.engine.supervisor.separator.restarts})


def separator_crash(scene: Scene) -> Outcome:
    """kill -9 of the separator process."""
    return _signal_separator(scene, signals.SIGKILL)


def separator_hang(scene: Scene) -> Outcome:
    """SIGSTOP: it lives, and does nothing."""
    return _signal_separator(scene, signals.SIGSTOP)


def nan(scene: Scene) -> Outcome:
    """One NaN in one stem."""
    at, before = scene.deck.position, scene.engine.block.get("nonfinite_hops")
    scene.engine.apply(Knob("nan", 1.0))
    seconds = scene.heal()
    return Outcome(at, at, {"restored_s": seconds, "nonfinite_hops": scene.engine.block.get("nonfinite_hops") - before})


def clipping(scene: Scene) -> Outcome:
    """Band and master pushed far beyond full scale for half a second."""
    before = scene.engine.state().counters.clips
    at = scene.deck.position
    scene.engine.apply(MixGain(BOOST_DB), StemGain("band", BOOST_DB))
    time.sleep(0.5)
    scene.engine.apply(MixGain(0.0), StemGain("band", 0.0))
    over = scene.deck.position
    time.sleep(0.1)
    return Outcome(at, over, {"clips": scene.engine.state().counters.clips - before})


def clients(deck: Deck) -> list[str]:
    """Names under which hosts appear in JACK's graph; a new one gets a number while the dead one is still there."""
    names = {match[1] for port in deck.ports_of_all() if (match := re.match(r"(rtsep(-\d+)?):in_0$", port))}
    return sorted(names)


def audio_killed(scene: Scene) -> Outcome:
    """kill -9 of the audio process. Its cables go too: put back as soon as the ports are there, as a patchbay would."""
    block = scene.engine.block
    old, at = int(block.get("audio_pid")), scene.deck.position
    os.kill(old, signals.SIGKILL)
    began = time.monotonic()
    calls = int(block.get("callbacks"))
    flowing = float("inf")
    while time.monotonic() - began < LIMIT_S:
        if block.get("audio_pid") != old and block.get("callbacks") > calls + 4:
            flowing = min(flowing, time.monotonic() - began)
            if names := clients(scene.deck):
                scene.deck.wire(names[-1])
                break
        time.sleep(0.005)
    time.sleep(0.3)
    await_true(scene.restored, LIMIT_S)
    return Outcome(at, at, {"callbacks_again_s": flowing, "restarts": scene.engine.supervisor.audio.restarts})


SCENES: dict[str, Callable[[Scene], Outcome]] = {
    "late hop": late_hop,
    "repeated lateness": repeated_lateness,
    "separator crash": separator_crash,
    "separator hang": separator_hang,
    "NaN from a plugin": nan,
    "clipping": clipping,
    "audio process killed": audio_killed,
}
