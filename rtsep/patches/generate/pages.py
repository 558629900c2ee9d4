"""What a page of controls is, whatever program shows it: rectangles with addresses, captions, and pages within pages.

Positions are in pixels from a page's upper left corner. What a control can do is looked up in the table, so that a page only
says which address is where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rtsep.errors import ConfigError
from rtsep.osc.messages import PRESS, Address, Argument
from rtsep.patches.generate.reference import flat

Rect = tuple[int, int, int, int]
"""x, y, width, height."""
Widget = Literal["slider", "number", "switch", "hold", "press", "menu", "text", "show", "meter"]
ARGUMENTS = {"stem": "vocals", "n": "1", "partition": "vocals", "k": "0"}
"""What a page may be made for, with the value that stands for all of them where the table is looked up."""
WHOLE = ("n", "k")
"""Arguments that are whole numbers."""


@dataclass(frozen=True)
class Item:
    """One address on a page, its path with the page's argument in braces: `/rtsep/stem/{stem}/mute`."""

    path: str
    rect: Rect
    label: str = ""
    shape: Widget | None = None
    """None: what suits the address."""

    @property
    def address(self) -> Address:
        """The table's entry. Raises ConfigError if the table has none."""
        path = self.path.format_map(ARGUMENTS)
        if path not in (table := flat()):
            raise ConfigError(f"{path} is not in the table of messages; name an address that is")
        return table[path]

    @property
    def argument(self) -> Argument:
        """The first value, or what stands for none."""
        return next(iter(self.address.arguments), PRESS)

    @property
    def widget(self) -> Widget:
        """How it is shown."""
        return self.shape or suited(self.address)

    @property
    def unit_range(self) -> tuple[float, float]:
        """Smallest and largest value; 0..1 where the table sets no limits."""
        low, high = self.argument.minimum, self.argument.maximum
        return (0.0 if low is None else low, 1.0 if high is None else high)


@dataclass(frozen=True)
class Caption:
    """Words on a page; `{}` in them is the page's argument."""

    text: str
    rect: Rect
    strong: bool = False


@dataclass(frozen=True)
class Inset:
    """A page within a page, for one value of its argument."""

    page: str
    at: tuple[int, int]
    value: str = ""


@dataclass(frozen=True)
class Page:
    """A patch to be: `rtsep.NAME`."""

    name: str
    about: str
    size: tuple[int, int]
    argument: str = ""
    """Empty, or one of `ARGUMENTS`."""
    items: tuple[Item, ...] = ()
    captions: tuple[Caption, ...] = ()
    insets: tuple[Inset, ...] = ()


def suited(address: Address) -> Widget:
    """The kind of widget that suits an address."""
    message = address.message
    argument = next(iter(address.arguments), PRESS)
    if message.push == "meter":
        return "meter"
    if message.trigger:
        return "press"
    if not message.access & 2:
        return "show"
    if argument.law == "toggle":
        return "switch"
    if argument.kind == "s":
        return "menu" if argument.choices else "text"
    return "number"


def placed(
    page: Page, pages: dict[str, Page], value: str = "", x: int = 0, y: int = 0
) -> Iterator[tuple[Item | Caption, str]]:
    """Everything on a page and within its insets, at absolute positions and with addresses filled in."""
    value = value or ARGUMENTS.get(page.argument, "")
    names = {page.argument: value} if page.argument else {}
    for caption in page.captions:
        yield replace(caption, text=caption.text.replace("{}", value), rect=moved(caption.rect, x, y)), value
    for item in page.items:
        yield replace(item, path=item.path.format_map(names), rect=moved(item.rect, x, y)), value
    for inset in page.insets:
        if inset.page in pages:
            yield from placed(pages[inset.page], pages, inset.value, x + inset.at[0], y + inset.at[1])


def moved(rect: Rect, x: int, y: int) -> Rect:
    """`rect`, further right and down."""
    return rect[0] + x, rect[1] + y, rect[2], rect[3]
