"""Files as other people make them, made with the very packages: nn_tilde, neutone_sdk, onnx. For benchmarks and tests.

TorchScript is compiled from this file's text: annotations are real objects here, so there is no import of the future's.
"""

# ruff: noqa: UP006, UP035, UP045 # TorchScript reads these types as they are

import contextlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import List, Optional

import cached_conv
import nn_tilde
import torch
from torch import Tensor, nn

from rtsep_models.exports.steps import quiet


class Echo(nn_tilde.Module):
    """An effect: `delay` samples late, its gain an attribute. Stateful, in a buffer that a host may zero."""

    def __init__(self, channels: int = 2, delay: int = 300, sr: Optional[int] = None) -> None:
        super().__init__(sr)
        self.delay = delay
        self.register_buffer("line_cache", torch.zeros(1, channels, delay))
        self.cache_holder = Held(channels, delay)
        self.register_attribute("gain", 0.5)
        self.register_attribute("invert", False)
        self.register_method("forward", channels, 1, channels, 1)
        self.finish()

    @torch.jit.export
    def forward(self, x: Tensor) -> Tensor:
        y = self.cache_holder(x) * self.gain[0]
        if self.invert[0]:
            return -y
        return y


class Held(nn.Module):
    """A delay line whose buffer is called as nn~'s hosts expect."""

    def __init__(self, channels: int, delay: int) -> None:
        super().__init__()
        self.register_buffer("cache", torch.zeros(1, channels, delay))

    def forward(self, x: Tensor) -> Tensor:
        whole = torch.cat([self.cache.expand(x.shape[0], -1, -1), x], 2)
        self.cache = whole[:1, :, x.shape[2] :]
        return whole[:, :, : x.shape[2]]


class Halves(nn_tilde.Module):
    """A separator: `separate` makes two stems of each channel, what is slow and what is left; and a plain `forward`."""

    def __init__(self, channels: int = 2) -> None:
        super().__init__(44100)
        self.channels = channels
        self.smooth = cached_conv.Conv1d(channels, channels, 33, padding=(32, 0), groups=channels, bias=False)
        nn.init.constant_(self.smooth.weight, 1 / 33)
        sides = ["left", "right"][:channels] if channels > 1 else ["mono"]
        outputs = [f"(signal) {stem} {side}" for stem in ("slow", "quick") for side in sides]
        self.register_method("separate", channels, 1, 2 * channels, 1, output_labels=outputs)
        self.register_method("forward", channels, 1, channels, 1)
        self.finish()

    @torch.jit.export
    def separate(self, x: Tensor) -> Tensor:
        slow = self.smooth(x)
        return torch.cat([slow, x - slow], 1)

    @torch.jit.export
    def forward(self, x: Tensor) -> Tensor:
        return self.smooth(x)


class Codec(nn_tilde.Module):
    """Encoder and decoder: the latent is the samples of `ratio`, one dimension each. Odd: no power of two."""

    def __init__(self, ratio: int = 192) -> None:
        super().__init__(48000)
        self.ratio = ratio
        self.register_method("encode", 1, 1, ratio, ratio, test_buffer_size=8 * ratio)
        self.register_method("decode", ratio, ratio, 1, 1, test_buffer_size=8 * ratio)
        self.register_method("forward", 1, 1, 1, 1, test_buffer_size=8 * ratio)
        self.finish()

    @torch.jit.export
    def encode(self, x: Tensor) -> Tensor:
        return x.reshape(x.shape[0], -1, self.ratio).transpose(1, 2)

    @torch.jit.export
    def decode(self, z: Tensor) -> Tensor:
        return z.transpose(1, 2).reshape(z.shape[0], 1, -1)

    @torch.jit.export
    def forward(self, x: Tensor) -> Tensor:
        return self.decode(self.encode(x))


class Bad(nn_tilde.Module):
    """Behaves, until it does not: after `calls` calls it does what `deed` says."""

    def __init__(self, deed: str, calls: int = 0) -> None:
        super().__init__(48000)
        self.deed = deed
        self.calls = calls
        self.count = 0
        self.hoard: List[Tensor] = []
        self.hoard.append(torch.zeros(1))
        self.register_method("forward", 2, 1, 2, 1, test_method=False)
        self.finish()

    @torch.jit.export
    def forward(self, x: Tensor) -> Tensor:
        self.count += 1
        if self.count <= self.calls:
            return x
        if self.deed == "few":
            return x[:, :1]
        if self.deed == "short":
            return x[:, :, 1:]
        if self.deed == "nan":
            return x / torch.zeros_like(x)
        if self.deed == "raise":
            raise RuntimeError("out of luck")
        if self.deed == "hang":
            while self.count > 0:
                x = x * 1.0
        if self.deed == "hoard":
            self.hoard.append(torch.ones(1 << 26) * self.count)
        if self.deed == "crash":
            return torch.as_strided(x, [1, 2, x.shape[2]], [1 << 40, 1 << 40, 1], 1 << 40)
        return x


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Without what the packages print and log, and the advice to leave TorchScript."""
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.CRITICAL)
    try:
        with quiet(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # theirs
            yield
    finally:
        root.setLevel(before)


def write_nn(path: Path, make: Callable[[], nn_tilde.Module]) -> Path:
    """A module as a file for nn~, by its own export."""
    with hushed():
        cached_conv.use_cached_conv(True)
        try:
            make().export_to_ts(str(path))
        finally:
            cached_conv.use_cached_conv(False)
    return path
