"""The stream around a chunk model: where its sound arrives, what it adds up to, how neighbours meet."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import FLOAT32_SUM

from rtsep.errors import SeparatorError
from rtsep.host.offline import OfflineHost, separate
from rtsep.separators.api import Audio
from rtsep_models.chunked.api import ChunkGeometry
from rtsep_models.chunked.host import ChunkedSeparator, rising

RATE = 44100
SMALL = ChunkGeometry(past=300, hop=97, fade=31, ahead=64)


class Halves:
    """A third of the mix in the first stem, in `other` whatever; it counts the chunks that it is asked."""

    name, stems, channels, sample_rate = "halves", ("vocals", "other"), 2, RATE

    def __init__(self, geometry: ChunkGeometry = SMALL, rows: int = 2) -> None:
        self.geometry = geometry
        self.rows = rows
        self.chunks: list[Audio] = []

    def load(self) -> None:
        """Nothing to load."""

    def separate(self, mix: Audio) -> Audio:
        self.chunks.append(mix)
        return np.stack([mix / 3, np.full_like(mix, 7.0)][: self.rows])


class Index(Halves):
    """The first stem tells which chunk it is from: 1, 2, 3."""

    def separate(self, mix: Audio) -> Audio:
        super().separate(mix)
        return np.full((2, *mix.shape), float(len(self.chunks) - 1), dtype=np.float32)


class Imagining(Halves):
    """Hears things where there is nothing."""

    def separate(self, mix: Audio) -> Audio:
        return np.ones((2, *mix.shape), dtype=np.float32)


def prepared(model: Halves) -> ChunkedSeparator:
    separator = ChunkedSeparator(model)
    separator.prepare(RATE)
    return separator


def feed(separator: ChunkedSeparator, signal: Audio) -> Audio:
    hop, parts = separator.spec.hop, []
    for start in range(0, signal.shape[1] - hop + 1, hop):
        out = np.full((len(separator.spec.stems), 2, hop), np.nan, dtype=np.float32)
        separator.process(signal[:, start : start + hop], out)
        parts.append(out)
    return np.concatenate(parts, axis=-1)


def noise(length: int) -> Audio:
    return np.random.default_rng(0).uniform(-1, 1, (2, length)).astype(np.float32)


geometries = st.integers(1, 400).flatmap(
    lambda hop: st.builds(
        ChunkGeometry, past=st.integers(0, 500), hop=st.just(hop), fade=st.integers(0, hop), ahead=st.integers(0, 700)
    )
)


@settings(max_examples=60, deadline=None)
@given(geometry=geometries, at=st.integers(0, 500))
def test_an_impulse_arrives_after_fade_and_look_ahead_in_every_stem(geometry: ChunkGeometry, at: int) -> None:
    separator = prepared(Halves(geometry))
    hops = (at + geometry.delay) // geometry.hop + 2
    signal = np.zeros((2, hops * geometry.hop), dtype=np.float32)
    signal[:, at] = 1.0
    stems = feed(separator, signal)
    expected = np.zeros_like(stems)
    expected[0, :, at + geometry.delay], expected[1, :, at + geometry.delay] = 1 / 3, 2 / 3
    np.testing.assert_allclose(stems, expected, atol=1e-6)
    assert separator.spec.delay == geometry.fade + geometry.ahead


def test_the_model_is_given_whole_chunks_that_end_with_the_newest_sample() -> None:
    model = Halves()
    separator, signal = prepared(model), noise(10 * SMALL.hop)
    model.chunks.clear()
    feed(separator, signal)
    assert len(model.chunks) == 10
    for k, chunk in enumerate(model.chunks):
        heard = signal[:, : (k + 1) * SMALL.hop][:, -SMALL.length :]
        silence = np.zeros((2, SMALL.length - heard.shape[1]))
        np.testing.assert_array_equal(chunk, np.concatenate([silence, heard], axis=1))


def test_neighbouring_chunks_cross_over_within_the_fade_alone() -> None:
    separator = prepared(Index())
    heard = feed(separator, noise(12 * SMALL.hop))[0, 0]
    k = 9
    hop = heard[k * SMALL.hop : (k + 1) * SMALL.hop]
    gains = rising(SMALL.fade)
    np.testing.assert_allclose(hop[: SMALL.fade], gains * (k + 1) + (1 - gains) * k, rtol=1e-6)
    np.testing.assert_array_equal(hop[SMALL.fade :], k + 1)


@pytest.mark.parametrize("rows", [1, 2])
def test_the_last_stem_is_what_the_others_leave_of_the_mix(rows: int) -> None:
    separator, signal = prepared(Halves(rows=rows)), noise(20 * SMALL.hop)
    total, delay = feed(separator, signal).sum(axis=0), SMALL.delay
    np.testing.assert_allclose(total[:, delay:], signal[:, :-delay], atol=FLOAT32_SUM)


def test_there_is_silence_before_the_first_sample_whatever_the_model_imagines() -> None:
    stems = feed(prepared(Imagining()), noise(5 * SMALL.hop))
    assert not stems[..., : SMALL.delay].any()
    assert (stems[0, :, SMALL.delay :] > 0.99).all()


def test_digital_silence_is_silent_and_costs_nothing() -> None:
    model = Imagining()
    separator = prepared(model)
    model.chunks.clear()
    assert not feed(separator, np.zeros((2, 20 * SMALL.hop), dtype=np.float32)).any()
    assert not model.chunks


def test_reset_equals_a_fresh_start() -> None:
    separator, signal = prepared(Imagining()), noise(7 * SMALL.hop)
    first = feed(separator, signal)
    separator.reset()
    np.testing.assert_array_equal(feed(separator, signal), first)


@pytest.mark.parametrize("block", [63, 128, 441])
@pytest.mark.parametrize("rate", [44100, 48000, 96000])
def test_the_host_plays_it_at_any_block_and_rate(rate: int, block: int) -> None:
    geometry = ChunkGeometry(past=2940, hop=1470, fade=294, ahead=735)
    mix = np.sin(2 * np.pi * 440 * np.arange(rate // 4) / rate).astype(np.float32)[None].repeat(2, axis=0)
    stems = separate(ChunkedSeparator(Halves(geometry)), rate, mix, block)
    np.testing.assert_allclose(stems.sum(axis=0), mix, atol=FLOAT32_SUM)
    inner = slice(rate // 16, -rate // 16)
    np.testing.assert_allclose(stems[0][:, inner], mix[:, inner] / 3, atol=3e-3)


def test_hops_of_seconds_play_through_the_resampler() -> None:
    """Hops so long that few of them fit into the resamplers' rehearsal."""
    geometry = ChunkGeometry(past=0, hop=147 * 750, fade=147 * 60, ahead=147 * 135)
    mix = noise(48000 * 6) * 0.5
    separator = ChunkedSeparator(Halves(geometry))
    with OfflineHost(separator, 48000) as host:
        assert host.spec.hop == 120_000
        assert host.spec.delay - host.budget.resampling == 31_200
        assert host.budget.resampling < 1000  # not another hop
    np.testing.assert_allclose(separate(separator, 48000, mix).sum(axis=0), mix, atol=FLOAT32_SUM)


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ({"hop": 0}, "hop is 0 samples, must be at least 1"),
        ({"past": -1}, "past is -1 samples, must be at least 0"),
        ({"fade": 98}, r"fade is 98 samples, at most one hop \(97\); shorten the fade"),
    ],
)
def test_a_geometry_that_cannot_be_says_why(lengths: dict[str, int], words: str) -> None:
    with pytest.raises(SeparatorError, match=words):
        ChunkGeometry(**{"past": 0, "hop": 97, "fade": 0, "ahead": 0, **lengths})


def test_a_chunk_too_short_for_its_parts_says_so() -> None:
    with pytest.raises(SeparatorError, match="take 600 samples, the chunk has 500"):
        ChunkGeometry.within(500, hop=300, fade=100, ahead=200)


def test_a_look_ahead_beyond_what_a_separator_may_have_is_refused_at_once() -> None:
    with pytest.raises(SeparatorError, match=r"delay is 65537, must be 0\.\.65536"):
        ChunkedSeparator(Halves(ChunkGeometry(0, 100, 0, 65537)))


def test_a_model_that_returns_another_shape_is_named() -> None:
    class Short(Halves):
        def separate(self, mix: Audio) -> Audio:
            return np.zeros((2, 2, 5), dtype=np.float32)

    with pytest.raises(SeparatorError, match=r"'halves' returned stems of shape \(2, 2, 5\), not \(2, 2, 492\)"):
        prepared(Short())
