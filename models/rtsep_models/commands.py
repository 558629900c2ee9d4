"""Commands that the networks add to `rtsep`. `rtsep --help` reads this file: whatever is heavy is imported inside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

models = typer.Typer(
    help="Weights of the trained separators: list, show, add, remove, export; descriptions of others' graphs.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="As 'rtsep models list' gives it.")]


class Format(StrEnum):
    """What other hosts read."""

    NN = "nn"
    ONNX = "onnx"


@models.command("list")
def models_list() -> None:
    """List the installed weights."""
    from rtsep_models.weights.listing import print_list

    print_list()


@models.command("show")
def models_show(name: Name) -> None:
    """Print a card: data and licences, scores, cost, files, and whether these are intact."""
    from rtsep_models.weights.listing import print_card

    print_card(name)


@models.command("add")
def models_add(
    url: Annotated[str, typer.Argument(help="Address of the set's card.json; its files lie beside it.")],
    sha256: Annotated[str, typer.Option(help="SHA-256 of that card, 64 hexadecimal digits.")],
) -> None:
    """Download weights, verify them, install them for this user."""
    from rtsep_models.weights.listing import add_with_bar

    add_with_bar(url, sha256)


@models.command("remove")
def models_remove(name: Name) -> None:
    """Delete weights that were added."""
    from rtsep_models.weights.store import remove

    typer.echo(f"removed {remove(name)}")


@models.command("export")
def models_export(
    name: Name,
    output: Annotated[Path, typer.Argument(help="FILE.ts for nn~; a folder for ONNX.")],
    kind: Annotated[
        Format, typer.Option("--format", help="TorchScript for nn~ (Max, Pd), or ONNX with a TOML.")
    ] = Format.NN,
    streams: Annotated[int, typer.Option(help="Items of a batch at most, each a stream of its own; nn~ only.")] = 64,
) -> None:
    """Write weights as a file that plays in Max, Pd or another host, and measure it. See docs/export.md."""
    from rtsep_models.exports import report, write
    from rtsep_models.weights.store import find

    weights = find(name)
    if kind is Format.NN:
        write.write_nn(weights, output, streams)
        lines = report.nn_lines(output, weights.card)
    else:
        lines = report.onnx_lines(*write.write_onnx(weights, output), weights.card)
    if weights.card.wiener:
        lines.append("  the Wiener filter is left out: these are the network's own stems")
    typer.echo("\n".join(lines))


@models.command("pack")
def models_pack(
    config: Annotated[Path, typer.Argument(help="The configuration that 'rtsep train' was given.")],
    weights: Annotated[Path, typer.Argument(help="What it left: best.safetensors in its output folder.")],
    about: Annotated[
        Path | None, typer.Option(help="TOML with version, licence and [[sources]]: name, licence, attribution, url.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="What to call the set; by default as its latency tier.")] = None,
    output: Annotated[Path | None, typer.Option(help="Folder to put it in; by default where 'add' installs.")] = None,
    graphs: Annotated[bool, typer.Option(help="ONNX graphs too, which play without torch.")] = True,
    wiener: Annotated[
        bool, typer.Option("--wiener", help="A multichannel Wiener filter behind it, which can be switched live.")
    ] = False,
) -> None:
    """Make trained weights into a separator that plays: card, weights, graphs."""
    from rtsep_models.training.config import load_config
    from rtsep_models.weights.publish import About, load_about, publish
    from rtsep_models.weights.store import user_folder

    place = output or user_folder()
    said = load_about(about) if about else About()
    for card in publish(load_config(config), weights, said, place, name, graphs, wiener):
        cost = f"{card.parameters / 1e6:.2f} M parameters, {card.mac_per_s / 1e9:.2f} GMAC/s, {card.latency_ms:.1f} ms"
        typer.echo(f"{card.name}: {cost}, in {place / card.name}")


@models.command("template")
def models_template(
    name: Annotated[str | None, typer.Argument(help="Network to describe; without one they are listed.")] = None,
) -> None:
    """Print a TOML for an ONNX graph of a well-known network: save it beside your own export. See docs/conversions.md."""
    from rtsep_models.foreign import templates

    if name is None:
        width = max(map(len, templates.names()))
        typer.echo("\n".join(f"{known:{width}}  {templates.summary(known)}" for known in templates.names()))
    else:
        typer.echo(templates.text(name), nl=False)
