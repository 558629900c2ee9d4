"""The real measuring path on small separators: processes that answer, fail, die and hang, and a host that plays."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from benchreports import live_row
from support import noise

from rtsep.errors import SeparatorError
from rtsep.host.config import DeviceConfig
from rtsep.lab.bench import live
from rtsep.lab.bench import run as running
from rtsep.lab.bench import venue as venues
from rtsep.lab.bench.hops import hop_answer, hop_figures
from rtsep.lab.bench.live import live_figures
from rtsep.lab.bench.report import HopFigures, HopRow, Settings
from rtsep.lab.bench.run import Bench
from rtsep.lab.bench.venue import UNHEARD_DB, venue
from rtsep.lab.hopcost import cut, flat_out_ns, paced, prepared
from rtsep.separators.builtin import Passthrough

RATE = 48000
SOUND = noise(RATE // 2).T
NULL = DeviceConfig(kind="null")


def settings(*separators: str, seconds: float = 0.3, repeats: int = 2, **changes: object) -> Settings:
    """Short, and without the priority that would hold up other tests."""
    return Settings(
        separators=separators,
        blocks=(64,),
        seconds=seconds,
        repeats=repeats,
        realtime=False,
        **changes,  # type: ignore[arg-type]
    )


@pytest.fixture(autouse=True)
def unsettled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host's first second tells enough."""
    monkeypatch.setattr(live, "SETTLE_S", 0.05)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.npy"
    np.save(path, SOUND)
    return path


def figures_of(row: HopRow) -> HopFigures:
    assert row.figures is not None
    return row.figures


def measured(separator: str, sound: Path, wanted: Settings) -> HopFigures:
    return hop_figures([hop_answer(separator, "", sound, wanted) for _ in range(wanted.repeats)], wanted)


@pytest.mark.usefixtures("plugins")
def test_hops_are_measured_in_processes_of_their_own(sound: Path) -> None:
    found = measured("test-calm", sound, settings())
    assert (found.computes_with, found.hop) == ("numpy float32", 256)
    assert found.due == found.paced.count + found.skipped == 2 * int(0.15 * RATE / 256)
    assert len(found.flat_out.repeats) == len(found.paced.repeats) == 2
    assert found.flat_out.count == sum(found.flat_out.histogram.values()) > 0
    assert 0.0 < found.flat_out.all.p50 <= found.flat_out.all.p999 <= found.flat_out.all.max
    assert found.memory_mib.before > 0.0
    assert found.start_s > found.load_s > 0.0
    assert found.scheduling.startswith("normal")
    assert max(value for value in found.timeline if value) == pytest.approx(found.paced.all.max, abs=0.01)


@pytest.mark.usefixtures("plugins")
@pytest.mark.parametrize(
    ("separator", "told"),
    [
        ("test-unprepared", "the weights are missing"),
        ("test-misshapen", "'test-misshapen' failed: ValueError"),
        ("test-fatal", "'test-fatal' died: its process ended with status 9"),
        ("test-raising", "No module named 'torch'"),
    ],
)
def test_a_separator_that_fails_says_why(separator: str, told: str, sound: Path) -> None:
    with pytest.raises(SeparatorError, match=told):
        measured(separator, sound, settings(repeats=1))


@pytest.mark.usefixtures("plugins")
def test_a_separator_that_hangs_is_given_up(sound: Path) -> None:
    with pytest.raises(SeparatorError, match="'test-frozen' hangs: no answer within 4 s"):
        measured("test-frozen", sound, settings(seconds=0.1, repeats=1, limit_s=3.8))


@pytest.mark.usefixtures("plugins")
def test_a_separator_that_cannot_keep_up_is_late_and_gives_up_hops(sound: Path) -> None:
    found = measured("test-sluggish", sound, settings(seconds=0.8, repeats=1))
    assert found.real_time_factor > 1.0
    assert found.late > 0
    assert found.skipped > 0
    assert found.paced.count + found.skipped == found.due == 600


def test_sound_of_another_width_is_fitted_to_the_separator() -> None:
    passage = Passthrough()
    assert cut(passage, SOUND).shape == (187, 2, 128)
    assert np.array_equal(cut(passage, SOUND[:1])[:, 1], cut(passage, SOUND)[:, 0])


def test_hops_that_are_short_of_sound_hear_it_again() -> None:
    passage = prepared("passthrough", RATE)
    assert len(flat_out_ns(passage, SOUND[:, :300], RATE, 0.01)) >= 38
    found = paced(passage, SOUND[:, :300], RATE, 0.02)
    assert len(found.took_ns) + found.skipped == 7
    assert (np.diff(found.begun_ns) > 0).all()


@pytest.mark.usefixtures("plugins")
def test_every_row_is_there_and_those_that_failed_say_why() -> None:
    bench = Bench(settings("test-calm", "test-unprepared"), NULL, SOUND, "noise")
    steps: list[str] = []
    assert not bench.report().complete
    bench.run(steps.append)
    report = bench.report()
    assert report.complete
    assert steps == [
        "test-calm hops, 1",
        "test-unprepared hops, 1",
        "test-calm hops, 2",
        "test-unprepared hops, 2",
        "test-calm live, 64 frames",
        "test-unprepared live, 64 frames",
    ]
    assert bench.steps == len(steps)
    assert [bool(row.failed) for row in report.hops] == [False, True]
    (calm, unprepared) = report.live
    assert unprepared.failed == "not tried: the weights are missing; run 'fetch weights'"
    assert calm.figures is not None
    assert (calm.figures.block, calm.figures.hop, calm.figures.device) == (64, 256, "null")
    assert calm.figures.counts["hops"] > 0
    assert calm.figures.compute.count == calm.figures.counts["hops"] == calm.figures.turnaround.count
    assert len(calm.figures.callback.repeats) == 2
    assert set(calm.figures.cpu) == {"control", "audio", "separator"}
    # Hop 256 and delay 300 for blocks of 64: 192 frames of adaptation.
    assert (calm.figures.budget["adaptation"], calm.figures.budget["separator"]) == (192, 300)
    assert calm.figures.driver_late is None
    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report


@pytest.mark.usefixtures("plugins")
def test_an_interruption_keeps_what_was_measured() -> None:
    bench = Bench(settings("test-calm", "passthrough"), NULL, SOUND, "noise")

    def interrupt(step: str) -> None:
        if step.startswith("passthrough"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bench.run(interrupt)
    report = bench.report()
    assert not report.complete
    assert [(row.separator, len(figures_of(row).paced.repeats)) for row in report.hops] == [("test-calm", 1)]
    assert report.live == ()
    assert report.recommendation.choice is None


@pytest.mark.usefixtures("plugins")
def test_a_runtime_that_a_separator_lacks_is_a_row_that_says_so() -> None:
    bench = Bench(settings("test-calm", runtimes=("cuda",)), NULL, SOUND, "noise")
    bench.separators = (msgspec.structs.replace(bench.separators[0], runtimes=("numpy", "torch")),)
    bench.run()
    assert bench.hops[0].failed == "'test-calm' has no runtime 'cuda' here; it has numpy, torch"
    assert bench.live[0].failed.startswith("not tried: 'test-calm' has no runtime 'cuda'")


def test_a_device_that_refuses_is_a_row_for_every_separator() -> None:
    nowhere = DeviceConfig(host_api="Telharmonium")
    bench = Bench(settings("passthrough", seconds=0.1, repeats=1), nowhere, SOUND, "noise")
    bench.run()
    assert bench.hops[0].figures is not None
    assert bench.live[0].failed


def test_without_jack_a_file_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(venues, "can_serve_jack", lambda: False)
    assert venues.described(None) == "a file, paced by the system clock"
    with venue(None, RATE, 63, SOUND) as place:
        found = live_figures("passthrough", "", place, settings(seconds=0.2, repeats=1))
    assert (found.block, found.device) == (63, "file: sound.wav")


def test_on_a_device_of_the_users_nothing_is_heard() -> None:
    with venue(DeviceConfig(host_api="ALSA", input="Scarlett"), RATE, 64, SOUND) as place:
        assert place.mix_gain_db == UNHEARD_DB
        assert (place.device.input, place.device.block) == ("Scarlett", 64)


@pytest.mark.jack
def test_on_jack_the_server_and_the_sound_are_ours() -> None:
    if not venues.can_serve_jack():
        pytest.skip("jackd is not installed")
    with venue(None, RATE, 256, SOUND) as place:
        found = live_figures("passthrough", "", place, settings(seconds=0.3, repeats=1))
    assert found.device.startswith("JACK")
    assert found.block == 256
    assert found.driver_late is not None
    assert found.counts["callbacks"] > 0


def test_a_host_that_was_disturbed_gets_a_second_try(monkeypatch: pytest.MonkeyPatch) -> None:
    disturbed, calm = live_row("passthrough", counts={"xruns": 1}).figures, live_row("passthrough").figures
    found = [disturbed, calm]
    monkeypatch.setattr(running, "live_figures", lambda *_: found.pop(0))
    bench = Bench(settings("passthrough", seconds=0.1, repeats=1), NULL, SOUND, "noise")
    bench.run()
    assert (bench.live[0].figures, bench.live[0].tries) == (calm, 2)
    found[:] = [calm]
    bench.run()
    assert bench.live[1].tries == 1
