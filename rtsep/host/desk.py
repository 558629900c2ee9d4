"""The mixing desk: keeps what the strips say, and publishes it to the callback all at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from rtsep.changes import Change
from rtsep.control import Strip
from rtsep.deskstate import DeskState, changed, side_gain
from rtsep.host.config import HostConfig
from rtsep.host.deskstate import initial
from rtsep.shared.block import Block
from rtsep.spec import MAX_PARAMETERS, MAX_STEMS, SeparatorSpec
from rtsep.units import db_to_gain, gain_to_db

Seat = tuple[Block, SeparatorSpec]


class Desk:
    """Keeps a `DeskState` and mirrors it into the block. Thread-safe; control process.

    While a separator gets ready in the other seat, changes go to both; its strips are those of this one by name, else as
    they were when its stems were last on the desk.
    """

    def __init__(self, block: Block, spec: SeparatorSpec, config: HostConfig | None = None) -> None:
        """Publish what `config` asks for; without one, take over what the block says (after a crash)."""
        self._playing: Seat = (block, spec)
        self._coming: Seat | None = None
        self._strips: dict[str, Strip] = {}
        self._knobs: dict[str, dict[str, float]] = {}
        self._lock = threading.Lock()
        self._fence = threading.Lock()
        if config is None:
            self.state = recovered(block, spec)
        else:
            self.state = initial(config, spec)
            self._publish()

    def after(self, *changes: Change) -> DeskState:
        """What the state would be after these changes. Raises ConfigError if one is invalid."""
        state = self.state
        for change in changes:
            state = changed(state, change, self._playing[1])
        return state

    def apply(self, *changes: Change) -> None:
        """All changes in one step, or ConfigError and none."""
        with self._lock:
            self.state = self.after(*changes)
            self._publish()

    def expect(self, block: Block, spec: SeparatorSpec) -> None:
        """Publish to another seat as well, where a separator gets ready."""
        with self._lock:
            self._coming = (block, spec)
            self._publish()

    def forget(self) -> None:
        """That separator does not come."""
        with self._lock:
            self._coming = None

    def succeed(self) -> None:
        """The separator that was expected is heard: its stems and knobs are the desk's from now on."""
        with self._lock:
            assert self._coming is not None
            self._strips |= self.state.strips
            self._knobs[self._playing[1].name] = self.state.knobs
            self.state = self._state_for(self._coming[1])
            self._playing, self._coming = self._coming, None

    def _state_for(self, spec: SeparatorSpec) -> DeskState:
        """The state with the strips and knobs of another separator."""
        known = self._strips | self.state.strips
        strips = {stem: known.get(stem, Strip(stem)) for stem in spec.stems}
        defaults = {parameter.name: parameter.default for parameter in spec.parameters}
        remembered = {name: value for name, value in self._knobs.get(spec.name, {}).items() if name in defaults}
        return replace(self.state, strips=strips, knobs=defaults | remembered)

    @contextmanager
    def _seqlock(self, block: Block) -> Iterator[None]:
        """The callback takes nothing over while the sequence is odd. Taking a lock orders the stores around it."""
        sequence = int(block.get("params_seq")) | 1
        block.set("params_seq", sequence)
        with self._fence:
            yield
        with self._fence:
            block.set("params_seq", sequence + 1)

    def _publish(self) -> None:
        self._publish_to(*self._playing, self.state)
        if self._coming is not None:
            self._publish_to(*self._coming, self._state_for(self._coming[1]))

    def _publish_to(self, block: Block, spec: SeparatorSpec, state: DeskState) -> None:
        strips = [state.strips[stem] for stem in spec.stems]

        def per_stem(values: list[Any], kind: Any) -> np.ndarray:
            return np.array(values + [0] * (MAX_STEMS - len(values)), dtype=kind)

        with self._seqlock(block):
            gains = [db_to_gain(strip.gain_db) * side_gain(strip.side, state.crossfade) for strip in strips]
            block.set("stem_gain", per_stem(gains, np.float32))
            block.set("stem_mute", per_stem([strip.mute for strip in strips], np.int64))
            block.set("stem_solo", per_stem([strip.solo for strip in strips], np.int64))
            block.set("stem_pan", per_stem([strip.pan for strip in strips], np.float32))
            block.set("stem_output", per_stem([strip.output for strip in strips], np.int64))
            block.set("mix_gain", db_to_gain(state.mix_gain_db))
            block.set("dry_wet", state.dry_wet)
            block.set("bypass", int(state.bypass))
            block.set("panic", int(state.panic))
            block.set("mute_safe", int(state.policy == "mute-safe"))
        knobs = np.zeros(MAX_PARAMETERS)
        knobs[: len(spec.parameters)] = [state.knobs[p.name] for p in spec.parameters]
        if block.get("knob_seq") == 0 or not np.array_equal(knobs, block.array("knobs")):
            block.set("knobs", knobs)
            with self._fence:
                block.set("knob_seq", block.get("knob_seq") + 1)


def recovered(block: Block, spec: SeparatorSpec) -> DeskState:
    """What a seat of the block says, after the desk that published it is gone: as it sounds, so that the crossfader's share
    of a gain has become the fader's."""
    gains, mutes, solos = block.array("stem_gain"), block.array("stem_mute"), block.array("stem_solo")
    pans, outputs = block.array("stem_pan"), block.array("stem_output")
    strips = {
        stem: Strip(stem, gain_to_db(float(gains[s])), bool(mutes[s]), bool(solos[s]), float(pans[s]), int(outputs[s]))
        for s, stem in enumerate(spec.stems)
    }
    knobs = {p.name: float(value) for p, value in zip(spec.parameters, block.array("knobs"), strict=False)}
    return DeskState(
        strips,
        knobs,
        gain_to_db(block.get("mix_gain")),
        float(block.get("dry_wet")),
        bool(block.get("bypass")),
        bool(block.get("panic")),
        policy="mute-safe" if block.get("mute_safe") else "dry",
    )
