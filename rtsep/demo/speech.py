"""Words spoken by espeak-ng on one pitch, with the time of every phoneme (for `rtsep.demo.render` only)."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import numpy as np

from rtsep.errors import RtsepError

VOWELS = frozenset("aAeE3@iI0OoUuV")
"""First letters of espeak-ng's mnemonics for English vowels."""

_RETRIEVAL, _PHONEME_EVENTS, _UTF8 = 2, 1, 1
_END, _PHONEME = 0, 7
_RATE, _PITCH, _RANGE = 1, 3, 4


@dataclass(frozen=True)
class Phoneme:
    """A mnemonic of espeak-ng and where it lies, in seconds."""

    name: str
    start_s: float
    end_s: float

    @property
    def is_vowel(self) -> bool:
        return self.name[:1] in VOWELS


@dataclass(frozen=True, eq=False)
class Speech:
    """Mono `audio` (T,) float64 at `sample_rate`, and its phonemes in order, pauses left out."""

    audio: np.ndarray
    sample_rate: int
    phonemes: tuple[Phoneme, ...]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    """`espeak_EVENT` of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Speaker:
    """One voice of espeak-ng at a fixed rate (words per minute) and pitch (0 to 99), without intonation.

    The library keeps global state: use one `Speaker` at a time. Raises `RtsepError` when it is not installed.
    """

    def __init__(self, voice: str, rate_wpm: int, pitch: int) -> None:
        try:
            self._lib = ctypes.CDLL("libespeak-ng.so.1")
        except OSError as error:
            raise RtsepError("espeak-ng is not installed; run: apt-get install espeak-ng") from error
        self.sample_rate: int = self._lib.espeak_Initialize(_RETRIEVAL, 0, None, _PHONEME_EVENTS)
        self._audio = bytearray()
        self._marks: list[tuple[int, str]] = []
        # espeak-ng keeps only the pointer, so the callback object must live as long as we do.
        self._callback = _Callback(self._receive)
        self._lib.espeak_SetSynthCallback(self._callback)
        if self.sample_rate <= 0 or self._lib.espeak_SetVoiceByName(voice.encode()) != 0:
            raise RtsepError(f"espeak-ng has no voice {voice!r}; run: apt-get install espeak-ng-data")
        for parameter, value in ((_RATE, rate_wpm), (_PITCH, pitch), (_RANGE, 0)):
            self._lib.espeak_SetParameter(parameter, value, 0)

    def _receive(self, wave, count: int, events) -> int:
        if wave and count:
            self._audio.extend(ctypes.string_at(wave, 2 * count))
        index = 0
        while events[index].type != _END:
            if events[index].type == _PHONEME:
                self._marks.append((events[index].sample, events[index].id.string.decode()))
            index += 1
        return 0

    def say(self, words: str) -> Speech:
        """`words` spoken."""
        self._audio.clear()
        self._marks.clear()
        text = words.encode()
        self._lib.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None)
        self._lib.espeak_Synchronize()
        audio = np.frombuffer(bytes(self._audio), dtype=np.int16) / 32768.0
        bounds = [sample / self.sample_rate for sample, _ in self._marks] + [len(audio) / self.sample_rate]
        named = zip((name for _, name in self._marks), bounds, bounds[1:], strict=False)
        phonemes = tuple(Phoneme(*mark) for mark in named if not mark[0].startswith("_"))
        return Speech(audio, self.sample_rate, phonemes)
