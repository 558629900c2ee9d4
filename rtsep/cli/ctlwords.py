"""Addresses, values and arguments as words of a command line."""

from __future__ import annotations

from rtsep.errors import ConfigError
from rtsep.osc.messages import Address, Argument, Value

ROOT = "/rtsep"
SWITCH = {"on": 1, "true": 1, "yes": 1, "off": 0, "false": 0, "no": 0}
ACCESS = {1: "read", 2: "write", 3: "read, write"}


def full_path(path: str) -> str:
    """An address as it is, from what was typed.

    >>> full_path("mix/panic"), full_path("/rtsep/mix/panic"), full_path("/mix/"), full_path("")
    ('/rtsep/mix/panic', '/rtsep/mix/panic', '/rtsep/mix', '/rtsep')
    """
    inner = path.strip("/")
    if inner == ROOT[1:] or inner.startswith(f"{ROOT[1:]}/"):
        return f"/{inner}"
    return f"{ROOT}/{inner}".rstrip("/")


def within(path: str, container: str) -> bool:
    """Whether an address is `container` or below it.

    >>> within("/rtsep/mix/panic", "/rtsep/mix"), within("/rtsep/mixer", "/rtsep/mix")
    (True, False)
    """
    return path == container or path.startswith(f"{container}/")


def parsed(address: Address | None, path: str, texts: list[str]) -> tuple[Value, ...]:
    """Values by the types of their address, or, for a pattern, by their looks. Raises ConfigError if one does not fit."""
    if address is None:
        return tuple(_guessed(text) for text in texts)
    arguments = address.arguments
    if arguments and arguments[-1].rest:
        arguments = (*arguments, *arguments[-1:] * (len(texts) - len(arguments)))
    # Texts beyond the arguments are for `accept` to count.
    spare = [Argument("value", "s")] * (len(texts) - len(arguments))
    return address.accept(
        _typed(text, argument, path) for text, argument in zip(texts, [*arguments, *spare], strict=False)
    )


def _typed(text: str, argument: Argument, path: str) -> Value:
    if argument.kind == "s":
        return text
    if argument.law == "toggle" and text.lower() in SWITCH:
        return SWITCH[text.lower()]
    try:
        return float(text)
    except ValueError:
        raise ConfigError(f"{path}: {argument.name} is {text!r}, must be a number") from None


def _guessed(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def printed(values: tuple[Value, ...]) -> str:
    """Values as words.

    >>> printed((-6.5, 1, "dry"))
    '-6.5 1 dry'
    """
    return " ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values)


def described(address: Address) -> dict[str, str]:
    """What a list shows of an address."""
    return {
        "path": address.path,
        "types": address.kinds,
        "arguments": " ".join(_argument(argument) for argument in address.arguments),
        "access": ACCESS.get(address.message.access, ""),
        "about": address.message.about,
    }


def _argument(argument: Argument) -> str:
    """One argument with its range and unit; in brackets if it may be left out."""
    limits = "|".join(argument.choices)
    if argument.minimum is not None and argument.maximum is not None:
        limits = f"{argument.minimum:g}..{argument.maximum:g}"
    words = " ".join(filter(None, (argument.name, limits, argument.unit)))
    words = f"<{words}>" + ("..." if argument.rest else "")
    return f"[{words}]" if argument.optional else words
