"""The show page: scenes at the left, what goes with them at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from rtsep.control import EngineState
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.views.page import Page
from rtsep_gui.views.scenes import SceneGrid
from rtsep_gui.views.setlist import SetListPanel
from rtsep_gui.views.showpanels import SessionPanel, TakePanel, TempoPanel
from rtsep_gui.views.theme import GRID

SIDE = 46 * GRID


class ShowPage(Page):
    """Scenes, set list, tempo, takes, session."""

    title = "Show"

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__(live, palette)
        self.scenes = SceneGrid(live, palette)
        self.set_list = SetListPanel(live)
        self.tempo, self.take, self.session = TempoPanel(live), TakePanel(live), SessionPanel(live)
        side = QVBoxLayout()
        side.setSpacing(GRID)
        side.addWidget(self.set_list, 1)
        for panel in (self.tempo, self.take, self.session):
            side.addWidget(panel)
        for panel in (self.set_list, self.tempo, self.take, self.session):
            panel.setFixedWidth(SIDE)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, GRID, 0, GRID)
        across.setSpacing(2 * GRID)
        across.addWidget(self.scenes, 1)
        across.addLayout(side)

    def refresh(self, state: EngineState) -> None:
        """Show a new state."""
        for part in (self.scenes, self.set_list, self.tempo, self.take, self.session):
            part.show_state(state)

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        super().restyle(palette)
        self.scenes.restyle(palette)
