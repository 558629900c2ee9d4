"""What many songs say together: of every stem, and of the songs as wholes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np

from rtsep_models.evaluation.leakage import Leakage
from rtsep_models.evaluation.scores import SongScore, StemScore

Values = TypeVar("Values", StemScore, Leakage)


@dataclass(frozen=True)
class Summary:
    """One separator on several songs, dB. Undefined values are left out; NaN if nothing is left."""

    songs: int
    seconds: float
    stems: dict[str, StemScore]
    """Each over the songs in which it sounds and is told apart."""
    mean: StemScore
    """First over each song's stems, then over the songs."""
    vocals_muted: Leakage


def summarise(scores: Sequence[SongScore]) -> Summary:
    """Of at least one song."""
    names = dict.fromkeys(name for score in scores for name in score.stems)
    return Summary(
        len(scores),
        sum(score.seconds for score in scores),
        {name: _centre(StemScore, (score.stems[name] for score in scores if name in score.stems)) for name in names},
        _centre(StemScore, (_mean_of_stems(score) for score in scores)),
        _centre(Leakage, (score.vocals_muted for score in scores if score.vocals_muted is not None)),
    )


def _centre(kind: type[Values], values: Iterable[Values]) -> Values:
    """Field by field: means, but medians of museval's, as its publications have them."""
    rows = list(values)
    centres = []
    for field in fields(kind):
        column = np.array([getattr(row, field.name) for row in rows], dtype=float)
        defined = column[~np.isnan(column)]
        middle = np.median if field.name.startswith("museval") else np.mean
        centres.append(float(middle(defined)) if len(defined) else float("nan"))
    return kind(*centres)


def _mean_of_stems(score: SongScore) -> StemScore:
    """Undefined if a stem is."""
    stems = score.stems.values()
    return StemScore(*(float(np.mean([getattr(stem, field.name) for stem in stems])) for field in fields(StemScore)))
