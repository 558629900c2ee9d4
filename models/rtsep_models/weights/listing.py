"""What `rtsep models` prints."""

from __future__ import annotations

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn
from rich.table import Table

from rtsep.errors import RtsepError
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.download import add
from rtsep_models.weights.store import find, folders, user_folder


def print_list() -> None:
    """One line for each set, damaged ones included."""
    out = Console(highlight=False)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("name", "version", "tier", "latency", "parameters", "GMAC/s", "licence", "from"):
        table.add_column(column)
    broken: list[str] = []
    for name in folders():
        try:
            weights = find(name)
        except RtsepError as error:
            broken.append(str(error))
            continue
        card = weights.card
        table.add_row(
            card.name,
            card.version,
            card.tier,
            f"{card.latency_ms:.1f} ms",
            f"{card.parameters / 1e6:.2f} M",
            f"{card.mac_per_s / 1e9:.2f}",
            card.licence,
            "rtsep" if weights.packaged else "added",
        )
    if table.row_count:
        out.print(table)
    elif not broken:
        out.print(
            f"No weights are installed; 'rtsep models add' puts them into {escape(str(user_folder()))}.", soft_wrap=True
        )
    for complaint in broken:
        out.print(f"[red]{escape(complaint)}[/red]", soft_wrap=True)


def print_card(name: str) -> None:
    """The card as JSON, then the state of each file. Raises WeightsError if one is damaged."""
    weights = find(name)
    print(msgspec.json.format(msgspec.json.encode(weights.card), indent=2).decode())
    complaints = []
    for file in weights.card.files:
        try:
            weights.verified(file)
        except WeightsError as error:
            complaints.append(str(error))
    if complaints:
        raise WeightsError("\n".join(complaints))
    print(f"{len(weights.card.files)} files in {weights.folder}: intact")


def add_with_bar(url: str, sha256: str) -> None:
    """Download a set and say where it went. Raises WeightsError."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    out = Console(highlight=False)
    with Progress(*columns, console=out) as bar:
        tasks: dict[str, TaskID] = {}

        def progress(file: str, received: int, size: int) -> None:
            if file not in tasks:
                tasks[file] = bar.add_task(file, total=size)
            bar.update(tasks[file], completed=received)

        weights = add(url, sha256, progress)
    out.print(
        f"{weights.card.name} {weights.card.version} is installed in {escape(str(weights.folder))}", soft_wrap=True
    )
