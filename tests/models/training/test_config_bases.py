"""A training configuration that is laid over another."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from rtsep.errors import ConfigError
from rtsep_models.training.config import TrainConfig, load_config

WHOLE = """
name = "whole"
network = "band"
steps = 600

[options]
width = 8
layers = 2

[optimiser]
rate = 2e-3
decay = 0.5

[[tiers]]
analysis = 1024
synthesis = 1024
hop = 512

[data.augmentation]
alone_share = 0.1

[[data.sources]]
kind = "album"
path = "here"

[[data.sources]]
kind = "band"
path = "there"
"""


def written(folder: Path, **texts: str) -> Path:
    """Files in a folder; the path of the last."""
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text)
    return folder / f"{list(texts)[-1]}.toml"


@pytest.fixture
def whole(tmp_path: Path) -> TrainConfig:
    return load_config(written(tmp_path, whole=WHOLE))


def test_what_a_file_leaves_out_is_its_bases(tmp_path: Path, whole: TrainConfig) -> None:
    part = load_config(written(tmp_path, part='base = "whole.toml"\nname = "part"\nsteps = 300\n'))
    assert part == msgspec.structs.replace(whole, name="part", steps=300)


def test_tables_are_laid_over_tables_key_by_key(tmp_path: Path, whole: TrainConfig) -> None:
    part = load_config(
        written(tmp_path, part='base = "whole.toml"\n[options]\nwidth = 4\n[data.augmentation]\nmono_share = 0.0\n')
    )
    assert part.options == {"width": 4, "layers": 2}
    assert (part.data.augmentation.mono_share, part.data.augmentation.alone_share) == (0.0, 0.1)
    assert part.optimiser == whole.optimiser


def test_a_list_takes_the_place_of_its_bases(tmp_path: Path, whole: TrainConfig) -> None:
    part = load_config(
        written(tmp_path, part='base = "whole.toml"\n[[data.sources]]\nkind = "midi"\npath = "elsewhere"\n')
    )
    assert [source.kind for source in whole.data.sources] == ["album", "band"]
    assert [source.kind for source in part.data.sources] == ["midi"]


def test_a_base_is_looked_for_from_its_own_file_and_may_have_a_base(tmp_path: Path, whole: TrainConfig) -> None:
    below = tmp_path / "deep"
    below.mkdir()
    written(below, middle='base = "../whole.toml"\nsteps = 300\nbatch = 2\n')
    top = load_config(written(tmp_path, top='base = "deep/middle.toml"\nbatch = 3\n'))
    assert top == msgspec.structs.replace(whole, steps=300, batch=3)


@pytest.mark.usefixtures("whole")
def test_files_that_are_each_others_base_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path, one='base = "two.toml"\n', two='base = "one.toml"\n')
    with pytest.raises(ConfigError, match=r"two\.toml > one\.toml > two\.toml"):
        load_config(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('base = "absent.toml"\n', r"absent\.toml, the base of part\.toml, cannot be read"),
        ("base = 3\n", r"base is 3, must be a path"),
        ('base = "broken.toml"\n', r"broken\.toml, the base of part\.toml, is no TOML"),
        ('base = "whole.toml"\n[data.augmentation]\nnoises = 1\n', r"noises.*data\.augmentation"),
    ],
)
@pytest.mark.usefixtures("whole")
def test_what_is_wrong_with_a_base_or_with_the_whole_is_said(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, broken="steps = = 3\n", part=text)
    with pytest.raises(ConfigError, match=message):
        load_config(path)
