"""A button that shows what the host says, not that it was pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


class Toggle(QPushButton):
    """`clicked` asks; `show_on` shows."""

    def __init__(self, text: str, name: str, kind: str = "toggle") -> None:
        """`name`: for screen readers; `kind`: its class in the theme."""
        super().__init__(text)
        self.setCheckable(True)
        self.setProperty("class", kind)
        self.setAccessibleName(name)
        # A click leaves the keys with the faders.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def nextCheckState(self) -> None:
        """Only the host's state changes what is shown."""

    def show_on(self, on: bool) -> None:
        """What the host says."""
        if on != self.isChecked():
            self.setChecked(on)

    def paint_in(self, colour: str, ink: str) -> None:
        """Its colours when it is on, such as a stem's."""
        self.setStyleSheet(f"QPushButton:checked:enabled {{ background: {colour}; color: {ink}; }}")
