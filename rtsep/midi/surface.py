"""MIDI controllers as a front end of the engine: threads, ports, the map's file, and learning by OSC."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from rtsep.changes import Change
from rtsep.control import EngineControl, Subscription
from rtsep.errors import ConfigError, RtsepError, did_you_mean
from rtsep.midi.assignments import MidiMap
from rtsep.midi.mapfile import map_path, read_map, write_map
from rtsep.midi.player import Heard, Player
from rtsep.midi.ports import MidoPorts, Output, Ports
from rtsep.midi.watch import Watch
from rtsep.osc.flat import Flat
from rtsep.osc.messages import Value
from rtsep.surfaces import MidiConfig

PACE_S = 0.004
"""What comes within this time of something else is played together with it."""

Handler = Callable[[tuple[Value, ...]], None]


class MidiSurface:
    """Plays `engine` by the ports of `config`; costs nothing if that names none. `say` gets one line at a time, any thread.

    Nothing here raises for a missing library or port: that is said, and looked for again.
    """

    def __init__(
        self,
        engine: EngineControl,
        config: MidiConfig,
        say: Callable[[str], None],
        *,
        ports: Ports | None = None,
        look_s: float = 1.0,
    ) -> None:
        self._engine, self._config, self._say = engine, config, say
        self._path: Path = map_path(config.map)
        self._queue: deque[Heard | Callable[[], None]] = deque()
        self._wake, self._over = threading.Event(), threading.Event()
        self._flat = Flat()
        self._player = Player(engine, MidiMap(), say, self._keep, self._broken)
        self._watch = Watch(ports or MidoPorts(), config, self, say, look_s)
        self._worker = threading.Thread(target=self._run, name="midi", daemon=True)
        self._subscription: Subscription | None = None
        self.services: dict[str, Handler] = {
            "/rtsep/midi/learn": lambda values: self.learn(str(values[0])),
            "/rtsep/midi/forget": lambda values: self.forget(str(values[0])),
            "/rtsep/midi/cancel": lambda values: self.cancel(),
        }

    @property
    def map(self) -> MidiMap:
        """The assignments as they are now. Any thread."""
        return self._player.map

    @property
    def wanted(self) -> bool:
        """Whether the configuration names any port."""
        return bool(self._config.inputs or self._config.outputs)

    def start(self) -> None:
        """Read the map and look for the ports, in the background. Raises nothing."""
        if not self.wanted:
            return
        self._player = Player(self._engine, read_map(self._path, self._say), self._say, self._keep, self._broken)
        self._subscription = self._engine.subscribe(self._changed)
        self._worker.start()
        self._watch.start()

    def stop(self) -> None:
        """Let go of everything that is held, put out the lights, close the ports."""
        if self._subscription is None:
            return
        self._subscription.cancel()
        self._subscription = None
        self._over.set()
        self._wake.set()
        self._worker.join(timeout=5.0)
        self._watch.stop()

    def learn(self, path: str) -> None:
        """The control that moves next plays `path`. Any thread. Raises ConfigError if nothing can be learned for it."""
        if not self._config.inputs:
            raise ConfigError("no MIDI input is named, so nothing can be learned; start with 'rtsep run --midi NAME'")
        flat = self._flat.at(self._engine.state())
        address = flat.get(path)
        if address is None:
            raise ConfigError(f"there is no address {path!r}; {did_you_mean(path, flat) or 'see /rtsep/state'}")
        if address.message.change is None:
            raise ConfigError(
                f"{path} changes nothing in the engine, so no control can play it; choose another address"
            )
        self._do(lambda: self._player.learn(address))
        self._say(f"MIDI: move the control that shall play {path}")

    def forget(self, path: str) -> None:
        """No control plays `path` any longer. Any thread. Raises ConfigError if none does."""
        self.map.forgotten(path)
        self._do(lambda: self._player.forget(path))

    def cancel(self) -> None:
        """Learn nothing after all. Any thread."""
        if self._config.inputs:  # else nobody takes what waits
            self._do(lambda: self._player.learn(None))

    def heard(self, port: str, raw: bytes, now: float) -> None:
        """A message came in. The MIDI library's thread: clocks and the like are dropped, the rest waits for the worker."""
        if raw and 0x80 <= raw[0] < 0xF0:
            self._queue.append((port, raw, now))
            self._wake.set()

    def input_opened(self, port: str) -> None:
        """For `Watch`."""
        self._do(lambda: self._player.input_opened(port))

    def input_lost(self, port: str) -> None:
        """For `Watch`."""
        self._do(lambda: self._player.input_lost(port))

    def output_opened(self, port: str, output: Output) -> None:
        """For `Watch`."""
        self._do(lambda: self._player.output_opened(port, output))

    def output_lost(self, port: str) -> None:
        """For `Watch`."""
        self._do(lambda: self._player.output_lost(port))

    def _broken(self, port: str) -> None:
        self._watch.broken(port)

    def _changed(self, change: Change) -> None:
        self._player.engine_changed()
        self._wake.set()

    def _keep(self, midi_map: MidiMap) -> None:
        try:
            write_map(self._path, midi_map)
        except ConfigError as error:
            self._say(f"MIDI: {error}; what was learned is lost at the end")

    def _do(self, task: Callable[[], None]) -> None:
        self._queue.append(task)
        self._wake.set()

    def _run(self) -> None:
        """The worker: tasks and messages, as they come and no more often than the pace."""
        while not self._over.is_set():
            self._wake.wait(self._player.patience(time.monotonic()))
            self._wake.clear()
            self._safely(self._round)
            self._over.wait(PACE_S)
        self._safely(self._round)
        self._safely(self._player.end)

    def _round(self) -> None:
        """In order: a port is told of before it is heard, and heard out before it is gone."""
        heard: list[Heard] = []
        for _ in range(len(self._queue)):
            entry = self._queue.popleft()
            if isinstance(entry, tuple):
                heard.append(entry)
                continue
            self._player.work(heard, time.monotonic())
            heard = []
            self._safely(entry)
        self._player.work(heard, time.monotonic())

    def _safely(self, work: Callable[[], None]) -> None:
        """Whatever goes wrong is said; the worker goes on."""
        try:
            work()
        except RtsepError as error:
            self._say(f"MIDI: {error}")
        except Exception as error:
            self._say(f"MIDI: {type(error).__name__}: {error}")
