"""A separator with a latent to play: partitions by source, and dimensions that belong to all.

    mix -> encoder -> z -> dimensions bent -> one latent for each stem, the other partitions silent -> decoder -> stems
                                                                                         |
    mix -> spectrum -------------------------------------------> each bin by the stem's share of their power -> stems

The lower way is `masking`: what the partitions decode to no longer sounds itself, but says how the mixture is shared out. It
sounds cleaner, and bends less. Both ways are equally late.
"""

from __future__ import annotations

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.separators.dims import Dims, dim_parameters
from rtsep.spec import Parameter, SeparatorSpec
from rtsep_models.separators.fromweights import FromWeights
from rtsep_models.separators.fronts import Cleaned
from rtsep_models.separators.lines import Line
from rtsep_models.separators.sharing import Sharing

FADE_HOPS = 12
"""From one way of playing to the other: 35 ms at hop 128."""
SILENT_S = 0.25
"""After so much digital silence nothing sounds, nor before the first sound: a decoder's biases hum."""


def _parameters(stems: tuple[str, ...], shared: int) -> tuple[Parameter, ...]:
    amounts = [Parameter(f"partition/{stem}/amount", "", 0.0, 1.0, 1.0) for stem in stems]
    ways = [Parameter("masking", "", 0.0, 1.0, 0.0, "toggle"), Parameter("residual", "", 0.0, 1.0, 0.0, "toggle")]
    return (*amounts, *ways, *(knob for k in range(shared) for knob in dim_parameters(k)))


class LatentSeparator(FromWeights):
    """Plays the weights called `name`, whose card has a latent.

    Parameters: `partition/STEM/amount`, 0 is encoded silence; `dim/K/scale`, `offset`, `set`, `hold` as in `Dims`;
    `masking` shares the mixture out instead of playing what is decoded; `residual` adds to the last stem what all stems
    together lack of the mixture, so that they add up to it, however the dimensions are bent. The sum is not promised to be
    exact: bending would not be heard. `scope` has the shared dimensions.
    """

    def __init__(self, name: str) -> None:
        """Reads the card and nothing else. Raises WeightsError, or SeparatorError if there is no latent."""
        super().__init__(name)
        card = self._weights.card
        if card.latent is None:
            raise SeparatorError(f"weights {name!r} have no latent to play; use them as a separator of their name")
        self._split = card.latent.split(len(card.stems))
        parameters = _parameters(card.stems, self._split.shared)
        self.spec = SeparatorSpec(
            name, card.stems, card.channels, card.sample_rates, card.hop, card.delay, False, parameters
        )

    def prepare(self, sample_rate: int) -> None:
        """Load, choose a runtime, find out what silence is, warm up.

        Raises SeparatorError if the rate is not one of the spec's, the weights are damaged, or nothing can run them.
        """
        self.spec.check_rate(sample_rate)
        # Here, not above: the control process reads the spec and has no use for a runtime.
        from rtsep_models.runtimes.choose import choose
        from rtsep_models.runtimes.latent import LatentRuntime

        card, split = self._weights.card, self._split
        network = choose(self._weights)
        if not isinstance(network, LatentRuntime) or card.latent is None:
            raise SeparatorError(f"weights {card.name!r} have no latent; install the set again")
        self._network, self.runtime = network, network.name
        self._x = np.zeros(card.shape_in, dtype=np.float32)
        self._silence = network.silence(self._x)
        self._latents = np.tile(self._silence, (split.stems, 1))
        self.dims = Dims(split.shared)
        self.scope = self.dims.scope
        self._amounts = dict.fromkeys(card.stems, 1.0)
        self._ways = {"masking": 0.0, "residual": 0.0}
        self._masking = 0.0  # what `masking` is on its way from
        length, silent = max(card.analysis, card.hop + card.delay), round(SILENT_S * sample_rate)
        self._quiet_limit = silent // card.hop
        self._quiet_hops = self._quiet_limit
        self._mix = Cleaned(card.channels, length, card.hop)
        flat = split.stems * card.channels
        self._decoded = Line(flat, length, card.hop)
        self._direct_delay = card.delay - card.latent.delay
        self._sharing = Sharing(split.stems, card.channels, card.analysis, card.hop, card.synthesis)
        self._masked = np.zeros((split.stems, card.channels, card.hop), dtype=np.float32)
        self._rest = np.zeros((card.channels, card.hop), dtype=np.float32)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        np.copyto(self._x[0], self._mix.push(mix))
        self._quiet_hops = 0 if self._x.any() else self._quiet_hops + 1
        masking = self._ways["masking"] > 0.5
        self._play(self._network.encode(self._x), masking)
        decoded = self._network.decode(self._latents)
        self._decoded.push(decoded.reshape(-1, self.spec.hop))
        np.copyto(out, self._decoded.last(self.spec.hop, ago=self._direct_delay).reshape(out.shape))
        self._masking = float(np.clip(self._masking + (1.0 if masking else -1.0) / FADE_HOPS, 0.0, 1.0))
        if self._masking > 0.0:
            self._share(out)
        if self._quiet_hops > self._quiet_limit:
            out.fill(0.0)
        elif self._ways["residual"] > 0.5:
            np.copyto(self._rest, self._mix.line.last(self.spec.hop, ago=self.spec.delay))
            for stem in out:
                np.subtract(self._rest, stem, out=self._rest)
            out[-1] += self._rest

    def _play(self, z: Audio, masking: bool) -> None:
        """Fill in the latents of all stems. Masks take partitions whole: their amounts are gains there, lest what one
        partition gives up go to the others."""
        common = self._split.common
        shared = self.dims.play(z[common])
        for stem, name in enumerate(self.spec.stems):
            part = self._split.partition(stem)
            amount = 1.0 if masking else self._amounts[name]
            self._latents[stem, part] = self._silence[part] + amount * (z[part] - self._silence[part])
            self._latents[stem, common] = shared

    def _share(self, out: Audio) -> None:
        """Cross `out` over to the mixture shared out."""
        size = self._weights.card.analysis
        decoded = self._decoded.last(size).reshape(*out.shape[:2], size)
        self._sharing.share(self._mix.line.last(size), decoded, self._masked)
        for stem, name in enumerate(self.spec.stems):
            self._masked[stem] *= self._amounts[name]
        out *= 1.0 - self._masking
        self._masked *= self._masking
        out += self._masked

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._network.reset()
        for past in (self._mix.line, self._decoded, self._sharing):
            past.reset()
        self._latents[:] = self._silence
        self.scope[:] = 0.0
        self._masking, self._quiet_hops = self._ways["masking"], self._quiet_limit

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop."""
        kind, _, rest = name.partition("/")
        if kind in self._ways:
            self._ways[kind] = value
        elif kind == "partition":
            self._amounts[rest.removesuffix("/amount")] = value
        else:
            self.dims.set_parameter(name, value)
