"""`fastica`: independent components of a stereo mix, 5.8 ms late. A classic baseline, and the least of them.

Two channels have two components: per band, the one nearer to the middle and the one farther out. Four stems are made of
them by a plain rule. The central component is the bass below 150 Hz, the vocals from 150 to 6400 Hz and the drums above;
everything else is `other`. So it can tell sounds apart by their place alone: kick and bass, or snare and voice, which
stand in the middle together, stay together.
"""

from __future__ import annotations

from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import Audio
from rtsep.separators.builtin import FOUR_STEMS
from rtsep.spec import SeparatorSpec


class FastIca:
    """Vocals, drums and bass from the central components, `other` by subtraction. No parameters."""

    spec = SeparatorSpec(
        "fastica", FOUR_STEMS, channels=2, sample_rates=(44100, 48000), hop=128, delay=128, exact_sum=True
    )

    def prepare(self, sample_rate: int) -> None:
        """Compile; a later start finds the compiled code on disk.

        Raises SeparatorError if the sample rate is not one of the spec's.
        """
        self.spec.check_rate(sample_rate)
        use_kernel_cache()
        # Here, not above: the control process reads the spec and has no use for numba.
        from rtsep_models.separators.fastica_machine import Machine

        self._machine = Machine(sample_rate, self.spec.hop)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        self._machine.process(mix, out)

    def reset(self) -> None:
        """Forget the sound."""
        self._machine.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """No parameters."""
