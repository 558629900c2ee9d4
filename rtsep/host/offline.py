"""The whole host without processes or clocks: the same callback and worker, called in turn on arrays.

What comes out is, sample for sample, what would have come out live: `rtsep separate` and the tests use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import ConfigError, SeparatorError
from rtsep.host.blockprep import budget, make_block, occupy, release, set_latency, vacate
from rtsep.host.checks import check_room
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.desk import Desk
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.worker import Worker
from rtsep.realtime.driver import Driver
from rtsep.separators.api import Separator
from rtsep.separators.resample import adapt
from rtsep.shared.block import Block, attach, remove
from rtsep.spec import LatencyBudget, SeparatorSpec

Frames = NDArray[np.float32]


class OfflineHost:
    """A host that is advanced block by block. Use as a context manager. One thread."""

    def __init__(
        self,
        separator: Separator,
        sample_rate: int,
        block: int = 128,
        config: HostConfig | None = None,
        outputs: int = 0,
    ) -> None:
        """Prepare the separator (its own errors pass) and build a private block. `outputs`: device channels, 0 = C."""
        adapted = adapt(separator, sample_rate)
        adapted.prepare(sample_rate)
        self.spec = adapted.spec
        channels = self.spec.channels
        self._config = config or HostConfig(device=DeviceConfig(kind="null"), realtime=False)
        inputs = max(channels, self._config.device.least_inputs)
        facts = DeviceFacts("offline", float(sample_rate), block, inputs, max(outputs, channels))
        self.control = make_block(self._config, self.spec, facts)
        self._coming: tuple[Block, SeparatorSpec, Worker] | None = None
        try:
            self._build(adapted, facts)
        except BaseException:
            remove(self.control.name)
            raise

    def _build(self, adapted: Separator, facts: DeviceFacts) -> None:
        self.audio = attach(self.control.name, "audio")
        self._frames = facts.block
        self._driver = Driver(self.audio, None, facts.input_channels, facts.output_channels)
        self._outputs = facts.output_channels
        self.desk = Desk(self.control, self.spec, self._config)
        self.audio.set("fade", self.audio.get("fade_frames"))
        self._worker = self._serve(self.control, adapted)
        tape_rows = (1 + len(self.spec.stems)) * self.spec.channels
        self._tape = self.control.ring("tape_offset", tape_rows, int(self.control.get("tape_frames")))

    def _serve(self, seat: Block, adapted: Separator) -> Worker:
        """Do what a separator process does with a prepared separator before its first hop."""
        view = attach(seat.name, "separator", seat.seat)
        view.set("adapted_hop", adapted.spec.hop)
        view.set("adapted_delay", adapted.spec.delay)
        view.set("resampling_delay", getattr(adapted, "resampling", 0))
        set_latency(seat, self._config.slack or self._frames)
        release(seat)
        worker = Worker(view, adapted, self._driver.userdata)
        worker.join()
        return worker

    def switch(self, separator: Separator) -> None:
        """Bring in another separator, as live: it is heard, crossing over, once it has kept time for a second.

        Raises ConfigError if it does not fit; errors of its preparation pass, and the one that plays goes on.
        """
        if self._coming is not None:
            raise ConfigError(f"a switch to {self._coming[1].name!r} is under way; play on until it has ended")
        rate = round(self.control.get("sample_rate"))
        adapted = adapt(separator, rate)
        check_room(self.control, adapted.spec.name, adapted.spec)
        adapted.prepare(rate)
        seat = self.control.at(1 - self.control.seat)
        occupy(seat, adapted.spec.name, adapted.spec, self._config.ramp_ms)
        self.desk.expect(seat, adapted.spec)
        self._coming = (seat, adapted.spec, self._serve(seat, adapted))
        seat.set("wanted_seat", seat.seat)

    def _follow(self) -> None:
        """Take up the separator that the callback has switched to, if it has."""
        if self._coming is not None and self.control.get("playing_seat") == self._coming[0].seat:
            self.desk.succeed()
            vacate(self.control)
            self.control, self.spec, self._worker = self._coming
            self._coming = None

    def __enter__(self) -> OfflineHost:
        return self

    def __exit__(self, *_: object) -> None:
        remove(self.control.name)

    @property
    def tape_frames(self) -> int:
        """Capacity of the tape."""
        return self._tape.shape[1]

    @property
    def budget(self) -> LatencyBudget:
        """The latency sum, as live, with a device that has none."""
        return budget(self.control)

    def run(self, frames: Frames, separate: bool = True) -> Frames:
        """Advance by whole blocks: (T, inputs) in, C of them unless the configuration names more, (T, outputs) out.

        `separate` False starves the stems, as a stall would. Raises the plugin's exception if it is broken.
        """
        source = np.ascontiguousarray(frames, dtype=np.float32)
        target = np.zeros((len(source), self._outputs), dtype=np.float32)
        for start in range(0, len(source), self._frames):
            self._driver.run(source[start : start + self._frames], target[start : start + self._frames])
            workers = [self._worker] if self._coming is None else [self._worker, self._coming[2]]
            for worker in workers if separate else ():
                while worker.ready():
                    worker.run_hop()
            self._follow()
        return target

    def tape(self, start: int, end: int) -> Frames:
        """What the tape holds of positions [start, end): ((1 + S) * C, T), the mix first."""
        return self._tape[:, np.arange(start, end) & (self._tape.shape[1] - 1)]

    def record(self) -> None:
        """Let the tape run from the next block on."""
        self.control.set("tape_on", 1)


def stream(
    separator: Separator,
    sample_rate: int,
    chunks: Iterator[Frames],
    block: int = 128,
    config: HostConfig | None = None,
    on_block: Callable[[Block], None] | None = None,
) -> Iterator[Frames]:
    """Separate a stream of (T, C) chunks: yields (1 + S, C, T), mix first, aligned with the input, of equal total length.

    Raises SeparatorError if the plugin failed on a hop; the plugin's own exception if it is broken.
    """
    with OfflineHost(separator, sample_rate, block, config) as host:
        if on_block is not None:
            on_block(host.control)
        host.record()
        shape = (1 + len(host.spec.stems), host.spec.channels, -1)
        latency, most = host.budget.host, host.tape_frames // 2 // block * block
        received = played = emitted = 0
        waiting = np.zeros((0, host.spec.channels), dtype=np.float32)

        def advance(data: Frames) -> Iterator[Frames]:
            """Whole blocks in; what they bring out, less the latency at the start and the padding at the end."""
            nonlocal played, emitted
            for start in range(0, len(data), most):
                host.run(data[start : start + most])
                begin, played = max(played, latency), played + len(data[start : start + most])
                end = min(played, begin + received - emitted)
                if end > begin:
                    emitted += end - begin
                    yield host.tape(begin, end).reshape(shape)

        for chunk in chunks:
            received += len(chunk)
            waiting = np.concatenate([waiting, chunk])
            whole = len(waiting) - len(waiting) % block
            yield from advance(waiting[:whole])
            waiting = waiting[whole:]
        silence = received + latency - played - len(waiting)
        silence += -(len(waiting) + silence) % block
        yield from advance(np.concatenate([waiting, np.zeros((silence, host.spec.channels), dtype=np.float32)]))
        failed = host.control.get("separator_faults") + host.control.get("nonfinite_hops")
        if failed:
            reason = host.control.text("separator_error")
            raise SeparatorError(f"separator {host.spec.name!r} failed on {failed} hops: {reason}")


def separate(
    separator: Separator, sample_rate: int, mix: Frames, block: int = 128, config: HostConfig | None = None
) -> Frames:
    """Stems (S, C, T) of a whole mixture (C, T), aligned with it; computed hop by hop as live."""
    nothing = np.zeros((1 + len(separator.spec.stems), len(mix), 0), dtype=np.float32)
    parts = stream(separator, sample_rate, iter([np.ascontiguousarray(mix.T)]), block, config)
    return np.concatenate([nothing, *parts], axis=-1)[1:]
