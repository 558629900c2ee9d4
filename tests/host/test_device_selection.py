"""Choosing devices by name, from lists made up here."""

from __future__ import annotations

from typing import Any

import pytest

from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.selection import choose


def device(index: int, api: int, name: str, inputs: int, outputs: int) -> dict[str, Any]:
    return {"index": index, "hostapi": api, "name": name, "max_input_channels": inputs, "max_output_channels": outputs}


DEVICES = [
    device(0, 0, "HDA Intel PCH: ALC295", 2, 2),
    device(1, 0, "Scarlett 2i2 USB", 2, 2),
    device(2, 0, "Scarlett 18i20 USB", 18, 20),
    device(3, 0, "HDMI 0", 0, 8),
    device(4, 0, "Webcam", 1, 0),
    device(5, 1, "system", 2, 8),
    device(6, 1, "Renoise", 2, 2),
]


def api(name: str, devices: list[int], source: int, sink: int) -> dict[str, Any]:
    return {"name": name, "devices": devices, "default_input_device": source, "default_output_device": sink}


ALSA = api("ALSA", [0, 1, 2, 3, 4], 0, 0)
JACK = api("JACK Audio Connection Kit", [5, 6], 5, 5)
OSS = api("OSS", [], -1, -1)


def names(config: DeviceConfig, apis: list[dict[str, Any]]) -> tuple[str, str, str]:
    choice = choose(config, apis, DEVICES)
    return choice.host_api, choice.input["name"], choice.output["name"]


def test_a_running_jack_server_is_preferred() -> None:
    assert names(DeviceConfig(), [OSS, ALSA, JACK]) == (JACK["name"], "system", "system")
    assert choose(DeviceConfig(), [ALSA, JACK], DEVICES).is_jack
    assert not choose(DeviceConfig(), [ALSA], DEVICES).is_jack


def test_without_names_the_defaults_are_taken() -> None:
    assert names(DeviceConfig(), [OSS, ALSA]) == ("ALSA", "HDA Intel PCH: ALC295", "HDA Intel PCH: ALC295")


@pytest.mark.parametrize(("wanted", "expected"), [("ALSA", "ALSA"), ("alsa", "ALSA"), ("jack", JACK["name"])])
def test_a_host_api_is_found_by_part_of_its_name(wanted: str, expected: str) -> None:
    assert names(DeviceConfig(host_api=wanted), [ALSA, JACK])[0] == expected


@pytest.mark.parametrize("wanted", ["2i2", "scarlett 2I2", "Scarlett 2i2 USB"])
def test_a_device_is_found_by_a_unique_part_of_its_name(wanted: str) -> None:
    config = DeviceConfig(host_api="ALSA", input=wanted, output="hdmi")
    assert names(config, [ALSA, JACK]) == ("ALSA", "Scarlett 2i2 USB", "HDMI 0")


def test_an_exact_name_wins_over_names_that_contain_it() -> None:
    devices = [*DEVICES, device(7, 2, "USB", 2, 2), device(8, 2, "USB Audio", 2, 2)]
    core = api("Core Audio", [7, 8], 8, 8)
    choice = choose(DeviceConfig(input="USB", output="USB"), [core], devices)
    assert (choice.input["index"], choice.output["index"]) == (7, 7)


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (DeviceConfig(host_api="ALSA", input="Scarlett"), "input device 'Scarlett' matches several.*2i2.*18i20"),
        (DeviceConfig(host_api="ALSA", output="RME"), "output device 'RME' is not there.*HDMI 0"),
        (DeviceConfig(host_api="ALSA", output="Webcam"), "output device 'Webcam' is not there"),
        (DeviceConfig(host_api="ALSA", input="HDMI"), "input device 'HDMI' is not there"),
        (
            DeviceConfig(host_api="JACK", input="2i2"),
            "is not there; JACK Audio Connection Kit has: 'system', 'Renoise'",
        ),
        (DeviceConfig(host_api="ASIO"), r"host API 'ASIO' has no devices here \(there are: ALSA, JACK"),
        (DeviceConfig(host_api="OSS"), "has no devices here"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(config: DeviceConfig, words: str) -> None:
    with pytest.raises(DeviceError, match=words):
        choose(config, [OSS, ALSA, JACK], DEVICES)


def test_a_machine_without_devices_is_told_what_to_do() -> None:
    with pytest.raises(DeviceError, match=r"no audio device found.*file:PATH"):
        choose(DeviceConfig(), [OSS], [])


def test_an_api_with_outputs_only_has_no_input_to_offer() -> None:
    with pytest.raises(DeviceError, match="has no input device"):
        choose(DeviceConfig(), [api("ALSA", [3], -1, 3)], DEVICES)


def test_a_default_that_cannot_record_is_passed_over() -> None:
    assert names(DeviceConfig(), [api("ALSA", [3, 4], 3, 3)]) == ("ALSA", "Webcam", "HDMI 0")
