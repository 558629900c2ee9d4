"""The doctor's judgements, from facts made up here; and one examination of this machine, whatever it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from rtsep.errors import SeparatorError
from rtsep.host import doctor, doctor_audio, doctor_system
from rtsep.host.blockprep import make_block
from rtsep.host.config import HostConfig
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.doctor import Finding, examine
from rtsep.host.doctor_audio import JACK_API, PortAudioProbe
from rtsep.kernelcache import cache_folder
from rtsep.separators.registry import create
from rtsep.shared.block import remove

WITH_JACK = PortAudioProbe("PortAudio V19.6.0-devel, revision 1", {"ALSA": 2, JACK_API: 1})
WITHOUT_JACK = PortAudioProbe("PortAudio V19.6.0-devel, revision 1", {"ALSA": 2})
NO_DEVICES = PortAudioProbe("PortAudio V19.6.0-devel, revision 1", {"ALSA": 0})
NO_LIBRARY = PortAudioProbe(error="PortAudio cannot be loaded (PortAudio library not found)")


def test_examination_names_each_thing_once_and_whatever_is_wrong_has_a_remedy() -> None:
    findings = examine()
    names = [finding.name for finding in findings]
    assert len(set(names)) == len(names)
    assert {"python", "cpus", "semaphores", "numba cache", "portaudio", "separators"} <= set(names)
    assert all(finding.remedy for finding in findings if finding.status != "ok")
    assert not [finding for finding in findings if "could not be examined" in finding.detail]


@pytest.mark.skipif(sys.platform != "linux", reason="Linux's scheduler")
def test_examination_leaves_the_callers_scheduling_alone() -> None:
    before = os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0)
    examine()
    assert (os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0)) == before


def test_a_check_that_breaks_becomes_a_finding() -> None:
    def broken() -> Finding:
        raise ZeroDivisionError("no clock")

    found = doctor._guarded("clock", broken)
    assert (found.name, found.status) == ("clock", "warn")
    assert "no clock" in found.detail


@pytest.mark.parametrize(
    ("found", "status", "words"),
    [
        (doctor_system.python_version((3, 11, 0)), "ok", "3.11.0"),
        (doctor_system.python_version((3, 10, 14)), "fail", "3.11"),
        (doctor_system.cpus(1), "warn", "1 usable"),
        (doctor_system.cpus(2), "ok", "2 usable"),
        (doctor_system.realtime("SCHED_FIFO", 55, ""), "ok", "55"),
        (doctor_system.realtime("SCHED_FIFO", 10, "RLIMIT_RTPRIO allows 10"), "warn", "@audio - rtprio 95"),
        (doctor_system.realtime("normal", 0, "not permitted"), "warn", "dpkg-reconfigure"),
        (doctor_system.memory_locking(-1, exempt=False), "ok", "unlimited"),
        (doctor_system.memory_locking(8 << 20, exempt=True), "ok", "no limit"),
        (doctor_system.memory_locking(8 << 20, exempt=False), "warn", "memlock unlimited"),
        (doctor_system.shared_memory(64 << 20), "ok", "64 MiB"),
        (doctor_system.shared_memory((64 << 20) - 1), "warn", "--shm-size"),
        (doctor_system.shared_memory(doctor_system.block_bytes()), "warn", "16 stems 88 MiB, 192 kHz 88 MiB"),
        (doctor_system.shared_memory(doctor_system.block_bytes() - 1), "fail", "--shm-size"),
        (doctor_system.kernel("#1 SMP PREEMPT_RT Debian", ""), "ok", "PREEMPT_RT"),
        (doctor_system.kernel("#1 SMP PREEMPT_DYNAMIC", "quiet preempt=full threadirqs"), "ok", "threadirqs"),
        (doctor_system.kernel("#1 SMP PREEMPT_DYNAMIC", "quiet"), "warn", "update-grub"),
        (doctor_system.kernel("#1 SMP Debian", "quiet"), "warn", "low-latency"),
        (doctor_system.swap(0, 60), "ok", "none"),
        (doctor_system.swap(1 << 30, 10), "ok", "1024 MiB"),
        (doctor_system.swap(1 << 30, 60), "warn", "vm.swappiness=10"),
        (doctor_audio.portaudio(WITH_JACK, "linux"), "ok", "ALSA (2)"),
        (doctor_audio.portaudio(NO_DEVICES, "linux"), "warn", "plug in"),
        (doctor_audio.portaudio(NO_LIBRARY, "linux"), "fail", "apt-get install libportaudio2"),
        (doctor_audio.portaudio(NO_LIBRARY, "darwin"), "fail", "reinstall sounddevice"),
        (
            doctor_audio.portaudio(PortAudioProbe(error="the audio system did not answer"), "linux"),
            "fail",
            "did not answer",
        ),
        (doctor_audio.jack(WITH_JACK, "runs", pipewire=False), "ok", "reachable"),
        (doctor_audio.jack(WITH_JACK, "unknown", pipewire=False), "ok", "reachable"),
        (doctor_audio.jack(WITHOUT_JACK, "runs", pipewire=False), "warn", "does not reach it"),
        (doctor_audio.jack(WITHOUT_JACK, "absent", pipewire=True), "warn", "pw-jack"),
        (doctor_audio.jack(WITHOUT_JACK, "absent", pipewire=False), "warn", "jackd -R"),
        (doctor_audio.jack(NO_LIBRARY, "hangs", pipewire=False), "fail", "does not answer"),
    ],
)
def test_judgement(found: Finding, status: str, words: str) -> None:
    assert found.status == status
    assert words in f"{found.detail} {found.remedy}"
    assert found.remedy or status == "ok"


@pytest.mark.parametrize(
    ("governors", "status", "detail"),
    [
        ([None, None], "ok", "no frequency scaling here (fixed clock or virtual machine)"),
        (["performance", "performance"], "ok", "performance"),
        (["performance", "powersave"], "warn", "performance, powersave"),
    ],
)
def test_one_slow_processor_is_enough_for_a_warning(governors: list[str | None], status: str, detail: str) -> None:
    files = {f"/sys/devices/system/cpu/cpu{i}/cpufreq/scaling_governor": text for i, text in enumerate(governors)}
    found = doctor_system.governor(files.__getitem__, len(governors))
    assert (found.status, found.detail) == (status, detail)


def test_a_file_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "governor").write_text("performance\n")
    assert doctor_system.read_text(str(tmp_path / "governor")) == "performance"
    assert doctor_system.read_text(str(tmp_path / "absent")) is None


def test_semaphores_that_cannot_be_made_fail_with_the_reason() -> None:
    def refuse() -> object:
        raise OSError("Function not implemented")

    found = doctor_system.semaphores(refuse)
    assert found.status == "fail"
    assert found.detail == "Function not implemented"


def test_semaphores_that_never_arrive_fail() -> None:
    class Deaf:
        def release(self) -> None: ...

        def acquire(self, timeout: float) -> bool:
            return False

    assert doctor_system.semaphores(Deaf).status == "fail"


def test_numba_falls_back_to_the_next_writable_place() -> None:
    places = [Path("home"), Path("tmp")]
    assert doctor_system.numba_cache(places, lambda place: True) == Finding("numba cache", "ok", "home")
    second = doctor_system.numba_cache(places, lambda place: place == Path("tmp"))
    assert (second.status, second.detail) == ("warn", "home is not writable; tmp serves instead")
    for tried in (places, []):
        found = doctor_system.numba_cache(tried, lambda place: False)
        assert (found.status, "NUMBA_CACHE_DIR" in found.remedy) == ("fail", True)


def test_the_examined_cache_is_the_one_that_kernels_go_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    found = next(check for name, check in doctor._checks() if name == "numba cache")()
    assert (found.status, found.detail) == ("ok", str(tmp_path))
    assert cache_folder().parent == tmp_path


def test_block_bytes_are_what_a_block_takes() -> None:
    spec = create("passthrough").spec
    facts = DeviceFacts("null", 48000.0, 128, 2, 2)
    block = make_block(HostConfig(separator="passthrough"), spec, facts, f"test-{os.getpid()}-bytes")
    try:
        assert block.memory.nbytes == doctor_system.block_bytes(len(spec.stems), spec.channels)
    finally:
        remove(block.name)


def test_one_broken_separator_warns_and_names_itself_but_none_working_fails() -> None:
    def load(name: str) -> None:
        if name.startswith("bad"):
            raise SeparatorError(f"separator {name!r} cannot be loaded")

    assert doctor_audio.separators(["delay", "passthrough"], load) == Finding("separators", "ok", "delay, passthrough")
    mixed = doctor_audio.separators(["delay", "bad one"], load)
    assert mixed.status == "warn"
    assert "'bad one'" in mixed.detail
    assert doctor_audio.separators(["bad one"], load).status == "fail"
    assert doctor_audio.separators([], load).status == "fail"


def test_portaudio_that_hangs_is_given_up() -> None:
    probe = doctor_audio.probe_portaudio(timeout_s=1e-6)
    assert "did not answer" in probe.error


def test_other_systems_get_their_own_advice() -> None:
    assert doctor_audio.platform_notes("linux", WITH_JACK) == []
    assert [note.name for note in doctor_audio.platform_notes("darwin", WITH_JACK)] == ["coreaudio"]
    wasapi, asio = doctor_audio.platform_notes("win32", PortAudioProbe("PortAudio V19", {"MME": 2, "ASIO": 0}))
    assert (wasapi.name, asio.status) == ("wasapi", "warn")
    assert doctor_audio.platform_notes("win32", PortAudioProbe("PortAudio V19", {"ASIO": 1}))[1].status == "ok"
    assert doctor_audio.platform_notes("win32", NO_LIBRARY)[1].status == "warn"
