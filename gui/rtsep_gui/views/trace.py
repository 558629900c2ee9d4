"""How a dimension of the latent goes: as played over as encoded, and what the trace spans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rtsep_gui.models.palette import Palette
from rtsep_gui.models.scope import PER_S, SHOWN_S, Inks, Scope
from rtsep_gui.views.panel import say, words
from rtsep_gui.views.spectrogram import Scroll
from rtsep_gui.views.theme import GRID

HEIGHT = 5 * GRID


def inks_of(palette: Palette) -> Inks:
    """A theme's."""
    return Inks(*(QColor(name).rgb() for name in (palette.sunken, palette.line, palette.dim, palette.text)))


class Trace(QWidget):
    """One dimension of the scope; `tick` it once a picture."""

    def __init__(self, scope: Scope, index: int, name: str, palette: Palette) -> None:
        super().__init__()
        self._scope, self._index = scope, index
        self._inks = inks_of(palette)
        self._drawn = (scope.cleared, 0.0)
        self._version = scope.version
        self.picture = Scroll(self._pixels, palette)
        self.picture.setFixedSize(SHOWN_S * PER_S, HEIGHT)
        self.picture.setToolTip(f"dimension {name} as it is played, over as it was encoded (dim): {SHOWN_S} s")
        self.span = words("", "dim")
        self.span.setFixedWidth(6 * GRID)
        self.span.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(GRID)
        across.addWidget(self.picture)
        across.addWidget(self.span)

    def _pixels(self, columns: int, rows: int) -> NDArray[np.uint32]:
        return self._scope.pixels(self._index, self._inks, columns, rows)

    def tick(self) -> None:
        """Show what has come."""
        scope = self._scope
        shown = (scope.cleared, float(scope.spans[self._index]))
        if shown != self._drawn:
            self._drawn = shown
            self.picture.redraw()
        elif scope.version != self._version:
            self.picture.advance(scope.version - self._version)
        self._version = scope.version
        say(self.span, "" if scope.blank else f"±{shown[1]:.2g}")

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._inks = inks_of(palette)
        self.picture.restyle(palette)
