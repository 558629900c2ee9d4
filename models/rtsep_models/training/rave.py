"""How a RAVE with a partitioned latent is trained: an autoencoder of mixtures whose partitions must each know one source.

With z(.) the encoder's mean, k a stem, x the sum of the stems s_k:

    L = distance(joined, decode(join of partitions))                        join: of one song, or of several (swap)
      + sum_k [ distance(s_k, decode(z_k(x), others silent)) + 0.1 error_db(waveform) + 0.1 error_db(masked mixture) ]
      + gamma [ |z_k(x) - z_k(s_k)|^2 + sum_{j != k} |z_j(s_k) - z_j(silence)|^2 ]     for one k drawn for each segment
      + beta KL(posterior | normal)
      + adversarial * critic                                                  phase two, with the encoder as it is

The masked mixture is what the plugin's `masking` plays: each bin of the mixture times a stem's share of the decoded power, with
the windows of the tier. Stems that are not valid (a bass hidden in `other`) are scored by their sum, as everywhere.
Without partitions (`gamma = 0`, `partition = 0`) this is a plain RAVE: the control.
"""

from __future__ import annotations

import msgspec
import torch
from torch import Tensor, nn

from rtsep.errors import ConfigError
from rtsep_models.data.songs import SAMPLE_RATE
from rtsep_models.networks.rave import Decoders, Rave, shares
from rtsep_models.separators.sharing import TINY
from rtsep_models.streaming.stft import Stft
from rtsep_models.training.config import Transform
from rtsep_models.training.critic import Critic
from rtsep_models.training.losses import error_db, merge_invalid
from rtsep_models.training.spectral import RESOLUTIONS, spectral_distance
from rtsep_models.training.views import View, frames_of

PER_DB = 0.1


class RaveObjective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the terms: the table `[objective]` of a configuration."""

    gamma: float = 1.0
    partition: float = 1.0
    """Of what each partition decodes to."""
    beta: float = 1e-4
    swap_share: float = 0.5
    """Of the segments whose partitions come from different songs."""
    adversarial: float = 0.0
    """Of a critic's loss: phase two, in which the encoder no longer learns. Begin it with `start_from`."""
    resolutions: tuple[int, ...] = RESOLUTIONS
    sample_rate: int = SAMPLE_RATE
    """Hz that the network hears; songs, which have 44100, are resampled."""

    @property
    def splits(self) -> bool:
        """Whether partitions mean anything."""
        return self.gamma > 0 or self.partition > 0


SCORED = 4
"""Masks are scored on every such frame: neighbours are alike."""


class RaveSystem(nn.Module):
    """Stems in, the loss out (called an error in dB by the training loop, of which it has the sign and not the unit)."""

    def __init__(self, network: Rave, transform: Transform, objective: RaveObjective) -> None:
        """Raises ConfigError unless the transform's hop is the network's."""
        super().__init__()
        if transform.hop != network.hop:
            raise ConfigError(f"tier with hop {transform.hop}: this network's is {network.hop}; write that")
        self.views = [[View(0, 0)]]
        self.network, self.objective, self.pace = network, objective, network.hop
        self.critic = Critic(network.channels) if objective.adversarial > 0 else None
        if self.critic is not None:
            network.encoder.requires_grad_(False)
        self.stft = Stft(transform.analysis, transform.hop, transform.synthesis, network.channels, stride=SCORED)

    def forward(self, stems: Tensor, valid: Tensor, view: View, skip: int) -> Tensor:
        """The loss of stems (B, S, C, T), leaving out the first `skip` samples. There is one `view`."""
        if self.objective.sample_rate != SAMPLE_RATE:
            stems = resampled(stems, self.objective.sample_rate)
            skip = skip * self.objective.sample_rate // SAMPLE_RATE
        if self.network.channels == 1:
            stems = stems.mean(dim=2, keepdim=True)
        stems = stems[..., : stems.shape[-1] // self.pace * self.pace]
        mixture, batch = stems.sum(dim=1), len(stems)
        alone, chosen = self._alone(stems, valid)
        heard = torch.cat([mixture, alone, torch.zeros_like(mixture[:1])]) if self.objective.splits else mixture
        posterior = self.network.encoder(heard)
        mean, spread = posterior[:batch].chunk(2, dim=-1)
        silence = posterior[-1, -1, : mean.shape[-1]] if self.objective.splits else torch.zeros_like(mean[0, -1])
        z, divergence = self._sample(mean, spread, skip)
        joined, order = self._join(z, valid)
        latents = joined[:, :, None]
        if self.objective.splits:
            latents = torch.cat([latents, self.network.apart(z, silence)], dim=2)
        decoded = Decoders(self.network.decoder, latents.shape[2])(latents).float()
        with torch.autocast(decoded.device.type, enabled=False):
            loss = self.objective.beta * divergence
            wanted = _joined(stems, order)[:, None]
            loss = loss + self._distance(decoded[:, :1], wanted, mixture, skip).mean()
            if self.objective.splits:
                loss = loss + self.objective.partition * self._partitions(decoded[:, 1:], stems, valid, skip)
                encoded = posterior[batch:-1, :, : mean.shape[-1]]
                loss = loss + self.objective.gamma * self._apartness(mean, encoded, chosen, silence, skip)
                wanted = torch.cat([wanted, stems], dim=1)
            if self.critic is not None and self.training:
                late = self.network.delay
                sounds = wanted[..., skip : wanted.shape[-1] - late], decoded[..., skip + late :]
                loss = loss + self.objective.adversarial * self.critic.loss(*(x.flatten(0, 1) for x in sounds))
        return loss

    def _alone(self, stems: Tensor, valid: Tensor) -> tuple[Tensor, Tensor]:
        """For each segment one of its valid stems, (B, C, T), and which, (B,)."""
        odds = valid.float() + TINY
        chosen = torch.multinomial(odds, 1)[:, 0] if self.training else odds.argmax(dim=1)
        return stems[torch.arange(len(stems)), chosen], chosen

    def _sample(self, mean: Tensor, spread: Tensor, skip: int) -> tuple[Tensor, Tensor]:
        """A latent drawn from the posterior and the divergence of that from the prior; shared dimensions are exact."""
        private = self.network.split.common.start
        mu, log_sigma = mean[..., :private], spread[..., :private].clamp(-6.0, 2.0)
        sigma = log_sigma.exp()
        scored = slice(skip // self.pace, None)
        divergence = (0.5 * (mu.square() + sigma.square() - 1.0) - log_sigma)[:, scored].mean()
        drawn = mu + sigma * torch.randn_like(mu) if self.training else mu
        return torch.cat([drawn, mean[..., private:]], dim=-1), divergence

    def _join(self, z: Tensor, valid: Tensor) -> tuple[Tensor, Tensor]:
        """Latents whose partitions come from several segments, (B, N, Z), and from which, (B, S)."""
        batch, stems = valid.shape
        order = torch.arange(batch, device=z.device)[:, None].repeat(1, stems)
        if not (self.training and self.objective.splits):
            return z, order
        whole = valid.all(dim=1) & (torch.rand(batch, device=z.device) < self.objective.swap_share)
        places = whole.nonzero().flatten()
        for stem in range(stems):
            order[places, stem] = places[torch.randperm(len(places), device=z.device)]
        split = self.network.split
        parts = [z[order[:, stem], :, split.partition(stem)] for stem in range(stems)]
        return torch.cat([*parts, z[..., split.common]], dim=-1), order

    def _distance(self, estimate: Tensor, target: Tensor, mixture: Tensor, skip: int) -> Tensor:
        late = self.network.delay
        estimate, target = estimate[..., skip + late :], target[..., skip : target.shape[-1] - late]
        return spectral_distance(estimate, target, mixture[..., skip:], self.objective.resolutions)

    def _partitions(self, decoded: Tensor, stems: Tensor, valid: Tensor, skip: int) -> Tensor:
        """What is wrong with each partition's sound: as a spectrum, as a waveform and as a mask."""
        merge, counted = merge_invalid(valid)
        estimate, target = (torch.einsum("bts,bscn->btcn", merge, x) for x in (decoded, stems))
        distance = self._distance(estimate, target, stems.sum(dim=1), skip)
        distance = (distance * counted).sum() / counted.sum()
        mixture = stems.sum(dim=1)
        error, energy, whole = (
            x[..., skip:].square().sum(dim=-1).sum(dim=-1) for x in (self._lag(estimate, target), target, mixture)
        )
        wave = error_db(error, energy, whole, counted)
        return distance + PER_DB * (wave + self._mask_error_db(decoded, stems, merge, counted, skip))

    def _lag(self, estimate: Tensor, target: Tensor) -> Tensor:
        """Their difference where they meet, the first `delay` samples left out."""
        late = self.network.delay
        return estimate[..., late:] - target[..., : target.shape[-1] - late]

    def _mask_error_db(self, decoded: Tensor, stems: Tensor, merge: Tensor, counted: Tensor, skip: int) -> Tensor:
        """|M X - S|^2 = M^2 |X|^2 - 2 M Re(conj(X) S) + |S|^2, of which only M has to be differentiated."""
        with torch.no_grad():
            true = self._spectra(torch.einsum("bts,bscn->btcn", merge, stems), skip)
            mixture = self._spectra(stems.sum(dim=1, keepdim=True), skip)
            power, cross = _power(mixture), (mixture.conj() * true).real
            energy = _power(true).sum(dim=(1, 3, 4))
        masks = torch.einsum("bts,bnscf->bntcf", merge, shares(_power(self._spectra(decoded, skip))))
        error = (masks * (masks * power - 2.0 * cross)).sum(dim=(1, 3, 4)) + energy
        return error_db(error.clamp_min(0.0), energy, power.sum(dim=(1, 2, 3, 4)), counted)

    def _spectra(self, stems: Tensor, skip: int) -> Tensor:
        """Stems (B, S, C, T) to complex frames (B, N, S, C, F), those of the first `skip` samples left out."""
        whole = stems[..., : stems.shape[-1] // self.stft.hop * self.stft.hop]
        return torch.view_as_complex(frames_of(self.stft, whole)[:, skip // self.stft.hop :])

    def _apartness(self, mixture: Tensor, alone: Tensor, chosen: Tensor, silence: Tensor, skip: int) -> Tensor:
        """How far a stem's partition is from what it is when the stem is alone, and the others from silence."""
        split = self.network.split
        own = torch.zeros_like(mixture[:, :1])
        for index, stem in enumerate(chosen):
            own[index, :, split.partition(int(stem))] = 1.0
        wanted = torch.where(own > 0, mixture, silence)
        scored, private = slice(skip // self.pace, None), split.common.start
        return split.stems * (alone - wanted)[:, scored, :private].square().mean()


def resampled(stems: Tensor, sample_rate: int) -> Tensor:
    """(..., T) at 44.1 kHz to `sample_rate`, by way of the whole segment's spectrum; its ends run into each other a little."""
    length = stems.shape[-1] * sample_rate // SAMPLE_RATE
    spectrum = torch.fft.rfft(stems)[..., : length // 2 + 1]
    return torch.fft.irfft(spectrum, n=length) * (length / stems.shape[-1])


def _power(spectra: Tensor) -> Tensor:
    return spectra.real.square() + spectra.imag.square()


def _joined(stems: Tensor, order: Tensor) -> Tensor:
    """The sum (B, C, T) of stems (B, S, C, T), each from the segment that `order` (B, S) names."""
    index = torch.arange(stems.shape[1], device=stems.device)
    return stems[order, index].sum(dim=1)
