"""Perfect reconstruction through the streaming transforms, and the frames of a known sound."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rtsep.errors import SeparatorError
from rtsep_models.streaming.layers import DeepFilter, RunningLevel
from rtsep_models.streaming.stft import Delay, Istft, Stft

FLOAT32_TOLERANCE = 1e-5


@given(half_hop=st.integers(1, 24), overlap=st.integers(2, 4), extra=st.integers(0, 40).map(lambda x: 2 * x))
@settings(max_examples=40, deadline=None)
def test_there_and_back_is_a_delay(half_hop: int, overlap: int, extra: int) -> None:
    hop = 2 * half_hop
    synthesis = overlap * hop
    x = torch.randn(1, 2, 12 * hop, generator=torch.Generator().manual_seed(half_hop))
    back = Istft(synthesis + extra, hop, synthesis)
    y = back(Stft(synthesis + extra, hop, synthesis)(x))
    torch.testing.assert_close(y, Delay(back.delay)(x), atol=FLOAT32_TOLERANCE, rtol=0.0)


def test_a_frame_is_the_windowed_transform_of_the_newest_samples() -> None:
    stft = Stft(2048, 128, 256)
    x = torch.randn(1, 2, 32 * 128, generator=torch.Generator().manual_seed(0))
    frames = torch.view_as_complex(stft(x))
    expected = torch.fft.rfft(x[0, 1, 20 * 128 - 2048 : 20 * 128] * stft.window)
    torch.testing.assert_close(frames[0, 19, 1], expected, atol=1e-4, rtol=1e-4)


def test_lengths_that_cannot_reconstruct_are_refused() -> None:
    with pytest.raises(SeparatorError, match="whole hops"):
        Stft(2048, 128, 300)


def test_a_deep_filter_with_one_open_tap_is_a_delay() -> None:
    frames = torch.randn(1, 6, 2, 5, 2)
    weights = torch.zeros(1, 6, 2, 5, 6)
    weights[..., 4] = 1.0  # the real part of the tap two frames back
    filtered = DeepFilter(3, 2, 5)(torch.cat([frames, weights], dim=-1))
    torch.testing.assert_close(filtered[:, 2:], frames[:, :-2])
    assert not filtered[:, :2].any()


def test_a_deep_filter_turns_phases() -> None:
    frames = torch.randn(1, 3, 2, 5, 2)
    weights = torch.zeros(1, 3, 2, 5, 2)
    weights[..., 1] = 1.0
    filtered = torch.view_as_complex(DeepFilter(1, 2, 5)(torch.cat([frames, weights], dim=-1)))
    torch.testing.assert_close(filtered, 1j * torch.view_as_complex(frames))


def test_a_deep_filter_cannot_look_further_ahead_than_its_taps() -> None:
    with pytest.raises(ValueError, match="look_ahead 3"):
        DeepFilter(3, 2, 5, look_ahead=3)


def test_the_level_of_a_steady_sound_is_right_from_the_first_frame() -> None:
    torch.testing.assert_close(RunningLevel(50.0)(torch.full((1, 8, 3), 0.5)), torch.full((1, 8), 0.25))


def test_the_level_forgets_at_its_time_constant() -> None:
    x = torch.cat([torch.ones(1, 400, 1), torch.zeros(1, 20, 1)], dim=1)
    level = RunningLevel(20.0)(x)[0]
    torch.testing.assert_close(level[-1], torch.exp(torch.tensor(-1.0)), atol=1e-3, rtol=0.0)
