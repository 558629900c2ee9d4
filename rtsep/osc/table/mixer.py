"""The strips and the master section."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rtsep.changes import (
    Bypass,
    Change,
    Crossfade,
    DryWet,
    Kill,
    Late,
    MixGain,
    Panic,
    RecallSafe,
    StemGain,
    StemMute,
    StemOutput,
    StemPan,
    StemSide,
    StemSolo,
)
from rtsep.control import EngineState, Strip
from rtsep.osc.messages import Argument, Message, Value
from rtsep.osc.table.rows import SWITCH, one, stem_of, stems
from rtsep.units import db_to_fader, fader_to_db

_GAIN = Argument("gain", "f", "dB", -144.0, 12.0, law="decibel")
_FADER = Argument("fader", "f", "", 0.0, 1.0)
_SIDES = {"none": "", "a": "a", "b": "b"}


def _stem(
    node: str,
    about: str,
    argument: Argument,
    change: Callable[[str, Any], Change],
    read: Callable[[Strip, EngineState], Value],
) -> Message:
    return Message(
        f"/rtsep/stem/{{stem}}/{node}",
        about,
        (argument,),
        lambda names, values: (change(names["stem"], values[0]),),
        lambda state, names: (read(stem_of(state, names), state),),
        stems,
    )


MIXER: tuple[Message, ...] = (
    _stem("gain_db", "Fader of a stem; -144 is silence.", _GAIN, StemGain, lambda strip, _: strip.gain_db),
    _stem(
        "fader",
        "The same fader by its way, 0..1: three quarters is 0 dB.",
        _FADER,
        lambda stem, fader: StemGain(stem, fader_to_db(fader)),
        lambda strip, _: db_to_fader(strip.gain_db),
    ),
    _stem("mute", "Mute.", SWITCH, lambda stem, on: StemMute(stem, bool(on)), lambda strip, _: int(strip.mute)),
    _stem(
        "solo",
        "Solo: while any stem is soloed, the others are silent.",
        SWITCH,
        lambda stem, on: StemSolo(stem, bool(on)),
        lambda strip, _: int(strip.solo),
    ),
    _stem("pan", "Left (-1) to right (1).", Argument("pan", "f", "", -1.0, 1.0), StemPan, lambda strip, _: strip.pan),
    _stem(
        "output",
        "First output channel, from 0, of the stem's own feed; -1: only in the mix.",
        Argument("channel", "i", "", -1, 255),
        StemOutput,
        lambda strip, _: strip.output,
    ),
    _stem(
        "side",
        "Side of the crossfader.",
        Argument("side", "s", choices=tuple(_SIDES)),
        lambda stem, side: StemSide(stem, _SIDES[side]),  # type: ignore[arg-type]
        lambda strip, _: strip.side or "none",
    ),
    _stem(
        "kill",
        "Silent while held; then as muted as before.",
        SWITCH,
        lambda stem, on: Kill(stem, bool(on)),
        lambda strip, state: int(strip.stem in state.show.kills),
    ),
    _stem(
        "safe",
        "Recall-safe: scenes and quick states leave the stem alone.",
        SWITCH,
        lambda stem, on: RecallSafe(stem, bool(on)),
        lambda strip, state: int(strip.stem in state.show.safe),
    ),
    one("/rtsep/mix/gain_db", "Master fader; -144 is silence.", _GAIN, MixGain, lambda state: state.mix_gain_db),
    one(
        "/rtsep/mix/fader",
        "The same fader by its way, 0..1: three quarters is 0 dB.",
        _FADER,
        lambda fader: MixGain(fader_to_db(fader)),
        lambda state: db_to_fader(state.mix_gain_db),
    ),
    one(
        "/rtsep/mix/dry_wet",
        "1: the stems; 0: the delayed input.",
        Argument("dry_wet", "f", "", 0.0, 1.0),
        DryWet,
        lambda state: state.dry_wet,
    ),
    one(
        "/rtsep/mix/crossfade",
        "-1: side a alone; 0: both; 1: side b alone.",
        Argument("position", "f", "", -1.0, 1.0),
        Crossfade,
        lambda state: state.crossfade,
    ),
    one(
        "/rtsep/mix/bypass",
        "The delayed input, whatever the strips say.",
        SWITCH,
        lambda on: Bypass(bool(on)),
        lambda state: int(state.bypass),
    ),
    one(
        "/rtsep/mix/panic",
        "Everything fades to silence and stays there.",
        SWITCH,
        lambda on: Panic(bool(on)),
        lambda state: int(state.panic),
    ),
    one(
        "/rtsep/mix/late",
        "What sounds when stems are late.",
        Argument("policy", "s", choices=("dry", "mute-safe")),
        Late,
        lambda state: state.policy,
    ),
)
