"""Keys as a terminal sends them, through a pseudo-terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pytest
from support import until

from rtsep.cli.keys import pressed, raw_keys

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are for Unix", allow_module_level=True)


@pytest.fixture
def type_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """type_keys(bytes): as if typed."""
    master, slave = os.openpty()
    with open(slave, encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdin", terminal)
        with raw_keys():
            yield lambda raw: (os.write(master, raw), None)[1]
    os.close(master)


def keys(count: int) -> list[str | None]:
    """The next keys, waiting for the first; None is one without meaning, or none any more."""
    first: list[str | None] = []
    until(lambda: first.append(pressed()) or first[-1] is not None, "the first key")
    return first[-1:] + [pressed() for _ in range(count)]


def test_keys_pressed_together_all_count(type_keys: Callable[[bytes], None]) -> None:
    type_keys(b"12b")
    assert keys(3) == ["1", "2", "b", None]


def test_arrows_are_one_key_each_and_swallow_no_neighbour(type_keys: Callable[[bytes], None]) -> None:
    type_keys(b"1\x1b[A\x1b[D\x1bOBq")
    assert keys(5) == ["1", "up", "left", "down", "q", None]


def test_escape_alone_and_other_special_keys_mean_nothing_else(type_keys: Callable[[bytes], None]) -> None:
    type_keys(b"1\x1b[15~\x1b[1;5A2\x1b")
    assert keys(5) == ["1", None, None, "2", "\x1b", None]
