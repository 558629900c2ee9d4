"""Other people's separators, flat out on one thread: the real architectures with random weights, chunk by chunk.

They see a whole segment at once, forwards and backwards: nothing of it can be played before its last sample has come in,
which makes the segment their latency. Each function is called in a fresh process.
"""

from __future__ import annotations

import importlib
import time
import warnings
from typing import Any

RATE = 44100
RUNS = 2


def openunmix() -> dict[str, Any]:
    """umxhq: four bidirectional LSTMs and a Wiener filter, in segments of 6 s, the length it was trained on."""
    import torch

    umxhq: Any = importlib.import_module("openunmix").umxhq
    return _timed("umxhq", umxhq(pretrained=False), 6.0, 6.0, torch)


def demucs() -> dict[str, Any]:
    """htdemucs: its published sizes and segment (7.8 s), overlapping by a quarter as `demucs` does by default."""
    import torch

    network: Any = importlib.import_module("demucs.htdemucs").HTDemucs
    sources = ["drums", "bass", "other", "vocals"]
    segment_s = 7.8
    model = network(sources, samplerate=RATE, segment=segment_s, bottom_channels=512, dconv_mode=3)
    return _timed("htdemucs", model, segment_s, 0.75 * segment_s, torch)


def _timed(model: str, network: Any, segment_s: float, step_s: float, torch: Any) -> dict[str, Any]:
    """`step_s`: how much new sound a segment brings."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network.eval()
    sound = 0.1 * torch.randn(1, 2, round(segment_s * RATE))
    taken = []
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network(sound[..., : RATE // 2])
        for _ in range(RUNS):
            begin = time.perf_counter()
            network(sound)
            taken.append(time.perf_counter() - begin)
    return {
        "model": model,
        "runtime": f"torch {torch.__version__} cpu float32",
        "parameters": sum(parameter.numel() for parameter in network.parameters()),
        "segment_s": segment_s,
        "latency_ms": 1e3 * segment_s,
        "segment_took_s": taken,
        "times_real_time": step_s / min(taken),
    }
