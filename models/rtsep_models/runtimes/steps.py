"""A network as pure functions of one hop, (input, state) to (output, state): what all runtimes run and export.

A two-rate network (it has a `trunk`, a `head` and a `stride`) makes two: the trunk every `stride` hops, the head every
hop, on the context that the trunk left. Any other makes one, the head, without context.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from torch import Tensor, nn

from rtsep_models.networks.rave import Rave
from rtsep_models.streaming.contract import State, StreamingModule


class TrunkStep(nn.Module):
    """(frames, *state) to (context, *state)."""

    def __init__(self, trunk: StreamingModule) -> None:
        super().__init__()
        self.trunk = trunk

    def forward(self, x: Tensor, *state: Tensor) -> State:
        context, after = self.trunk.stream(x, state)
        return context, *after


class HeadStep(nn.Module):
    """(frames, context) to (stems,): a head without memory."""

    def __init__(self, head: nn.Module) -> None:
        super().__init__()
        self.head = head

    def forward(self, x: Tensor, context: Tensor) -> State:
        return (self.head(x, context),)


class WholeStep(nn.Module):
    """(input, *state) to (stems, *state): a network of one rate."""

    def __init__(self, network: StreamingModule) -> None:
        super().__init__()
        self.network = network

    def forward(self, x: Tensor, *state: Tensor) -> State:
        y, after = self.network.stream(x, state)
        return y, *after


@dataclass(frozen=True)
class Steps:
    """What to run: `trunk` every `stride` hops if there is one, `head` every hop."""

    trunk: nn.Module | None
    head: nn.Module
    stride: int
    state: State
    """Before the first hop, batch of one: the trunk's if there is one, else the head's. Zeros."""


def steps_of(network: StreamingModule) -> Steps:
    """The steps of a network, which is put into evaluation mode and shares its parameters with them.

    Raises ValueError if its state before the first hop is not silence: runtimes start from zeros.
    """
    network.eval()
    trunk = getattr(network, "trunk", None)
    if isinstance(trunk, StreamingModule):
        state = trunk.initial_state(1)
        steps = Steps(TrunkStep(trunk), HeadStep(network.get_submodule("head")), int(network.stride), state)  # type: ignore[arg-type]
    else:
        state = network.initial_state(1)
        steps = Steps(None, WholeStep(network), 1, state)
    for index, tensor in enumerate(state):
        if tensor.any() or not tensor.is_floating_point():
            raise ValueError(f"state {index} of {type(network).__name__} must begin as floating-point zeros")
    return steps


class Part(NamedTuple):
    """A network that runs by itself, and the shape of one hop of its input."""

    network: StreamingModule
    shape: tuple[int, ...]


def parts_of(network: Rave) -> dict[str, Part]:
    """Encoder and decoder of a network with a latent, which is played between the two."""
    split = network.split
    return {
        "encoder": Part(network.encoder, (1, network.channels, network.hop)),
        "decoder": Part(network.decoders, (1, 1, split.stems, split.size)),
    }
