"""What every plugin that plays a set of weights says of itself."""

from __future__ import annotations

from rtsep_models.weights.store import find


class FromWeights:
    """The weights called `name`; see `rtsep.separators.api` for what the attributes mean."""

    runtime = ""
    """What computes, for people; known once prepared."""

    def __init__(self, name: str) -> None:
        """Reads the card and nothing else. Raises WeightsError."""
        self._weights = find(name)
        card = self._weights.card
        self.version = f"{card.version} {card.digest[:16]}" + (" wiener" if card.wiener else "")

    @property
    def runtimes(self) -> tuple[str, ...]:
        """What can compute it here, the preferred first."""
        # Here, not above: the control process reads the spec and has no use for a runtime.
        from rtsep_models.runtimes.choose import usable

        return usable(self._weights)
