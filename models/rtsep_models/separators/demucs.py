"""`htdemucs`, `htdemucs_ft`, `htdemucs_6s`, `hdemucs`, `demucs`: the networks of the package demucs, hosted in chunks.

The package looks for its weights in the cache of huggingface_hub, where it has them from since version 4.1, and in that of
torch.hub; so does this, but it downloads nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rtsep.errors import SeparatorError
from rtsep.separators.builtin import FOUR_STEMS
from rtsep_models.chunked.adapter import ChunkedAdapter
from rtsep_models.chunked.hub import checkpoints, need_package, need_weights, quoted
from rtsep_models.chunked.torchmodel import OpenNetwork

if TYPE_CHECKING:
    import torch
    from demucs.apply import BagOfModels, Model

SIX_STEMS = (*FOUR_STEMS[:3], "guitar", "piano", "other")


@dataclass(frozen=True)
class Variant:
    """One of the package's models: its name there, its stems here, its chunk."""

    bag: str
    stems: tuple[str, ...]
    chunk_s: float
    longest_s: float | None = None
    """What a transformer was trained on, and is always given: silence fills a shorter chunk up."""


TRAINED_S = 7.8
VARIANTS = {
    "htdemucs": Variant("htdemucs", FOUR_STEMS, TRAINED_S, TRAINED_S),
    "htdemucs_ft": Variant("htdemucs_ft", FOUR_STEMS, TRAINED_S, TRAINED_S),
    "htdemucs_6s": Variant("htdemucs_6s", SIX_STEMS, TRAINED_S, TRAINED_S),
    "hdemucs": Variant("hdemucs_mmi", FOUR_STEMS, 6.0),
    "demucs": Variant("repro_mdx_a_time_only", FOUR_STEMS, 6.0),
}


def separator(name: str, open_network: OpenNetwork | None = None) -> ChunkedAdapter:
    """The separator `name` of VARIANTS. `open_network` takes the place of the weights in the caches. Raises SeparatorError."""
    variant = VARIANTS[name]
    opened = open_network or partial(_open, name)
    return ChunkedAdapter(name, variant.stems, variant.chunk_s, opened, variant.longest_s)


def applied(network: Model | BagOfModels, device: str) -> tuple[Sequence[str], Callable[[torch.Tensor], torch.Tensor]]:
    """A network as the package applies it to one segment: padding, the weights of a bag. For `open_network`."""
    from demucs.apply import apply_model

    network.to(device).eval()
    return network.sources, partial(apply_model, network, shifts=0, split=False)


def _open(name: str, device: str) -> tuple[Sequence[str], Callable[[torch.Tensor], torch.Tensor]]:
    """The bag of models behind separator `name`, from either cache. Raises SeparatorError."""
    need_package(name, "demucs")
    bag = VARIANTS[name].bag
    network = _from_huggingface(bag) or _from_torch_hub(name, bag)
    return applied(network, device)


def _from_huggingface(bag: str) -> BagOfModels | None:
    """The bag, if huggingface_hub's cache has all of it."""
    import yaml
    from demucs.apply import BagOfModels
    from demucs.hf import DEFAULT_NAMESPACE, hf_repo_name, load_safetensors_model
    from huggingface_hub import try_to_load_from_cache

    repository = f"{DEFAULT_NAMESPACE}/{hf_repo_name(bag)}"
    listed = try_to_load_from_cache(repository, f"{bag}.yaml")
    if not isinstance(listed, str):
        return None
    parts = yaml.safe_load(Path(listed).read_text())
    files = [try_to_load_from_cache(repository, f"{signature}.safetensors") for signature in parts["models"]]
    found = [file for file in files if isinstance(file, str)]
    if len(found) < len(files):
        return None
    return BagOfModels([load_safetensors_model(file) for file in found], parts.get("weights"), parts.get("segment"))


def _from_torch_hub(name: str, bag: str) -> BagOfModels:
    """The bag from the files that torch.hub keeps. Raises SeparatorError."""
    import yaml
    from demucs.pretrained import REMOTE_ROOT, _parse_remote_files
    from demucs.repo import BagOnlyRepo, LocalRepo, ModelLoadingError

    urls = _parse_remote_files(REMOTE_ROOT / "files.txt")
    signatures = yaml.safe_load((REMOTE_ROOT / f"{bag}.yaml").read_text())["models"]
    # A file of another checksum than the package's download has may be the user's own; the package accepts it too.
    files = {f"{signature}*.th": urls[signature].rpartition("/")[2] for signature in signatures}
    need_weights(name, files, quoted(f"from demucs.pretrained import get_model; get_model('{bag}')"))
    try:
        return BagOnlyRepo(REMOTE_ROOT, LocalRepo(checkpoints())).get_model(bag)
    except ModelLoadingError as error:
        raise SeparatorError(f"separator {name!r}: {error}; delete that file and download it again") from error


htdemucs = partial(separator, "htdemucs")
htdemucs_ft = partial(separator, "htdemucs_ft")
htdemucs_6s = partial(separator, "htdemucs_6s")
hdemucs = partial(separator, "hdemucs")
demucs = partial(separator, "demucs")
