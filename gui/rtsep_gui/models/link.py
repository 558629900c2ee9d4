"""The line to the engine: the latest state, a queue of changes, and whether anybody answers. No Qt, no waiting."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections import deque
from collections.abc import Callable
from typing import Protocol, runtime_checkable

from rtsep.changes import Change
from rtsep.control import EngineControl, EngineState
from rtsep.errors import RtsepError

PERIOD_S = 0.05
"""Between two looks at the engine; after a change there is one at once."""
RETRY_S = 0.5
KEPT = 20


class Line(EngineControl, Protocol):
    """An engine that can be hung up: `rtsep.osc.client.RemoteEngine`, or a test's fake."""

    def close(self) -> None:
        """No more."""
        ...


@runtime_checkable
class Asking(Protocol):
    """A line that carries any OSC message, as the remote engine does."""

    def ask(self, path: str, *values: float | int | str) -> object:
        """What comes back, or RtsepError."""
        ...


class Link:
    """Speaks with the engine on a thread of its own, so that a slow or dead one never holds up the window. Any thread."""

    def __init__(self, connect: Callable[[], Line], period_s: float = PERIOD_S) -> None:
        """`connect` reaches the engine, or raises RtsepError; it is called again whenever the engine was lost."""
        self._connect = connect
        self._period_s = period_s
        self._wanted: queue.SimpleQueue[Callable[[Line], object] | None] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self.state: EngineState | None = None
        """The last one heard of; stale while not `alive`."""
        self.alive = False
        self._asks = False
        self.version = 0
        """Raised with every new `state`, and when the engine is lost."""
        self.problems: deque[str] = deque(maxlen=KEPT)
        """What the engine refused, and why it cannot be reached; oldest first. The window takes them out."""

    def start(self) -> None:
        """Begin to connect."""
        self._thread.start()

    def stop(self) -> None:
        """Hang up."""
        self._stopping.set()
        self._wanted.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def apply(self, *changes: Change) -> None:
        """Ask for changes and return at once. What is asked while the engine is away is dropped: it would come as a surprise."""
        if self.alive:
            self._wanted.put(lambda engine: engine.apply(*changes))

    @property
    def asks(self) -> bool:
        """Whether what answers now understands `ask`."""
        return self.alive and self._asks

    def ask(self, path: str, *values: float | int | str) -> None:
        """Send an OSC message that is no change, such as one that begins MIDI learning; returns at once."""
        if self.asks:
            self._wanted.put(lambda engine: engine.ask(path, *values) if isinstance(engine, Asking) else None)

    def _run(self) -> None:
        told = ""
        while not self._stopping.is_set():
            try:
                engine = self._connect()
            except (RtsepError, OSError) as error:
                if str(error) != told:  # one that stays away is told of once
                    told = str(error)
                    self.problems.append(told)
                self._stopping.wait(RETRY_S)
                continue
            told = ""
            with contextlib.closing(engine):
                self._serve(engine)

    def _serve(self, engine: Line) -> None:
        """Until the engine is lost or the window closes."""
        while not self._wanted.empty():
            self._wanted.get_nowait()
        try:
            while not self._stopping.is_set():
                self.state = engine.state()
                self._asks = isinstance(engine, Asking)
                self.alive = True
                self.version += 1
                self._apply_wanted(engine)
        except (RtsepError, OSError) as error:
            self.problems.append(f"the engine is gone ({error})")
        finally:
            self.alive = False
            self.version += 1

    def _apply_wanted(self, engine: Line) -> None:
        """Wait a period for wishes; carry out all that there are."""
        with contextlib.suppress(queue.Empty):
            wish = self._wanted.get(timeout=self._period_s)
            while wish is not None:
                try:
                    wish(engine)
                except RtsepError as error:
                    self.problems.append(str(error))
                    engine.state()  # raises if it was not a refusal but the end of the line
                wish = self._wanted.get_nowait()
