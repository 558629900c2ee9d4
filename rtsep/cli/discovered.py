"""Commands that other packages bring: entry points of the group `rtsep.commands`.

    [project.entry-points."rtsep.commands"]
    train = "my_package.commands:train"      a function is a command, a typer.Typer with subcommands a group of them

The module named there should import nothing heavy: `rtsep --help` reads it.
"""

from __future__ import annotations

import re
from importlib.metadata import EntryPoint, entry_points, requires
from typing import Any

import typer
from typer.core import TyperGroup

from rtsep.errors import RtsepError

GROUP = "rtsep.commands"


class MissingLibraryError(RtsepError):
    """A command needs a library that is not installed."""


PACKAGES = {"PySide6": "PySide6-Essentials"}
"""Packages that are not called as their modules are."""


def missing_library(name: str) -> MissingLibraryError:
    """What to say when module `name` is not installed; names the extra of rtsep that brings it, if one does."""
    package = re.escape(PACKAGES.get(name, name).replace("_", "-"))
    line = re.compile(rf"{package}\b(?!-)[^;]*;\s*extra == '(?!dev')([\w-]+)'", re.IGNORECASE)
    extras = [found[1] for found in map(line.match, requires("rtsep") or ()) if found]
    remedy = f"pip install 'rtsep[{extras[0]}]'" if extras else f"pip install {name}"
    return MissingLibraryError(f"this command needs the library {name!r}, which is not installed; {remedy}")


def _load(point: EntryPoint) -> Any:
    """What an entry point names. Raises MissingLibraryError, RtsepError."""
    try:
        return point.load()
    except ModuleNotFoundError as error:
        raise missing_library((error.name or point.module).split(".")[0]) from error
    except (ImportError, AttributeError) as error:
        raise RtsepError(
            f"command {point.name!r} cannot be loaded from {point.value}: {error}; is its package complete?"
        ) from error


def _command(point: EntryPoint) -> Any:
    """The command behind an entry point; if it cannot be loaded, one that says why."""
    wrapper = typer.Typer(add_completion=False, rich_markup_mode=None)
    try:
        loaded = _load(point)
    except RtsepError as error:
        reason = error

        @wrapper.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
        def unavailable() -> None:
            raise reason

        command: Any = typer.main.get_command(wrapper)
        command.help = f"Not available: {reason}"
    else:
        if isinstance(loaded, typer.Typer):
            command = typer.main.get_group(loaded)
        else:
            # A function may say in an attribute how click is to parse its arguments.
            wrapper.command(context_settings=getattr(loaded, "context_settings", None))(loaded)
            command = typer.main.get_command(wrapper)
    command.name = point.name
    return command


class DiscoveringGroup(TyperGroup):
    """The root command: our own commands, then those found among the installed packages, loaded when asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Names, ours first."""
        ours = super().list_commands(ctx)
        return [*ours, *sorted(point.name for point in entry_points(group=GROUP) if point.name not in ours)]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One of ours, else one found; None if there is none."""
        ours = super().get_command(ctx, cmd_name)
        if ours is not None:
            return ours
        return next((_command(point) for point in entry_points(group=GROUP, name=cmd_name)), None)
