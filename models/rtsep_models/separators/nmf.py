"""`nmf`: four stems by non-negative matrix factorisation with fixed bases, 5.8 ms late. A classic baseline.

Each stem has bases, spectra that it is made of, learned beforehand from stems alone (`nmf_bases`). Each hop a few
multiplicative updates find how much of every basis is in the frame, starting from the hop before; a stem's share of each
band is then its bases' share of all that was explained (a Wiener filter).
"""

from __future__ import annotations

from pathlib import Path

from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import Audio
from rtsep.separators.builtin import FOUR_STEMS
from rtsep.spec import Parameter, SeparatorSpec

BASES = Path(__file__).with_name("nmf.safetensors")
UPDATES = 4
"""Of the activations in each hop: frames overlap by 94 %, so that a few are enough."""


class Nmf:
    """Vocals, drums and bass by masks, `other` by subtraction.

    Parameter: `contrast`, the exponent of the claims; above it masks are harder. The default has the smallest error.
    """

    spec = SeparatorSpec(
        "nmf",
        FOUR_STEMS,
        channels=2,
        sample_rates=(44100, 48000),
        hop=128,
        delay=128,
        exact_sum=True,
        parameters=(Parameter("contrast", "", 0.25, 4.0, 0.5, "log"),),
    )

    def prepare(self, sample_rate: int) -> None:
        """Load the bases and compile; a later start finds the compiled code on disk.

        Raises SeparatorError if the sample rate is not one of the spec's, or if the bases cannot be read.
        """
        self.spec.check_rate(sample_rate)
        use_kernel_cache()
        # Here, not above: the control process reads the spec and has no use for numba.
        from rtsep_models.separators.nmf_bases import at_rate, load
        from rtsep_models.separators.nmf_machine import Machine

        self._machine = Machine(at_rate(load(BASES), sample_rate), self.spec.hop, UPDATES)
        self._machine.set_contrast(self.spec.parameters[0].default)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        self._machine.process(mix, out)

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._machine.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop."""
        self._machine.set_contrast(value)
