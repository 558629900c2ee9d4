"""When a probe arrives in a recording: cross-correlation by FFT, weighted, its peak found between the samples.

The cross spectrum of recording and probe is weighted by a smooth, real, positive W(f). Whatever W is, a pure delay's
correlation stays symmetric about the delay, so the peak of the *continuous* correlation is where it belongs: W decides
how sharp it is and how much noise gets in, never where it stands. W whitens both sides (Carter's SCOT, 1973), so that no
filter's resonance outweighs the rest, and trusts each frequency in proportion to its signal-to-noise ratio up to
`TRUSTED` (as the maximum likelihood estimator of Knapp and Carter, IEEE ASSP 24, 1976, does throughout).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rtsep.lab.probe import Pattern, Probe
from rtsep.units import gain_to_db

Real = NDArray[np.float64]
Complex = NDArray[np.complex128]

TRUSTED = 100.0
"""Power ratio of signal to noise beyond which a frequency gets no more weight: 20 dB."""
NOISE_SMOOTHER = 5
"""Odd factor: the quiet lead-in is shorter than a segment, and says less of each frequency."""
LEAST_TRUST = 0.2
"""For frequencies where nothing but noise seems to be heard: the estimate of what is noise is only about that good."""
DEEPEST = 1e-6
"""Power of the least frequency that is heard at all, relative to the loop's best one: -60 dB."""
SMOOTH_HZ = 30.0
"""Width over which spectra are averaged for the weight."""
OVERSAMPLING = 4
NEGATIVE = 16
"""Frames before the probe's beginning that are looked at too: a delay of a fraction of a frame peaks between 0 and 1."""
NEAR = 256
"""Frames on either side of the peak that do not count as the floor."""
STEPS = 20
CONVERGED = 1e-9


@dataclass(frozen=True)
class Arrival:
    """One shot's peak. `ratio`: its height over the correlation's noise floor (standard deviation)."""

    delay: float
    inverted: bool
    gain_db: float
    ratio: float

    @property
    def confidence_db(self) -> float:
        """The ratio as a level, dB; chance alone reaches some 14 dB."""
        return gain_to_db(self.ratio)


@dataclass(frozen=True)
class Correlation:
    """A weighted cross spectrum, and the height of the peak that a loop of gain 1 has under the same weight."""

    spectrum: Complex
    unit: float

    def __add__(self, other: Correlation) -> Correlation:
        """Both shots together: what they have in common grows faster than noise does."""
        return Correlation(self.spectrum + other.spectrum, self.unit + other.unit)


class Listener:
    """Looks for one probe in segments of a recording, `quiet` being what is heard when nothing plays, (T,)."""

    def __init__(self, pattern: Pattern, quiet: Real) -> None:
        self._pattern = pattern
        self._segment = pattern.period
        self._size = 1 << (self._segment + pattern.probe.frames).bit_length()
        self._probe = pattern.gain * np.fft.rfft(pattern.probe.samples, self._size)
        self._band = _band(pattern.probe, self._size)
        self._width = 2 * max(1, round(SMOOTH_HZ * self._size / pattern.probe.sample_rate / 2)) + 1
        power = _smooth(np.abs(self._probe) ** 2, self._width)
        self._power = power + 1e-9 * power.max()
        self._noise = self._noise_power(quiet)

    def _noise_power(self, quiet: Real) -> Real:
        """What of the segment's power is noise, by frequency."""
        window = np.hanning(len(quiet))
        spectrum = np.abs(np.fft.rfft(quiet * window, self._size)) ** 2
        return _smooth(spectrum, NOISE_SMOOTHER * self._width) * self._segment / np.sum(window**2)

    def correlation(self, segment: Real) -> Correlation:
        """Of a segment, (T,), that begins where the probe began to play."""
        heard = np.fft.rfft(segment[: self._segment], self._size)
        power = _smooth(np.abs(heard) ** 2, self._width)
        transfer = np.where(self._band > 0.0, power / self._power, 0.0)
        loudest = float(transfer.max())
        if loudest <= 0.0:
            return Correlation(np.zeros_like(heard), 1.0)
        # Where a filter lets nothing through, its phase means nothing, however quiet the line is.
        noise = self._noise + DEEPEST * loudest * self._power
        ratio = np.maximum(power - noise, 0.0) / noise
        trust = np.maximum(ratio / (1.0 + ratio / TRUSTED), LEAST_TRUST)
        weight = self._band * trust / np.sqrt(self._power * (power + noise))
        unit = 2.0 * float(np.sum(weight * np.abs(self._probe) ** 2)) / self._size
        return Correlation(weight * heard * np.conj(self._probe), unit)

    def arrival(self, weighted: Correlation) -> Arrival | None:
        """The highest peak of a correlation, be it beyond the longest delay; None for digital silence."""
        spectrum = weighted.spectrum
        size = OVERSAMPLING * self._size
        # Only half of the oversampled spectrum is there; irfft fills the rest with zeros, which is interpolation.
        correlation = np.fft.irfft(spectrum, size) * OVERSAMPLING
        before = OVERSAMPLING * NEGATIVE
        window = np.concatenate([correlation[-before:], correlation[: OVERSAMPLING * (self._segment - NEGATIVE)]])
        height = np.abs(window)
        top = int(np.argmax(height))
        if height[top] <= 0.0:
            return None
        reach = OVERSAMPLING * NEAR
        heard = height[: before + OVERSAMPLING * self._pattern.longest]  # beyond, less and less of the probe fits in
        around = np.concatenate([heard[: max(0, top - reach)], heard[top + reach :]])
        # The median of a Gaussian's magnitude is 0.6745 of its deviation; a few echoes do not move it.
        floor = float(np.median(around)) / 0.6745 if len(around) else 0.0
        delay, peak = self._refine(spectrum, (top - before) / OVERSAMPLING)
        gain = gain_to_db(abs(peak) / weighted.unit)
        return Arrival(delay, peak < 0.0, gain, abs(peak) / max(floor, 1e-9 * abs(peak)))

    def _refine(self, spectrum: Complex, near: float) -> tuple[float, float]:
        """Where and how high the extremum next to `near` is: Newton's method on the sum of cosines itself."""
        omega = 2.0 * np.pi * np.arange(len(spectrum)) / self._size
        delay = near
        for _ in range(STEPS):
            turned = spectrum * np.exp(1j * omega * delay)
            slope = -float(np.sum(omega * turned.imag))
            bend = -float(np.sum(omega**2 * turned.real))
            step = -slope / bend if bend else 0.0
            delay += float(np.clip(step, -0.25, 0.25))
            if abs(step) < CONVERGED:
                break
        delay = float(np.clip(delay, near - 0.5, near + 0.5))
        return delay, 2.0 * float(np.sum((spectrum * np.exp(1j * omega * delay)).real)) / self._size


def _band(probe: Probe, size: int) -> Real:
    """1 within the probe's band, with soft edges: hard ones would ring about the peak and raise the floor."""
    frequency = np.fft.rfftfreq(size, 1.0 / probe.sample_rate)
    low = np.clip(frequency / probe.low_hz - 1.0, 0.0, 1.0)
    high = np.clip((probe.high_hz - frequency) / (0.1 * probe.high_hz), 0.0, 1.0)
    return np.sin(0.5 * np.pi * low) ** 2 * np.sin(0.5 * np.pi * high) ** 2


def _smooth(power: Real, width: int) -> Real:
    """Moving average over an odd `width` of bins."""
    half = width // 2
    total = np.concatenate([[0.0], np.cumsum(np.pad(power, half, mode="reflect"))])
    return np.maximum((total[width:] - total[:-width]) / width, 0.0)
