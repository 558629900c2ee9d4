"""nn~ as a test plays it: what it does with blocks and ratios, and the checks of its own package."""

from __future__ import annotations

import nn_tilde
import torch
from torch import Tensor


def perform(module: torch.jit.ScriptModule, method: str, x: Tensor, block: int) -> Tensor:
    """Signals (B, inputs, T) through a method, block by block, to signals (B, outputs, T).

    Of an input with a ratio nn~ takes the last sample of each stretch, of an output it repeats each.
    """
    in_ratio, out_ratio = getattr(module, f"{method}_params").tolist()[1::2]
    parts = []
    for signals in x.split(block, dim=2):
        y = getattr(module, method)(signals[:, :, in_ratio - 1 :: in_ratio])
        parts.append(y.repeat_interleave(out_ratio, dim=2))
    return torch.cat(parts, dim=2)


class Registered(nn_tilde.Module):
    """Takes the methods and attributes of an exported file for its own, and so puts each method through the checks that
    nn_tilde runs at registration: single and batched, shapes, lengths and type. Raises ValueError."""

    def __init__(self, module: torch.jit.ScriptModule) -> None:
        super().__init__()
        self.tmp_file_session = None  # its end would look for a folder that was never made
        for method in module.get_methods():
            setattr(self, method, getattr(module, method))
            self.register_method(
                method,
                *getattr(module, f"{method}_params").tolist(),
                input_labels=getattr(module, f"{method}_input_labels"),
                output_labels=getattr(module, f"{method}_output_labels"),
            )
        for attribute in module.get_attributes():
            setattr(self, f"set_{attribute}", getattr(module, f"set_{attribute}"))
            self.register_attribute(attribute, getattr(module, f"get_{attribute}")())
