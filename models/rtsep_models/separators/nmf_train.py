"""Learns the bases of `nmf`: `python -m rtsep_models.separators.nmf_train CONFIG.toml --output FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from rtsep.errors import ConfigError, RtsepError
from rtsep_models.data.catalogue import cache_folder, songs_of
from rtsep_models.data.config import Source
from rtsep_models.separators.nmf import BASES
from rtsep_models.separators.nmf_bases import learn, save


class NmfConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that decides the bases; the same file and songs give the same ones."""

    sources: tuple[Source, ...]
    components: int = 32
    """Bases of each stem."""
    frames: int = 150
    """Of each stem and song, drawn at random from where it sounds; as many times as the `weight` of its source says."""
    iterations: int = 100
    seed: int = 0
    cache: str = ""
    """Where decoded songs are kept; empty: the user's cache folder."""


def load_config(path: Path) -> NmfConfig:
    """Raises ConfigError if the file cannot be read, is no TOML, or names something unknown."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=NmfConfig, strict=False)
    except (OSError, msgspec.MsgspecError) as error:
        raise ConfigError(f"configuration {path}: {error}; see nmf.toml in rtsep_models/configs") from error


def main(
    config: Annotated[Path, typer.Argument(help="TOML; the shipped bases come from rtsep_models/configs/nmf.toml.")],
    output: Annotated[Path, typer.Option(help="Where the bases go; by default where `nmf` reads them.")] = BASES,
) -> None:
    """Learn the bases of the NMF separator from songs."""
    settings = load_config(config)
    cache = cache_folder(settings.cache)
    songs = (
        song
        for source in settings.sources
        for _ in range(max(1, round(source.weight)))
        for song in songs_of(source, "train", cache)
    )
    save(learn(songs, settings.components, settings.frames, settings.iterations, settings.seed), output)
    typer.echo(f"bases: {output}")


if __name__ == "__main__":
    try:
        typer.run(main)
    except RtsepError as error:
        raise SystemExit(f"error: {error}") from error
