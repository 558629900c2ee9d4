"""Runs a separator at a rate its weights were not made for: streaming soxr in, the separator, streaming soxr out.

Delays, all in frames at the device's rate: soxr's output is aligned with its input but comes late and in bursts, so
queues are filled with silence ahead of the stream, by as little as never lets them run dry. That fill is found by
running the very resamplers, not estimated: together over their common pattern if a hop at the device's rate is exactly
one of the separator's, else, since the two drift through all phases for a minute or more before they repeat, each for
itself, and the worst of all phases is taken. The separator's own delay is padded to a whole number of device frames,
so that the stems still add up to the delayed input: what resampling takes away (above the lower Nyquist frequency)
goes to the residual stem.
"""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import soxr

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio, Separator

QUALITY = "LQ"
"""soxr's low quality (16 bit): 12 ms at 44.1 <-> 48 kHz. High quality costs 40 ms there; the cubic one, 2.5 ms, aliases."""
REHEARSAL_S = 4.0
REHEARSAL_HOPS = 24
"""At least, where hops are long."""
AUDIBLE_RATE = 44100
"""Enough for all that is heard, Hz."""
LONG_HOP = 4096
"""Frames; so long that waiting for another one matters more than what resamplers hold back."""
LAG_FRAMES = 1 << 14
"""Fed frame by frame to find how late a resampler can be; its bursts come every 500 to 1000 frames."""


def adapt(separator: Separator, sample_rate: int) -> Separator:
    """`separator` itself if it runs at `sample_rate`, else wrapped in resamplers. Not prepared yet."""
    if sample_rate in separator.spec.sample_rates:
        return separator
    return Resampled(separator, sample_rate)


def nearest_rate(rates: tuple[int, ...], sample_rate: int) -> int:
    """The separator's rate with the simplest ratio that loses no audible band, else the highest one.

    >>> nearest_rate((44100, 48000), 96000), nearest_rate((44100, 48000), 32000), nearest_rate((24000, 44100), 48000)
    (48000, 48000, 44100)
    """
    enough = min(sample_rate, max(rates), AUDIBLE_RATE)

    def cost(rate: int) -> tuple[bool, int]:
        ratio = Fraction(rate, sample_rate)
        return rate < enough, ratio.numerator * ratio.denominator

    return min(rates, key=cost)


class _Queue:
    """Samples waiting, (rows, T); a fixed buffer."""

    def __init__(self, rows: int, capacity: int) -> None:
        self._data = np.zeros((rows, capacity), dtype=np.float32)
        self.length = 0

    def push(self, samples: Audio) -> None:
        """Append (rows, n)."""
        self._data[:, self.length : self.length + samples.shape[1]] = samples
        self.length += samples.shape[1]

    def pop(self, count: int) -> Audio:
        """Take the first (rows, count)."""
        first = self._data[:, :count].copy()
        self._data[:, : self.length - count] = self._data[:, count : self.length]
        self.length -= count
        return first


class Resampled:
    """A separator behind a pair of resamplers. `spec` speaks of the device's rate; `resampling` is its share of the delay."""

    def __init__(self, inner: Separator, sample_rate: int) -> None:
        """Rehearses to find the delays: takes some milliseconds.

        Raises SeparatorError if the ratio is absurd, or hop or delay come out longer than a separator's may be.
        """
        self._inner = inner
        self._rate = sample_rate
        self._inner_rate = nearest_rate(inner.spec.sample_rates, sample_rate)
        ratio = Fraction(sample_rate, self._inner_rate)
        if max(ratio.numerator, ratio.denominator) > 2000:
            raise SeparatorError(
                f"{sample_rate} Hz stands in no simple ratio to {self._inner_rate} Hz of {inner.spec.name!r}; "
                f"run the device at one of {inner.spec.sample_rates}"
            )
        self._hop = max(1, round(inner.spec.hop * ratio))
        # The inner delay plus padding is a whole number of frames at both rates.
        self._padding = -inner.spec.delay % ratio.denominator
        self._find_fill()
        if self._hop >= LONG_HOP and self._hop == inner.spec.hop * ratio:
            self._meet_hop(ratio)
        whole = (inner.spec.delay + self._padding) * ratio
        self.resampling = int(whole) - math.ceil(inner.spec.delay * ratio) + self._fill
        try:
            self.spec = replace(inner.spec, sample_rates=(sample_rate,), hop=self._hop, delay=int(whole) + self._fill)
        except SeparatorError as error:
            limit = str(error).partition(";")[0]
            raise SeparatorError(
                f"{limit} when resampled from {self._inner_rate} Hz to the device's {sample_rate} Hz; "
                f"run the device at one of {inner.spec.sample_rates}"
            ) from None
        self._start()

    def _find_fill(self) -> None:
        self._fill = 0
        self._build()
        self._fill = self._rehearse()

    def _meet_hop(self, ratio: Fraction) -> None:
        """Pad until the separator's hop is whole when the device's is, if that is quicker: else the few samples that the
        resampler still holds back keep all of a long hop waiting for the next."""
        padding, fill = self._padding, self._fill
        lacking = max(0, math.ceil(_latest(self._rate, self._inner_rate)) - padding)
        self._padding += ratio.denominator * math.ceil(lacking / ratio.denominator)
        self._find_fill()
        if (self._padding - padding) * ratio + self._fill >= fill:
            self._padding, self._fill = padding, fill

    def _start(self) -> None:
        """As if nothing had been heard yet."""
        self._build()
        self._line = np.zeros((self.spec.channels, self.spec.delay + self._hop), dtype=np.float32)

    def _build(self) -> None:
        """Fresh resamplers and queues."""
        spec = self._inner.spec
        rows = len(spec.stems) * spec.channels
        room = 8 * (self._hop + spec.hop) + 16384
        self._down = soxr.ResampleStream(self._rate, self._inner_rate, spec.channels, dtype="float32", quality=QUALITY)
        self._up = soxr.ResampleStream(self._inner_rate, self._rate, rows, dtype="float32", quality=QUALITY)
        self._incoming = _Queue(spec.channels, room)
        self._outgoing = _Queue(rows, room)
        self._incoming.push(np.zeros((spec.channels, self._padding), dtype=np.float32))
        self._outgoing.push(np.zeros((rows, self._fill), dtype=np.float32))
        self._mix = np.zeros((spec.channels, spec.hop), dtype=np.float32)
        self._stems = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)

    def _rehearse(self) -> int:
        """How far the output queue falls behind at worst, frames."""
        ratio = Fraction(self._inner_rate, self._rate)
        if self._hop * ratio != self._inner.spec.hop:
            return self._worst_of_all_phases(ratio)
        rows = len(self._inner.spec.stems) * self._inner.spec.channels
        silent_in = np.zeros((self._inner.spec.channels, self._hop), dtype=np.float32)
        silent_out = np.zeros((self._inner.spec.hop, rows), dtype=np.float32)
        produced = worst = 0
        for hop in range(1, max(REHEARSAL_HOPS, math.ceil(REHEARSAL_S * self._rate / self._hop))):
            self._incoming.push(self._down.resample_chunk(np.ascontiguousarray(silent_in.T)).T)
            while self._incoming.length >= self._inner.spec.hop:
                self._incoming.pop(self._inner.spec.hop)
                produced += len(self._up.resample_chunk(silent_out))
            worst = max(worst, hop * self._hop - produced)
        return worst

    def _worst_of_all_phases(self, ratio: Fraction) -> int:
        """The same when hops drift: both resamplers at their latest, and one sample short of another hop in between."""
        down = _latest(self._rate, self._inner_rate)
        up = _latest(self._inner_rate, self._rate)
        waiting = self._inner.spec.hop - 1 - self._padding
        return max(0, math.ceil((down + waiting) / ratio + up))

    @property
    def runtime(self) -> str:
        """What the separator computes with."""
        return getattr(self._inner, "runtime", "")

    @property
    def memory_limit(self) -> int | None:
        """The separator's, if it has one."""
        return getattr(self._inner, "memory_limit", None)

    @property
    def scope(self) -> Audio | None:
        """The separator's, if it has one: of its own last hop."""
        return getattr(self._inner, "scope", None)

    def prepare(self, sample_rate: int) -> None:
        """Prepare the separator at its own rate."""
        self._inner.prepare(self._inner_rate)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop at the device's rate; runs the separator no, one or several times."""
        spec = self._inner.spec
        self._incoming.push(self._down.resample_chunk(np.ascontiguousarray(mix.T)).T)
        while self._incoming.length >= spec.hop:
            self._mix[:] = self._incoming.pop(spec.hop)
            self._inner.process(self._mix, self._stems)
            flat = self._stems.reshape(-1, spec.hop)
            self._outgoing.push(self._up.resample_chunk(np.ascontiguousarray(flat.T)).T)
        out[:] = self._outgoing.pop(self._hop).reshape(out.shape)
        self._line[:, : -self._hop] = self._line[:, self._hop :]
        self._line[:, -self._hop :] = mix
        if spec.exact_sum:
            out[-1] = self._line[:, : self._hop] - out[:-1].sum(axis=0)

    def reset(self) -> None:
        """Forget the past, in the resamplers too."""
        self._inner.reset()
        self._start()

    def set_parameter(self, name: str, value: float) -> None:
        """Passed on."""
        self._inner.set_parameter(name, value)


def _latest(rate_in: int, rate_out: int) -> Fraction:
    """The most by which a resampler's output trails its input, in samples at `rate_out`."""
    resampler = soxr.ResampleStream(rate_in, rate_out, 1, dtype="float32", quality=QUALITY)
    sample = np.zeros(1, dtype=np.float32)
    ratio = Fraction(rate_out, rate_in)
    produced, latest = 0, Fraction(0)
    for count in range(1, LAG_FRAMES + 1):
        produced += len(resampler.resample_chunk(sample))
        latest = max(latest, count * ratio - produced)
    return latest
