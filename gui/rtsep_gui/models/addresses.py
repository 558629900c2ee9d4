"""What a control is called from outside: its OSC address, and the words of its tooltip."""

from __future__ import annotations

from rtsep.control import EngineState
from rtsep.osc.messages import Address, Argument, addresses, as_node
from rtsep.osc.table import TABLE


class Book:
    """The addresses of a host, made anew when its separator is another. One thread."""

    def __init__(self) -> None:
        self._of: object = None
        self._flat: dict[str, Address] = {}

    def flat(self, state: EngineState) -> dict[str, Address]:
        """All of them, by path."""
        if self._of != state.separator:
            self._of, self._flat = state.separator, addresses(TABLE, state)
        return self._flat


def stem_path(stem: str, node: str) -> str:
    """Of a stem's control.

    >>> stem_path("lead vocals", "gain_db")
    '/rtsep/stem/lead_vocals/gain_db'
    """
    return f"/rtsep/stem/{as_node(stem)}/{node}"


def values(argument: Argument) -> str:
    """What an argument may be.

    >>> values(Argument("gain", "f", "dB", -144.0, 12.0)), values(Argument("side", "s", choices=("none", "a")))
    ('-144 to 12 dB', 'none, a')
    """
    if argument.choices:
        return ", ".join(argument.choices)
    if argument.minimum is None or argument.maximum is None:
        return argument.unit
    return f"{argument.minimum:g} to {argument.maximum:g} {argument.unit}".rstrip()


def tip(path: str, address: Address | None) -> str:
    """What the control at `path` is, where it is found, what it takes; the path alone where that is not known."""
    if address is None:
        return path
    takes = "; ".join(filter(None, map(values, address.arguments)))
    return "\n".join(filter(None, (address.message.about, path, takes)))
