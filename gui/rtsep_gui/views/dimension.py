"""A dimension of the latent: how it is played, and how it goes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from rtsep_gui.models.knobs import way
from rtsep_gui.models.latent import Dimension, Mode
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.scope import Scope
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.fader import Fader
from rtsep_gui.views.panel import say, words
from rtsep_gui.views.theme import GRID
from rtsep_gui.views.trace import Trace


class DimensionBox(QWidget):
    """One dimension: its mode, the knob that the mode has, and its trace."""

    def __init__(self, dimension: Dimension, index: int, scope: Scope, live: Live, palette: Palette) -> None:
        """`index`: its place in the scope."""
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
        across.addSpacing(GRID)
        self.trace = Trace(scope, index, dimension.name, palette)
        across.addWidget(self.trace)
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
        self.trace.restyle(palette)
