"""Whether a separator with a latent keeps time: late by what it declares, the same streamed and whole, within its hop."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.longrun import error_db, streamed
from benchmarks.ravesound import network_of, played, ready
from rtsep.lab.hopcost import flat_out_ns, paced, prepared

LAG_REACH = 4096


def impulse_error(name: str, sample_rate: int) -> int:
    """Frames by which an impulse comes out elsewhere than declared: masks add up to one, so it comes out whole."""
    separator = ready(name, sample_rate, {"masking": 1.0})
    spec = separator.spec
    at = 40 * spec.hop + 17
    mix = np.zeros((spec.channels, 100 * spec.hop), dtype=np.float32)
    mix[:, at] = 0.9
    heard = np.abs(streamed(separator, mix).sum(axis=0)).sum(axis=0)
    return int(heard.argmax()) - at - spec.delay


def decode_lag(name: str, mix: NDArray[np.float32], sample_rate: int) -> int:
    """Frames by which decoded sound, taken to be late as declared, lags the mixture (C, T): where both resemble most."""
    heard = played(name, mix, sample_rate, {}).sum(axis=0)[0].astype(float)
    wanted = mix[0].astype(float)
    size = 2 * len(wanted)
    cross = np.fft.irfft(np.fft.rfft(heard, size) * np.fft.rfft(wanted, size).conj(), size)
    near = np.concatenate([cross[-LAG_REACH:], cross[:LAG_REACH]])
    return int(near.argmax()) - LAG_REACH


@torch.inference_mode()
def stream_offline_error_db(name: str, mix: NDArray[np.float32], sample_rate: int) -> float:
    """The plugin hop by hop, in ONNX Runtime, against the network in torch over the whole signal; of the stems' energy."""
    torch.set_num_threads(1)
    network = network_of(name)
    separator = ready(name, sample_rate, {})
    whole = mix[:, : mix.shape[1] // network.hop * network.hop]
    late = separator.spec.delay - network.delay
    network.settle()
    expected = network(torch.from_numpy(np.ascontiguousarray(whole))[None])[0].numpy()
    heard = streamed(separator, whole)[..., late:]
    return error_db(heard, expected[..., : heard.shape[-1]])


def cost(name: str, mix: NDArray[np.float32], sample_rate: int, seconds: float, masking: bool) -> dict[str, Any]:
    """ms of a hop on one thread: flat out, and when it falls due."""
    separator = prepared(name, sample_rate)
    separator.set_parameter("masking", float(masking))
    times = {
        "flat_out": flat_out_ns(separator, mix, sample_rate, seconds / 3),
        "paced": paced(separator, mix, sample_rate, seconds).took_ns,
    }
    period_ms = 1e3 * separator.spec.hop / sample_rate
    return {"runtime": getattr(separator, "runtime", ""), "period_ms": period_ms} | {
        way: {f"p{q:g}": float(np.percentile(ns, q)) / 1e6 for q in (50, 99, 99.9, 100)} for way, ns in times.items()
    }
