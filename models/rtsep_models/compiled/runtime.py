"""The compiled trunk and head, with the weights of a set and their state, as a runtime."""

from __future__ import annotations

import numpy as np

from rtsep_models import cues
from rtsep_models.compiled.head import head_step
from rtsep_models.compiled.trunk import trunk_step
from rtsep_models.compiled.weights import BandWeights
from rtsep_models.runtimes.api import Array
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.store import Weights


class CompiledRuntime:
    """The flagship on one CPU thread. Compiles its kernels if nobody has on this machine before."""

    name = "compiled cpu float32"

    def __init__(self, weights: Weights) -> None:
        """Warms up. Raises WeightsError if the weights are damaged, or of another network."""
        network, card = BandWeights(weights), weights.card
        sizes, bands, bins, values = network.sizes, len(network.layout), network.sizes.bins, network.sizes.values
        state = 2 + sizes.layers * (bands * sizes.hidden + sizes.song)
        context = 1 + bands * sizes.width
        if sizes.detail:
            state += (2 + cues.BACK + cues.VIEWS + 1) * values + 4 * bins
            context += cues.HELD * values
        self._state = np.zeros(state, np.float32)
        self._x = np.zeros(card.shape_in, np.float32)
        self._y = np.zeros(card.shape_out, np.float32)
        self._context = np.zeros(context, np.float32)
        scratch = np.zeros(2 * (network.trunk.size + network.head.size), np.float32)  # pages never written cost nothing
        frame, layout, shared = self._x[0, 0], network.layout, network.shared
        self._of_trunk = sizes, layout, shared, network.trunk, frame, self._state, self._context, scratch
        self._of_head = (
            sizes, layout, network.coarse, shared, network.where, network.head, frame, self._context, self._y[0, 0], scratch,
        )  # fmt: skip
        self._stride, self._phase = card.stride, 0
        try:
            read = trunk_step(*self._of_trunk), head_step(*self._of_head)
        except ValueError:  # slices that end before they should
            read = 0, 0
        if read != (network.trunk.size, network.head.size):
            raise WeightsError(f"{weights.folder} holds the weights of another network; install the set again")
        self.reset()

    def step(self, x: Array) -> Array:
        """One hop. Allocates nothing of its own."""
        np.copyto(self._x, x)
        if self._phase == 0:
            trunk_step(*self._of_trunk)
        self._phase = (self._phase + 1) % self._stride
        head_step(*self._of_head)
        return self._y

    def reset(self) -> None:
        """Zero the state; the trunk runs with the next hop."""
        self._state.fill(0.0)
        self._context.fill(0.0)
        self._phase = 0
