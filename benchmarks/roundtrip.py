"""Is the declared latency true? Impulses and `jack_iodelay`, through JACK, for every block and hop, resampled or not.

The loop is: deck -> host -> deck, or jack_iodelay -> host -> jack_iodelay. In such a loop no converter takes part. JACK
delays the edge that closes a loop by one period, whoever is in it; that much is measured in the same run, with a client
that only copies its input ("raw"). So the declared loop is raw + budget.host: what rtsep adds to the device's own
latency. The budget's device_in and device_out, which JACK reports for its driver, are listed but not part of this loop.

An impulse goes two ways: all faders at unity (the aligned dry path), and one stem soloed (ring, separator process, stem
ring), which jack_iodelay's tones then take too. Behind a resampler a peak may fall between frames: it is looked for on
the waveform interpolated 32 times.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import plugins
from benchmarks.report import Report, arguments, say
from benchmarks.rig import host, jack_config
from rtsep.changes import Knob, StemSolo
from rtsep.errors import RtsepError
from rtsep.lab.deck import Deck
from rtsep.lab.iodelay import loop_frames
from rtsep.lab.jackd import JackServer
from rtsep.lab.percentiles import percentiles

RATE = 48000
BLOCKS = (32, 64, 128, 256, 441, 512, 1024)
IMPULSE_AT = 1500
UPSAMPLING = 32
REACH = 64


def peak(recording: NDArray[np.float32]) -> float:
    """Position of the largest peak of a (T,) recording, in frames, between samples if that is where it is."""
    top = int(np.argmax(np.abs(recording)))
    start = max(0, top - REACH)
    piece = recording[start : top + REACH].astype(float)
    spectrum = np.fft.rfft(piece)
    fine = np.fft.irfft(spectrum, UPSAMPLING * len(piece))
    return start + int(np.argmax(np.abs(fine))) / UPSAMPLING


def impulse_frames(block: int, client: str, seconds: float = 0.5) -> float:
    """Frames from an impulse's way out of the deck to its way back in."""
    sound = np.zeros((1, IMPULSE_AT + 1), dtype=np.float32)
    sound[0, IMPULSE_AT] = 0.5
    frames = int(seconds * RATE) // block * block
    with Deck("probe", sound, frames, ins=1) as deck:
        deck.wire(client)
        deck.arm()
        deck.wait(frames)
        return peak(deck.captured()[0]) - IMPULSE_AT


def raw_loop(block: int, iodelay_s: float) -> dict[str, float | None]:
    """The same loops with a client that only copies."""
    with Deck("copier", np.zeros((2, 1), dtype=np.float32), ins=2, copy=True) as copier:
        impulse = impulse_frames(block, "copier")
        return {"impulse": impulse, "jack_iodelay": loop_frames(copier, "copier", iodelay_s)}


def one(block: int, separator: str, raw: dict[str, float | None], iodelay_s: float) -> dict[str, Any]:
    """Declared and measured for one separator on the running server."""
    with host(jack_config(separator)) as engine:
        declared = engine.state().budget
        measured = {"dry impulse": impulse_frames(block, "rtsep")}
        engine.apply(Knob("vocals", 1.0), Knob("drums", 0.0), Knob("bass", 0.0), StemSolo("vocals", True))
        measured["stem impulse"] = impulse_frames(block, "rtsep")
        with Deck("patchbay", np.zeros((1, 1), dtype=np.float32), ins=1) as patchbay:
            tone = loop_frames(patchbay, "rtsep", iodelay_s)
        if tone is not None:
            measured["stem jack_iodelay"] = tone
        late = int(engine.block.get("late_hops"))
        hop = int(engine.block.get("hop"))
    reference = {name: raw["jack_iodelay" if "iodelay" in name else "impulse"] or 0.0 for name in measured}
    errors = {name: value - reference[name] - declared.host for name, value in measured.items()}
    return {
        "block": block,
        "separator": separator,
        "hop": hop,
        "budget": {name: getattr(declared, name) for name in declared.__dataclass_fields__},
        "host": declared.host,
        "measured": measured,
        "errors": errors,
        "late_hops": late,
    }


def at_block(block: int, hops: list[int], iodelay_s: float) -> list[dict[str, Any]]:
    """All separators at one block size. Raises RuntimeError if the driver does not take it."""
    rows: list[dict[str, Any]] = []
    with JackServer(RATE, block) as server:
        raw = raw_loop(block, iodelay_s)
        say(f"block {block}: raw loop {raw}")
        for separator in (f"bench-{kind}-{hop}" for kind in ("delay", "low") for hop in hops):
            try:
                row = one(block, separator, raw, iodelay_s)
            except RtsepError as error:
                rows.append({"block": block, "separator": separator, "refused": str(error)})
                say(f"  {separator}: {error}")
                continue
            rows.append(row | {"raw": raw, "realtime": server.realtime})
            shown = ", ".join(f"{name} {error:+.3f}" for name, error in row["errors"].items())
            say(f"  {separator}: declared {row['host']}, off by {shown}")
    return rows


def safely(block: int, hops: list[int], iodelay_s: float) -> list[dict[str, Any]]:
    """`at_block`, or a row that says why not."""
    try:
        return at_block(block, hops, iodelay_s)
    except RuntimeError as error:
        say(f"block {block}: {error}")
        return [{"block": block, "refused": str(error)}]


def main() -> None:
    """Measure, write, print."""
    parser = arguments("roundtrip", "declared against measured latency")
    parser.add_argument("--blocks", type=int, nargs="+", default=list(BLOCKS))
    parser.add_argument("--hops", type=int, nargs="+", default=list(plugins.HOPS), choices=plugins.HOPS)
    parser.add_argument("--iodelay-seconds", type=float, default=2.0)
    options = parser.parse_args()
    report = Report("roundtrip", options)
    with plugins.registered():
        rows = [row for block in options.blocks for row in safely(block, options.hops, options.iodelay_seconds)]
    errors = [abs(error) for row in rows for error in row.get("errors", {}).values()]
    report.figures = {"method": __doc__, "rate": RATE, "abs_error_frames": percentiles(errors), "rows": rows}
    report.accept("latency_error_frames_max", max(errors, default=float("inf")), "frames", "<= 1")
    report.accept("measurements", len(errors), "")
    report.accept("refused", sum("refused" in row for row in rows), "")
    report.close()


if __name__ == "__main__":
    main()
