"""Finding separators among installed packages, and saying what is wrong with those that cannot be used."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from rtsep.errors import SeparatorError
from rtsep.separators import registry
from rtsep.separators.api import Separator
from rtsep.separators.registry import create, registered


def test_the_builtin_separators_are_registered_and_sorted() -> None:
    names = list(registered())
    assert {"passthrough", "delay", "classic"} <= set(names)
    assert names == sorted(names)


def test_a_package_of_somebody_elses_is_found(plugins: Path) -> None:
    assert {"test-moody", "test-missing"} <= set(registered())
    separator = create("test-moody")
    assert isinstance(separator, Separator)
    assert separator.spec.stems == ("vocals", "rest")


def test_looking_imports_nothing(plugins: Path) -> None:
    import sys

    sys.modules.pop("rtsep_testplugins", None)
    registered()
    assert "rtsep_testplugins" not in sys.modules


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(SeparatorError, match=r"no separator is called 'pasthrough'.*did you mean 'passthrough'\?"):
        create("pasthrough")
    with pytest.raises(SeparatorError, match="see 'rtsep separators'"):
        create("zzz")


@pytest.mark.parametrize(("name", "words"), [("test-missing", "NotThere"), ("test-raising", "No module named 'torch'")])
def test_code_that_cannot_be_loaded_is_one_clear_error(plugins: Path, name: str, words: str) -> None:
    with pytest.raises(SeparatorError, match=rf"'{name}' cannot be loaded from rtsep_testplugins.*{words}"):
        create(name)


def test_each_creation_is_a_new_separator() -> None:
    assert create("delay") is not create("delay")


def found_separators() -> list[EntryPoint]:
    """A finder."""
    return [EntryPoint(name, "rtsep.separators.builtin:Delay", registry.GROUP) for name in ("found", "classic")]


def failing_finder() -> list[EntryPoint]:
    """A finder that fails."""
    raise OSError("the disk is gone")


@pytest.fixture
def finders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two finders are registered besides what is there."""
    here = [EntryPoint(name, f"{__name__}:{name}", registry.FINDERS) for name in ("found_separators", "failing_finder")]
    there = registry.entry_points
    monkeypatch.setattr(
        registry, "entry_points", lambda group: here if group == registry.FINDERS else there(group=group)
    )


@pytest.mark.usefixtures("finders")
def test_what_a_finder_finds_is_registered_unless_the_name_is_taken() -> None:
    assert create("found").spec.name == "delay"
    assert create("classic").spec.name == "classic"
    assert list(registered()) == sorted(registered())


@pytest.mark.usefixtures("finders")
def test_a_finder_that_fails_says_so_when_asked_and_hinders_nobody() -> None:
    with pytest.raises(SeparatorError, match="the disk is gone"):
        create("failing_finder")
    assert create("passthrough").spec.name == "passthrough"
