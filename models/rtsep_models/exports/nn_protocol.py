"""What nn~ asks of a TorchScript file: methods, attributes, sample rate, and buffers that a host resets by zeroing.

The protocol is that of nn~ 1.6; no code of it is used. A host calls a method with float32 (B, inputs, n / in_ratio) and
wants (B, outputs, n / out_ratio). Item b of a batch is a stream of its own: it has row b of every cache.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from rtsep_models.exports.steps import quiet

KINDS = {bool: 0, int: 1, float: 2, str: 3}
"""nn~'s numbers for the types of an attribute's elements."""
ROWS = 64
"""Streams at a time, as nn~ limits them."""


class Cache(nn.Module):
    """A piece of state. Hosts know the buffers to zero by the end of their names: `.cache`."""

    def __init__(self, *shape: int, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        # A class annotation would be a string here, which TorchScript cannot read.
        self.cache = nn.Buffer(torch.zeros(shape, dtype=dtype))

    def forward(self, batch: int) -> Tensor:
        """The first `batch` rows, to be read or written in place: a host may hold on to the whole."""
        return self.cache[:batch]

    @torch.jit.export
    def __getstate__(self) -> tuple[Tensor, int, bool]:  # pyright: ignore[reportIncompatibleMethodOverride]
        """What is written into the file: no rows, of the right shape, type and device. Zeros would be half of its size."""
        return self.cache[:0].clone(), self.cache.shape[0], self.training

    @torch.jit.export
    def __setstate__(self, state: tuple[Tensor, int, bool]) -> None:
        """All rows zero."""
        self.cache = state[0].new_zeros([state[1]] + list(state[0].shape[1:]))  # noqa: RUF005 # TorchScript
        self.training = state[2]


class Blocks(nn.Module):
    """Blocks of any length in, whole hops out, and back.

    Latency is only ever added where it must be: hop - gcd(n, hop) samples for blocks of n, so none for whole hops. The
    first time that more samples are due than are finished, as much silence goes ahead of them; it stays until a reset.
    """

    def __init__(self, inputs: int, outputs: int, hop: int, rows: int) -> None:
        super().__init__()
        self.hop, self.rows = hop, rows
        self.waiting = Cache(rows, inputs, hop)
        self.ready = Cache(rows, outputs, hop)
        self.counts = Cache(2, dtype=torch.int64)  # samples waiting, samples ready

    def forward(self, x: Tensor) -> Tensor:
        """(B, inputs, n) to whole hops, perhaps none: (B, inputs, N hop). NaN and infinity are silence: no memory may
        keep them."""
        if x.dim() != 3 or x.shape[1] != self.waiting.cache.shape[1] or x.shape[0] > self.rows:
            raise ValueError(
                f"input has shape {x.shape}, it must be at most {self.rows} streams of {self.waiting.cache.shape[1]} channels"
            )
        batch, count = x.shape[0], int(self.counts.cache[0])
        line = torch.cat([self.waiting(batch)[:, :, :count], torch.nan_to_num(x, 0.0, 0.0, 0.0)], dim=2)
        whole = line.shape[2] // self.hop
        rest = line[:, :, whole * self.hop :]
        self.waiting(batch)[:, :, : rest.shape[2]].copy_(rest)
        self.counts.cache[0] = rest.shape[2]
        return line[:, :, : whole * self.hop]

    @torch.jit.export
    def leave(self, made: list[Tensor], x: Tensor) -> Tensor:
        """What was made of those hops, in pieces (B, outputs, ...), as a block as long as `x`, (B, outputs, n)."""
        batch, length, count = x.shape[0], x.shape[2], int(self.counts.cache[1])
        parts = [self.ready(batch)[:, :, :count]]
        parts.extend(made)
        y = torch.cat(parts, dim=2)
        missing = length - y.shape[2]
        if missing > 0:
            added = int(self.counts.cache[0]) - missing  # the latency so far: samples that came in and are not yet out
            silence = max(missing, self.hop - math.gcd(length, self.hop) - added)
            y = torch.cat([y.new_zeros(batch, y.shape[1], silence), y], dim=2)
        rest = y[:, :, length:]
        self.ready(batch)[:, :, : rest.shape[2]].copy_(rest)
        self.counts.cache[1] = rest.shape[2]
        return y[:, :, :length]


class NnModule(nn.Module):
    """Base of what is exported. Methods are declared, and written with `torch.jit.export`; attributes are declared with
    the TorchScript of their two accessors, `get_NAME` and `set_NAME`, because their names are known at export only."""

    def __init__(self, sample_rates: Sequence[int]) -> None:
        super().__init__()
        self.sample_rates = list(sample_rates)
        self.sr = self.sample_rates[0]
        self.methods = torch.jit.Attribute([], list[str])
        self.attributes = torch.jit.Attribute([], list[str])
        self.accessors: list[str] = []

    def declare_method(
        self, name: str, inputs: Sequence[str], in_ratio: int, outputs: Sequence[str], out_ratio: int
    ) -> None:
        """A method and what its inlets and outlets are called; a ratio is samples of sound for one of the tensor."""
        self.register_buffer(f"{name}_params", torch.tensor([len(inputs), in_ratio, len(outputs), out_ratio]))
        setattr(self, f"{name}_input_labels", list(inputs))
        setattr(self, f"{name}_output_labels", list(outputs))
        self.methods.value.append(name)

    def declare_attribute(self, name: str, kinds: Sequence[type], getter: str, setter: str) -> None:
        """`getter`: an expression, a tuple. `setter`: statements about `v0`, `v1` ...; one may return -1, a refusal."""
        self.register_buffer(f"{name}_params", torch.tensor([KINDS[kind] for kind in kinds]))
        self.attributes.value.append(name)
        values = ", ".join(f"v{index}: {kind.__name__}" for index, kind in enumerate(kinds))
        body = "\n    ".join(setter.splitlines())
        self.accessors += [
            f"def get_{name}(self):\n    return {getter}\n",
            f"def set_{name}(self, {values}) -> int:\n    {body}\n    return 0\n",
        ]

    @torch.jit.export
    def get_methods(self) -> list[str]:
        """Names."""
        return self.methods  # pyright: ignore[reportReturnType] # a list, once it is TorchScript

    @torch.jit.export
    def get_attributes(self) -> list[str]:
        """Names."""
        return self.attributes  # pyright: ignore[reportReturnType]

    @torch.jit.export
    def get_sample_rate(self) -> int:
        """Hz."""
        return self.sr

    @torch.jit.export
    def set_sample_rate(self, sample_rate: int) -> None:
        """Take note of the rate at which the host runs, if the weights are meant for it."""
        if sample_rate in self.sample_rates:
            self.sr = sample_rate


def scripted(module: NnModule) -> torch.jit.ScriptModule:
    """`module` as TorchScript.

    Its parameters are no longer trained: in a host that forgets to say so, state would remember how it came about.
    """
    module.eval().requires_grad_(False)
    with quiet():
        script = torch.jit.script(module)
    for source in module.accessors:
        script.define(source)
    return script
