"""A Max patcher under construction: boxes and cords with py2max, in patching and in presentation mode."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
from py2max import Patcher
from py2max.core.box import Box
from py2max.core.common import Rect as Box4

from rtsep.patches.generate.pages import Rect

LINE = 28
"""From one box down to the next."""
_UI: dict[str, tuple[int, int, list[str]]] = {
    "textbutton": (1, 3, ["", "", "int"]),
    "textedit": (1, 4, ["", "", "", ""]),
    "comment": (1, 0, []),
    "message": (2, 1, [""]),
}
"""Inlets, outlets and outlets' types of objects whose `text` is not what they are made from."""


def width_of(text: str) -> int:
    """Pixels that an object box of that text wants, in Max's usual 12 point Arial.

    >>> width_of("prepend set")
    91
    """
    return max(34, 7 * len(text) + 14)


class Sheet:
    """A patcher; positions are given for patching mode, `shown` for presentation mode."""

    def __init__(self, size: tuple[int, int], presentation: bool = True, about: str = "") -> None:
        self.patcher = Patcher(on_invalid="raise", openinpresentation=int(presentation))
        self.patcher.rect = Box4(85.0, 104.0, float(size[0]), float(size[1]))
        self.patcher.description = about
        self.patcher.digest = about
        self.patcher.tags = "rtsep OSC"

    def obj(self, text: str, x: int, y: int, **more: Any) -> Box:
        """An object box."""
        return self.patcher.add_textbox(text, patching_rect=Box4(x, y, width_of(text), 22), **more)

    def ui(self, maxclass: str, rect: Rect, shown: Rect | None = None, **more: Any) -> Box:
        """A user-interface object; in presentation mode at `shown`, or not there."""
        if shown is not None:
            more |= {"presentation": 1, "presentation_rect": Box4(*shown)}
        if maxclass not in _UI:
            return self.patcher.add_textbox(maxclass, patching_rect=Box4(*rect), **more)
        inlets, outlets, types = _UI[maxclass]
        made = Box(
            maxclass, inlets, outlets, self.patcher.get_id(maxclass), Box4(*rect), outlettype=list(types), **more
        )
        return self.patcher.add_box(made)

    def message(self, text: str, x: int, y: int, shown: Rect | None = None) -> Box:
        """A message box."""
        return self.ui("message", (x, y, width_of(text), 22), shown, text=text)

    def comment(self, text: str, x: int, y: int, shown: Rect | None = None, **more: Any) -> Box:
        """A comment."""
        return self.ui("comment", (x, y, width_of(text), 20), shown, text=text, **more)

    def bpatcher(self, name: str, values: list[str | int], rect: Rect, shown: Rect | None) -> Box:
        """A patcher shown within this one."""
        more: dict[str, Any] = {"args": values}
        if shown is not None:
            more |= {"presentation": 1, "presentation_rect": Box4(*shown)}
        return self.patcher.add_bpatcher(f"{name}.maxpat", numinlets=0, numoutlets=0, patching_rect=Box4(*rect), **more)

    def wire(self, source: Box, target: Box, outlet: int = 0, inlet: int = 0) -> Box:
        """A cord; returns its target, for chains. Raises py2max's InvalidConnectionError if there is no such outlet or inlet."""
        self.patcher.add_line(source, target, inlet=inlet, outlet=outlet)
        return target

    def chain(self, *boxes: Box) -> None:
        """Cords from first outlets to first inlets."""
        for source, target in pairwise(boxes):
            self.wire(source, target)

    def column(self, texts: tuple[str, ...], x: int, y: int) -> list[Box]:
        """Object boxes one below the other, connected."""
        boxes = [self.obj(text, x, y + LINE * row) for row, text in enumerate(texts)]
        self.chain(*boxes)
        return boxes

    def json(self) -> bytes:
        """The file's content."""
        self.patcher.render()
        return msgspec.json.format(msgspec.json.encode(self.patcher.to_dict()), indent=2) + b"\n"
