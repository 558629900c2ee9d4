"""How the rows that a model takes and gives become channels and stems.

model               host
1 -> S              2 channels, S stems: a copy of the model for each channel
1 -> 2, an effect   2 channels, 1 stem: it hears the mean of the channels and answers in stereo
C -> C * S          C channels, S stems
C -> 1              C channels, 1 stem: what it gives is in each channel
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.spec import MAX_CHANNELS, MAX_STEMS
from rtsep_models.foreign.api import Core, Facts

WET = "wet"
"""The only stem of an effect; the mixer's dry/wet mixes it with what came in, in time with it."""


@dataclass(frozen=True)
class Layout:
    """Of one model; `stems` without the residual."""

    channels: int
    copies: int
    """Models side by side: one, or one for each channel."""
    stems: tuple[str, ...]


def layout_of(facts: Facts) -> Layout:
    """Raises SeparatorError if the rows cannot be shared out."""
    inputs, outputs, named = facts.inputs, facts.outputs, len(facts.stems)
    if not 1 <= inputs <= MAX_CHANNELS:
        raise SeparatorError(
            f"{facts.name!r} takes {inputs} signals at once, 1..{MAX_CHANNELS} can be played; choose another method"
        )
    if inputs == 1 and not (outputs == 2 and named in (0, 1)):
        channels, copies, count = 2, 2, outputs
    elif inputs == 1:
        channels, copies, count = 2, 1, 1
    elif outputs == 1:
        channels, copies, count = inputs, 1, 1
    else:
        channels, copies, count = inputs, 1, outputs // inputs
        if outputs % inputs:
            raise SeparatorError(
                f"{facts.name!r} makes {outputs} signals of {inputs}, which are no whole stems; choose another method"
            )
    if named not in (0, count):
        raise SeparatorError(
            f"{facts.name!r} names {named} stems and gives {outputs} signals for {inputs}, which makes {count}; correct it"
        )
    limit = MAX_STEMS - bool(facts.residual)
    if not 1 <= count <= limit:
        raise SeparatorError(f"{facts.name!r} has {count} stems, 1..{limit} can be played; choose another method")
    return Layout(channels, copies, facts.stems or unnamed(count))


def unnamed(count: int) -> tuple[str, ...]:
    """Stems of a file that names none."""
    return (WET,) if count == 1 else tuple(f"stem{index + 1}" for index in range(count))


def play(cores: Sequence[Core], mix: Audio, out: Audio) -> None:
    """One hop: `mix` (C, T) through a layout's cores to `out` (S, C, T). Raises SeparatorError if a shape is not as told."""
    facts, channels = cores[0].facts, len(mix)
    if len(cores) > 1:
        for channel, core in enumerate(cores):
            np.copyto(out[:, channel], checked(core, core.run(mix[channel : channel + 1])))
        return
    x = mix if facts.inputs == channels else mix.mean(axis=0, keepdims=True)
    y = checked(cores[0], cores[0].run(x))
    np.copyto(out, y[:, None] if facts.outputs == 1 else y.reshape(out.shape))


def checked(core: Core, y: Audio) -> Audio:
    """`y` if it has the shape that the core's facts promise."""
    wanted = (core.facts.outputs, core.facts.hop)
    if y.shape != wanted:
        raise SeparatorError(
            f"{core.facts.name!r} declares {wanted[0]} signals of {wanted[1]} samples and returned {y.shape}; "
            "the file is wrong, export it again"
        )
    return y
