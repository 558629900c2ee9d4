"""The card: everything that is known of a set of weights, as JSON beside its files, readable without torch."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import msgspec

from rtsep.errors import SeparatorError
from rtsep_models.domain import Domain
from rtsep_models.split import Split

CARD_FILE = "card.json"
LARGEST_CARD = 1 << 20
"""Bytes."""
LARGEST_FILE = 1 << 30
"""Bytes; shipped files are held below 16 MiB by a test."""
FILE_TYPES = (".safetensors", ".onnx")
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,127}")
DIGEST = re.compile(r"[0-9a-f]{64}")


class WeightsError(SeparatorError):
    """Weights are missing, damaged, foreign, or not what their card says."""


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A body of sound that was trained on."""

    name: str
    licence: str
    attribution: str = ""
    url: str = ""


class Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the weights come from."""

    steps: int
    audio_s: float
    """Seconds of mixture heard, repetitions counted."""
    commit: str
    sources: tuple[Source, ...]


class FileEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a file must be to be taken for the one that was published."""

    sha256: str
    size: int
    """Bytes."""

    def __post_init__(self) -> None:
        if not DIGEST.fullmatch(self.sha256):
            raise ValueError(f"sha256 {self.sha256!r} must be 64 lower-case hexadecimal digits")
        if not 0 < self.size <= LARGEST_FILE:
            raise ValueError(f"size {self.size} must be 1..{LARGEST_FILE} bytes")


class Latent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The latent of an autoencoder that is split by source: `Split`, and how late what it decodes is."""

    private: int
    shared: int
    delay: int
    """Samples; a masked mixture is later, as the card's own `delay` says."""

    def __post_init__(self) -> None:
        if self.private < 1 or self.shared < 0 or self.delay < 0:
            raise ValueError(f"latent {self} must have private >= 1, shared >= 0 and delay >= 0")

    def split(self, stems: int) -> Split:
        """How it is divided among so many."""
        return Split(stems, self.private, self.shared)


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A set of weights. Lengths in samples."""

    name: str
    version: str
    tier: str
    architecture: str
    configuration: dict[str, Any]
    """Keyword arguments of the network's class."""
    domain: Domain = "spectrum"
    analysis: int
    synthesis: int
    hop: int
    delay: int
    stride: int = 1
    """The trunk runs every `stride` hops."""
    channels: int = 2
    latent: Latent | None = None
    wiener: bool = False
    """Whether a multichannel Wiener filter stands behind the network: `rtsep_models.separators.wiener`."""
    stems: tuple[str, ...] = ("vocals", "drums", "bass", "other")
    sample_rates: tuple[int, ...] = (44100, 48000)
    licence: str
    sound: str = ""
    """How it sounds, plainly."""
    training: Training
    scores: dict[str, Any] = {}
    """As `rtsep evaluate` gives them."""
    latency_ms: float
    parameters: int
    mac_per_s: float
    files: dict[str, FileEntry] = {}

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"name {self.name!r} must be a lower-case word of letters, digits and '_'")
        for name in self.files:
            if not (FILE_NAME.fullmatch(name) and name.endswith(FILE_TYPES)):
                raise ValueError(f"file name {name!r} must be plain and end in one of {', '.join(FILE_TYPES)}")
        lengths = (self.analysis, self.synthesis, self.hop, self.stride, self.channels, *self.sample_rates)
        if min(lengths) < 1 or self.delay < 0 or not self.sample_rates or len(self.stems) < 2:
            raise ValueError("analysis, synthesis, hop, stride, channels, delay, stems or sample_rates out of range")
        if (self.latent is not None) != (self.domain == "latent") or (self.latent and self.latent.delay > self.delay):
            raise ValueError(
                "latent must be described where the domain is latent, no later than delay, and nowhere else"
            )
        if self.domain == "spectrum" and self.delay != self.synthesis - self.hop:
            raise ValueError(f"delay {self.delay} must be synthesis - hop = {self.synthesis - self.hop}")
        if self.wiener and (self.domain != "spectrum" or self.channels != 2):
            raise ValueError(
                f"wiener: the filter is for spectra of 2 channels, not domain {self.domain} of {self.channels}; leave it out"
            )

    @property
    def digest(self) -> str:
        """SHA-256 over the files' own: another one, other weights. What is merely said of them does not count."""
        listed = (f"{name} {entry.sha256}\n" for name, entry in sorted(self.files.items()))
        return hashlib.sha256("".join(listed).encode()).hexdigest()

    @property
    def shape_in(self) -> tuple[int, ...]:
        """One hop of what the network takes: (1, 1, C, F, 2) or (1, C, hop)."""
        if self.domain != "spectrum":
            return 1, self.channels, self.hop
        return 1, 1, self.channels, self.analysis // 2 + 1, 2

    @property
    def shape_out(self) -> tuple[int, ...]:
        """One hop of what it gives: (1, 1, S, C, F, 2) or (1, S, C, hop)."""
        if self.domain != "spectrum":
            return 1, len(self.stems), self.channels, self.hop
        return 1, 1, len(self.stems), self.channels, self.analysis // 2 + 1, 2


def decode_card(raw: bytes, origin: str) -> Card:
    """The card that `raw` spells; `origin` is how the error calls it. Raises WeightsError."""
    try:
        return msgspec.json.decode(raw, type=Card)
    except msgspec.MsgspecError as error:
        raise WeightsError(
            f"{origin} is no card of weights: {error}; install the set again, or a version of rtsep that knows it"
        ) from error


def read_card(folder: Path) -> Card:
    """The card of the weights in `folder`. Raises WeightsError."""
    path = folder / CARD_FILE
    try:
        if path.stat().st_size > LARGEST_CARD:
            raise WeightsError(f"{path} has more than {LARGEST_CARD} bytes, too many for a card; install the set again")
        raw = path.read_bytes()
    except OSError as error:
        raise WeightsError(f"{path} cannot be read ({error.strerror}); install the set again") from error
    return decode_card(raw, str(path))


def write_card(folder: Path, card: Card) -> None:
    """Write the card into `folder`, readable by people too."""
    raw = msgspec.json.format(msgspec.json.encode(card), indent=2) + b"\n"
    (folder / CARD_FILE).write_bytes(raw)
