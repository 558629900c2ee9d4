"""What the window's pages have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rtsep.control import EngineState
from rtsep_gui.models.eyes import Meters
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette


class Page(QWidget):
    """A page of the window. `refresh` comes with every new state while the page is shown, and once when it becomes so;
    `tick` sixty times a second. No page keeps state of its own: what it shows comes from there, what it wants goes to
    `live.apply`.
    """

    title = ""
    """On the page's tab."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self.live = live
        self.palette_ = palette

    def offered(self, state: EngineState) -> bool:
        """Whether there is anything for this page to show: its tab is there only then."""
        return True

    def refresh(self, state: EngineState) -> None:
        """Show a new state."""

    def tick(self, meters: Meters | None) -> None:
        """Show this moment's levels; None: nobody answers, nothing live may be shown."""

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        self.palette_ = palette
        self.update()
