"""Whatever a file does, it does to a process of its own; what is left of it here is one clear sentence."""

from __future__ import annotations

import pickle
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from benchmarks.foreignfiles import Bad, Drive, hushed, write_neutone, write_nn
from rtsep.errors import SeparatorError
from rtsep.separators.files import known, whole_name
from rtsep.separators.registry import create
from rtsep_models.foreign import sandbox
from rtsep_models.foreign.probe import probe
from rtsep_models.foreign.report import Report

Look = Callable[[Path | str], Report]
MIB = 1 << 20


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is known of files, of this test alone."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize(
    ("deed", "calls", "words"),
    [
        ("few", 0, "declares 2 signals of 128 samples and returned \\(1, 128\\)"),
        ("short", 2, "returned \\(2, 127\\)"),
        ("nan", 30, "NaN or infinity"),
        ("raise", 3, "out of luck"),
        ("crash", 0, "out of bounds"),
    ],
)
def test_a_file_that_misbehaves_is_refused(tmp_path: Path, look: Look, deed: str, calls: int, words: str) -> None:
    with pytest.raises(SeparatorError, match=words):
        look(write_nn(tmp_path / "bad.ts", lambda: Bad(deed, calls)))


def test_a_file_that_hangs_is_ended(tmp_path: Path) -> None:
    path = write_nn(tmp_path / "hang.ts", lambda: Bad("hang", 2))
    with pytest.raises(SeparatorError, match=r"hang\.ts cannot play: it hangs while .*, 8 s is the limit"):
        sandbox.probed(str(path), "1", limit_s=8.0)


def test_a_file_that_hoards_memory_is_refused(tmp_path: Path) -> None:
    path = write_nn(tmp_path / "hoard.ts", lambda: Bad("hoard"))
    with pytest.raises(SeparatorError, match="wants more than 2048 MiB of memory"):
        sandbox.probed(str(path), "1", memory=2048 * MIB)


def test_a_process_that_dies_is_told_of(shelf: Path) -> None:
    # Too little even for torch: its process ends in the middle of an import.
    with pytest.raises(SeparatorError, match=r"echo\.ts cannot play"):
        sandbox.probed(str(shelf / "echo.ts"), "1", memory=40 * MIB)


def test_what_was_found_out_is_kept_until_the_file_changes(shelf: Path, tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "mine.ts"
    shutil.copy(shelf / "echo.ts", path)
    assert not known(str(path))
    first = create(str(path)).spec
    assert (first.name, first.delay) == ("mine", 300)
    assert known(str(path))
    place = next(cache.rglob("*.json"))
    stamp = place.stat().st_mtime_ns
    assert create(str(path)).spec == first
    assert place.stat().st_mtime_ns == stamp
    shutil.copy(shelf / "halves.ts", path)
    assert not known(str(path))


def test_a_model_that_declares_a_wrong_delay_is_measured(tmp_path: Path, look: Look) -> None:
    class Liar(Drive):
        @torch.jit.export
        def calc_model_delay_samples(self) -> int:
            return 1000

    report = look(write_neutone(tmp_path, Liar(False, 40, [48000], [256])))
    assert (report.spec.delay, report.declared_delay, report.measured_delay) == (40, 1000, 40)
    assert "it declares a latency of 1000 samples and has 40; what was measured counts" in report.doubts


def truncated(shelf: Path, place: Path) -> None:
    whole = (shelf / "echo.ts").read_bytes()
    place.write_bytes(whole[: len(whole) // 2])


def spoiled(shelf: Path, place: Path) -> None:
    with zipfile.ZipFile(shelf / "echo.ts") as source, zipfile.ZipFile(place, "w") as target:
        for entry in source.infolist():
            raw = source.read(entry)
            target.writestr(entry.filename, raw[:10] if entry.filename.endswith(".py") else raw)


def weights(_shelf: Path, place: Path) -> None:
    torch.save({"weight": torch.zeros(3)}, place)


def plain_module(_shelf: Path, place: Path) -> None:
    with hushed():
        torch.jit.save(torch.jit.script(torch.nn.ReLU()), place)


def bomb(_shelf: Path, place: Path) -> None:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(2):
            archive.writestr(f"x/code/{number}", bytes(3 * MIB + 7))
    # It says that each unpacks to almost 4 GiB, as one of a few MiB on the disk can.
    place.write_bytes(place.read_bytes().replace((3 * MIB + 7).to_bytes(4, "little"), b"\xf0\xff\xff\xff"))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (truncated, "no TorchScript file, or not whole"),
        (spoiled, "no TorchScript that torch"),
        (weights, "archive without code"),
        (plain_module, "declares no methods"),
        (bomb, "would unpack to 8.0 GiB"),
        (lambda _, place: place.write_text("music"), "no TorchScript file"),
        (lambda _, place: place.write_bytes(pickle.dumps([1])), "no TorchScript file"),
        (lambda _, place: place.write_bytes(b""), "no TorchScript file"),
    ],
)
def test_what_is_no_model_is_said(
    shelf: Path, tmp_path: Path, look: Look, make: Callable[[Path, Path], object], words: str
) -> None:
    make(shelf, tmp_path / "thing.ts")
    with pytest.raises(SeparatorError, match=words):
        look(tmp_path / "thing.ts")


def test_a_method_that_is_not_there_offers_the_nearest(shelf: Path) -> None:
    with pytest.raises(SeparatorError, match=r"no method 'foward' can be played; did you mean 'forward'\?"):
        probe(f"{shelf / 'halves.ts'}:foward", "1", lambda _: None)


def test_a_neutone_model_under_a_wrong_name_and_a_missing_file(shelf: Path, tmp_path: Path, look: Look) -> None:
    shutil.copy(shelf / "echo.ts", tmp_path / "echo.nm")
    with pytest.raises(SeparatorError, match=r"no Neutone model; for nn~ it must be called echo\.ts"):
        look(tmp_path / "echo.nm")
    with pytest.raises(SeparatorError, match="there is no file"):
        create(str(tmp_path / "nothing.ts"))
    (tmp_path / "net.onnx").write_bytes(b"?")
    with pytest.raises(SeparatorError, match=r"needs net\.toml beside it"):
        create(str(tmp_path / "net.onnx"))


def test_a_path_that_is_too_long_for_a_host_is_refused() -> None:
    with pytest.raises(SeparatorError, match="longer than 500 bytes"):
        whole_name("/" + 600 * "x" + ".ts")
