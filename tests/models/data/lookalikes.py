"""Small songs in the layouts that the readers know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np
import soundfile
import yaml
from numpy.typing import NDArray

from rtsep_models.data.songs import STEMS

RATE = 44100
TONES_HZ = dict(zip(STEMS, (880.0, 2500.0, 110.0, 440.0), strict=True))


def tone(stem: str, seconds: float, rate: int = RATE, peak: float = 0.2) -> NDArray[np.float32]:
    """(T, 2), a pitch for each stem; half as loud on the right."""
    time_s = np.arange(round(seconds * rate)) / rate
    mono = peak * np.sin(2 * np.pi * TONES_HZ[stem] * time_s)
    return np.stack([mono, mono / 2], axis=1).astype(np.float32)


def loudest_hz(signal: NDArray[np.float32], rate: int = RATE) -> float:
    """Of a mono signal."""
    return float(np.argmax(np.abs(np.fft.rfft(signal * np.hanning(len(signal))))) * rate / len(signal))


def write_song(folder: Path, name: str, data: NDArray[np.int16], **notes: object) -> Path:
    """A rendered song as the band leaves it; `data` (S, T, C)."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / f"{name}.npy", data)
    (folder / f"{name}.json").write_text(json.dumps({"sample_rate": RATE, **notes}))
    return folder / f"{name}.npy"


def noisy_song(seconds: float, seed: int) -> NDArray[np.int16]:
    """(S, T, C) of independent noise, quiet enough to be mixed."""
    rng = np.random.default_rng(seed)
    return rng.integers(-3000, 3000, (len(STEMS), round(seconds * RATE), 2)).astype(np.int16)


def write_album(folder: Path, songs: Mapping[str, bool], seconds: float = 1.0) -> Path:
    """Songs by title, true if they have a stem `bass`."""
    tracks = []
    for title, has_bass in songs.items():
        (folder / title.lower()).mkdir(parents=True)
        stems = [stem for stem in STEMS if has_bass or stem != "bass"]
        files = {stem: f"{title.lower()}/{stem}.opus" for stem in stems}
        for stem, file in files.items():
            soundfile.write(folder / file, tone(stem, seconds, 48000), 48000, format="OGG", subtype="OPUS")
        entries = {stem: {"sources": [], "file": file} for stem, file in files.items()}
        tracks.append({"track": title, "seconds": seconds, "stems": entries, "has_bass": has_bass})
    (folder / "tracks.json").write_text(json.dumps(tracks))
    return folder


def write_musdb18hq(folder: Path, songs: Mapping[str, str], seconds: float = 0.5) -> Path:
    """Songs by name with their subset, `train` or `test`."""
    for name, subset in songs.items():
        (folder / subset / name).mkdir(parents=True)
        for stem in STEMS:
            soundfile.write(folder / subset / name / f"{stem}.wav", tone(stem, seconds), RATE)
    return folder


def write_stem_mp4(path: Path, streams: tuple[str, ...], seconds: float = 1.0) -> None:
    """AAC streams, each a stem's tone or, for "mixture", the sum of all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w", format="mp4") as container:
        outputs = [container.add_stream("aac", rate=RATE, layout="stereo", bit_rate=256000) for _ in streams]
        for output, name in zip(outputs, streams, strict=True):
            data = sum(tone(stem, seconds) for stem in STEMS) if name == "mixture" else tone(name, seconds)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(data.T), format="fltp", layout="stereo")
            frame.sample_rate = RATE
            container.mux(output.encode(frame))
            container.mux(output.encode(None))


def write_medleydb_track(
    folder: Path,
    name: str,
    instruments: tuple[str | list[str], ...],
    has_bleed: str = "no",
    metadata_beside: bool = True,
) -> None:
    """Stems numbered from 1, stem k a mono tone of 100 k Hz."""
    stems = folder / "Audio" / name / f"{name}_STEMS"
    stems.mkdir(parents=True)
    entries = {}
    for number, instrument in enumerate(instruments, 1):
        file = f"{name}_STEM_{number:02}.wav"
        soundfile.write(stems / file, 0.1 * np.sin(2 * np.pi * 100 * number * np.arange(RATE) / RATE), RATE)
        entries[f"S{number:02}"] = {"component": "", "filename": file, "instrument": instrument, "raw": {}}
    where = stems.parent if metadata_beside else folder / "Metadata"
    where.mkdir(exist_ok=True)
    (where / f"{name}_METADATA.yaml").write_text(yaml.safe_dump({"has_bleed": has_bleed, "stems": entries}))
