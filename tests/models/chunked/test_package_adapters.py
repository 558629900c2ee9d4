"""Demucs and Open-Unmix in chunks, at random weights of the true architectures: as the packages have it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import numpy as np
import pytest
import soundfile
import torch
from safetensors.torch import save_file
from smallnets import (
    CHUNK,
    DEMUCS,
    LENGTHS,
    RATE,
    by_demucs,
    by_demucs_alone,
    by_unmix,
    demucs_separator,
    htdemucs,
    time_demucs,
    unmix,
    unmix_separator,
)
from typer.testing import CliRunner

from rtsep.cli.main import app
from rtsep.errors import SeparatorError
from rtsep.host.batch.stems import for_files
from rtsep.separators.api import Audio
from rtsep.separators.registry import create
from rtsep_models.chunked import hub
from rtsep_models.chunked.adapter import ChunkedAdapter
from rtsep_models.chunked.choice import CHUNK_VARIABLE
from rtsep_models.separators import demucs, openunmix

NAMES = [*demucs.VARIANTS, *openunmix.VARIANTS]
HOP = CHUNK * 3 // 4
LEAD = CHUNK - HOP
"""The package's chunks begin here if this much silence goes before the signal: where ours begin."""
FLOAT32_STEMS = 1e-5
"""Batched and single calls add up in another order; stems of about 0.1."""


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty caches of torch.hub and huggingface_hub; the folder of torch.hub's files."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hf"))
    folder = tmp_path / "torch" / "hub" / "checkpoints"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Small networks wait for threads longer than they compute, on a machine that others use."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks of 0.4 s."""
    monkeypatch.setenv(CHUNK_VARIABLE, LENGTHS)


def song(hops: int) -> Audio:
    """Noise with a beat, (2, T)."""
    length = hops * HOP
    beat = 0.02 + 0.2 * np.abs(np.sin(np.arange(length) * 5 / RATE)) ** 8
    return (beat * np.random.default_rng(0).normal(size=(2, length))).astype(np.float32)


def streamed(separator: ChunkedAdapter, mix: Audio) -> Audio:
    """Stems (S, C, T) aligned with the mix; the last of it is missing."""
    separator.prepare(RATE)
    spec, parts = separator.spec, []
    for start in range(0, mix.shape[1], spec.hop):
        out = np.zeros((len(spec.stems), 2, spec.hop), dtype=np.float32)
        separator.process(mix[:, start : start + spec.hop], out)
        parts.append(out)
    return np.concatenate(parts, axis=-1)[..., spec.delay :]


def interiors(mix: Audio) -> list[slice]:
    """Where one chunk alone is heard, of the package's and of ours, that lie wholly within the mix."""
    begins = range(HOP - LEAD, mix.shape[1] - CHUNK, HOP)
    return [slice(begin + LEAD, begin + CHUNK - LEAD) for begin in begins]


@pytest.mark.parametrize("kind", DEMUCS)
def test_stems_equal_those_of_demucs_inside_chunks(kind: str, short: None) -> None:
    name, make = DEMUCS[kind]
    network, mix = make(), song(3)
    separator = demucs_separator(name, network)
    assert (separator.spec.hop, separator.spec.delay) == (HOP, round(0.06 * RATE))
    stems = streamed(separator, mix)
    expected = by_demucs(network, np.pad(mix, ((0, 0), (LEAD, 0))))[..., LEAD:]
    inside = interiors(mix)
    assert inside
    for part in inside:
        assert np.abs(expected[..., part]).max() > 0.01
        np.testing.assert_allclose(stems[..., part], expected[..., part], atol=FLOAT32_STEMS)


@pytest.mark.parametrize("kind", ["Demucs", "Open-Unmix"])
def test_stems_equal_those_of_the_package_on_the_same_chunk(kind: str, short: None) -> None:
    """Demucs' own chunks would be lengthened by their neighbours to what its strides divide; Open-Unmix has none."""
    mix = song(3)
    network = unmix() if kind == "Open-Unmix" else time_demucs()
    alone = by_unmix if kind == "Open-Unmix" else by_demucs_alone
    separator = unmix_separator(network) if kind == "Open-Unmix" else demucs_separator("demucs", network)
    stems = streamed(separator, mix)
    assert interiors(mix)
    for part in interiors(mix):
        begin = part.start - LEAD
        expected = alone(network, mix[:, begin : begin + CHUNK])
        np.testing.assert_allclose(stems[..., part], expected[..., LEAD : CHUNK - LEAD], atol=FLOAT32_STEMS)


@pytest.mark.parametrize("kind", ["HTDemucs", "unmix"])
def test_an_impulse_arrives_where_it_was_declared(kind: str, short: None) -> None:
    separator = unmix_separator(unmix()) if kind == "unmix" else demucs_separator("htdemucs", htdemucs())
    for at in (0, 3 * HOP // 2):
        mix = np.zeros((2, 3 * HOP), dtype=np.float32)
        mix[:, at] = 1.0
        total = streamed(separator, mix).sum(axis=0)
        assert np.abs(total[0]).argmax() == at
        np.testing.assert_allclose(total, mix[:, : total.shape[1]], atol=FLOAT32_STEMS)


def test_two_separators_in_turn_and_a_reset_change_nothing(short: None) -> None:
    first, second, mix = demucs_separator("htdemucs", htdemucs()), unmix_separator(unmix()), song(2)
    expected = streamed(first, mix)
    streamed(second, mix)
    first.reset()
    np.testing.assert_array_equal(streamed(first, mix), expected)


@pytest.mark.parametrize("name", NAMES)
def test_every_adapter_is_of_the_dj_tier_and_takes_longer_hops_for_files(name: str) -> None:
    separator = create(name)
    assert separator.spec.name == name
    assert separator.spec.stems[-1] == "other"
    assert (separator.spec.hop + separator.spec.delay) / RATE == pytest.approx(0.48)
    files = for_files(separator)
    assert files.spec.stems == separator.spec.stems
    assert files.spec.hop == round(2.5 * RATE)


def test_the_user_chooses_the_lengths_also_for_files(short: None) -> None:
    separator = create("htdemucs")
    assert separator.spec.hop == HOP
    assert for_files(separator) is separator


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hob=1", "there is no 'hob'; did you mean 'hop'"),
        ("hop=x", "hop is 'x', must be 0..60 seconds"),
        ("hop=nan", "hop is 'nan'"),
        ("chunk=8", "chunks of 8 s asked for, 7.8 s is the longest"),
        ("hop=7,ahead=1", "shorten one of them or lengthen the chunk"),
        ("hop=6,ahead=1", "hop is 264600, must be 1..262144"),
        ("hop=0", "hop is 0"),
    ],
)
def test_lengths_that_cannot_be_say_why(text: str, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHUNK_VARIABLE, text)
    with pytest.raises(SeparatorError, match=words):
        create("htdemucs")


@pytest.mark.parametrize(
    ("name", "file", "command"),
    [
        ("htdemucs", "955717e8-8726e21a.th", "get_model('htdemucs')"),
        ("hdemucs", "75fc33f5-1941ce65.th", "get_model('hdemucs_mmi')"),
        ("demucs", "9a6b4851-03af0aa6.th, 1ef250f1-592467ce.th", "get_model('repro_mdx_a_time_only')"),
        ("openunmix", "vocals-b62c91ce.pth", "openunmix.umxhq()"),
        ("openunmix_large", "vocals-bccbd9aa.pth", "openunmix.umxl()"),
    ],
)
def test_absent_weights_are_named_with_the_command_that_gets_them(
    caches: Path, name: str, file: str, command: str
) -> None:
    with pytest.raises(SeparatorError) as caught:
        create(name).prepare(RATE)
    assert f"separator {name!r} lacks its weights: {file}" in str(caught.value)
    assert command in str(caught.value)
    assert str(caches) in str(caught.value)


@pytest.mark.parametrize(("name", "package"), [("htdemucs", "demucs"), ("openunmix", "openunmix")])
def test_an_absent_package_is_named_with_the_extra_that_brings_it(
    name: str, package: str, caches: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "find_spec", lambda wanted: None)
    with pytest.raises(SeparatorError, match=rf"{name}.* needs the package '{package}'; pip install 'rtsep\[dj\]'"):
        create(name).prepare(RATE)


def test_specs_are_read_without_torch_or_the_packages() -> None:
    code = (
        "import sys; from rtsep.separators.registry import create\n"
        f"for name in {NAMES}: create(name).spec\n"
        "print(sorted({'torch', 'demucs', 'openunmix', 'torchaudio', 'huggingface_hub'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def put_into_torch_hub(folder: Path) -> None:
    """The small network as a user's own file of the signature that the package asks for."""
    network = htdemucs()
    args, kwargs = network._init_args_kwargs  # pyright: ignore
    package = {"klass": type(network), "args": args, "kwargs": kwargs, "state": network.state_dict()}
    torch.save(package, folder / "955717e8.th")


def put_into_huggingface(folder: Path) -> None:
    """The same as the package's repositories hold it."""
    network = htdemucs()
    repository = folder / "models--adefossez--HTDemucs"
    snapshot = repository / "snapshots" / "0123"
    snapshot.mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("0123")
    (snapshot / "htdemucs.yaml").write_text("models: ['955717e8']\n")
    metadata = {
        "klass": "demucs.htdemucs.HTDemucs",
        "args": '[["drums", "bass", "other", "vocals"]]',
        "kwargs": '{"channels": 8, "t_layers": 1, "t_heads": 2, "segment": 0.4}',
    }
    save_file(network.state_dict(), snapshot / "955717e8.safetensors", metadata)


@pytest.mark.parametrize("where", ["torch.hub", "huggingface_hub"])
def test_weights_are_found_in_either_cache(where: str, caches: Path, short: None) -> None:
    if where == "torch.hub":
        put_into_torch_hub(caches)
    else:
        put_into_huggingface(Path(huggingface_hub.constants.HF_HUB_CACHE))
    mix = song(2)
    found = create("htdemucs")
    assert isinstance(found, ChunkedAdapter)
    np.testing.assert_array_equal(streamed(found, mix), streamed(demucs_separator("htdemucs", htdemucs()), mix))
    assert found.runtime == f"torch {'cuda' if torch.cuda.is_available() else 'cpu'} float32"


def test_a_damaged_file_is_named(caches: Path) -> None:
    (caches / "955717e8-8726e21a.th").write_bytes(b"half a download")
    with pytest.raises(SeparatorError, match=r"Invalid checksum.*; delete that file and download it again"):
        create("htdemucs").prepare(RATE)


def test_openunmix_reads_the_files_of_its_own_downloads(caches: Path, short: None) -> None:
    from openunmix import umxhq_spec

    torch.manual_seed(0)
    networks = umxhq_spec(pretrained=False)
    for file in openunmix.VARIANTS["openunmix"].files:
        torch.save(networks[file.partition("-")[0]].state_dict(), caches / file)
    separator = create("openunmix")
    assert isinstance(separator, ChunkedAdapter)
    mix = song(2)
    assert np.abs(streamed(separator, mix)[0]).max() > 1e-3


def test_files_are_separated_on_the_command_line(caches: Path, short: None, tmp_path: Path) -> None:
    put_into_torch_hub(caches)
    mix, path = song(3)[:, :30_001], tmp_path / "song.wav"
    soundfile.write(path, mix.T, RATE, subtype="FLOAT")
    arguments = ["separate", str(path), "--separator", "htdemucs", "-o", str(tmp_path / "stems"), "--format", "wav"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    stems = [soundfile.read(file, dtype="float32", always_2d=True)[0] for file in (tmp_path / "stems").rglob("*.wav")]
    assert len(stems) == 4
    np.testing.assert_allclose(np.sum(stems, axis=0), mix.T, atol=1e-4)


def test_the_command_line_says_what_is_lacking(caches: Path, tmp_path: Path) -> None:
    path = tmp_path / "song.wav"
    soundfile.write(path, song(1).T, RATE)
    result = CliRunner().invoke(app, ["separate", str(path), "--separator", "htdemucs", "-o", str(tmp_path / "stems")])
    assert isinstance(result.exception, SeparatorError) or "lacks its weights" in result.output
