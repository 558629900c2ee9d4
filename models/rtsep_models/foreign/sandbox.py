"""Runs probes, keeps what they found, and turns every way in which a file can go wrong into one clear error. Any thread."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import msgspec
import platformdirs

from rtsep import __version__
from rtsep.control import short_name
from rtsep.errors import SeparatorError
from rtsep.separators.files import split_name
from rtsep_models.foreign.onnx_reading import digest, files_of
from rtsep_models.foreign.report import FORMAT, Report, Word

LIMIT_S = 90.0
"""For a probe; most take 5 s, half of which torch takes to be imported."""
MEMORY = 6 << 30
"""Bytes for a probe."""


def examined(name: str, limit_s: float = LIMIT_S, memory: int = MEMORY) -> Report:
    """What is known of a file; found out now if it is new or has changed. Raises SeparatorError if it may not play."""
    version = version_of(name)
    kept = _kept(name, version)
    if kept is None:
        kept = probed(name, version, limit_s, memory)
        _write(_place(name, version), msgspec.json.encode(kept))
    return kept


def known(name: str) -> bool:
    """Whether `examined` would be quick: neither read nor heard again."""
    try:
        mark = _mark(name)
        return _place(name, mark.read_text()).exists()
    except SeparatorError:
        return True  # the error comes at once
    except OSError:
        return False


def _folder() -> Path:
    return Path(platformdirs.user_cache_dir("rtsep", appauthor=False)) / "foreign"


def _mark(name: str) -> Path:
    """Holds the digest of files that have not changed since, by their sizes and times: models are large."""
    stamps = [(str(path), (facts := path.stat()).st_size, facts.st_mtime_ns) for path in paths_of(name)]
    return _folder() / f"{hashlib.sha256(repr(stamps).encode()).hexdigest()[:32]}.digest"


def paths_of(name: str) -> list[Path]:
    """All files that belong to a name. Raises SeparatorError if one is not there."""
    path, _ = split_name(name)
    if not path.is_file():
        raise SeparatorError(f"there is no file {path}; check the path")
    return files_of(path) if path.suffix.lower() == ".toml" else [path]


def version_of(name: str) -> str:
    """Digest of the contents. Raises SeparatorError."""
    try:
        mark = _mark(name)
        if mark.exists():
            return mark.read_text()
        version = digest(paths_of(name))
    except OSError as error:
        raise SeparatorError(f"{short_name(name)} cannot be read: {error.strerror}; check its permissions") from error
    _write(mark, version.encode())
    return version


def _place(name: str, version: str) -> Path:
    key = "\n".join((short_name(name), version, str(FORMAT), __version__))  # a separator is called as its file
    return _folder() / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"


def _kept(name: str, version: str) -> Report | None:
    try:
        return msgspec.json.decode(_place(name, version).read_bytes(), type=Report)
    except (OSError, msgspec.DecodeError):
        return None


def forget(name: str) -> None:
    """Have a file examined anew. Raises SeparatorError if there is none."""
    _place(name, version_of(name)).unlink(missing_ok=True)


def _write(place: Path, raw: bytes) -> None:
    """All of it or nothing; on a disk that is full nothing, and it is found out again next time."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as part:
            part.write(raw)
        os.replace(part.name, place)


def probed(name: str, version: str, limit_s: float = LIMIT_S, memory: int = MEMORY) -> Report:
    """A probe's report. Raises SeparatorError naming the file, what it did, and when."""
    shown = short_name(name)
    with tempfile.TemporaryFile() as words, tempfile.TemporaryFile() as noise:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "rtsep_models.foreign.probe", name, version, str(memory), str(limit_s + 5.0)],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=noise,
            env=os.environ | {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
            start_new_session=True,
        )
        try:
            status: int | None = process.wait(limit_s)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            _end(process)
        words.seek(0)
        said = _words(words.read())
        noise.seek(max(0, noise.seek(0, os.SEEK_END) - 2000))
        last = noise.read().decode(errors="replace").strip().splitlines()[-1:]
    final = said[-1] if said else Word()
    if final.report is not None:
        return final.report
    if final.wrong:
        raise SeparatorError(f"{shown} cannot play: {final.wrong}")
    when = next((word.doing for word in reversed(said) if word.doing), "starting")
    if status is None:
        raise SeparatorError(
            f"{shown} cannot play: it hangs while {when}, {limit_s:.0f} s is the limit; get or export it again"
        )
    raise SeparatorError(
        f"{shown} cannot play: its process ended while {when}, with {_how(status)}{': ' + last[0][:200] if last else ''}; "
        "get or export it again"
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """The probe, and whatever it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _words(lines: bytes) -> list[Word]:
    found = []
    for line in lines.splitlines():
        try:
            found.append(msgspec.json.decode(line, type=Word))
        except msgspec.DecodeError:
            continue  # half a line, of a probe that was killed
    return found


def _how(status: int) -> str:
    """How a process ended, in words.

    >>> _how(-11), _how(3)
    ('SIGSEGV', 'status 3')
    """
    try:
        return signal.Signals(-status).name if status < 0 else f"status {status}"
    except ValueError:
        return f"signal {-status}"
