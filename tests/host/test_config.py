"""The configuration: what TOML says, what the command line overrides, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rtsep.errors import ConfigError
from rtsep.host import config
from rtsep.host.config import (
    DeviceConfig,
    HostConfig,
    StripConfig,
    decode,
    default_separator,
    encode,
    feed_width,
    read_config,
)
from rtsep.host.deskstate import initial
from rtsep.separators.builtin import Delay
from rtsep.separators.registry import registered

FULL = HostConfig(
    separator="delay",
    parameters={"vocals": 0.5},
    device=DeviceConfig(kind="file", path="Lied – für Elise.wav", block=63, input_channels=(2, 1), paced=False),
    stems={"vocals": StripConfig(gain_db=-6.0, mute=True, pan=-0.5, output=3)},
    mix_gain_db=-3.0,
    policy="mute-safe",
    slack=126,
)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rtsep.toml"
    path.write_bytes(text.encode())
    return path


FULL_TOML = """
separator = "delay"
mix_gain_db = -3.0
policy = "mute-safe"
slack = 126

[parameters]
vocals = 0.5

[device]
kind = "file"
path = "Lied – für Elise.wav"
block = 63
input_channels = [2, 1]
paced = false

[stems.vocals]
gain_db = -6.0
mute = true
pan = -0.5
output = 3
"""


def test_toml_says_all_there_is_to_say(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, FULL_TOML)) == FULL


def test_an_empty_configuration_names_a_registered_separator() -> None:
    assert HostConfig().separator in registered()
    assert HostConfig().device == DeviceConfig()


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [(("nobody", "passthrough", "delay"), "passthrough"), (("delay",), "delay"), (("nobody",), "nobody")],
)
def test_the_default_is_the_first_preferred_separator_that_is_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, preferred: tuple[str, ...], expected: str
) -> None:
    """None at all: its name stands, for the message that tells what there is."""
    monkeypatch.setattr(config, "PREFERRED_SEPARATORS", preferred)
    assert HostConfig().separator == default_separator() == expected
    assert read_config(written(tmp_path, "policy = 'dry'")).separator == expected


def test_block_round_trip_survives_padding() -> None:
    assert decode(encode(FULL) + b"\0" * 999) == FULL


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, "")) == HostConfig()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("separater = 'delay'", "separater"),
        ("[device]\nblok = 64", "blok"),
        ("[stems.vocals]\nvolume = 1", "volume"),
        ("dry_wet = 2.0", "dry_wet"),
        ("dry_wet = 'half'", "dry_wet"),
        ("dry_wet = nan", "dry_wet"),
        ("mix_gain_db = 13.0", "mix_gain_db"),
        ("slack = 0", "slack"),
        ("fade_ms = 4.0", "fade_ms"),
        ("policy = 'wet'", "policy"),
        ("[device]\nblock = 4", "block"),
        ("[device]\nkind = 'alsa'", "kind"),
        ("[device]\ninput_channels = [0, 1]", "input_channels"),
        ("[stems.vocals]\npan = -1.5", "pan"),
        ("separator = ", "Invalid value"),
    ],
)
def test_a_bad_setting_is_one_clear_error(tmp_path: Path, text: str, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError, match=re.escape(words)) as caught:
        initial(read_config(path), Delay().spec)
    assert "\n" not in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nowhere\.toml cannot be read"):
        read_config(tmp_path / "nowhere.toml")
    bad = tmp_path / "rtsep.toml"
    bad.write_bytes(b"separator = '\xff\xfe'")
    with pytest.raises(ConfigError, match=r"rtsep\.toml"):
        read_config(bad)


def test_feeds_widen_the_device() -> None:
    assert feed_width(FULL, 2) == 4
    assert feed_width(HostConfig(), 2) == 0
    assert feed_width(HostConfig(stems={"a": StripConfig(output=8), "b": StripConfig(output=1)}), 2) == 9
