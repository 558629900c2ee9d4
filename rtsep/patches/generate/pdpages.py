"""The pages as Pure Data patches, vanilla only.

[r rtsep.in] what rtsep says, as lists     the controls, in the part that other patches see
     |                                          |
[route rtsep]                              [oscformat -f i /rtsep/stem/$1/mute]
     |  one route for each part of a path       |
[set $1( shows, and never sends            [s rtsep.bytes]
"""

from __future__ import annotations

from rtsep.patches.generate.pages import Item, Page, moved
from rtsep.patches.generate.pdcanvas import Canvas

BYTES = "s rtsep.bytes"
MARGIN = 20
CONNECTION_SIZE = (700, 36)
_CELL = (250, 150)
_ACROSS = 5
Tree = dict[str, "Tree | int"]
"""Parts of paths, down to the box that shows what is heard there."""


def patch(page: Page) -> bytes:
    """The patch `rtsep.NAME.pd`."""
    canvas = Canvas((page.size[0] + 3 * MARGIN, page.size[1] + 3 * MARGIN))
    canvas.obj(f"cnv 5 {page.size[0]} {page.size[1]} empty empty empty 0 0 0 10 #d2d6da #202020 0", MARGIN, MARGIN)
    for caption in page.captions:
        words = caption.text.replace("{}", r"\$1")
        canvas.label(words, *moved(caption.rect, MARGIN, MARGIN), size=12 if caption.strong else 10)
    tree: Tree = {}
    top = page.size[1] + 3 * MARGIN + 120
    for index, item in enumerate(page.items):
        x, y = MARGIN + _CELL[0] * (index % _ACROSS), top + _CELL[1] * (index // _ACROSS)
        shows = _control(canvas, item, x, y)
        if shows is not None:
            _plant(tree, [_argued(part) for part in item.path.strip("/").split("/")], shows)
    for inset in page.insets:
        value = f" {inset.value}" if inset.value else ""
        canvas.obj(f"rtsep.{inset.page}{value}", inset.at[0] + MARGIN, inset.at[1] + MARGIN)
    if tree:
        heard = canvas.obj("r rtsep.in", MARGIN, page.size[1] + 2 * MARGIN)
        _routes(canvas, tree, heard, 0, MARGIN, page.size[1] + 2 * MARGIN + 24)
    return canvas.shown(MARGIN, MARGIN, *page.size)


def _argued(part: str) -> str:
    return r"\$1" if part.startswith("{") else part


def _plant(tree: Tree, parts: list[str], shows: int) -> None:
    """Put a box at the end of a path."""
    for part in parts[:-1]:
        below = tree.setdefault(part, {})
        assert isinstance(below, dict)
        tree = below
    tree[parts[-1]] = shows


def _routes(canvas: Canvas, tree: Tree, source: int, outlet: int, x: int, y: int) -> None:
    """A route for a tree, and below it those of its branches."""
    route = canvas.obj(f"route {' '.join(tree)}", x, y)
    canvas.wire(source, route, outlet)
    for index, below in enumerate(tree.values()):
        if isinstance(below, dict):
            _routes(canvas, below, route, index, x + 90 * index, y + 22)
        else:
            canvas.wire(route, below, index)


def _control(canvas: Canvas, item: Item, x: int, y: int) -> int | None:
    """A widget and its boxes, these at x, y; returns the box that takes what is heard, if anything is."""
    widget = _widget(canvas, item)
    if item.widget == "menu":
        return _menu(canvas, item, widget, x, y)
    if item.widget not in ("show", "meter"):
        sends = _format(canvas, item, x, y + 90)
        if item.widget == "press" and item.argument.name == "press" and item.address.message.arguments:
            canvas.chain(widget, canvas.msg("1", x, y + 60), sends)
        else:
            canvas.wire(widget, sends)
    if not item.address.message.access & 1:
        return None
    if item.widget == "meter":
        both = canvas.obj("unpack f f", x, y)
        canvas.wire(both, widget, 0, 1)
        canvas.wire(both, widget, 1, 0)
        return both
    shows = canvas.msg(r"set \$1", x, y)
    canvas.wire(shows, widget)
    return shows


def _format(canvas: Canvas, item: Item, x: int, y: int) -> int:
    path = "/".join(_argued(part) for part in item.path.split("/"))
    sends = canvas.obj(f"oscformat -f {item.argument.kind} {path}", x, y)
    canvas.wire(sends, canvas.obj(BYTES, x, y + 24))
    return sends


def _menu(canvas: Canvas, item: Item, widget: int, x: int, y: int) -> int:
    """Buttons for words: numbers into words on the way out, words into numbers on the way in."""
    choices = item.argument.choices
    words = canvas.obj(f"sel {' '.join(choices)}", x, y)
    numbers = canvas.obj(f"sel {' '.join(str(index) for index in range(len(choices)))}", x, y + 46)
    canvas.wire(widget, numbers)
    sends = _format(canvas, item, x, y + 92)
    for index, choice in enumerate(choices):
        shown = canvas.msg(f"set {index}", x + 70 * index, y + 22)
        canvas.wire(words, shown, index)
        canvas.wire(shown, widget)
        said = canvas.msg(f"symbol {choice}", x + 80 * index, y + 68)
        canvas.wire(numbers, said, index)
        canvas.wire(said, sends)
    return words


def _widget(canvas: Canvas, item: Item) -> int:
    x, y, w, h = moved(item.rect, MARGIN, MARGIN)
    low, high = item.unit_range
    label = item.label or item.path.rsplit("/")[-1]
    match item.widget:
        case "slider":
            return canvas.slider(x, y, w, h, low, high)
        case "number":
            return canvas.number(x, y, w, h - 4, low, high)
        case "switch" | "hold":
            return canvas.toggle(x, y, w, h - 4, label)
        case "press":
            return canvas.button(x, y, w, h - 4, label)
        case "menu":
            return canvas.radio(x, y, h - 4, len(item.argument.choices))
        case "meter":
            return canvas.meter(x, y, w, h)
        case _:
            return canvas.atom("symbolatom" if item.argument.kind == "s" else "floatatom", x, y, w)
