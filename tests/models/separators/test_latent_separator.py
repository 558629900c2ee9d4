"""The plugin around an autoencoder: partitions, dimensions, masks, on a small one with random weights."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.latent import LatentSeparator
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import find

NAME = "latent_trial"
HOPS = 120
AGREEMENT = 2e-5
STEMS = ("vocals", "drums", "bass", "other")

pytestmark = pytest.mark.usefixtures("sets")


@pytest.fixture(params=["onnxruntime", "torch"])
def latent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> LatentSeparator:
    return made(request.param, monkeypatch)


def made(runtime: str, monkeypatch: pytest.MonkeyPatch) -> LatentSeparator:
    monkeypatch.setenv(RUNTIME_VARIABLE, runtime)
    separator = LatentSeparator(NAME)
    separator.prepare(44100)
    return separator


def noise(hops: int = HOPS, seed: int = 0) -> Audio:
    return np.random.default_rng(seed).uniform(-0.3, 0.3, (2, hops * 32)).astype(np.float32)


def feed(separator: LatentSeparator, signal: Audio) -> Audio:
    """(C, T) to (S, C, T)."""
    out = np.zeros((4, *signal.shape), dtype=np.float32)
    for start in range(0, signal.shape[1], 32):
        hop = np.zeros((4, 2, 32), dtype=np.float32)
        separator.process(signal[:, start : start + 32], hop)
        out[..., start : start + 32] = hop
    return out


def delayed(signal: Audio, by: int) -> Audio:
    return np.pad(signal, ((0, 0), (by, 0)))[:, : signal.shape[1]]


def test_stems_are_what_the_network_makes_of_the_whole_signal(latent: LatentSeparator) -> None:
    network = load_network(find(NAME))
    assert isinstance(network, Rave)
    x = noise()
    with torch.no_grad():
        network.silence.copy_(torch.from_numpy(latent._silence))
        expected = network(torch.from_numpy(x)[None])[0].numpy()
    got = feed(latent, x)
    late = latent.spec.delay - network.delay
    np.testing.assert_allclose(got[..., late:], expected[..., :-late], atol=AGREEMENT)


def test_reset_makes_it_sound_like_new(latent: LatentSeparator) -> None:
    latent.set_parameter("masking", 1.0)
    latent.reset()
    first = feed(latent, noise())
    latent.reset()
    np.testing.assert_array_equal(feed(latent, noise()), first)


def test_masked_stems_add_up_to_the_delayed_mixture(latent: LatentSeparator) -> None:
    latent.set_parameter("masking", 1.0)
    x = noise()
    got = feed(latent, x)
    settled = 32 * 20
    np.testing.assert_allclose(got.sum(axis=0)[:, settled:], delayed(x, latent.spec.delay)[:, settled:], atol=AGREEMENT)


def test_a_muted_partition_leaves_other_masked_stems_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, muted = (made("onnxruntime", monkeypatch) for _ in range(2))
    for separator in (whole, muted):
        separator.set_parameter("masking", 1.0)
        separator.reset()
    muted.set_parameter("partition/drums/amount", 0.0)
    before, after = feed(whole, noise()), feed(muted, noise())
    assert not after[1].any()
    for stem in (0, 2, 3):
        np.testing.assert_allclose(after[stem], before[stem], atol=AGREEMENT)


def test_with_the_residual_stems_add_up_however_dimensions_are_bent(latent: LatentSeparator) -> None:
    latent.set_parameter("residual", 1.0)
    latent.set_parameter("dim/0/offset", 3.0)
    x = noise()
    np.testing.assert_allclose(feed(latent, x).sum(axis=0), delayed(x, latent.spec.delay), atol=AGREEMENT)


def test_a_partition_at_nought_is_encoded_silence(latent: LatentSeparator) -> None:
    latent.set_parameter("partition/vocals/amount", 0.0)
    feed(latent, noise(5))
    part = latent._split.partition(0)
    np.testing.assert_array_equal(latent._latents[0, part], latent._silence[part])


@pytest.mark.parametrize(
    ("node", "value", "played"),
    [("scale", -3.0, lambda z: -3.0 * z), ("offset", 2.0, lambda z: z + 2.0)],
)
def test_a_dimension_is_bent_and_shown(latent: LatentSeparator, node: str, value: float, played) -> None:
    latent.set_parameter(f"dim/1/{node}", value)
    feed(latent, noise(50))
    encoded, heard = latent.scope
    np.testing.assert_allclose(heard[1], played(encoded[1]), rtol=1e-5)
    assert heard[0] == encoded[0]
    np.testing.assert_array_equal(latent._latents[:, latent._split.common], np.tile(heard, (4, 1)))


def test_a_held_dimension_is_what_it_is_set_to_until_it_is_released(latent: LatentSeparator) -> None:
    latent.set_parameter("dim/0/set", 1.5)
    feed(latent, noise(3))
    assert latent.scope[1, 0] == latent.scope[0, 0]
    latent.set_parameter("dim/0/hold", 1.0)
    feed(latent, noise(3))
    assert latent.scope[1, 0] == 1.5
    latent.set_parameter("dim/0/hold", 0.0)
    feed(latent, noise(3))
    assert latent.scope[1, 0] == latent.scope[0, 0]


def test_bending_changes_every_stem(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, bent = (made("onnxruntime", monkeypatch) for _ in range(2))
    bent.set_parameter("dim/0/offset", 2.0)
    a, b = feed(plain, noise()), feed(bent, noise())
    assert all(np.abs(a[stem] - b[stem]).max() > 1e-6 for stem in range(4))


def test_masking_fades_in_without_a_jump(latent: LatentSeparator) -> None:
    x = np.tile(np.sin(2 * np.pi * 5 * np.arange(HOPS * 32) / (HOPS * 32)).astype(np.float32) * 0.2, (2, 1))
    before = feed(latent, x)
    latent.set_parameter("masking", 1.0)
    after = feed(latent, x)
    both = np.concatenate([before, after], axis=2)
    steps = np.abs(np.diff(both, axis=2))
    switched = steps[..., before.shape[2] - 1 : before.shape[2] + 31].max()
    assert switched <= 2.0 * max(steps[..., 640 : before.shape[2] - 1].max(), steps[..., before.shape[2] + 640 :].max())


def test_after_a_long_silence_nothing_hums(monkeypatch: pytest.MonkeyPatch) -> None:
    latent = made("onnxruntime", monkeypatch)
    feed(latent, noise())
    out = feed(latent, np.zeros((2, 44100 // 32 * 32 + 320), dtype=np.float32))
    assert not out[..., -32:].any()


def test_every_control_of_the_table_is_there(latent: LatentSeparator) -> None:
    names = [parameter.name for parameter in latent.spec.parameters]
    assert names[:6] == [*(f"partition/{stem}/amount" for stem in STEMS), "masking", "residual"]
    assert names[6:] == [f"dim/{k}/{node}" for k in (0, 1) for node in ("scale", "offset", "set", "hold")]
    for parameter in latent.spec.parameters:
        latent.set_parameter(parameter.name, parameter.default)


def test_graphs_play_without_torch(sets: Path) -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "from rtsep_models.separators.latent import LatentSeparator\n"
        f"separator = LatentSeparator({NAME!r}); separator.prepare(48000); print(separator.runtime)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "onnxruntime" in done.stdout


def test_weights_without_a_latent_are_refused() -> None:
    with pytest.raises(SeparatorError, match="no latent to play"):
        LatentSeparator("one_rate")


def test_another_rate_is_refused(latent: LatentSeparator) -> None:
    with pytest.raises(SeparatorError, match="22050"):
        latent.prepare(22050)
