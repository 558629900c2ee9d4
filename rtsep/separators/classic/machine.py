"""The machine behind `classic`: one hop in, four stems out.

mix -> mid, side -> frames of 2048 -> cues per bin -> soft masks -> last 256 samples -> overlap-add -> stems

Everything it knows about music stands in `cues` (what to look at) and `tuning` (how much it counts).
"""

from __future__ import annotations

import math

import numpy as np

from rtsep.separators.api import Audio
from rtsep.separators.classic.cues import Cues
from rtsep.separators.classic.masks import claims, share_out, weights_per_bin
from rtsep.separators.classic.separator import SENSITIVITIES, STEMS
from rtsep.separators.classic.stft import StreamingTransform

FRAME = 2048
LOG_POWER_PER_DB = math.log(10.0) / 10.0


class Machine:
    """Vocals, drums and bass by masks, `other` by subtraction. One thread."""

    def __init__(self, sample_rate: int, hop: int) -> None:
        """Allocate, and compile by running on noise."""
        self._hop = hop
        bins, bin_hz = FRAME // 2 + 1, sample_rate / FRAME
        self._transform = StreamingTransform(FRAME, hop, masked_stems=3)
        self._cues = Cues(bins, bin_hz)
        self._weights, self._biases = weights_per_bin(bins, bin_hz)
        self._claims = np.zeros((3, bins), dtype=np.float32)
        self._trim = np.zeros(3, dtype=np.float32)
        self._contrast = 1.0
        self._warm_up()

    def _warm_up(self) -> None:
        noise = np.random.default_rng(0).uniform(-0.1, 0.1, (2, self._hop)).astype(np.float32)
        out = np.zeros((len(STEMS), 2, self._hop), dtype=np.float32)
        for _ in range(2):
            self.process(noise, out)
        self.reset()

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop: look, judge, share out."""
        transform, cues = self._transform, self._cues
        transform.push(mix)
        cues.update(transform.spectra)
        claims(cues.values, self._weights, self._claims)
        share_out(transform.spectra, self._claims, self._biases, self._trim, self._contrast, transform.masked)
        transform.pull(out)

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._transform.reset()
        self._cues.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop."""
        if name == "contrast":
            self._contrast = float(value)
        else:
            self._trim[SENSITIVITIES.index(name)] = value * LOG_POWER_PER_DB
