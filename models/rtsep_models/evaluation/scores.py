"""The scores of one song: every stem, and the song with its vocals muted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rtsep_models.evaluation.leakage import Leakage, leakage
from rtsep_models.evaluation.ratios import Stem, Stems, museval_sdr, sounds, usdr


@dataclass(frozen=True)
class StemScore:
    """One stem of one song; `*_gain_db` is how much better than the unprocessed mixture, taken for that stem."""

    usdr_db: float
    museval_db: float
    """NaN where no frame counts, as for an estimate that is silent throughout."""
    usdr_gain_db: float
    museval_gain_db: float


@dataclass(frozen=True)
class SongScore:
    """One song. `stems` are those that sound, in their order; where a song does not tell two apart they are scored as one."""

    song: str
    seconds: float
    stems: dict[str, StemScore]
    silent: tuple[str, ...]
    vocals_muted: Leakage | None
    """None if the song has no vocals, or nothing but vocals."""

    @property
    def usdr_db(self) -> float:
        """Mean of the stems."""
        return float(np.mean([stem.usdr_db for stem in self.stems.values()]))


def merged(stems: Stems, true: Stems) -> tuple[Stems, Stems]:
    """Estimates and truth with those stems added up that the song does not tell apart from `other`.

    A song without a bass track may have its bass inside `other`: then `bass+other` is compared with `other`.
    """
    hidden = [name for name in stems if name not in true]
    if not hidden or "other" not in true:
        return {name: stems[name] for name in true}, true
    together = "+".join([*hidden, "other"])
    estimate = {together if name == "other" else name: stems[name] for name in true}
    estimate[together] = np.stack([stems[name] for name in (*hidden, "other")]).sum(axis=0)
    return estimate, {together if name == "other" else name: track for name, track in true.items()}


def score(song: str, sample_rate: int, estimates: Stems, true: Stems) -> SongScore:
    """Compare `estimates`, which name at least the stems of `true`, with the truth; their sum is the mixture."""
    estimates, true = merged(estimates, true)
    mix: Stem = np.stack(list(true.values())).sum(axis=0)
    heard = {name: track for name, track in true.items() if sounds(track, mix)}
    guesses = {name: estimates[name] for name in heard}
    mixtures = dict.fromkeys(heard, mix)
    framewise, of_mixture = museval_sdr(heard, guesses, sample_rate), museval_sdr(heard, mixtures, sample_rate)
    stems = {}
    for name, track in heard.items():
        whole = usdr(track, guesses[name])
        gains = whole - usdr(track, mix), framewise[name] - of_mixture[name]
        stems[name] = StemScore(whole, framewise[name], *gains)
    voiced = "vocals" in heard and len(heard) > 1
    muted = leakage(heard["vocals"], mix - heard["vocals"], mix - guesses["vocals"], sample_rate) if voiced else None
    return SongScore(song, mix.shape[1] / sample_rate, stems, tuple(sorted(set(true) - set(heard))), muted)
