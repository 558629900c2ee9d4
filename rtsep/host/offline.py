"""The whole host without processes or clocks: the same callback and worker, called in turn on arrays.

What comes out is, sample for sample, what would have come out live: `rtsep separate` and the tests use it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from rtsep.errors import SeparatorError
from rtsep.host.blockprep import budget, make_block, release, set_latency
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.desk import Desk
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.worker import Worker
from rtsep.realtime.driver import Driver
from rtsep.separators.api import Separator
from rtsep.separators.resample import adapt
from rtsep.shared.block import Block, attach, remove
from rtsep.spec import LatencyBudget

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
        config = config or HostConfig(device=DeviceConfig(kind="null"), realtime=False)
        facts = DeviceFacts("offline", float(sample_rate), block, channels, max(outputs, channels))
        self.control = make_block(config, self.spec, facts)
        try:
            self._build(adapted, facts, config)
        except BaseException:
            remove(self.control.name)
            raise

    def _build(self, adapted: Separator, facts: DeviceFacts, config: HostConfig) -> None:
        self.audio = attach(self.control.name, "audio")
        separator_view = attach(self.control.name, "separator")
        separator_view.set("adapted_hop", self.spec.hop)
        separator_view.set("adapted_delay", self.spec.delay)
        separator_view.set("resampling_delay", getattr(adapted, "resampling", 0))
        set_latency(self.control, config.slack or facts.block)
        release(self.control)
        self.desk = Desk(self.control, self.spec, config)
        self.audio.set("fade", self.audio.get("fade_frames"))
        self._driver = Driver(self.audio, None, facts.input_channels, facts.output_channels)
        self._outputs = facts.output_channels
        self._worker = Worker(separator_view, adapted, self._driver.userdata)
        self._worker.join()
        self._frames = facts.block
        tape_rows = (1 + len(self.spec.stems)) * self.spec.channels
        self._tape = self.control.ring("tape_offset", tape_rows, int(self.control.get("tape_frames")))

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
        """Advance by whole blocks: (T, C) in, (T, outputs) out. `separate` False starves the stems, as a stall would.

        Raises the plugin's exception if it is broken.
        """
        source = np.ascontiguousarray(frames, dtype=np.float32)
        target = np.zeros((len(source), self._outputs), dtype=np.float32)
        for start in range(0, len(source), self._frames):
            self._driver.run(source[start : start + self._frames], target[start : start + self._frames])
            while separate and self._worker.ready():
                self._worker.run_hop()
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
