"""What every control has: a tooltip with its OSC address, and a menu on the right button (or the menu key)."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from rtsep.changes import Change
from rtsep_gui.models.addresses import tip
from rtsep_gui.models.live import Live


class ControlMenu(QObject):
    """Belongs to one widget. Made by `attach_menu`."""

    def __init__(self, widget: QWidget, live: Live, path: str, reset: tuple[Change, ...]) -> None:
        super().__init__(widget)
        self.path = path
        self._widget, self._live, self._reset = widget, live, reset
        widget.installEventFilter(self)
        if not widget.accessibleDescription():
            widget.setAccessibleDescription(path)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tooltip and menu; everything else goes on."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(), self._widget)
            return True
        if isinstance(event, QContextMenuEvent):
            self.menu().popup(event.globalPos())
            return True
        return False

    def tip(self) -> str:
        """What the control is, its address, what it takes."""
        return tip(self.path, self._live.address(self.path))

    def menu(self) -> QMenu:
        """It goes when it is closed."""
        menu = QMenu(self._widget)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addSection(self.path)
        learn = menu.addAction("MIDI learn", lambda: self._live.learn(self.path))
        learn.setEnabled(self._live.can_learn)
        menu.addAction("Copy OSC address", lambda: QGuiApplication.clipboard().setText(self.path))
        if self._reset:
            menu.addAction("Reset", lambda: self._live.apply(*self._reset))
        return menu


def attach_menu(widget: QWidget, live: Live, path: str, *reset: Change) -> ControlMenu:
    """Give a control its tooltip and menu. `path`: its OSC address; `reset`: what sets it back, if anything does.

    A row of the table that makes the widget's change (`rtsep.osc.table`) says in the tooltip what it is and takes.
    """
    return ControlMenu(widget, live, path, reset)
