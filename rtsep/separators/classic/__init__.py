"""The separator without a network: causal cues, soft masks, exact residual."""

from rtsep.separators.classic.separator import Classic

__all__ = ["Classic"]
