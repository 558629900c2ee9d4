"""Files as other people make them, made with the very packages: nn_tilde, neutone_sdk, onnx. For benchmarks and tests.

TorchScript is compiled from this file's text: annotations are real objects here, so there is no import of the future's.
"""

# ruff: noqa: UP006, UP007, UP035, UP045 # TorchScript reads these types as they are

import contextlib
import io
import logging
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Dict, List, Optional, Union

import cached_conv
import nn_tilde
import torch
from neutone_sdk import ContinuousNeutoneParameter, NeutoneParameter, WaveformToWaveformBase
from neutone_sdk.utils import save_neutone_model
from torch import Tensor, nn

from rtsep_models.exports.steps import quiet


class Echo(nn_tilde.Module):
    """An effect: `delay` samples late, its gain an attribute. Stateful, in a buffer that a host may zero."""

    def __init__(self, channels: int = 2, delay: int = 300, sr: Optional[int] = None) -> None:
        super().__init__(sr)
        self.delay = delay
        self.cache_holder = Held(channels, delay)
        self.register_attribute("gain", 0.5)
        self.register_attribute("invert", False)
        self.register_method("forward", channels, 1, channels, 1)
        self.finish()

    @torch.jit.export
    def forward(self, x: Tensor) -> Tensor:
        y = self.cache_holder(x) * self.gain[0]  # pyright: ignore[reportIndexIssue] # a tuple
        if self.invert[0]:  # pyright: ignore[reportIndexIssue]
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

    @torch.jit.export
    def silence(self) -> None:
        self.cache.zero_()


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


class Partitioned(nn_tilde.Module):
    """Attributes as those of a latent that `rtsep models export` writes: an amount for each stem, a dimension of four."""

    def __init__(self) -> None:
        super().__init__(44100)
        self.register_attribute("drums", 1.0)
        self.register_attribute("dim0", (1.0, 0.0, 0.0, 0))
        self.register_attribute("drive", (2.5, True, "soft"))
        labels = [f"(signal) {stem} {side}" for stem in ("drums", "rest") for side in ("left", "right")]
        self.register_method("separate", 2, 1, 4, 1, output_labels=labels)
        self.finish()

    @torch.jit.export
    def separate(self, x: Tensor) -> Tensor:
        drums = 0.5 * self.drums[0] * self.dim0[0] * x  # pyright: ignore[reportIndexIssue]
        return torch.cat([drums, x - drums], 1)


class Drive(WaveformToWaveformBase):
    """A Neutone model: a soft clipper `late` samples late, mono or stereo, with blocks and rates of its own."""

    rates: List[int]
    blocks: List[int]
    # TorchScript sees the annotations of this class alone: its base's once more.
    neutone_parameters_metadata: Dict[str, Dict[str, Union[int, float, str, bool, List[str], List[int]]]]
    remapped_params: Dict[str, Tensor]
    neutone_parameter_names: List[str]

    def __init__(self, mono: bool, late: int, rates: List[int], blocks: List[int]) -> None:
        self.mono = mono
        self.late = late
        self.rates = rates
        self.blocks = blocks
        super().__init__(Held(1 if mono else 2, late))

    def get_model_name(self) -> str:
        return "mono drive" if self.mono else "drive"

    def get_model_authors(self) -> List[str]:
        return ["nobody"]

    def get_model_short_description(self) -> str:
        return "A soft clipper."

    def get_model_long_description(self) -> str:
        return "A soft clipper that comes late."

    def get_technical_description(self) -> str:
        return "tanh"

    def get_tags(self) -> List[str]:
        return ["drive"]

    def get_model_version(self) -> str:
        return "1.0.0"

    def is_experimental(self) -> bool:
        return False

    def get_neutone_parameters(self) -> List[NeutoneParameter]:
        return [
            ContinuousNeutoneParameter("gain [x]", "how loud", 0.5),
            ContinuousNeutoneParameter("bias", "of the clipper", 0.0, min_value=-1.0, max_value=1.0),
        ]

    @torch.jit.export
    def is_input_mono(self) -> bool:
        return self.mono

    @torch.jit.export
    def is_output_mono(self) -> bool:
        return self.mono

    @torch.jit.export
    def get_native_sample_rates(self) -> List[int]:
        return self.rates

    @torch.jit.export
    def get_native_buffer_sizes(self) -> List[int]:
        return self.blocks

    @torch.jit.export
    def calc_model_delay_samples(self) -> int:
        return self.late

    def do_forward_pass(self, x: Tensor, params: Dict[str, Tensor]) -> Tensor:
        bias = 2.0 * params["bias"] - 1.0  # all come within 0..1, whatever their ranges
        y = torch.tanh(self.model(x[None])[0] * 2.0 * params["gain [x]"] + bias) - torch.tanh(bias)
        return y

    @torch.jit.export
    def reset_model(self) -> bool:
        self.model.silence()  # pyright: ignore[reportCallIssue]
        return True


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
    logging.disable(logging.CRITICAL)
    try:
        with quiet(), warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")  # theirs
            yield
    finally:
        logging.disable(logging.NOTSET)


def write_nn(path: Path, make: Callable[[], nn_tilde.Module]) -> Path:
    """A module as a file for nn~, by its own export."""
    with hushed():
        cached_conv.use_cached_conv(True)
        try:
            make().export_to_ts(str(path))
        finally:
            cached_conv.use_cached_conv(False)
    return path


def write_neutone(folder: Path, model: WaveformToWaveformBase) -> Path:
    """A model as a Neutone file, by the SDK's own export."""
    with hushed():
        save_neutone_model(model, folder, speed_benchmark=False, test_offline_mode=False)
    return folder / "model.nm"
