"""The spectra page: what goes in, every stem, all stems in one picture, and their levels over the last minute."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton

from rtsep.control import EngineState
from rtsep_gui.models.eyes import Eyes, Meters
from rtsep_gui.models.history import FIRST_STEM, INPUT, MIX, SECONDS
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette, stem_colour
from rtsep_gui.models.pictures import Pictures, fitted
from rtsep_gui.models.ramp import Ramps
from rtsep_gui.views.page import Page
from rtsep_gui.views.picturerow import NAME_WIDTH, PictureRow
from rtsep_gui.views.spectrogram import Render, TimeAxis
from rtsep_gui.views.theme import GRID

TOGETHER = 0
"""The row of all stems in one picture; then the input, then the stems."""
ELSEWHERE = (
    "Spectra are made from the sound itself, which a window sees only on the host's own machine.\n"
    "Levels come from anywhere."
)
PICTURE_SHARE, HISTORY_SHARE = 7, 3


class PicturesPage(Page):
    """Computes only while it is shown, and begins anew when it is: a picture with a hole in its time would not be true."""

    title = "Spectra"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self._stems: tuple[str, ...] = ()
        self._eyes: Eyes | None = None
        self._pictures: Pictures | None = None
        self._ramps = Ramps(palette, (palette.text,))
        self.rows: list[PictureRow] = []
        self._times = (TimeAxis(palette), TimeAxis(palette, SECONDS))
        self._elsewhere = QLabel(ELSEWHERE)
        self._elsewhere.setProperty("class", "dim")
        self._elsewhere.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.notes = QPushButton("Notes")
        self.notes.setCheckable(True)
        self.notes.setToolTip("Marks on the frequency axes: notes instead of hertz")
        self.notes.toggled.connect(lambda _: self._mark())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, GRID, 0, 0)
        self._grid.setHorizontalSpacing(GRID // 2)
        self._grid.setVerticalSpacing(GRID)
        self._grid.setColumnMinimumWidth(0, NAME_WIDTH)
        self._grid.setColumnStretch(2, PICTURE_SHARE)
        self._grid.setColumnStretch(4, HISTORY_SHARE)

    def refresh(self, state: EngineState) -> None:
        """Rows for the stems that there are now, pictures for the host that there is now."""
        if state.separator.stems != self._stems or not self.rows:
            self._build(state)
        if self.live.eyes is not self._eyes:
            self._eyes, self._pictures = self.live.eyes, None
            self._mark()
        self._elsewhere.setVisible(self._eyes is None)
        for row in self.rows:
            row.show_picture(self._eyes is not None)
        self._times[0].setVisible(self._eyes is not None)
        for row, strip in zip(self.rows[2:], state.strips, strict=False):
            row.show_muted(strip.mute)

    def tick(self, meters: Meters | None) -> None:
        """New columns, new levels."""
        if meters is None:
            if self._pictures is not None:
                self._forget()
        elif self._eyes is not None and self.rows:
            if self._pictures is None:
                self._pictures = Pictures(self._eyes, len(self._stems))
            columns = self._pictures.pull()
            for row in self.rows if columns else ():
                if row.isVisible():
                    row.picture.advance(columns)
        for row in self.rows:
            row.history.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """Qt's."""
        self._forget()

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        self._ramps = self._ramps_for(len(self._stems))
        for part in (*self.rows, *self._times):
            part.restyle(palette)

    def _forget(self) -> None:
        self._pictures = None
        for row in self.rows:
            row.picture.blank()

    def _ramps_for(self, stems: int) -> Ramps:
        """The input's is neutral: the stems' colours stand for nothing else."""
        return Ramps(self.palette_, (self.palette_.dim, *(stem_colour(index) for index in range(stems))))

    def _build(self, state: EngineState) -> None:
        self._stems = state.separator.stems
        self._pictures = None
        self._ramps = self._ramps_for(len(self._stems))
        for row in self.rows:
            row.remove()
        palette, history = self.palette_, self.live.history
        self.rows = [
            PictureRow("together", None, self._together, history, MIX, palette),
            PictureRow("input", palette.dim, self._alone(0), history, INPUT, palette),
        ]
        for index, stem in enumerate(self._stems):
            render = self._alone(index + 1)
            self.rows.append(PictureRow(stem, stem_colour(index), render, history, FIRST_STEM + index, palette))
        for place, row in enumerate(self.rows):
            row.place(self._grid, place)
            row.name.toggled.connect(lambda on, place=place: self._enlarge(place if on else None))
        last = len(self.rows)
        self._grid.addWidget(self._elsewhere, 0, 1, last, 2)
        for column, widget in ((0, self.notes), (2, self._times[0]), (4, self._times[1])):
            self._grid.addWidget(widget, last, column)
        self._enlarge(None)
        self._mark()

    def _enlarge(self, only: int | None) -> None:
        """One row alone, or all."""
        for place in range(self._grid.rowCount()):
            self._grid.setRowStretch(place, 0)
        for place, row in enumerate(self.rows):
            shown = only is None or place == only
            row.show_whole(shown)
            if place != only:
                row.name.setChecked(False)
            self._grid.setRowStretch(place, (5 if place == TOGETHER else 2) if shown else 0)

    def _mark(self) -> None:
        rate = self._eyes.sample_rate if self._eyes else 48000.0
        for row in self.rows:
            row.axis.show_marks(self.notes.isChecked(), rate)

    def _alone(self, signal: int) -> Render:
        def render(columns: int, rows: int) -> NDArray[np.uint32]:
            return self._drawn(signal, signal + 1, columns, rows)

        return render

    def _together(self, columns: int, rows: int) -> NDArray[np.uint32]:
        return self._drawn(1, None, columns, rows)

    def _drawn(self, first: int, last: int | None, columns: int, rows: int) -> NDArray[np.uint32]:
        if self._pictures is None:
            return np.full((columns, rows), self._ramps.shades[0, 0])
        levels = fitted(self._pictures.spectra.latest(columns, first, last), rows)
        return self._ramps.alone(first, levels[0]) if last else self._ramps.together(levels, first)
