"""The pages as Pure Data patches, vanilla only.

[r rtsep.in] what rtsep says, as lists     the controls, in the part that other patches see
     |                                          |
[route rtsep]                              [oscformat -f i /rtsep/stem/$1/mute]
     |  one route for each part of a path       |
[set $1( shows, and never sends            [s rtsep.bytes]
"""

from __future__ import annotations

from rtsep.patches.generate.pages import WHOLE, Item, Page, moved
from rtsep.patches.generate.pdcanvas import Canvas

BYTES = "s rtsep.bytes"
MARGIN = 20
_ARGUMENT = r"\$1"
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
    top = page.size[1] + 3 * MARGIN + 230
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
        numbered = page.argument in WHOLE
        _routes(canvas, tree, heard, 0, MARGIN, page.size[1] + 2 * MARGIN + 24, numbered)
    return canvas.shown(MARGIN, MARGIN, *page.size)


def _argued(part: str) -> str:
    return _ARGUMENT if part.startswith("{") else part


def _path(item: Item) -> str:
    """The address that is sent; also the name by which other objects move the widget."""
    return "/".join(_argued(part) for part in item.path.split("/"))


def _plant(tree: Tree, parts: list[str], shows: int) -> None:
    """Put a box at the end of a path."""
    for part in parts[:-1]:
        below = tree.setdefault(part, {})
        assert isinstance(below, dict)
        tree = below
    tree[parts[-1]] = shows


def _routes(canvas: Canvas, tree: Tree, source: int, outlet: int, x: int, y: int, numbered: bool) -> None:
    """A route for a tree, and below it those of its branches."""
    if numbered and list(tree) == [_ARGUMENT]:
        below = tree[_ARGUMENT]
        assert isinstance(below, dict)
        _routes(canvas, below, _numbered(canvas, source, outlet, x, y), 0, x, y + 100, numbered)
        return
    route = canvas.obj(f"route {' '.join(tree)}", x, y)
    canvas.wire(source, route, outlet)
    for index, below in enumerate(tree.values()):
        if isinstance(below, dict):
            _routes(canvas, below, route, index, x + 90 * index, y + 22, numbered)
        else:
            canvas.wire(route, below, index)


def _numbered(canvas: Canvas, source: int, outlet: int, x: int, y: int) -> int:
    """Lets through what begins with the patch's argument, a number; returns the box that lets it through.

    oscparse gives the 3 of `/scene/3/go` as a symbol, which `route 3` would not know.
    """
    both = canvas.wire(canvas.wire(source, canvas.obj("list", x, y), outlet), canvas.obj("t l l", x, y + 22))
    first, rest = canvas.obj("list split 1", x + 90, y + 44), canvas.obj("list split 1", x, y + 44)
    canvas.wire(both, first, 1)
    canvas.wire(both, rest)
    own = canvas.obj("select none", x + 180, y + 44)
    number = canvas.obj("makefilename %d", x + 280, y + 22)
    canvas.chain(canvas.obj("loadbang", x + 180, y), canvas.obj(f"f {_ARGUMENT}", x + 280, y), number)
    canvas.wire(number, own, 0, 1)
    canvas.wire(first, own)
    opens, shuts = canvas.msg("1", x + 180, y + 66), canvas.msg("0", x + 220, y + 66)
    canvas.wire(own, opens)
    canvas.wire(own, shuts, 1)
    gate = canvas.obj("spigot", x, y + 88)
    canvas.wire(canvas.wire(rest, canvas.obj("list trim", x, y + 66), 1), gate)
    canvas.wire(opens, gate, 0, 1)
    canvas.wire(shuts, gate, 0, 1)
    return gate


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
    shows = canvas.msg(r"set \$1", x, y + 22)
    canvas.wire(shows, widget)
    if item.argument.kind != "s":
        return shows
    # What is left of a list by `route` is no list if it begins with a word, and a message box would find no $1 in it.
    word = canvas.obj("list", x, y)
    canvas.wire(word, shows)
    return word


def _format(canvas: Canvas, item: Item, x: int, y: int) -> int:
    sends = canvas.obj(f"oscformat -f {item.argument.kind} {_path(item)}", x, y)
    canvas.wire(sends, canvas.obj(BYTES, x, y + 24))
    return sends


def _menu(canvas: Canvas, item: Item, widget: int, x: int, y: int) -> int:
    """Buttons for words: numbers into words on the way out, words into numbers on the way in."""
    choices = item.argument.choices
    words = canvas.obj(f"route {' '.join(choices)}", x, y)
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
    label, name = item.label or item.path.rsplit("/")[-1], _path(item)
    match item.widget:
        case "slider":
            return canvas.slider(x, y, w, h, low, high, name)
        case "number":
            return canvas.number(x, y, w, h - 4, low, high, name)
        case "switch" | "hold":
            return canvas.toggle(x, y, w, h - 4, label, name)
        case "press":
            return canvas.button(x, y, w, h - 4, label, name)
        case "menu":
            return canvas.radio(x, y, h - 4, len(item.argument.choices), name)
        case "meter":
            return canvas.meter(x, y, w, h)
        case _:
            return canvas.atom("symbolatom" if item.argument.kind == "s" else "floatatom", x, y, w)
