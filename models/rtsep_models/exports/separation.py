"""One hop of a separator, samples to stems, put together from streaming modules: what the plugin does with arrays."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.networks.rave import shares
from rtsep_models.separators.fronts import QUIETEST
from rtsep_models.streaming.contract import State, StreamingModule
from rtsep_models.streaming.stft import Delay, Istft, Stft
from rtsep_models.weights.card import Card


class Frames(StreamingModule):
    """Waveform (B, C, N hop) to frames (B, N, C, F, 2); what is all but silent is silenced first."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.stft = Stft(card.analysis, card.hop, card.synthesis, card.channels)

    def initial_state(self, batch: int) -> State:
        return self.stft.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        return self.stft.stream(functional.hardshrink(x, QUIETEST), state)


class Rest(StreamingModule):
    """Makes stems exact: from (B, S - 1, C, T) and the input (B, C, T) that they lag, (B, S, C, T), which add up to it."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.delay = Delay(card.delay, (card.channels,))

    def initial_state(self, batch: int) -> State:
        return self.delay.initial_state(batch)

    def stream(self, x: Tensor, mix: Tensor, state: State) -> tuple[Tensor, State]:  # type: ignore[override]
        rest, after = self.delay.stream(mix, state)
        for stem in x.unbind(1):
            rest = rest - stem
        return torch.cat([x, rest[:, None]], dim=1), after


class Stems(StreamingModule):
    """The stems' frames (B, N, S, C, F, 2) and the input (B, C, N hop) to stems (B, S, C, N hop)."""

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.istft = Istft(card.analysis, card.hop, card.synthesis, (len(card.stems) - 1, card.channels))
        self.rest = Rest(card)

    def initial_state(self, batch: int) -> State:
        return (*self.istft.initial_state(batch), *self.rest.initial_state(batch))

    def stream(self, x: Tensor, mix: Tensor, state: State) -> tuple[Tensor, State]:  # type: ignore[override]
        y, tail = self.istft.stream(x[:, :, :-1], state[:1])
        y, past = self.rest.stream(y, mix, state[1:])
        return y, (*tail, *past)


class HeadStems(StreamingModule):
    """Of a two-rate network, what runs every hop: frames, the trunk's context and the input to stems."""

    def __init__(self, head: nn.Module, card: Card) -> None:
        super().__init__()
        self.head, self.stems = head, Stems(card)

    def initial_state(self, batch: int) -> State:
        return self.stems.initial_state(batch)

    def stream(self, x: Tensor, context: Tensor, mix: Tensor, state: State) -> tuple[Tensor, State]:  # type: ignore[override]
        return self.stems.stream(self.head(x, context), mix, state)


class SpectrumSeparation(StreamingModule):
    """Waveform (B, C, N hop) to stems (B, S, C, N hop) by a network of one rate that masks frames."""

    def __init__(self, network: StreamingModule, card: Card) -> None:
        super().__init__()
        self.frames, self.network, self.stems = Frames(card), network, Stems(card)

    def initial_state(self, batch: int) -> State:
        parts = (self.frames, self.network, self.stems)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        frames, past = self.frames.stream(x, state[:1])
        y, memory = self.network.stream(frames, state[1:-2])
        y, tail = self.stems.stream(y, x, state[-2:])
        return y, (*past, *memory, *tail)


class WaveformSeparation(StreamingModule):
    """The same by a network that takes samples. It is muted where it has heard nothing but silence: biases can hum."""

    def __init__(self, network: StreamingModule, card: Card) -> None:
        super().__init__()
        self.network, self.rest = network, Rest(card)
        self.heard = Delay(max(card.analysis, card.hop) - card.hop, (card.channels,))

    def initial_state(self, batch: int) -> State:
        parts = (self.heard, self.network, self.rest)
        return tuple(t for part in parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        """One hop."""
        clean = functional.hardshrink(x, QUIETEST)
        (past,) = state[:1]
        loud = torch.cat([past, clean], dim=-1).flatten(1).ne(0.0).any(dim=1)
        y, memory = self.network.stream(clean, state[1:-1])
        y = y[:, :-1] * loud.to(y.dtype)[:, None, None, None]
        y, tail = self.rest.stream(y, x, state[-1:])
        return y, (*self.heard.stream(clean, (past,))[1], *memory, *tail)


class Sharing(StreamingModule):
    """Stems as they are guessed (B, S, C, N hop) and the mix (B, C, N hop) to the mix shared out, (B, S, C, N hop).

    Bin by bin, by the power that each stem is guessed to have there: `rtsep_models.separators.sharing`.
    """

    def __init__(self, card: Card) -> None:
        super().__init__()
        self.stems = len(card.stems)
        lengths = (card.analysis, card.hop, card.synthesis)
        self.whole, self.guessed = Stft(*lengths, card.channels), Stft(*lengths, self.stems * card.channels)
        self.istft = Istft(*lengths, (self.stems, card.channels))

    def initial_state(self, batch: int) -> State:
        return tuple(t for part in (self.whole, self.guessed, self.istft) for t in part.initial_state(batch))

    def stream(self, x: Tensor, mix: Tensor, state: State) -> tuple[Tensor, State]:  # type: ignore[override]
        whole, past = self.whole.stream(mix, state[:1])
        guessed, pasts = self.guessed.stream(x.flatten(1, 2), state[1:2])
        power = guessed.square().sum(dim=-1).unflatten(2, (self.stems, -1))  # (B, N, S, C, F)
        y, tail = self.istft.stream(shares(power)[..., None] * whole[:, :, None], state[2:])
        return y, (*past, *pasts, *tail)
