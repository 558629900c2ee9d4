"""A backend for mido, in memory: what python-rtmidi would be. Everything sent to a port is heard there."""

from __future__ import annotations

from typing import Any

names: list[str] = []
heard: dict[str, Any] = {}
sent: list[Any] = []


def get_devices(**more: Any) -> list[dict[str, Any]]:
    """As mido asks for."""
    return [{"name": name, "is_input": True, "is_output": True} for name in names]


class Input:
    """An input."""

    def __init__(self, name: str, callback: Any = None, **more: Any) -> None:
        if name not in names:
            raise OSError(f"unknown port {name!r}")
        heard[name] = callback
        self.name = name

    def close(self) -> None:
        heard.pop(self.name, None)


class Output:
    """An output."""

    def __init__(self, name: str, **more: Any) -> None:
        if name not in names:
            raise OSError(f"unknown port {name!r}")
        self.name = name

    def send(self, message: Any) -> None:
        if self.name not in names:
            raise OSError("gone")
        sent.append(message)
        if self.name in heard:
            heard[self.name](message)

    def close(self) -> None:
        pass
