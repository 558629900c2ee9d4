"""Commands that the networks add to `rtsep`. `rtsep --help` reads this file: whatever is heavy is imported inside."""

from __future__ import annotations

from typing import Annotated

import typer

models = typer.Typer(help="Weights of the trained separators: list, show, add, remove.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="As 'rtsep models list' gives it.")]


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
