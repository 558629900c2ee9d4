"""Where a stem goes besides the mix, and on which side of the crossfader it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from rtsep.changes import Side
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.strips import SIDES
from rtsep_gui.views.toggle import Toggle


class Output(QComboBox):
    """`chosen` is a first channel, or -1. The wheel does nothing: a stem must not jump to other loudspeakers by it."""

    chosen = Signal(int)

    def __init__(self, stem: str) -> None:
        super().__init__()
        self._offered: list[tuple[str, int]] = []
        self.setAccessibleName(f"Output of {stem}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(4)
        self.activated.connect(lambda index: self.chosen.emit(self._offered[index][1]))

    def show_output(self, channel: int, offered: list[tuple[str, int]]) -> None:
        """The one in use among those that there are."""
        if offered != self._offered:
            self._offered = offered
            self.clear()
            self.addItems([words for words, _ in offered])
        index = next(at for at, (_, first) in enumerate(offered) if first == channel)
        if index != self.currentIndex() and not self.view().isVisible():
            self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Sides(QWidget):
    """A, neither, B."""

    chosen = Signal(str)

    def __init__(self, stem: str, palette: Palette) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.buttons: dict[Side, Toggle] = {}
        for words, side in SIDES:
            name = f"Crossfader side {side.upper()} for {stem}" if side else f"No crossfader side for {stem}"
            button = self.buttons[side] = Toggle(words, name, "small")
            button.clicked.connect(lambda _=False, side=side: self.chosen.emit(side))
            row.addWidget(button, 1)
            if not side:
                button.paint_in(palette.line, palette.text)

    def show_side(self, side: Side) -> None:
        """Where it is."""
        for each, button in self.buttons.items():
            button.show_on(each == side)
