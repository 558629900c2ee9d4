"""`openunmix`, `openunmix_large`: the networks of the package openunmix with its Wiener filter, hosted in chunks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from rtsep.separators.builtin import FOUR_STEMS
from rtsep_models.chunked.adapter import ChunkedAdapter
from rtsep_models.chunked.hub import need_package, need_weights, quoted
from rtsep_models.chunked.torchmodel import OpenNetwork

if TYPE_CHECKING:
    import torch
    from openunmix.model import Separator


@dataclass(frozen=True)
class Variant:
    """One of the package's sets of weights: the function that opens it, and its files in torch.hub's cache."""

    function: str
    files: tuple[str, ...]


CHUNK_S = 6.0
VARIANTS = {
    "openunmix": Variant(
        "umxhq", ("vocals-b62c91ce.pth", "drums-9619578f.pth", "bass-8d85a5bd.pth", "other-b52fbbf7.pth")
    ),
    "openunmix_large": Variant(
        "umxl", ("vocals-bccbd9aa.pth", "drums-69e0ebd4.pth", "bass-2ca1ce51.pth", "other-c8c5b3e6.pth")
    ),
}


def separator(name: str, open_network: OpenNetwork | None = None) -> ChunkedAdapter:
    """The separator `name` of VARIANTS. `open_network` takes the place of the weights in the cache. Raises SeparatorError."""
    return ChunkedAdapter(name, FOUR_STEMS, CHUNK_S, open_network or partial(_open, name))


def applied(network: Separator, device: str) -> tuple[Sequence[str], Callable[[torch.Tensor], torch.Tensor]]:
    """The package's separator as it is. For `open_network`."""
    network.to(device).eval()
    return list(network.target_models), network


def _open(name: str, device: str) -> tuple[Sequence[str], Callable[[torch.Tensor], torch.Tensor]]:
    """The package's separator behind `name`, its files read from the cache. Raises SeparatorError."""
    need_package(name, "openunmix")
    variant = VARIANTS[name]
    need_weights(
        name, {file: file for file in variant.files}, quoted(f"import openunmix; openunmix.{variant.function}()")
    )
    import openunmix

    return applied(getattr(openunmix, variant.function)(device=device), device)


openunmix = partial(separator, "openunmix")
openunmix_large = partial(separator, "openunmix_large")
