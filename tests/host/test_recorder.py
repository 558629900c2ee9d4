"""The recorder: slow disks, full disks, folders that are taken; its take is what was played, sample for sample."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from support import RATE, noise, offline, until

from rtsep.changes import Record
from rtsep.errors import AudioFileError
from rtsep.host import recorder as recording
from rtsep.host.engine import Engine
from rtsep.host.offline import OfflineHost
from rtsep.host.recorder import Recorder
from rtsep.separators.builtin import Delay

BLOCK = 128
FLAC_STEP = 2.0**-23
"""24 bit."""


@pytest.fixture
def host() -> Iterator[OfflineHost]:
    """A tape of 1.4 s."""
    with OfflineHost(Delay(), RATE, BLOCK, offline(tape_s=1.0)) as made:
        made.audio.set("audio_ready", 1)
        yield made


def taking(host: OfflineHost, folder: Path, **more: object) -> Recorder:
    take = Recorder(host.control, host.spec, folder, **more)  # type: ignore[arg-type]
    take.start()
    return take


def read(path: Path) -> np.ndarray:
    return soundfile.read(path, dtype="float32", always_2d=True)[0]


def end(host: OfflineHost, recorder: Recorder) -> None:
    """Stop the take; somebody must go on calling, as a device would."""
    stopping = threading.Thread(target=recorder.stop)
    stopping.start()
    silence = np.zeros((BLOCK, 2), np.float32)
    until(lambda: host.run(silence) is not None and not stopping.is_alive(), "the take is closed")
    stopping.join()


def play(host: OfflineHost, signal: np.ndarray, recorder: Recorder, most_ahead: int) -> np.ndarray:
    """As a device does, but never further ahead of the disk than `most_ahead` frames."""
    heard = []
    for start in range(0, len(signal), BLOCK):
        until(lambda: host.control.get("position") - recorder._written < most_ahead, "the disk follows")
        heard.append(host.run(signal[start : start + BLOCK]))
    return np.concatenate(heard)


@pytest.mark.parametrize(("kind", "tolerance"), [("wav", 0.0), ("flac", FLAC_STEP)])
def test_a_take_is_what_was_played(host: OfflineHost, tmp_path: Path, kind: str, tolerance: float) -> None:
    recorder = taking(host, tmp_path / "take", kind=kind)
    heard = play(host, noise(300 * BLOCK), recorder, host.tape_frames // 2)
    end(host, recorder)
    take = {name: read(tmp_path / "take" / f"{name}.{kind}") for name in ("mix", *host.spec.stems)}
    np.testing.assert_allclose(take["mix"][: len(heard)], heard, atol=tolerance)
    total = sum(take[stem] for stem in host.spec.stems)
    np.testing.assert_allclose(total, take["mix"], atol=4 * tolerance + 1e-6)
    assert recorder.lost_frames == 0


def test_a_take_begins_and_ends_with_the_blocks_it_was_asked_for(host: OfflineHost, tmp_path: Path) -> None:
    host.run(noise(10 * BLOCK))
    recorder = taking(host, tmp_path / "take")
    heard = play(host, noise(50 * BLOCK, seed=1), recorder, host.tape_frames // 2)
    end(host, recorder)
    mix = read(tmp_path / "take" / "mix.wav")
    np.testing.assert_array_equal(mix[: len(heard)], heard)
    before = len(mix)
    host.run(noise(20 * BLOCK))
    assert len(read(tmp_path / "take" / "mix.wav")) == before
    assert host.control.get("tape_running") == 0


def test_a_slow_disk_leaves_no_gap(host: OfflineHost, tmp_path: Path) -> None:
    """Each write waits until two thirds of the tape are full."""
    release = threading.Semaphore(0)
    recorder = taking(host, tmp_path / "take", stall=lambda: release.acquire(timeout=20.0))
    signal, heard = noise(2000 * BLOCK), []
    for start in range(0, len(signal), BLOCK):
        if host.control.get("position") - recorder._written >= 2 * host.tape_frames // 3:
            release.release()
            until(lambda: host.control.get("position") - recorder._written < 2 * host.tape_frames // 3, "one write")
        heard.append(host.run(signal[start : start + BLOCK]))
    release.release(1000)
    end(host, recorder)
    np.testing.assert_array_equal(read(tmp_path / "take" / "mix.wav")[: len(signal)], np.concatenate(heard))
    assert (recorder.lost_frames, "lost" in recorder.status()) == (0, False)


def test_a_disk_that_stalls_longer_than_the_tape_says_what_was_lost_and_writes_nothing_false(
    host: OfflineHost, tmp_path: Path
) -> None:
    waiting, release = threading.Event(), threading.Semaphore(0)

    def stall() -> None:
        waiting.set()
        release.acquire(timeout=20.0)

    recorder = taking(host, tmp_path / "take", stall=stall)
    frames = 3 * host.tape_frames
    # Every frame of the input says its own position.
    ramp = (np.arange(1, frames + 1, dtype=np.float32) / (1 << 20))[:, None].repeat(2, axis=1)
    host.run(ramp[: 10 * BLOCK])
    until(waiting.is_set, "the recorder waits for its disk")
    host.run(ramp[10 * BLOCK :])
    release.release(1000)
    end(host, recorder)
    assert recorder.lost_frames > 0
    assert f"{recorder.lost_frames} frames lost" in recorder.status()
    mix, latency = read(tmp_path / "take" / "mix.wav")[:frames, 0], host.budget.host
    expected = np.concatenate([np.zeros(latency, np.float32), ramp[:, 0]])[: len(mix)]
    # Each frame is either what was played at its position, or silence in the place of what was lost.
    assert ((mix == expected) | (mix == 0.0)).all()
    assert (mix[latency:] == 0.0).sum() >= recorder.lost_frames - latency
    np.testing.assert_array_equal(mix[-host.tape_frames // 4 :], expected[-host.tape_frames // 4 :])


@pytest.mark.parametrize(("kind", "tolerance"), [("wav", 0.0), ("flac", FLAC_STEP)])
def test_a_full_disk_ends_the_take_with_a_message_and_readable_files(
    host: OfflineHost, tmp_path: Path, kind: str, tolerance: float
) -> None:
    recorder = taking(host, tmp_path / "take", kind=kind)
    heard = play(host, noise(100 * BLOCK), recorder, host.tape_frames // 2)
    until(lambda: recorder._written == len(heard), "all is written")
    recorder._spare = 1 << 60  # and now the disk is full
    host.run(noise(50 * BLOCK))
    until(lambda: not recorder._thread.is_alive(), "the recorder gives up")
    assert "is full; what was written is readable" in recorder.status()
    assert host.control.get("tape_on") == 0
    host.run(noise(50 * BLOCK))
    recorder.stop()
    assert {len(read(path)) for path in (tmp_path / "take").iterdir()} == {len(heard)}
    np.testing.assert_allclose(read(tmp_path / "take" / f"mix.{kind}"), heard, atol=tolerance)


def test_a_taken_folder_is_refused_and_its_take_unharmed(host: OfflineHost, tmp_path: Path) -> None:
    (tmp_path / "bass.wav").write_bytes(b"precious")
    with pytest.raises(AudioFileError, match=r"bass\.wav exists already; record into another folder"):
        taking(host, tmp_path)
    assert (tmp_path / "bass.wav").read_bytes() == b"precious"
    assert host.control.get("tape_on") == 0


def test_a_folder_that_cannot_be_made_is_named(host: OfflineHost, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AudioFileError, match=r"cannot record into .*choose a folder that can be written"):
        taking(host, tmp_path / "file" / "take")


def test_a_take_beyond_what_wav_can_count_goes_on_in_a_next_part(
    host: OfflineHost, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "PART_BYTES", 8 * 10_000)
    recorder = taking(host, tmp_path / "take")
    heard = play(host, noise(400 * BLOCK), recorder, host.tape_frames // 2)
    end(host, recorder)
    parts = [tmp_path / "take" / "mix.wav"]
    parts += sorted((tmp_path / "take").glob("mix-*.wav"), key=lambda path: int(path.stem.split("-")[1]))
    assert len(parts) > 2
    np.testing.assert_array_equal(np.concatenate([read(path) for path in parts])[: len(heard)], heard)


FULL_DISK = """
import resource, signal, sys, time
from rtsep.changes import Record
from rtsep.host.config import DeviceConfig, HostConfig
from rtsep.host.engine import Engine

engine = Engine.start(HostConfig(separator="delay", device=DeviceConfig(kind="null"), realtime=False), name=sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
engine.apply(Record(sys.argv[2]))
end = time.monotonic() + 60
while "stopped" not in engine.state().recording and time.monotonic() < end:
    time.sleep(0.02)
print(engine.state().recording)
before = engine.state().position
while engine.state().position < before + 4800 and time.monotonic() < end:
    time.sleep(0.02)
print(engine.state().position >= before + 4800, engine.state().counters.audio_restarts)
engine.stop()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX limits")
def test_a_disk_that_takes_no_more_stops_the_take_while_audio_goes_on(host_name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, host_name, str(tmp_path / "take")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    message, audio = done.stdout.splitlines()
    assert message.startswith("recording stopped after")
    assert audio == "True 0"
    lengths = {path.name: len(read(path)) for path in (tmp_path / "take").iterdir()}
    assert set(lengths) == {"mix.wav", *(f"{stem}.wav" for stem in Delay().spec.stems)}
    assert max(lengths.values()) > 20_000


def test_a_second_take_ends_the_first(start: Callable[..., Engine], tmp_path: Path) -> None:
    engine = start()
    for take in ("one", "two"):
        engine.apply(Record(str(tmp_path / take)))
        begin = engine.state().position
        until(lambda begin=begin: engine.state().position > begin + RATE // 5, "some audio")
    engine.apply(Record(None))
    for take in ("one", "two"):
        assert len({len(read(path)) for path in (tmp_path / take).iterdir()}) == 1
        assert len(read(tmp_path / take / "mix.wav")) > RATE // 10


def test_a_take_on_a_tape_that_still_runs_begins_now(host: OfflineHost, tmp_path: Path) -> None:
    """Its control process died while recording; the next one's take must not reach back."""
    host.control.set("tape_on", 1000)
    host.run(noise(3000 * BLOCK))
    recorder = taking(host, tmp_path / "take")
    heard = host.run(noise(40 * BLOCK, seed=1))
    end(host, recorder)
    mix = read(tmp_path / "take" / "mix.wav")
    assert recorder.lost_frames == 0
    np.testing.assert_array_equal(mix[: len(heard)], heard)


def test_a_take_is_readable_before_it_has_ended(host: OfflineHost, tmp_path: Path) -> None:
    recorder = taking(host, tmp_path / "take")
    play(host, noise(300 * BLOCK), recorder, host.tape_frames // 2)
    until(lambda: len(read(tmp_path / "take" / "mix.wav")) > 100 * BLOCK, "the header tells the length")
    end(host, recorder)
