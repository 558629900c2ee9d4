"""What people install is the wheel, not this checkout: built, installed elsewhere, it plays the demonstration."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The finished command, its output as text; fails the test with that output if the command failed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, f"{words} exited with {done.returncode}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


NOT_SHIPPED = ROOT / "rtsep" / "patches" / "generate"
"""Makes the patches that are shipped; needs py2max, of the dev extra."""


def imported(folder: Path) -> set[str]:
    """Top-level names of all absolute imports in the Python files under `folder`."""
    files = [file for file in folder.rglob("*.py") if NOT_SHIPPED not in file.parents]
    nodes = [node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    froms = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and node.level == 0}
    return {name.split(".")[0] for name in plain | froms}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel. Without build isolation: the backend is in the dev extra, and no network is needed."""
    place = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", place, ROOT),
        cwd=place,
    )
    (built,) = place.glob("rtsep-*.whl")
    return built


@pytest.fixture(scope="module")
def clean_bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Programs of a new environment that holds the wheel, and borrows the dependencies installed beside the tests.

    Borrowing keeps this quick and offline, and tests these versions, not whatever is newest today. It happens through
    a .pth file: the borrowed folder is then searched last, and its own .pth files, the editable rtsep's among them,
    are not read. So every `rtsep` in sight is the wheel's.
    """
    place = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", "--without-pip", place, cwd=place)
    windows = os.name == "nt"
    programs = place / ("Scripts" if windows else "bin")
    run(
        *(sys.executable, "-m", "pip", "--python", programs / "python", "install", "--quiet", "--no-deps", wheel),
        cwd=place,
    )
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    own = place / "Lib" / "site-packages" if windows else place / "lib" / version / "site-packages"
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (own / "zz_borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n")
    return programs


def test_wheel_holds_the_clip_and_nothing_that_was_not_meant_for_it(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.startswith("rtsep/demo/clip/") and name.endswith(".ogg") for name in names)
    assert any(name.startswith("rtsep_models/data/packaged/midi/") and name.endswith(".mid") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "rtsep",
        "rtsep_gui",
        "rtsep_models",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
    assert not [name for name in names if "__pycache__" in name or "patches/generate" in name]
    assert "rtsep/patches/max/rtsep/package-info.json" in names


def test_whatever_rtsep_imports_is_a_declared_dependency() -> None:
    # The borrowed folder has the development tools too, so that running would not notice a forgotten dependency.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower() for line in project["dependencies"]}
    providers = metadata.packages_distributions()
    undeclared = {
        name
        for name in imported(ROOT / "rtsep") - sys.stdlib_module_names - {"rtsep"}
        if not {provider.lower() for provider in providers.get(name, ())} & declared
    }
    assert undeclared == set()


def test_the_clean_environment_sees_only_the_wheels_rtsep(clean_bin: Path, tmp_path: Path) -> None:
    code = "import sys, rtsep, rtsep_gui, rtsep_models; print(*(sys.modules[name].__file__ for name in sys.argv[1:]))"
    seen = run(clean_bin / "python", "-c", code, "rtsep", "rtsep_gui", "rtsep_models", cwd=tmp_path).stdout.split()
    assert all(Path(file).is_relative_to(clean_bin.parent) for file in seen)


def test_the_installed_demo_runs_from_another_directory(clean_bin: Path, tmp_path: Path) -> None:
    run(clean_bin / "rtsep", "demo", "--json", "measured.json", cwd=tmp_path)
    measured = json.loads((tmp_path / "measured.json").read_text())
    assert {"late_hops", "missed_positions", "sdr_mean_db"} <= measured.keys()
