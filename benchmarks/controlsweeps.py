"""Sweeps through everything that mutes, fades or switches, over steady tones: does anything click?"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.capture import largest_step, tones
from benchmarks.livehost import LiveHost, Surface
from benchmarks.report import say
from rtsep.lab.deck import Deck

SETTLED_S = 0.25
STEPS = 40


def _switch(path: str) -> Callable[[Surface], None]:
    """On and off, slowly and then faster than a ramp takes."""

    def play(surface: Surface) -> None:
        for pause_s in (0.1, 0.1, 0.03, 0.007, 0.003, 0.011):
            for on in (1, 0):
                surface.send(path, on)
                time.sleep(pause_s)

    return play


def _sweep(path: str, low: float, high: float) -> Callable[[Surface], None]:
    """There and back, then leaps between the ends."""

    def play(surface: Surface) -> None:
        for step in (*range(STEPS + 1), *range(STEPS, -1, -1)):
            surface.send(path, low + (high - low) * step / STEPS)
            time.sleep(0.01)
        for end in (high, low, high, low, high):
            surface.send(path, end)
            time.sleep(0.02)

    return play


def _muted(play: Callable[[Surface], None]) -> Callable[[Surface], None]:
    """The same while the voice is muted, so that there is something to tell from the input."""

    def played(surface: Surface) -> None:
        surface.send("/rtsep/stem/voice/mute", 1)
        time.sleep(0.1)
        play(surface)
        surface.send("/rtsep/stem/voice/mute", 0)
        time.sleep(0.1)

    return played


def _scenes(fade_s: float) -> Callable[[Surface], None]:
    def play(surface: Surface) -> None:
        surface.send("/rtsep/scene/1/store", "as it is")
        time.sleep(0.05)
        surface.send("/rtsep/stem/voice/mute", 1)
        surface.send("/rtsep/stem/band/gain_db", -12.0)
        time.sleep(0.1)
        surface.send("/rtsep/scene/2/store", "band, lower")
        time.sleep(0.05)
        for number in (1, 2, 1):
            surface.send(f"/rtsep/scene/{number}/recall", fade_s)
            time.sleep(fade_s + 0.1)
        surface.send("/rtsep/scene/2/recall", fade_s)  # and back in the middle of it
        time.sleep(fade_s / 2 + 0.003)
        surface.send("/rtsep/scene/1/recall", fade_s)
        time.sleep(fade_s + 0.1)

    return play


SWEEPS: dict[str, Callable[[Surface], None]] = {
    "mute": _switch("/rtsep/stem/voice/mute"),
    "solo": _switch("/rtsep/stem/band/solo"),
    "kill": _switch("/rtsep/stem/band/kill"),
    "bypass": _muted(_switch("/rtsep/mix/bypass")),
    "panic": _switch("/rtsep/mix/panic"),
    "fader": _sweep("/rtsep/stem/voice/fader", 0.0, 0.75),
    "pan": _sweep("/rtsep/stem/voice/pan", -1.0, 0.0),
    "dry_wet": _muted(_sweep("/rtsep/mix/dry_wet", 0.0, 1.0)),
    "crossfade": _sweep("/rtsep/mix/crossfade", -1.0, 0.0),
    "scene, at once": _scenes(0.0),
    "scene, half a second": _scenes(0.5),
}


def sweeps(host: LiveHost, rate: int) -> list[dict[str, Any]]:
    """Each sweep's largest step between samples, over the largest that the input has."""
    signal, rows = tones(rate), []
    surface = Surface(host.port)
    surface.send("/rtsep/stem/voice/side", "a")
    surface.send("/rtsep/stem/band/side", "b")
    with Deck("stage", signal.sound, 60 * rate, loop=True) as deck:
        deck.wire()
        deck.arm()
        deck.wait(rate)
        for name, play in SWEEPS.items():
            begin = deck.position
            play(surface)
            deck.wait(deck.position + int(SETTLED_S * rate))
            heard = deck.captured()[:, begin : deck.position]
            ratio = largest_step(heard) / largest_step(signal.sound)
            moved = float(
                np.ptp(np.abs(heard).reshape(2, -1)[:, : heard.shape[1] // 480 * 480].reshape(2, -1, 480).max(axis=2))
            )
            rows.append({"sweep": name, "click_ratio": ratio, "level_moved": moved})
            say(f"  {name}: largest step {ratio:.3f} of the tones' own, level moved by {moved:.2f}")
    surface.close()
    return rows
