"""What the three kinds of foreign files have in common: a core that computes hops, and facts about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from rtsep.separators.api import Audio
from rtsep.spec import Parameter

ANY_RATES = (44100, 48000, 88200, 96000)
"""Of a model that does not care."""
LEAST_HOP = 128
"""Of a model that takes any length: a call of TorchScript costs about as much, however short it is."""


@dataclass(frozen=True)
class Facts:
    """What a file says of itself, before it has been heard."""

    kind: str
    """`nn~`, `Neutone` or `ONNX`."""
    name: str
    inputs: int
    """Rows of the sound that one call takes."""
    outputs: int
    """Rows that it gives."""
    hop: int
    file_hop: int = 0
    """For files, if they had better have a longer one."""
    sample_rates: tuple[int, ...] = ANY_RATES
    stems: tuple[str, ...] = ()
    """Names, if the file has any; their number decides how rows are shared out among stems."""
    delay: int | None = None
    """Declared, samples; None: the file does not say."""
    residual: str = ""
    """Name of a last stem that takes what the others leave of the input; empty: there is none."""
    parameters: tuple[Parameter, ...] = ()
    details: dict[str, str] = field(default_factory=dict)
    """For people: methods, attributes, authors, graphs."""
    doubts: tuple[str, ...] = ()
    """What a user should know of it."""


class Core(Protocol):
    """A loaded model. One thread; the separator process or a probe, never the control process."""

    facts: Facts

    def prepare(self, sample_rate: int) -> None:
        """Get ready for one of the sample rates."""
        ...

    def run(self, x: Audio) -> Audio:
        """One hop: (inputs, hop) to (outputs, hop), good until the next call. Raises whatever the model raises."""
        ...

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        ...

    def set_parameter(self, name: str, value: float) -> None:
        """Change one of the parameters."""
        ...


def osc_name(text: str, taken: tuple[str, ...] | list[str] = ()) -> str:
    """A name as OSC and files can bear it, and none of `taken`.

    >>> osc_name("Drive [dB]"), osc_name("a/b"), osc_name("x", ["x"]), osc_name("  ")
    ('Drive_dB', 'a_b', 'x_2', 'unnamed')
    """
    words = "".join(c if c.isalnum() or c in "-.+" else " " for c in text).split()
    name = "_".join(words)[:40] or "unnamed"
    number = 2
    whole = name
    while whole in taken:
        whole, number = f"{name}_{number}", number + 1
    return whole
