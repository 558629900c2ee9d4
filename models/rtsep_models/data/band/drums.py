"""The stem "drums": a recorded or General MIDI kit through its buses, a room and the bus compressor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from rtsep.demo.effects import Band, saturate
from rtsep_models.data.band.chains import at_unit_level, in_space, placed, random_space
from rtsep_models.data.band.effects import FloatArray, compress, equalise
from rtsep_models.data.band.kits import BUSES, build_kit, bus_of, strike
from rtsep_models.data.band.notes import Hit
from rtsep_models.data.band.song import Song
from rtsep_models.data.band.soundfonts import Event, Part, render_parts
from rtsep_models.data.band.studio import Stem, Studio

GENERAL_MIDI: Mapping[str, int] = {
    "kick": 36, "snare": 38, "rim": 37, "clap": 39, "hat_closed": 42, "hat_open": 46, "ride": 51, "crash": 49, "tom0": 50,
    "tom1": 47, "tom2": 45, "tom3": 41, "shaker": 82, "tambourine": 54, "conga": 63, "bongo": 60, "cowbell": 56, "clave": 75,
    "tabla": 61, "other percussion": 70,
}  # fmt: skip
KITS = {"acoustic": (0, 8, 16), "metal": (16,), "brush": (40, 32), "machine": (24, 25), "gm": (0, 8, 16, 32)}
"""General MIDI kits by family: standard, room, power, brush, jazz, electronic, TR-808."""


def drum_stem(song: Song, hits: Sequence[Hit], studio: Studio, length: int, rng: np.random.Generator) -> Stem:
    """The strokes played on a kit drawn for the song's style, float32 (2, `length`)."""
    family = str(rng.choice(song.style.kits))
    if studio.font is not None and (family == "gm" or rng.random() < 0.12):
        program = int(rng.choice(KITS[family]))
        buses, players, sets = (
            _midi_kit(song, hits, studio, program, length),
            (f"General MIDI kit {program}",),
            frozenset(),
        )
    else:
        kit = build_kit(
            studio.library, "acoustic" if family == "gm" else family, sorted({hit.piece for hit in hits}), rng
        )
        buses, players, sets = strike(kit, hits, song.clock, length, rng), tuple(sorted(kit.sets)), kit.sets
    return Stem(_mix(buses, family == "machine", song, rng), players, sets)


def _midi_kit(song: Song, hits: Sequence[Hit], studio: Studio, program: int, length: int) -> dict[str, FloatArray]:
    """The buses as parts of the sound font."""
    groups: dict[str, list[Event]] = {bus: [] for bus in BUSES}
    for hit in hits:
        # Sound fonts take loudness from the square of the velocity, and more off cymbals than a room does.
        velocity = round(127 * hit.velocity**0.5)
        bus = bus_of(hit.piece)
        groups[bus].append(Event(song.clock.seconds(hit.start), 0.3, GENERAL_MIDI[hit.piece], velocity))
    parts = {bus: Part(program, tuple(events), drums=True) for bus, events in groups.items() if events}
    assert studio.font is not None  # the caller asked for it
    return dict(zip(parts, render_parts(tuple(parts.values()), studio.font, length, 0.0), strict=True))


def _mix(buses: Mapping[str, FloatArray], machine: bool, song: Song, rng: np.random.Generator) -> FloatArray:
    def db(spread: float) -> float:
        return float(rng.normal(0, spread))

    strips = {
        "kick": (
            Band("peak", float(rng.uniform(50, 90)), db(3) + 1, 1.0),
            Band("peak", 350.0, db(3) - 2),
            Band("high", 3500.0, db(3) + 1),
        ),
        "snare": (
            Band("highpass", 80.0),
            Band("peak", float(rng.uniform(160, 250)), db(3)),
            Band("high", 5000.0, db(3) + 1),
        ),
        "toms": (Band("peak", 400.0, db(2) - 2), Band("high", 4000.0, db(2))),
        "metal": (Band("highpass", float(rng.uniform(150, 400))), Band("high", 8000.0, db(2.5))),
    }
    sends = {"kick": 0.12, "snare": 1.0, "toms": 0.8, "metal": 0.3}
    dry = np.zeros_like(next(iter(buses.values())))
    send = np.zeros_like(dry)
    for name, audio in buses.items():
        if np.any(audio):
            treated = equalise(audio, *strips[name]) * np.float32(10 ** (db(1.2) / 20))
            treated = placed(treated, 0.0, float(rng.uniform(0.8, 1.3))) if name in ("toms", "metal") else treated
            dry += treated
            send += np.float32(sends[name]) * treated
    wet = (0.0, 0.2) if machine else (0.05, 0.4)
    kit = in_space(dry, send, random_space(rng, song.clock.beat_s, wet, (0.25, 1.6)))
    if rng.random() < 0.7:
        crushed = compress(kit, -4.0, float(rng.uniform(3, 8)), 0.004, 0.09)
        kit += np.float32(rng.uniform(0.2, 1.0)) * crushed
    kit = at_unit_level(kit)
    if rng.random() < 0.6:
        kit = saturate(kit, float(rng.uniform(0.1, 0.45)))
    return kit
