"""The PortAudio device on a sounddevice made up here: what it opens, what it reports, what it refuses."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from test_device_selection import ALSA, DEVICES, JACK, api, device

from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices import portaudio, probe
from rtsep.host.devices.api import DeviceFacts
from rtsep.host.devices.portaudio import PortAudioDevice
from rtsep.host.devices.selection import choose

MONO = device(0, 0, "Speakerphone", 1, 1)
SPEAKERPHONE = api("ALSA", [0], 0, 0)


def facts(
    monkeypatch: pytest.MonkeyPatch, devices: list[dict[str, Any]], apis: list[dict[str, Any]], **wanted: Any
) -> DeviceFacts:
    """What a stereo separator's device would be like, on a machine of these devices at 48 kHz."""
    fake = SimpleNamespace(
        query_hostapis=lambda: apis,
        query_devices=lambda: [found | {"default_samplerate": 48000.0} for found in devices],
        check_input_settings=lambda *settings: None,
        check_output_settings=lambda *settings: None,
        PortAudioError=OSError,
    )
    monkeypatch.setattr(portaudio, "load_sounddevice", lambda asio=False: fake)
    monkeypatch.setattr(portaudio, "name_jack_client", lambda sounddevice: None)
    return PortAudioDevice(DeviceConfig(**wanted), 2).facts


def test_a_mono_device_takes_a_stereo_mix(monkeypatch: pytest.MonkeyPatch) -> None:
    found = facts(monkeypatch, [MONO], [SPEAKERPHONE])
    assert (found.input_channels, found.output_channels) == (1, 1)


def test_a_channel_asked_for_by_number_must_be_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DeviceError, match=r"output channel 2 asked for, 'Speakerphone' has 1; choose channels 1\.\.1"):
        facts(monkeypatch, [MONO], [SPEAKERPHONE], output_channels=(1, 2))


def test_facts_name_what_was_chosen_and_find_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    found = facts(monkeypatch, DEVICES, [ALSA], input="2i2", output="hdmi")
    assert (found.host_api, found.input, found.output) == ("ALSA", "Scarlett 2i2 USB", "HDMI 0")
    again = facts(monkeypatch, DEVICES, [ALSA], host_api=found.host_api, input=found.input, output=found.output)
    assert again == found


def test_a_device_found_through_jack_never_comes_back_through_alsa() -> None:
    first = choose(DeviceConfig(), [ALSA, JACK], DEVICES)
    resolved = DeviceConfig(host_api=first.host_api, input=first.input["name"], output=first.output["name"])
    with pytest.raises(DeviceError, match=r"host API 'JACK Audio Connection Kit' has no devices here .*ALSA"):
        choose(resolved, [ALSA], DEVICES)


def test_an_interface_plugged_in_again_is_found_under_another_card_number() -> None:
    devices = [
        device(0, 0, "Scarlett 2i2 USB: Audio (hw:2,0)", 2, 2),
        device(1, 0, "Scarlett 2i2 USB: Audio (hw:2,1)", 2, 2),
    ]
    name = "Scarlett 2i2 USB: Audio (hw:1,0)"
    assert choose(DeviceConfig(input=name, output=name), [api("ALSA", [0, 1], 0, 0)], devices).input["index"] == 0


def test_of_devices_with_one_name_the_default_is_taken() -> None:
    devices = [device(index, 0, "USB Audio", 2, 2) for index in range(3)]
    choice = choose(DeviceConfig(input="USB Audio", output="USB Audio"), [api("MME", [0, 1, 2], 1, -1)], devices)
    assert (choice.input["index"], choice.output["index"]) == (1, 0)


@pytest.mark.parametrize(
    ("platform", "asio", "expected"), [("win32", True, "1"), ("win32", False, None), ("linux", True, None)]
)
def test_asio_is_asked_for_on_windows_alone(
    monkeypatch: pytest.MonkeyPatch, platform: str, asio: bool, expected: str | None
) -> None:
    environ: dict[str, str] = {}
    monkeypatch.setattr(portaudio.os, "environ", environ)
    monkeypatch.setattr(portaudio.sys, "platform", platform)
    monkeypatch.setitem(sys.modules, "sounddevice", SimpleNamespace())
    portaudio.load_sounddevice(asio)
    assert environ.get("SD_ENABLE_ASIO") == expected


def test_listing_asks_for_asio(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    def load(asio: bool = False) -> Any:
        asked.append(asio)
        return SimpleNamespace(query_hostapis=lambda: [], query_devices=lambda: [])

    monkeypatch.setattr(portaudio, "load_sounddevice", load)
    portaudio.list_devices()
    assert asked == [True]


def test_a_probe_that_breaks_shows_its_last_line_alone() -> None:
    with pytest.raises(DeviceError) as caught:
        probe._ask("facts", "{", "2", "0")
    assert "DecodeError" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_files_of_the_users_folder_do_not_get_into_the_probe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("json", "queue", "subprocess"):
        (tmp_path / f"{module}.py").write_text("raise RuntimeError('not the one that was meant')\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DeviceError, match="DecodeError"):
        probe._ask("facts", "{", "2", "0")
