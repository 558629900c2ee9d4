"""What forms are made of: a panel with a heading, lines of a label and a field, a question before something is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from rtsep_gui.views.theme import GRID


class Panel(QFrame):
    """A raised ground with a heading; `column` takes the rest."""

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("class", "panel")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(2 * GRID, 2 * GRID - 4, 2 * GRID, 2 * GRID)
        self.column.setSpacing(GRID)
        self.heading = words(heading, "dim")
        self.column.addWidget(self.heading)


def words(text: str = "", kind: str = "", wrapped: bool = False) -> QLabel:
    """A label of a class of the style sheet: dim, title, warning, fault."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrapped)
    if kind:
        label.setProperty("class", kind)
    return label


def panic_banner() -> QLabel:
    """What lies across a page while panic is on; hidden at first."""
    banner = QLabel("PANIC: everything is silent.  P, or the button, brings it back.")
    banner.setProperty("class", "banner")
    banner.setAlignment(Qt.AlignmentFlag.AlignCenter)
    banner.hide()
    return banner


def say(label: QLabel, text: str) -> None:
    """Set a label's text, if it is another."""
    if label.text() != text:
        label.setText(text)


def form(*lines: tuple[str, QWidget]) -> QGridLayout:
    """Lines of a label and a field, one below the other; the label belongs to the field for whoever cannot see."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * GRID)
    grid.setVerticalSpacing(GRID)
    grid.setColumnStretch(1, 1)
    for row, (text, field) in enumerate(lines):
        label = words(text, "dim")
        label.setBuddy(field)
        field.setAccessibleName(text)
        grid.addWidget(label, row, 0)
        grid.addWidget(field, row, 1)
    return grid


def ask(parent: QWidget, question: str, yes: str, do: Callable[[], None]) -> QMessageBox:
    """Ask before something is lost. Returns at once: the window goes on showing; Enter and Escape both say no."""
    box = QMessageBox(QMessageBox.Icon.Question, "rtsep", question, QMessageBox.StandardButton.Cancel, parent)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole).clicked.connect(do)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
