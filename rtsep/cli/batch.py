"""How `rtsep separate` shows a batch: a bar for the files, one for each that is under way, a line for each that ended."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from rtsep.host.batch.job import Event, Job, Outcome

COLUMNS = (
    TextColumn("{task.description}", markup=False),
    BarColumn(),
    TextColumn("{task.percentage:3.0f} %"),
    TimeRemainingColumn(),
)
MOST_STATUS = 100
"""The exit status counts the failed files, up to here: above 125 a shell takes it for something else."""


def watch(events: Iterable[Event], total: int, outcomes: list[Outcome], out: Console) -> None:
    """Show a batch of `total` files as it goes on; each outcome goes to `outcomes` at once, as Ctrl-C may end it."""
    tasks: dict[Job, TaskID] = {}
    shares: dict[Job, float] = {}
    with Progress(*COLUMNS, console=out, transient=True) as progress:
        whole = progress.add_task("files", total=total)
        for event in events:
            if isinstance(event, Outcome):
                outcomes.append(event)
                shares.pop(event.job, None)
                if event.job in tasks:
                    progress.remove_task(tasks.pop(event.job))
                out.print(line(event), soft_wrap=True)
            elif event.total:
                if event.job not in tasks:
                    tasks[event.job] = progress.add_task(Path(event.job.source).name)
                progress.update(tasks[event.job], completed=event.frames, total=event.total)
                shares[event.job] = event.frames / event.total
            done = len(outcomes)
            progress.update(whole, description=f"{done} of {total} files", completed=done + sum(shares.values()))


def line(outcome: Outcome) -> str:
    """One outcome for people, as rich's markup."""
    if outcome.status == "failed":
        return f"[red]failed[/red] {escape(outcome.error)}"
    job = outcome.job
    told = f"{job.source}: {len(outcome.stems)} stems in {job.folder}, {outcome.speed:.1f} x real time"
    return escape(told)


def summary(outcomes: list[Outcome], total: int) -> str:
    """The last line."""
    count = {status: sum(o.status == status for o in outcomes) for status in ("done", "skipped", "failed")}
    told = f"{count['done']} separated, {count['skipped']} done already, {count['failed']} failed"
    left = total - len(outcomes)
    return f"{told}, {left} left; the same command goes on" if left else told


def status(outcomes: list[Outcome]) -> int:
    """The exit status of a batch that came to its end."""
    return min(MOST_STATUS, sum(outcome.status == "failed" for outcome in outcomes))
