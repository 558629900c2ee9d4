"""`rtsep`: the command line's entry point."""

from __future__ import annotations

import signal
import sys

import typer

from rtsep import __version__
from rtsep.cli import bench, ctl, demo, latency, listing, midi, patches, run, separate, trace
from rtsep.cli.discovered import DiscoveringGroup, missing_library
from rtsep.errors import RtsepError

app = typer.Typer(
    name="rtsep",
    cls=DiscoveringGroup,
    help="Live music source separation: audio in, stems, a mixer, audio out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("separate")(separate.separate)
app.command("devices")(listing.devices)
app.command("separators")(listing.separators)
app.command("doctor")(listing.doctor)
app.command("latency")(latency.latency)
app.command("bench")(bench.bench)
app.command("trace")(trace.trace)
app.command("hosts")(listing.hosts)
app.command("stop")(listing.stop)
app.command("sessions")(listing.sessions)
# What looks like an option may be a value: -6.5.
app.command("ctl", context_settings={"ignore_unknown_options": True})(ctl.ctl)
app.command("patches")(patches.patches)
app.add_typer(midi.midi, name="midi")


def _version(show: bool) -> None:
    if show:
        typer.echo(f"rtsep {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Live music source separation: audio in, stems, a mixer, audio out."""


def complete_json(arguments: list[str]) -> list[str]:
    """`--json` without a file means standard output.

    >>> complete_json(["devices", "--json"]), complete_json(["demo", "--json", "F"])
    (['devices', '--json', '-'], ['demo', '--json', 'F'])
    """
    completed: list[str] = []
    for index, argument in enumerate(arguments):
        completed.append(argument)
        following = arguments[index + 1 : index + 2]
        if argument == "--json" and (not following or (following[0].startswith("-") and following[0] != "-")):
            completed.append("-")
    return completed


def main() -> None:
    """Run a command. Every error that a user can cause is one line on stderr and exit status 1."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(args=complete_json(sys.argv[1:]))
    except RtsepError as error:
        print(f"rtsep: {error}", file=sys.stderr)
        sys.exit(1)
    except ModuleNotFoundError as error:
        module = (error.name or "").split(".")[0]
        if not module or module.startswith("rtsep"):
            raise
        print(f"rtsep: {missing_library(module)}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
