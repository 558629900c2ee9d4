"""Looks at a foreign file in a process of its own: `python -m rtsep_models.foreign.probe NAME`.

Prints lines of JSON, each a `Word`: what it does next, and at last a report or what is wrong. Whatever the file does,
it does here: `rtsep_models.foreign.sandbox` watches, and draws its conclusions from the last line and from how this ended.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys

import msgspec

from rtsep.errors import SeparatorError
from rtsep.spec import MAX_PARAMETERS, SeparatorSpec
from rtsep_models.foreign.report import Report, Word, without
from rtsep_models.foreign.trial import Doing, Trial, brief

TRIAL_HOPS, TRIAL_S = 24, 1.0
"""Heard at first: so many hops, and so many seconds, up to `MOST_TRIAL_HOPS`."""
MOST_TRIAL_HOPS = 400


def probe(name: str, version: str, doing: Doing) -> Report:
    """Everything that can be found out. Raises SeparatorError."""
    from rtsep_models.foreign.cores import load

    doing("loading")
    cores, layout = load(name)
    facts = cores[0].facts
    rate = max(facts.sample_rates)
    for core in cores:
        core.prepare(rate)
    trial = Trial(cores, layout)
    doing("playing")
    trial.warm_up(max(TRIAL_HOPS, min(MOST_TRIAL_HOPS, round(TRIAL_S * rate / facts.hop))))
    doubts = list(facts.doubts)
    doing("resetting")
    if not trial.slow and not trial.forgets():
        doubts.append("after a reset it does not sound as it did: it is random, or keeps some of the past")
    doing("measuring the latency")
    measured = None if trial.slow else trial.delay(rate)
    declared = facts.delay
    if trial.slow:
        doubts.append(f"a hop takes so long to compute that its latency was not measured; taken as {declared or 0}")
    elif measured is None:
        doubts.append(
            f"its latency cannot be measured: neither an impulse nor noise comes back; taken as {declared or 0}"
        )
    elif declared is not None and measured != declared:
        doubts.append(f"it declares a latency of {declared} samples and has {measured}; what was measured counts")
    doing("moving the parameters")
    refused = dict(trial.refused(facts.parameters[:MAX_PARAMETERS]))
    doubts += [f"parameter {knob.name!r} is left out, for it fails: {why}" for knob, why in refused.items()]
    doing("measuring the cost")
    cost = trial.cost(rate)
    delay = measured if measured is not None else declared or 0
    residual = (facts.residual,) if facts.residual else ()
    parameters = without(facts.parameters[:MAX_PARAMETERS], {knob.name for knob in refused})
    spec = SeparatorSpec(
        facts.name,
        (*layout.stems, *residual),
        layout.channels,
        facts.sample_rates,
        facts.hop,
        delay,
        bool(residual),
        parameters,
    )
    return Report(
        kind=facts.kind,
        spec=spec,
        layout=layout,
        residual=bool(residual),
        declared_delay=declared,
        measured_delay=measured,
        cost=cost,
        file_hop=facts.file_hop,
        version=version,
        details=facts.details,
        doubts=tuple(doubts),
    )


def main() -> None:
    """Entry point of the process: NAME VERSION LARGEST_BYTES SECONDS."""
    name, version, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
    words = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what the file prints is not ours

    def say(**word: object) -> None:
        words.write(msgspec.json.encode(Word(**word)) + b"\n")  # type: ignore[arg-type]

    be_modest(most, float(sys.argv[4]))
    try:
        say(report=probe(name, version, lambda doing: say(doing=doing)))
    except SeparatorError as error:
        say(wrong=str(error))
    except MemoryError:
        say(
            wrong=f"wants more than {most >> 20} MiB of memory, which is the limit; it is too big, or allocates without end"
        )
    except Exception as error:
        say(wrong=f"{type(error).__name__}: {brief(error)}")
    words.close()
    os._exit(0)  # no code of the file at the end


def be_modest(most: int, seconds: float) -> None:
    """Let this process have no more than `most` bytes, not in real time, and end even if nobody is left to end it.

    The kernel's killer of last resort takes it before any other.
    """
    if sys.platform == "win32":
        return
    import resource

    signal.setitimer(signal.ITIMER_REAL, seconds)  # nobody handles it: it kills, native code that hangs too
    if sys.platform == "linux":
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as adjustment:
        adjustment.write("1000")
    with contextlib.suppress(OSError):
        os.nice(5)


if __name__ == "__main__":
    main()
