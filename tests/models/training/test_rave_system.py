"""What a RAVE is trained on: what is right costs little, and every term pulls where it should."""

from __future__ import annotations

import pytest
import torch

from rtsep.errors import ConfigError
from rtsep_models.networks.rave import Rave, shares
from rtsep_models.training.config import Transform
from rtsep_models.training.critic import Critic
from rtsep_models.training.rave import RaveObjective, RaveSystem, resampled
from rtsep_models.training.spectral import magnitudes, spectral_distance
from rtsep_models.training.systems import system_of

TIER = Transform(analysis=256, synthesis=128, hop=64)
SKIP = 256
VALID = torch.ones(3, 4, dtype=torch.bool)


def rave() -> Rave:
    torch.manual_seed(0)
    return Rave(private=3, shared=2, widths=(6, 7, 8), strides=(2, 2), dilations=((1,), (2,), (1, 3)))


def system(**objective: object) -> RaveSystem:
    made = system_of(rave(), (TIER,), {"resolutions": [256, 64], **objective})
    assert isinstance(made, RaveSystem)
    return made


def stems(seed: int = 1, batch: int = 3) -> torch.Tensor:
    return 0.1 * torch.randn(batch, 4, 2, 64 * 40 + 17, generator=torch.Generator().manual_seed(seed))


def test_a_spectrum_is_no_distance_from_itself_and_some_from_another() -> None:
    x, y = stems(1), stems(2)
    mixture = x.sum(dim=1)
    assert spectral_distance(x, x, mixture, (256, 64)).abs().max() < 1e-4
    assert (spectral_distance(x, y, mixture, (256, 64)) > 0.5).all()


def test_a_spectrum_does_not_hear_the_phase() -> None:
    x = torch.sin(torch.arange(4096) * 0.3)[None, None]
    y = torch.cos(torch.arange(4096) * 0.3)[None, None]
    assert (magnitudes(x, 512) - magnitudes(y, 512)).abs().max() < 0.05


@pytest.mark.parametrize("loud", [0.0, 1e-6])
def test_a_silent_mixture_is_no_reason_to_explode(loud: float) -> None:
    heard = system().train()
    loss = heard(loud * stems(), VALID, heard.views[0][0], SKIP)
    loss.backward()
    assert loss.item() < 100.0
    gradients = [p.grad for p in heard.parameters() if p.grad is not None]
    assert all(bool(g.isfinite().all()) for g in gradients)


def test_masks_add_up_to_one_in_silence_too() -> None:
    power = torch.rand(2, 3, 4, 2, 5)
    power[0] = 0.0
    torch.testing.assert_close(shares(power).sum(dim=2), torch.ones(2, 3, 2, 5))


@pytest.mark.parametrize("hidden", [False, True])
def test_training_makes_the_loss_smaller(hidden: bool) -> None:
    heard, x, valid = system().train(), stems(), VALID.clone()
    if hidden:
        valid[0, 2:] = False
    optimiser = torch.optim.Adam(heard.parameters(), 3e-3)
    losses = []
    for _ in range(25):
        loss = heard(x, valid, heard.views[0][0], SKIP)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    assert sum(losses[-5:]) < 0.9 * sum(losses[:5])


@torch.no_grad()
def test_validation_does_not_depend_on_chance() -> None:
    heard = system().eval()
    first, again = (heard(stems(), VALID, heard.views[0][0], SKIP) for _ in range(2))
    assert first.item() == again.item()


def test_gamma_draws_a_mixtures_partition_to_that_of_the_stem_alone() -> None:
    plain, drawn = (system(gamma=gamma).eval() for gamma in (0.0, 10.0))
    x = stems()
    with torch.no_grad():
        gap = drawn(x, VALID, drawn.views[0][0], SKIP) - plain(x, VALID, plain.views[0][0], SKIP)
    assert gap.item() > 0.0


def test_without_partitions_it_is_a_plain_autoencoder() -> None:
    control = system(gamma=0.0, partition=0.0)
    assert not control.objective.splits
    control(stems(), VALID, control.views[0][0], SKIP).backward()
    assert control.network.encoder.mean.weight.grad is not None


def test_swapped_partitions_come_from_valid_segments_of_the_batch() -> None:
    heard = system(swap_share=1.0).train()
    valid = VALID.clone()
    valid[1, 2:] = False
    z = torch.randn(3, 5, heard.network.split.size)
    joined, order = heard._join(z, valid)
    assert order[1].tolist() == [1, 1, 1, 1]
    assert set(order[[0, 2]].flatten().tolist()) <= {0, 2}
    for b in range(3):
        for stem in range(4):
            part = heard.network.split.partition(stem)
            torch.testing.assert_close(joined[b, :, part], z[order[b, stem], :, part])


def test_in_phase_two_the_encoder_stays_and_the_critic_learns() -> None:
    heard = system(adversarial=1.0).train()
    assert isinstance(heard.critic, Critic)
    heard(stems(), VALID, heard.views[0][0], SKIP).backward()
    assert all(parameter.grad is None for parameter in heard.network.encoder.parameters())
    assert all(parameter.grad is not None for parameter in heard.critic.parameters())
    assert heard.network.decoder.leave.conv.weight.grad is not None


def test_the_critic_is_not_taught_by_what_the_decoder_wants() -> None:
    critic, true, decoded = Critic(2, width=4), torch.randn(1, 2, 512), torch.randn(1, 2, 512, requires_grad=True)
    critic.loss(true, decoded).backward()
    taught = [p.grad.clone() for p in critic.parameters() if p.grad is not None]
    critic.zero_grad()
    alone = [critic(x)[k][-1] for k in range(3) for x in (true, decoded.detach())]
    hinge = sum(torch.relu(1.0 + sign * y).mean() for y, sign in zip(alone, [-1, 1] * 3, strict=True)) / 3
    hinge.backward()
    for a, b in zip(taught, critic.parameters(), strict=True):
        torch.testing.assert_close(a, b.grad)
    assert decoded.grad is not None
    assert decoded.grad.abs().max() > 0.0


def test_songs_are_resampled_for_a_network_of_another_rate() -> None:
    t = torch.arange(44100) / 44100
    x = torch.sin(2 * torch.pi * 440 * t)
    y = resampled(x, 16000)
    torch.testing.assert_close(y, torch.sin(2 * torch.pi * 440 * torch.arange(16000) / 16000), atol=1e-3, rtol=0.0)
    small = {"private": 3, "shared": 2, "widths": (6, 8), "strides": (4,), "dilations": ((1,), (1,)), "channels": 1}
    mono = RaveSystem(Rave(**small), TIER, RaveObjective(sample_rate=16000, resolutions=(256,)))
    mono(stems(), VALID, mono.views[0][0], SKIP).backward()


def test_what_is_no_objective_is_refused() -> None:
    with pytest.raises(ConfigError, match="gama"):
        system_of(rave(), (TIER,), {"gama": 1.0})
    with pytest.raises(ConfigError, match="hop 32"):
        RaveSystem(rave(), Transform(256, 64, 32), RaveObjective())
    with pytest.raises(ConfigError, match="keep one"):
        system_of(rave(), (TIER, TIER), {})
