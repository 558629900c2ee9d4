"""One control in Max: what it hears, its widget, what it sends.

[loadmess #1]                     the patch's argument: a stem, a number
[sprintf set /rtsep/stem/%s/mute] names the receive; #1 itself is only ever a whole word, as Max wants it
[receive]                         what rtsep says, forwarded by rtsep.osc under its address
[prepend set]                     shows it without sending it back
[textbutton]
[prepend #1]
[sprintf /rtsep/stem/%s/mute %ld]
[send rtsep.out]
"""

from __future__ import annotations

from typing import Any

from py2max.core.box import Box

from rtsep.patches.generate.maxsheet import LINE, Sheet, width_of
from rtsep.patches.generate.pages import WHOLE, Item, Rect

OUT = "s rtsep.out"
CELL = 8 * LINE + 12
"""Height of a control in patching mode."""
ON = [0.95, 0.6, 0.15, 1.0]
OFF = [0.28, 0.3, 0.33, 1.0]
LIGHT = [0.93, 0.94, 0.95, 1.0]
_FORMAT = {"f": "%f", "i": "%ld", "s": "%s"}


def pattern(path: str, argument: str) -> str:
    """A path for sprintf.

    >>> pattern("/rtsep/scene/{n}/go", "n")
    '/rtsep/scene/%ld/go'
    """
    return path.replace(f"{{{argument}}}", "%ld" if argument in WHOLE else "%s")


def cell_width(item: Item) -> int:
    """Pixels across, in patching mode."""
    return max(340, width_of(f"sprintf set {item.path} ") + 20) * (2 if item.widget == "text" else 1)


def add_control(sheet: Sheet, item: Item, argument: str, x: int, y: int) -> None:
    """Everything that belongs to an item, its upper left corner at x, y."""
    widget = _widget(sheet, item, x, y + 4 * LINE)
    if item.address.message.access & 1:
        sheet.wire(_heard(sheet, item, argument, x, y), widget)
    match item.widget:
        case "press":
            _pressed(sheet, item, argument, widget, x, y)
        case "hold":
            _held(sheet, item, argument, x, y)
        case "menu":
            sheet.wire(widget, _sent(sheet, item, argument, x, y), outlet=1)
        case "text":
            typed = sheet.column(("route text", "tosymbol"), x + 110, y + 4 * LINE)
            sheet.wire(widget, typed[0])
            sheet.wire(typed[1], _sent(sheet, item, argument, x, y))
        case "slider" | "number" | "switch":
            sheet.wire(widget, _sent(sheet, item, argument, x, y))


def _heard(sheet: Sheet, item: Item, argument: str, x: int, y: int) -> Box:
    """What is heard at the item's address, made fit for its widget."""
    tail = {"menu": "prepend setsymbol", "meter": "unpack 0. 0."}.get(item.widget, "prepend set")
    if not argument:
        return sheet.column((f"receive {item.path}", tail), x, y + 2 * LINE)[-1]
    return sheet.column(("loadmess #1", f"sprintf set {pattern(item.path, argument)}", "receive", tail), x, y)[-1]


def _sent(sheet: Sheet, item: Item, argument: str, x: int, y: int) -> Box:
    """Where a value goes to be sent to the item's address."""
    if not argument:
        return sheet.column((f"prepend {item.path}", OUT), x, y + 6 * LINE)[0]
    if item.widget == "text":
        # A name may have spaces, which sprintf would take apart: the address alone is made by it.
        texts = ("loadmess #1", f"sprintf symout {pattern(item.path, argument)}", "prepend set", "prepend address", OUT)
        return sheet.column(texts, x + 330, y + 2 * LINE)[3]
    form = f"sprintf {pattern(item.path, argument)} {_FORMAT[item.argument.kind]}"
    return sheet.column(("prepend #1", form, OUT), x, y + 5 * LINE + 14)[0]


def _pressed(sheet: Sheet, item: Item, argument: str, widget: Box, x: int, y: int) -> None:
    # A press is a 1 for buttons; a row whose argument is something else is asked for without any.
    suffix = " 1" if item.address.message.arguments[:1] == (item.argument,) and item.argument.name == "press" else ""
    if argument:
        number = sheet.message("#1", x, y + 5 * LINE + 14)
        form = sheet.column((f"sprintf {pattern(item.path, argument)}{suffix}", OUT), x, y + 6 * LINE + 14)[0]
        sheet.chain(widget, number, form)
    else:
        words = sheet.message(f"{item.path}{suffix}", x, y + 5 * LINE + 14)
        sheet.chain(widget, words, sheet.obj(OUT, x, y + 6 * LINE + 14))


def _held(sheet: Sheet, item: Item, argument: str, x: int, y: int) -> None:
    """A ubutton over the widget: its second outlet bangs when the mouse goes down, its first when it comes up."""
    above = sheet.ui("ubutton", (x + 110, y + 4 * LINE, 30, 26), item.rect)
    down, up = sheet.message("1", x + 150, y + 4 * LINE), sheet.message("0", x + 200, y + 4 * LINE)
    sent = _sent(sheet, item, argument, x, y)
    sheet.wire(above, down, outlet=1)
    sheet.wire(above, up, outlet=0)
    sheet.wire(down, sent)
    sheet.wire(up, sent)


def _widget(sheet: Sheet, item: Item, x: int, y: int) -> Box:
    low, high = item.unit_range
    upright = item.rect[3] > item.rect[2]
    rect: Rect = (x, y, 20 if upright else 100, 36 if upright else 22)
    kind = item.argument.kind
    label = item.label or item.path.rsplit("/")[-1]
    attributes: dict[str, Any] = {}
    match item.widget:
        case "slider":
            maxclass = "slider"
            attributes = {"floatoutput": 1, "min": low, "size": high - low, "bgcolor": OFF, "knobcolor": ON}
        case "meter":
            maxclass = "multislider"
            attributes = {"setminmax": [-60.0, 0.0], "settype": 1, "setstyle": 1, "size": 1, "ignoreclick": 1}
            attributes |= {"bgcolor": OFF, "slidercolor": [0.3, 0.8, 0.4, 1.0]}
        case "number" | "show" if kind != "s":
            maxclass = "flonum" if kind == "f" else "number"
            attributes = {"ignoreclick": 1} if item.widget == "show" else {"minimum": low, "maximum": high}
            if kind == "i":
                attributes = {key: int(value) for key, value in attributes.items()}
        case "menu":
            items = [part for choice in item.argument.choices for part in (choice, ",")][:-1]
            maxclass, attributes = "umenu", {"items": items}
        case "text":
            maxclass, attributes = "textedit", {"keymode": 1, "lines": 1, "text": ""}
        case "show":
            maxclass, attributes = "comment", {"text": "", "bgcolor": LIGHT, "textcolor": OFF}
        case _:
            maxclass = "textbutton"
            attributes = {"mode": int(item.widget != "press"), "text": label, "texton": label, "fontsize": 11.0}
            attributes |= {"bgcolor": OFF, "bgoncolor": ON, "textcolor": LIGHT, "textoncolor": OFF, "rounded": 4.0}
            attributes |= {"ignoreclick": int(item.widget == "hold"), "usebgoncolor": 1}
    return sheet.ui(maxclass, rect, item.rect, **attributes)
