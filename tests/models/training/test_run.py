"""A training run on a song of noise: it learns, stops, goes on where it stopped, and keeps the best weights."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from rtsep.errors import ConfigError
from rtsep_models.networks import build
from rtsep_models.training.config import Optimiser, TrainConfig, load_config
from rtsep_models.training.run import Progress, train
from rtsep_models.training.schedule import WeightMean, rate_factor
from rtsep_models.training.systems import BandSystem
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.publish import About, publish
from rtsep_models.weights.store import FOLDER_VARIABLE

OPTIONS: dict[str, Any] = {
    "layout": [[8, 4], [16, 4]],
    "width": 6,
    "hidden": 5,
    "song": 7,
    "layers": 1,
    "fresh": 4,
    "head": 8,
}


@pytest.fixture
def config(tmp_path: Path) -> TrainConfig:
    """Four stems in four octaves: easy to tell apart."""
    rng = np.random.default_rng(0)
    spectrum = np.fft.rfft(rng.standard_normal((4, 2, 44100 * 3)))
    hz = np.fft.rfftfreq(44100 * 3, 1 / 44100)
    for stem, lowest in enumerate((200, 800, 2000, 3600)):
        spectrum[stem, :, (hz < lowest) | (hz > 1.6 * lowest)] = 0.0
    sound = np.fft.irfft(spectrum) * 0.1 / np.fft.irfft(spectrum).std(axis=-1, keepdims=True)
    folder = tmp_path / "band"
    folder.mkdir()
    np.save(folder / "noise.npy", (sound.transpose(0, 2, 1) * 8000).clip(-32768, 32767).astype(np.int16))
    (folder / "noise.json").write_text(json.dumps({"sample_rate": 44100}))
    data = {"sources": [{"kind": "band", "path": str(folder)}], "segment_s": 0.6, "cache": str(tmp_path / "cache")}
    return msgspec.convert(
        {
            "name": "test",
            "network": "band",
            "options": OPTIONS,
            "tiers": [{"analysis": 512, "synthesis": 512, "hop": 256}, {"analysis": 512, "synthesis": 128, "hop": 64}],
            "data": data,
            "validation": {**data, "segment_s": 0.5},
            "steps": 12,
            "batch": 2,
            "warmup_s": 0.1,
            "workers": 0,
            "validate_every": 6,
            "optimiser": {"rate": 1e-2, "warmup_steps": 2},
        },
        TrainConfig,
    )


def run(config: TrainConfig, folder: Path) -> list[Progress]:
    told: list[Progress] = []
    train(config, folder, told.append)
    return told


def test_training_lowers_the_error_and_leaves_weights_that_load(config: TrainConfig, tmp_path: Path) -> None:
    told = run(config, tmp_path / "out")
    assert [progress.step for progress in told] == list(range(1, 13))
    assert told[-1].error_db < told[0].error_db - 1.0
    network = build("band", OPTIONS)
    network.load_state_dict(load_file(tmp_path / "out" / "best.safetensors"))
    history = [json.loads(line) for line in (tmp_path / "out" / "history.jsonl").read_text().splitlines()]
    assert [entry["step"] for entry in history] == [6, 12]


def test_products_are_rounded_in_training_but_no_stem_is(
    config: TrainConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    forward = BandSystem.forward

    def hear(self: BandSystem, stems: torch.Tensor, *rest: Any) -> torch.Tensor:
        heard.append((stems, torch.is_autocast_enabled("cpu")))
        return forward(self, stems, *rest)

    monkeypatch.setattr(BandSystem, "forward", hear)
    run(msgspec.structs.replace(config, steps=1), tmp_path / "out")
    for stems, rounds in heard:
        assert rounds
        assert stems.dtype == torch.float32
        assert not torch.equal(stems, stems.bfloat16().float())


def test_reading_songs_takes_no_threads_from_training(config: TrainConfig, tmp_path: Path) -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        run(msgspec.structs.replace(config, steps=1), tmp_path / "out")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_a_stopped_run_goes_on_as_if_it_had_not_stopped(config: TrainConfig, tmp_path: Path) -> None:
    level = msgspec.structs.replace(config, optimiser=msgspec.structs.replace(config.optimiser, decay=0.0))
    whole = run(level, tmp_path / "whole")
    run(msgspec.structs.replace(level, steps=6), tmp_path / "halves")
    rest = run(level, tmp_path / "halves")
    assert [progress.step for progress in rest] == list(range(7, 13))
    np.testing.assert_allclose([p.error_db for p in rest], [p.error_db for p in whole[6:]], atol=1e-4)


def test_a_checkpoint_of_another_network_is_refused(config: TrainConfig, tmp_path: Path) -> None:
    run(msgspec.structs.replace(config, steps=6), tmp_path / "out")
    wider = msgspec.structs.replace(config, options={**OPTIONS, "width": 8})
    with pytest.raises(ConfigError, match="not of this configuration"):
        run(wider, tmp_path / "out")


def test_training_can_start_from_weights(config: TrainConfig, tmp_path: Path) -> None:
    run(config, tmp_path / "first")
    again = msgspec.structs.replace(config, start_from=str(tmp_path / "first" / "best.safetensors"), steps=1)
    assert run(again, tmp_path / "second")[0].error_db < run(config, tmp_path / "third")[0].error_db


def test_training_can_start_from_a_set(config: TrainConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "models"))
    run(config, tmp_path / "first")
    publish(config, tmp_path / "first" / "best.safetensors", About(), tmp_path / "models", "mine", graphs=False)
    again = msgspec.structs.replace(config, start_from="mine_monitor", steps=1)
    assert run(again, tmp_path / "second")[0].error_db < run(config, tmp_path / "third")[0].error_db
    cards = publish(again, tmp_path / "second" / "best.safetensors", About(), tmp_path / "models", "mine", graphs=False)
    for card in cards:
        assert (card.training.steps, card.training.audio_s) == (13, pytest.approx(13 * 2 * 0.6))
        assert len(card.training.sources) == 1
    with pytest.raises(WeightsError, match="did you mean 'mine_monitor'"):
        run(msgspec.structs.replace(again, start_from="mine_monitr"), tmp_path / "fourth")


def test_weights_of_another_network_are_no_start(config: TrainConfig, tmp_path: Path) -> None:
    run(msgspec.structs.replace(config, steps=1), tmp_path / "first")
    start = str(tmp_path / "first" / "best.safetensors")
    wider = msgspec.structs.replace(config, options={**OPTIONS, "width": 8}, start_from=start)
    with pytest.raises(WeightsError, match=r"best\.safetensors"):
        run(wider, tmp_path / "second")


def test_an_unknown_network_or_option_is_named() -> None:
    with pytest.raises(ConfigError, match=r"'bnad'.*did you mean 'band'"):
        build("bnad", {})
    with pytest.raises(ConfigError, match="depth"):
        build("band", {**OPTIONS, "depth": 3})


def test_a_configuration_with_an_unknown_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('name = "x"\nbatches = 3\n')
    with pytest.raises(ConfigError, match="batches"):
        load_config(path)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path / "absent.toml")


def test_the_rate_rises_stays_and_falls() -> None:
    plan = Optimiser(warmup_steps=10, decay=0.25)
    factors = [rate_factor(step, 100, plan) for step in range(101)]
    assert factors[:3] == pytest.approx([0.1, 0.2, 0.3])
    assert set(factors[9:76]) == {1.0}
    assert factors[75:] == sorted(factors[75:], reverse=True)
    assert factors[100] == 0.0


def test_the_mean_of_constant_weights_is_the_weights() -> None:
    layer = torch.nn.Linear(2, 2)
    mean = WeightMean(layer, 0.99)
    with torch.no_grad():
        layer.weight.fill_(3.0)
    for _ in range(2000):
        mean.update(layer)
    torch.testing.assert_close(mean.weights["weight"], torch.full((2, 2), 3.0), atol=1e-4, rtol=0.0)
