"""The engine on devices that need no hardware: null, and files flat out or paced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from support import RATE, noise, until

from rtsep.changes import Knob, MixGain, Panic, Record, StemGain, StemMute, StemOutput
from rtsep.errors import AudioFileError, BlockError, ConfigError, RtsepError, SeparatorError
from rtsep.host.config import StripConfig
from rtsep.host.engine import Engine
from rtsep.host.stopping import stop_host
from rtsep.shared.block import attach, directory
from rtsep.shared.hosts import owners, running

Start = Callable[..., Engine]


@pytest.fixture
def song(tmp_path: Path) -> Path:
    """0.6 s of noise, float WAV, an awkward number of frames."""
    path = tmp_path / "song.wav"
    soundfile.write(path, noise(28_813), RATE, subtype="FLOAT")
    return path


def flat_out(song: Path, **more: object) -> dict[str, object]:
    return {"kind": "file", "path": str(song), "paced": False} | more


def finish(engine: Engine) -> None:
    until(engine.finished, "the end of the file")


def read(path: Path) -> np.ndarray:
    data, _ = soundfile.read(path, dtype="float32", always_2d=True)
    return data


@pytest.mark.parametrize(("block", "separator"), [(63, "delay"), (128, "passthrough"), (441, "delay")])
def test_a_file_comes_out_delayed_by_the_budget_to_the_bit(
    start: Start, song: Path, tmp_path: Path, block: int, separator: str
) -> None:
    out = tmp_path / "out.wav"
    engine = start(flat_out(song, block=block, write=str(out)), separator=separator)
    finish(engine)
    state = engine.state()
    assert state.audio in ("finished", "running")
    latency, signal, heard = state.budget.host, read(song), read(out)
    np.testing.assert_array_equal(heard[latency : latency + len(signal)], signal)
    assert not heard[:latency].any()
    assert (state.counters.late_hops, state.counters.separator_restarts) == (0, 0)


@pytest.mark.parametrize("separator", ["delay", "passthrough"])
def test_a_take_from_the_start_lines_up_with_the_file_to_the_bit(
    start: Start, song: Path, tmp_path: Path, separator: str
) -> None:
    folder = tmp_path / "take"
    engine = start(flat_out(song), separator=separator, record=str(folder))
    finish(engine)
    engine.stop()
    signal = read(song)
    mix = read(folder / "mix.wav")
    stems = {stem: read(folder / f"{stem}.wav") for stem in engine.spec.stems}
    assert len({len(data) for data in (mix, *stems.values())}) == 1
    assert len(mix) >= len(signal)
    np.testing.assert_array_equal(mix[: len(signal)], signal)
    shares = {"delay": 0.25, "passthrough": 0.0}
    np.testing.assert_array_equal(stems["vocals"][: len(signal)], np.float32(shares[separator]) * signal)
    np.testing.assert_allclose(sum(stems.values())[: len(signal)], signal, atol=1e-6)


def test_a_file_that_is_paced_sounds_the_same(start: Start, song: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    engine = start(flat_out(song, paced=True, write=str(out)))
    finish(engine)
    latency, signal = engine.state().budget.host, read(song)
    np.testing.assert_array_equal(read(out)[latency : latency + len(signal)], signal)


def test_strips_and_feeds_from_the_configuration_are_heard_from_the_first_frame(
    start: Start, song: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.wav"
    stems = {"vocals": StripConfig(mute=True), "drums": StripConfig(output=3)}
    engine = start(flat_out(song, write=str(out), channels=2), stems=stems)
    finish(engine)
    latency, signal, heard = engine.state().budget.host, read(song), read(out)
    assert heard.shape[1] == 4
    part = slice(latency, latency + len(signal))
    np.testing.assert_allclose(heard[part, :2], 0.75 * signal, atol=1e-6)
    np.testing.assert_allclose(heard[part, 2:], 0.25 * signal, atol=1e-6)


def test_a_mono_file_feeds_both_channels(start: Start, tmp_path: Path) -> None:
    mono, out = tmp_path / "mono.wav", tmp_path / "out.wav"
    soundfile.write(mono, noise(5000, 1)[:, 0], 44100, subtype="FLOAT")
    engine = start({"kind": "file", "path": str(mono), "paced": False, "write": str(out)})
    finish(engine)
    state = engine.state()
    assert state.sample_rate == 44100
    heard = read(out)[state.budget.host :][:5000]
    np.testing.assert_array_equal(heard, np.repeat(read(mono), 2, axis=1))


def test_a_running_host_is_controlled_listed_and_stopped(start: Start, host_name: str) -> None:
    engine = start()
    assert host_name in running()
    changes: list[object] = []
    subscription = engine.subscribe(changes.append)
    engine.apply(StemMute("vocals", True), MixGain(-6.0))
    subscription.cancel()
    engine.apply(StemMute("vocals", False))
    assert changes == [StemMute("vocals", True), MixGain(-6.0)]
    state = engine.state()
    assert (state.strips[0].mute, state.mix_gain_db, state.name) == (False, -6.0, host_name)
    assert (state.block, state.sample_rate, state.audio, state.separator_status) == (
        128,
        48000.0,
        state.audio,
        state.separator_status,
    )
    before = state.position
    until(lambda: engine.state().position > before + 10 * 128, "audio flows")
    until(lambda: engine.state().audio == engine.state().separator_status == "running", "both run")
    assert engine.state().counters.callbacks == pytest.approx(engine.state().position / 128, abs=3)
    children = owners(engine.block)
    last = engine.stop()
    assert last is not None
    assert last.position > before
    assert set(children) == {"control", "audio", "separator"}
    until(lambda: set(owners(engine.block)) == {"control"}, "the children are gone")
    assert not list(directory().glob(f"{host_name}*"))


def test_a_knob_reaches_the_separator(start: Start, song: Path, tmp_path: Path) -> None:
    folder = tmp_path / "take"
    engine = start(flat_out(song), parameters={"vocals": 1.0, "drums": 0.0, "bass": 0.0}, record=str(folder))
    finish(engine)
    engine.stop()
    signal = read(song)
    np.testing.assert_array_equal(read(folder / "vocals.wav")[: len(signal)], signal)
    assert not read(folder / "drums.wav").any()


def test_invalid_changes_change_nothing(start: Start) -> None:
    engine = start()
    before = engine.state()
    for change in (
        StemMute("nobody", True),
        StemGain("vocals", 40.0),
        Knob("vocals", 2.0),
        StemOutput("vocals", 1),
        StemOutput("vocals", 200),
    ):
        with pytest.raises(ConfigError):
            engine.apply(Panic(True), change)
    after = engine.state()
    assert (after.strips, after.knobs, after.panic) == (before.strips, before.knobs, False)


def test_a_host_of_a_taken_name_is_refused_and_the_first_goes_on(start: Start, host_name: str) -> None:
    engine = start()
    with pytest.raises(BlockError, match="already runs"):
        Engine.start(engine.config, name=host_name)
    before = engine.state().position
    until(lambda: engine.state().position > before, "audio flows")


@pytest.mark.parametrize(
    ("device", "settings", "kind", "words"),
    [
        ({}, {"separator": "nobody"}, SeparatorError, "no separator is called"),
        ({}, {"separator": "test-unprepared"}, SeparatorError, "weights are missing"),
        ({}, {"slack": 100}, ConfigError, "multiple of the block"),
        ({}, {"stems": {"flute": StripConfig()}}, ConfigError, "there is no stem 'flute'"),
        ({}, {"parameters": {"vocals": 3.0}}, ConfigError, "must be 0..1"),
        ({"kind": "file", "path": "/nowhere/song.wav"}, {}, AudioFileError, "does not exist"),
        ({"input_channels": (1, 2, 3)}, {}, ConfigError, "3 input channels"),
        ({"kind": "null", "write": "/nowhere/out.wav"}, {}, RtsepError, "cannot be written"),
        ({}, {"record": "/proc/take"}, AudioFileError, "cannot record into"),
    ],
)
def test_a_host_that_cannot_start_says_why_and_leaves_nothing(
    start: Start, host_name: str, plugins: Path, device: dict, settings: dict, kind: type, words: str
) -> None:
    with pytest.raises(kind, match=words):
        start(device, **settings)
    assert not list(directory().glob(f"{host_name}*"))


def test_stop_host_ends_a_host_whose_control_process_is_gone(start: Start, host_name: str) -> None:
    engine = start()
    engine.supervisor.end()  # from here on nobody looks after it, and nobody claims to
    engine.block.set("control_pid", 0)
    assert set(owners(attach(host_name, "control"))) == {"audio", "separator"}
    stop_host(host_name)
    assert not list(directory().glob(f"{host_name}*"))
    with pytest.raises(BlockError):
        stop_host(host_name)


def test_a_host_that_lives_cannot_be_adopted(start: Start, host_name: str) -> None:
    start()
    with pytest.raises(ConfigError, match="is controlled by process"):
        Engine.adopt(host_name)
    with pytest.raises(BlockError, match="no host is called"):
        Engine.adopt("nobody")


def test_a_take_can_be_started_and_ended_while_playing(start: Start, tmp_path: Path) -> None:
    engine = start()
    engine.apply(Record(str(tmp_path / "take"), "flac"))
    begin = engine.state().position
    until(lambda: engine.state().position > begin + RATE // 4, "a quarter of a second")
    assert str(tmp_path / "take") in engine.state().recording
    engine.apply(Record(None))
    assert engine.state().recording == ""
    lengths = {soundfile.info(path).frames for path in (tmp_path / "take").glob("*.flac")}
    assert len(lengths) == 1
    assert lengths.pop() >= RATE // 5
