"""The table of shortcuts, brought to a window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QWidget

from rtsep_gui.models.live import Live
from rtsep_gui.models.shortcuts import SHORTCUTS, Do, Pressed, Shortcut

_MOVING = {
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
}
_OWN_KEYS = (QAbstractItemView, QAbstractSpinBox, QComboBox)


class Keys(QObject):
    """Belongs to the window, which passes on the ends of presses and what it does not hear of any more."""

    def __init__(self, window: QWidget, live: Live, do: Callable[[Do, int], None]) -> None:
        """`do`: what rows ask of the window itself, and the key's place in its row."""
        super().__init__(window)
        self._live, self._do = live, do
        self._held: dict[str, tuple[Shortcut, int]] = {}
        for row in SHORTCUTS:
            if row.do != "own":
                for which, key in enumerate(row.keys):
                    self._add(window, row, which, key)

    def _add(self, window: QWidget, row: Shortcut, which: int, key: str) -> None:
        shortcut = QShortcut(QKeySequence(key), window)
        shortcut.setAutoRepeat(row.repeats)
        shortcut.activated.connect(partial(self.press, row, which))

    def press(self, row: Shortcut, which: int) -> None:
        """A key of a row came down."""
        if row.do:
            self._do(row.do, which)
        elif pressed := self._pressed(which):
            if row.let_go:
                self._held[_key(row, which)] = (row, which)
            self._live.apply(*row.changes(pressed))

    def released(self, event: QKeyEvent) -> None:
        """Some key went up."""
        if not event.isAutoRepeat():
            self._let_go(QKeySequence(event.key()).toString())

    def let_go_all(self) -> None:
        """The window hears no keys any more: nothing stays held."""
        for key in list(self._held):
            self._let_go(key)

    def leaves(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the list, box or line that has the focus."""
        focus = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            return isinstance(focus, QLineEdit)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return plain and Qt.Key(event.key()) in _MOVING and isinstance(focus, _OWN_KEYS)

    def _let_go(self, key: str) -> None:
        row, which = self._held.pop(key, (None, 0))
        if row and row.let_go and (pressed := self._pressed(which)):
            self._live.apply(*row.let_go(pressed))

    def _pressed(self, which: int) -> Pressed | None:
        state = self._live.state
        return Pressed(state, self._live.chosen, which) if state and self._live.alive else None


def _key(row: Shortcut, which: int) -> str:
    """Without what must be held besides."""
    return row.keys[which].rsplit("+")[-1]
