"""Help patches, examples and the overview of the Max package."""

from __future__ import annotations

from rtsep.osc.messages import Address
from rtsep.osc.table import SERVICE
from rtsep.patches.generate.layout import CONNECTION, PAGES
from rtsep.patches.generate.maxcontrols import OUT
from rtsep.patches.generate.maxosc import ABOUT, SIZE
from rtsep.patches.generate.maxsheet import LINE, Sheet, width_of
from rtsep.patches.generate.pages import ARGUMENTS, WHOLE, Item, Page, placed
from rtsep.patches.generate.service import ports

_WORDS = "Each message below is one that rtsep understands; without a value it is a question, and rtsep answers."

_ALONE = "Wants one rtsep.osc somewhere: rtsep.mixer has one."


def help_page(page: Page) -> bytes:
    """Help for `rtsep.NAME`: the patch itself, and its addresses to click at."""
    value = ARGUMENTS.get(page.argument, "")
    items = [item for item, _ in placed(page, {}) if isinstance(item, Item)]
    lines = [(sample(item.address), item.address.message.about) for item in items]
    values: list[str | int] = [int(value) if page.argument in WHOLE else value] if value else []
    words = f"Argument: {page.argument}, here {value}." if value else "No arguments."
    return _help(f"rtsep.{page.name}", page.about, words, page.size, values, lines)


def help_osc() -> bytes:
    """Help for `rtsep.osc`."""
    lines = [(message.pattern, message.about) for message in SERVICE if message.trigger]
    words = f"Arguments: host, port, own port; {ports()} without any. One is enough for a whole set of patches."
    return _help("rtsep.osc", ABOUT, words, SIZE, [], lines)


def _help(
    name: str, about: str, words: str, size: tuple[int, int], values: list[str | int], lines: list[tuple[str, str]]
) -> bytes:
    top = 130 + size[1]
    sheet = Sheet((max(size[0] + 60, 820), top + 80 + LINE * len(lines)), presentation=False, about=about)
    sheet.comment(name, 20, 14, fontsize=20.0, fontface=1)
    sheet.comment(about, 20, 44)
    sheet.comment(words, 20, 66)
    sheet.bpatcher(name, values, (20, 96, *size), None)
    if lines:
        sheet.comment(_WORDS, 20, top)
    sent = sheet.obj(OUT, 20, top + 40 + LINE * len(lines))
    for row, (text, meaning) in enumerate(lines):
        message = sheet.message(text, 20, top + 28 + LINE * row)
        sheet.comment(meaning, 40 + width_of(text), top + 29 + LINE * row)
        sheet.wire(message, sent)
    return sheet.json()


def sample(address: Address) -> str:
    """A message to an address, with values in its range; a question where it can only be read.

    >>> from rtsep.patches.generate.reference import flat
    >>> sample(flat()["/rtsep/stem/vocals/pan"]), sample(flat()["/rtsep/mix/late"]), sample(flat()["/rtsep/scene/1/go"])
    ('/rtsep/stem/vocals/pan 0.', '/rtsep/mix/late dry', '/rtsep/scene/1/go')
    """
    if address.message.trigger or not address.message.access & 2:
        return address.path
    words = []
    for argument in address.arguments:
        low, high = argument.minimum or 0.0, argument.maximum or 0.0
        if argument.kind == "s":
            words.append(argument.choices[0] if argument.choices else "name")
        else:
            near = min(max(0.0, low), high) if argument.law != "toggle" else 1.0
            words.append(f"{near:g}" + ("." if argument.kind == "f" else ""))
    return " ".join((address.path, *words))


def automation() -> bytes:
    """Example: a fader that wanders."""
    sheet = Sheet((560, 420), presentation=False, about="Example: a fader that wanders by itself.")
    path = Item("/rtsep/stem/vocals/fader", (0, 0, 1, 1)).address.path
    sheet.comment(
        "Switch on: the vocals wander. Move them by hand in rtsep.mixer at the same time if you like.", 20, 20
    )
    switch = sheet.ui("toggle", (20, 56, 24, 24))
    steps = ("metro 2000", "random 76", "/ 100.", "pack 0. 1500", "line 0. 20", f"prepend {path}", OUT)
    sheet.wire(switch, sheet.column(steps, 20, 96)[0])
    sheet.comment(_ALONE, 20, 330)
    return sheet.json()


def reaction() -> bytes:
    """Example: the drums' meter makes something happen."""
    sheet = Sheet((560, 380), presentation=False, about="Example: each drum hit bangs; wire it to lights or video.")
    path = Item("/rtsep/meter/stem/drums", (0, 0, 1, 1)).address.path
    sheet.comment("Each hit of the drums above -18 dB bangs. Wire the button to lights, Jitter, anything.", 20, 20)
    steps = (f"receive {path}", "unpack 0. 0.", "> -18.", "change", "sel 1")
    hits = sheet.column(steps, 20, 60)
    sheet.wire(hits[-1], sheet.ui("button", (20, 60 + LINE * len(steps), 40, 40)))
    sheet.comment(_ALONE, 20, 300)
    return sheet.json()


def overview() -> bytes:
    """What the package has, in Max's Extras menu."""
    sheet = Sheet(
        (760, 120 + 34 * len(PAGES)), presentation=False, about="What rtsep's patches are, and how to open them."
    )
    sheet.comment("rtsep: live stem separation", 20, 14, fontsize=20.0, fontface=1)
    sheet.comment("Start rtsep first (rtsep run). Then click: rtsep.mixer has everything.", 20, 48)
    control = sheet.obj("pcontrol", 20, 90 + 34 * (len(PAGES) + 1))
    whole = {page.name: page.about for page in PAGES.values() if not page.argument}
    parts = {page.name: page.about for page in PAGES.values() if page.argument}
    rows = [(name, f"loadunique rtsep.{name}.maxpat", about) for name, about in {**whole, CONNECTION: ABOUT}.items()]
    rows += [
        (name, f"load rtsep.{name}.maxpat {ARGUMENTS[PAGES[name].argument]}", about) for name, about in parts.items()
    ]
    for row, (_, text, about) in enumerate(rows):
        sheet.wire(sheet.message(text, 20, 84 + 34 * row), control)
        sheet.comment(about, 290, 85 + 34 * row)
    return sheet.json()
