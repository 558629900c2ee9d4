"""Where training songs lie and how they are varied, as values that a TOML file decodes into."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

import msgspec

from rtsep.errors import ConfigError, did_you_mean

Split = Literal["train", "validation", "test"]
Kind = Literal["album", "band", "midi", "musdb18", "musdb18hq", "medleydb"]
ROOT_VARIABLE = "RTSEP_DATA"
"""Environment variable: the folder that relative paths start from."""


PACKAGE = "package:"
"""How a path begins that names a folder which comes with the package."""
PACKAGED = Path(__file__).with_name("packaged")


def expand(path: str) -> Path:
    """`path` with ~ and $VARIABLES expanded; a relative one starts from $RTSEP_DATA if that is set.

    `package:NAME` is a folder that comes with the package. Raises ConfigError if there is no such folder, or if the path names
    an environment variable that is not set.
    """
    if path.startswith(PACKAGE):
        return _packaged(path.removeprefix(PACKAGE))
    expanded = os.path.expandvars(os.path.expanduser(path))
    if unset := re.search(r"\$\{?(\w+)", expanded):
        raise ConfigError(f"path {path!r} uses ${unset[1]}, which is not set; set it, or write the path out")
    return Path(os.environ.get(ROOT_VARIABLE, "")) / expanded


def _packaged(name: str) -> Path:
    names = sorted(folder.name for folder in PACKAGED.iterdir() if folder.is_dir())
    if name not in names:
        hint = did_you_mean(name, names)
        raise ConfigError(f"path {PACKAGE + name!r}: the package holds no such folder, but {', '.join(names)}; {hint}")
    return PACKAGED / name


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of songs in one published layout, drawn from in proportion to `weight`."""

    kind: Kind
    path: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        if not self.weight > 0:
            raise ConfigError(
                f"source {self.path!r}: weight is {self.weight}, must be > 0; leave the source out instead"
            )


Range = tuple[float, float]


class Augmentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How segments are varied. `*_share`: probability, 0..1; the others are ranges to draw from evenly."""

    gain_db: Range = (-10.0, 6.0)
    """Of each stem."""
    level_db: Range = (-20.0, 3.0)
    """Of the whole; what would clip then is turned down."""
    speed_share: float = 0.5
    speed: Range = (0.88, 1.14)
    """Speed and pitch together; 48000 / 44100 = 1.088."""
    swap_share: float = 0.5
    polarity_share: float = 0.5
    width_share: float = 0.3
    width: Range = (0.0, 1.6)
    """Factor on the side signal of a stem."""
    balance_share: float = 0.3
    balance_db: Range = (-6.0, 6.0)
    """Left against right in a stem."""
    mono_share: float = 0.1
    """Of the whole."""
    drop_share: float = 0.08
    """Of each stem: silent."""
    alone_share: float = 0.05
    """All stems but one silent."""
    tilt_share: float = 0.3
    tilt_db: Range = (-8.0, 8.0)
    """Treble against bass in a stem."""
    clip_share: float = 0.06
    drive_db: Range = (0.0, 12.0)
    """Soft clipping of a stem: peak over the clipping level."""
    noise_share: float = 0.1
    noise_db: Range = (-80.0, -45.0)
    """White or pink, part of `other`; dB of full scale."""
    reverb_share: float = 0.1
    reverb_s: Range = (0.15, 1.0)
    """Time to fall by 60 dB, in a room that all stems share."""
    reverb_db: Range = (-24.0, -6.0)

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                if not value[0] <= value[1]:
                    raise ConfigError(f"augmentation.{name} is {list(value)}: write the lower end first")
            elif not 0 <= value <= 1:
                raise ConfigError(f"augmentation.{name} is {value}, must be 0..1: it is a probability")
        if not 0.5 <= self.speed[0] <= self.speed[1] <= 2:
            raise ConfigError(
                f"augmentation.speed is {list(self.speed)}, must lie within 0.5..2; write for example [0.88, 1.14]"
            )


UNCHANGED = Augmentation(
    gain_db=(0.0, 0.0),
    level_db=(0.0, 0.0),
    speed_share=0.0,
    swap_share=0.0,
    polarity_share=0.0,
    width_share=0.0,
    balance_share=0.0,
    mono_share=0.0,
    drop_share=0.0,
    alone_share=0.0,
    tilt_share=0.0,
    clip_share=0.0,
    noise_share=0.0,
    reverb_share=0.0,
)
"""Songs as they are: for validation."""


class DataConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What segments are made of."""

    sources: tuple[Source, ...]
    segment_s: float = 6.0
    split: Split = "train"
    coherent_share: float = 0.5
    """Segments whose stems all come from one place in one song."""
    replace_share: float = 0.75
    """In the other segments, the probability of each stem to come from elsewhere."""
    augmentation: Augmentation = Augmentation()
    rescan_batches: int = 50
    """After how many batches a folder that may be growing is looked through anew."""
    cache: str = ""
    """Where decoded songs are kept; empty: the user's cache folder."""

    def __post_init__(self) -> None:
        if not self.sources:
            raise ConfigError("data.sources is empty; add a [[data.sources]] table with kind and path")
        if not 0.1 <= self.segment_s <= 600:
            raise ConfigError(f"data.segment_s is {self.segment_s}, must be 0.1..600 s")
        if self.rescan_batches < 1:
            raise ConfigError(f"data.rescan_batches is {self.rescan_batches}, must be >= 1")
        for name in ("coherent_share", "replace_share"):
            if not 0 <= getattr(self, name) <= 1:
                raise ConfigError(f"data.{name} is {getattr(self, name)}, must be 0..1: it is a probability")
