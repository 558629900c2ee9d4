"""Runs a chunk model over a stream: a Separator with declared latency."""

from __future__ import annotations

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.spec import SeparatorSpec
from rtsep_models.chunked.api import ChunkModel


class ChunkedSeparator:
    """A chunk model, run overlapped: one call of the model for each hop. No parameters.

    The last stem is the delayed mix less the other stems, whatever the model says of it: so a performer who mutes nothing
    hears the original, as with every separator here. What a model invents or loses is therefore heard in the last stem.

    Before the stream's first sample there is silence, not what a model imagines there; and a chunk of digital silence is
    silent without asking the model.
    """

    def __init__(self, model: ChunkModel) -> None:
        """Nothing is loaded yet. Raises SeparatorError if hop or delay are beyond what a separator may have."""
        self._model = model
        self._geometry = model.geometry
        self.spec = SeparatorSpec(
            model.name,
            model.stems,
            model.channels,
            (model.sample_rate,),
            model.geometry.hop,
            model.geometry.delay,
            exact_sum=True,
        )

    @property
    def runtime(self) -> str:
        """What the model computes with, if it says."""
        return getattr(self._model, "runtime", "")

    def prepare(self, sample_rate: int) -> None:
        """Load the model and run it once, as its first chunk may take long. Raises SeparatorError."""
        self.spec.check_rate(sample_rate)
        self._model.load()
        self.reset()
        noise = np.random.default_rng(0).normal(0.0, 0.1, self._chunk.shape)
        self._ask(noise.astype(np.float32))

    def reset(self) -> None:
        """Silence behind, as before the first sample."""
        spec, geometry = self.spec, self._geometry
        self._chunk = np.zeros((spec.channels, geometry.length), dtype=np.float32)
        self._leaving = np.zeros((len(spec.stems) - 1, spec.channels, geometry.fade), dtype=np.float32)
        """The fading end of the chunk before, already faded."""
        self._silent = geometry.delay
        """Output samples that still lie before the stream's first."""

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        hop, past = self._geometry.hop, self._geometry.past
        self._chunk[:, :-hop] = self._chunk[:, hop:]
        self._chunk[:, -hop:] = mix
        heard = self._ask(self._chunk)
        fade_in = rising(self._geometry.fade)
        heard[..., : len(fade_in)] *= fade_in
        heard[..., : len(fade_in)] += self._leaving
        self._leaving = heard[..., hop:] * (1.0 - fade_in)
        out[:-1] = heard[..., :hop]
        if self._silent:
            out[..., : self._silent] = 0.0
            self._silent = max(0, self._silent - hop)
        out[-1] = self._chunk[:, past : past + hop] - out[:-1].sum(axis=0)

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""

    def _ask(self, chunk: Audio) -> Audio:
        """What is to be heard of a chunk: (S - 1, C, hop + fade), the caller's. Raises SeparatorError for a wrong shape."""
        spec, geometry = self.spec, self._geometry
        asked = len(spec.stems) - 1
        begin, end = geometry.past, geometry.past + geometry.hop + geometry.fade
        if not asked or not chunk.any():
            return np.zeros((asked, spec.channels, end - begin), dtype=np.float32)
        # A copy: the model may keep a view of what it is given, and the next hop moves it.
        stems = self._model.separate(chunk.copy())
        if stems.shape not in ((asked + more, spec.channels, geometry.length) for more in (0, 1)):
            raise SeparatorError(
                f"{spec.name!r} returned stems of shape {stems.shape}, "
                f"not {(asked + 1, spec.channels, geometry.length)}; correct its stems, channels or chunk"
            )
        return stems[:asked, :, begin:end].astype(np.float32)


def rising(fade: int) -> Audio:
    """Gains of a chunk's first samples; with 1 - rising for the chunk that leaves, they add up to one.

    Half a sample off either end: no sample is wasted on a gain of 0 or 1.

    >>> rising(2).tolist()
    [0.25, 0.75]
    """
    return ((np.arange(fade) + 0.5) / max(1, fade)).astype(np.float32)
