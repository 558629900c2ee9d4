"""A sweep over host APIs, rates and blocks; a setting that a device refuses is a row that says why, not the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import msgspec

from rtsep.errors import DeviceError
from rtsep.lab.analysis import Measurement
from rtsep.lab.loops import take
from rtsep.lab.takes import LoopConfig, LoopFacts, Request


@dataclass(frozen=True)
class Row:
    """One setting. What was asked for, and either what was found or why the device refused."""

    host_api: str | None
    rate: int | None
    block: int | None
    facts: LoopFacts | None = None
    found: Measurement | None = field(default=None)
    refused: str = ""

    @property
    def beyond_declared(self) -> float | None:
        """Frames measured beyond what the driver declares."""
        declared = self.facts.declared if self.facts else None
        if declared is None or self.found is None or self.found.delay is None:
            return None
        return self.found.delay - declared

    def plain(self) -> dict[str, Any]:
        """For the JSON."""
        whole = {"asked": {"host_api": self.host_api, "rate": self.rate, "block": self.block}, "refused": self.refused}
        if self.facts is None or self.found is None:
            return whole
        measured = msgspec.to_builtins(self.found)
        figures = {"delay": self.found.delay, "delay_ms": self.found.delay_ms, "beyond_declared": self.beyond_declared}
        return whole | {"facts": msgspec.to_builtins(self.facts), "measured": figures | measured}


def rows(
    config: LoopConfig,
    request: Request,
    host_apis: Sequence[str] = (),
    rates: Sequence[int] = (),
    blocks: Sequence[int] = (),
) -> Iterator[Row]:
    """Measure each combination; an empty list stands for what `config` says. Raises what a mistaken setting raises."""
    device = config.device
    settings = list(product(host_apis or (device.host_api,), rates or (device.sample_rate,), blocks or (device.block,)))
    for host_api, rate, block in settings:
        try:
            asked = msgspec.structs.replace(device, host_api=host_api, sample_rate=rate, block=block)
            heard = take(msgspec.structs.replace(config, device=asked), request)
        except DeviceError as error:
            if len(settings) == 1:
                raise
            yield Row(host_api, rate, block, refused=str(error))
            continue
        yield Row(host_api, rate, block, heard.facts, heard.measurement())
