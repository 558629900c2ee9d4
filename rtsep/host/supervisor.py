"""Watches the two processes that make the sound, and replaces whichever dies, hangs or loses its device."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from rtsep.host.child import Child
from rtsep.host.journal import Journal
from rtsep.shared.block import Block
from rtsep.shared.events import SAID

ROUND_S = 0.01
HANG_S = 0.5
"""A separator that has a whole hop waiting and finishes none for this long, and for as long as two hops last, has hung."""
LOST_S = 0.4
"""A stream that does not call for this long (and 20 blocks) has lost its device."""
WAITING_S = 5.0
"""The same for a file device, which may wait for its separator, or for a disk."""
SETTLED_S = 5.0
"""A child that has lived this long after a restart was worth it; the next one comes without delay again."""
OPENING_S = 8.0
"""A device that does not open within this time never will."""
PREPARING_S = 300.0
MOST_PATIENCE = 4
"""How many times as long a restarted child may take as the first one."""
RETRY_S = (0.0, 0.25, 0.5, 1.0, 2.0)
"""Pauses before one restart after another that led to nothing."""


class Guard:
    """Restarts one child, faster at first, slower when it does not help."""

    def __init__(self, child: Child, say: Callable[[str], None], what: str, patience_s: float) -> None:
        self.child = child
        self.restarts = 0
        self.status = "starting"
        self._say = say
        self._what = what
        self._patience_s = patience_s
        self._futile = 0
        self._retry_at: float | None = None
        self._last_error = ""

    def tend(self, now: float) -> bool:
        """One round; whether the child is up and ready."""
        if self._retry_at is not None:
            if now >= self._retry_at:
                self._retry_at = None
                self.restarts += 1
                self.child.start()
            return False
        if not self.child.alive():
            self.replace(self.child.error(), now)
            return False
        if self.child.ready():
            if self.status != "running":
                if self.restarts:
                    self._say(f"{self._what} is back")
                self.status = "running"
            if now - self.child.started_at > SETTLED_S:
                self._futile = 0
                self._last_error = ""
            return True
        # More time at each attempt: on a machine that is overloaded a process may take long to get going at all.
        if now - self.child.started_at > self._patience_s * min(1 + self._futile, MOST_PATIENCE):
            self.replace("did not become ready", now)
        return False

    def replace(self, reason: str, now: float) -> None:
        """Kill what is left of the child and start another, perhaps a little later."""
        self.child.kill()
        if reason != self._last_error:  # a device that stays away is reported once, not at every attempt
            self._say(f"{self._what}: {reason}; restarting it")
            self._last_error = reason
        self.status = f"restarting: {reason}"
        self._retry_at = now + RETRY_S[min(self._futile, len(RETRY_S) - 1)]
        self._futile += 1


class Supervisor:
    """A thread in the control process."""

    def __init__(self, block: Block, on_event: Callable[[str], None], lost_s: float = LOST_S) -> None:
        self._block = block
        self._patience_s = lost_s
        self.events: deque[tuple[float, str]] = deque(maxlen=200)
        self._on_event = on_event
        self.journal = Journal(block)
        self.audio = Guard(Child("audio", "rtsep.host.audio_process", block), self.say, "audio", OPENING_S)
        self.separator = Guard(
            Child("separator", "rtsep.host.separator_process", block), self.say, "separator", PREPARING_S
        )
        self.switchover: Callable[[float], None] = lambda now: None
        """What a switch of separators needs of every round."""
        self._failure = ""
        self._progress: dict[str, tuple[float, int]] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def watch(self) -> None:
        """Begin to watch; both children have been started."""
        self._thread.start()

    def end(self) -> None:
        """Stop watching; the children go on."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def succeed(self, block: Block, child: Child) -> None:
        """Look after another separator from now on, heard from `block`'s seat; the one before is the caller's to end."""
        before, self._block = self.separator, block
        self.separator = Guard(child, self.say, "separator", PREPARING_S)
        self.separator.restarts = before.restarts
        self.separator.status = "running"

    def say(self, text: str) -> None:
        """Tell an event. Any thread."""
        self.events.append((time.time(), text))
        self.journal.note(SAID, text)
        self._on_event(text)

    def _run(self) -> None:
        while not self._stopping.wait(ROUND_S):
            try:
                self.round(time.monotonic())
            except Exception as error:  # whatever it is (no process can be started, say), go on watching
                self.say(f"supervisor: {type(error).__name__}: {error}")
                self._stopping.wait(1.0)

    def round(self, now: float) -> None:
        """Look after everything once."""
        if self._block.get("stop"):
            return
        separating = self.separator.tend(now)
        self._tell_failure()
        if self._block.get("finished"):
            self.audio.status = "finished"
            return
        self.switchover(now)
        playing = self.audio.tend(now)
        # Asked in every round: a child that has only just come back has not been standing still since its predecessor died.
        if self._stuck("audio", int(self._block.get("callbacks")), playing, self._lost_s(), now):
            self.audio.replace("the device stopped calling", now)
        waiting = self._block.get("input_written") - self._block.get("input_read") >= self._block.get("hop")
        should_move = bool(separating and playing and waiting)
        patience_s = max(HANG_S, 2 * self._block.get("hop") / self._block.get("sample_rate"))
        if self._stuck("separator", int(self._block.get("input_read")), should_move, patience_s, now):
            told = self._block.text("separator_error")  # a dying one may take its time over the traceback
            self.separator.replace(f"hung after: {told}" if told else "hung", now)

    def _tell_failure(self) -> None:
        """Pass on, once, what a device that plays on has to complain about."""
        told = self._block.text("audio_error") if self._block.get("audio_ready") else ""
        if told and told != self._failure:
            self.say(f"audio: {told}")
        self._failure = told

    def _lost_s(self) -> float:
        return max(self._patience_s, 20 * self._block.get("block") / self._block.get("sample_rate"))

    def _stuck(self, what: str, count: int, should_move: bool, patience_s: float, now: float) -> bool:
        """Whether `count` has stood still for `patience_s` although it should move."""
        since, before = self._progress.get(what, (now, -1))
        if count != before or not should_move:
            self._progress[what] = (now, count)
            return False
        if now - since < patience_s:
            return False
        del self._progress[what]
        return True
