"""From a training run to sets that play."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from safetensors.torch import load_file, save_file
from trialset import BAND, pack_trial, trial_card
from typer.testing import CliRunner

from rtsep.errors import ConfigError
from rtsep.separators.registry import create
from rtsep_models.commands import models
from rtsep_models.networks import build
from rtsep_models.runtimes.cost import macs_per_hop
from rtsep_models.weights import pack as packing
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.network import load_network
from rtsep_models.weights.publish import load_about, tier_of
from rtsep_models.weights.store import FOLDER_VARIABLE, find

CONFIG = f"""
name = "trial"
network = "band"
steps = 100
batch = 6

[options]
{"".join(f"{key} = {value}" + chr(10) for key, value in BAND.items())}
[[tiers]]
analysis = 512
synthesis = 512
hop = 128

[[tiers]]
analysis = 512
synthesis = 128
hop = 32

[data]
segment_s = 4.0

[[data.sources]]
kind = "album"
path = "songs"
"""
ABOUT = """
version = "7"
licence = "CC-BY-4.0"

[[sources]]
name = "an album"
licence = "CC0"
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what a training run leaves, two tiers of one network."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    (tmp_path / "config.toml").write_text(CONFIG)
    (tmp_path / "about.toml").write_text(ABOUT)
    save_file(build("band", BAND).state_dict(), tmp_path / "best.safetensors")
    return tmp_path


def pack_command(run: Path, *options: str) -> str:
    """`rtsep models pack` on that run; what it prints."""
    arguments = ["pack", str(run / "config.toml"), str(run / "best.safetensors"), *options]
    return CliRunner().invoke(models, arguments, catch_exceptions=False).output


def test_a_run_becomes_a_set_for_each_tier_that_plays(run: Path) -> None:
    told = pack_command(run, "--about", str(run / "about.toml"), "--name", "mine")
    assert "mine_monitor" in told
    stage, monitor = find("mine_stage").card, find("mine_monitor").card
    assert (stage.stride, stage.delay, monitor.stride, monitor.delay) == (4, 96, 1, 384)
    assert (stage.tier, stage.version, stage.licence) == ("stage", "7", "CC-BY-4.0")
    assert [source.name for source in stage.training.sources] == ["an album"]
    assert stage.training.audio_s == 100 * 6 * 4.0
    assert stage.latency_ms == pytest.approx(1e3 * 128 / 44100)
    separator = create("mine_stage")
    separator.prepare(44100)
    out = np.full((4, 2, 32), np.nan, np.float32)
    separator.process(np.ones((2, 32), np.float32), out)
    assert np.isfinite(out).all()


def test_without_a_name_a_set_is_called_as_its_tier_and_sources_by_their_paths(run: Path) -> None:
    pack_command(run, "--no-graphs")
    card = find("stage").card
    assert [source.name for source in card.training.sources] == ["songs"]
    assert list(card.files) == ["network.safetensors"]


def test_a_filter_is_put_behind_a_network_on_demand(run: Path) -> None:
    pack_command(run, "--no-graphs", "--wiener")
    assert create("monitor").spec.parameters[0].name == "wiener"
    pack_command(run, "--no-graphs")
    assert create("monitor").spec.parameters == ()


def test_a_filter_behind_a_network_of_waveforms_is_refused(run: Path) -> None:
    head, _, rest = CONFIG.replace('"band"', '"hs_tasnet"').partition("[options]")
    (run / "config.toml").write_text(f"{head}[options]\nwidth = 20\nbases = 24\n{rest[rest.index('[[tiers]]') :]}")
    with pytest.raises(ConfigError, match="pack it without --wiener"):
        pack_command(run, "--wiener")


def test_anothers_weights_are_refused(run: Path) -> None:
    save_file(build("band", BAND | {"width": 17}).state_dict(), run / "best.safetensors")
    with pytest.raises(WeightsError, match=r"best\.safetensors.*needed is float"):
        pack_command(run)


@pytest.mark.parametrize(
    ("change", "told"),
    [(("hop = 32", "hop = 32\nhip = 1"), "hip"), (("synthesis = 512", "synthesis = 128"), "both be called 'stage'")],
)
def test_a_configuration_that_makes_no_sense_is_refused(change: tuple[str, str], told: str, run: Path) -> None:
    (run / "config.toml").write_text(CONFIG.replace(*change))
    with pytest.raises(ConfigError, match=told):
        pack_command(run)


@pytest.mark.parametrize("name", ["Mine", "../mine", "my-set", ""])
def test_a_name_that_no_folder_may_have_is_refused(name: str, run: Path) -> None:
    with pytest.raises(ConfigError, match="lower-case word"):
        pack_command(run, "--name", name)


def test_an_about_file_is_read_strictly(tmp_path: Path) -> None:
    (tmp_path / "about.toml").write_text("license = 'CC0'")
    with pytest.raises(ConfigError, match="license"):
        load_about(tmp_path / "about.toml")
    with pytest.raises(ConfigError, match="No such file"):
        load_about(tmp_path / "nowhere.toml")


def test_a_window_too_long_for_any_tier_is_refused() -> None:
    assert [tier_of(length) for length in (1, 1024, 1025)] == ["stage", "monitor", "broadcast"]
    with pytest.raises(ConfigError, match="shorten"):
        tier_of(1 << 16)


def test_half_precision_is_what_both_weights_and_graphs_hold(tmp_path: Path) -> None:
    card = pack_trial("two_rate", tmp_path, half=True)
    stored = load_file(tmp_path / "two_rate" / "network.safetensors")
    assert {tensor.dtype for tensor in stored.values()} == {torch.float16}
    exact = pack_trial("two_rate", tmp_path / "exact", half=False)
    assert card.files["head.onnx"].size < 0.7 * exact.files["head.onnx"].size


def test_packing_anew_leaves_nothing_of_the_old_set(tmp_path: Path) -> None:
    pack_trial("two_rate", tmp_path, int8=True)
    card = pack_trial("two_rate", tmp_path, graphs=False)
    assert {path.name for path in (tmp_path / "two_rate").iterdir()} == {"card.json", *card.files}


def test_large_weights_are_spread_over_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "SHARD", 13_000)
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    card = pack_trial("waveform", tmp_path, graphs=False)
    assert len(card.files) > 1
    assert all(entry.size < 15_000 for entry in card.files.values())
    assert load_network(find("waveform")).training is False


def test_graphs_that_came_out_wrong_are_not_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def spoiling(*arguments: object) -> list[str]:
        names = packing_export(*arguments)
        model = onnx.load(tmp_path / "one_rate" / "head.onnx")
        bias = next(t for t in model.graph.initializer if t.name == "head.deep.bias")
        bias.CopyFrom(onnx.numpy_helper.from_array(np.ones(bias.dims, np.float32), bias.name))
        onnx.save(model, tmp_path / "one_rate" / "head.onnx")
        return names

    packing_export = packing.export
    monkeypatch.setattr(packing, "export", spoiling)
    with pytest.raises(WeightsError, match="differ from the network"):
        pack_trial("one_rate", tmp_path)
    assert not (tmp_path / "one_rate" / "card.json").exists()


def test_cost_is_counted_with_the_trunks_share() -> None:
    card = trial_card("two_rate")
    fast, slow = (
        macs_per_hop(build("band", card.configuration | {"stride": stride}), card.shape_in) for stride in (1, 4)
    )
    # 3 products of the input and 3 of the state in each of two memories, and so on: the trunk is most of it.
    assert slow < fast < 4 * slow
    linear = BAND["width"] + BAND["fresh"]
    assert slow > linear * BAND["head"] * 21
