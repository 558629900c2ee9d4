"""`rtsep patches`: copies what is asked for, and never over something by accident."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from rtsep.cli.main import app
from rtsep.errors import ConfigError
from rtsep.patches.copying import KINDS, copy_out, source


def content(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_command_copies_everything_and_says_where(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["patches", str(tmp_path / "here")])
    assert done.exit_code == 0, done.output
    made = [tmp_path / "here" / name for name in ("rtsep", "rtsep-pd", "rtsep-openstagecontrol", "rtsep-touchosc")]
    assert done.output.split() == [str(folder) for folder in made]
    for kind, folder in zip(KINDS, made, strict=True):
        assert content(folder) == content(source(kind)) != {}


def test_only_what_is_named_is_copied(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["patches", str(tmp_path), "--only", "max"]).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["rtsep"]


def test_a_folder_that_is_there_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    (tmp_path / "rtsep-pd").mkdir()
    mine = tmp_path / "rtsep-pd" / "mine.pd"
    mine.write_text("mine")
    with pytest.raises(ConfigError, match="rtsep-pd is there already; move it away, or replace it with --replace"):
        copy_out(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rtsep-pd"]
    copy_out(tmp_path, ("pd",), replace=True)
    assert not mine.exists()


def test_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no patches for 'reaktor'; choose from max, pd, openstagecontrol, touchosc"):
        copy_out(tmp_path, ("reaktor",))


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match=r"cannot be written: .*; name another folder"):
        copy_out(tmp_path / "file")
