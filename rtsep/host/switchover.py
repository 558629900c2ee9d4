"""Switching to another separator while the host plays, step by step, from the supervisor's rounds.

    idle -> loading -> settling -> idle        the next separator is heard, the one before has ended
              |           |
              +-> idle    +-> leaving -> idle  it failed or was called off: the one before has played on all the time

*Loading*: a process of its own loads, warms up and measures the separator in the free seat. *Settling*: it separates the
live input beside the other; once it has kept time the callback crosses over by itself (`realtime/switching.py`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Literal

from rtsep.control import short_name
from rtsep.errors import ConfigError, RtsepError
from rtsep.host.blockprep import SETTLE_S, occupy, release, set_latency, vacate
from rtsep.host.checks import check_pace, check_room
from rtsep.host.child import Child
from rtsep.host.config import HostConfig
from rtsep.host.desk import Desk
from rtsep.host.supervisor import PREPARING_S, Supervisor
from rtsep.shared.block import Block
from rtsep.shared.events import STEP
from rtsep.spec import SeparatorSpec

SETTLING_S = SETTLE_S + 10.0
"""A separator that has not settled by then never will."""
WITHDRAWAL_S = 5.0
"""For the callback to have seen that a switch was called off; by then a callback that hangs has been replaced."""
CROSSING_S = 0.5
"""More than a crossfade may last."""

Step = Literal["idle", "loading", "settling", "leaving"]


@dataclass(frozen=True)
class Candidate:
    """The separator that gets ready: its name, what it promises, its seat and its process."""

    name: str
    spec: SeparatorSpec
    seat: Block
    child: Child


class Switchover:
    """Brings in one separator at a time. `begin` and `call_off` from any thread, `tend` from the supervisor's."""

    def __init__(
        self,
        desk: Desk,
        config: HostConfig,
        supervisor: Supervisor,
        lock: AbstractContextManager[object],
        succeed: Callable[[Candidate], None],
    ) -> None:
        """`succeed` is told, on the supervisor's thread and under the lock, when another separator has come to be heard."""
        self._desk = desk
        self._config = config
        self._supervisor = supervisor
        self._lock = lock
        self._succeed = succeed
        self._step: Step = "idle"
        self._since = 0.0
        self._callbacks = self._position = 0
        self._candidate: Candidate | None = None
        self._called_off = False
        self._reason = ""

    @property
    def candidate(self) -> Candidate | None:
        """The separator that gets ready, if any."""
        return self._candidate

    @property
    def next_separator(self) -> str:
        """Its name, or empty."""
        candidate = self._candidate
        return candidate.name if candidate else ""

    def check(self, block: Block, name: str, spec: SeparatorSpec) -> None:
        """Raise ConfigError if this separator cannot be brought in now."""
        self.check_free()
        check_room(block, name, spec)

    def check_free(self) -> None:
        """Raise ConfigError while another separator is being brought in."""
        if self._candidate is not None:
            raise ConfigError(
                f"a switch to {self.next_separator!r} is under way; wait for its end, or call it off by "
                "switching to the separator that plays"
            )

    def begin(self, block: Block, name: str, spec: SeparatorSpec) -> None:
        """Start to bring in a separator beside the one in `block`'s seat. Raises ConfigError like `check`."""
        self.check(block, name, spec)
        seat = block.at(1 - block.seat)
        occupy(seat, name, spec, self._config.ramp_ms)
        self._desk.expect(seat, spec)
        candidate = Candidate(name, spec, seat, Child("separator", "rtsep.host.separator_process", seat))
        candidate.child.start()
        self._called_off = False
        self._candidate = candidate

    def call_off(self) -> None:
        """Let the separator that gets ready go again, if there is one and it is not heard yet."""
        self._called_off = True

    def end(self) -> None:
        """End the process of a separator that was to come; after the supervisor."""
        if self._candidate is not None:
            self._candidate.child.kill()

    def tend(self, now: float) -> None:
        """One round."""
        candidate = self._candidate
        if candidate is None:
            return
        if self._step == "idle":
            self._enter("loading", now)
        if self._step != "loading" and candidate.seat.get("playing_seat") == candidate.seat.seat:
            self._take_over(candidate)
        elif self._step == "leaving":
            self._leave(candidate, now)
        elif self._trouble(candidate, now):
            if self._step == "loading":
                self._give_up(candidate)
            else:
                candidate.seat.set("wanted_seat", 1 - candidate.seat.seat)
                self._callbacks = int(candidate.seat.get("callbacks"))
                self._enter("leaving", now)
        elif self._step == "loading" and candidate.child.ready():
            self._go_live(candidate, now)

    def _take_over(self, candidate: Candidate) -> None:
        """The separator is heard: the one before may go."""
        before, child = candidate.seat.at(1 - candidate.seat.seat), self._supervisor.separator.child
        candidate.seat.set("wanted_seat", candidate.seat.seat)  # also if it was called off too late
        with self._lock:
            self._succeed(candidate)
            self._finish()
        child.kill()
        vacate(before)
        self._supervisor.say(
            f"{short_name(candidate.name)} plays now, in place of {short_name(before.text('separator'))}"
        )

    def _enter(self, step: Step, now: float) -> None:
        self._step, self._since = step, now
        if self._candidate is not None:
            name, seat = self._candidate.name, self._candidate.seat.seat
            self._supervisor.journal.note(STEP, f"{name}: {step}", seat)

    def _trouble(self, candidate: Candidate, now: float) -> bool:
        """Whether the separator must go, for the reason that is kept."""
        seat = candidate.seat
        settling_s = (seat.get("position") - self._position) / seat.get(
            "sample_rate"
        )  # while no audio runs, none passes
        if self._called_off:
            self._reason = "called off"
        elif not candidate.child.alive():
            self._reason = candidate.child.error()
        elif self._step == "loading" and now - self._since > PREPARING_S:
            self._reason = "did not become ready"
        elif self._step == "settling" and settling_s > SETTLING_S:
            self._reason = f"did not keep time within {SETTLING_S:.0f} s; it is too slow for this machine"
        else:
            return False
        return True

    def _go_live(self, candidate: Candidate, now: float) -> None:
        """Let a separator that has loaded work on the live input."""
        seat = candidate.seat
        try:
            check_pace(seat)
            set_latency(seat, self._config.slack)
        except RtsepError as error:
            self._reason = str(error)
            self._give_up(candidate)
            return
        release(seat)
        self._position = int(seat.get("position"))
        seat.set("wanted_seat", seat.seat)
        self._enter("settling", now)

    def _leave(self, candidate: Candidate, now: float) -> None:
        """Wait until the callback can no longer begin, or has finished, the crossfade that was called off."""
        seat = candidate.seat
        seen = seat.get("callbacks") >= self._callbacks + 2 or now - self._since > WITHDRAWAL_S
        if seen and not seat.get("switch_left") and seat.get("playing_seat") != seat.seat:
            self._give_up(candidate)

    def _give_up(self, candidate: Candidate) -> None:
        candidate.child.kill()
        vacate(candidate.seat)
        self._desk.forget()
        self._finish()
        here = short_name(candidate.seat.at(1 - candidate.seat.seat).text("separator"))
        self._supervisor.say(f"switch to {short_name(candidate.name)}: {self._reason}; {here} plays on")

    def _finish(self) -> None:
        self._enter("idle", self._since)
        self._candidate = None


def withdraw(block: Block) -> Block:
    """After a control process died: end what it had begun to switch to. The block as the seat sees it that is heard."""
    block.set("wanted_seat", block.get("playing_seat"))
    seen, end = block.get("callbacks") + 2, time.monotonic() + CROSSING_S
    while (block.get("callbacks") < seen or block.get("switch_left")) and time.monotonic() < end:
        time.sleep(0.002)
    heard = block.at(int(block.get("playing_seat")))
    heard.set("wanted_seat", heard.seat)
    other = heard.at(1 - heard.seat)
    Child("separator", "rtsep.host.separator_process", other).kill()
    vacate(other)
    return heard
