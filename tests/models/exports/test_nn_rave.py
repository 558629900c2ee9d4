"""RAVE for nn~, on a small one with random weights: its methods are the network's, its attributes bend the latent."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from nnhost import Registered, perform
from torch import Tensor
from trialset import card

from rtsep_models.exports.nn_protocol import scripted
from rtsep_models.exports.nn_rave import NnRave
from rtsep_models.exports.steps import quiet
from rtsep_models.exports.write import write_nn
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.runtimes.products import ProductConv1d
from rtsep_models.separators.latent import SILENT_S, LatentSeparator
from rtsep_models.streaming.layers import CausalConv1d
from rtsep_models.weights.store import find

SMALL = {"private": 3, "shared": 2, "widths": (6, 7, 8), "strides": (2, 2), "dilations": ((1,), (2,), (1, 3))}
HOP = 64
STEMS = ("vocals", "drums", "bass", "other")
CARD = card(
    architecture="rave",
    domain="latent",
    latent={"private": 3, "shared": 2, "delay": 48},
    analysis=512,
    synthesis=192,
    hop=HOP,
    delay=128,
    stride=1,
)
CLOSE = 2e-6


@pytest.fixture(autouse=True)
def inference() -> Iterator[None]:
    with torch.no_grad(), torch.jit.optimized_execution(False):
        yield


@pytest.fixture(scope="module")
def rave() -> Rave:
    torch.manual_seed(1)
    network = Rave(**SMALL).eval()
    network.settle()
    return network


@pytest.fixture
def module(rave: Rave, tmp_path: Path) -> torch.jit.ScriptModule:
    path = tmp_path / "rave.ts"
    scripted(NnRave(rave, CARD, rows=4)).save(path)
    with quiet():
        return torch.jit.load(path)


def noise(hops: int, seed: int = 0) -> Tensor:
    """(3, 2, T)."""
    return torch.randn(3, 2, hops * HOP, generator=torch.Generator().manual_seed(seed))


def stems(module: torch.jit.ScriptModule, x: Tensor) -> Tensor:
    """(B, S, C, T)."""
    return module.separate(x).unflatten(1, (len(STEMS), 2))


def latent(rave: Rave, x: Tensor) -> Tensor:
    """(B, N, Z)."""
    return rave.means(rave.encoder(x))


def apart(rave: Rave, z: Tensor) -> Tensor:
    """The stems of latents (B, N, Z)."""
    return rave.decoders(rave.apart(z, rave.silence))


def close(got: Tensor, expected: Tensor) -> None:
    torch.testing.assert_close(got, expected, atol=CLOSE, rtol=1e-4)
    assert expected.abs().max() > 1e3 * CLOSE


@pytest.mark.parametrize(("kernel", "dilation"), [(1, 1), (2, 1), (3, 9)])
def test_a_convolution_is_a_product(kernel: int, dilation: int) -> None:
    conv = CausalConv1d(5, 7, kernel, dilation)
    product, x = ProductConv1d(conv), torch.randn(2, 30, 5)
    close(product(x), conv(x))
    parts, state = [], product.initial_state(2)
    for block in x.split(4, dim=1):
        y, state = product.stream(block, state)
        parts.append(y)
    close(torch.cat(parts, dim=1), conv(x))


def test_untouched_it_is_the_network(rave: Rave, module: torch.jit.ScriptModule) -> None:
    x = noise(12)
    z = latent(rave, x)
    close(stems(module, x), rave(x))
    close(module.encode(x), z.transpose(1, 2))
    close(module.decode(z.transpose(1, 2)), rave.decoder(z))
    close(module(x), rave.decoder(z))


def test_blocks_of_any_length(rave: Rave, module: torch.jit.ScriptModule) -> None:
    x = noise(12)
    y = torch.cat([module.separate(block) for block in x.split(100, dim=2)], dim=2).unflatten(1, (4, 2))
    late = HOP - math.gcd(100, HOP)
    assert not y[..., :late].any()
    close(y[..., late:], rave(x)[..., :-late])


def test_what_nn_encodes_and_decodes_is_what_forward_gives(module: torch.jit.ScriptModule) -> None:
    x = noise(12)
    close(perform(module, "decode", perform(module, "encode", x, 2 * HOP), 4 * HOP), module(x))


def test_an_amount_goes_from_encoded_silence_to_as_encoded(rave: Rave, module: torch.jit.ScriptModule) -> None:
    x = noise(12)
    assert module.set_drums(0.25) == 0
    assert module.get_drums() == (0.25,)
    z, part = latent(rave, x), rave.split.partition(1)
    z[..., part] = torch.lerp(rave.silence[part], z[..., part], 0.25)
    close(module(x), rave.decoder(z))
    close(stems(module, x), apart(rave, z))


def test_a_dimension_is_scaled_and_offset_or_held(rave: Rave, module: torch.jit.ScriptModule) -> None:
    x = noise(12)
    assert module.set_dim1(-3.0, 0.5, 1.5, 0) == 0
    z, which = latent(rave, x), rave.split.common.start + 1
    bent = z.clone()
    bent[..., which] = -3.0 * z[..., which] + 0.5
    close(stems(module, x), apart(rave, bent))
    assert module.set_dim1(-3.0, 0.5, 1.5, 1) == 0
    assert module.get_dim1() == (-3.0, 0.5, 1.5, 1)
    bent[..., which] = 1.5
    close(module(x), rave.decoder(bent))


def test_attributes_are_those_of_the_latent_and_refuse_what_is_out_of_range(module: torch.jit.ScriptModule) -> None:
    assert module.get_attributes() == [*STEMS, "dim0", "dim1", "residual"]
    assert module.vocals_params.tolist() == [2]
    assert module.dim0_params.tolist() == [2, 2, 2, 1]
    for wrong in (-0.1, 1.1, math.nan, math.inf):
        assert module.set_vocals(wrong) != 0
    for wrong in ((-4.1, 0.0, 0.0, 0), (1.0, 3.1, 0.0, 0), (1.0, math.nan, 0.0, 0), (1.0, 0.0, 0.0, 2)):
        assert module.set_dim0(*wrong) != 0
    assert (module.get_vocals(), module.get_dim0()) == ((1.0,), (1.0, 0.0, 0.0, 0))


def test_with_the_residual_stems_add_up_to_the_mix_however_they_are_bent(
    rave: Rave, module: torch.jit.ScriptModule
) -> None:
    x = noise(12)
    assert module.set_residual(2) != 0
    assert module.set_residual(1) == module.set_vocals(0.3) == module.set_dim0(2.0, 1.0, 0.0, 0) == 0
    parts = [stems(module, block) for block in x.split(3 * HOP, dim=2)]
    total = torch.cat(parts, dim=3).sum(dim=1)
    torch.testing.assert_close(total[..., rave.delay :], x[..., : -rave.delay], atol=1e-5, rtol=0.0)


@pytest.mark.parametrize(("method", "early"), [("separate", 16), ("mask", 0)])
def test_the_file_plays_as_the_plugin_does_and_no_later_than_it_must(
    method: str, early: int, sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    plugin = LatentSeparator("latent_trial")
    write_nn(find("latent_trial"), tmp_path / "latent.ts", 1)
    with quiet():
        module = torch.jit.load(tmp_path / "latent.ts")
    plugin.prepare(44100)
    controls = {"partition/drums/amount": 0.4, "dim/1/scale": -2.0, "dim/1/offset": 0.5}
    ways = {"residual": 1.0} if method == "separate" else {"masking": 1.0}
    for name, value in (controls | ways).items():
        plugin.set_parameter(name, value)
    plugin.reset()
    assert module.set_drums(0.4) == module.set_dim1(-2.0, 0.5, 0.0, 0) == module.set_residual(1) == 0
    hop, x = plugin.spec.hop, 0.1 * noise(40)[:1]
    expected = np.zeros((4, 2, x.shape[2]), np.float32)
    for start in range(0, x.shape[2], hop):
        out = np.zeros((4, 2, hop), np.float32)
        plugin.process(x[0, :, start : start + hop].numpy(), out)
        expected[..., start : start + hop] = out
    got = perform(module, method, x, 3 * hop).reshape(expected.shape).numpy()
    np.testing.assert_allclose(got[..., : x.shape[2] - early], expected[..., early:], atol=2e-5)
    assert np.abs(expected).max() > 0.01


def test_attributes_are_set_outside_of_the_mode_in_which_it_was_loaded_and_played(
    rave: Rave, module: torch.jit.ScriptModule, tmp_path: Path
) -> None:
    with torch.inference_mode(), quiet():
        played = torch.jit.load(tmp_path / "rave.ts")
        played.separate(noise(1))
    assert played.set_vocals(0.5) == played.set_dim0(1.0, 0.0, 0.0, 1) == 0
    with torch.inference_mode():
        played.separate(noise(1))


def test_the_package_of_nn_finds_its_protocol_kept(module: torch.jit.ScriptModule) -> None:
    registered = Registered(module)
    for attribute in module.get_attributes():
        assert torch.equal(getattr(registered, f"{attribute}_params"), getattr(module, f"{attribute}_params"))


def test_after_some_silence_nothing_hums(rave: Rave, module: torch.jit.ScriptModule) -> None:
    second, sounding = torch.zeros(3, 2, 48000), round(SILENT_S * 48000) // HOP
    play = module.separate
    play(noise(5))
    levels = play(second).abs().amax(dim=(0, 1)).unflatten(0, (-1, HOP)).amax(dim=1)
    assert levels[: sounding - 1].gt(0).all()
    assert not levels[sounding:].any()
    x = second.clone()
    x[1, 0, 7 * HOP + 3] = 1e-3
    y = play(x)
    assert not y[0].any()
    assert not y[1, :, : 7 * HOP].any()
    assert y[1, :, 8 * HOP :].any()


def test_methods_for_the_ratio_of_a_hop(module: torch.jit.ScriptModule) -> None:
    assert module.get_methods() == ["forward", "separate", "mask", "encode", "decode"]
    assert module.encode_params.tolist() == [2, 1, 14, HOP]
    assert module.decode_params.tolist() == [14, HOP, 2, 1]
    assert module.encode_output_labels == module.decode_input_labels
    assert module.encode_output_labels[3] == "(signal) drums 0"
    with pytest.raises(torch.jit.Error, match="65 samples, encode needs a multiple of 64"):
        module.encode(noise(2)[..., :65])
