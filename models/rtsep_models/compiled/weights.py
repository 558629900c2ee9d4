"""The flagship's tensors in the order in which the kernels read them."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from itertools import count, takewhile

import numpy as np
from llvmlite.binding import get_host_cpu_features
from safetensors import SafetensorError
from safetensors.numpy import load_file

from rtsep_models import cues
from rtsep_models.compiled.hearing import Sizes
from rtsep_models.compiled.layers import Ints, Line
from rtsep_models.runtimes.api import Array
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.store import Weights


class BandWeights:
    """What a set of weights holds: `sizes`; for each band its bins, `layout`, and its values, `coarse`; for each value the
    bins that share it, `shared`; the weights of both rates, `trunk` and `head`; and
    `where`, which `Detail` adds for each value."""

    def __init__(self, weights: Weights) -> None:
        """Raises WeightsError unless every tensor is there and finite, and has its place."""
        self._tensors: dict[str, Array] = {}
        for path in weights.tensor_files():
            try:
                self._tensors |= load_file(path)
            except (SafetensorError, OSError, ValueError) as error:
                raise WeightsError(
                    f"{path} is no safetensors file, or damaged: {error}; install the set again"
                ) from error
        wrong = [name for name, tensor in self._tensors.items() if not np.isfinite(tensor).all()]
        if wrong:
            raise WeightsError(f"{weights.folder}: {wrong[0]!r} holds NaN or infinity; install the set again")
        try:
            self._measure(len(weights.card.stems))
            self.where = np.zeros((0, 0), np.float32)
            self.trunk, self.head = _line(self._trunk()), _line(self._head())
            if self._tensors:
                raise ValueError(f"{len(self._tensors)} tensors are foreign {sorted(self._tensors)[:2]}")
        except (KeyError, ValueError, IndexError) as error:
            raise WeightsError(
                f"{weights.folder} holds the weights of another network: {error}; install the set again"
            ) from error

    def _measure(self, stems: int) -> None:
        """From shapes to sizes."""
        shape = {name: tensor.shape for name, tensor in self._tensors.items()}
        split, merge = (
            [shape[f"{group}.weight"] for group in self._groups(name)] for name in ("head.split", "head.merge")
        )
        if not split or len(split) != len(merge):
            raise ValueError("its bands are not there")
        counts = [s[0] for s in split]
        self.layout: Ints = np.repeat([s[1] // cues.FEATURES for s in split], counts)
        self.coarse: Ints = np.repeat([s[2] // (2 * stems) for s in merge], counts)
        if (self.layout % self.coarse).any():
            raise ValueError("it has more masks than bins")
        self.shared: Ints = np.repeat(self.layout // self.coarse, self.coarse)
        memory = "trunk.memories.{}.memory.cell.weight_hh_l0"
        song = "trunk.memories.1.summary.weight" in shape
        self.sizes = Sizes(
            stems=stems,
            width=shape["trunk.norm.weight"][0],
            hidden=shape[memory.format(0)][1],
            song=shape[memory.format(1)][1] if song else 0,
            summary=shape["trunk.memories.1.summary.weight"][0] if song else 0,
            layers=sum(name.endswith("across.0.weight") for name in shape),
            fresh=shape["head.norm.weight"][0],
            head=shape["head.deep.weight"][0],
            detail=shape["head.detail.second.weight"][0] if "head.detail.second.weight" in shape else 0,
            bins=int(self.layout.sum()),
            values=int(self.coarse.sum()),
        )

    def _trunk(self) -> Iterator[Array]:
        yield from self._split("trunk.split")
        memories = 2 if self.sizes.song else 1
        for layer in range(self.sizes.layers):
            at = f"trunk.memories.{layer * memories}"
            yield from self._norm(f"{at}.norm")
            yield from self._gru(f"{at}.memory.cell")
            yield from self._linear(f"{at}.out")
            if self.sizes.song:
                at = f"trunk.memories.{layer * memories + 1}"
                yield from self._norm(f"{at}.norm")
                yield from self._both(f"{at}.summary")
                yield from self._gru(f"{at}.memory.cell")
                yield from self._linear(f"{at}.out")
                yield from self._linear(f"{at}.unfold")
            at = f"trunk.mixes.{layer}"
            yield from self._norm(f"{at}.norms.0")
            yield from self._both(f"{at}.across.0")
            yield from self._both(f"{at}.across.2")
            yield from self._norm(f"{at}.norms.1")
            yield from self._linear(f"{at}.within.0")
            yield from self._linear(f"{at}.within.2")
        yield from self._norm("trunk.norm")

    def _head(self) -> Iterator[Array]:
        yield from self._split("head.split")
        yield from self._norm("head.norm")
        yield from self._linear("head.mix")
        yield from self._linear("head.deep")
        yield from self._merge("head.merge")
        if self.sizes.detail:
            yield from self._detail("head.detail")

    def _pop(self, name: str) -> Array:
        return self._tensors.pop(name).astype(np.float32)

    def _both(self, name: str) -> Iterator[Array]:
        """Bias and weight as they are, which is outputs first."""
        yield self._pop(f"{name}.bias")
        yield self._pop(f"{name}.weight")

    def _linear(self, name: str) -> Iterator[Array]:
        bias, weight = self._both(name)
        yield bias
        yield weight.T

    def _norm(self, name: str) -> Iterator[Array]:
        yield self._pop(f"{name}.weight")
        yield self._pop(f"{name}.bias")

    def _gru(self, name: str) -> Iterator[Array]:
        for kind in ("ih", "hh"):
            yield self._pop(f"{name}.bias_{kind}_l0")
            yield self._pop(f"{name}.weight_{kind}_l0").T

    def _maps(self, name: str) -> list[tuple[Array, Array]]:
        """Biases (count, 1, O) and weights (count, I, O) of all groups of bands."""
        return [(bias, weight) for bias, weight in map(self._both, self._groups(name))]

    def _groups(self, name: str) -> list[str]:
        """The names of all groups of bands, from the lowest upwards: a file has the tenth before the second."""
        names = (f"{name}.maps.{index}" for index in count())
        return list(takewhile(lambda group: f"{group}.weight" in self._tensors, names))

    def _split(self, name: str) -> Iterator[Array]:
        maps = self._maps(name)
        yield from (bias for bias, _ in maps)
        yield from (weight for _, weight in maps)

    def _merge(self, name: str) -> Iterator[Array]:
        """The kernel wants all values of one output side by side."""
        outputs = 2 * self.sizes.stems
        for bias, weight in self._maps(name):
            for each in range(len(bias)):
                yield bias[each].reshape(-1, outputs).T
                yield weight[each].reshape(len(weight[each]), -1, outputs).transpose(0, 2, 1)

    def _detail(self, name: str) -> Iterator[Array]:
        yield from self._both(f"{name}.known")
        bias, first = self._both(f"{name}.first")
        # What the waves add never changes: it goes with the bias.
        waves = np.pad(cues.places(self.shared), ((0, 0), (1, 1)))
        windows = np.lib.stride_tricks.sliding_window_view(waves, 3, axis=1)  # (waves, values, 3)
        self.where = bias[:, None] + np.einsum("oik,igk->og", first[:, cues.FRESH : cues.FRESH + cues.WAVES], windows)
        yield _pairs(np.delete(first, np.s_[cues.FRESH : cues.FRESH + cues.WAVES], axis=1))
        bias, second = self._both(f"{name}.second")
        yield bias
        yield _pairs(second)
        yield from self._both(f"{name}.last")


def _pairs(weight: Array) -> Array:
    """(O, I, 3) for two outputs and two inputs at a time: (O / 2, I / 2, 2, 2, 3)."""
    outputs, inputs, taps = weight.shape
    return weight.reshape(outputs // 2, 2, inputs // 2, 2, taps).transpose(0, 2, 1, 3, 4)


def _line(parts: Iterator[Array]) -> Line:
    """All of them behind each other; in half precision, as the uint16 of its bits, if nothing is lost by it."""
    line = np.concatenate([np.ravel(part) for part in parts]).astype(np.float32)
    half = line.astype(np.float16)
    return half.view(np.uint16) if _widens_halves() and np.array_equal(half, line) else line


def _widens_halves() -> bool:
    """Whether this processor has an instruction for it. Without one LLVM would call a function that is not there."""
    if platform.machine() in ("arm64", "aarch64"):
        return True
    return bool(get_host_cpu_features().get("f16c"))
