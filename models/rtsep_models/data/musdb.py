"""MUSDB18 (`<subset>/<song>.stem.mp4`) and MUSDB18-HQ (`<subset>/<song>/{vocals,drums,bass,other}.wav`).

Rafii et al., 2017 and 2019 (doi 10.5281/zenodo.1117372 and 3338373). Subsets are `train` and `test`; of `train`, the 14
songs that the authors' package `musdb` names are for validation.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rtsep_models.data.config import Split
from rtsep_models.data.songs import STEMS, DataError, Original, Stems, decode_files

VALIDATION_SONGS = frozenset(
    {
        "Actions - One Minute Smile",
        "Clara Berry And Wooldog - Waltz For My Victims",
        "Johnny Lokke - Promises & Lies",
        "Patrick Talbot - A Reason To Leave",
        "Triviul - Angelsaint",
        "Alexander Ross - Goodbye Bolero",
        "Fergessen - Nos Palpitants",
        "Leaf - Summerghost",
        "Skelpolu - Human Mistakes",
        "Young Griffo - Pennies",
        "ANiMAL - Rockshow",
        "James May - On The Line",
        "Meaxic - Take A Step",
        "Traffic Experiment - Sirens",
    }
)
STREAMS = ("mixture", "drums", "bass", "other", "vocals")
"""Of a .stem.mp4, in this order."""
SUFFIX = ".stem.mp4"


def musdb18_songs(folder: Path, split: Split) -> Iterator[Original]:
    """The songs of one split of MUSDB18. Raises DataError if its subset is not in `folder`."""
    for path in _entries(folder, split, f"*{SUFFIX}", SUFFIX):
        yield Original(path.name.removesuffix(SUFFIX), [path], partial(decode_stem_mp4, path))


def musdb18hq_songs(folder: Path, split: Split) -> Iterator[Original]:
    """The songs of one split of MUSDB18-HQ. Raises DataError if its subset is not in `folder`."""
    for path in _entries(folder, split, "*/", ""):
        files = {stem: path / f"{stem}.wav" for stem in STEMS}
        if missing := [file.name for file in files.values() if not file.exists()]:
            raise DataError(f"{path} has no {', '.join(missing)}; unpack MUSDB18-HQ anew")
        yield Original(path.name, list(files.values()), partial(decode_files, files))


def _entries(folder: Path, split: Split, pattern: str, suffix: str) -> Iterator[Path]:
    """What matches `pattern` in the split's subset, by name."""
    subset = folder / ("test" if split == "test" else "train")
    found = sorted(subset.glob(pattern))
    if not found:
        raise DataError(f"no song ({pattern}) in {subset}; the source's path must be the folder with train and test")
    for path in found:
        held_out = path.name.removesuffix(suffix) in VALIDATION_SONGS
        if split == "test" or held_out == (split == "validation"):
            yield path


def decode_stem_mp4(path: Path) -> tuple[Stems, int]:
    """The stems of a `.stem.mp4` without its mixture, (T, C), by PyAV's own FFmpeg.

    Raises DataError if PyAV is not installed, or the file is damaged or holds other streams.
    """
    try:
        import av  # here, not above: only MUSDB18's mp4 files need it
        from av.error import FFmpegError
    except ImportError as error:
        raise DataError(
            f"{path.name} needs PyAV to be decoded; pip install 'rtsep[train]', or use MUSDB18-HQ"
        ) from error
    try:
        with av.open(str(path)) as container:
            streams = container.streams.audio
            if len(streams) != len(STREAMS):
                raise DataError(
                    f"{path} has {len(streams)} audio streams, must be {len(STREAMS)} ({', '.join(STREAMS)})"
                )
            resamplers = {stream.index: av.AudioResampler("fltp", "stereo", stream.rate) for stream in streams}
            chunks: dict[int, list[NDArray[np.float32]]] = {stream.index: [] for stream in streams}
            for packet in container.demux(streams[1:]):
                index = packet.stream.index
                for frame in packet.decode():
                    chunks[index] += [
                        part.to_ndarray().astype(np.float32, copy=False) for part in resamplers[index].resample(frame)
                    ]
            names = zip(STREAMS[1:], streams[1:], strict=True)
            return {name: np.concatenate(chunks[stream.index], axis=1).T for name, stream in names}, streams[0].rate
    except (OSError, ValueError, FFmpegError) as error:
        raise DataError(f"{path} cannot be decoded ({error}); download it anew") from error
