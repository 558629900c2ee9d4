"""What faders and knobs have in common: drag, double click, wheel, keys; the host's value, unless it is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent

from rtsep_gui.models.faders import Grip, Way
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.hands import Hands

WHEEL_NOTCH = 120
"""What Qt calls one."""
_UP_DOWN = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
_LEFT_RIGHT = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class Control(Hands):
    """A value along a `Way`. `moved` says what the hand wants; `show_value` is what the host has."""

    moved = Signal(float)
    focused = Signal()

    def __init__(self, way: Way, palette: Palette, sideways: bool = False) -> None:
        """`sideways`: dragged from left to right, and moved by those keys."""
        super().__init__()
        self.way = way
        self.colours = palette
        self.sideways = sideways
        self._grip = Grip(way)
        self._at = QPointF()
        self._keys = _UP_DOWN | (_LEFT_RIGHT if sideways else {})
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def value(self) -> float:
        """What is shown."""
        return self._grip.value

    @property
    def held(self) -> bool:
        """A hand has hold of it."""
        return self._grip.held

    @property
    def place(self) -> float:
        """Where it stands, 0..1."""
        return self.way.place(self._grip.value)

    def travel(self) -> float:
        """Pixels of the whole way."""
        return 160.0

    def show_value(self, value: float) -> None:
        """The host's value; it waits while a hand holds."""
        before = self._grip.value
        self._grip.follow(value)
        if self._grip.value != before:
            self.update()

    def _ask(self, value: float) -> None:
        self.moved.emit(value)
        self.update()

    def pressed(self, at: QPointF, double: bool) -> None:
        if double:
            self._grip.let_go()
            self._ask(self._grip.ask(self.way.rest))
            return
        self._grip.take()
        self._at = at
        self.update()

    def dragged(self, at: QPointF, fine: bool) -> None:
        if not self._grip.held:
            return
        gone = at.x() - self._at.x() if self.sideways else self._at.y() - at.y()
        self._at = at
        if gone:
            self._ask(self._grip.drag(gone / self.travel(), fine))

    def released(self) -> None:
        if self._grip.held:
            self._grip.let_go()
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Systems turn a wheel sideways while Shift is held.
        turned = event.angleDelta().y() or event.angleDelta().x()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if turned:
            self._ask(self._grip.step(turned / WHEEL_NOTCH, fine))
        event.accept()

    def _asked_by(self, event: QKeyEvent) -> tuple[float, bool] | None:
        """Steps and whether they are fine; None if the key is not ours."""
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            return None
        key = Qt.Key(event.key())
        return (self._keys[key], fine) if key in self._keys else None

    def _ours(self, event: QKeyEvent) -> bool:
        return self._asked_by(event) is not None or event.key() == Qt.Key.Key_Home

    def event(self, event: QEvent) -> bool:
        """Keys that are ours do not go to the window's shortcuts."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if asked := self._asked_by(event):
            self._ask(self._grip.step(*asked))
        elif event.key() == Qt.Key.Key_Home:
            self._ask(self._grip.ask(self.way.rest))
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()
