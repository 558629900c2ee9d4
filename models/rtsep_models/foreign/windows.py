"""Windows by the names that a TOML gives them."""

from __future__ import annotations

import numpy as np

from rtsep.errors import SeparatorError
from rtsep.separators.api import Audio


def window(name: str, length: int) -> Audio:
    """Periodic, as torch.stft has them. Raises SeparatorError."""
    hann = np.sin(np.pi * np.arange(length) / length) ** 2
    shapes = {"none": np.ones(length), "hann": hann, "sqrt_hann": np.sqrt(hann)}
    if name not in shapes:
        raise SeparatorError(
            f"synthesis window {name!r} goes with the same analysis window alone; choose hann or sqrt_hann"
        )
    return shapes[name].astype(np.float32)
