"""From what `rtsep train` leaves to sets of weights that play: one for each tier of the configuration."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import msgspec

from rtsep import __version__
from rtsep.errors import ConfigError
from rtsep_models.data.songs import SAMPLE_RATE
from rtsep_models.networks import build
from rtsep_models.networks.band import BandNetwork
from rtsep_models.networks.rave import Rave
from rtsep_models.training.bases import laid_over_bases
from rtsep_models.training.config import TrainConfig, Transform
from rtsep_models.weights.card import NAME, Card, Latent, Source, Training
from rtsep_models.weights.network import fill, is_file, read_tensors
from rtsep_models.weights.pack import pack
from rtsep_models.weights.store import find

TIERS = {"stage": 256, "monitor": 1024, "broadcast": 4096, "dj": 22050}
"""The longest synthesis window of each latency tier, samples."""


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a configuration cannot know: a TOML file beside it."""

    version: str = "1"
    licence: str = "not stated"
    sound: str = ""
    sources: tuple[Source, ...] = ()


def load_about(path: Path) -> About:
    """Raises ConfigError as `laid_over_bases` does, or if the file says something unknown."""
    try:
        return msgspec.convert(laid_over_bases(path, "about file"), About)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path}: {error}; it has version, licence and [[sources]] with name and licence") from error


def tier_of(synthesis: int) -> str:
    """The tier that a synthesis window belongs to.

    Raises ConfigError if it is too long for any.

    >>> tier_of(256), tier_of(257)
    ('stage', 'monitor')
    """
    for tier, limit in TIERS.items():
        if synthesis <= limit:
            return tier
    raise ConfigError(f"synthesis window of {synthesis} samples: a tier has at most {max(TIERS.values())}; shorten it")


def publish(
    config: TrainConfig,
    weights: Path,
    about: About,
    output: Path,
    name: str | None = None,
    graphs: bool = True,
    wiener: bool = False,
) -> list[Card]:
    """Pack the network of `config` with the trained `weights` into a folder below `output` for each tier; their cards.

    A set is called `name`, or `name_TIER` where there are several tiers, or by default as its tier. Without `graphs` it
    plays in torch alone and takes half the room. With `wiener` a multichannel Wiener filter stands behind the network.
    Raises ConfigError, or WeightsError if the file does not hold this network's weights.
    """
    if name is not None and not NAME.fullmatch(name):
        raise ConfigError(f"name {name!r} must be a lower-case word of letters, digits and '_'")
    tiers = [tier_of(transform.synthesis) for transform in config.tiers]
    if len(set(tiers)) < len(tiers):
        raise ConfigError(f"two tiers of {config.name!r} would both be called {tiers[0]!r}; pack them apart")
    tensors = read_tensors(weights)
    pace = max(transform.hop for transform in config.tiers)
    training = _training(config, about)  # now, as one of the sets may take the place of the one that it began with
    cards = []
    for transform, tier in zip(config.tiers, tiers, strict=True):
        called = tier if name is None else name if len(config.tiers) == 1 else f"{name}_{tier}"
        network, options = build(config.network, config.options), config.options
        if wiener and network.domain != "spectrum":
            raise ConfigError(f"network {config.network!r} gives no spectra to filter; pack it without --wiener")
        if isinstance(network, BandNetwork):
            options = options | {"stride": pace // transform.hop}
            network = build(config.network, options)
        fill(network, tensors, str(weights))
        known: dict[str, Any] = {"domain": network.domain, "wiener": wiener}
        if isinstance(network, Rave):
            latent = Latent(network.split.private, network.split.shared, network.delay)
            known |= {"latent": latent, "channels": network.channels}
            rate = config.objective.get("sample_rate", SAMPLE_RATE)
            if rate != SAMPLE_RATE:
                known["sample_rates"] = (rate,)
            network.settle()
        known |= {"name": called, "tier": tier, "configuration": options, "training": training}
        blank = _card(config, transform, about, **known)
        cards.append(pack(network, blank, output / called, graphs=graphs))
    return cards


def _card(config: TrainConfig, transform: Transform, about: About, **known: Any) -> Card:
    """The card but for files and cost."""
    return Card(
        **known,
        version=about.version,
        architecture=config.network,
        analysis=transform.analysis,
        synthesis=transform.synthesis,
        hop=transform.hop,
        delay=transform.synthesis - transform.hop,
        stride=known["configuration"].get("stride", 1),
        licence=about.licence,
        sound=about.sound,
        latency_ms=0.0,
        parameters=0,
        mac_per_s=0.0,
    )


def _training(config: TrainConfig, about: About) -> Training:
    """What a set had heard that training started from counts too."""
    begun = Training(0, 0.0, "", ())
    if config.start_from and not is_file(config.start_from):
        begun = find(config.start_from).card.training
    unnamed = (Source(source.path, "not stated") for source in config.data.sources)
    return Training(
        begun.steps + config.steps,
        begun.audio_s + config.steps * config.batch * config.data.segment_s,
        _commit(),
        about.sources or tuple(dict.fromkeys((*begun.sources, *unnamed))),
    )


def _commit() -> str:
    """What was checked out where this code lies, else rtsep's version."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return f"rtsep {__version__}"
    return answer.stdout.strip() or f"rtsep {__version__}"
