"""The adapter that runs a separator at a rate it was not made for."""

from __future__ import annotations

import numpy as np
import pytest
import soxr
from support import FLOAT32_SUM, noise

from rtsep.errors import SeparatorError
from rtsep.separators.builtin import Delay, Passthrough
from rtsep.separators.resample import Resampled, adapt, nearest_rate

PAIRS = [
    (48000, 44100),
    (44100, 48000),
    (96000, 48000),
    (88200, 44100),
    (32000, 44100),
    (192000, 48000),
    (22050, 48000),
]
"""Device's rate, separator's rate."""
BAND = 0.4
"""Of the lower rate: where resampling must not take anything away."""


def run(separator: Resampled, signal: np.ndarray) -> np.ndarray:
    """(C, T) in whole hops to (S, C, T)."""
    spec = separator.spec
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), dtype=np.float32)
    parts = []
    for start in range(0, signal.shape[1] - spec.hop + 1, spec.hop):
        separator.process(signal[:, start : start + spec.hop], out)
        parts.append(out.copy())
    return np.concatenate(parts, axis=-1)


def resampled(device: int, inner: int, hop: int = 128, delay: int = 100) -> Resampled:
    made = adapt(Delay(hop, delay, rates=(inner,)), device)
    assert isinstance(made, Resampled)
    made.prepare(device)
    return made


def test_a_separator_at_its_own_rate_is_not_wrapped() -> None:
    separator = Passthrough()
    assert adapt(separator, 48000) is separator


@pytest.mark.parametrize(("device", "inner"), PAIRS)
@pytest.mark.parametrize(("hop", "delay"), [(128, 100), (63, 0), (441, 65)])
def test_stems_arrive_after_the_declared_delay(device: int, inner: int, hop: int, delay: int) -> None:
    """Each stem, not only their sum: a band-limited click through both resamplers."""
    separator = resampled(device, inner, hop, delay)
    at, width = 3000, 60.0 * max(1.0, device / inner)
    time = np.arange(4 * separator.spec.delay + 12000) - at
    click = np.exp(-0.5 * (time / width) ** 2)
    stems = run(separator, np.stack([click, click]).astype(np.float32))
    for stem in stems:
        weights = np.abs(stem[0].astype(np.float64))
        centre = (weights * np.arange(len(weights))).sum() / weights.sum()
        assert abs(centre - at - separator.spec.delay) <= 1.0


@pytest.mark.parametrize(("device", "inner"), PAIRS)
def test_stems_add_up_exactly_in_spite_of_resampling(device: int, inner: int) -> None:
    separator = resampled(device, inner)
    signal = noise(separator.spec.hop * 300).T
    total = run(separator, signal).sum(axis=0)
    delay = separator.spec.delay
    np.testing.assert_allclose(total[:, delay:], signal[:, : total.shape[1] - delay], atol=FLOAT32_SUM)
    np.testing.assert_allclose(total[:, :delay], 0.0, atol=FLOAT32_SUM)


@pytest.mark.parametrize(("device", "inner"), PAIRS)
def test_what_lies_within_the_band_keeps_its_level(device: int, inner: int) -> None:
    separator = resampled(device, inner)
    time_s = np.arange(separator.spec.hop * 400) / device
    signal = np.sin(2 * np.pi * BAND * min(device, inner) * 0.5 * time_s)
    stems = run(separator, np.stack([signal, signal]).astype(np.float32))[:, :, -separator.spec.hop * 100 :]
    rms = np.sqrt(np.mean(np.square(stems, dtype=np.float64), axis=(1, 2)))
    np.testing.assert_allclose(rms, 0.25 / np.sqrt(2), rtol=0.01)


@pytest.mark.parametrize(("device", "inner"), PAIRS[:3])
def test_reset_reproduces_the_output_to_the_bit(device: int, inner: int) -> None:
    separator = resampled(device, inner)
    signal = noise(separator.spec.hop * 60).T
    first = run(separator, signal)
    run(separator, noise(separator.spec.hop * 17, seed=5).T)
    separator.reset()
    np.testing.assert_array_equal(run(separator, signal), first)


@pytest.mark.parametrize(("device", "inner"), PAIRS)
@pytest.mark.parametrize("hop", [63, 128, 1000])
def test_queues_stay_bounded_and_never_run_dry(device: int, inner: int, hop: int) -> None:
    """As long as the rehearsal and more."""
    separator = resampled(device, inner, hop)
    spec = separator.spec
    mix = np.zeros((2, spec.hop), np.float32)
    out = np.zeros((4, 2, spec.hop), np.float32)
    longest, shortest = 0, 1 << 30
    for _ in range(min(6_000, 5 * device // spec.hop)):
        separator.process(mix, out)
        longest = max(longest, separator._incoming.length, separator._outgoing.length)
        shortest = min(shortest, separator._outgoing.length)
    assert shortest >= 0
    assert longest <= 4 * (spec.hop + hop) + 8192


def spare_frames(separator: Resampled, duration_s: float) -> int:
    """The least that the output queue ever held after a hop."""
    spec = separator.spec
    mix, out = np.zeros((2, spec.hop), np.float32), np.zeros((4, 2, spec.hop), np.float32)
    least = 1 << 30
    for _ in range(round(duration_s * spec.sample_rates[0] / spec.hop)):
        separator.process(mix, out)
        least = min(least, separator._outgoing.length)
    return least


@pytest.mark.parametrize(("device", "inner", "hop"), [(96000, 48000, 128), (88200, 44100, 63), (48000, 44100, 147)])
def test_fill_is_as_little_as_never_runs_dry(device: int, inner: int, hop: int) -> None:
    """One frame less and some hop would come up short."""
    assert spare_frames(resampled(device, inner, hop), 10.0) == 0


@pytest.mark.parametrize(("device", "inner", "hop"), [(48000, 44100, 256), (44100, 48000, 256), (32000, 44100, 1000)])
def test_hops_that_drift_against_one_another_never_run_dry(device: int, inner: int, hop: int) -> None:
    """139 frames at 48 kHz are not quite 128 at 44.1: a minute until the phases come round, and the fill lasts through all."""
    assert 0 <= spare_frames(resampled(device, inner, hop), 75.0) <= 32


def test_parameters_are_passed_on() -> None:
    separator = resampled(48000, 44100)
    separator.set_parameter("vocals", 1.0)
    for name in ("drums", "bass"):
        separator.set_parameter(name, 0.0)
    stems = run(separator, noise(separator.spec.hop * 200).T)
    assert np.abs(stems[0]).max() > 0.1
    assert not stems[1:3].any()


@pytest.mark.parametrize(
    ("rates", "device", "expected"),
    [
        ((44100, 48000), 96000, 48000),
        ((44100, 48000), 88200, 44100),
        ((44100, 48000), 22050, 44100),
        ((44100,), 48000, 44100),
        ((44100, 48000), 192000, 48000),
        ((24000, 44100), 48000, 44100),
        ((24000, 48000), 44100, 48000),
        ((16000, 22050), 48000, 22050),
        ((22050, 44100), 32000, 44100),
        ((44100, 96000), 48000, 96000),
    ],
)
def test_the_simplest_ratio_that_keeps_what_is_heard_is_chosen(
    rates: tuple[int, ...], device: int, expected: int
) -> None:
    assert nearest_rate(rates, device) == expected


def test_an_absurd_ratio_is_refused() -> None:
    with pytest.raises(SeparatorError, match="no simple ratio"):
        adapt(Delay(rates=(44100,)), 48001)


@pytest.mark.parametrize(("hop", "delay", "words"), [(1 << 18, 100, "hop is 285327"), (128, 1 << 16, "delay is 7")])
def test_a_hop_or_delay_too_long_once_resampled_names_the_rates(hop: int, delay: int, words: str) -> None:
    with pytest.raises(SeparatorError, match=rf"{words}.*from 44100 Hz to the device's 48000 Hz; run.*\(44100,\)"):
        adapt(Delay(hop, delay, rates=(44100,)), 48000)


def test_a_resampler_that_needs_no_fill_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """soxr always comes late; this resampler, by halves, never does."""

    class Prompt:
        def __init__(self, rate_in: int, rate_out: int, *rest: object, **more: object) -> None:
            self._down = rate_in > rate_out

        def resample_chunk(self, samples: np.ndarray) -> np.ndarray:
            return samples[::2] if self._down else samples.repeat(2, axis=0)

    monkeypatch.setattr(soxr, "ResampleStream", Prompt)
    separator = resampled(96000, 48000, delay=100)
    assert (separator.resampling, separator.spec.delay) == (0, 200)
    signal = noise(separator.spec.hop * 20).T
    total = run(separator, signal).sum(axis=0)
    np.testing.assert_allclose(total[:, 200:], signal[:, :-200], atol=FLOAT32_SUM)


def test_resampling_is_named_in_the_delay() -> None:
    separator = resampled(48000, 44100)
    assert separator.spec.delay - separator.resampling == pytest.approx(100 * 48000 / 44100, abs=1)
    assert separator.spec.sample_rates == (48000,)
    assert separator.spec.hop == round(128 * 48000 / 44100)
