"""The command that learns bases: from a folder of songs to a file that the plugin reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rtsep.errors import ConfigError
from rtsep_models import separators
from rtsep_models.separators.nmf_bases import SIZE, load
from rtsep_models.separators.nmf_train import load_config, main

SHIPPED = Path(separators.__file__).parent.parent / "configs" / "nmf.toml"


def test_a_folder_of_songs_becomes_bases(tmp_path: Path) -> None:
    songs = tmp_path / "songs"
    songs.mkdir()
    noise = np.random.default_rng(0).integers(-9000, 9000, (4, 44100, 2)).astype(np.int16)
    np.save(songs / "band-0.npy", noise)
    (songs / "band-0.json").write_text("{}")
    config = tmp_path / "nmf.toml"
    config.write_text(
        f'components = 2\nframes = 20\niterations = 3\n[[sources]]\nkind = "band"\npath = "{songs.as_posix()}"\nweight = 3\n'
    )
    main(config, tmp_path / "bases.safetensors")
    bases = load(tmp_path / "bases.safetensors")
    assert bases.shape == (4, 2, SIZE)
    np.testing.assert_allclose(bases.sum(axis=-1), 1.0, atol=0.02)


def test_the_shipped_configuration_can_be_read() -> None:
    assert {source.kind for source in load_config(SHIPPED).sources} == {"album", "band"}


def test_an_unknown_setting_is_refused(tmp_path: Path) -> None:
    config = tmp_path / "nmf.toml"
    config.write_text("sources = []\nbase = 3\n")
    with pytest.raises(ConfigError, match="base"):
        load_config(config)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="none"):
        load_config(tmp_path / "none.toml")
