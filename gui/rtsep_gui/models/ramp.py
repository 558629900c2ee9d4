"""Levels as colours: lightness says how loud, evenly for the eye; hue says whose it is.

In OKLab (Ottosson 2020), whose lightness is even: equal steps in dB are equal steps for everybody, colour-blind or not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rtsep_gui.models.palette import Palette

Floats = NDArray[np.floating]
Pixels = NDArray[np.uint32]
QUIET_DB, LOUD_DB = -84.0, -6.0
"""Levels of a band at the two ends of the ramp."""
SHADES = 256
_TO_LMS = np.array(
    [[0.41222147, 0.53633254, 0.05144599], [0.2119035, 0.6806995, 0.107397], [0.08830246, 0.28171884, 0.6299787]]
)
_TO_LAB = np.array(
    [
        [0.21045426, 0.79361779, -0.00407205],
        [1.97799849, -2.42859221, 0.45059371],
        [0.02590404, 0.78277177, -0.80867577],
    ]
)
_FROM_LAB, _FROM_LMS = np.linalg.inv(_TO_LAB).astype(np.float32), np.linalg.inv(_TO_LMS).astype(np.float32)
_COLOUR_AT = (0.0, 0.15, 0.6, 1.0), (0.0, 0.6, 1.0, 0.35)
"""How much of its hue a shade has: none in silence, less again where it is nearly white."""
_STEPS = 4095


def _gamma(linear: Floats) -> Floats:
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * np.maximum(linear, 1e-9) ** (1 / 2.4) - 0.055)


_BYTES = np.round(255 * _gamma(np.arange(_STEPS + 1) / _STEPS)).astype(np.uint32)


def oklab(colour: str) -> Floats:
    """Lightness 0..1 and the two axes of hue of "#rrggbb".

    >>> round(float(oklab("#ffffff")[0]), 3)
    1.0
    """
    coded = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return _TO_LAB @ np.cbrt(_TO_LMS @ linear)


def rgb(lab: Floats) -> Pixels:
    """OKLab (..., 3) as 0xffRRGGBB; what no screen can show is cut to what it can.

    >>> hex(int(rgb(oklab("#d55e00").astype("float32"))))
    '0xffd55e00'
    """
    linear = (lab @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T
    coded = _BYTES[(np.clip(linear, 0.0, 1.0) * _STEPS + 0.5).astype(np.int32)]
    return np.uint32(0xFF000000) | coded[..., 0] << np.uint32(16) | coded[..., 1] << np.uint32(8) | coded[..., 2]


def loudness(level_db: Floats) -> Floats:
    """Place of a level on the ramp, 0..1."""
    return np.clip((level_db - QUIET_DB) / (LOUD_DB - QUIET_DB), 0.0, 1.0)


class Ramps:
    """The shades of a theme for signals of these colours."""

    def __init__(self, palette: Palette, colours: tuple[str, ...]) -> None:
        ground = oklab(palette.sunken)
        self._dark = float(ground[0])
        self._span = (0.97 if self._dark < 0.5 else 0.2) - self._dark
        self._ground_hue = ground[1:].astype(np.float32)
        self._hues = np.array([oklab(colour)[1:] for colour in colours], dtype=np.float32)
        share = np.linspace(0.0, 1.0, SHADES, dtype=np.float32)
        self.shades: Pixels = np.stack([self._shade(share, hue) for hue in self._hues])
        """(colours, SHADES): for one signal alone."""

    def _shade(self, share: Floats, hue: Floats) -> Pixels:
        amount = np.interp(share, *_COLOUR_AT).astype(np.float32)[..., np.newaxis]
        lightness = (self._dark + self._span * share)[..., np.newaxis]
        return rgb(np.concatenate([lightness, self._ground_hue * (1 - amount) + hue * amount], axis=-1))

    def alone(self, index: int, level_db: Floats) -> Pixels:
        """Pixels of signal `index`, shaped as its levels."""
        return self.shades[index][(loudness(level_db) * (SHADES - 1)).astype(np.uint8)]

    def together(self, level_db: Floats, first: int = 0) -> Pixels:
        """Signals (signals, ...), `first` and those behind it, in one picture (...).

        As light as their sum is loud, coloured by their shares of its power.
        """
        power = np.power(np.float32(10.0), level_db * np.float32(0.1))
        whole = power.sum(axis=0)
        hue = np.einsum("s...,sh->...h", power / whole, self._hues[first:])
        return self._shade(loudness(10.0 * np.log10(whole)).astype(np.float32), hue)
