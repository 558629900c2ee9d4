"""Where the stems to be scored come from: a separator, streamed hop by hop as live, or a folder of sound files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile
import soxr

from rtsep.errors import AudioFileError, SeparatorError
from rtsep.separators.registry import create, registered
from rtsep_models.evaluation.material import Material
from rtsep_models.evaluation.ratios import Stem

SUFFIXES = (".wav", ".flac", ".opus", ".ogg", ".mp3")


def is_folder(system: str) -> bool:
    """Whether `system` means a folder of estimates; a registered separator of that name comes first."""
    return system not in registered() and Path(system).is_dir()


def streamed(
    separator: str, mix: Stem, sample_rate: int, parameters: Mapping[str, float] | None = None
) -> dict[str, Stem]:
    """Stems of `mix` (C, T) by name, aligned with it, computed hop by hop through the host, resampled if need be.

    `parameters` that are not named stand at their defaults. Raises SeparatorError if there is no such separator, it takes
    other channels, or fails; ConfigError if it has no such parameter.
    """
    # Here, not above: numba takes half a second to import.
    from rtsep.host.config import DeviceConfig, HostConfig
    from rtsep.host.offline import separate

    plugin = create(separator)
    if plugin.spec.channels != len(mix):
        raise SeparatorError(
            f"separator {separator!r} takes {plugin.spec.channels} channels, the songs have {len(mix)}; choose another one"
        )
    config = HostConfig(device=DeviceConfig(kind="null"), realtime=False, parameters=dict(parameters or {}))
    return dict(zip(plugin.spec.stems, separate(plugin, sample_rate, mix, config=config), strict=True))


def recorded(folder: Path, song: str, material: Material) -> dict[str, Stem]:
    """The estimates in `folder/song/<stem>.wav` (or .flac ...) for that part of the song, resampled to its rate.

    Raises AudioFileError if there are none, or one is broken or too short.
    """
    paths = {path.stem: path for path in sorted((folder / song).glob("*")) if path.suffix in SUFFIXES}
    if not paths:
        raise AudioFileError(f"no estimates of {song!r} in {folder}; they should lie in {folder / song}, as vocals.wav")
    return {name: _read(path, material) for name, path in paths.items()}


def _read(path: Path, material: Material) -> Stem:
    try:
        audio, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError) as error:
        raise AudioFileError(f"{path} cannot be read: {error}; repair it or leave it out") from None
    audio = soxr.resample(audio, rate, material.sample_rate, "VHQ")
    end = material.start + material.mix.shape[1]
    if audio.shape[1] != len(material.mix) or len(audio) < end:
        raise AudioFileError(
            f"{path} has {len(audio) / material.sample_rate:.2f} s in {audio.shape[1]} channels, the song needs "
            f"{end / material.sample_rate:.2f} s in {len(material.mix)}; estimates have to be as long as the song"
        )
    return np.ascontiguousarray(audio[material.start : end].T)
