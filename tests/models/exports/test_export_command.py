"""`rtsep models export`, and what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from rtsep_models.commands import models

COST = r"\d+ samples in \d+\.\d\d ms of \d+\.\d\d, \d+%"

pytestmark = pytest.mark.usefixtures("sets")


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(models, ["export", *map(str, arguments)])


def test_for_nn_it_tells_methods_costs_and_attributes(tmp_path: Path) -> None:
    result = export("latent_trial", tmp_path / "latent.ts", "--streams", "2")
    assert result.exit_code == 0, result.output
    first, *methods, attributes = result.output.splitlines()
    assert first.endswith(".ts: 0.2 MiB, nn~ at 44.1 kHz or 48 kHz")
    assert [line.split()[0] for line in methods] == ["forward", "separate", "mask", "encode", "decode"]
    assert re.fullmatch(rf"  encode    2 to 14 signals, one for 32; {COST}; {COST}", methods[3])
    assert attributes == "  attributes vocals drums bass other dim0 dim1 residual"


def test_onnx_is_a_graph_and_its_description(tmp_path: Path) -> None:
    result = export("two_rate", tmp_path / "new", "--format", "onnx")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["two_rate.onnx", "two_rate.toml"]
    first, cost = result.output.splitlines()
    assert re.search(r"two_rate\.onnx: \d\.\d MiB, 5 states; .*two_rate\.toml$", first)
    assert re.fullmatch(rf"  {COST}", cost)
