"""Looking into the host's shared block on this machine: meters and sound, read-only, sixty times a second if need be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.control import EngineState, Level
from rtsep.errors import BlockError
from rtsep.shared.block import Block, attach
from rtsep.shared.fields import METER_INPUT, METER_MIX
from rtsep.shared.reading import level
from rtsep.spec import MAX_STEMS

Audio = NDArray[np.float32]
INPUT = -1
"""In place of a stem's number: what comes in."""
MARGIN = 2
"""The oldest part of a ring, one in so many, is not read: the audio process may be writing there."""


@dataclass(frozen=True)
class Meters:
    """Levels of one moment."""

    stems: tuple[Level, ...]
    mix: Level
    input: Level


def meters_of(state: EngineState) -> Meters:
    """Those of a state: for an engine on another machine."""
    return Meters(state.levels, state.mix_level, state.input_level)


class Eyes:
    """A view of a host's block. One thread."""

    def __init__(self, name: str) -> None:
        """Raises BlockError if no such host runs on this machine."""
        self._block: Block = attach(name, None)

    def _look(self) -> Block:
        """The block as seen from the seat that is heard."""
        seat = int(self._block.get("playing_seat"))
        if seat != self._block.seat:
            self._block = self._block.at(seat)
        return self._block

    @property
    def stems(self) -> int:
        """S of the separator that is heard."""
        return int(self._look().get("stems"))

    @property
    def position(self) -> int:
        """Frames since the host began; it stands still if nobody plays."""
        return int(self._block.get("position"))

    @property
    def sample_rate(self) -> float:
        """Hz."""
        return float(self._block.get("sample_rate"))

    @property
    def outputs(self) -> int:
        """Channels of the open device."""
        return int(self._block.get("device_outputs"))

    def meters(self) -> Meters:
        """Levels as they are now."""
        block = self._look()
        first = block.seat * MAX_STEMS
        stems = tuple(level(block, first + index) for index in range(self.stems))
        return Meters(stems, level(block, METER_MIX), level(block, METER_INPUT))

    def hop_counts(self) -> NDArray[np.int64]:
        """Compute times of hops so far, a copy of the histogram (see rtsep.shared.histogram)."""
        return self._look().array("hop_histogram").copy()

    def scope(self) -> Audio | None:
        """The latent of the last hop, a copy (2, D): as encoded, as played. None if the separator has none, or is not heard."""
        block = self._look()
        size = int(block.get("scope_size"))
        if not size or not block.get("fade"):
            return None
        return block.array("scope")[:, :size].copy()

    def sound(self, stem: int, since: int, most: int) -> tuple[int, Audio]:
        """What was heard of a stem, or of `INPUT`, since position `since`: the position reached, and samples (C, n), n <= `most`.

        The stems before their faders. Where more is there than `most`, or than the ring keeps, the oldest is left out.
        """
        block = self._look()
        channels, frames = int(block.get("channels")), int(block.get("ring_frames"))
        if stem == INPUT:
            end, rows, field = int(block.get("input_written")), channels, "input_offset"
        else:
            end, rows, field = int(block.get("stems_written")), int(block.get("stems")) * channels, "stems_offset"
        if stem != INPUT and not 0 <= stem < int(block.get("stems")):
            raise BlockError(
                f"stem {stem} of {int(block.get('stems'))} cannot be heard; another separator plays by now"
            )
        count = max(0, min(end - since, most, frames // MARGIN))
        first = 0 if stem == INPUT else stem * channels
        ring = block.ring(field, rows, frames)[first : first + channels]
        return end, ring[:, np.arange(end - count, end) & (frames - 1)]
