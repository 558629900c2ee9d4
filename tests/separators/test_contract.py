"""What every registered plugin must keep, at each of its sample rates; found by the registry, so new ones are tested too."""

from __future__ import annotations

import numpy as np
import pytest
from support import FLOAT32_SUM, complete_separators

from rtsep.separators.api import Audio, Separator
from rtsep.separators.registry import create

SILENCE = 1e-7
"""-140 dBFS: what silence may come out as."""
BOUND = 20.0
"""Stems may exceed the mix in peak, but not run away."""

CASES = [(name, rate) for name in complete_separators() for rate in create(name).spec.sample_rates]


def prepared(name: str, rate: int) -> Separator:
    separator = create(name)
    separator.prepare(rate)
    return separator


def feed(separator: Separator, signal: Audio) -> Audio:
    """(C, T) in whole hops to stems (S, C, T)."""
    spec = separator.spec
    out = np.full((len(spec.stems), spec.channels, spec.hop), np.nan, dtype=np.float32)
    parts = []
    for start in range(0, signal.shape[1] - spec.hop + 1, spec.hop):
        separator.process(np.ascontiguousarray(signal[:, start : start + spec.hop]), out)
        parts.append(out.copy())
    return np.concatenate(parts, axis=-1)


def hops(separator: Separator, count: int, seed: int = 0, level: float = 0.3) -> Audio:
    """Noise that swells and fades, (C, whole hops)."""
    spec = separator.spec
    length = count * spec.hop
    swell = np.sin(np.linspace(0, 6 * np.pi, length)) ** 2
    return (level * swell * np.random.default_rng(seed).uniform(-1, 1, (spec.channels, length))).astype(np.float32)


def after_delay(separator: Separator, seconds: float, rate: int) -> int:
    """Hops that cover the delay and `seconds` more."""
    spec = separator.spec
    return -(-(spec.delay + round(seconds * rate)) // spec.hop) + 2


@pytest.fixture
def plugin(name: str, rate: int) -> tuple[Separator, int]:
    """A prepared separator and its rate."""
    return prepared(name, rate), rate


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"name", "rate"} <= set(metafunc.fixturenames):
        metafunc.parametrize(("name", "rate"), CASES)


def test_spec_can_be_read_unprepared_and_names_itself(name: str, rate: int) -> None:
    separator = create(name)
    assert isinstance(separator, Separator)
    assert separator.spec.name == name
    assert all(rate > 0 for rate in separator.spec.sample_rates)
    assert all(stem and stem == stem.strip().lower() for stem in separator.spec.stems)
    knobs = [parameter.name for parameter in separator.spec.parameters]
    assert len(set(knobs)) == len(knobs)


def test_preparing_leaves_the_spec_as_it_was(name: str, rate: int) -> None:
    separator = create(name)
    before = separator.spec
    separator.prepare(rate)
    assert separator.spec == before


def test_every_hop_is_filled_and_finite(plugin: tuple[Separator, int]) -> None:
    separator, _ = plugin
    stems = feed(separator, hops(separator, 9))
    assert stems.shape == (len(separator.spec.stems), separator.spec.channels, 9 * separator.spec.hop)
    assert stems.dtype == np.float32
    assert np.isfinite(stems).all()


def test_an_impulse_arrives_after_the_declared_delay(plugin: tuple[Separator, int]) -> None:
    separator, rate = plugin
    if not separator.spec.exact_sum:
        pytest.skip("only stems that add up show an impulse whole")
    for at in (0, separator.spec.hop - 1, separator.spec.hop + 37 % separator.spec.hop):
        separator.reset()
        signal = np.zeros(
            (separator.spec.channels, after_delay(separator, 0.0, rate) * separator.spec.hop + at), np.float32
        )
        signal[:, at] = 1.0
        total = feed(separator, signal).sum(axis=0)
        assert np.abs(total[0]).argmax() == at + separator.spec.delay


def test_exact_sum_is_exact(plugin: tuple[Separator, int]) -> None:
    separator, rate = plugin
    if not separator.spec.exact_sum:
        pytest.skip("not declared")
    signal = hops(separator, after_delay(separator, 0.5, rate))
    total, delay = feed(separator, signal).sum(axis=0), separator.spec.delay
    np.testing.assert_allclose(total[:, delay:], signal[:, : signal.shape[1] - delay], atol=FLOAT32_SUM)
    np.testing.assert_allclose(total[:, :delay], 0.0, atol=FLOAT32_SUM)


def test_reset_equals_a_fresh_start_to_the_bit(name: str, rate: int) -> None:
    separator = prepared(name, rate)
    signal = hops(separator, after_delay(separator, 0.2, rate))
    first = feed(separator, signal)
    feed(separator, hops(separator, 13, seed=1, level=1.0))
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), first)
    np.testing.assert_array_equal(feed(prepared(name, rate), signal), first)


def test_two_instances_do_not_share_state(name: str, rate: int) -> None:
    alone, other = prepared(name, rate), prepared(name, rate)
    signal = hops(alone, 20)
    expected = feed(alone, signal)
    alone.reset()
    hop = alone.spec.hop
    interleaved = []
    for start in range(0, signal.shape[1], hop):
        interleaved.append(feed(alone, signal[:, start : start + hop]))
        feed(other, hops(other, 1, seed=start, level=1.0))
    np.testing.assert_array_equal(np.concatenate(interleaved, axis=-1), expected)


def test_silence_stays_silent(plugin: tuple[Separator, int]) -> None:
    separator, rate = plugin
    silence = np.zeros((separator.spec.channels, after_delay(separator, 0.3, rate) * separator.spec.hop), np.float32)
    assert np.abs(feed(separator, silence)).max() <= SILENCE


def test_sound_ends_when_its_input_has_ended(plugin: tuple[Separator, int]) -> None:
    separator, rate = plugin
    feed(separator, hops(separator, 50, level=1.0))
    silence = np.zeros((separator.spec.channels, after_delay(separator, 0.5, rate) * separator.spec.hop), np.float32)
    assert np.abs(feed(separator, silence)[:, :, -separator.spec.hop :]).max() <= SILENCE


NASTY = {
    "denormals": lambda shape: np.full(shape, 1e-41),
    "full-scale noise": lambda shape: np.random.default_rng(0).choice([-1.0, 1.0], shape),
    "beyond full scale": lambda shape: 8.0 * np.random.default_rng(0).uniform(-1, 1, shape),
    "DC": lambda shape: np.ones(shape),
    "square": lambda shape: np.broadcast_to(np.sign(np.sin(np.arange(shape[1]) * 0.1) + 1e-9), shape),
    "one channel": lambda shape: np.arange(shape[0])[:, None] * np.random.default_rng(0).uniform(-1, 1, shape[1]),
    "opposite phase": lambda shape: np.array([1, -1] * 4)[: shape[0], None] * np.sin(np.arange(shape[1]) * 0.3),
    "one sample": lambda shape: np.eye(*shape),
}


@pytest.mark.parametrize("kind", NASTY)
def test_nasty_input_gives_finite_bounded_stems(name: str, rate: int, kind: str) -> None:
    separator = prepared(name, rate)
    spec = separator.spec
    signal = NASTY[kind]((spec.channels, after_delay(separator, 0.25, rate) * spec.hop)).astype(np.float32)
    stems = feed(separator, signal)
    assert np.isfinite(stems).all()
    assert np.abs(stems).max() <= BOUND * max(1e-30, np.abs(signal).max())


def test_input_is_left_untouched(plugin: tuple[Separator, int]) -> None:
    separator, _ = plugin
    spec = separator.spec
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), np.float32)
    mix = hops(separator, 1, level=1.0)
    kept = mix.copy()
    mix.setflags(write=False)
    for _ in range(9):
        separator.process(mix, out)
    np.testing.assert_array_equal(mix, kept)


def test_parameters_take_their_whole_range(plugin: tuple[Separator, int]) -> None:
    separator, rate = plugin
    signal = hops(separator, after_delay(separator, 0.05, rate))
    first = feed(separator, signal)
    for parameter in separator.spec.parameters:
        for value in (parameter.minimum, parameter.maximum, parameter.default):
            separator.set_parameter(parameter.name, value)
            stems = feed(separator, signal)
            assert np.isfinite(stems).all(), (parameter.name, value)
            if separator.spec.exact_sum:
                delayed = signal[:, : signal.shape[1] - separator.spec.delay]
                total = stems.sum(axis=0)[:, separator.spec.delay :]
                np.testing.assert_allclose(total, delayed, atol=FLOAT32_SUM, err_msg=f"{parameter.name} {value}")
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), first)  # all back at their defaults


@pytest.mark.parametrize("future", [0.0, 1.0, np.nan])
def test_output_up_to_now_knows_nothing_of_the_future(name: str, rate: int, future: float) -> None:
    """Invariant 3. A separator is given whole hops, so its present is the hop: stems before that of sample t are the same
    whatever follows t, even NaN. What is delayed input, the sum of exact stems, is the same up to t + delay."""
    separator, other = prepared(name, rate), prepared(name, rate)
    spec = separator.spec
    signal = hops(separator, after_delay(separator, 0.1, rate))
    begin = signal.shape[1] // 2 // spec.hop * spec.hop
    change = begin + spec.hop // 3
    changed = signal.copy()
    changed[:, change:] = future
    expected = feed(separator, signal)
    with np.errstate(all="ignore"):
        got = feed(other, changed)
    np.testing.assert_array_equal(got[:, :, :begin], expected[:, :, :begin])
    if spec.exact_sum and np.isfinite(future):
        known = change + spec.delay
        np.testing.assert_allclose(got.sum(axis=0)[:, :known], expected.sum(axis=0)[:, :known], atol=FLOAT32_SUM)


@pytest.mark.slow
def test_twenty_seconds_of_noise_stay_bounded(name: str, rate: int) -> None:
    """Invariant 4, as seen from outside."""
    separator = prepared(name, rate)
    spec = separator.spec
    generator = np.random.default_rng(0)
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), np.float32)
    for _ in range(20 * rate // spec.hop):
        separator.process(generator.uniform(-1, 1, (spec.channels, spec.hop)).astype(np.float32), out)
        assert np.abs(out).max() <= BOUND
