"""The demo song as a file that a host can play."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import platformdirs

from rtsep.errors import AudioFileError


def demo_song() -> Path:
    """Its path; made once, which takes a second. Raises AudioFileError if it cannot be."""
    path = platformdirs.user_cache_path("rtsep") / "demo-song.wav"
    if path.exists():
        return path
    import soundfile

    from rtsep.demo.clip import load_clip

    clip = load_clip()
    draft = path.with_name(f"{path.stem}.{os.getpid()}.wav")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(draft, clip.mix.T, clip.sample_rate, "PCM_24")
        draft.replace(path)
    except (OSError, soundfile.LibsndfileError) as error:
        draft.unlink(missing_ok=True)
        raise AudioFileError(f"{path} cannot be written: {error}; make room there") from None
    return path


class Song:
    """The song, got ready on a thread of its own from construction on. Read `done`, then `path` or `problem`."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.problem = ""
        self.done = False
        threading.Thread(target=self._run, name="demo song", daemon=True).start()

    def _run(self) -> None:
        try:
            self.path = demo_song()
        except AudioFileError as error:
            self.problem = str(error)
        finally:
            self.done = True

    @property
    def arguments(self) -> tuple[str, ...]:
        """Options of `rtsep run` that play it."""
        return ("--device", f"file:{self.path}", "--loop")
