"""A random channel strip for each part, and what several channels share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rtsep.demo.effects import Band, active_rms, saturate
from rtsep_models.data.band.effects import FloatArray, chorus, compress, echo, equalise, reverberate, tremolo


@dataclass(frozen=True)
class Strip:
    """How much of each effect a part may get; `low_hz` is its high-pass, 0 for none."""

    low_hz: float = 120.0
    colour_db: float = 3.5
    squeeze: float = 0.6
    drive: float = 0.3
    motion: float = 0.15


def channel(audio: FloatArray, strip: Strip, rng: np.random.Generator) -> FloatArray:
    """`audio` (2, T) through equaliser, compressor, saturation and, seldom, chorus or tremolo; at unit active level."""
    bands = [Band("highpass", strip.low_hz * float(rng.uniform(0.7, 1.3)))] if strip.low_hz else []
    for _ in range(int(rng.integers(1, 4))):
        centre = float(np.exp(rng.uniform(np.log(150), np.log(8000))))
        bands.append(Band("peak", centre, float(rng.normal(0, strip.colour_db)), float(rng.uniform(0.5, 1.6))))
    bands.append(Band("high", float(rng.uniform(4000, 9000)), float(rng.normal(0.5, 2.5))))
    audio = at_unit_level(equalise(audio, *bands))
    if rng.random() < strip.squeeze:
        attack_s, release_s = float(rng.uniform(0.002, 0.03)), float(rng.uniform(0.05, 0.25))
        audio = compress(audio, float(rng.uniform(-6, 4)), float(rng.uniform(1.5, 6)), attack_s, release_s)
    if rng.random() < strip.drive:
        audio = saturate(audio, float(rng.uniform(0.2, 1.0)))
    moved = rng.random()
    if moved < strip.motion / 2:
        audio = chorus(audio, float(rng.uniform(0.3, 2.5)), float(rng.uniform(0.0008, 0.003)))
    elif moved < strip.motion:
        audio = tremolo(audio, float(rng.uniform(2, 7)), float(rng.uniform(0.2, 0.7)))
    return at_unit_level(audio)


def at_unit_level(audio: FloatArray) -> FloatArray:
    """`audio` with an active level of 1; silence stays silence."""
    level = active_rms(audio) if np.any(audio) else 0.0
    return audio / np.float32(level) if level > 1e-9 else audio


def placed(audio: FloatArray, position: float, width: float) -> FloatArray:
    """`audio` (2, T) narrowed or widened to `width` (1 as it is) and balanced to `position`, -1 left to 1 right."""
    mid, side = (audio[0] + audio[1]) / 2, width * (audio[0] - audio[1]) / 2
    left, right = np.cos((position + 1) * np.pi / 4) * 1.414, np.sin((position + 1) * np.pi / 4) * 1.414
    return np.stack([(mid + side) * np.float32(left), (mid - side) * np.float32(right)])


@dataclass(frozen=True)
class Space:
    """The reverberation and echo of a stem; levels relative to the dry sound."""

    decay_s: float
    predelay_s: float
    level: float
    seed: int
    echo_s: float = 0.0
    echo_level: float = 0.0
    feedback: float = 0.3


def random_space(
    rng: np.random.Generator, beat_s: float, level: tuple[float, float], decay_s: tuple[float, float]
) -> Space:
    """A room or a hall, sometimes with an echo in time."""
    echo_s = float(rng.choice((0.5, 0.75, 1.0))) * beat_s if rng.random() < 0.3 else 0.0
    return Space(
        float(np.exp(rng.uniform(*np.log(decay_s)))), float(rng.uniform(0.0, 0.05)), float(rng.uniform(*level)),
        int(rng.integers(1 << 31)), echo_s, float(rng.uniform(0.05, 0.3)), float(rng.uniform(0.2, 0.55)),
    )  # fmt: skip


def in_space(dry: FloatArray, send: FloatArray, space: Space) -> FloatArray:
    """`dry` with the echo and the reverberation of `send`."""
    out = dry
    if space.echo_s:
        repeats = np.float32(space.echo_level) * echo(send, space.echo_s, space.feedback, crossed=True)
        out, send = np.add(out, repeats), np.add(send, repeats)
    wet = reverberate(send, space.decay_s, space.predelay_s, space.seed)
    wet = equalise(wet, Band("highpass", 200.0), Band("lowpass", 9000.0))
    return out + np.float32(space.level) * wet
