"""Fingers and mouse as one: several faders can be held at once on a touch screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QPointingDevice, QTouchEvent
from PySide6.QtWidgets import QWidget

DOUBLE_MS = 300
DOUBLE_PX = 24.0
"""Two taps of a finger are one gesture if so near each other; a mouse's the system itself pairs."""


class Hands(QWidget):
    """A widget that is pressed, dragged and let go, by the left button or one finger."""

    def __init__(self) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._tapped_ms = -DOUBLE_MS
        self._tapped_at = QPointF()

    def pressed(self, at: QPointF, double: bool) -> None:
        """Here; `double`: for the second time in a row."""

    def dragged(self, at: QPointF, fine: bool) -> None:
        """Now here; `fine`: with Shift."""

    def released(self) -> None:
        """Let go."""

    def cancelled(self) -> None:
        """The system took it away; not a release that anybody meant."""
        self.released()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pressed(event.position(), False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed(event.position(), True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged(event.position(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.released()

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.pointingDevice().type() == QPointingDevice.DeviceType.TouchScreen:
            return self._touched(event)
        if event.type() in (QEvent.Type.Hide, QEvent.Type.EnabledChange, QEvent.Type.WindowDeactivate):
            self.cancelled()
        return super().event(event)

    def _touched(self, event: QTouchEvent) -> bool:
        if event.type() == QEvent.Type.TouchCancel:
            self.cancelled()
            return True
        at = event.points()[0].position()
        if event.type() == QEvent.Type.TouchBegin:
            near = (at - self._tapped_at).manhattanLength() < DOUBLE_PX
            double = near and event.timestamp() - self._tapped_ms < DOUBLE_MS
            self._tapped_ms, self._tapped_at = event.timestamp(), at
            self.pressed(at, double)
        elif event.type() == QEvent.Type.TouchUpdate:
            self.dragged(at, False)
        else:
            self.released()
        event.accept()
        return True
