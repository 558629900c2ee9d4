"""Colours as values: two themes, and the stems' colours, which are used for nothing else."""

from __future__ import annotations

from dataclasses import dataclass

STEM_COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00", "#999999")
"""Okabe and Ito's set, safe for colour-blind eyes."""
HALFWAY = 0.18
"""Relative luminance on which both inks read alike."""
INK, PALE_INK = "#1d1f21", "#f6f5f3"
"""On a stem's colour, in either theme; the pale one on its dark blue."""


@dataclass(frozen=True)
class Palette:
    """A theme. `ground` lies under everything, `raised` under a strip or a panel, `sunken` under meters and pictures."""

    name: str
    ground: str
    raised: str
    sunken: str
    line: str
    text: str
    dim: str
    accent: str
    warning: str
    fault: str


DARK = Palette(
    "dark", "#1d1f21", "#282a2d", "#141516", "#3a3d41", "#e8e6e3", "#9a9a98", "#d0d4d8", "#ffb000", "#ff5a4f"
)
LIGHT = Palette(
    "light", "#e9e8e5", "#f6f5f3", "#d9d8d4", "#bdbbb6", "#232425", "#66655f", "#3c4043", "#a86400", "#c22b1f"
)
THEMES = {palette.name: palette for palette in (DARK, LIGHT)}


def stem_colour(index: int) -> str:
    """Of stem `index`, in the order of the separator's stems."""
    return STEM_COLOURS[index % len(STEM_COLOURS)]


def ink_on(colour: str) -> str:
    """The ink that reads better on a colour, by WCAG's relative luminance.

    >>> ink_on("#e69f00") == INK, ink_on("#0072b2") == PALE_INK
    (True, True)
    """
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > HALFWAY else PALE_INK
