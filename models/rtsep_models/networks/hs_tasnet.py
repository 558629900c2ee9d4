"""HS-TasNet small: spectrum and waveform side by side, three memories, masks in both domains. The peer to beat.

    spectrum --> linear --------> memory --+                 +--> mask of each bin  --> inverse STFT --+
                                           + --> memory --> (+ skips)                                  + --> stems
    waveform --> learned bases -> memory --+                 +--> mask of each base --> decoder -------+

Venkatesh, Benilov, Coleman and Roskam, "Real-time low-latency music source separation using Hybrid Spectrogram-TasNet",
2024 (arXiv 2402.17701); from what is reported of it, without any code of others.

Reported: window 1024, hop 512; real and imaginary parts of the spectrum through one linear map to 500; a convolution as
long as the window, ReLU times sigmoid, to bases and on to 500; LSTMs with residuals for each branch, then for both
together; skips from the encoders; linear mask heads for each stem in each domain; the two decoders' sum; a window over the
decoder's output. The small variant adds the branches where the large one concatenates them, and has 16 M parameters
against 42 M. Masks that start as the identity and RMS normalisation made it stable.

Chosen here: *Which LSTMs the small one keeps.* The 26 M between the variants are the difference between ten layers (32 M)
and three of 500 (6 M): one for each branch and one for their sum; `layers_after` puts back those behind it. *768 bases*
rather than 1500, so that the stereo network has 15.7 M (both reported totals fit one channel with 1500). *Masks* are real,
for each bin and channel; "identity" is an equal share, 1 / stems, so that the stems add up to the input at the start.
*Normalisation*: the input by its level so far, an RMSNorm ahead of each LSTM.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from rtsep_models.cues import LEVEL_FRAMES, QUIET
from rtsep_models.streaming.contract import Network, State, StreamingModule
from rtsep_models.streaming.layers import Lstm, RunningLevel
from rtsep_models.streaming.stft import Istft, Stft

CHANNELS = 2


class Memory(StreamingModule):
    """An LSTM with a residual, (B, N, D) to (B, N, D)."""

    def __init__(self, width: int, layers: int) -> None:
        super().__init__()
        self.norm = nn.RMSNorm(width)
        self.lstm = Lstm(width, width, layers)

    def initial_state(self, batch: int) -> State:
        return self.lstm.initial_state(batch)

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        y, after = self.lstm.stream(self.norm(x.float()), state)  # PyTorch has no norm of bfloat16 by a float32 weight
        return x + y, after


class HsTasNet(Network):
    """Waveform (B, 2, N hop) to stems (B, S, 2, N hop), `delay` = window - hop samples late."""

    def __init__(
        self,
        *,
        window: int = 1024,
        hop: int = 512,
        bases: int = 768,
        width: int = 500,
        layers: int = 1,
        layers_after: int = 0,
        stems: int = 4,
    ) -> None:
        """`layers` of each memory; `layers_after` of the two behind the common one, 0 for none. Raises SeparatorError if
        window and hop cannot reconstruct."""
        super().__init__()
        bins = window // 2 + 1
        self.hop, self.delay, self.stems, self.window = hop, window - hop, stems, window
        self.level = RunningLevel(LEVEL_FRAMES)
        self.stft = Stft(window, hop, window, CHANNELS)
        self.spectral_encoder = nn.Linear(CHANNELS * bins * 2, width)
        self.bases = nn.Linear(
            CHANNELS * window, 2 * bases, bias=False
        )  # a convolution with stride, seen frame by frame
        self.wave_encoder = nn.Linear(bases, width)
        self.memories = nn.ModuleList(
            Memory(width, count) for count in (layers, layers, layers, layers_after, layers_after) if count
        )
        self.spectral_mask = nn.Linear(width, stems * CHANNELS * bins)
        self.wave_mask = nn.Linear(width, stems * bases)
        self.wave_decoder = nn.Linear(bases, CHANNELS * window, bias=False)
        self.istft = Istft(window, hop, window, (stems, CHANNELS))
        with torch.no_grad():
            for mask in (self.spectral_mask, self.wave_mask):
                mask.weight *= 0.1
                mask.bias.fill_(1.0 / stems)
            self.wave_decoder.weight *= 0.1  # the inverse STFT alone gives the input back

    @property
    def _memories(self) -> list[Memory]:
        return [memory for memory in self.memories if isinstance(memory, Memory)]

    @property
    def _parts(self) -> list[StreamingModule]:
        return [self.level, self.stft, *self._memories, self.istft]

    def initial_state(self, batch: int) -> State:
        """The level's, the last window's samples, hidden and cell of each LSTM, half-finished output."""
        return tuple(t for part in self._parts for t in part.initial_state(batch))

    def stream(self, x: Tensor, state: State) -> tuple[Tensor, State]:
        batch = x.shape[0]
        line = torch.cat([state[1], x], dim=2).unfold(2, self.window, self.hop).transpose(1, 2)  # (B, N, C, window)
        power, level = self.level.stream(line[..., self.delay :], state[:1])
        spectrum, past = self.stft.stream(x, state[1:2])
        rms = (power + QUIET).sqrt()[..., None]  # (B, N, 1)

        seen = self.spectral_encoder(spectrum.flatten(2) * ((2.0 / self.window) ** 0.5 / rms))
        value, gate = self.bases(line.flatten(2) / rms).chunk(2, dim=-1)
        bases = functional.relu(value) * torch.sigmoid(gate)
        heard = self.wave_encoder(bases)
        spectral, wave, memory = self._remember(seen, heard, state[2:-1])

        masks = self.spectral_mask(spectral).reshape(batch, -1, self.stems, *spectrum.shape[2:4], 1)
        shares = self.wave_mask(wave).reshape(batch, -1, self.stems, bases.shape[-1])
        samples = self.istft.samples(masks * spectrum[:, :, None])
        waves = self.wave_decoder(shares * (bases * rms)[:, :, None]).reshape(samples.shape)
        y, tail = self.istft.overlap.stream((samples + waves) * self.istft.window, state[-1:])
        return y, (*level, *past, *memory, *tail)

    def _remember(self, seen: Tensor, heard: Tensor, state: State) -> tuple[Tensor, Tensor, State]:
        """What both mask heads are given, (B, N, D) each, from what the encoders give, and the memories' state behind it."""
        memories, after = self._memories, list(state)

        def recall(index: int, x: Tensor) -> Tensor:
            own = slice(2 * index, 2 * index + 2)  # hidden and cell
            y, after[own] = memories[index].stream(x, state[own])
            return y

        both = recall(2, recall(0, seen) + recall(1, heard))
        spectral, wave = both + seen, both + heard
        if len(memories) > 3:
            spectral, wave = recall(3, spectral), recall(4, wave)
        return spectral, wave, tuple(after)
