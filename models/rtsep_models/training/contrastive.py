"""The contrastive cosine distance: estimates are turned towards their stems and away from the rest of the mixture.

With x the mixture, s a stem, r = x - s what else there is, e the estimate, all as one vector of a segment's spectrum:

    L = mean over the stems that sound of [ towards (1 - cos(e, s)) + away max(0, cos(e, r) - cos(s, r)) ]
      + error 0.1 error_db(e, s)

The angle to the rest is made large no further than the stem's own: a stem that rises and falls with the others has a cosine
with them, and an estimate that had none would be wrong. A cosine sees no level: an estimate ten times too loud has the same. That
comes from the last term, the error that all networks here are trained with; it also scores the silent stems, which have no angle.
One angle for a segment rather than one for each frame: loud frames count as they are heard.

The distance is that of a student report (`networks/student_lstm.py`); that it stops at the stem's own angle, and the level, were
chosen here. Validation scores the common error alone, so that histories of all networks compare.
"""

from __future__ import annotations

import msgspec
from torch import Tensor

from rtsep_models.training.losses import SILENT, TINY, MaskProducts, products_error_db

PER_DB = 0.1


class ContrastiveObjective(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights of the terms: the table `[objective]` of a configuration."""

    towards: float = 1.0
    """Of the angle to the stem."""
    away: float = 0.5
    """Of the angle to the rest."""
    error: float = 1.0
    """Of a tenth of the common error in dB, which sets the level."""

    def __post_init__(self) -> None:
        """Raises ValueError for a weight below 0, or without a term that sets the level."""
        if min(self.towards, self.away) < 0 or not self.error > 0:
            raise ValueError(
                f"towards {self.towards} and away {self.away} must be >= 0, error {self.error} > 0: no other term hears levels"
            )


def contrastive_loss(products: MaskProducts, objective: ContrastiveObjective) -> Tensor:
    """L above; where no stem sounds, its last term alone."""
    level = PER_DB * objective.error * products_error_db(products)
    return _angles(products, objective) + level


def _angles(products: MaskProducts, objective: ContrastiveObjective) -> Tensor:
    whole = products.mixture[:, None]
    rest = (whole - 2.0 * products.stem_mixture + products.stem).clamp_min(0.0)
    to_stem = _cosine(products.estimate_stem, products.estimate, products.stem)
    to_rest = _cosine(products.estimate_mixture - products.estimate_stem, products.estimate, rest)
    own = _cosine(products.stem_mixture - products.stem, products.stem, rest)
    sounds = products.counted * (products.stem > SILENT * whole + TINY)
    accompanied = rest > SILENT * whole + TINY
    towards, away = 1.0 - to_stem, (to_rest - own).clamp_min(0.0) * accompanied
    angles = objective.towards * towards + objective.away * away
    return (angles * sounds).sum() / sounds.sum().clamp_min(1.0)


def _cosine(product: Tensor, one: Tensor, other: Tensor) -> Tensor:
    """Of the angle between vectors with these inner products; 0 where one is all but silent."""
    return product * (one + TINY).rsqrt() * (other + TINY).rsqrt()
