"""Networks of other packages, in full size at random weights, hosted in chunks: are the stems the package's, is the latency
the declared one, and how fast is this machine?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import psutil
import torch
from numpy.typing import NDArray

from benchmarks.report import Report, arguments, say
from rtsep_models.chunked.api import ChunkGeometry
from rtsep_models.chunked.choice import filed, live
from rtsep_models.chunked.host import ChunkedSeparator
from rtsep_models.chunked.torchmodel import TorchChunkModel
from rtsep_models.separators import demucs, openunmix

RATE = 44100
SOURCES = ("drums", "bass", "other", "vocals")
MIB = 1 << 20
SHORTER_S = 2.0
"""A second length of chunks to time, for networks that gain from it."""

Signal = NDArray[np.float32]


@dataclass(frozen=True)
class Architecture:
    """A network in full size, and how its package applies it."""

    name: str
    make: Callable[[], Any]
    applied: Callable[[Any, str], Any]
    chunk_s: float
    fixed: bool = False
    """Whether a shorter chunk costs the same."""


def architectures() -> list[Architecture]:
    """Those of the adapters."""
    from demucs.demucs import Demucs
    from demucs.hdemucs import HDemucs
    from demucs.htdemucs import HTDemucs
    from openunmix import umxhq, umxl

    def transformer() -> Any:
        return HTDemucs(SOURCES, bottom_channels=512, segment=Fraction(39, 5))  # pyright: ignore[reportArgumentType]

    return [
        Architecture("htdemucs", transformer, demucs.applied, demucs.TRAINED_S, fixed=True),
        Architecture("hdemucs", lambda: HDemucs(SOURCES), demucs.applied, demucs.VARIANTS["hdemucs"].chunk_s),
        Architecture("demucs", lambda: Demucs(SOURCES), demucs.applied, demucs.VARIANTS["demucs"].chunk_s),
        Architecture("openunmix", lambda: umxhq(pretrained=False), openunmix.applied, openunmix.CHUNK_S),
        Architecture("openunmix_large", lambda: umxl(pretrained=False), openunmix.applied, openunmix.CHUNK_S),
    ]


def three_quarters(chunk_s: float) -> ChunkGeometry:
    """Few hops, so that the whole fits into minutes: each advances by three quarters of a chunk."""
    length = round(RATE * chunk_s)
    return ChunkGeometry.within(length, hop=length * 3 // 4, fade=RATE // 20, ahead=length // 10)


def latency_error(separator: ChunkedSeparator) -> int:
    """Frames between where an impulse is loudest in the sum of the stems and where it was declared."""
    spec, at = separator.spec, 97
    separator.reset()
    impulse = np.zeros((2, spec.hop), dtype=np.float32)
    impulse[:, at] = 1.0
    out = np.zeros((len(spec.stems), 2, spec.hop), dtype=np.float32)
    separator.process(impulse, out)
    return abs(int(np.abs(out.sum(axis=0)[0]).argmax()) - at - spec.delay)


def interior_error_db(
    separator: ChunkedSeparator, geometry: ChunkGeometry, package: Callable[[Signal], Signal]
) -> float:
    """Energy of the difference to the package's own stems where one chunk alone is heard, against the stems'."""
    hops = 2
    mix = np.random.default_rng(0).normal(0.0, 0.1, (2, hops * geometry.hop)).astype(np.float32)
    out = np.zeros((len(separator.spec.stems), 2, geometry.hop), dtype=np.float32)
    separator.reset()
    for start in range(0, mix.shape[1], geometry.hop):
        separator.process(mix[:, start : start + geometry.hop], out)
    chunk = mix[:, -geometry.length :]
    expected = package(chunk)
    expected[-1] = chunk - expected[:-1].sum(axis=0)
    inside = expected[..., geometry.past + geometry.fade : geometry.past + geometry.hop].astype(float)
    difference = out[..., geometry.fade :] - inside
    return 10 * float(np.log10(max((difference**2).sum(), 1e-30) / (inside**2).sum()))


def chunk_s_of(network: Callable[[torch.Tensor], torch.Tensor], chunk_s: float) -> float:
    """Seconds of compute for one chunk."""
    mix = torch.randn(1, 2, round(RATE * chunk_s)) * 0.1
    with torch.inference_mode():
        begin = time.perf_counter()
        network(mix)
    return time.perf_counter() - begin


def examine(case: Architecture) -> dict[str, Any]:
    """All figures of one architecture."""
    process = psutil.Process()
    before = process.memory_info().rss
    torch.manual_seed(0)
    module = case.make()
    sources, network = case.applied(module, "cpu")
    geometry = three_quarters(case.chunk_s)
    stems = demucs.FOUR_STEMS
    separator = ChunkedSeparator(TorchChunkModel(case.name, stems, geometry, lambda device: (sources, network)))
    separator.prepare(RATE)

    def package(chunk: Signal) -> Signal:
        with torch.inference_mode():
            found = network(torch.from_numpy(chunk)[None])[0].numpy()
        return found[[list(sources).index(stem) for stem in stems]]

    figures: dict[str, Any] = {
        "weights_m": sum(weight.numel() for weight in module.parameters()) / 1e6,
        "latency_error_frames": latency_error(separator),
        "interior_error_db": interior_error_db(separator, geometry, package),
        "chunks": {},
    }
    for chunk_s in (case.chunk_s,) if case.fixed else (case.chunk_s, SHORTER_S):
        taken = chunk_s_of(network, chunk_s)
        hops = {"live": live(chunk_s).hop} | ({"files": filed(chunk_s).hop} if chunk_s == case.chunk_s else {})
        figures["chunks"][f"{chunk_s:g} s"] = {
            "compute_s": taken,
            **{f"rtf_{use}": taken / hop_s for use, hop_s in hops.items()},
        }
    figures["memory_mib"] = (process.memory_info().rss - before) / MIB
    return figures


def main() -> None:
    """Everything, on one thread."""
    options = arguments("chunked", __doc__ or "").parse_args()
    torch.set_num_threads(1)
    report = Report("chunked", options)
    for case in architectures():
        report.figures[case.name] = figures = examine(case)
        say(f"{case.name}: {figures['interior_error_db']:.1f} dB, {figures['chunks']}")
    found = report.figures
    worst_db = max(figures["interior_error_db"] for figures in found.values())
    report.accept("chunked_interior_error_db", worst_db, "dB", "<= -80")
    worst = max(figures["latency_error_frames"] for figures in found.values())
    report.accept("chunked_latency_error_frames", worst, "frames", "= 0")
    for name, figures in found.items():
        usual = next(iter(figures["chunks"].values()))
        report.accept(f"{name}_rtf_live", usual["rtf_live"], "", "")
        report.accept(f"{name}_rtf_files", usual["rtf_files"], "", "")
        report.accept(f"{name}_memory_mib", figures["memory_mib"], "MiB", "")
    report.close()


if __name__ == "__main__":
    main()
