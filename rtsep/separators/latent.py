"""`latent`: no network, but a latent space to play with. What a codec with partitions offers, on a transform that is exact.

    256 samples, sine window -> orthonormal DCT -> z: Z = 256 dimensions a hop -> each partition through the inverse DCT,
    sine window, overlap-add -> its stem

Partitions are bands of dimensions and are called like their stems. Dimension k swings k / 2 times in a frame: at 48 kHz
dimension k is around k * 93.75 Hz, so that `low` ends at 469 Hz and `mid` at 3.75 kHz.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rtsep.separators.api import Audio
from rtsep.separators.builtin import COMMON_RATES
from rtsep.separators.dims import Dims, dim_parameters
from rtsep.separators.windows import asymmetric_windows
from rtsep.spec import Parameter, SeparatorSpec

HOP = 128
FRAME = 2 * HOP
PARTITIONS = {"low": (0, 5), "mid": (5, 40), "high": (40, FRAME)}
"""First dimension and the one after the last; in their order all of them, each once."""
DIMENSIONS = 8
"""Of these each has controls of its own; they are the lowest."""
LARGEST = 16.0
"""Of a dimension: sqrt(FRAME), a full-scale square wave in step with it."""


def dct(size: int) -> NDArray[np.float32]:
    """The orthonormal DCT-II as a matrix, (Z, T) with Z = T = `size`; its transpose is its inverse.

    >>> matrix = dct(64)
    >>> bool(np.allclose(matrix @ matrix.T, np.eye(64), atol=1e-6))
    True
    """
    k, t = np.arange(size)[:, None], np.arange(size)[None, :]
    matrix = np.sqrt(2.0 / size) * np.cos(np.pi * k * (t + 0.5) / size)
    matrix[0] *= np.sqrt(0.5)
    return matrix.astype(np.float32)


def _parameters() -> tuple[Parameter, ...]:
    amounts = [Parameter(f"partition/{stem}/amount", "", 0.0, 2.0, 1.0) for stem in PARTITIONS]
    dims = [knob for k in range(DIMENSIONS) for knob in dim_parameters(k, scale=(0.0, 4.0), reach=LARGEST)]
    return (*amounts, *dims)


class Latent:
    """Bands by partitions of a latent.

    Parameters: `partition/STEM/amount` scales a partition, 0 is encoded silence; `dim/K/...` as in `Dims`. Amounts come
    after that.
    The sum is exact at the defaults only, for what the latent loses is meant to be gone: so none is promised.
    `scope` has these dimensions, the mean of the channels.
    """

    spec = SeparatorSpec(
        "latent", tuple(PARTITIONS), 2, COMMON_RATES, HOP, FRAME - HOP, exact_sum=False, parameters=_parameters()
    )

    def prepare(self, sample_rate: int) -> None:
        """Lay out transform and windows. Raises SeparatorError if the sample rate is not one of the spec's."""
        self.spec.check_rate(sample_rate)
        self._matrix = dct(FRAME)
        self._analysis, self._synthesis = asymmetric_windows(FRAME, HOP)
        self._past = np.zeros((self.spec.channels, FRAME), dtype=np.float32)
        self._tails = np.zeros((len(self.spec.stems), self.spec.channels, FRAME - HOP), dtype=np.float32)
        self._amounts = dict.fromkeys(PARTITIONS, 1.0)
        self._dims = Dims(DIMENSIONS)
        self.scope = self._dims.scope

    def encode(self, frame: Audio) -> Audio:
        """A frame (C, T) as a latent (C, Z)."""
        return np.matmul(frame * self._analysis, self._matrix.T, dtype=np.float32)

    def decode(self, z: Audio, stem: str) -> Audio:
        """What one partition of a latent (C, Z) sounds like: a frame (C, T), windowed for the overlap-add."""
        first, end = PARTITIONS[stem]
        windowed = self._matrix[first:end] * self._synthesis
        return np.matmul(self._amounts[stem] * z[:, first:end], windowed, dtype=np.float32)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        self._past[:, :-HOP] = self._past[:, HOP:]
        self._past[:, -HOP:] = mix
        z = self.encode(self._past)
        z[:, :DIMENSIONS] = self._dims.play(z[:, :DIMENSIONS])
        for stem, name in enumerate(PARTITIONS):
            frame = self.decode(z, name)
            out[stem] = self._tails[stem] + frame[:, :HOP]
            self._tails[stem] = frame[:, HOP:]

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._past[:] = 0.0
        self._tails[:] = 0.0
        self.scope[:] = 0.0

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop, smoothly: frames overlap."""
        kind, which, _ = name.split("/")
        if kind == "partition":
            self._amounts[which] = value
        else:
            self._dims.set_parameter(name, value)
