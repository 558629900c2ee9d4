"""RAVE with a partitioned latent as a TorchScript file for nn~: `separate`, `mask`, `encode`, `decode`, `forward`, controls.

Attributes are the plugin's parameters (`rtsep_models.separators.latent`): for each stem an amount, 0 being encoded silence;
for each high-variance dimension scale, offset, set and hold, in force as scale z + offset or, held, as set. They act on all
but `encode` and `decode`, which leave the latent to the patch between them. With `residual` the last stem of `separate` gets
what all stems lack of the mix. `mask` is what the plugin plays with `masking`; as a method of its own it leaves `separate` as
early as the decoder makes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn.functional import hardshrink

from rtsep.separators.dims import LARGEST_SCALE, REACH
from rtsep_models.exports.nn_protocol import ROWS, Blocks, Cache, NnModule
from rtsep_models.exports.nn_separator import sides
from rtsep_models.exports.separation import Sharing
from rtsep_models.exports.steps import FlatStep, traced
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.products import product_of
from rtsep_models.runtimes.rewrite import replaced
from rtsep_models.separators.fronts import QUIETEST
from rtsep_models.separators.latent import SILENT_S
from rtsep_models.streaming.layers import CausalConv1d
from rtsep_models.weights.card import Card


class NnRave(NnModule):
    """Each method has memories of its own, so that `decode` may follow `encode` on one instance."""

    def __init__(self, network: Rave, card: Card, rows: int = ROWS) -> None:
        super().__init__(card.sample_rates)
        network.settle()
        split, channels = network.split, network.channels
        self.quietest = QUIETEST
        self.hop, self.stems, self.latent, self.common = network.hop, split.stems, split.size, split.common.start
        encoder, decoder = (
            FlatStep(replaced(part, {CausalConv1d: product_of})) for part in (network.encoder, network.decoder)
        )
        hop = torch.zeros(1, channels, self.hop)
        self.encoder, posterior = traced(encoder, hop)
        self.decoder, _ = traced(decoder, posterior[..., : self.latent])
        self.encodes, self.decodes = Cache(rows, encoder.size), Cache(rows, decoder.size)
        self.hears, self.plays = Cache(rows, encoder.size), Cache(rows, decoder.size)
        self.separates, self.parts = Cache(rows, encoder.size), Cache(rows * self.stems, decoder.size)
        self.guesses, self.guessed = Cache(rows, encoder.size), Cache(rows * self.stems, decoder.size)
        self.quiet_hops = round(SILENT_S * max(card.sample_rates)) // self.hop
        self.heard, self.heard_apart = Cache(rows, 1), Cache(rows, 1)  # hops since there was sound
        self.blocks = Blocks(channels, channels, self.hop, rows)
        self.apart, self.masked = (Blocks(channels, self.stems * channels, self.hop, rows) for _ in range(2))
        sharing = FlatStep(Sharing(card))
        self.sharing, _ = traced(sharing, hop[:, None].expand(-1, self.stems, -1, -1), hop)
        self.spectra = Cache(rows, sharing.size)

        self.silence = nn.Buffer(network.silence.clone())
        own = torch.zeros(self.stems, self.latent)
        for stem in range(self.stems):
            own[stem, split.partition(stem)] = 1.0
        self.own, self.shared = nn.Buffer(own), nn.Buffer(1.0 - own.sum(dim=0))  # which dimensions are whose
        self.amounts = nn.Buffer(torch.ones(self.stems, 1))
        self.residual, self.past = nn.Buffer(torch.zeros(1)), Cache(rows, channels, network.delay)
        self.dims = nn.Buffer(torch.tensor([[1.0, 0.0, 0.0, 0.0]]).repeat(split.shared, 1))
        self._declare_methods(card.stems, sides(channels))
        self._declare_attributes(card.stems)

    def _declare_methods(self, stems: Sequence[str], channels: Sequence[str]) -> None:
        sound = [f"(signal) {side}" for side in channels]
        apart = [f"(signal) {stem} {side}" for stem in stems for side in channels]
        private = self.common // self.stems
        latent = [f"(signal) {stem} {k}" for stem in stems for k in range(private)]
        latent += [f"(signal) dim {k}" for k in range(self.latent - self.common)]
        self.declare_method("forward", sound, 1, sound, 1)
        self.declare_method("separate", sound, 1, apart, 1)
        self.declare_method("mask", sound, 1, apart, 1)
        self.declare_method("encode", sound, 1, latent, self.hop)
        self.declare_method("decode", latent, self.hop, sound, 1)

    def _declare_attributes(self, stems: Sequence[str]) -> None:
        for k, stem in enumerate(stems):
            limits = "v0 >= 0.0 and v0 <= 1.0"
            getter = f"(float(self.amounts[{k}, 0]),)"
            self.declare_attribute(stem, [float], getter, _setter(limits, "amounts", {f"{k}, 0": "v0"}))
        for k in range(self.latent - self.common):
            reach = enumerate((LARGEST_SCALE, REACH, REACH))
            limits = " and ".join(f"abs(v{j}) <= {limit}" for j, limit in reach) + " and (v3 == 0 or v3 == 1)"
            values = ", ".join(f"float(self.dims[{k}, {j}])" for j in range(3))
            self.declare_attribute(
                f"dim{k}",
                [float, float, float, int],  # nn~ reads 1 as a whole number, but not as true
                f"({values}, int(self.dims[{k}, 3]))",
                _setter(limits, "dims", {f"{k}, {j}": f"float(v{j})" for j in range(4)}),
            )
        either = _setter("v0 == 0 or v0 == 1", "residual", {"0": "float(v0)"})
        self.declare_attribute("residual", [int], "(int(self.residual[0]),)", either)

    def gate(self, x: Tensor, since: Tensor) -> Tensor:
        """1 for each hop of (B, C, N hop), 0 where silence has lasted so long that nothing should sound: (B, 1, N hop).

        `since` (B, 1) is renewed in place.
        """
        loud = x.unflatten(2, [-1, self.hop]).ne(0.0).any(3).any(1)
        now = torch.arange(1, loud.shape[1] + 1, device=x.device, dtype=x.dtype).expand(loud.shape)
        quiet = now - torch.cummax(torch.where(loud, now, -since), 1)[0]
        since.copy_(quiet[:, -1:].clamp(max=self.quiet_hops + 1.0))
        return quiet.le(self.quiet_hops).to(x.dtype).repeat_interleave(self.hop, dim=1).unsqueeze(1)

    def played(self, z: Tensor) -> Tensor:
        """Latents (B, N, Z) with their high-variance dimensions as the controls have them."""
        free = self.dims[:, 0] * z[:, :, self.common :] + self.dims[:, 1]
        shared = torch.where(self.dims[:, 3] > 0.5, self.dims[:, 2], free)
        return torch.cat([z[:, :, : self.common], shared], dim=2)

    def understood(self, x: Tensor, memory: Tensor) -> Tensor:
        """The means of the posterior for whole hops (B, C, N hop): (B, N, Z)."""
        y, after = self.encoder(x, memory)
        memory.copy_(after)
        return y[:, :, : self.latent]

    def spoken(self, z: Tensor, memory: Tensor) -> Tensor:
        """Latents to sound."""
        y, after = self.decoder(z, memory)
        memory.copy_(after)
        return y

    def parted(self, z: Tensor, amounts: Tensor, memory: Tensor) -> Tensor:
        """Latents (B, N, Z) to the sound of each partition, the others silent: (B, S, C, N hop)."""
        share = amounts * self.own + self.shared
        each = torch.lerp(self.silence, z[:, None], share[:, None])  # (B, S, N, Z)
        y = self.spoken(each.flatten(0, 1), memory)
        return y.unflatten(0, [-1, self.stems])

    def completed(self, y: Tensor, x: Tensor) -> Tensor:
        """Stems (B, S, C, N hop), the last with what all of them lack of the mix, if that is wanted."""
        line = torch.cat([self.past(x.shape[0]), x], dim=2)
        self.past(x.shape[0]).copy_(line[:, :, x.shape[2] :])
        lacking = self.residual * (line[:, :, : x.shape[2]] - y.sum(dim=1))
        return torch.cat([y[:, :-1], y[:, -1:] + lacking[:, None]], dim=1)

    def forward(self, x: Tensor) -> Tensor:
        """Mix to mix, (B, C, n), of any n: one decode of the whole latent."""
        batch, hops = x.shape[0], hardshrink(self.blocks(x), self.quietest)
        made: list[Tensor] = []
        if hops.shape[2] > 0:
            z = self.played(self.understood(hops, self.hears(batch)))
            share = (self.amounts * self.own).sum(dim=0) + self.shared
            y = self.spoken(torch.lerp(self.silence, z, share), self.plays(batch))
            made.append(y * self.gate(hops, self.heard(batch)))
        return self.blocks.leave(made, x)

    @torch.jit.export
    def separate(self, x: Tensor) -> Tensor:
        """Mix to stems, (B, S C, n), of any n: each partition decoded with the others silent."""
        batch, hops = x.shape[0], hardshrink(self.apart(x), self.quietest)
        made: list[Tensor] = []
        if hops.shape[2] > 0:
            z = self.played(self.understood(hops, self.separates(batch)))
            y = self.parted(z, self.amounts, self.parts(batch * self.stems))
            y = y * self.gate(hops, self.heard_apart(batch))[:, None]
            made.append(self.completed(y, hops).flatten(1, 2))
        return self.apart.leave(made, x)

    @torch.jit.export
    def mask(self, x: Tensor) -> Tensor:
        """Mix to stems, (B, S C, n), of any n: the mix shared out as the partitions sound. Amounts are gains, lest what
        one partition gives up go to the others."""
        batch, hops = x.shape[0], hardshrink(self.masked(x), self.quietest)
        made: list[Tensor] = []
        if hops.shape[2] > 0:
            z = self.played(self.understood(hops, self.guesses(batch)))
            guesses = self.parted(z, torch.ones_like(self.amounts), self.guessed(batch * self.stems))
            y, after = self.sharing(guesses, hops, self.spectra(batch))
            self.spectra(batch).copy_(after)
            made.append((y * self.amounts[:, :, None]).flatten(1, 2))
        return self.masked.leave(made, x)

    @torch.jit.export
    def encode(self, x: Tensor) -> Tensor:
        """Sound (B, C, N hop) to latents (B, Z, N)."""
        if x.shape[2] % self.hop != 0:
            raise ValueError(f"input has {x.shape[2]} samples, encode needs a multiple of {self.hop}")
        x = hardshrink(torch.nan_to_num(x, 0.0, 0.0, 0.0), self.quietest)
        return self.understood(x, self.encodes(x.shape[0])).transpose(1, 2)

    @torch.jit.export
    def decode(self, z: Tensor) -> Tensor:
        """Latents (B, Z, N) to sound (B, C, N hop)."""
        return self.spoken(torch.nan_to_num(z, 0.0, 0.0, 0.0).transpose(1, 2), self.decodes(z.shape[0]))


def _setter(limits: str, table: str, values: Mapping[str, str]) -> str:
    """TorchScript that puts `values` in their places in `table`. Into a copy: a tensor that was made in inference mode may
    not be written outside, and the other thread sees all of an attribute change at once."""
    places = "\n".join(f"table[{place}] = {value}" for place, value in values.items())
    return f"if not ({limits}):\n    return -1\ntable = self.{table}.clone()\n{places}\nself.{table} = table"
