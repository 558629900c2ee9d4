"""Keys, scales and chords. Pitches are MIDI note numbers (60 = middle C); pitch classes count semitones above C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SCALES: Mapping[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
}
"""Steps of each mode in semitones above its tonic."""

QUALITIES: Mapping[str, tuple[int, ...]] = {
    "triad": (0, 2, 4),
    "seventh": (0, 2, 4, 6),
    "ninth": (0, 2, 4, 6, 8),
    "add9": (0, 2, 4, 8),
    "sus2": (0, 1, 4),
    "sus4": (0, 3, 4),
    "fifth": (0, 4),
}
"""Which scale steps above its root a chord holds: every chord is made of notes of the key."""


@dataclass(frozen=True)
class Key:
    """A tonic (pitch class) and a mode of `SCALES`."""

    tonic: int
    mode: str

    def pitch(self, step: int) -> int:
        """Pitch of scale step `step`; step 0 is the tonic of the octave from MIDI note 0, steps may be negative.

        >>> Key(2, "major").pitch(7 * 5 + 2)  # the third of D major in the octave from middle C
        66
        """
        scale = SCALES[self.mode]
        octave, rest = divmod(step, len(scale))
        return self.tonic + 12 * octave + scale[rest]

    def pitch_classes(self) -> frozenset[int]:
        """The seven pitch classes of the key."""
        return frozenset((self.tonic + step) % 12 for step in SCALES[self.mode])

    def nearest_step(self, pitch: float) -> int:
        """The scale step whose pitch is nearest to `pitch`."""
        low = 7 * int((pitch - self.tonic) // 12)
        return min(range(low - 1, low + 9), key=lambda step: abs(self.pitch(step) - pitch))


@dataclass(frozen=True)
class Chord:
    """A chord of `key` on scale degree `degree` (0 the tonic), heard from beat `start` for `beats` quarter notes."""

    key: Key
    degree: int
    quality: str
    start: float
    beats: float

    @property
    def end(self) -> float:
        """Beat at which it gives way to the next one."""
        return self.start + self.beats

    def classes(self) -> tuple[int, ...]:
        """Pitch classes, root first."""
        return tuple(self.key.pitch(self.degree + step) % 12 for step in QUALITIES[self.quality])

    def root(self, low: int) -> int:
        """The root in the octave that begins at MIDI note `low`.

        >>> Chord(Key(9, "minor"), 0, "triad", 0.0, 4.0).root(28)
        33
        """
        return low + (self.classes()[0] - low) % 12

    def fifth(self, root: int) -> int:
        """The chord's fifth above its root at MIDI note `root`; the root itself if there is none.

        >>> Chord(Key(0, "major"), 6, "triad", 0.0, 4.0).fifth(47)  # B diminished
        53
        """
        return next((pitch for pitch in (root + 7, root + 6, root + 8) if pitch % 12 in self.classes()), root)

    def voicing(self, low: int, count: int) -> tuple[int, ...]:
        """`count` chord tones upward from the lowest one at or above MIDI note `low`.

        >>> Chord(Key(0, "major"), 0, "triad", 0.0, 4.0).voicing(60, 4)
        (60, 64, 67, 72)
        """
        classes = set(self.classes())
        pitches = []
        pitch = low
        while len(pitches) < count:
            if pitch % 12 in classes:
                pitches.append(pitch)
            pitch += 1
        return tuple(pitches)

    def guitar(self, low: int) -> tuple[int, ...]:
        """Six notes as a guitar's chord shape has them: root, fifth, then the chord upward from the octave."""
        root = self.root(low)
        return tuple(sorted({root, self.fifth(root), *self.voicing(root + 11, 4)}))


def chord_at(chords: Sequence[Chord], beat: float) -> Chord:
    """The chord that sounds at `beat`; the last one after the end."""
    return next((chord for chord in chords if chord.start <= beat + 1e-6 < chord.end), chords[-1])
