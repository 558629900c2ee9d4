"""A separator made of weights: the plugin that every trained network shares."""

from __future__ import annotations

import numpy as np

from rtsep.separators.api import Audio
from rtsep.spec import SeparatorSpec
from rtsep_models.separators.fromweights import FromWeights
from rtsep_models.separators.fronts import Front, SpectrumFront, WaveformFront
from rtsep_models.separators.lines import Line


class NeuralSeparator(FromWeights):
    """Plays the weights called `name`; the last stem is the delayed input minus all others."""

    def __init__(self, name: str) -> None:
        """Reads the card and nothing else. Raises WeightsError."""
        super().__init__(name)
        card = self._weights.card
        self.spec = SeparatorSpec(
            name, card.stems, card.channels, card.sample_rates, card.hop, card.delay, exact_sum=True
        )

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

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop. Allocates nothing beyond views."""
        self._line.push(mix)
        self._front.pull(self._network.step(self._front.push(mix)), out[:-1])
        rest = out[-1]
        np.copyto(rest, self._line.last(self.spec.hop, ago=self.spec.delay))
        for stem in out[:-1]:
            np.subtract(rest, stem, out=rest)

    def reset(self) -> None:
        """Forget the sound."""
        self._network.reset()
        self._front.reset()
        self._line.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""
