"""The separator's parameters, generated: a knob each, a switch for those that are on or off."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from rtsep_gui.models.knobs import KnobView, label, way
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.knob import Knob
from rtsep_gui.views.theme import GRID

COLUMNS = 4


def control(view: KnobView, live: Live, palette: Palette, title: str | None = None) -> Knob | QPushButton:
    """What plays one parameter, with its menu."""
    if view.toggle:
        made: Knob | QPushButton = QPushButton(title or label(view.parameter.name))
        made.setCheckable(True)
        made.clicked.connect(lambda on: live.apply(view.change(float(on))))
    else:
        made = Knob(palette, way(view.parameter), view.text_of, title or label(view.parameter.name))
        made.moved.connect(lambda value: live.apply(view.change(value)))
    attach_menu(made, live, view.path, view.reset)
    return made


def follow(made: Knob | QPushButton, view: KnobView) -> None:
    """The host says where it stands."""
    if isinstance(made, Knob):
        made.show_value(view.value)
    else:
        made.setChecked(bool(view.value))


class KnobGrid(QWidget):
    """All of them; made anew only with another separator."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live = live
        self._palette = palette
        self._parameters: list[object] = []
        self.controls: dict[str, Knob | QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GRID)

    def show_knobs(self, views: list[KnobView]) -> None:
        """What they are and where they stand."""
        parameters: list[object] = [view.parameter for view in views]
        if parameters != self._parameters:
            self._parameters = parameters
            for old in self.controls.values():
                old.deleteLater()
            self.controls = {view.parameter.name: control(view, self._live, self._palette) for view in views}
            self._arrange()
        for view in views:
            follow(self.controls[view.parameter.name], view)

    def _arrange(self) -> None:
        for index, made in enumerate(self.controls.values()):
            self._grid.addWidget(made, index // COLUMNS, index % COLUMNS)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self._palette = palette
        for made in self.controls.values():
            if isinstance(made, Knob):
                made.colours = palette
                made.update()
