"""A control flood: changes as fast as one thread can make them, as a stuck fader box or a runaway patch would."""

from __future__ import annotations

import itertools
import threading
from types import TracebackType

from rtsep.changes import Change, Knob, MixGain, StemGain, StemMute, StemPan, StemSolo
from rtsep.host.engine import Engine


class Flood:
    """Calls `engine.apply` while the context lasts; `changes` counts them. Everything is back at unity afterwards."""

    def __init__(self, engine: Engine) -> None:
        self.changes = 0
        self._engine = engine
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._pour, name="flood", daemon=True)

    def _pour(self) -> None:
        stems = self._engine.spec.stems
        knobs = self._engine.spec.parameters
        for step in itertools.count():
            if self._stop.is_set():
                break
            stem, share = stems[step % len(stems)], (step % 101) / 100
            changes: list[Change] = [
                StemGain(stem, -60.0 * share),
                StemPan(stem, 2.0 * share - 1.0),
                StemMute(stem, step % 7 == 0),
                StemSolo(stem, step % 11 == 0),
                MixGain(-12.0 * share),
            ]
            if knobs:
                knob = knobs[step % len(knobs)]
                changes.append(Knob(knob.name, knob.minimum + share * (knob.maximum - knob.minimum)))
            self._engine.apply(*changes)
            self.changes += len(changes)

    def __enter__(self) -> Flood:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join()
        stems = self._engine.spec.stems
        self._engine.apply(
            MixGain(0.0), *(change for stem in stems for change in (StemMute(stem, False), StemGain(stem, 0.0)))
        )
