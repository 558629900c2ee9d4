"""A Pure Data patch under construction: lines of its text format."""

from __future__ import annotations

from itertools import pairwise

_LOOK = "0 10 #fcfcfc #000000 #000000"
"""Font, its size, background, foreground, label."""


def escaped(text: str) -> str:
    r"""Words for a comment or label in a file, where a dollar is no argument.

    >>> escaped("one; two, three")
    'one\\; two\\, three'
    """
    return text.replace(";", r"\;").replace(",", r"\,")


class Canvas:
    """Boxes are numbered as they are added; an argument of the patch is written `\\$1`.

    Widgets take `name`: what is sent to it, such as `0.5` or `bang`, moves them as a hand would.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._lines = [f"#N canvas 80 60 {size[0]} {size[1]} 10;"]
        self._cords: list[str] = []
        self._boxes = 0

    def _add(self, line: str) -> int:
        self._lines.append(f"{line};")
        self._boxes += 1
        return self._boxes - 1

    def obj(self, text: str, x: int, y: int) -> int:
        """An object box; returns its number."""
        return self._add(f"#X obj {x} {y} {text}")

    def msg(self, text: str, x: int, y: int) -> int:
        """A message box; its own arguments are written `\\$1` too."""
        return self._add(f"#X msg {x} {y} {text}")

    def text(self, words: str, x: int, y: int) -> int:
        """A comment."""
        return self._add(f"#X text {x} {y} {escaped(words)}")

    def atom(self, kind: str, x: int, y: int, width: int) -> int:
        """A number or symbol box, so many pixels wide; Pd would take its inlet away if it had a name."""
        return self._add(f"#X {kind} {x} {y} {max(3, width // 7)} 0 0 0 - - - 0")

    def slider(self, x: int, y: int, w: int, h: int, low: float, high: float, name: str = "empty") -> int:
        """A slider, upright if it is higher than wide."""
        kind = "vsl" if h > w else "hsl"
        return self.obj(f"{kind} {w} {h} {low:g} {high:g} 0 0 empty {name} empty 0 -9 {_LOOK} 0 1", x, y)

    def number(self, x: int, y: int, w: int, h: int, low: float, high: float, name: str = "empty") -> int:
        """A number box with a range."""
        return self.obj(f"nbx {max(2, w // 8)} {h} {low:g} {high:g} 0 0 empty {name} empty 0 -8 {_LOOK} 0 256", x, y)

    def toggle(self, x: int, y: int, w: int, h: int, label: str, name: str = "empty") -> int:
        """A switch with its label in or beside it."""
        return self.obj(f"tgl {h} 0 empty {name} {_label(label)} {_beside(w, h)} {h // 2} {_LOOK} 0 1", x, y)

    def button(self, x: int, y: int, w: int, h: int, label: str, name: str = "empty") -> int:
        """A button with its label in or beside it."""
        size = min(w, h)
        return self.obj(f"bng {size} 250 50 0 empty {name} {_label(label)} {_beside(w, h)} {h // 2} {_LOOK}", x, y)

    def radio(self, x: int, y: int, size: int, choices: int, name: str = "empty") -> int:
        """Buttons of which one is on."""
        return self.obj(f"hradio {size} 1 0 {choices} empty {name} empty 0 -8 {_LOOK} 0", x, y)

    def meter(self, x: int, y: int, w: int, h: int) -> int:
        """A level meter: RMS into its first inlet, peak into the second."""
        return self.obj(f"vu {w} {h} empty empty -1 -8 0 10 #404040 #000000 0 0", x, y)

    def label(self, words: str, x: int, y: int, w: int, h: int, size: int = 10) -> int:
        """Words that a patch shows within another, where comments do not appear."""
        return self.obj(f"cnv 5 {w} {h} empty empty {_label(words)} 2 {h // 2} 0 {size} #d2d6da #202020 0", x, y)

    def wire(self, source: int, target: int, outlet: int = 0, inlet: int = 0) -> int:
        """A cord; returns its target."""
        self._cords.append(f"#X connect {source} {outlet} {target} {inlet};")
        return target

    def chain(self, *boxes: int) -> None:
        """Cords from first outlets to first inlets."""
        for source, target in pairwise(boxes):
            self.wire(source, target)

    def shown(self, x: int, y: int, w: int, h: int) -> bytes:
        """The file's content; others see this rectangle of it."""
        last = f"#X coords 0 -1 1 1 {w} {h} 2 {x} {y};"
        return ("\n".join((*self._lines, *self._cords, last)) + "\n").encode()

    def plain(self) -> bytes:
        """The file's content; others see a box."""
        return ("\n".join((*self._lines, *self._cords)) + "\n").encode()


def _label(words: str) -> str:
    # One atom: Pd's labels show an underscore where a file cannot have a space.
    return escaped(words).replace(" ", "_") or "empty"


def _beside(w: int, h: int) -> int:
    return 4 if w < 60 else h + 4
