"""rtsep: a live host for causal music source separators.

The package root is light: importing it loads no torch, no Qt, no numba and no audio library.
"""

__version__ = "0.1.0"
