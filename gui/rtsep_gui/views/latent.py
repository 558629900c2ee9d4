"""The latent page: how much of each partition is played, and its widest dimensions by hand."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from rtsep.control import EngineState
from rtsep_gui.models.knobs import KnobView, way
from rtsep_gui.models.latent import Dimension, Mode, dimensions, has_latent, partitions
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette, stem_colour
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.page import Page
from rtsep_gui.views.panel import Panel, say, words
from rtsep_gui.views.theme import GRID

COLUMNS = 1


class DimensionBox(QWidget):
    """One dimension: its mode, and the knob that the mode has."""

    def __init__(self, dimension: Dimension, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live = live
        self._dimension = dimension
        self._chosen: Mode | None = None
        self.modes: dict[Mode, QPushButton] = {}
        self._group = QButtonGroup(self)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(2)
        name = words(dimension.name)
        name.setFixedWidth(5 * GRID)
        across.addWidget(name)
        for mode in dimension.modes:
            button = QPushButton(mode)
            button.setCheckable(True)
            button.setToolTip(f"dimension {dimension.name}: {mode}")
            button.clicked.connect(partial(self._on_mode, mode))
            self._group.addButton(button)
            across.addWidget(button)
            self.modes[mode] = button
        across.addSpacing(2 * GRID)
        self.sliders = {mode: self._slider(mode, palette) for mode in dimension.modes if mode in dimension.parts}
        for slider in self.sliders.values():
            across.addWidget(slider, 1)
        self._blank = words("as encoded", "dim")
        across.addWidget(self._blank, 1)
        self._value = words("", "dim")
        self._value.setFixedWidth(8 * GRID)
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        across.addWidget(self._value)
        self.show_dimension(dimension)

    def _slider(self, mode: Mode, palette: Palette) -> Fader:
        view = self._dimension.parts[mode]
        slider = Fader(palette, palette.accent, way(view.parameter), sideways=True, breadth=4 * GRID)
        slider.setAccessibleName(f"{mode} of dimension {self._dimension.name}")
        slider.moved.connect(lambda value: self._live.apply(view.change(value)))
        attach_menu(slider, self._live, view.path, view.reset)
        return slider

    def _on_mode(self, mode: Mode, checked: bool = False) -> None:
        self.choose(mode)

    def choose(self, mode: Mode) -> None:
        """Play it so from now on."""
        self._chosen = mode
        self._live.apply(*self._dimension.choose(mode))
        self.show_dimension(self._dimension)

    def show_dimension(self, dimension: Dimension) -> None:
        """The host says how it is played."""
        self._dimension = dimension
        mode = dimension.shown(self._chosen)
        self.modes[mode].setChecked(True)
        for which, slider in self.sliders.items():
            slider.show_value(dimension.parts[which].value)
            slider.setVisible(which == mode)
        self._blank.setVisible(mode not in self.sliders)
        say(self._value, dimension.parts[mode].text_of(self.sliders[mode].value) if mode in self.sliders else "")

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        for slider in self.sliders.values():
            slider.colours, slider.colour = palette, palette.accent
            slider.update()


class LatentPage(Page):
    """Only there while the separator has a latent."""

    title = "Latent"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self._of: object = None
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

    def _make(self, state: EngineState) -> None:
        """Controls for another separator."""
        for old in (self._sliders, self._grid):
            while (item := old.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.deleteLater()
        self.amounts, self.boxes, self._values = {}, {}, {}
        for index, (name, view) in enumerate(partitions(state)):
            self._sliders.addWidget(self._slider(index, name, view))
        for index, dimension in enumerate(dimensions(state)):
            box = DimensionBox(dimension, self.live, self.palette_)
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
