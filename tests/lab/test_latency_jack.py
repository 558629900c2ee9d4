"""The lab on a JACK server of the test's own."""

from __future__ import annotations

import pytest
from conftest import JackServer

from rtsep.errors import ConfigError, DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.lab.loops import take
from rtsep.lab.portaudioloop import take_portaudio
from rtsep.lab.takes import LoopConfig, Request
from rtsep.lab.through import measure_through

pytestmark = pytest.mark.jack

JACK = DeviceConfig(host_api="JACK")
SHORT = Request(shots=3, longest_ms=100.0)


def test_a_cable_to_ourselves_takes_one_period(jack_server: JackServer) -> None:
    heard = take(LoopConfig(device=JACK, connect=("out=in",)), SHORT)
    assert heard.measurement().delay == pytest.approx(heard.facts.block, abs=0.001)
    assert heard.facts.declared is None


def test_the_hardware_declares_its_latencies_and_without_a_cable_there_is_no_loop(jack_server: JackServer) -> None:
    for heard in (take(LoopConfig(device=JACK), SHORT), take_portaudio(LoopConfig(device=JACK), SHORT)):
        assert "JACK" in heard.facts.host_api
        assert heard.facts.declared is not None
        assert heard.facts.declared >= 2 * heard.facts.block
        assert heard.measurement().verdict == "no loop"


def test_a_rate_that_the_server_does_not_have_is_refused(jack_server: JackServer) -> None:
    with pytest.raises(DeviceError, match="JACK runs with rate 48000, not 44100"):
        take(LoopConfig(device=DeviceConfig(host_api="JACK", sample_rate=44100)), SHORT)


def test_a_channel_that_the_hardware_does_not_have_is_refused(jack_server: JackServer) -> None:
    with pytest.raises(DeviceError, match="input channel 9 asked for, JACK's hardware has: system:capture_1"):
        take(LoopConfig(device=DeviceConfig(host_api="JACK", input_channels=(9,))), SHORT)


def test_cables_that_make_no_sense_are_refused(jack_server: JackServer) -> None:
    with pytest.raises(ConfigError, match="give SOURCE=TARGET"):
        take(LoopConfig(device=JACK, connect=("out",)), SHORT)
    with pytest.raises(DeviceError, match="jack_lsp"):
        take(LoopConfig(device=JACK, connect=("out=nowhere:in",)), SHORT)


def test_a_host_delays_by_what_it_declares_in_its_mix_and_in_each_stem(jack_server: JackServer) -> None:
    found = measure_through("delay", LoopConfig(device=JACK), SHORT)
    assert found.raw == pytest.approx(found.block, abs=0.001)
    assert len(found.errors) > 1
    assert found.errors["mix"] == pytest.approx(0.0, abs=0.01)
    if not found.late_hops:
        assert any(error is not None and abs(error) < 0.01 for name, error in found.errors.items() if name != "mix")
