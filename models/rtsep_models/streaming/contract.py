"""The one contract of every streaming network: explicit state, and chunks that add up to the whole."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor, nn

from rtsep_models.domain import Domain

State = tuple[Tensor, ...]
"""All that a module remembers: a flat tuple of tensors, batch axis first, of constant shapes and dtypes."""


class StreamingModule(nn.Module):
    """A network that advances hop by hop. Its input and output have a time axis of hops (or of `hop` samples each).

    The law, which one test checks for every module: cut the input anywhere between two hops, carry the state, and the
    concatenated outputs equal `forward` of the whole. A module implements `initial_state` and `stream`; nothing that
    it remembers lives in an attribute, and `stream` changes none of its arguments. Each docstring gives the axes.
    """

    def initial_state(self, batch: int) -> State:
        """The state before the first hop, (batch, ...) each: silence has been heard for ever."""
        raise NotImplementedError

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """Any positive number of whole hops: the output for these hops and the state behind them."""
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """A whole signal from silence."""
        return self.stream(x, self.initial_state(x.shape[0]))[0]


class Network(StreamingModule):
    """A whole separator, by whose name a configuration, a card and a runtime call it; built from keyword arguments."""

    domain: ClassVar[Domain] = "waveform"
    delay: int = 0
    """Samples by which the stems of a network of waveforms lag what it hears."""


class Chain(StreamingModule):
    """Modules in series; the state is theirs, one after the other."""

    def __init__(self, *modules: nn.Module) -> None:
        super().__init__()
        self.links = nn.ModuleList(modules)

    def initial_state(self, batch: int) -> State:
        return tuple(t for link in self.links if isinstance(link, StreamingModule) for t in link.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        after: list[Tensor] = []
        for link in self.links:
            if isinstance(link, StreamingModule):
                count = len(link.initial_state(1))
                x, new = link.stream(x, state[:count])
                state = state[count:]
                after += new
            else:
                x = link(x)
        return x, tuple(after)
