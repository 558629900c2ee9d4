"""One file to stems, hop by hop as live, but flat out. The stems line up with the file."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from rtsep.errors import AudioFileError, RtsepError, SeparatorError
from rtsep.host.batch.job import Settings
from rtsep.host.config import HostConfig
from rtsep.host.devices.file import FILE_ERRORS, open_sound
from rtsep.host.recorder import SUBTYPES
from rtsep.separators.api import Separator
from rtsep.separators.registry import create

CHUNK_FRAMES = 1 << 14
"""Between two tellings of how far it is: with a slow network, some seconds."""
_ADD_PEAK_CHUNK = 0x1050
"""SFC_SET_ADD_PEAK_CHUNK, which python-soundfile does not wrap: that chunk holds the time, and equal stems differ by it."""

OnFrames = Callable[[int, int], None]
"""Told frames done and frames in all, now and then."""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was made of a file."""

    stems: dict[str, str]
    """File names by stem."""
    frames: int
    sample_rate: int
    runtime: str
    """What computed, if the separator says."""


def write_stems(source: str, place: Path, settings: Settings, on_frames: OnFrames) -> Written:
    """Separate `source` into one file for each stem in the folder `place`. One thread.

    Raises AudioFileError, SeparatorError (for whatever the plugin raises), ConfigError.
    """
    with ExitStack() as stack:
        sound = stack.enter_context(open_sound(source))
        separator = for_files(create(settings.separator))
        spec, rate, total = separator.spec, sound.samplerate, sound.frames
        chosen = _choose(sound, settings.channels, spec.channels)
        names = {stem: f"{stem}.{settings.format}" for stem in spec.stems}
        sinks = [
            stack.enter_context(_sink(place / name, rate, spec.channels, SUBTYPES[settings.format]))
            for name in names.values()
        ]
        done = 0
        on_frames(done, total)
        for part in stack.enter_context(closing(_parts(separator, rate, _chunks(sound, chosen), settings))):
            for sink, stem in zip(sinks, part[1:], strict=True):
                sink.write(stem.T)
            done += part.shape[-1]
            on_frames(done, total)
    return Written(stems=names, frames=total, sample_rate=rate, runtime=getattr(separator, "runtime", ""))


def for_files(separator: Separator) -> Separator:
    """The same in the longer hops that it prefers for files, if it does."""
    return getattr(separator, "for_files", lambda: separator)()


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
    with telling(sound.name, "read any further", "repair or convert it"):
        for data in sound.blocks(CHUNK_FRAMES, dtype="float32", always_2d=True):
            yield np.ascontiguousarray(data[:, chosen], dtype=np.float32)


def _parts(
    separator: Separator, rate: int, chunks: Iterator[NDArray[np.float32]], settings: Settings
) -> Generator[NDArray[np.float32]]:
    """Mix and stems, (1 + S, C, T). Raises SeparatorError for whatever the plugin raises."""
    # Here, not above: numba takes half a second to import, and who only plans or watches a batch does without.
    from rtsep.host.offline import stream

    try:
        config = HostConfig(separator=settings.separator, parameters=settings.parameters)
        yield from stream(separator, rate, chunks, config=config)
    except RtsepError:
        raise
    except Exception as error:
        raise SeparatorError(f"separator {settings.separator!r} failed: {type(error).__name__}: {error}") from error


@contextmanager
def telling(name: str, what: str, remedy: str) -> Iterator[None]:
    """Turn what soundfile and the disk raise into an AudioFileError."""
    try:
        yield
    except FILE_ERRORS as error:
        raise AudioFileError(f"{name} cannot be {what}: {str(error) or 'the disk is full'}; {remedy}") from error


def _sink(path: Path, rate: int, channels: int, subtype: str) -> soundfile.SoundFile:
    try:
        file = soundfile.SoundFile(path, "w", rate, channels, subtype)
        soundfile._snd.sf_command(file._file, _ADD_PEAK_CHUNK, soundfile._ffi.NULL, 0)
        return file
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioFileError(f"cannot write {path}: {error}; choose another folder with --output") from None
