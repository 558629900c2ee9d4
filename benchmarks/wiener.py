"""What the multichannel Wiener filter adds to networks of spectra, on songs that nothing was trained on.

Each network is heard once, hop by hop, its frames going three ways: as they are (`network`), through the filter (`filter`),
and through one that forgets every stem's place before each frame (`placeless`), so that what the filter does to the shares is
told from what it gains by places. `ideal` is no network but each bin's true powers, in each channel by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.quality import PLAIN
from benchmarks.report import Report, arguments, say
from rtsep.kernelcache import use_kernel_cache
from rtsep.separators.api import Audio
from rtsep_models.evaluation.material import Material, find
from rtsep_models.evaluation.scores import SongScore, score
from rtsep_models.evaluation.summary import summarise
from rtsep_models.runtimes.api import Array
from rtsep_models.runtimes.choose import RUNTIME_VARIABLE, choose
from rtsep_models.separators.fronts import SpectrumFront
from rtsep_models.weights.card import Card
from rtsep_models.weights.store import find as find_weights

IDEAL = "ideal"
RATE = 44100
WAYS = ("network", "placeless", "filter")
TINY = 1e-20

Network = Callable[[Array, int], Array]
"""The mixture's frame, and the sample at which its hop begins, to the stems' frames."""
Change = Callable[[Array, Array], Array]
"""The mixture's frame and the network's to what is played."""


def ideal(card: Card, song: Material) -> Network:
    """A network that knows the true powers."""
    fronts = [SpectrumFront(card) for _ in card.stems]
    stems = [song.stems.get(stem, np.zeros_like(song.mix)) for stem in card.stems]

    def step(x: Array, at: int) -> Array:
        hops = (np.ascontiguousarray(stem[:, at : at + card.hop]) for stem in stems)
        frames = np.stack([front.push(hop)[0, 0] for front, hop in zip(fronts, hops, strict=True)])
        powers = np.square(frames).sum(axis=-1, keepdims=True)
        return (powers / (powers.sum(axis=0) + TINY) * x[0, 0])[None, None].astype(np.float32)

    return step


def trained(card: Card, _: Material) -> Network:
    """The network of that card."""
    runtime = choose(find_weights(card.name))
    return lambda x, at: runtime.step(x)


def ways(card: Card) -> dict[str, Change]:
    """By name, for one song."""
    use_kernel_cache()
    # Here, not above: the kernels are to be kept in that place.
    from rtsep_models.separators.wiener import WienerFilter

    with_places, without = WienerFilter(card, RATE), WienerFilter(card, RATE)

    def placeless(x: Array, y: Array) -> Array:
        without.reset()
        return without.step(x, y)

    return dict(zip(WAYS, (lambda x, y: y, placeless, with_places.step), strict=True))


def separated(card: Card, song: Material, network: Network) -> dict[str, Audio]:
    """Stems (S, C, T) by way, aligned with the song but for its last `delay` samples."""
    hop, mix = card.hop, song.mix[:, : song.mix.shape[1] // card.hop * card.hop]
    changes, front = ways(card), SpectrumFront(card)
    backs = {way: SpectrumFront(card) for way in changes}
    stems = {way: np.zeros((len(card.stems), *mix.shape), np.float32) for way in changes}
    for at in range(0, mix.shape[1], hop):
        x = front.push(np.ascontiguousarray(mix[:, at : at + hop]))
        y = network(x, at)
        for way, change in changes.items():
            backs[way].pull(change(x, y), stems[way][:-1, :, at : at + hop])
    aligned = {way: whole[..., card.delay :] for way, whole in stems.items()}
    for whole in aligned.values():
        whole[-1] = mix[:, : whole.shape[-1]] - whole[:-1].sum(axis=0)
    return aligned


def scored(name: str, card: Card, seconds: float, songs: int) -> dict[str, list[SongScore]]:
    """Scores of every song by way."""
    make = ideal if name == IDEAL else trained
    scores: dict[str, list[SongScore]] = {way: [] for way in WAYS}
    for piece in find([])[: songs or None]:
        song = piece.load(seconds)
        for way, stems in separated(card, song, make(card, song)).items():
            true = {stem: track[:, : stems.shape[-1]] for stem, track in song.stems.items()}
            estimates = dict(zip(card.stems, stems, strict=True))
            scores[way].append(score(piece.name, song.sample_rate, estimates, true))
        say(f"{name:<18} {piece.name:<12} " + "  ".join(f"{way} {s[-1].usdr_db:6.2f}" for way, s in scores.items()))
    return scores


def main() -> None:
    """Measure, write, print."""
    parser = arguments("wiener", "what the multichannel Wiener filter adds")
    parser.add_argument("--sets", nargs="+", default=["monitor", "stage"], help="weights of networks of spectra")
    parser.add_argument("--seconds", type=float, default=20.0, help="excerpt of each song; 0: all of it")
    parser.add_argument("--songs", type=int, default=0, help="so many only; 0: all")
    options = parser.parse_args()
    os.environ.setdefault(RUNTIME_VARIABLE, PLAIN)
    report = Report("wiener", options)
    figures: dict[str, Any] = {}
    for name in (*options.sets, IDEAL):
        card = find_weights(options.sets[0] if name == IDEAL else name).card
        means = {way: summarise(found) for way, found in scored(name, card, options.seconds, options.songs).items()}
        figures[name] = {
            way: {
                "usdr_db": {**{stem: s.usdr_db for stem, s in mean.stems.items()}, "mean": mean.mean.usdr_db},
                "museval_db": {**{stem: s.museval_db for stem, s in mean.stems.items()}, "mean": mean.mean.museval_db},
            }
            for way, mean in means.items()
        }
        gain, places = (means["filter"].mean.usdr_db - means[way].mean.usdr_db for way in WAYS[:2])
        report.accept(f"{name}_filter_gain_db", gain, "dB", "" if name == IDEAL else ">= 0")
        report.accept(f"{name}_places_gain_db", places, "dB")
    report.figures = {"method": __doc__, "sets": figures}
    report.close()


if __name__ == "__main__":
    main()
