"""`rtsep train CONFIG.toml`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    config: Annotated[Path, typer.Argument(help="Training configuration, TOML; examples lie in rtsep_models/configs.")],
    output: Annotated[Path, typer.Option(help="Folder for checkpoints, weights and logs; resumes what lies there.")],
    steps: Annotated[int | None, typer.Option(help="Instead of the configuration's.", min=1)] = None,
) -> None:
    """Train a separator; started again with the same --output it goes on where it stopped."""
    import msgspec
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from rtsep_models.training import run
    from rtsep_models.training.config import load_config

    settings = load_config(config)
    if steps is not None:
        settings = msgspec.structs.replace(settings, steps=steps)
    console = Console()
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(settings.name, total=settings.steps)

        def report(progress: run.Progress) -> None:
            text = f"{settings.name} error {progress.error_db:.2f} dB"
            bar.update(task, completed=progress.step, description=text)
            if progress.validation_db is not None:
                console.print(
                    f"step {progress.step}: {progress.audio_s / 3600:.1f} h heard, {progress.seconds:.2f} s a step, "
                    f"training {progress.error_db:.2f} dB, validation {progress.validation_db:.2f} dB",
                    highlight=False,
                )

        best = run.train(settings, output, report)
    console.print(f"weights: {best}", highlight=False)
