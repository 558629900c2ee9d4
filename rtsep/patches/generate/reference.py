"""What the patches are made for: four stems, and a latent of a few partitions and dimensions.

A separator with other stems has the same addresses under other names; the patches take those names as arguments.
"""

from __future__ import annotations

from functools import cache

from rtsep.control import Counters, EngineState, Level, Load, Strip
from rtsep.osc.messages import Address, addresses
from rtsep.osc.table import TABLE
from rtsep.separators.dims import dim_parameters
from rtsep.spec import LatencyBudget, Parameter, SeparatorSpec

STEMS = ("vocals", "drums", "bass", "other")
PARTITIONS = STEMS
DIMS = 8
_SILENT = Level(-144.0, -144.0, -144.0, 0)


def _latent() -> tuple[Parameter, ...]:
    """Ranges that a latent's controls have if its separator does not say otherwise."""
    amounts = [Parameter(f"partition/{name}/amount", "", 0.0, 2.0, 1.0) for name in PARTITIONS]
    dims = [knob for k in range(DIMS) for knob in dim_parameters(k)]
    return (*amounts, *dims, Parameter("name", "", 0.0, 1.0, 0.5))


def reference() -> EngineState:
    """A state with everything that a table can list."""
    spec = SeparatorSpec("reference", STEMS, 2, (48000,), 64, 0, True, _latent())
    return EngineState(
        name="reference",
        separator=spec,
        separator_name="reference",
        runtime="",
        next_separator="",
        knobs=tuple(parameter.default for parameter in spec.parameters),
        strips=tuple(Strip(stem) for stem in STEMS),
        mix_gain_db=0.0,
        dry_wet=1.0,
        bypass=False,
        panic=False,
        crossfade=0.0,
        policy="dry",
        device="",
        sample_rate=48000.0,
        block=64,
        position=0,
        budget=LatencyBudget(64, 0, 0, 0, 64, 64),
        audio="",
        separator_status="",
        latched=False,
        recording="",
        levels=(_SILENT,) * len(STEMS),
        mix_level=_SILENT,
        input_level=_SILENT,
        counters=Counters(*[0] * 14),
        load=Load(*[0.0] * 8),
    )


@cache
def flat() -> dict[str, Address]:
    """Every address of the reference, by path."""
    return addresses(TABLE, reference())
