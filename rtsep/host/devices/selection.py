"""Finds the devices that a configuration names in PortAudio's lists: pure, so that it is tested without any device."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig


@dataclass(frozen=True)
class Choice:
    """Two devices of one host API, found by name."""

    host_api: str
    input: dict[str, Any]
    output: dict[str, Any]

    @property
    def is_jack(self) -> bool:
        """Whether block and rate are the server's."""
        return "JACK" in self.host_api


def _lasting(name: str) -> str:
    """A name without ALSA's card number, which another USB socket, or another order of plugging in, changes.

    >>> _lasting("Scarlett 2i2 USB: Audio (hw:1,0)")
    'scarlett 2i2 usb: audio (hw:*,0)'
    """
    return re.sub(r"\(hw:\d+,", "(hw:*,", name).lower()


def choose(config: DeviceConfig, apis: list[dict[str, Any]], devices: list[dict[str, Any]]) -> Choice:
    """The devices that `config` names, from PortAudio's lists. Raises DeviceError listing what there is.

    Whole names win over parts of names. The names in a `Choice`, put into `config`, find the same devices again, and
    never those of another host API.
    """
    usable = [api for api in apis if api["devices"]]
    if not usable:
        raise DeviceError("no audio device found; connect one, start a JACK server, or use '--device file:PATH'")
    if config.host_api is None:
        jack = [api for api in usable if "JACK" in api["name"]]
        api = (jack or sorted(usable, key=lambda a: a["default_output_device"] < 0))[0]
    else:
        exact = [api for api in usable if api["name"] == config.host_api]
        wanted = exact or [api for api in usable if config.host_api.lower() in api["name"].lower()]
        if not wanted:
            names = ", ".join(api["name"] for api in usable)
            raise DeviceError(f"host API {config.host_api!r} has no devices here (there are: {names})")
        api = wanted[0]
    mine = [devices[index] for index in api["devices"]]

    def pick(name: str | None, kind: str) -> dict[str, Any]:
        able = [device for device in mine if device[f"max_{kind}_channels"] > 0]
        default = api[f"default_{kind}_device"]
        if name is None:
            first = [device for device in able if device["index"] == default] + able
            if not first:
                raise DeviceError(f"{api['name']} has no {kind} device; name another with --host-api")
            return first[0]
        exact = [device for device in able if device["name"] == name]
        if exact:  # Windows lists devices of the same name; no longer name could tell them apart
            return next((device for device in exact if device["index"] == default), exact[0])
        found = [device for device in able if _lasting(device["name"]) == _lasting(name)]
        found = found or [device for device in able if name.lower() in device["name"].lower()]
        if len(found) != 1:
            names = ", ".join(repr(device["name"]) for device in (found or able))
            problem = "matches several" if found else "is not there"
            raise DeviceError(f"{kind} device {name!r} {problem}; {api['name']} has: {names}")
        return found[0]

    return Choice(api["name"], pick(config.input, "input"), pick(config.output, "output"))
