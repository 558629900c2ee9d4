"""The engine: the control process's side of a running host, behind the `EngineControl` protocol."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from rtsep.changes import Change, Record, StemOutput, SwitchSeparator
from rtsep.control import EngineState
from rtsep.errors import ConfigError, DeviceError, RtsepError, SeparatorError
from rtsep.host import config as configuration
from rtsep.host.blockprep import make_block, release, set_latency
from rtsep.host.checks import check_output, check_pace, check_take
from rtsep.host.child import Child
from rtsep.host.config import HostConfig
from rtsep.host.desk import Desk
from rtsep.host.devices.probe import device_facts
from rtsep.host.examination import Examination
from rtsep.host.listeners import Listener
from rtsep.host.loopmeter import LoopMeter
from rtsep.host.recorder import Recorder
from rtsep.host.snapshot import snapshot
from rtsep.host.supervisor import LOST_S, OPENING_S, WAITING_S, Supervisor
from rtsep.host.switchover import Candidate, Switchover, withdraw
from rtsep.separators import files
from rtsep.separators.registry import create
from rtsep.shared.block import Block, attach, remove
from rtsep.shared.events import STARTED, now_ns
from rtsep.shared.hosts import owners, sweep
from rtsep.spec import SeparatorSpec

PREPARE_S = 300.0
STOP_S = 1.5
WRITING_S = 10.0
"""For a file device to finish its output."""


class Engine:
    """A host: make one with `start` or take one over with `adopt`; end it with `stop`, or `leave` it to play on. Thread-safe."""

    def __init__(
        self, block: Block, spec: SeparatorSpec, config: HostConfig, desk: Desk, on_event: Callable[[str], None]
    ) -> None:
        self.block = block
        self.spec = spec
        self.config = config
        self._desk = desk
        self._seated = threading.RLock()
        """Held while the separator changes, so that block, spec and desk speak of the same one."""
        self._recording = threading.Lock()
        self._listeners: list[Listener] = []
        self._recorder: Recorder | None = None
        live = config.device.kind == "portaudio"
        self.supervisor = Supervisor(block, on_event, LOST_S if live else WAITING_S)
        self.supervisor.journal.note(STARTED, first=os.getpid())
        self._switchover = Switchover(desk, config, self.supervisor, self._seated, self._succeed)
        self.supervisor.switchover = self._switchover.tend
        self._loop_meter = LoopMeter(block) if block.get("marker_frames") else None
        self._examination = Examination(self._examined, self.supervisor.say)

    @classmethod
    def start(
        cls, config: HostConfig, on_event: Callable[[str], None] = lambda _: None, name: str | None = None
    ) -> Engine:
        """Bring up device, separator and callback; returns when audio flows.

        Raises DeviceError, SeparatorError, ConfigError, AudioFileError, BlockError; nothing is left behind then.
        """
        sweep()
        config = msgspec.structs.replace(config, separator=files.whole_name(config.separator))
        spec = create(config.separator).spec
        facts = device_facts(config.device, spec.channels, configuration.feed_width(config, spec.channels))
        config = configuration.resolved(config, facts.host_api, facts.input, facts.output)
        block = make_block(config, spec, facts, name)
        try:
            engine = cls(block, spec, config, Desk(block, spec, config), on_event)
        except RtsepError:
            remove(block.name)
            raise
        try:
            engine._bring_up()
        except BaseException:
            engine.stop()
            raise
        return engine

    @classmethod
    def adopt(cls, name: str, on_event: Callable[[str], None] = lambda _: None) -> Engine:
        """Take over a host whose control process is gone; its sound never stopped.

        Raises BlockError if there is none, ConfigError if its control process lives.
        """
        block = attach(name, "control")
        if "control" in owners(block):
            raise ConfigError(f"host {name!r} is controlled by process {block.get('control_pid')}; stop that one first")
        if not block.get("hop"):
            raise ConfigError(f"host {name!r} lost its control process while starting; 'rtsep stop {name}' ends it")
        config = configuration.decode(block.array("config").tobytes())
        create(block.at(int(block.get("playing_seat"))).text("separator"))  # a file that is gone: nothing is taken over
        block.set("control_pid", os.getpid())
        block = withdraw(block)
        spec = create(block.text("separator")).spec
        block.set("tape_on", 0)  # the take ended with the process that wrote it
        engine = cls(block, spec, config, Desk(block, spec), on_event)
        engine._watch()
        return engine

    def _bring_up(self) -> None:
        audio, separator = self.supervisor.audio.child, self.supervisor.separator.child
        separator.start()
        audio.start()
        self._await(lambda: bool(self.block.get("separator_ready")), separator, SeparatorError, PREPARE_S)
        self._await(lambda: bool(self.block.get("audio_compiled")), audio, DeviceError, PREPARE_S)
        if self.config.device.paced:
            check_pace(self.block)
        set_latency(self.block, self.config.slack)
        if self.config.record is not None:
            self._record(Record(self.config.record, self.config.record_format), from_start=True)
        release(self.block)  # after the tape was switched on: not one frame is missing from the take
        self._await(lambda: bool(self.block.get("audio_ready")), audio, DeviceError, OPENING_S)
        self._watch()

    def _watch(self) -> None:
        self.supervisor.watch()
        if self._loop_meter is not None:
            self._loop_meter.start()

    def _await(self, done: Callable[[], bool], child: Child, kind: type[RtsepError], limit_s: float) -> None:
        end = time.monotonic() + limit_s
        while not done():
            if not child.alive():
                raise kind(child.error())
            if time.monotonic() > end:
                raise kind(f"not ready after {limit_s:.0f} s; see 'rtsep doctor'")
            time.sleep(0.002)

    def state(self) -> EngineState:
        """A snapshot. Any thread."""
        recorder = self._recorder
        recording = recorder.status() if recorder else ""
        with self._seated:
            coming = self._switchover.next_separator or self._examination.name
            return snapshot(self.block, self.spec, self._desk.state, self.supervisor, recording, coming)

    def apply(self, *changes: Change) -> None:
        """Carry out changes, those of the desk within one block. Raises ConfigError and changes nothing if one is invalid.

        A switch of separators is only begun here: events tell how it ends. Raises SeparatorError if there is no such one;
        that a file cannot play is an event too, if it was never looked at before.
        """
        asked_ns = now_ns()
        changes = tuple(_whole(change) for change in changes)
        audible = [change for change in changes if not isinstance(change, Record | SwitchSeparator)]
        switches = [change for change in changes if isinstance(change, SwitchSeparator)]
        with self._seated:
            specs = {change: self.spec for change in switches if change.separator == self.block.text("separator")}
        others = [change for change in switches if change not in specs]
        unseen = [change.separator for change in others if not files.known(change.separator)]
        specs |= {change: create(change.separator).spec for change in others if change.separator not in unseen}
        with self._seated:
            self._desk.after(*audible)
            for change in changes:
                if isinstance(change, StemOutput):
                    check_output(self.block, self.spec, change)
            recording = self.block.get("tape_on") or any(isinstance(c, Record) and c.folder for c in changes)
            for change, spec in specs.items():
                self._check_switch(change.separator, spec, bool(recording))
            if unseen:
                self._switchover.check_free()
                self._examination.check_free()
        for change in changes:
            if isinstance(change, Record):
                self._record(change)
        with self._seated:
            for change, spec in specs.items():
                self._switch(change.separator, spec)
        for name in unseen:
            self._examination.begin(name)
        self._desk.apply(*audible)
        self.supervisor.journal.changes(self.block, changes, asked_ns)
        for listener in list(self._listeners):
            for change in changes:
                listener.call(change)
        # A flood of changes must not keep the interpreter from the supervisor: without this, a crash went unnoticed for 9 s.
        time.sleep(0)

    def _switch(self, name: str, spec: SeparatorSpec) -> None:
        """Begin to switch to another separator; the name of the one that plays calls off what has begun."""
        if name == self.block.text("separator"):
            self._examination.call_off()
            self._switchover.call_off()
        else:
            self._switchover.begin(self.block, name, spec)

    def _examined(self, name: str, spec: SeparatorSpec) -> None:
        """A file that was looked at may play: begin to switch to it, unless that was called off. Raises ConfigError."""
        with self._seated:
            if self._examination.name != name:
                return
            self._check_switch(name, spec, bool(self.block.get("tape_on")))
            self._switch(name, spec)

    def _check_switch(self, name: str, spec: SeparatorSpec, recording: bool) -> None:
        """Raise ConfigError if a switch cannot be begun now."""
        if name == self.block.text("separator"):
            return
        self._switchover.check(self.block, name, spec)
        if recording:
            check_take(self.spec, name, spec)

    def _succeed(self, candidate: Candidate) -> None:
        """Another separator is heard: everything here speaks of it from now on. Supervisor's thread."""
        self._desk.succeed()
        self.block, self.spec = candidate.seat, candidate.spec
        self.supervisor.succeed(candidate.seat, candidate.child)

    def _record(self, change: Record, from_start: bool = False) -> None:
        """Start or stop a take; a new one ends the one before, once its files are open.

        Under a lock of its own: a slow disk must not hold up a mute.
        """
        with self._recording:
            following = None
            if change.folder is not None:
                coming = self._switchover.candidate
                if coming is not None:
                    check_take(self.spec, coming.name, coming.spec)
                following = Recorder(self.block, self.spec, Path(change.folder), change.format, from_start)
            if self._recorder is not None:
                self._recorder.stop()
            self._recorder = following
            if following is not None:
                following.start()

    def subscribe(self, listener: Callable[[Change], None]) -> Listener:
        """Call `listener` with every change applied, on the thread that applied it."""
        entry = Listener(listener, self._listeners)
        self._listeners.append(entry)
        return entry

    def finished(self) -> bool:
        """Whether a file device has come to its end."""
        return bool(self.block.get("finished"))

    def _end_watching(self) -> None:
        if self._loop_meter is not None:
            self._loop_meter.stop()
        self.supervisor.end()
        self._switchover.end()

    def leave(self) -> None:
        """Give up control: the sound goes on, a take ends, and anybody may take the host over."""
        self._end_watching()
        if self._recorder is not None:
            self._recorder.stop()
        self.block.set("control_pid", 0)

    def stop(self) -> EngineState | None:
        """End everything: recording closed, processes gone, block removed; the last state, if there was one."""
        self._end_watching()
        if self._recorder is not None:
            self._recorder.stop()
        last = self.state() if self.block.get("hop") else None
        self.block.set("stop", 1)
        self.supervisor.audio.child.kill(WRITING_S if self.finished() else STOP_S)
        self.supervisor.separator.child.kill(STOP_S)
        remove(self.block.name)
        return last


def _whole(change: Change) -> Change:
    """A switch to a file names it by its whole path. Raises SeparatorError if that is too long."""
    return SwitchSeparator(files.whole_name(change.separator)) if isinstance(change, SwitchSeparator) else change
