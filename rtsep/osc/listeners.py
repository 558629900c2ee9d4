"""Who wants to hear of a host that is elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from rtsep.changes import Change
from rtsep.osc.follower import Follower
from rtsep.osc.hearing import Hearing, Published
from rtsep.osc.messages import Value


@dataclass(eq=False)
class Watch:
    """A subscription."""

    listening: Listening
    change: Callable[[Change], None] | None
    value: Callable[[str, tuple[Value, ...]], None] | None
    meters_hz: float

    def cancel(self) -> None:
        """No more calls from now on. Any thread, any number of times."""
        self.listening.remove(self)


class Listening:
    """The subscriptions of a client, and the follower that serves them while there are any. Any thread."""

    def __init__(self, host: str, port: int, timeout_s: float) -> None:
        self._where = host, port, timeout_s
        self._lock = threading.RLock()
        self._watches: tuple[Watch, ...] = ()
        self._follower: Follower | None = None

    @property
    def live(self) -> bool:
        """Whether the host is heard just now."""
        follower = self._follower
        return follower is not None and follower.live

    def add(
        self,
        change: Callable[[Change], None] | None = None,
        value: Callable[[str, tuple[Value, ...]], None] | None = None,
        meters_hz: float = 0.0,
    ) -> Watch:
        """Tell these from now on. Raises RemoteError if the host is not there."""
        watch = Watch(self, change, value, meters_hz)
        with self._lock:
            self._watches = (*self._watches, watch)
            follower = self._follow()
        try:
            follower.wait(self._where[2])
        except BaseException:
            watch.cancel()
            raise
        return watch

    def remove(self, watch: Watch) -> None:
        """Tell it no more."""
        with self._lock:
            self._watches = tuple(other for other in self._watches if other is not watch)
            over = None if self._watches else self._follower
            if over is not None:
                self._follower = None
            elif self._follower is not None:
                self._follow()
        if over is not None:
            over.stop()

    def close(self) -> None:
        """Tell nobody any more."""
        for watch in self._watches:
            self.remove(watch)

    def _follow(self) -> Follower:
        meters_hz = max(watch.meters_hz for watch in self._watches)
        if self._follower is None:
            self._follower = Follower(*self._where, self._tell, meters_hz)
        self._follower.meters_hz = meters_hz
        return self._follower

    def _tell(self, published: Published, hearing: Hearing) -> None:
        """Follower's thread. A listener that raises is reported as an uncaught error, and called again next time."""
        change = hearing.change(published)
        for watch in self._watches:
            try:
                if watch.value is not None:
                    watch.value(*published)
                if watch.change is not None and change is not None:
                    watch.change(change)
            except Exception:
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
