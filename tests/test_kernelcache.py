"""Compiled kernels on disk: a folder for each state of the sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rtsep import kernelcache
from rtsep.errors import ConfigError
from rtsep.kernelcache import cache_folder, use_kernel_cache

posix = pytest.mark.skipif(sys.platform == "win32", reason="users and their temporary folder")


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of two sources, and a cache of its own."""
    (tmp_path / "realtime").mkdir()
    (tmp_path / "realtime" / "mixer.py").write_text("one = 1\n")
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "histogram.py").write_text("bins = 1\n")
    (tmp_path / "spec.py").write_text("two = 2\n")
    monkeypatch.setattr(kernelcache, "_PACKAGE", tmp_path)
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def test_the_same_sources_have_the_same_folder(sources: Path) -> None:
    assert cache_folder() == cache_folder()
    assert cache_folder().parent == sources / "cache"


@pytest.mark.parametrize("changed", ["realtime/mixer.py", "spec.py", "shared/histogram.py", "realtime/new.py"])
def test_any_change_of_a_source_is_another_folder(sources: Path, changed: str) -> None:
    before = cache_folder()
    (sources / changed).write_text("one = 3\n")
    assert cache_folder() != before


@pytest.mark.parametrize("changed", ["cues.py", "compiled/trunk.py", "separators/wiener.py"])
def test_so_is_one_of_the_networks_kernels(changed: str, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = sources / "somenetworks"
    (package / changed).parent.mkdir(parents=True, exist_ok=True)
    (package / "__init__.py").touch()
    monkeypatch.setattr(kernelcache, "_NETWORKS", package.name)
    monkeypatch.syspath_prepend(sources)
    before = cache_folder()
    (package / changed).write_text("one = 3\n")
    assert cache_folder() != before


def test_old_folders_are_cleared_away_and_the_newest_kept(tmp_path: Path) -> None:
    for age in range(8):
        folder = tmp_path / f"kernels-{age:016x}"
        folder.mkdir()
        os.utime(folder, (1_000_000 + age, 1_000_000 + age))
    code = "from rtsep.kernelcache import use_kernel_cache; use_kernel_cache()"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"NUMBA_CACHE_DIR": str(tmp_path)})
    kept = sorted(path.name for path in tmp_path.glob("kernels-0000*"))
    assert kept == [f"kernels-{age:016x}" for age in (5, 6, 7)]


def test_a_folder_that_somebody_else_clears_away_first_is_no_trouble(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from numba.core import config

    monkeypatch.setattr(config, "CACHE_DIR", "")

    def gone(new: Path) -> None:
        raise FileNotFoundError("kernels-0")

    monkeypatch.setattr(kernelcache, "_clear_away", gone)
    use_kernel_cache()
    assert str(cache_folder()) == config.CACHE_DIR


@pytest.fixture
def three_places(sources: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path, Path]:
    """The one asked for, the user's, the temporary; none exists yet."""
    (sources / "tmp").mkdir()
    monkeypatch.setattr(kernelcache.platformdirs, "user_cache_path", lambda name: sources / "home" / name)
    monkeypatch.setattr(kernelcache.tempfile, "tempdir", str(sources / "tmp"))
    return sources / "cache", sources / "home" / "rtsep", sources / "tmp" / f"rtsep-{os.getuid()}"


def block(place: Path) -> None:
    """A file in the way: not even root makes a folder there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("")


@posix
def test_the_first_place_that_works_is_taken(three_places: tuple[Path, Path, Path]) -> None:
    assert kernelcache.places() == list(three_places)
    for taken in three_places:
        assert cache_folder().parent == taken
        shutil.rmtree(taken)
        block(taken)
    with pytest.raises(ConfigError, match="set NUMBA_CACHE_DIR"):
        cache_folder()


@posix
def test_a_state_whose_folder_cannot_be_used_sends_its_kernels_elsewhere(three_places: tuple[Path, Path, Path]) -> None:
    folder = cache_folder()
    shutil.rmtree(folder)
    block(folder)
    assert cache_folder() == three_places[1] / folder.name


@posix
def test_a_user_without_a_home_uses_no_folder_below_the_current_one(
    three_places: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kernelcache.platformdirs, "user_cache_path", lambda name: Path("~/.cache") / name)
    assert kernelcache.places() == [three_places[0], three_places[2]]


@posix
def test_without_a_temporary_folder_the_others_still_work(
    three_places: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    with monkeypatch.context() as patched:
        patched.setattr(kernelcache.tempfile, "gettempdir", none)
        assert kernelcache.places() == list(three_places[:2])
        assert kernelcache._temporary() is None


@posix
def test_the_temporary_folder_is_private_and_nobody_elses(
    three_places: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = three_places[2]
    temporary.mkdir()
    temporary.chmod(0o777)
    assert kernelcache.works(temporary)
    assert temporary.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(temporary)
    (temporary.parent / "trap").mkdir()
    temporary.symlink_to(temporary.parent / "trap")
    assert not kernelcache.works(temporary)
    temporary.unlink()
    temporary.mkdir()
    monkeypatch.setattr(kernelcache.os, "getuid", lambda: int(temporary.name.partition("-")[2]) + 1)
    stranger = temporary.with_name(f"rtsep-{os.getuid()}")
    temporary.rename(stranger)
    assert not kernelcache.works(stranger)


def test_kernels_are_found_without_a_writable_home(tmp_path: Path) -> None:
    """Nor beside the sources: numba would keep them there if it were let."""
    (tmp_path / "home").write_text("")
    (tmp_path / "tmp").mkdir()
    environ = {key: value for key, value in os.environ.items() if key not in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")}
    code = "import rtsep.realtime.histogram as h; print(h.bin_of._cache.cache_path)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=environ | {"HOME": str(tmp_path / "home"), "TMPDIR": str(tmp_path / "tmp")},
    )
    assert Path(done.stdout.strip()).is_relative_to(tmp_path / "tmp")
