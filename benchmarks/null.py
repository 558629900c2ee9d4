"""The null test: with all faders at unity, is the output the delayed input, bit for bit?"""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.feeds import Song
from benchmarks.rig import host, jack_config
from rtsep.host.offline import OfflineHost
from rtsep.lab.deck import Deck
from rtsep.separators.registry import create, registered
from rtsep_models.chunked.host import ChunkedSeparator

BLOCK = 64


def _differing(out: np.ndarray, sound: np.ndarray, lag: int) -> int:
    """Samples of `out` that are not `sound` `lag` frames ago; both (C, T)."""
    length = min(out.shape[1] - lag, sound.shape[1])
    return int((out[:, lag : lag + length] != sound[:, :length]).sum() + (out[:, :lag] != 0.0).sum())


def offline_null(song: Song) -> dict[str, int]:
    """Every registered separator that promises an exact sum, through callback and worker without a clock.

    Not those in chunks: `benchmarks.chunked` has them.
    """
    differing: dict[str, int] = {}
    for name in registered():
        separator = create(name)
        if not separator.spec.exact_sum or name.startswith("bench-") or isinstance(separator, ChunkedSeparator):
            continue
        frames = song.mix.shape[1] // BLOCK * BLOCK
        with OfflineHost(separator, song.rate, BLOCK) as offline:
            channels = offline.spec.channels
            sound = np.ascontiguousarray(song.mix[:channels, :frames])
            out = offline.run(sound.T).T[:channels]
            differing[name] = _differing(out, sound, offline.budget.host)
    return differing


def live_null(song: Song, block: int, separator: str = "classic") -> dict[str, Any]:
    """The same with all three processes on the running JACK server. Even late hops must not show: unity hides them."""
    with host(jack_config(separator)) as engine, Deck("null", song.mix, song.mix.shape[1] + 8192) as deck:
        deck.wire()
        deck.arm()
        deck.wait(song.mix.shape[1] + 8192)
        lag = block + engine.state().budget.host
        counters = engine.state().counters
        return {
            "separator": separator,
            "differing_samples": _differing(deck.captured(), song.mix, lag),
            "samples": song.mix.size,
            "late_hops": counters.late_hops,
            "missed_positions": counters.missed_positions,
            "jack_clock_skipped": deck.skipped,
        }
