"""What a network takes and gives."""

from __future__ import annotations

from typing import Literal

Domain = Literal["spectrum", "waveform", "latent"]
"""Of a hop in and out. `spectrum`: frames (B, N, C, F, 2) to the stems' frames (B, N, S, C, F, 2); `waveform`: samples
(B, C, N hop) to the stems' samples (B, S, C, N hop); `latent`: samples likewise, by way of a latent that can be played."""
