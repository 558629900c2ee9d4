"""`rtsep bench`: what separators and the host cost on this machine, and what it can sustain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated

import soxr
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rtsep.cli.benchtables import show_comparison, show_recommendation, show_report
from rtsep.cli.ending import interrupted_once
from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_folders, check_json, console
from rtsep.demo.clip import load_clip
from rtsep.errors import ConfigError
from rtsep.host.config import PREFERRED_SEPARATORS, DeviceConfig
from rtsep.host.devices.file import DEFAULT_RATE, open_sound
from rtsep.host.machinefile import write_machine
from rtsep.jsonfile import write_json
from rtsep.lab.bench.compare import compare as compared
from rtsep.lab.bench.comparepage import comparison_page
from rtsep.lab.bench.page import page
from rtsep.lab.bench.report import Report, Settings
from rtsep.lab.bench.reportfile import read_report
from rtsep.lab.bench.run import Bench
from rtsep.separators.registry import entry, registered

_what = "What"
_where = "Device"
_how = "Measurement"
BLOCKS = (64, 128, 256, 512, 1024)
SECONDS, REPEATS = 4.5, 3
QUICK_BLOCKS = (128, 256)
QUICK_SECONDS, QUICK_REPEATS = 1.5, 2


def bench(
    separator: Annotated[
        list[str] | None,
        typer.Option("--separator", "-s", help="May be repeated; default: all.", rich_help_panel=_what),
    ] = None,
    runtime: Annotated[
        list[str] | None,
        typer.Option(
            help="May be repeated; default: all that work, live the separator's choice.", rich_help_panel=_what
        ),
    ] = None,
    block: Annotated[
        list[int] | None,
        typer.Option(min=8, max=8192, help="Frames; may be repeated; default: 64 to 1024.", rich_help_panel=_what),
    ] = None,
    device: Annotated[
        str | None,
        typer.Option("--device", "-d", help="Name; default: JACK's dummy driver, or a file.", rich_help_panel=_where),
    ] = None,
    host_api: Annotated[str | None, typer.Option(help="JACK, ALSA, Core Audio ...", rich_help_panel=_where)] = None,
    input: Annotated[str | None, typer.Option(help="Input device, by name.", rich_help_panel=_where)] = None,
    output: Annotated[str | None, typer.Option(help="Output device, by name.", rich_help_panel=_where)] = None,
    rate: Annotated[
        int | None,
        typer.Option(min=8000, max=384000, help="Hz; default: 48000, of a file its own.", rich_help_panel=_where),
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Under a minute.", rich_help_panel=_how)] = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="For each row, all repeats; default 4.5.", rich_help_panel=_how)
    ] = None,
    repeats: Annotated[
        int | None, typer.Option(min=1, help="How often each is measured; default 3.", rich_help_panel=_how)
    ] = None,
    limit: Annotated[
        float,
        typer.Option(min=1.0, help="Seconds after which a separator that hangs is given up.", rich_help_panel=_how),
    ] = 60.0,
    apply: Annotated[
        bool, typer.Option("--apply", help="Let 'rtsep run' begin with what is recommended.", rich_help_panel=_how)
    ] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with pictures.")] = None,
    json: JsonOption = None,
    read: Annotated[Path | None, typer.Option(metavar="FILE", help="Show a report that --json wrote.")] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(metavar="A B", help="Compare two reports, B against A.")
    ] = None,
) -> None:
    """Measure hops and live hosts on this machine; say which separator and block it can sustain."""
    check_json(json)
    check_folders(html=html, json=json)
    out = console(json)
    if compare is not None:
        return _compare(out, *compare, html, json)
    interrupted = False
    if read is not None:
        report = read_report(read)
    else:
        venue = _device(device, host_api, input, output, rate)
        settings = Settings(
            separators=_known(separator) or (_quick() if quick else tuple(registered())),
            blocks=tuple(block or (QUICK_BLOCKS if quick else BLOCKS)),
            runtimes=tuple(runtime or ()),
            sample_rate=rate or _usual_rate(venue),
            seconds=seconds or (QUICK_SECONDS if quick else SECONDS),
            repeats=repeats or (QUICK_REPEATS if quick else REPEATS),
            limit_s=limit,
        )
        report = _measured(out, settings, venue)
        interrupted = not report.complete
    write_json(json, report)
    if html is not None:
        write_page(html, page(report))
    show_report(out, report)
    show_recommendation(out, report.recommendation)
    if apply:
        _apply(out, report)
    if interrupted:
        raise typer.Exit(130)
    return None


def _measured(out: Console, settings: Settings, device: DeviceConfig | None) -> Report:
    """The report, also of a run that Ctrl-C ended."""
    clip = load_clip()
    sound = soxr.resample(clip.mix.T, clip.sample_rate, settings.sample_rate).T
    run = Bench(settings, device, sound, "the demo clip" if device is None else "the demo clip; live, what came in")
    out.print(
        f"{run.steps} steps, about {max(1, round(run.about_s / 60))} min; Ctrl-C ends it and keeps what there is."
    )
    with interrupted_once(), suppress(KeyboardInterrupt), _progress(out, run.steps) as step:
        run.run(step)
    return run.report()


@contextmanager
def _progress(out: Console, steps: int) -> Iterator[Callable[[str], None]]:
    """Each call says what comes next. Redrawn seldom: it must not compete with what is measured."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=out, transient=True, refresh_per_second=1) as progress:
        task = progress.add_task("", total=steps)
        done = -1

        def step(words: str) -> None:
            nonlocal done
            done += 1
            progress.update(task, completed=done, description=escape(words))

        yield step


def _compare(out: Console, a: Path, b: Path, html: Path | None, json: str | None) -> None:
    left, right = read_report(a), read_report(b)
    found = compared(left, right)
    write_json(json, found)
    if html is not None:
        write_page(html, comparison_page(left, right, found))
    show_comparison(out, found)


def _apply(out: Console, report: Report) -> None:
    choice = report.recommendation.choice
    if choice is None:
        raise ConfigError(f"--apply has nothing to apply: {report.recommendation.text}")
    said = f"Measured {report.machine.date} on {report.device}, {report.settings.sample_rate} Hz: {choice.latency_ms:.1f} ms."
    path = write_machine(choice.separator, choice.block, said)
    out.print(f"'rtsep run' begins with it from now on: {path}", soft_wrap=True)


def write_page(path: Path, text: str) -> None:
    """Raises ConfigError if it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}; name another file after --html") from None


def _quick() -> tuple[str, ...]:
    """What a user is most likely to play."""
    there = registered()
    return tuple(name for name in PREFERRED_SEPARATORS if name in there)


def _known(names: list[str] | None) -> tuple[str, ...]:
    """The names without repetitions. Raises SeparatorError if there is no such separator."""
    return tuple(dict.fromkeys(entry(name).name for name in names or ()))


def _usual_rate(device: DeviceConfig | None) -> int:
    """Of a file its own, Hz. Raises AudioFileError."""
    if device is None or device.path is None:
        return DEFAULT_RATE
    with open_sound(device.path) as sound:
        return sound.samplerate


def _device(
    name: str | None, host_api: str | None, source: str | None, sink: str | None, rate: int | None
) -> DeviceConfig | None:
    """The device that was asked for; None: none was."""
    if not any((name, host_api, source, sink)):
        return None
    keys = {"host_api": host_api, "input": source, "output": sink, "sample_rate": rate}
    return build_config(None, None, name, {}, {"device": keys}, {}, [], []).device
