"""From a recording of a pattern to a verdict and its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rtsep.lab.arrival import Arrival, Listener
from rtsep.lab.clipping import clipped_share
from rtsep.lab.clocks import Clocks, clocks
from rtsep.lab.probe import Pattern
from rtsep.units import frames_to_ms, gain_to_db

Verdict = Literal["found", "too noisy", "no loop"]

FOUND = 8.0
"""Peak over floor that a single shot needs. Noise alone reaches about 5 among a second's delays."""
SOMETHING = 6.5
"""The same for all shots together: something of the probe is there."""
EMPTY_DB = 20.0
"""By how much the first shot falls short of the others where only a trace of it came in its time."""
FAINT_DB = -40.0
"""A loop that returns less than this leaves little room above the converters' noise."""

SILENT = (
    "the input is digital silence: choose the channel that the cable is in (--input-channel), switch off its mute, and "
    "allow this program to record (macOS: Privacy, Microphone)"
)
UNPLUGGED = (
    "connect the output to the input with a cable, and choose the channels it is in (--output-channel, --input-channel)",
    "turn up the output's level and the input's gain; switch a microphone input to line",
    "is the delay longer than {longest_ms:.0f} ms? then give --longest-ms {more_ms:.0f}",
)
TOO_LONG = "the delay is longer than {longest_ms:.0f} ms: give --longest-ms {more_ms:.0f}"
NOISY = (
    "turn up the output's level or the input's gain, or play louder: --level-db {louder_db:.0f}",
    "unplug or mute whatever else plays into the input",
    "give more shots (--shots {more})",
    "switch off noise suppression, echo cancelling and effects on the way",
)
CLIPPED = (
    "the input clips ({percent:.0f} % of its samples): turn down the input's gain, "
    "or play softer: --level-db {softer_db:.0f}"
)
STEPPED = "the delay jumped {steps} times: frames were lost; a larger block, or a machine with less to do, helps"
FAINT = "the loop returns {gain_db:.0f} dB only; more level gives a surer figure"


@dataclass(frozen=True)
class Measurement:
    """What a pattern's recording says. Delays in frames at `sample_rate`; figures are None unless the loop was found.

    `delays`: one for each shot, None where it was not found. `confidence_db`: the median shot's peak over the noise.
    `gain_db`: of the loop, over the frequencies that were heard. `clipped`: share of loud samples that are cut off.
    `advice`: what to check, most likely first; also of a loop that was found, where something is amiss.
    """

    verdict: Verdict
    sample_rate: float
    clocks: Clocks | None
    inverted: bool | None
    gain_db: float | None
    confidence_db: float
    clipped: float
    peak_db: float
    quiet_db: float
    delays: tuple[float | None, ...]
    advice: tuple[str, ...]

    @property
    def delay(self) -> float | None:
        """Frames."""
        return self.clocks.delay if self.clocks else None

    @property
    def delay_ms(self) -> float | None:
        """The same in ms."""
        return frames_to_ms(self.clocks.delay, self.sample_rate) if self.clocks else None


def analyse(recording: NDArray[np.floating], pattern: Pattern) -> Measurement:
    """Look for the pattern in a (T,) recording, sample 0 of which was captured as the pattern's sample 0 was played."""
    heard = np.zeros(pattern.frames)
    there = min(len(recording), pattern.frames)
    heard[:there] = np.nan_to_num(recording[:there].astype(float), posinf=0.0, neginf=0.0)
    quiet = heard[: pattern.quiet]
    listener = Listener(pattern, quiet)
    correlations = [listener.correlation(heard[start : start + pattern.period]) for start in pattern.starts]
    arrivals = [listener.arrival(correlation) for correlation in correlations]
    found = [arrival if arrival and arrival.ratio >= FOUND else None for arrival in arrivals]
    together = listener.arrival(sum(correlations[1:], correlations[0]))
    too_long = _too_long(found, pattern.longest)
    verdict = "no loop" if too_long else _verdict(found, together)
    peak_db = gain_to_db(float(np.max(np.abs(heard))))
    quiet_db = gain_to_db(float(np.sqrt(np.mean(quiet**2))))
    clipped = clipped_share(heard)
    confidence = float(np.median([arrival.confidence_db if arrival else 0.0 for arrival in arrivals]))
    if verdict != "found":
        advice = _failure(verdict, pattern, too_long, peak_db, clipped)
        nothing = (None,) * len(found)
        return Measurement(
            verdict,
            pattern.probe.sample_rate,
            None,
            None,
            None,
            confidence,
            clipped,
            peak_db,
            quiet_db,
            nothing,
            advice,
        )
    good = [(start, arrival) for start, arrival in zip(pattern.starts, found, strict=True) if arrival]
    figures = clocks([start for start, _ in good], [arrival.delay for _, arrival in good])
    gain_db = float(np.median([arrival.gain_db for _, arrival in good]))
    return Measurement(
        verdict,
        pattern.probe.sample_rate,
        figures,
        sum(arrival.inverted for _, arrival in good) > len(good) / 2,
        gain_db,
        confidence,
        clipped,
        peak_db,
        quiet_db,
        tuple(arrival.delay if arrival else None for arrival in found),
        _remarks(pattern, figures, gain_db, clipped),
    )


def _verdict(found: list[Arrival | None], together: Arrival | None) -> Verdict:
    """Half of the shots must be found."""
    there = sum(arrival is not None for arrival in found)
    if 2 * there >= len(found):
        return "found"
    return "too noisy" if there or (together and together.ratio >= SOMETHING) else "no loop"


def _too_long(found: list[Arrival | None], longest: int) -> bool:
    """Whether most shots arrive too late, or in the time of the next one: then the first one's is empty."""
    there = [arrival for arrival in found if arrival]
    if there and 2 * sum(arrival.delay > longest for arrival in there) >= len(there):
        return True
    if len(found) < 3 or not all(found[1:]):
        return False
    usual_db = float(np.median([arrival.gain_db for arrival in there]))
    return found[0] is None or found[0].gain_db < usual_db - EMPTY_DB


def _failure(verdict: Verdict, pattern: Pattern, too_long: bool, peak_db: float, clipped: float) -> tuple[str, ...]:
    longest_ms = frames_to_ms(pattern.longest, pattern.probe.sample_rate)
    words = {
        "longest_ms": longest_ms,
        "more_ms": 4 * longest_ms,
        "louder_db": min(0.0, pattern.level_db + 6.0),
        "more": 4 * pattern.shots,
    }
    if verdict == "too noisy":
        lines: tuple[str, ...] = NOISY
    elif too_long:
        lines = (TOO_LONG,)
    else:
        lines = (SILENT,) if gain_to_db(0.0) >= peak_db else UNPLUGGED
    cut = (_clipped(pattern, clipped),) if clipped else ()
    return cut + tuple(line.format(**words) for line in lines)


def _clipped(pattern: Pattern, clipped: float) -> str:
    return CLIPPED.format(percent=100 * clipped, softer_db=pattern.level_db - 12.0)


def _remarks(pattern: Pattern, figures: Clocks, gain_db: float, clipped: float) -> tuple[str, ...]:
    """What is amiss with a loop that was found."""
    remarks = (_clipped(pattern, clipped),) if clipped else ()
    if figures.steps:
        remarks += (STEPPED.format(steps=figures.steps),)
    if gain_db < FAINT_DB:
        remarks += (FAINT.format(gain_db=gain_db),)
    return remarks
