"""`classic`: four stems by signal processing alone, 5.8 ms late. The baseline that every network must beat."""

from __future__ import annotations

from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import Audio
from rtsep.spec import Parameter, SeparatorSpec

STEMS = ("vocals", "drums", "bass", "other")
SENSITIVITIES = tuple(f"{stem}_sensitivity" for stem in STEMS[:-1])


class Classic:
    """Vocals, drums and bass by masks, `other` by subtraction.

    Parameters: `<stem>_sensitivity` in dB makes a stem claim more (or less) than is likely; `contrast` above 1
    hardens the choice: cleaner stems, more artefacts. The defaults are those with the smallest error.
    """

    spec = SeparatorSpec(
        "classic",
        STEMS,
        channels=2,
        sample_rates=(44100, 48000),
        hop=128,
        delay=128,
        exact_sum=True,
        parameters=(
            *(Parameter(name, "dB", -24.0, 24.0, 0.0) for name in SENSITIVITIES),
            Parameter("contrast", "", 0.5, 4.0, 1.0, "log"),
        ),
    )

    def prepare(self, sample_rate: int) -> None:
        """Load and compile; a later start finds the compiled code on disk.

        Raises SeparatorError if the sample rate is not one of the spec's.
        """
        self.spec.check_rate(sample_rate)
        use_kernel_cache()
        # Here, not above: the control process reads the spec and has no use for numba.
        from rtsep.separators.classic.machine import Machine

        self._machine = Machine(sample_rate, self.spec.hop)

    def process(self, mix: Audio, out: Audio) -> None:
        """One hop."""
        self._machine.process(mix, out)

    def reset(self) -> None:
        """Forget the sound, keep the parameters."""
        self._machine.reset()

    def set_parameter(self, name: str, value: float) -> None:
        """Takes effect with the next hop."""
        self._machine.set_parameter(name, value)
