"""The separator that stands for a network of another package: shorter hops for live use, longer ones for files."""

from __future__ import annotations

import os

from rtsep.errors import SeparatorError
from rtsep_models.chunked.choice import CHUNK_VARIABLE, chosen, filed, live
from rtsep_models.chunked.host import ChunkedSeparator
from rtsep_models.chunked.torchmodel import OpenNetwork, TorchChunkModel


class ChunkedAdapter(ChunkedSeparator):
    """A torch network, hosted in chunks of `chunk_s` or as RTSEP_CHUNK says."""

    def __init__(
        self,
        name: str,
        stems: tuple[str, ...],
        chunk_s: float,
        open_network: OpenNetwork,
        longest_s: float | None = None,
        for_files: bool = False,
    ) -> None:
        """`longest_s`: of a chunk, if the network is limited. Raises SeparatorError."""
        lengths = chosen(filed(chunk_s) if for_files else live(chunk_s))
        if longest_s is not None and lengths.chunk > longest_s:
            raise SeparatorError(
                f"separator {name!r}: chunks of {lengths.chunk:g} s asked for, {longest_s:g} s is the longest "
                f"that it was trained on; correct {CHUNK_VARIABLE}"
            )
        self._made_of = (name, stems, chunk_s, open_network, longest_s)
        geometry = lengths.at(TorchChunkModel.sample_rate)
        super().__init__(TorchChunkModel(name, stems, geometry, open_network))
        self.version = f"{name} {geometry}"

    def for_files(self) -> ChunkedAdapter:
        """The same in longer hops, unless the user has chosen."""
        return self if os.environ.get(CHUNK_VARIABLE) else ChunkedAdapter(*self._made_of, for_files=True)
