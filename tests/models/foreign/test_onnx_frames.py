"""Frames of a chunk, and the way back."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from support import noise

from rtsep.separators.api import Audio
from rtsep_models.foreign.onnx_frames import Frames

CLOSE = 2e-6
KINDS = [
    Frames(256, 64, 33, "none"),
    Frames(256, 64, 33, "zeros"),
    Frames(256, 64, 33, "reflect"),
    Frames(204, 44, 31, "reflect"),  # no whole number of hops, as 2048 and 441
    Frames(129, 40, 20, "zeros", "sqrt_hann"),
    Frames(1024, 64, 12, "reflect"),  # longer than all that it sees
]


def chunk(frames: Frames) -> Audio:
    return np.ascontiguousarray(noise(frames.samples).T)


@pytest.mark.parametrize("frames", KINDS, ids=str)
def test_any_part_comes_back_from_the_frames_that_touch_it(frames: Frames) -> None:
    mix = chunk(frames)
    spectra = frames.analysed(mix)
    assert spectra.shape == (2, frames.count, frames.length // 2 + 1)
    # At the very ends of whole frames a window knows nothing.
    least = frames.length // 2 if frames.padding == "none" else 0
    for begin, end in ((least, frames.samples - least), (least + 1, least + 2), (least + 63, least + 164)):
        part = frames.heard(begin, end)
        found = frames.synthesised(spectra[None, :, part], begin, end)
        np.testing.assert_allclose(found[0], mix[:, begin:end], atol=CLOSE)


@pytest.mark.parametrize("frames", KINDS, ids=str)
def test_frames_that_are_left_out_have_no_part_in_it(frames: Frames) -> None:
    mix = chunk(frames)
    begin, end = frames.samples // 2, frames.samples // 2 + 65
    part = frames.heard(begin, end)
    spoiled = frames.analysed(mix)
    spoiled[:, : part.start] = spoiled[:, part.stop :] = np.nan
    assert np.isfinite(frames.synthesised(spoiled[None, :, part], begin, end)).all()
    alone = np.zeros_like(mix)
    alone[:, begin:end] = mix[:, begin:end]
    touched = np.flatnonzero(np.abs(frames.analysed(alone)).max(axis=(0, 2)) > 1e-9)
    assert part.start <= touched[0] <= touched[-1] < part.stop
    assert frames.padding == "reflect" or len(touched) >= part.stop - part.start - 2  # at most a zero of the window


def test_centred_frames_are_those_of_torch() -> None:
    frames = Frames(256, 64, 17, "reflect")
    mix = chunk(frames)
    theirs = torch.stft(
        torch.from_numpy(mix), 256, 64, window=torch.hann_window(256), center=True, return_complex=True
    ).numpy()
    np.testing.assert_allclose(frames.analysed(mix), theirs.transpose(0, 2, 1), atol=2e-5)
