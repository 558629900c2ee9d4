"""How each kind of network is fed and scored in training: stems in, one error in dB out, the same for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
import torch
from torch import Tensor, nn

from rtsep.errors import ConfigError
from rtsep_models.networks.band import BandNetwork
from rtsep_models.networks.rave import Rave
from rtsep_models.streaming.bands import bins_of
from rtsep_models.streaming.contract import Network
from rtsep_models.streaming.masks import MaskNetwork
from rtsep_models.streaming.stft import Stft
from rtsep_models.training.config import Transform
from rtsep_models.training.contrastive import ContrastiveObjective, contrastive_loss
from rtsep_models.training.losses import (
    MaskProducts,
    frame_error_db,
    mask_error_db,
    mask_products,
    products_error_db,
    sample_error_db,
)
from rtsep_models.training.rave import RaveObjective, RaveSystem
from rtsep_models.training.views import View, frames_of


class BandObjective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the flagship is scored: the table `[objective]` of a configuration."""

    score_every: int = 1
    """Of how many of the trunk's frames one is scored in training. They overlap by three quarters, and neighbours teach alike."""

    def __post_init__(self) -> None:
        """Raises ValueError for a number below 1."""
        if self.score_every < 1:
            raise ValueError(f"score_every {self.score_every}: must be 1 or more")


Objective = TypeVar("Objective", BandObjective, RaveObjective, ContrastiveObjective)


class BandSystem(nn.Module):
    """The flagship: a network from frames to masks, for one tier or several whose trunk runs at the same pace.

    Where the head runs more often than the trunk it is scored on one frame of each trunk frame, at an offset drawn anew for
    each batch: the head has no memory, so that frames left out change nothing, and a stage network trains as fast as a
    monitor network.
    """

    def __init__(self, network: BandNetwork, tiers: tuple[Transform, ...], objective: BandObjective) -> None:
        """Raises ConfigError unless every hop divides the longest."""
        super().__init__()
        self.network, self.objective = network, objective
        self.hops = [tier.hop for tier in tiers]
        self.pace = max(self.hops)
        if any(self.pace % hop for hop in self.hops):
            raise ConfigError(f"tiers with hops {self.hops}: each must divide the longest; change transform.hop")
        self.transforms = nn.ModuleList(
            Stft(tier.analysis, tier.hop, tier.synthesis, stride=self.pace // tier.hop) for tier in tiers
        )

    @property
    def views(self) -> list[list[View]]:
        """Of each tier, all its offsets."""
        return [[View(tier, offset) for offset in range(self.pace // hop)] for tier, hop in enumerate(self.hops)]

    def forward(self, stems: Tensor, valid: Tensor, view: View, skip: int) -> Tensor:
        """Error in dB of stems (B, S, C, T), leaving out the first `skip` samples."""
        head, bins = self.network.head, self.network.trunk.bins
        with torch.no_grad():
            target = self._frames(stems, view)[..., :bins, :]
            frames = heard = target.sum(dim=2)
            if view.offset:
                mixture = self._frames(stems.sum(dim=1, keepdim=True), View(view.tier, 0))
                heard = mixture[:, : frames.shape[1], 0, :, :bins]
        scored = slice(skip // self.pace, None, self.objective.score_every if self.training else 1)
        masks = head.masks(frames[:, scored], self.network.trunk(heard)[:, scored])
        with torch.autocast(masks.device.type, enabled=False):
            return mask_error_db(masks, target[:, scored], valid, head.layout, head.coarse)

    def _frames(self, stems: Tensor, view: View) -> Tensor:
        signal = stems[..., view.offset * self.hops[view.tier] :]
        whole = signal.shape[-1] // self.pace * self.pace
        return frames_of(self.transforms[view.tier], signal[..., :whole])


class SpectrumSystem(nn.Module):
    """A network from frames to the stems' frames, all of them scored; by its masks where it has such, which is quicker."""

    def __init__(self, network: Network, transform: Transform) -> None:
        super().__init__()
        self.views = [[View(0, 0)]]
        self.network, self.pace = network, transform.hop
        self.stft = Stft(transform.analysis, transform.hop, transform.synthesis)

    def forward(self, stems: Tensor, valid: Tensor, view: View, skip: int) -> Tensor:
        """Error in dB of stems (B, S, C, T), leaving out the first `skip` samples. There is one `view`."""
        assert view == self.views[0][0]
        length = stems.shape[-1] // self.pace * self.pace
        with torch.no_grad():
            target = frames_of(self.stft, stems[..., :length])
            mixture = target.sum(dim=2)
        scored, network = slice(skip // self.pace, None), self.network
        if isinstance(network, MaskNetwork):
            masks, _ = network.masks(mixture, network.initial_state(len(mixture)))
            with torch.autocast(masks.device.type, enabled=False):
                known = target[:, scored, ..., : bins_of(network.layout), :]
                return self.score(mask_products(masks[:, scored].float(), known, valid, network.layout, network.coarse))
        estimate = network(mixture).float()
        with torch.autocast(estimate.device.type, enabled=False):
            return frame_error_db(estimate[:, scored], target[:, scored], valid)

    def score(self, products: MaskProducts) -> Tensor:
        """Of a network of masks: the error in dB."""
        return products_error_db(products)


class ContrastiveSystem(SpectrumSystem):
    """A network of masks that learns by the angles of its estimates: `training/contrastive.py`."""

    def __init__(self, network: MaskNetwork, transform: Transform, objective: ContrastiveObjective) -> None:
        super().__init__(network, transform)
        self.objective = objective

    def score(self, products: MaskProducts) -> Tensor:
        """The loss in training; in validation the error in dB that all networks are scored with."""
        return contrastive_loss(products, self.objective) if self.training else products_error_db(products)


class WaveformSystem(nn.Module):
    """A network from waveforms to waveforms, late by `delay` samples.

    Scored sample by sample: the squares of windows that reconstruct add up to one, so that by Parseval's theorem the
    frames would give the same number, at three times the time.
    """

    def __init__(self, network: Network, transform: Transform) -> None:
        """Raises ConfigError unless the tier is as late as the network."""
        super().__init__()
        self.views = [[View(0, 0)]]
        self.network, self.delay, self.pace = network, transform.synthesis - transform.hop, transform.hop
        if network.delay != self.delay:
            raise ConfigError(
                f"the tier's synthesis - hop is {self.delay}, but {type(network).__name__} is {network.delay} samples late; "
                f"set synthesis = {transform.hop + network.delay}"
            )

    def forward(self, stems: Tensor, valid: Tensor, view: View, skip: int) -> Tensor:
        """Error in dB of stems (B, S, C, T), leaving out the first `skip` samples. There is one `view`."""
        assert view == self.views[0][0]
        length = stems.shape[-1] // self.pace * self.pace
        stems = stems[..., :length]
        estimate = self.network(stems.sum(dim=1)).float()
        with torch.autocast(estimate.device.type, enabled=False):
            heard, target = estimate[..., self.delay + skip :], stems[..., skip : length - self.delay]
            return sample_error_db(heard, target, valid)


def system_of(
    network: Network, tiers: tuple[Transform, ...], objective: Mapping[str, Any]
) -> BandSystem | SpectrumSystem | WaveformSystem | RaveSystem:
    """The system that fits a network.

    Raises ConfigError if the network cannot serve these tiers, or knows no such objective.
    """
    if objective and not isinstance(network, BandNetwork | Rave | MaskNetwork):
        raise ConfigError(f"[objective] {dict(objective)}: {type(network).__name__} has one objective; leave it out")
    if isinstance(network, BandNetwork):
        return BandSystem(network, tiers, _decoded(objective, BandObjective))
    if len(tiers) != 1:
        raise ConfigError(f"{len(tiers)} tiers for {type(network).__name__}, which has one hop; keep one")
    if isinstance(network, Rave):
        return RaveSystem(network, tiers[0], _decoded(objective, RaveObjective))
    if isinstance(network, MaskNetwork) and objective:
        return ContrastiveSystem(network, tiers[0], _decoded(objective, ContrastiveObjective))
    system = SpectrumSystem if network.domain == "spectrum" else WaveformSystem
    return system(network, tiers[0])


def _decoded(objective: Mapping[str, Any], kind: type[Objective]) -> Objective:
    """The table `[objective]`. Raises ConfigError if it is none of this kind."""
    try:
        return msgspec.convert(dict(objective), kind)
    except msgspec.ValidationError as error:
        raise ConfigError(f"[objective]: {error}; see {kind.__name__} in {kind.__module__}") from error
