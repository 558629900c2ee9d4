"""`rtsep gui`: the window, and a host if none runs."""

from __future__ import annotations

import sys
import time
from typing import Annotated

import typer

from rtsep.errors import ConfigError


def gui(
    context: typer.Context,
    host: Annotated[str | None, typer.Option(help="Address of a host elsewhere; default: this machine's.")] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Where it hears OSC.")] = None,
    theme: Annotated[str | None, typer.Option(help="dark or light; default: as last time.")] = None,
    frame_log: Annotated[str | None, typer.Option(hidden=True, help="JSON of ms per picture, at the end.")] = None,
    quit_after: Annotated[float | None, typer.Option(hidden=True, help="Seconds; prints start-up times.")] = None,
) -> None:
    """Open the mixer window. Any option of 'rtsep run' besides these starts a host with it, if none runs."""
    began = time.perf_counter()
    from rtsep_gui.app import Options, run
    from rtsep_gui.models.connecting import Place
    from rtsep_gui.models.palette import THEMES
    from rtsep_gui.models.startup import Startup

    if theme is not None and theme not in THEMES:
        raise ConfigError(f"theme {theme!r} is not offered; choose one of {', '.join(THEMES)}")
    if host is not None and context.args:
        raise ConfigError(
            f"{context.args[0]!r} would start a host here, and --host names one elsewhere; give one of them"
        )
    place = None
    if host is not None or port is not None:
        place = Place(host or "127.0.0.1", *([port] if port else []))
    startup = Startup(time.perf_counter() - began)
    code = run(Options(place, theme, tuple(context.args), frame_log, quit_after), startup)
    if quit_after is not None:
        startup.write()
    sys.exit(code)


gui.context_settings = {"allow_extra_args": True, "ignore_unknown_options": True}  # type: ignore[attr-defined]
