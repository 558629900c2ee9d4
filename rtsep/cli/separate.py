"""`rtsep separate`: files to stems, as fast as the machine allows, through the same code as live."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Annotated, Any

import msgspec
import numpy as np
import soundfile
import typer
from numpy.typing import NDArray
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from rtsep.cli.options import build_config
from rtsep.cli.output import JsonOption, check_json, console
from rtsep.errors import AudioFileError, RtsepError, SeparatorError
from rtsep.host.config import HostConfig
from rtsep.host.devices.file import FILE_ERRORS, open_sound
from rtsep.host.recorder import SUBTYPES
from rtsep.jsonfile import write_json
from rtsep.separators.api import Separator
from rtsep.separators.registry import create

CHUNK_FRAMES = 1 << 16


def separate(
    files: Annotated[
        list[str], typer.Argument(help="Any format that libsndfile reads: WAV, FLAC, Ogg, Opus, MP3, AIFF ...")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder; each file gets one of its own below it.")],
    separator: Annotated[str | None, typer.Option("--separator", "-s", help="See 'rtsep separators'.")] = None,
    format: Annotated[str, typer.Option("--format", "-f", help="wav (32-bit float) or flac (24-bit).")] = "wav",
    channels: Annotated[str | None, typer.Option(help="Channels of the file to take, as 1,2.")] = None,
    param: Annotated[list[str] | None, typer.Option(help="NAME=VALUE for the separator.")] = None,
    json: JsonOption = None,
) -> None:
    """Separate sound files into stems, hop by hop as live, but flat out. The stems line up with the file."""
    check_json(json)
    if format not in SUBTYPES:
        raise AudioFileError(f"format {format!r} is not offered; choose one of {', '.join(SUBTYPES)}")
    config = build_config(
        None, None, None, {"separator": separator}, {"device": {"input_channels": channels}}, {}, param or [], []
    )
    folders = _folders(files, output)
    out = console(json)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=out) as progress:
        results = [_one(file, folder, format, config, progress) for file, folder in zip(files, folders, strict=True)]
    write_json(json, results)
    for result in results:
        out.print(
            f"{result['file']}: {len(result['stems'])} stems in {result['folder']}, {result['speed']:.1f} x real time"
        )


def _folders(files: list[str], output: Path) -> list[Path]:
    """Where each file's stems go. Raises AudioFileError if two would go to the same folder."""
    taken: dict[Path, str] = {}
    for file in files:
        folder = output / Path(file).stem
        if folder in taken:
            raise AudioFileError(f"{taken[folder]} and {file} would both go to {folder}; separate them in two calls")
        taken[folder] = file
    return list(taken)


def _one(file: str, folder: Path, kind: str, config: HostConfig, progress: Progress) -> dict[str, Any]:
    """Separate one file; what was made of it. Raises AudioFileError, SeparatorError."""
    begin = time.perf_counter()
    with _telling(str(folder), "written", "make room or choose another folder with --output"), ExitStack() as stack:
        sound = stack.enter_context(open_sound(file))
        separator = create(config.separator)
        chosen = _choose(sound, config.device.input_channels, separator.spec.channels)
        sinks = [
            stack.enter_context(_sink(folder / f"{stem}.{kind}", sound.samplerate, separator.spec.channels, kind))
            for stem in separator.spec.stems
        ]
        task = progress.add_task(Path(file).name, total=sound.frames)
        for part in stack.enter_context(closing(_parts(separator, sound.samplerate, _chunks(sound, chosen), config))):
            for sink, stem in zip(sinks, part[1:], strict=True):
                sink.write(stem.T)
            progress.advance(task, part.shape[-1])
        seconds = sound.frames / sound.samplerate
    return {
        "file": file,
        "folder": str(folder),
        "separator": config.separator,
        "stems": {stem: str(folder / f"{stem}.{kind}") for stem in separator.spec.stems},
        "seconds": seconds,
        "speed": seconds / (time.perf_counter() - begin),
    }


def _choose(sound: soundfile.SoundFile, wanted: tuple[int, ...], needed: int) -> list[int]:
    """Which channels of the file feed the separator; a mono file feeds all."""
    if wanted:
        if len(wanted) != needed or max(wanted) > sound.channels:
            raise AudioFileError(
                f"{sound.name}: channels {wanted} of {sound.channels} chosen, the separator takes {needed}; correct --channels"
            )
        return [channel - 1 for channel in wanted]
    if sound.channels not in (1, needed):
        raise AudioFileError(
            f"{sound.name} has {sound.channels} channels, the separator takes {needed}; choose some with --channels 1,2"
        )
    return [0] * needed if sound.channels == 1 else list(range(needed))


def _chunks(sound: soundfile.SoundFile, chosen: list[int]) -> Iterator[NDArray[np.float32]]:
    """The chosen channels, (T, C). Raises AudioFileError."""
    with _telling(sound.name, "read any further", "repair or convert it"):
        for data in sound.blocks(CHUNK_FRAMES, dtype="float32", always_2d=True):
            yield np.ascontiguousarray(data[:, chosen], dtype=np.float32)


def _parts(
    separator: Separator, rate: int, chunks: Iterator[NDArray[np.float32]], config: HostConfig
) -> Generator[NDArray[np.float32]]:
    """Mix and stems, (1 + S, C, T). Raises SeparatorError for whatever the plugin raises."""
    # Here, not above: numba takes half a second to import, and the other commands do without.
    from rtsep.host.offline import stream

    # The channels are chosen already.
    device = msgspec.structs.replace(config.device, input_channels=())
    try:
        yield from stream(separator, rate, chunks, config=msgspec.structs.replace(config, device=device))
    except RtsepError:
        raise
    except Exception as error:
        raise SeparatorError(f"separator {config.separator!r} failed: {type(error).__name__}: {error}") from error


@contextmanager
def _telling(name: str, what: str, remedy: str) -> Iterator[None]:
    """Turn what soundfile raises into an AudioFileError."""
    try:
        yield
    except FILE_ERRORS as error:
        raise AudioFileError(f"{name} cannot be {what}: {str(error) or 'the disk is full'}; {remedy}") from error


def _sink(path: Path, rate: int, channels: int, kind: str) -> soundfile.SoundFile:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return soundfile.SoundFile(path, "w", rate, channels, SUBTYPES[kind])
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioFileError(f"cannot write {path}: {error}; choose another folder with --output") from None
