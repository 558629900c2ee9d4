"""What nn~ is given of a separator: small networks with random weights, and the shipped one once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from math import gcd
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nnhost import Registered, perform
from support import FLOAT32_SUM
from torch import Tensor
from trialset import SETS

from rtsep.separators.api import Audio
from rtsep_models.exports.steps import quiet
from rtsep_models.exports.write import write_nn
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE
from rtsep_models.separators.neural import NeuralSeparator
from rtsep_models.weights.card import WeightsError
from rtsep_models.weights.store import PACKAGED, Weights, find, read_card

HOP = 32
"""Of all SETS."""
STREAMS = 4
AGREEMENT = 2e-6
"""With the live plugin, full-scale input."""
DENORMAL = 1e-38
LARGEST_FILE = 16 << 20

every_set = pytest.mark.parametrize("name", SETS)


@pytest.fixture(scope="module")
def files(packed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An exported file for each of SETS."""
    folder = tmp_path_factory.mktemp("exported")
    paths = {name: folder / f"{name}.ts" for name in SETS}
    for name, path in paths.items():
        write_nn(Weights(packed / name, read_card(packed / name)), path, STREAMS)
    return paths


def load(path: Path) -> torch.jit.ScriptModule:
    with quiet():
        return torch.jit.load(path)


@pytest.fixture
def module(name: str, files: dict[str, Path]) -> torch.jit.ScriptModule:
    return load(files[name])


@pytest.fixture(autouse=True)
def inference() -> Iterator[None]:
    """As nn~ calls; but TorchScript shall not take the time to make itself quicker at each new length."""
    with torch.inference_mode(), torch.jit.optimized_execution(False):
        yield


def noise(length: int, seed: int = 0, streams: int = 1) -> Tensor:
    """(B, 2, T)."""
    return torch.rand(streams, 2, length, generator=torch.Generator().manual_seed(seed)) - 0.5


def play(module: torch.jit.ScriptModule, x: Tensor, blocks: list[int]) -> Tensor:
    """`x` in blocks of these lengths, over and over, and the rest as one: (B, S C, T)."""
    parts, start = [], 0
    while start < x.shape[2]:
        for length in blocks:
            parts.append(module.separate(x[:, :, start : start + length]))
            start += length
    return torch.cat(parts, dim=2)


def reset(module: torch.jit.ScriptModule) -> None:
    """As hosts do."""
    for name, buffer in module.named_buffers():
        if name.endswith((".pad", ".cache")):
            buffer.zero_()


def live(name: str, signal: Audio) -> Audio:
    """What the plugin makes of (2, T), its knobs at 0: (S 2, T)."""
    separator = NeuralSeparator(name)
    separator.prepare(44100)
    for knob in separator.spec.parameters:  # the filter, which does not travel
        separator.set_parameter(knob.name, 0.0)
    hop, parts = separator.spec.hop, []
    for start in range(0, signal.shape[1], hop):
        out = np.zeros((len(separator.spec.stems), 2, hop), np.float32)
        separator.process(np.ascontiguousarray(signal[:, start : start + hop]), out)
        parts.append(out.reshape(-1, hop))
    return np.concatenate(parts, axis=1)


def assert_late(y: Tensor, expected: Audio, latency: int) -> None:
    """`y` (1, S 2, T) is `expected` behind `latency` samples of silence."""
    assert not y[0, :, :latency].any()
    np.testing.assert_allclose(y[0, :, latency:], expected[:, : y.shape[2] - latency], atol=AGREEMENT)


@every_set
def test_blocks_of_any_length_equal_the_live_plugin(
    name: str, module: torch.jit.ScriptModule, sets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    x = noise(40 * HOP)
    expected = live(name, x[0].numpy())
    for length in (1, 16, 27, HOP, 63, 64, 65, 441, 512):
        reset(module)
        y = play(module, x, [length])[:, :, : x.shape[2]]
        assert_late(y, expected, HOP - gcd(length, HOP))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(1, 150), min_size=1, max_size=8))
def test_after_the_shortest_block_any_lengths_follow_without_a_gap(files: dict[str, Path], lengths: list[int]) -> None:
    module, x = load(files["two_rate"]), noise(12 * HOP)
    whole = play(module, x, [HOP])
    reset(module)
    first = module.separate(x[:, :, :1])
    rest = play(module, x[:, :, 1:], lengths)
    y = torch.cat([first, rest], dim=2)[:, :, : x.shape[2]]
    assert_late(y, whole[0].numpy(), HOP - 1)


@every_set
def test_stems_add_up_to_the_delayed_input(name: str, module: torch.jit.ScriptModule, sets: Path) -> None:
    x, delay = 2.0 * noise(30 * HOP), find(name).card.delay
    total = play(module, x, [HOP]).reshape(4, 2, -1).sum(dim=0)
    assert not total[:, :delay].any()
    np.testing.assert_allclose(total[:, delay:], x[0, :, :-delay], atol=FLOAT32_SUM)


@every_set
def test_items_of_a_batch_are_streams_of_their_own(module: torch.jit.ScriptModule) -> None:
    x = noise(6 * HOP + 11, streams=STREAMS)
    together = play(module, x, [43])
    for item in range(STREAMS):
        reset(module)
        np.testing.assert_allclose(play(module, x[item : item + 1], [43])[0], together[item], atol=AGREEMENT)


@every_set
def test_zeroed_caches_are_silence_heard_for_ever_to_the_bit(module: torch.jit.ScriptModule) -> None:
    x = noise(9 * HOP)
    first = play(module, x, [HOP])
    play(module, noise(3 * HOP + 5, 1), [37])
    reset(module)
    assert torch.equal(play(module, x, [HOP]), first)


@every_set
def test_nan_and_infinity_pass_as_silence(module: torch.jit.ScriptModule) -> None:
    broken = noise(HOP)
    broken[0, 0, 5], broken[0, 1, 9] = torch.nan, torch.inf
    assert play(module, broken, [HOP]).isfinite().all()
    assert play(module, noise(4 * HOP), [HOP]).isfinite().all()


@every_set
@pytest.mark.parametrize("level", [0.0, 1e-41, 1e-20])
def test_after_sound_silence_comes_out_silent(level: float, module: torch.jit.ScriptModule) -> None:
    play(module, noise(20 * HOP), [HOP])
    y = play(module, torch.full((1, 2, 30 * HOP), level), [HOP])[0, :, -HOP:]
    assert not y[:-2].any()
    assert (y[-2:] - level).abs().max() <= DENORMAL


@every_set
def test_levels_are_those_of_the_stems_and_forward_is_separate(module: torch.jit.ScriptModule) -> None:
    x = noise(10 * HOP)
    stems = module(x)
    reset(module)
    assert torch.equal(module.separate(x), stems)
    reset(module)
    expected = stems.reshape(4, 2, 10, HOP).square().mean(dim=(1, 3)).sqrt()
    held = perform(module, "levels", x, 2 * HOP)[0]
    np.testing.assert_allclose(held, expected.repeat_interleave(HOP, dim=1), rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("name", ["two_rate"])
def test_what_a_method_cannot_take_is_refused(module: torch.jit.ScriptModule) -> None:
    for wrong, message in (
        (noise(HOP, streams=STREAMS + 1), "at most 4 streams of 2 channels"),
        (noise(HOP)[:, :1], "at most 4 streams of 2 channels"),
    ):
        with pytest.raises(torch.jit.Error, match=message):
            module.separate(wrong)
    with pytest.raises(torch.jit.Error, match="33 samples, levels needs a multiple of 32"):
        module.levels(noise(33))


@every_set
def test_the_package_of_nn_finds_its_protocol_kept(name: str, module: torch.jit.ScriptModule) -> None:
    assert module.get_methods() == ["forward", "separate", "levels"]
    assert module.get_attributes() == []
    Registered(module)
    assert module.separate_params.tolist() == [2, 1, 8, 1]
    assert module.levels_params.tolist() == [2, 1, 4, HOP]
    assert module.separate_output_labels[3] == "(signal) drums right"


@pytest.mark.parametrize("name", ["one_rate"])
def test_a_rate_that_the_weights_are_meant_for_is_taken_note_of(module: torch.jit.ScriptModule) -> None:
    assert module.get_sample_rate() == module.sr == 44100
    module.set_sample_rate(48000)
    assert module.get_sample_rate() == 48000
    module.set_sample_rate(96000)
    assert module.get_sample_rate() == 48000


ALONE = """
import sys, warnings
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("rtsep", "rtsep_models"):
            raise ImportError(name)
sys.meta_path.insert(0, Refuse())
warnings.simplefilter("ignore")
import torch
module = torch.jit.load(sys.argv[1])
y = torch.cat([module.separate(x) for x in torch.load(sys.argv[2]).split(64, dim=2)], dim=2)
torch.save(y, sys.argv[2])
"""


def test_the_shipped_weights_play_in_a_process_that_has_torch_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime")
    file, sound = tmp_path / "stage.ts", tmp_path / "sound.pt"
    write_nn(Weights(PACKAGED / "stage", read_card(PACKAGED / "stage")), file)
    assert file.stat().st_size < LARGEST_FILE
    x = noise(24 * 128)
    torch.save(x, sound)
    subprocess.run([sys.executable, "-I", "-c", ALONE, str(file), str(sound)], check=True, timeout=120)
    assert_late(torch.load(sound), live("stage", x[0].numpy()), 64)


def test_the_card_travels_in_the_file(files: dict[str, Path]) -> None:
    extra = {"card.json": ""}
    with quiet():
        torch.jit.load(files["two_rate"], _extra_files=extra)
    assert b'"licence":"CC-BY-4.0"' in bytes(extra["card.json"])  # type: ignore[arg-type]


def test_what_cannot_be_written_is_told(packed: Path, tmp_path: Path) -> None:
    weights = Weights(packed / "waveform", read_card(packed / "waveform"))
    with pytest.raises(WeightsError, match=r"must end in \.ts.*--format onnx"):
        write_nn(weights, tmp_path / "stage.pt")
    with pytest.raises(WeightsError, match=r"65 streams: must be 1\.\.64"):
        write_nn(weights, tmp_path / "stage.ts", 65)
    with pytest.raises(WeightsError, match="cannot be written"):
        write_nn(weights, tmp_path / "nowhere" / "stage.ts")
