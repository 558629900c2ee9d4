"""The pages as Max patchers: controls in a grid of cells in patching mode, the page's own layout in presentation mode."""

from __future__ import annotations

from rtsep.patches.generate.layout import CONNECTION, PAGES
from rtsep.patches.generate.maxcontrols import CELL, add_control, cell_width
from rtsep.patches.generate.maxsheet import Sheet
from rtsep.patches.generate.pages import WHOLE, Page, Rect

_ACROSS = 4
_TOP = 70
"""Of the first cell; above it are the title's boxes."""
BACK = [0.82, 0.84, 0.86, 1.0]
CONNECTION_HEIGHT = 36


def patch(page: Page) -> bytes:
    """The patcher `rtsep.NAME`."""
    sheet = Sheet(page.size, about=page.about)
    left = page.size[0] + 40 if page.insets else 20
    whole = (0, 0, *page.size)
    sheet.ui("panel", (left, 10, 60, 40), whole, bgcolor=BACK, background=1, rounded=6, ignoreclick=1)
    for inset in page.insets:
        size = (page.size[0] - 16, CONNECTION_HEIGHT) if inset.page == CONNECTION else PAGES[inset.page].size
        numbered = inset.page != CONNECTION and PAGES[inset.page].argument in WHOLE
        values: list[str | int] = [int(inset.value) if numbered else inset.value] if inset.value else []
        place: Rect = (inset.at[0], inset.at[1], size[0], size[1])
        sheet.bpatcher(f"rtsep.{inset.page}", values, place, place)
    bottom = _cells(sheet, page, left)
    _captions(sheet, page, left, bottom)
    return sheet.json()


def _cells(sheet: Sheet, page: Page, left: int) -> int:
    """The controls; returns where the last row of them ends."""
    y = _TOP
    for first in range(0, len(page.items), _ACROSS):
        x = left
        for item in page.items[first : first + _ACROSS]:
            add_control(sheet, item, page.argument, x, y)
            x += cell_width(item)
        y += CELL + 20
    return y


def _captions(sheet: Sheet, page: Page, left: int, bottom: int) -> None:
    for index, caption in enumerate(page.captions):
        x, y = left + 160 * (index % 8), bottom + 30 * (index // 8)
        more = {"fontface": 1, "textjustification": 1} if caption.strong else {"fontsize": 11.0}
        if caption.text == "{}":
            title = sheet.comment(page.argument, left + 200, 12, caption.rect, **more)
            sheet.wire(sheet.obj("loadmess set #1", left + 80, 12), title)
        else:
            sheet.ui("comment", (x, y, 150, 20), caption.rect, text=caption.text, **more)
