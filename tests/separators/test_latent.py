"""The small latent: its partitions, its dimensions, and what their controls do."""

from __future__ import annotations

import numpy as np
import pytest
from support import FLOAT32_SUM, RATE, noise

from rtsep.separators.api import Audio
from rtsep.separators.latent import DIMENSIONS, FRAME, HOP, LARGEST, PARTITIONS, Latent, dct

SPEC = Latent.spec
HOPS = 40


@pytest.fixture
def latent() -> Latent:
    made = Latent()
    made.prepare(RATE)
    return made


def feed(latent: Latent, signal: Audio) -> Audio:
    """(C, T) to stems (S, C, T)."""
    out = np.empty((len(SPEC.stems), SPEC.channels, HOP), np.float32)
    parts = []
    for start in range(0, signal.shape[1], HOP):
        latent.process(signal[:, start : start + HOP], out)
        parts.append(out.copy())
    return np.concatenate(parts, axis=-1)


def signal(seed: int = 0) -> Audio:
    return np.ascontiguousarray(noise(HOPS * HOP, seed=seed).T)


def steady(k: int, value: float) -> Audio:
    """What a dimension sounds like that is held at `value`, one hop long and repeated: the overlap of its frames."""
    analysis = np.sin(np.pi * (np.arange(FRAME) + 0.5) / FRAME)
    frame = value * dct(FRAME)[k] * analysis
    return frame[:HOP] + frame[HOP:]


def test_partitions_are_disjoint_and_complete() -> None:
    dims = [k for first, end in PARTITIONS.values() for k in range(first, end)]
    assert dims == list(range(FRAME))
    assert tuple(PARTITIONS) == SPEC.stems


def test_at_its_defaults_the_stems_add_up_to_the_delayed_input(latent: Latent) -> None:
    mix = signal()
    total = feed(latent, mix).sum(axis=0)
    np.testing.assert_allclose(total[:, SPEC.delay :], mix[:, : -SPEC.delay], atol=FLOAT32_SUM)


def test_no_sum_is_promised_for_a_partition_can_be_taken_away() -> None:
    assert not SPEC.exact_sum


@pytest.mark.parametrize("stem", SPEC.stems)
def test_a_partition_without_amount_is_silent_and_the_others_are_as_they_were(latent: Latent, stem: str) -> None:
    before = feed(latent, signal())
    latent.reset()
    latent.set_parameter(f"partition/{stem}/amount", 0.0)
    after = feed(latent, signal())
    gone = SPEC.stems.index(stem)
    assert not after[gone].any()
    rest = [s for s in range(len(SPEC.stems)) if s != gone]
    np.testing.assert_array_equal(after[rest], before[rest])


@pytest.mark.parametrize("stem", SPEC.stems)
def test_amount_is_a_factor(latent: Latent, stem: str) -> None:
    before = feed(latent, signal())
    latent.reset()
    latent.set_parameter(f"partition/{stem}/amount", 2.0)
    after, place = feed(latent, signal()), SPEC.stems.index(stem)
    np.testing.assert_allclose(after[place], 2.0 * before[place], atol=FLOAT32_SUM)


def test_a_tone_goes_to_the_partition_of_its_frequency(latent: Latent) -> None:
    for frequency_hz, stem in ((100.0, "low"), (1500.0, "mid"), (9000.0, "high")):
        latent.reset()
        tone = 0.5 * np.sin(2 * np.pi * frequency_hz * np.arange(HOPS * HOP) / RATE)
        power = np.square(feed(latent, np.tile(tone, (2, 1)).astype(np.float32))).sum(axis=(1, 2))
        assert power[SPEC.stems.index(stem)] > 0.9 * power.sum()


@pytest.mark.parametrize("k", range(DIMENSIONS))
def test_a_dimension_that_is_held_is_what_it_is_set_to_whatever_comes_in(latent: Latent, k: int) -> None:
    for other in range(DIMENSIONS):
        latent.set_parameter(f"dim/{other}/scale", 0.0)
    stem = next(name for name, (first, end) in PARTITIONS.items() if first <= k < end)
    silent = np.zeros((2, HOPS * HOP), np.float32)
    latent.set_parameter(f"dim/{k}/set", 2.0)
    assert not feed(latent, silent).any()  # not held yet
    latent.set_parameter(f"dim/{k}/hold", 1.0)
    held = feed(latent, silent)[SPEC.stems.index(stem)][:, 2 * HOP :]
    np.testing.assert_allclose(held, np.tile(steady(k, 2.0), (2, HOPS - 2)), atol=FLOAT32_SUM)
    latent.set_parameter(f"dim/{k}/hold", 0.0)
    assert not feed(latent, silent)[:, :, 2 * HOP :].any()


def test_a_dimension_let_go_is_as_if_it_had_never_been_held(latent: Latent) -> None:
    before = feed(latent, signal())
    latent.set_parameter("dim/3/set", 5.0)
    latent.set_parameter("dim/3/hold", 1.0)
    assert not np.array_equal(feed(latent, signal()), before)
    latent.set_parameter("dim/3/hold", 0.0)
    latent.reset()
    np.testing.assert_array_equal(feed(latent, signal()), before)


def test_offset_is_added_after_scale(latent: Latent) -> None:
    for other in range(DIMENSIONS):
        latent.set_parameter(f"dim/{other}/scale", 0.0)
    latent.set_parameter("dim/2/offset", 1.5)
    low = feed(latent, signal())[SPEC.stems.index("low")][:, 2 * HOP :]
    np.testing.assert_allclose(low, np.tile(steady(2, 1.5), (2, HOPS - 2)), atol=FLOAT32_SUM)


def test_scale_is_a_factor_on_its_dimension_alone(latent: Latent) -> None:
    mix = signal()
    frame = mix[:, :FRAME]
    z = latent.encode(frame)
    latent.set_parameter("dim/1/scale", 3.0)
    out = np.empty((3, 2, HOP), np.float32)
    latent.process(mix[:, :HOP], out)
    latent.process(mix[:, HOP:FRAME], out)
    second = latent._tails[0] / latent._synthesis[HOP:]
    expected = z.copy()
    expected[:, 1] *= 3.0
    first, end = PARTITIONS["low"]
    np.testing.assert_allclose(second, (expected[:, first:end] @ dct(FRAME)[first:end])[:, HOP:], atol=1e-3)


def test_the_latent_keeps_the_energy_of_its_frame(latent: Latent) -> None:
    frame = signal()[:, :FRAME]
    windowed = frame * np.sin(np.pi * (np.arange(FRAME) + 0.5) / FRAME)
    np.testing.assert_allclose(np.square(latent.encode(frame)).sum(), np.square(windowed).sum(), rtol=1e-5)


def test_at_its_defaults_the_scope_shows_dimensions_played_as_they_were_encoded(latent: Latent) -> None:
    mix = signal()
    feed(latent, mix)
    expected = latent.encode(mix[:, -FRAME:])[:, :DIMENSIONS].mean(axis=0)
    np.testing.assert_allclose(latent.scope, [expected, expected], atol=FLOAT32_SUM)


def test_the_scope_shows_what_is_scaled_offset_and_held(latent: Latent) -> None:
    for name, value in (("1/scale", 2.0), ("2/offset", 1.5), ("3/set", -4.0), ("3/hold", 1.0)):
        latent.set_parameter(f"dim/{name}", value)
    feed(latent, signal())
    encoded, played = latent.scope
    expected = encoded.copy()
    expected[1:4] = 2.0 * encoded[1], encoded[2] + 1.5, -4.0
    assert np.abs(encoded).min() > 0.0
    np.testing.assert_allclose(played, expected, atol=FLOAT32_SUM)
    latent.reset()
    assert not latent.scope.any()


def test_a_full_scale_dimension_is_within_its_range(latent: Latent) -> None:
    for k in range(DIMENSIONS):
        loudest = np.sign(dct(FRAME)[k])[None].repeat(2, axis=0).astype(np.float32)
        assert np.abs(latent.encode(loudest)[:, k]).max() <= LARGEST
