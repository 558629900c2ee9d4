"""The set list: scenes in the order of the show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QListWidget, QPushButton

from rtsep.changes import Change, SetListGo, SetListStep
from rtsep.control import EngineState
from rtsep_gui.models.live import Live
from rtsep_gui.models.show import Entry, appended, entries, moved, removed
from rtsep_gui.views.control_menu import attach_menu
from rtsep_gui.views.panel import Panel
from rtsep_gui.views.theme import GRID

BIG = 6 * GRID


class SetListPanel(Panel):
    """A double click or Enter goes to a place; the buttons below edit the chosen line."""

    def __init__(self, live: Live) -> None:
        super().__init__("Set list")
        self._live = live
        self._shown: list[Entry] = []
        self.list = QListWidget()
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.itemActivated.connect(lambda _: live.apply(SetListGo(self.place)))
        attach_menu(self.list, live, "/rtsep/setlist/place")
        self.column.addWidget(self.list, 1)
        edit, go = QHBoxLayout(), QGridLayout()
        for text, about, make in (
            ("Up", "Earlier in the show", lambda state: moved(state, self.place, -1)),
            ("Down", "Later in the show", lambda state: moved(state, self.place, 1)),
            ("Add current", "The scene that sounds, at the end", self._add_current),
            ("Remove", "The chosen line; its scene stays", lambda state: removed(state, self.place)),
        ):
            edit.addWidget(self._button(text, about, make))
        steps = (("Previous", "previous", SetListStep(-1)), ("Next", "next", SetListStep(1)))
        for column, (text, path, step) in enumerate(steps):
            button = QPushButton(text)
            button.setMinimumHeight(BIG)
            button.clicked.connect(lambda _=False, step=step: live.apply(step))
            attach_menu(button, live, f"/rtsep/setlist/{path}")
            go.addWidget(button, 0, column)
        self.column.addLayout(edit)
        self.column.addLayout(go)

    def _button(self, text: str, about: str, make: Callable[[EngineState], Change | None]) -> QPushButton:
        button = QPushButton(text)
        attach_menu(button, self._live, "/rtsep/setlist/scenes")
        button.setAccessibleDescription(about)
        button.clicked.connect(lambda: self._edit(make))
        return button

    @property
    def place(self) -> int:
        """The chosen line, from 1; 0: none."""
        return self.list.currentRow() + 1

    def _add_current(self, state: EngineState) -> Change | None:
        return appended(state, state.show.scene) if state.show.scene else None

    def _edit(self, make: Callable[[EngineState], Change | None]) -> None:
        state = self._live.state
        change = make(state) if state is not None else None
        if change is not None:
            self._live.apply(change)

    def show_state(self, state: EngineState) -> None:
        """The order, and where the show is."""
        shown = entries(state)
        if shown == self._shown:
            return
        row = self._row_after(shown)
        self._shown = shown
        self.list.clear()
        for entry in shown:
            self.list.addItem(f"{entry.place:>2}   {entry.name}{'      now' if entry.current else ''}")
            item = self.list.item(self.list.count() - 1)
            made = item.font()
            made.setBold(entry.current)
            item.setFont(made)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.place} {entry.name}")
        self.list.setCurrentRow(min(row, len(shown) - 1))

    def _row_after(self, shown: list[Entry]) -> int:
        """Which line is the chosen one now: the same scene's, if it has only moved by one."""
        row = self.list.currentRow()
        if not 0 <= row < len(self._shown):
            return row
        number = self._shown[row].number
        near = [at for at in (row, row - 1, row + 1) if 0 <= at < len(shown) and shown[at].number == number]
        return near[0] if near else row
