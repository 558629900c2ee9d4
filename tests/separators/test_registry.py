"""Finding separators among installed packages, and saying what is wrong with those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from rtsep.errors import SeparatorError
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
