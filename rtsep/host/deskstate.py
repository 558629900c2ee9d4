"""What the mixing desk says at the start."""

from __future__ import annotations

from rtsep.changes import Knob
from rtsep.control import Strip
from rtsep.deskstate import DeskState, changed, gain_in_range, known
from rtsep.host.config import HostConfig
from rtsep.spec import SeparatorSpec


def initial(config: HostConfig, spec: SeparatorSpec) -> DeskState:
    """The state that a configuration asks for. Raises ConfigError for unknown stems or parameters."""
    strips = {stem: Strip(stem) for stem in spec.stems}
    for stem, wanted in config.stems.items():
        known("stem", stem, strips)
        output = -1 if wanted.output is None else wanted.output - 1
        strips[stem] = Strip(
            stem, gain_in_range("gain_db", wanted.gain_db), wanted.mute, wanted.solo, wanted.pan, output
        )
    knobs = {parameter.name: parameter.default for parameter in spec.parameters}
    state = DeskState(
        strips, knobs, gain_in_range("mix_gain_db", config.mix_gain_db), config.dry_wet, policy=config.policy
    )
    for name, value in config.parameters.items():
        state = changed(state, Knob(name, value), spec)
    return state
