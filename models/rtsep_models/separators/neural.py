"""A separator made of weights: the plugin that every trained network shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import Audio
from rtsep.spec import Parameter, SeparatorSpec
from rtsep_models.runtimes.api import Array
from rtsep_models.separators.fromweights import FromWeights
from rtsep_models.separators.fronts import Front, SpectrumFront, WaveformFront
from rtsep_models.separators.lines import Line
from rtsep_models.weights.card import Card

if TYPE_CHECKING:
    from rtsep_models.separators.wiener import WienerFilter

WIENER = Parameter("wiener", "", 0.0, 1.0, 1.0, "toggle")


class NeuralSeparator(FromWeights):
    """Plays the weights called `name`; the last stem is the delayed input minus all others.

    Parameter, where the card asks for a Wiener filter: `wiener`. Whole frames are taken from the filter or from the network,
    so that overlap-add makes the change a fade. The filter goes on learning while it is not heard.
    """

    def __init__(self, name: str) -> None:
        """Reads the card and nothing else. Raises WeightsError."""
        super().__init__(name)
        card = self._weights.card
        knobs = (WIENER,) if card.wiener else ()
        self.spec = SeparatorSpec(name, card.stems, card.channels, card.sample_rates, card.hop, card.delay, True, knobs)

    def prepare(self, sample_rate: int) -> None:
        """Load, choose a runtime, warm up.

        Raises SeparatorError if the rate is not one of the spec's, the weights are damaged, or nothing can run them.
        """
        self.spec.check_rate(sample_rate)
        # Here, not above: the control process reads the spec and has no use for a runtime.
        from rtsep_models.runtimes.choose import choose

        card = self._weights.card
        self._network = choose(self._weights)
        self.runtime = self._network.name
        self._front: Front = (SpectrumFront if card.domain == "spectrum" else WaveformFront)(card)
        self._line = Line(card.channels, card.delay + card.hop, card.hop)
        self._filter = _filter_of(card, sample_rate) if card.wiener else None
        self._filtered = True

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop. Allocates nothing beyond views."""
        self._line.push(mix)
        self._front.pull(self._separate(self._front.push(mix)), out[:-1])
        rest = out[-1]
        np.copyto(rest, self._line.last(self.spec.hop, ago=self.spec.delay))
        for stem in out[:-1]:
            np.subtract(rest, stem, out=rest)

    def _separate(self, x: Array) -> Array:
        """What the front has pushed to what it will pull."""
        y = self._network.step(x)
        if self._filter is None:
            return y
        filtered = self._filter.step(x, y)
        return filtered if self._filtered else y

    def reset(self) -> None:
        """Forget the sound, keep the parameter."""
        self._network.reset()
        self._front.reset()
        self._line.reset()
        if self._filter is not None:
            self._filter.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop, over the length of a synthesis window."""
        self._filtered = value > 0.5


def _filter_of(card: Card, sample_rate: int) -> WienerFilter:
    use_kernel_cache()
    # Here, not above: the control process reads the spec and has no use for numba.
    from rtsep_models.separators.wiener import WienerFilter

    return WienerFilter(card, sample_rate)
