"""Reads a block into an `EngineState`."""

from __future__ import annotations

from rtsep.control import Counters, EngineState
from rtsep.deskstate import DeskState
from rtsep.host.blockprep import budget
from rtsep.host.loopmeter import measured_loop
from rtsep.host.supervisor import Supervisor
from rtsep.shared.block import Block
from rtsep.shared.fields import METER_INPUT, METER_MIX, SEATS
from rtsep.shared.layout import SEAT_NAMES
from rtsep.shared.reading import level, load
from rtsep.spec import MAX_STEMS, SeparatorSpec

_TRIES = 8


def counters(block: Block, supervisor: Supervisor) -> Counters:
    """Everything counted since the host began."""
    xruns = ("input_underflows", "input_overflows", "output_underflows", "output_overflows")
    names = (
        "callbacks",
        "missed_positions",
        "late_hops",
        "late_events",
        "fallback_frames",
        "latches",
        "skipped_hops",
        "nonfinite_hops",
        "input_nonfinite",
        "separator_faults",
    )
    seats = [block.at(seat) for seat in range(SEATS)]  # each separator counts for itself
    return Counters(
        xruns=sum(int(block.get(name)) for name in xruns),
        separator_restarts=supervisor.separator.restarts,
        audio_restarts=supervisor.audio.restarts,
        clips=int(block.array("clips")[METER_MIX].sum()),
        **{name: sum(int(place.get(name)) for place in (seats if name in SEAT_NAMES else seats[:1])) for name in names},
    )


def counted(block: Block, supervisor: Supervisor) -> tuple[int, Counters]:
    """The position, and what was counted up to it: of one moment between two callbacks, if one comes in a few tries.

    A callback moves `input_written` before it counts, and the position after it.
    """
    tries = _TRIES
    while True:
        found = int(block.get("position")), counters(block, supervisor)
        tries -= 1
        if not tries or block.get("input_written") == found[0]:
            return found


def snapshot(
    block: Block,
    spec: SeparatorSpec,
    desk: DeskState,
    supervisor: Supervisor,
    recording: str = "",
    next_separator: str = "",
) -> EngineState:
    """The whole state of a running host, as heard from `block`'s seat. Control process."""
    first = block.seat * MAX_STEMS
    position, counts = counted(block, supervisor)
    return EngineState(
        name=block.name,
        separator=spec,
        separator_name=block.text("separator"),
        runtime=block.text("runtime"),
        next_separator=next_separator,
        knobs=tuple(desk.knobs.values()),
        strips=tuple(desk.strips[stem] for stem in spec.stems),
        mix_gain_db=desk.mix_gain_db,
        dry_wet=desk.dry_wet,
        bypass=desk.bypass,
        panic=desk.panic,
        crossfade=desk.crossfade,
        policy=desk.policy,
        device=block.text("device_name"),
        sample_rate=float(block.get("sample_rate")),
        block=int(block.get("block")),
        position=position,
        budget=budget(block),
        audio=supervisor.audio.status,
        separator_status=supervisor.separator.status,
        latched=bool(block.get("latched")),
        recording=recording,
        levels=tuple(level(block, first + index) for index in range(len(spec.stems))),
        mix_level=level(block, METER_MIX),
        input_level=level(block, METER_INPUT),
        counters=counts,
        load=load(block),
        loop=measured_loop(block),
    )
