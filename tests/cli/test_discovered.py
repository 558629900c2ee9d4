"""Commands that other packages bring."""

from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from rtsep.cli import discovered, main

PACKAGE = '''
import typer
def hello(name: str) -> None:
    """Greets."""
    print(f"hello {name}")
family = typer.Typer(help="A family.")
@family.command()
def child() -> None:
    """A child."""
    print("a child")
def lacking() -> None:
    """Lacks a library."""
    import library_that_nobody_has
def training() -> None:
    """Lacks one that an extra brings."""
    raise ModuleNotFoundError("No module named 'torch'", name="torch")
'''


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package on the path that registers commands."""
    (tmp_path / "brought_commands.py").write_text(PACKAGE)
    (tmp_path / "brought_lacking.py").write_text("import library_that_nobody_has")
    monkeypatch.syspath_prepend(tmp_path)
    names = {name: f"brought_commands:{name}" for name in ("hello", "family", "lacking", "training", "gone")}
    points = [EntryPoint(name, value, discovered.GROUP) for name, value in names.items()]
    points.append(EntryPoint("unloadable", "brought_lacking:x", discovered.GROUP))
    points.append(EntryPoint("devices", "brought_commands:hello", discovered.GROUP))
    monkeypatch.setattr(
        discovered, "entry_points", lambda group, name=None: [p for p in points if name in (None, p.name)]
    )


def rtsep(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """Run the command line here; its exit status."""
    monkeypatch.setattr(sys, "argv", ["rtsep", *arguments])
    with pytest.raises(SystemExit) as ending:
        main.main()
    return int(ending.value.code or 0)


def test_a_function_becomes_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert rtsep(monkeypatch, "hello", "world") == 0
    assert capsys.readouterr().out == "hello world\n"


def test_a_typer_app_becomes_a_group_even_with_one_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rtsep(monkeypatch, "family", "child") == 0
    assert capsys.readouterr().out == "a child\n"


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("lacking", "pip install library_that_nobody_has"),
        ("unloadable", "pip install library_that_nobody_has"),
        ("training", "pip install 'rtsep[train]'"),
        ("gone", "is its package complete?"),
    ],
)
def test_what_is_missing_gets_one_line(
    command: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rtsep(monkeypatch, command) == 1
    said = capsys.readouterr().err
    assert told in said
    assert len(said.strip().splitlines()) == 1


def test_help_lists_them_though_one_cannot_be_loaded(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rtsep(monkeypatch, "--help") == 0
    said = capsys.readouterr().out
    assert "Greets." in said
    assert "A family." in said
    assert "unloadable  Not available" in said


def test_our_own_commands_cannot_be_replaced(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rtsep(monkeypatch, "devices", "--help") == 0
    assert "audio devices" in capsys.readouterr().out
