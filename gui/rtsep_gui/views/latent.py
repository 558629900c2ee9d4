"""The latent page: how much of each partition is played, and its widest dimensions by hand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rtsep.control import EngineState
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.knobs import KnobView, way
from rtsep_gui.models.latent import dimensions, has_latent, partitions
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette, stem_colour
from rtsep_gui.models.scope import Scope
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.dimension import DimensionBox
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.page import Page
from rtsep_gui.views.panel import Panel, say, words
from rtsep_gui.views.theme import GRID

COLUMNS = 1


class LatentPage(Page):
    """Only there while the separator has a latent."""

    title = "Latent"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self._of: object = None
        self._scope = Scope()
        self.amounts: dict[str, Fader] = {}
        self._values: dict[str, QLabel] = {}
        self.boxes: dict[str, DimensionBox] = {}
        self._partitions, self._dimensions = Panel("Partitions"), Panel("Dimensions")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, GRID, 0, GRID)
        across.setSpacing(2 * GRID)
        across.addWidget(self._partitions)
        across.addWidget(self._dimensions, 1)
        self._sliders, self._grid = QHBoxLayout(), QGridLayout()
        self._sliders.setSpacing(2 * GRID)
        self._grid.setVerticalSpacing(GRID)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(inside)
        area.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self._partitions.column.addLayout(self._sliders, 1)
        self._dimensions.column.addWidget(area, 1)

    def offered(self, state: EngineState) -> bool:
        """Whether there is a latent to play."""
        return has_latent(state)

    def refresh(self, state: EngineState) -> None:
        """Show a new state."""
        if self._of != state.separator:
            self._of = state.separator
            self._make(state)
        for name, view in partitions(state):
            self.amounts[name].show_value(view.value)
            say(self._values[name], view.text)
        for dimension in dimensions(state):
            self.boxes[dimension.name].show_dimension(dimension)

    def tick(self, meters: Meters | None) -> None:
        """One column more of each trace; blank while nobody answers, or the host is on another machine."""
        eyes = self.live.eyes if meters is not None else None
        if eyes is None:
            self._scope.clear()
        else:
            self._scope.note(eyes.scope())
        for box in self.boxes.values():
            box.trace.tick()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt's. What was seen before the page was left does not stand where the present does."""
        self._scope.clear()
        super().showEvent(event)

    def _make(self, state: EngineState) -> None:
        """Controls for another separator."""
        for old in (self._sliders, self._grid):
            while (item := old.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()
        self.amounts, self.boxes, self._values = {}, {}, {}
        self._scope.clear()
        for index, (name, view) in enumerate(partitions(state)):
            self._sliders.addWidget(self._slider(index, name, view))
        for index, dimension in enumerate(dimensions(state)):
            box = DimensionBox(dimension, index, self._scope, self.live, self.palette_)
            self.boxes[dimension.name] = box
            self._grid.addWidget(box, index // COLUMNS, index % COLUMNS)
        self._partitions.setVisible(bool(self.amounts))
        self._dimensions.setVisible(bool(self.boxes))

    def _slider(self, index: int, name: str, view: KnobView) -> QWidget:
        fader = Fader(self.palette_, stem_colour(index), way(view.parameter))
        fader.setAccessibleName(f"amount of {name}")
        fader.moved.connect(lambda value: self.live.apply(view.change(value)))
        attach_menu(fader, self.live, view.path, view.reset)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        above, below = words(name), words(view.text, "dim")
        for part, stretch in ((above, 0), (fader, 1), (below, 0)):
            column.addWidget(part, stretch, Qt.AlignmentFlag.AlignHCenter)
        self.amounts[name], self._values[name] = fader, below
        return whole

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        for fader in self.amounts.values():
            fader.colours = palette
            fader.update()
        for box in self.boxes.values():
            box.restyle(palette)
