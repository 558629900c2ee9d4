"""What a TorchScript file for nn~ says of itself: methods, sample rate. The protocol is nn~'s; no code of it is used."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import torch

from rtsep.errors import SeparatorError, did_you_mean
from rtsep_models.foreign.api import ANY_RATES, LEAST_HOP

PREFERRED = ("separate", "forward")
_CHOICE = re.compile(r"(?::(?P<method>\w+))?(?:@(?P<rate>\d+))?")
LATENT = "encode+decode"
"""Both methods in turn, with the latent in between to be played."""


@dataclass(frozen=True)
class Method:
    """`(B, inputs, n / in_ratio)` to `(B, outputs, n / out_ratio)`."""

    name: str
    inputs: int
    in_ratio: int
    outputs: int
    out_ratio: int
    labels: tuple[str, ...] = ()
    """Of the outputs."""

    @property
    def sounds(self) -> bool:
        """Whether it takes and gives samples of sound."""
        return self.in_ratio == self.out_ratio == 1

    def __str__(self) -> str:
        ratio = "" if self.sounds else f", 1/{self.in_ratio} to 1/{self.out_ratio} of the samples"
        return f"{self.inputs} to {self.outputs} signals{ratio}"


def methods_of(module: torch.jit.ScriptModule) -> dict[str, Method]:
    """By name. Raises SeparatorError if there are none."""
    names = list(module.get_methods()) if hasattr(module, "get_methods") else []
    buffers = dict(module.named_buffers(recurse=False))
    attributes = set(attributes_of(module))
    names = names or [name.removesuffix("_params") for name in buffers if name.endswith("_params")]
    found: dict[str, Method] = {}
    for name in names:
        numbers = buffers.get(f"{name}_params")
        if name in attributes or numbers is None or numbers.numel() != 4 or not hasattr(module, name):
            continue
        inputs, in_ratio, outputs, out_ratio = (int(number) for number in numbers)
        if min(inputs, in_ratio, outputs, out_ratio) < 1:
            continue
        labels = getattr(module, f"{name}_output_labels", ())
        found[name] = Method(name, inputs, in_ratio, outputs, out_ratio, tuple(map(str, labels)))
    if not found:
        raise SeparatorError(
            "this TorchScript declares no methods as nn~ wants them (a buffer METHOD_params of four numbers); "
            "export it with the nn_tilde package"
        )
    return found


def attributes_of(module: torch.jit.ScriptModule) -> list[str]:
    """Names of those that can be set."""
    names = list(module.get_attributes()) if hasattr(module, "get_attributes") else []
    if not names:
        ends = ("_params",)
        every = [name[:-7] for name, _ in module.named_buffers(recurse=False) if name.endswith(ends)]
        names = [name for name in every if hasattr(module, f"set_{name}") and hasattr(module, f"get_{name}")]
    return [name for name in names if name != "none" and hasattr(module, f"set_{name}")]


def choose(methods: dict[str, Method], wanted: str) -> str:
    """The method to play, or LATENT: that which was asked for, `separate`, a latent, `forward`, any. Raises SeparatorError."""
    sounding = [name for name, method in methods.items() if method.sounds]
    latent = [LATENT] if has_latent(methods) else []
    if wanted:
        offered = latent + sounding
        if wanted not in offered:
            hint = (
                did_you_mean(wanted, offered)
                or f"choose one of {', '.join(offered) or 'none: none takes and gives sound'}"
            )
            raise SeparatorError(f"no method {wanted!r} can be played; {hint}")
        return wanted
    for name in (PREFERRED[0], *latent, *PREFERRED[1:], *sounding):
        if name in sounding or name in latent:
            return name
    raise SeparatorError(
        f"none of the methods ({', '.join(f'{m.name}: {m}' for m in methods.values())}) takes and gives sound; "
        "export one with ratios of 1"
    )


def has_latent(methods: dict[str, Method]) -> bool:
    """Whether `decode` takes what `encode` gives."""
    encode, decode = methods.get("encode"), methods.get("decode")
    return bool(
        encode
        and decode
        and encode.in_ratio == decode.out_ratio == 1
        and (encode.outputs, encode.out_ratio) == (decode.inputs, decode.in_ratio)
        and encode.out_ratio > 1
    )


def hop_of(methods: dict[str, Method]) -> int:
    """The smallest sensible length of a call: whole stretches of the largest ratio of all methods."""
    largest = max(max(method.in_ratio, method.out_ratio) for method in methods.values())
    return largest * math.ceil(LEAST_HOP / largest)


def rates_of(module: torch.jit.ScriptModule, wanted: int | None) -> tuple[tuple[int, ...], str]:
    """Sample rates, and what is doubtful of them. Asks before anything sets one. Our own exports have a list of several."""
    if wanted is not None:
        return (wanted,), ""
    several: object = getattr(module, "sample_rates", None)
    if isinstance(several, list) and several and all(isinstance(rate, int) and rate > 0 for rate in several):
        return tuple(several), ""
    said: object = module.get_sample_rate() if hasattr(module, "get_sample_rate") else None
    if isinstance(said, int) and said < 0:
        return ANY_RATES, ""
    for name in ("sr", "sampling_rate"):
        said = getattr(module, name, None) if said is None else said
    if isinstance(said, torch.Tensor):
        said = int(said.flatten()[0])
    if isinstance(said, int) and said > 0:
        return (said,), ""
    return (
        ANY_RATES,
        "it names no sample rate and runs at the device's; if it sounds out of tune, name one: FILE.ts@44100",
    )


def parse_choice(rest: str) -> tuple[str, int | None]:
    """Method and rate of what stands behind a path. Raises SeparatorError.

    >>> parse_choice(":forward@44100"), parse_choice("")
    (('forward', 44100), ('', None))
    """
    rest = rest.replace("+", "_and_")
    found = _CHOICE.fullmatch(rest)
    if found is None:
        raise SeparatorError(
            f"{rest!r} behind a file is not understood; give FILE.ts:METHOD@RATE, as rave.ts:forward@44100"
        )
    method = (found["method"] or "").replace("_and_", "+")
    return (LATENT if method == "latent" else method), int(found["rate"]) if found["rate"] else None
