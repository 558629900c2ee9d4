"""One contract, checked for every streaming module: chunks, purity, causality, bounded state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import FRAMES, Clock, check_bounded_state, check_causality, check_chunks, check_purity
from torch import Tensor, nn

from rtsep_models.networks.band import BandMemory, BandNetwork, SongMemory, Trunk
from rtsep_models.networks.bandcues import Memory
from rtsep_models.networks.bsrnn import Bsrnn
from rtsep_models.networks.conv_tasnet import Block as SeparableBlock
from rtsep_models.networks.conv_tasnet import ConvTasNet
from rtsep_models.networks.demucs_causal import DemucsCausal
from rtsep_models.networks.hs_tasnet import HsTasNet
from rtsep_models.networks.openunmix_causal import OpenUnmixCausal
from rtsep_models.networks.rave import Rave
from rtsep_models.networks.rt_stt import RtStt
from rtsep_models.networks.student_lstm import StudentLstm
from rtsep_models.networks.wave_unet import WaveUnet
from rtsep_models.networks.wavenet import Block, WaveNet
from rtsep_models.streaming.contract import Chain, StreamingModule
from rtsep_models.streaming.layers import CausalConv1d, Context, DeepFilter, Gru, Lstm, RunningLevel
from rtsep_models.streaming.pace import Faster, Interpolation, Slower, Smooth
from rtsep_models.streaming.plane import CausalConv2d
from rtsep_models.streaming.pqmf import PqmfAnalysis, PqmfSynthesis
from rtsep_models.streaming.stft import Delay, Istft, OverlapAdd, Stft

LAYOUT = ((1, 3), (3, 2), (6, 2))
BINS = 33
HOPS = 9


@dataclass(frozen=True)
class Case:
    """A small module, the shape of what it hears in `HOPS` hops."""

    make: Callable[[], StreamingModule]
    shape: tuple[int, ...]
    clock: Clock = FRAMES
    reach: int = 0
    bound: float = 1e6


CASES = {
    "gru": Case(lambda: Gru(5, 7, 2), (2, HOPS, 5), bound=1.0),
    "lstm": Case(lambda: Lstm(5, 7, 2), (2, HOPS, 5)),
    "convolution": Case(lambda: CausalConv1d(4, 6, kernel=3, dilation=2), (2, HOPS, 4)),
    "pointwise convolution": Case(lambda: CausalConv1d(4, 6, kernel=1), (2, HOPS, 4)),
    "context": Case(lambda: Context(4, past=3), (2, HOPS, 4)),
    "deep filter": Case(lambda: DeepFilter(3, 2, BINS), (2, HOPS, 2, BINS, 8)),
    "deep filter, looking ahead": Case(lambda: DeepFilter(3, 2, BINS, look_ahead=1), (2, HOPS, 2, BINS, 8)),
    "level": Case(lambda: RunningLevel(20.0), (2, HOPS, 3, 4), bound=1e9),
    "stft": Case(lambda: Stft(64, 16), (2, 2, HOPS * 16), Clock(2, 16, 1, 1)),
    "stft, every third frame": Case(lambda: Stft(64, 16, stride=3), (2, 2, HOPS * 48), Clock(2, 48, 1, 1)),
    "istft": Case(lambda: Istft(64, 16, 32), (2, HOPS, 2, BINS, 2), Clock(1, 1, -1, 16)),
    "istft, stems": Case(lambda: Istft(64, 16, 64, shape=(3, 2)), (1, HOPS, 3, 2, BINS, 2), Clock(1, 1, -1, 16)),
    "overlap-add": Case(lambda: OverlapAdd(48, 16), (2, HOPS, 2, 48), Clock(1, 1, -1, 16)),
    "delay": Case(lambda: Delay(21), (2, 2, HOPS * 16), Clock(2, 16, 2, 16), reach=21),
    "slower": Case(lambda: Slower(4, 6, 3), (2, 3 * HOPS, 4), Clock(1, 3, 1, 1)),
    "faster": Case(lambda: Faster(4, 6, 3), (2, HOPS, 4), Clock(1, 1, 1, 3)),
    "smooth": Case(lambda: Smooth(4, 5), (2, HOPS, 4)),
    "filter bank": Case(lambda: PqmfAnalysis(8), (2, 2, HOPS * 8), Clock(2, 8, 1, 1)),
    "filter bank, backwards": Case(lambda: PqmfSynthesis(8), (2, HOPS, 16), Clock(1, 1, 2, 8)),
    "chain": Case(lambda: Chain(Gru(5, 7), nn.Tanh(), CausalConv1d(7, 5, 2), Lstm(5, 3)), (2, HOPS, 5)),
    "band memory": Case(lambda: BandMemory(4, 6, 5), (2, HOPS, 4, 6), bound=1.0),
    "song memory": Case(lambda: SongMemory(4, 6, 5), (2, HOPS, 4, 6), bound=1.0),
    "trunk": Case(lambda: Trunk(LAYOUT, 6, 5, 7, 2, None), (2, HOPS, 2, BINS, 2), bound=1e9),
    "cues": Case(lambda: Memory(LAYOUT, ((1, 3), (3, 2), (3, 2))), (2, HOPS, 4, 2, 21), bound=1e7),
    "network": Case(lambda: small_network(1), (2, HOPS, 2, BINS, 2), bound=1e9),
    "network of two rates": Case(lambda: small_network(4), (2, HOPS, 2, BINS, 2), bound=1e9),
    "network that turns phases": Case(lambda: small_network(2, correction=True), (1, HOPS, 2, BINS, 2), bound=1e9),
    "network that looks at cues": Case(lambda: small_network(4, detail=3), (2, HOPS, 2, BINS, 2), bound=1e9),
    "hs-tasnet": Case(lambda: small_hs_tasnet(0), (2, 2, HOPS * 16), Clock(2, 16, 3, 16)),
    "hs-tasnet of five memories": Case(lambda: small_hs_tasnet(2), (1, 2, HOPS * 16), Clock(2, 16, 3, 16)),
}

RAVE_HOP = 64
CASES |= {
    "rave": Case(lambda: small_rave(), (2, 2, HOPS * RAVE_HOP), Clock(2, RAVE_HOP, 3, RAVE_HOP)),
    "rave's encoder": Case(lambda: small_rave().encoder, (2, 2, HOPS * RAVE_HOP), Clock(2, RAVE_HOP, 1, 1)),
    "rave's decoder": Case(lambda: small_rave().decoder, (2, HOPS, 14), Clock(1, 1, 2, RAVE_HOP)),
}

CASES |= {
    "open-unmix": Case(lambda: OpenUnmixCausal(layout=LAYOUT, hidden=6), (2, HOPS, 2, BINS, 2), bound=1e9),
}

CASES |= {
    "band memory, long and short": Case(lambda: BandMemory(4, 6, 5, Lstm), (2, HOPS, 4, 6)),
    "bsrnn": Case(lambda: small_bsrnn(), (2, HOPS, 2, BINS, 2), bound=1e9),
    "wavenet's block": Case(lambda: Block(4, 3, 5, ahead=False), (2, HOPS, 7)),
    "wavenet's block, looking ahead": Case(lambda: Block(4, 3, 2, ahead=True), (2, HOPS, 7)),
    "wavenet": Case(lambda: small_wavenet(), (2, 2, HOPS * 16), Clock(2, 16, 3, 16)),
}

CASES |= {
    "convolution over frequency too": Case(lambda: CausalConv2d(3, 5, positions=7), (2, HOPS, 7, 3)),
    "convolution over frequency alone": Case(lambda: CausalConv2d(3, 5, 7, kernel=(1, 5)), (2, HOPS, 7, 3)),
    "rt-stt": Case(
        lambda: RtStt(bins=30, fold=3, channels=4, bottleneck=3, modules=1), (2, HOPS, 2, BINS, 2), bound=1e9
    ),
}

CASES |= {
    "demucs": Case(
        lambda: DemucsCausal(strides=[4, 2], channels=5, delay=16), (2, 2, HOPS * 16), Clock(2, 16, 3, 16), bound=1e9
    ),
    "demucs without delay": Case(
        lambda: DemucsCausal(strides=[2, 4], channels=5, layers=2, delay=0),
        (2, 2, HOPS * 8),
        Clock(2, 8, 3, 8),
        bound=1e9,
    ),
}

CASES |= {
    "conv-tasnet's block": Case(lambda: SeparableBlock(4, 6, 3, taps=3, dilation=2), (2, HOPS, 7)),
    "conv-tasnet": Case(lambda: small_conv_tasnet(ahead=2), (2, 2, HOPS * 8), Clock(2, 8, 3, 8)),
    "conv-tasnet without waiting": Case(lambda: small_conv_tasnet(ahead=0), (1, 2, HOPS * 8), Clock(2, 8, 3, 8)),
}

CASES |= {
    "interpolation": Case(lambda: Interpolation(4, 3), (2, HOPS, 4), Clock(1, 1, 1, 3)),
    "wave-u-net": Case(lambda: small_wave_unet(delay=16), (2, 2, HOPS * 16), Clock(2, 16, 3, 16), bound=1e9),
    "wave-u-net without delay": Case(
        lambda: small_wave_unet(delay=0), (1, 2, HOPS * 16), Clock(2, 16, 3, 16), bound=1e9
    ),
}

CASES |= {
    "student's lstm": Case(
        lambda: StudentLstm(layout=LAYOUT, targets=2, awareness=2, pre_fc=6, hidden=5), (2, HOPS, 2, BINS, 2), bound=1e9
    ),
    "student's lstm, unaware": Case(
        lambda: StudentLstm(layout=LAYOUT, awareness=0, pre_fc=0, hidden=5), (2, HOPS, 2, BINS, 2), bound=1e9
    ),
}

every_module = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def small_network(stride: int, correction: bool = False, detail: int = 0) -> BandNetwork:
    """A band network with its own shape of every part, in small; what its detail adds to the masks is not nothing."""
    sizes = {"width": 6, "hidden": 5, "song": 7, "layers": 2, "fresh": 4, "head": 8}
    network = BandNetwork(layout=LAYOUT, stride=stride, correction=correction, detail=detail, **sizes)
    if network.head.detail is not None:
        network.head.detail.last.reset_parameters()
    return network


def small_bsrnn() -> Bsrnn:
    """BSRNN with its own shape of every part, in small."""
    return Bsrnn(layout=LAYOUT, width=6, time=5, band=4, layers=2, hidden=7, values=3)


def small_wavenet() -> WaveNet:
    """WaveNet with its own shape of every part, in small."""
    return WaveNet(hop=16, stride=4, channels=6, skip=5, blocks=3, stacks=2, ahead=2, hidden=7)


def small_conv_tasnet(ahead: int) -> ConvTasNet:
    """Conv-TasNet with its own shape of every part, in small: frames of 16 samples, 8 apart."""
    return ConvTasNet(kernel=16, bases=20, channels=5, hidden=7, dilations=2, repeats=2, ahead=ahead)


def small_wave_unet(delay: int) -> WaveUnet:
    """Wave-U-Net with its own shape of every part, in small: frames of 8 samples at the bottom."""
    return WaveUnet(strides=[4, 2], widths=[5, 6, 7], taps=(5, 3), dilations=2, delay=delay)


def small_rave() -> Rave:
    """RAVE with its own shape of every part, in small: 14 dimensions, hop 64."""
    return Rave(private=3, shared=2, widths=(6, 7, 8), strides=(2, 2), dilations=((1,), (2,), (1, 3)))


def small_hs_tasnet(layers_after: int) -> HsTasNet:
    """The peer with its own shape of every part, in small."""
    return HsTasNet(window=32, hop=16, bases=24, width=12, layers_after=layers_after)


def made(case: Case) -> StreamingModule:
    torch.manual_seed(0)
    return case.make().eval()


def sound(case: Case, seed: int = 0) -> Tensor:
    return torch.randn(case.shape, generator=torch.Generator().manual_seed(seed))


@every_module
@given(cuts=st.lists(st.integers(1, 100), max_size=HOPS), seed=st.integers(0, 3))
@settings(max_examples=12, deadline=None)
def test_chunks_add_up_to_the_whole(case: Case, cuts: list[int], seed: int) -> None:
    check_chunks(made(case), sound(case, seed), cuts, case.clock)


@every_module
def test_hop_by_hop_equals_the_whole(case: Case) -> None:
    check_chunks(made(case), sound(case), range(1, HOPS), case.clock)


@every_module
def test_streaming_is_pure(case: Case) -> None:
    check_purity(made(case), sound(case))


@every_module
@pytest.mark.parametrize("hop", [1, 4, HOPS - 2])
def test_the_future_is_not_heard(case: Case, hop: int) -> None:
    module = made(case)
    if isinstance(module, BandNetwork) and module.stride > 1:
        hop = hop // module.stride * module.stride or module.stride  # between its frames a trunk holds what it knew
    check_causality(module, sound(case), hop, case.clock, case.reach)


@every_module
def test_state_stays_bounded_in_loud_noise_silence_and_denormals(case: Case) -> None:
    x = sound(case)
    check_bounded_state(made(case), [x, 100.0 * x, 0.0 * x, 1e-40 * x, x], case.bound)


@every_module
def test_a_batch_is_its_items_one_by_one(case: Case) -> None:
    module, x = made(case), torch.cat([sound(case, 1), sound(case, 2)])
    with torch.no_grad():
        together, alone = module(x), torch.cat([module(item[None]) for item in x])
    torch.testing.assert_close(together, alone, atol=2e-5, rtol=1e-4)
