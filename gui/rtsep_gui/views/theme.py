"""A palette as a Qt style: one family, three sizes, an 8-pixel grid."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from rtsep_gui.models.palette import Palette

GRID = 8
SMALL, NORMAL, LARGE = 11, 14, 22
HUGE = 40
"""Text sizes, pixels; the last on the stage page alone."""


def font(size: int = NORMAL, bold: bool = False) -> QFont:
    """The window's family with figures of equal width."""
    return QFont(_family(size, bold))


# Every paint asks for some.
@lru_cache
def _family(size: int, bold: bool) -> QFont:
    made = QFont(["Inter", "Noto Sans", "DejaVu Sans"])
    made.setPixelSize(size)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def apply_theme(app: QApplication, palette: Palette) -> None:
    """Dress the whole application; also while it runs."""
    app.setStyle("Fusion")
    app.setFont(font())
    colours = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, palette.ground),
        (roles.WindowText, palette.text),
        (roles.Base, palette.sunken),
        (roles.AlternateBase, palette.raised),
        (roles.Text, palette.text),
        (roles.Button, palette.raised),
        (roles.ButtonText, palette.text),
        (roles.Highlight, palette.accent),
        (roles.HighlightedText, palette.ground),
        (roles.ToolTipBase, palette.raised),
        (roles.ToolTipText, palette.text),
        (roles.PlaceholderText, palette.dim),
        (roles.Mid, palette.line),
    ):
        colours.setColor(role, QColor(colour))
    app.setPalette(colours)
    app.setStyleSheet(sheet(palette))


def sheet(palette: Palette) -> str:
    """What the style does not take from the palette. `class` properties: panel, dim, title, warning, fault; of buttons
    toggle, small, panic; readout of a number that can be typed, far if it is read from afar; banner for what must not be missed.
    """
    return f"""
    QWidget {{ color: {palette.text}; }}
    QWidget[class="panel"] {{ background: {palette.raised}; border-radius: 6px; }}
    QLabel[class="dim"] {{ color: {palette.dim}; }}
    QLabel[class="title"] {{ font-size: {LARGE}px; }}
    QLabel[class="warning"] {{ color: {palette.warning}; }}
    QLabel[class="fault"] {{ color: {palette.fault}; }}
    QPushButton {{ background: {palette.raised}; border: 1px solid {palette.line}; border-radius: 4px;
        padding: 6px 12px; min-height: 20px; }}
    QPushButton:hover {{ border-color: {palette.dim}; }}
    QPushButton:focus {{ border-color: {palette.accent}; }}
    QPushButton:checked {{ background: {palette.accent}; color: {palette.ground}; }}
    QPushButton:disabled {{ color: {palette.dim}; }}
    QPushButton:checked:disabled {{ background: {palette.line}; }}
    QLineEdit:disabled {{ color: {palette.dim}; }}
    QPushButton[class="toggle"] {{ padding: 0px; min-height: 34px; font-weight: bold; }}
    QPushButton[class="small"] {{ padding: 0px; min-height: 26px; font-size: {SMALL}px; }}
    QPushButton[class="big"] {{ min-height: 54px; font-size: {LARGE}px; }}
    QPushButton[class="panic"] {{ min-height: 54px; font-size: {LARGE}px; font-weight: bold;
        border: 2px solid {palette.fault}; }}
    QPushButton[class="panic"]:checked {{ background: {palette.fault}; color: {palette.ground}; }}
    QLabel[class="banner"] {{ background: {palette.fault}; color: {palette.ground}; border-radius: 6px;
        font-size: {LARGE}px; font-weight: bold; padding: {GRID}px; }}
    QLineEdit {{ background: {palette.ground}; border: 1px solid {palette.line}; border-radius: 4px; padding: 4px 6px;
        selection-background-color: {palette.accent}; selection-color: {palette.ground}; }}
    QLineEdit:focus {{ border-color: {palette.accent}; }}
    QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ border: none; padding: 0; }}
    QLineEdit[class="far"] {{ background: transparent; border: 1px solid transparent; font-size: {HUGE}px; }}
    QLineEdit[class="readout"] {{ background: transparent; border: 1px solid transparent; border-radius: 4px;
        font-size: {LARGE}px; }}
    QLineEdit[class="readout"]:hover, QLineEdit[class="readout"]:focus {{ background: {palette.sunken};
        border-color: {palette.line}; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ color: {palette.dim}; padding: {GRID}px {2 * GRID}px; border: none;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {palette.text}; }}
    QTabBar::tab:selected {{ color: {palette.text}; border-bottom-color: {palette.accent}; }}
    QScrollArea {{ border: none; background: transparent; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QTabBar::tab {{ color: {palette.dim}; background: transparent; padding: 6px 16px; margin-right: 4px;
        border-bottom: 2px solid transparent; }}
    QTabBar::tab:hover {{ color: {palette.text}; }}
    QTabBar::tab:selected {{ color: {palette.text}; border-bottom-color: {palette.accent}; }}
    QTabBar::tab:disabled {{ color: {palette.dim}; }}
    QListWidget {{ background: {palette.sunken}; border: none; border-radius: 4px; outline: none; }}
    QListWidget::item {{ padding: 6px 8px; }}
    QListWidget::item:selected {{ background: {palette.line}; color: {palette.text}; }}
    QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {palette.dim}; border-radius: 3px;
        background: {palette.ground}; }}
    QCheckBox::indicator:checked {{ background: {palette.accent}; border: 4px solid {palette.ground}; }}
    QScrollBar:vertical {{ background: transparent; width: {GRID}px; }}
    QScrollBar::handle:vertical {{ background: {palette.line}; border-radius: 4px; min-height: 24px; }}
    QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical {{ height: 0; }}
    QFrame#welcome {{ border: 1px solid {palette.line}; }}
    QToolTip {{ border: 1px solid {palette.line}; padding: 4px; }}
    """
