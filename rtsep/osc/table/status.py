"""Takes, status and meters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from rtsep.changes import (
    Record,
    new_take,
)
from rtsep.control import EngineState, Level
from rtsep.osc.messages import Argument, Message, Names, Value
from rtsep.osc.table.rows import BUTTON, status, stems
from rtsep.units import frames_to_ms


def _level(pattern: str, about: str, pick: Callable[[EngineState, Names], Level], **more: Any) -> Message:
    def read(state: EngineState, names: Names) -> tuple[Value, ...]:
        level = pick(state, names)
        return level.peak_db, level.rms_db

    arguments = (Argument("peak", "f", "dBFS"), Argument("rms", "f", "dBFS"))
    return Message(pattern, about, arguments, None, read, push="meter", **more)


def _meter(state: EngineState, names: Names) -> Level:
    stems = [strip.stem for strip in state.strips]
    return state.levels[stems.index(names["stem"])]


def _take(names: Names, values: tuple[Any, ...]) -> tuple[Record]:
    folder, *form = values or ("",)
    return (Record(folder or new_take().folder, *form),)


STATUS: tuple[Message, ...] = (
    Message(
        "/rtsep/record/start",
        "Record mix and stems into that folder; without one, into a new folder named by the time.",
        (
            Argument("folder", "s", optional=True),
            Argument("format", "s", choices=("wav", "flac"), optional=True),
        ),
        _take,
        trigger=True,
    ),
    Message("/rtsep/record/stop", "End the take.", change=lambda names, values: (Record(None),), **BUTTON),
    status("record/state", "s", "Where to and how long, or why it stopped.", lambda state: state.recording),
    status(
        "status/latency_ms",
        "f",
        "From input jack to output jack, as declared: the whole budget.",
        lambda s: frames_to_ms(s.budget.total, s.sample_rate),
        "ms",
    ),
    status("status/latency", "i", "The same in frames.", lambda state: state.budget.total, "frames"),
    status(
        "status/latency_measured_ms",
        "f",
        "The same as measured while playing, by a latency marker that a cable brings back; 0: there is none.",
        lambda s: frames_to_ms(s.measured_latency or 0.0, s.sample_rate),
        "ms",
    ),
    status("status/sample_rate", "f", "Of the device.", lambda state: state.sample_rate, "Hz"),
    status("status/block", "i", "Frames in a callback.", lambda state: state.block, "frames"),
    status("status/device", "s", "The open device.", lambda state: state.device),
    status("status/audio", "s", "State of the audio process.", lambda state: state.audio),
    status("status/separator", "s", "State of the separator process.", lambda state: state.separator_status),
    status("status/runtime", "s", "What the separator computes with.", lambda state: state.runtime),
    status("status/latched", "i", "Over to dry until the separator keeps time again.", lambda s: int(s.latched)),
    status("status/xruns", "i", "Under- and overflows that the device reported.", lambda s: s.counters.xruns),
    status("status/late_hops", "i", "Hops that came too late to be heard.", lambda s: s.counters.late_hops, "hops"),
    status(
        "status/missed_positions",
        "i",
        "Device time that passed without a callback.",
        lambda s: s.counters.missed_positions,
        "frames",
    ),
    status("status/clips", "i", "Samples of the mix beyond full scale.", lambda s: s.counters.clips, "samples"),
    status(
        "status/restarts",
        "i",
        "Restarts of the audio and separator processes.",
        lambda s: s.counters.audio_restarts + s.counters.separator_restarts,
    ),
    status(
        "status/dsp_load",
        "f",
        "Typical compute of a hop against its deadline.",
        lambda s: round(s.load.hop_share_p50, 3),
    ),
    _level("/rtsep/meter/stem/{stem}", "Level of a stem.", _meter, over=stems),
    _level("/rtsep/meter/mix", "Level of the mix.", lambda state, names: state.mix_level),
    _level("/rtsep/meter/input", "Level of the input.", lambda state, names: state.input_level),
    Message(
        "/rtsep/state",
        "Everything at once, as JSON: what the Python client reads.",
        (Argument("json", "s"),),
        None,
        lambda state, names: (msgspec.json.encode(state).decode(),),
        push="never",
    ),
)
