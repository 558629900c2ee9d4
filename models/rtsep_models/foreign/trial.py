"""Hears a loaded file before anybody else does: shapes, numbers, memory of the past, latency, cost, parameters."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep.spec import Parameter
from rtsep_models.foreign.api import Core
from rtsep_models.foreign.layout import Layout, play
from rtsep_models.foreign.report import Cost

LEVEL = 0.1
"""Of noise: -20 dBFS."""
IMPULSE = 0.5
LONGEST_DELAY_S = 1.5
SEARCHED = 1 << 16
"""Samples: no delay may be longer."""
CLEAR = 0.2
"""An echo is clear if one sample has so much of its energy, or noise so much correlation."""
COST_S, COST_HOPS = 0.5, 400
LEAST_HOPS, PATIENCE_S = 5, 5.0
SLOW_S, SLOW_HOPS = 1.0, 3
"""A hop that takes longer, as whole chunks may, is heard a few times only."""


class Trial:
    """Of cores that are prepared. Each step raises SeparatorError if the file may not play."""

    def __init__(self, cores: Sequence[Core], layout: Layout) -> None:
        self._cores, self._layout = cores, layout
        self._facts = cores[0].facts
        self._out = np.zeros((len(layout.stems), layout.channels, self._facts.hop), dtype=np.float32)
        self._random = np.random.default_rng(0)
        self._times: list[float] = []
        """Of hops while warming up, s."""

    def hop(self, mix: Audio) -> Audio:
        """One hop (C, T) to (S, C, T), checked; what the model raises passes as SeparatorError."""
        try:
            play(self._cores, mix, self._out)
        except SeparatorError:
            raise
        except Exception as error:
            if "allocate memory" in str(error):
                raise MemoryError from error
            raise SeparatorError(f"fails while playing: {brief(error)}") from error
        if not np.isfinite(self._out).all():
            raise SeparatorError("gives NaN or infinity, which nobody may hear; the file is wrong, export it again")
        return self._out

    def noise(self) -> Audio:
        """A hop of it."""
        shape = (self._layout.channels, self._facts.hop)
        return self._random.normal(0.0, LEVEL, shape).astype(np.float32)

    def reset(self) -> None:
        """All cores."""
        for core in self._cores:
            core.reset()

    def warm_up(self, hops: int) -> None:
        """Noise, silence, full scale: whatever may come."""
        for index in range(hops):
            if index >= (SLOW_HOPS if self.slow else LEAST_HOPS) and sum(self._times) > PATIENCE_S:
                break  # whole chunks take long
            scale = (1.0, 0.0, 10.0)[index % 3]
            begin = time.perf_counter()
            self.hop(scale * self.noise())
            self._times.append(time.perf_counter() - begin)
        self.reset()

    @property
    def slow(self) -> bool:
        """Whether hops take so long that a hundred more of them would try anybody's patience."""
        return sum(self._times) > SLOW_S * len(self._times) > 0

    def forgets(self) -> bool:
        """Whether after a reset it sounds as it did before."""
        hops = [self.noise() for _ in range(4)]
        runs = []
        for _ in range(2):
            self.reset()
            runs.append(np.concatenate([self.hop(hop).copy() for hop in hops], axis=-1))
        self.reset()
        return bool(np.allclose(*runs, atol=1e-4))

    def delay(self, sample_rate: int) -> int | None:
        """Samples by which its output lags, as an impulse shows it, or else noise; None if neither does clearly."""
        found = self._of_impulse(sample_rate)
        return self._of_noise(sample_rate) if found is None else found

    def _through(self, sound: Audio) -> Audio:
        """All stems and channels together, (T,), of (T,) in all channels."""
        hop = self._facts.hop
        self.reset()
        made = []
        for start in range(0, len(sound), hop):
            mix = np.tile(sound[start : start + hop], (self._layout.channels, 1))
            made.append(self.hop(mix).sum(axis=(0, 1)))
        self.reset()
        return np.concatenate(made)

    def _length(self, sample_rate: int) -> int:
        hop = self._facts.hop
        return -(-min(SEARCHED, round(LONGEST_DELAY_S * sample_rate)) // hop) * hop

    def _of_impulse(self, sample_rate: int) -> int | None:
        hop, length = self._facts.hop, self._length(sample_rate)
        silence = np.zeros(length + 4 * hop, dtype=np.float32)
        struck, place = silence.copy(), 2 * hop + hop // 3  # anywhere within a hop
        struck[place] = IMPULSE
        answer = (self._through(struck) - self._through(silence)).astype(np.float64)
        power = answer**2
        total = power.sum()
        if total < 1e-10:
            return None
        peak = int(power.argmax())
        return peak - place if power[peak] / total >= CLEAR and peak >= place else None

    def _of_noise(self, sample_rate: int) -> int | None:
        length = self._length(sample_rate)
        sound = self._random.normal(0.0, LEVEL, length).astype(np.float32)
        answer = self._through(np.concatenate([sound, np.zeros(length, dtype=np.float32)]))
        size = 4 * length
        crossed = np.fft.irfft(np.fft.rfft(answer, size) * np.conj(np.fft.rfft(sound, size)))[:length]
        norm = float(np.linalg.norm(sound) * np.linalg.norm(answer))
        lag = int(np.abs(crossed).argmax())
        return lag if norm > 0.0 and abs(crossed[lag]) / norm >= CLEAR else None

    def cost(self, sample_rate: int) -> Cost:
        """Of hops of noise, one after the other; of slow ones, of those of the warm-up."""
        times = [1e3 * seconds for seconds in self._times] if self.slow else []
        end = time.perf_counter() + COST_S
        while not self.slow and (len(times) < LEAST_HOPS or (len(times) < COST_HOPS and time.perf_counter() < end)):
            mix = self.noise()
            begin = time.perf_counter()
            self.hop(mix)
            times.append(1e3 * (time.perf_counter() - begin))
        self.reset()
        hop_ms = 1e3 * self._facts.hop / sample_rate
        return Cost(p50_ms=float(np.median(times)), p99_ms=float(np.percentile(times, 99)), hop_ms=hop_ms)

    def refused(self, parameters: Sequence[Parameter]) -> Iterator[tuple[Parameter, str]]:
        """Parameters whose limits the file does not bear, and why. Each is left at its default."""
        for parameter in parameters:
            try:
                for value in (parameter.minimum, parameter.maximum):
                    self._set(parameter, value)
                    self.hop(self.noise())
            except Exception as error:
                yield parameter, brief(error)
            finally:
                self.reset()
                try:
                    self._set(parameter, parameter.default)
                    self.hop(self.noise())
                except Exception as error:
                    raise SeparatorError(f"does not recover from {parameter.name!r}: {brief(error)}") from error
        self.reset()

    def _set(self, parameter: Parameter, value: float) -> None:
        for core in self._cores:
            core.set_parameter(parameter.name, value)


def brief(error: BaseException) -> str:
    """One line; TorchScript's tracebacks end with the reason."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[-1] if lines else type(error).__name__)[:300]


Doing = Callable[[str], None]
"""Told what comes next."""
