"""Compiled kernels on disk: a folder for each state of the sources."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rtsep import kernelcache
from rtsep.kernelcache import cache_folder


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two sources, and a cache of its own."""
    (tmp_path / "realtime").mkdir()
    (tmp_path / "realtime" / "mixer.py").write_text("one = 1\n")
    (tmp_path / "spec.py").write_text("two = 2\n")
    monkeypatch.setattr(kernelcache, "_PACKAGE", tmp_path)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def test_the_same_sources_have_the_same_folder(sources: Path) -> None:
    assert cache_folder() == cache_folder()
    assert cache_folder().parent == sources / "cache"


@pytest.mark.parametrize("changed", ["realtime/mixer.py", "spec.py", "realtime/new.py"])
def test_any_change_of_a_source_is_another_folder(sources: Path, changed: str) -> None:
    before = cache_folder()
    (sources / changed).write_text("one = 3\n")
    assert cache_folder() != before


def test_old_folders_are_cleared_away_and_the_newest_kept(tmp_path: Path) -> None:
    for age in range(8):
        folder = tmp_path / f"kernels-{age:016x}"
        folder.mkdir()
        os.utime(folder, (1_000_000 + age, 1_000_000 + age))
    code = "from rtsep.kernelcache import use_kernel_cache; use_kernel_cache()"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)})
    kept = sorted(path.name for path in tmp_path.glob("kernels-*"))
    assert kept == [f"kernels-{age:016x}" for age in (5, 6, 7)]
