"""A chunk model that a torch network computes, on the GPU where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio
from rtsep_models.chunked.api import ChunkGeometry

if TYPE_CHECKING:
    import torch

OpenNetwork = Callable[[str], tuple[Sequence[str], "Callable[[torch.Tensor], torch.Tensor]"]]
"""Takes the device ("cpu", "cuda"); gives the names of the sources in the network's order and the network itself, in
evaluation mode, from mixes (B, C, T) to sources (B, S, C, T). May raise SeparatorError."""


class TorchChunkModel:
    """Puts a network's sources in the order of the stems."""

    channels = 2
    sample_rate = 44100

    def __init__(self, name: str, stems: tuple[str, ...], geometry: ChunkGeometry, open_network: OpenNetwork) -> None:
        """Nothing is loaded, and torch not imported."""
        self.name = name
        self.stems = stems
        self.geometry = geometry
        self.runtime = ""
        self._open = open_network

    def load(self) -> None:
        """Open the network. Raises SeparatorError, also if it has not the stems that were promised."""
        import torch

        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        sources, self._network = self._open(self._device)
        if sorted(sources) != sorted(self.stems):
            raise SeparatorError(
                f"separator {self.name!r}: the weights separate {', '.join(sources)}, not {', '.join(self.stems)}; "
                "they are those of another model"
            )
        # The last stem is the residual, which the host computes.
        self._order = [list(sources).index(stem) for stem in self.stems[:-1]]
        self.runtime = f"torch {self._device} float32"

    def separate(self, mix: Audio) -> Audio:
        """One chunk; all stems but the last."""
        import torch

        with torch.inference_mode():
            sources = self._network(torch.from_numpy(mix)[None].to(self._device))[0]
            return sources[self._order].cpu().numpy()
