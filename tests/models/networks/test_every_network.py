"""What every registered network and every training configuration must keep, at the size that is trained and played."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from support import FLOAT32_SUM
from torch import Tensor

import rtsep_models
from rtsep.separators.api import Audio, Separator
from rtsep.separators.registry import create
from rtsep_models.networks import NETWORKS, build
from rtsep_models.networks.rave import Rave
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.runtimes.steps import steps_of
from rtsep_models.streaming.contract import Network
from rtsep_models.streaming.stft import Istft, Stft
from rtsep_models.training.config import TrainConfig, Transform, load_config
from rtsep_models.training.systems import system_of
from rtsep_models.weights.network import load_network
from rtsep_models.weights.publish import About, publish, tier_of
from rtsep_models.weights.store import FOLDER_VARIABLE, find

FOLDER = Path(rtsep_models.__file__).parent / "configs"
CONFIGS = sorted(
    str(path.relative_to(FOLDER))
    for path in FOLDER.rglob("*.toml")
    if path.parent.name != "about" and {"network", "base"} & msgspec.toml.decode(path.read_bytes()).keys()
)
LARGE = ("hs_tasnet", "rave")
"""Networks that were never meant to fit MOST_PARAMETERS."""
MOST_PARAMETERS = 2_000_000
SHIPPED = ("band", "rave")
"""Networks whose sets come with the package: the contract tests of every separator play them."""
HOPS = 16
AGREEMENT = 1e-4
"""Streamed through graphs against torch over the whole signal, relative to the largest sample; nothing is in half precision."""

every_config = pytest.mark.parametrize("config", CONFIGS)
every_network = pytest.mark.parametrize("network", NETWORKS)


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """On a machine that is busy with other work, threads that wait for each other take many times as long."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@cache
def loaded(config: str) -> TrainConfig:
    """By its path below the folder of configurations."""
    return load_config(FOLDER / config)


def config_of(network: str) -> TrainConfig:
    """A configuration that trains it: of several, the last, which is never a variation of another."""
    own = [config for config in map(loaded, CONFIGS) if config.network == network and not config.start_from]
    assert own, f"no configuration in {FOLDER.name} trains {network!r}"
    return own[-1]


def built(config: TrainConfig) -> Network:
    """With the random weights of one seed."""
    torch.manual_seed(0)
    return build(config.network, config.options).eval()


def noise(channels: int, hops: int, hop: int) -> Audio:
    """(C, T), louder in the second half."""
    sound = np.random.default_rng(0).uniform(-0.2, 0.2, (channels, hops * hop)).astype(np.float32)
    sound[:, sound.shape[1] // 2 :] *= 2.0
    return sound


@torch.no_grad()
def separated(network: Network, lengths: Transform, sound: Audio) -> Audio:
    """By the network in torch over the whole signal: (C, T) to (S, C, T)."""
    x = torch.from_numpy(sound)[None]
    if network.domain != "spectrum":
        return network(x)[0].numpy()
    windows = lengths.analysis, lengths.hop, lengths.synthesis
    frames: Tensor = network(Stft(*windows)(x))
    return Istft(*windows, (frames.shape[2], len(sound)))(frames)[0].numpy()


@every_config
def test_a_configuration_builds_a_network_that_its_tiers_can_train(config: str) -> None:
    whole = loaded(config)
    network = built(whole)
    system_of(network, whole.tiers, whole.objective)
    assert len({tier_of(lengths.synthesis) for lengths in whole.tiers}) == len(whole.tiers)
    if whole.network not in LARGE and not config.startswith("ablations"):
        assert sum(parameter.numel() for parameter in network.parameters()) <= MOST_PARAMETERS


@every_network
def test_before_the_first_hop_a_network_remembers_silence(network: str) -> None:
    fresh = built(config_of(network))
    state = fresh.initial_state(1) if isinstance(fresh, Rave) else steps_of(fresh).state
    assert state
    assert all(tensor.shape[0] == 1 and tensor.dtype == torch.float32 and not tensor.any() for tensor in state)


@pytest.mark.parametrize("network", sorted(NETWORKS.keys() - {"rave"}))  # whose decoder, untrained, gives nothing back
def test_what_comes_in_comes_out_as_late_as_its_tier_says(network: str) -> None:
    config = config_of(network)
    lengths, fresh = config.tiers[0], built(config)
    sound = noise(2, HOPS, lengths.hop)
    heard = separated(fresh, lengths, sound).sum(axis=(0, 1), dtype=float)
    size = 2 * len(heard)
    alike = np.fft.irfft(np.fft.rfft(heard, size) * np.fft.rfft(sound.sum(axis=0), size).conj(), size)
    assert np.abs(alike).argmax() == lengths.synthesis - lengths.hop


@pytest.mark.parametrize("network", sorted(NETWORKS.keys() - {"rave"}))  # whose latent has a level of its own
@torch.no_grad()
def test_stems_scale_with_the_input_and_silence_gives_silence(network: str) -> None:
    config = config_of(network)
    lengths, fresh = config.tiers[0], built(config)
    sound = 10.0 * noise(2, HOPS, lengths.hop)
    loud, soft = (separated(fresh, lengths, gain * sound) for gain in (np.float32(1.0), np.float32(0.1)))
    np.testing.assert_allclose(soft, 0.1 * loud, atol=2e-5 * float(np.abs(loud).max()))
    assert not separated(fresh, lengths, 0.0 * sound).any()


@pytest.fixture
def plugin(network: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Separator:
    """The network packed with random weights, as a separator that is ready."""
    config, weights = config_of(network), tmp_path / "random.safetensors"
    save_file(built(config).state_dict(), weights)
    publish(config, weights, About(version="random", licence="none: random weights"), tmp_path, network)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    separator = create(network)
    separator.prepare(separator.spec.sample_rates[0])
    return separator


@pytest.mark.parametrize("network", sorted(NETWORKS.keys() - set(SHIPPED)))
def test_packed_it_plays_hop_by_hop_what_it_gives_for_the_whole_and_its_stems_add_up(
    network: str, plugin: Separator
) -> None:
    card, spec = find(network).card, plugin.spec
    lengths = Transform(card.analysis, card.synthesis, card.hop)
    assert card.latency_ms == pytest.approx(1e3 * (spec.hop + spec.delay) / spec.sample_rates[0])
    assert card.mac_per_s > 0.0
    sound = noise(spec.channels, HOPS, spec.hop)
    stems = np.zeros((len(spec.stems), *sound.shape), np.float32)
    out = np.zeros((len(spec.stems), spec.channels, spec.hop), np.float32)
    for at in range(0, sound.shape[1], spec.hop):
        plugin.process(np.ascontiguousarray(sound[:, at : at + spec.hop]), out)
        stems[..., at : at + spec.hop] = out
    total = stems.sum(axis=0)
    np.testing.assert_allclose(total[:, spec.delay :], sound[:, : sound.shape[1] - spec.delay], atol=FLOAT32_SUM)
    expected = separated(load_network(find(network)), lengths, sound)
    np.testing.assert_allclose(stems[:-1], expected[:-1], atol=AGREEMENT * float(np.abs(expected).max()))
    assert np.abs(stems[:-1]).max() > 0.01
