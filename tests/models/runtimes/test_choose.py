"""Which runtime is taken, and what is refused."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest
from trialset import pack_trial

from rtsep.errors import SeparatorError
from rtsep_models.runtimes import choose as choosing
from rtsep_models.runtimes.api import Array
from rtsep_models.runtimes.choose import GAIN, KINDS, RUNTIME_VARIABLE, candidates, choose, load, usable
from rtsep_models.weights.card import FileEntry, WeightsError, write_card
from rtsep_models.weights.network import load_network
from rtsep_models.weights.store import FOLDER_VARIABLE, Weights, find


@pytest.fixture
def own(sets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    """A copy of the two-rate set, to be spoilt."""
    shutil.copytree(sets / "two_rate", tmp_path / "two_rate")
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.delenv(RUNTIME_VARIABLE)
    return find("two_rate")


def forged(weights: Weights, file: str, content: bytes) -> Weights:
    """The set with other content of `file`, to which its card attests."""
    (weights.folder / file).write_bytes(content)
    entry = FileEntry(hashlib.sha256(content).hexdigest(), len(content))
    write_card(weights.folder, msgspec.structs.replace(weights.card, files=weights.card.files | {file: entry}))
    return find(weights.card.name)


class Timed:
    """A runtime of a given speed on a simulated clock."""

    def __init__(self, name: str, takes_s: float, clock: list[float]) -> None:
        self.name, self._takes_s, self._clock = name, takes_s, clock

    def step(self, x: Array) -> Array:
        """Takes its time."""
        self._clock[0] += self._takes_s
        return x

    def reset(self) -> None:
        """Nothing to forget."""


@pytest.mark.parametrize(
    ("takes_s", "chosen"),
    [
        ({"onnxruntime": 1e-3, "cuda": 1e-4, "torch": 2e-3}, "cuda"),
        ({"onnxruntime": 1e-3, "cuda": 1e-3 * GAIN * 1.01, "torch": 2e-3}, "onnxruntime"),
        ({"onnxruntime": 1e-3, "cuda": 2e-3, "torch": 1e-4}, "torch"),
        ({"cuda": 1e-3, "torch": 2e-3}, "cuda"),
        ({"torch": 9.0}, "torch"),
    ],
)
def test_the_quickest_is_taken_unless_another_is_preferred(
    takes_s: dict[str, float], chosen: str, own: Weights, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [0.0]

    def loaded(kind: str, weights: Weights) -> Timed:
        if kind not in takes_s:
            raise RuntimeError("does not work here")
        return Timed(kind, takes_s[kind], clock)

    monkeypatch.setattr(choosing, "candidates", lambda weights: ["onnxruntime", "cuda", "torch"])
    monkeypatch.setattr(choosing, "load", loaded)
    monkeypatch.setattr(choosing.time, "perf_counter", lambda: clock[0])
    assert choose(own).name == chosen


def test_if_nothing_works_the_first_reason_is_told(own: Weights) -> None:
    broken = forged(forged(forged(own, "head.onnx", b"x"), "head.int8.onnx", b"y"), "network.safetensors", b"z")
    with pytest.raises(WeightsError, match=r"network\.safetensors is no safetensors file"):
        choose(broken)


def test_here_kernels_and_onnx_runtime_are_measured_and_torch_is_not(own: Weights) -> None:
    assert candidates(own)[:2] == ["compiled", "onnxruntime"]
    assert "torch" not in candidates(own)
    assert choose(own).name in ("compiled cpu float32", "onnxruntime cpu float32")


@pytest.mark.parametrize("name", ["one_rate", "waveform"])
def test_a_network_without_kernels_is_played_by_onnx_runtime(name: str, sets: Path) -> None:
    assert candidates(find(name))[0] == "onnxruntime"
    with pytest.raises(WeightsError, match=f"'{name}' have no compiled kernels"):
        load("compiled", find(name))


def test_what_may_be_named_holds_torch_too_and_is_in_order_of_preference(own: Weights) -> None:
    kinds = usable(own)
    assert {*candidates(own), "torch"} == set(kinds)
    assert list(kinds) == sorted(kinds, key=KINDS.index)


def test_without_graphs_torch_plays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setattr(choosing, "_has_cuda_driver", lambda: False)
    pack_trial("waveform", tmp_path, graphs=False)
    assert candidates(find("waveform"))[-1] == "torch"


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("torch", "torch cpu float32"),
        ("onnxruntime-int8", "onnxruntime cpu int8"),
        ("compiled", "compiled cpu float32"),
    ],
)
def test_the_user_may_name_one(kind: str, name: str, own: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, kind)
    assert choose(own).name == name


def test_of_several_the_first_that_works_is_taken(sets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime-int8, torch,onnxruntime")
    assert choose(find("one_rate")).name == "torch cpu float32"


def test_one_that_does_not_exist_is_refused_with_a_hint(own: Weights, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onxruntime")
    with pytest.raises(SeparatorError, match="did you mean 'onnxruntime'"):
        choose(own)


def test_one_that_does_not_work_is_told_with_its_reason(sets: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(RUNTIME_VARIABLE, "onnxruntime-int8")
    with pytest.raises(WeightsError, match=r"have no file 'head\.int8\.onnx'"):
        choose(find("one_rate"))


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("onnxruntime", "head.onnx"),
        ("onnxruntime", "trunk.onnx"),
        ("torch", "network.safetensors"),
        ("compiled", "network.safetensors"),
    ],
)
@pytest.mark.parametrize("damage", ["empty", "truncated", "garbage", "one bit"])
def test_a_damaged_file_is_refused(kind: str, file: str, damage: str, own: Weights) -> None:
    content = (own.folder / file).read_bytes()
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    spoilt = {"empty": b"", "truncated": content[:-100], "garbage": b"x" * len(content), "one bit": bytes(flipped)}
    (own.folder / file).write_bytes(spoilt[damage])
    with pytest.raises(WeightsError, match=rf"{file} is damaged.*remove and add"):
        load(kind, own)


@pytest.mark.parametrize("content", [b"x", b"x" * 10_000, b"\x80\x04\x95"])
def test_a_file_of_another_kind_is_refused_though_its_card_attests_to_it(content: bytes, own: Weights) -> None:
    with pytest.raises(WeightsError, match=r"head\.onnx cannot be loaded"):
        load("onnxruntime", forged(own, "head.onnx", content))
    for kind in ("torch", "compiled"):
        with pytest.raises(WeightsError, match="is no safetensors file"):
            load(kind, forged(own, "network.safetensors", content))


def test_another_networks_files_are_refused(own: Weights, sets: Path) -> None:
    other = find_in(sets, "one_rate")
    with pytest.raises(WeightsError, match=r"foreign|has shape"):
        load("onnxruntime", forged(own, "head.onnx", (other.folder / "trunk.onnx").read_bytes()))
    spoilt = forged(own, "network.safetensors", (other.folder / "network.safetensors").read_bytes())
    with pytest.raises(WeightsError, match="needed is float"):
        load("torch", spoilt)
    with pytest.raises(WeightsError, match="of another network"):
        load("compiled", spoilt)
    waveform = find_in(sets, "waveform")
    spoilt = forged(own, "network.safetensors", (waveform.folder / "network.safetensors").read_bytes())
    with pytest.raises(WeightsError, match="are missing"):
        load("torch", spoilt)
    with pytest.raises(WeightsError, match="of another network"):
        load("compiled", spoilt)


def find_in(folder: Path, name: str) -> Weights:
    """A set wherever it lies."""
    from rtsep_models.weights.card import read_card

    return Weights(folder / name, read_card(folder / name))


def test_a_card_of_a_network_that_we_do_not_have_is_refused(own: Weights) -> None:
    card = msgspec.structs.replace(own.card, architecture="bend")
    with pytest.raises(WeightsError, match="describes no network that we have"):
        load_network(Weights(own.folder, card))
    card = msgspec.structs.replace(own.card, configuration={"layout": [[2, 8]], "stride": 1, "flavour": 1})
    with pytest.raises(WeightsError, match="flavour"):
        load_network(Weights(own.folder, card))


def test_nan_in_the_weights_is_refused(own: Weights) -> None:
    from safetensors import numpy as safetensors

    tensors = safetensors.load((own.folder / "network.safetensors").read_bytes())
    next(iter(tensors.values())).flat[0] = np.nan
    spoilt = forged(own, "network.safetensors", safetensors.save(tensors))
    with pytest.raises(WeightsError, match="NaN"):
        load_network(spoilt)
    with pytest.raises(WeightsError, match="NaN"):
        load("compiled", spoilt)


@pytest.mark.parametrize(
    ("name", "named", "plays"),
    [
        ("one_rate", "", ("onnxruntime",)),
        ("two_rate", "", ("compiled", "onnxruntime")),
        ("two_rate", "compiled", ("compiled",)),
        ("two_rate", "onnxruntime", ("onnxruntime",)),
    ],
)
def test_torch_need_not_be_installed(name: str, named: str, plays: tuple[str, ...], sets: Path) -> None:
    script = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from rtsep_models.separators.neural import NeuralSeparator\n"
        f"separator = NeuralSeparator({name!r})\n"
        "separator.prepare(44100)\n"
        "out = np.zeros((4, 2, 32), np.float32)\n"
        "separator.process(np.ones((2, 32), np.float32), out)\n"
        f"sys.exit(0 if separator.runtime.startswith({plays!r}) else 1)"
    )
    environment = os.environ | {FOLDER_VARIABLE: str(sets), RUNTIME_VARIABLE: named}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
