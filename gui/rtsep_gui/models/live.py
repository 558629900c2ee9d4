"""What the whole window looks at: the link's state, and the block's meters and sound where the host runs on this machine."""

from __future__ import annotations

import time

from rtsep.changes import Change
from rtsep.control import EngineState
from rtsep.errors import BlockError
from rtsep.osc.messages import Address
from rtsep_gui.models.addresses import Book
from rtsep_gui.models.eyes import Eyes, Meters, meters_of
from rtsep_gui.models.health import Health
from rtsep_gui.models.history import History
from rtsep_gui.models.link import Link
from rtsep_gui.models.loadgraph import LoadTrace, deadline_us

LEARN = "/rtsep/midi/learn"


class Live:
    """One moment after another: `look` once a picture, then read. The window's thread."""

    def __init__(self, link: Link, local: bool = True) -> None:
        """`local`: the host is on this machine, so that its block can be looked into."""
        self.link = link
        self._local = local
        self._name = ""
        self._seen = -1
        self._book = Book()
        self.chosen = 0
        """The strip that the keys play, from 0."""
        self.health = Health()
        """This, history and load remember since the window opened, whichever page is shown."""
        self.history = History()
        self.load = LoadTrace()
        self.eyes: Eyes | None = None
        """Into the block of the host that plays; None while there is none, or it is elsewhere."""

    @property
    def state(self) -> EngineState | None:
        """The last one heard of."""
        return self.link.state

    @property
    def alive(self) -> bool:
        """Whether that is true now."""
        return self.link.alive

    def apply(self, *changes: Change) -> None:
        """Ask for changes; returns at once."""
        self.link.apply(*changes)

    def address(self, path: str) -> Address | None:
        """The row of the table at `path`; None if nobody answers, or the host has none there."""
        return self._book.flat(self.state).get(path) if self.state else None

    @property
    def can_learn(self) -> bool:
        """Whether MIDI can be learned now."""
        return self.link.asks and self.address(LEARN) is not None

    def learn(self, path: str) -> None:
        """Assign the MIDI control that moves next to `path`."""
        self.link.ask(LEARN, path)

    def look(self) -> bool:
        """Whether there is a new state since the last look."""
        if self._seen == self.link.version:
            return False
        self._seen = self.link.version
        name = self.state.name if self.state and self.alive else ""
        if name != self._name:
            self._name, self.eyes = name, self._open(name)
        if self.state and self.alive:
            self._remember(self.state)
        return True

    def _remember(self, state: EngineState) -> None:
        self.health.note(state, time.time())
        now_s = time.monotonic()
        if self.load.due(now_s):
            self.load.note(now_s, self.eyes.hop_counts() if self.eyes else None, deadline_us(state))

    def _remember_nothing(self) -> None:
        """Time goes on in what is remembered: what is old never stands where the present does."""
        now_s = time.monotonic()
        self.history.note(now_s, None)
        if self.load.due(now_s):
            self.load.note(now_s, None, 1.0)

    def _open(self, name: str) -> Eyes | None:
        if not (name and self._local):
            return None
        try:
            return Eyes(name)
        except BlockError:  # a host elsewhere, reached through a tunnel: its state still tells the levels
            return None

    def meters(self) -> Meters | None:
        """Levels now; None while nobody answers: stale meters are never shown."""
        if not (self.alive and self.state):
            self._remember_nothing()
            return None
        meters = self.eyes.meters() if self.eyes else meters_of(self.state)
        self.history.note(time.monotonic(), meters)
        return meters
