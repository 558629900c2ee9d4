"""Scenes: a bank of pads, banks, and what can be done to a scene."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rtsep.changes import SceneStore
from rtsep.control import EngineState
from rtsep_gui.models.live import Live
from rtsep_gui.models.palette import Palette
from rtsep_gui.models.show import BANK, BANKS, MAX_FADE_S, appended, clear, overwrites, pads, press, refaded, renamed
from rtsep_gui.views.control_menu import ControlMenu
from rtsep_gui.views.pad import ScenePad
from rtsep_gui.views.panel import ask
from rtsep_gui.views.theme import GRID

COLUMNS = 4
KEYS = {Qt.Key.Key_F2: "rename", Qt.Key.Key_Delete: "clear", Qt.Key.Key_Insert: "store"}


class PadMenu(ControlMenu):
    """What every control's menu has, below what a scene has."""

    def __init__(self, pad: ScenePad, live: Live, scenes: SceneGrid) -> None:
        super().__init__(pad, live, "", ())
        self._pad, self._scenes = pad, scenes

    def menu(self) -> QMenu:
        """Of the scene that the pad shows now."""
        self.path = f"/rtsep/scene/{self._pad.pad.number}/go"
        menu = super().menu()
        first = menu.actions()[0]
        for text, what in self._scenes.deeds(self._pad):
            action = menu.addAction(text)
            action.triggered.connect(what)
            menu.insertAction(first, action)
        return menu

    def tip(self) -> str:
        """Of the scene that the pad shows now."""
        self.path = f"/rtsep/scene/{self._pad.pad.number}/go"
        return super().tip()


class SceneGrid(QWidget):
    """Sixteen at a time."""

    def __init__(self, live: Live, palette: Palette) -> None:
        super().__init__()
        self._live = live
        self.bank = 0
        self.pads = [ScenePad(palette) for _ in range(BANK)]
        self._banks = QButtonGroup(self)
        self.store = QPushButton("Store into …")
        self.store.setCheckable(True)
        self.store.setToolTip("The next pad that is pressed keeps everything audible")
        self.store.toggled.connect(lambda _: self._again())
        head = QHBoxLayout()
        for bank in range(BANKS):
            button = QPushButton(f"{bank * BANK + 1} – {(bank + 1) * BANK}")
            button.setCheckable(True)
            button.setChecked(bank == 0)
            button.setToolTip(f"Show scenes {button.text()}")
            self._banks.addButton(button, bank)
            head.addWidget(button)
        self._banks.idClicked.connect(self._show_bank)
        head.addStretch()
        head.addWidget(self.store)
        grid = QGridLayout()
        grid.setSpacing(GRID)
        for index, pad in enumerate(self.pads):
            grid.addWidget(pad, index // COLUMNS, index % COLUMNS)
            pad.clicked.connect(lambda _=False, pad=pad: self.press(pad))
            pad.installEventFilter(self)
            PadMenu(pad, live, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addLayout(head)
        column.addLayout(grid, 1)

    def show_state(self, state: EngineState) -> None:
        """A new state."""
        for pad, shown in zip(self.pads, pads(state, self.bank), strict=True):
            pad.show_pad(shown, self.store.isChecked())

    def restyle(self, palette: Palette) -> None:
        """Another theme."""
        for pad in self.pads:
            pad.restyle(palette)

    def _again(self) -> None:
        if self._live.state is not None:
            self.show_state(self._live.state)

    def _show_bank(self, bank: int) -> None:
        self.bank = bank
        self._again()

    def press(self, pad: ScenePad) -> None:
        """Go there, or store there; asked about if something would be lost."""
        change = press(pad.pad, self.store.isChecked())
        if change is None:
            return
        if overwrites(pad.pad, self.store.isChecked()):
            question = f"Scene {pad.pad.number}, {pad.pad.name!r}, will be replaced by what is heard now."
            ask(self, question, "Replace", lambda: self._live.apply(change))
        else:
            self._live.apply(change)
        self.store.setChecked(False)

    def deeds(self, pad: ScenePad) -> list[tuple[str, object]]:
        """What the menu offers, and what does it."""
        scene = pad.pad
        if not scene.stored:
            return [("Store here", lambda: self._live.apply(SceneStore(scene.number)))]
        return [
            ("Go", lambda: self.press(pad)),
            ("Replace by what is heard …", lambda: self.replace(pad)),
            ("Rename …", lambda: self.rename(pad)),
            ("Fade time …", lambda: self.refade(pad)),
            ("Add to the set list", lambda: self.add(pad)),
            ("Clear …", lambda: self.clear(pad)),
        ]

    def replace(self, pad: ScenePad) -> None:
        """Store into it, whether or not there is something."""
        self.store.setChecked(True)
        self.press(pad)

    def rename(self, pad: ScenePad) -> None:
        """Ask for another name."""
        scene = pad.pad
        name, given = QInputDialog.getText(
            self, "rtsep", f"Name of scene {scene.number}", QLineEdit.EchoMode.Normal, scene.name
        )
        change = renamed(scene, name) if given else None
        if change is not None:
            self._live.apply(change)

    def refade(self, pad: ScenePad) -> None:
        """Ask for another fade time."""
        scene = pad.pad
        seconds, given = QInputDialog.getDouble(
            self, "rtsep", f"Fade time of scene {scene.number}, seconds", scene.fade_s, 0.0, MAX_FADE_S, 2
        )
        if given:
            self._live.apply(refaded(scene, seconds))

    def add(self, pad: ScenePad) -> None:
        """To the end of the set list."""
        if self._live.state is not None:
            self._live.apply(appended(self._live.state, pad.pad.number))

    def clear(self, pad: ScenePad) -> None:
        """Ask, then forget it."""
        scene = pad.pad
        question = f"Scene {scene.number}, {scene.name!r}, will be forgotten."
        ask(self, question, "Clear", lambda: self._live.apply(clear(scene)))

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keys of the pad that has the focus: F2 rename, Insert store, Delete clear."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, ScenePad):
            deed = KEYS.get(Qt.Key(event.key()))
            if deed == "store":
                self.replace(watched)
            elif deed and watched.pad.stored:
                self.rename(watched) if deed == "rename" else self.clear(watched)
            return deed is not None
        return False
