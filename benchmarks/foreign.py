"""Other people's models, made with nn_tilde, neutone_sdk and onnx, live on a JACK server; and every misuse of them.

Each model plays for some seconds, and its latency is measured by an impulse through the server against the host's sum. Each
bad file is asked for while another separator plays: it must be refused, or end in the fallback, with no callback lost.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.foreignfiles import Bad, Codec, Drive, Echo, Halves, Partitioned, write_neutone, write_nn
from benchmarks.foreigngraphs import like_dtln, like_mdx, like_spleeter
from benchmarks.report import Report, arguments, say
from benchmarks.rig import await_true, host, jack_config
from benchmarks.roundtrip import impulse_frames, raw_loop
from rtsep.changes import SwitchSeparator
from rtsep.errors import RtsepError
from rtsep.lab.jackd import JackServer
from rtsep.lab.tally import Tally
from rtsep_models.foreign import sandbox
from rtsep_models.foreign.files import described

RATE, BLOCK = 48000, 128
FAILING = {"few": 0, "short": 0, "nan": 3000, "raise": 3000, "hang": 3000, "hoard": 3000, "crash": 0}
"""Deeds, and the calls before them: some at once, some only after a probe was content."""
PATIENCE_S = 60.0


def made(folder: Path) -> list[Path]:
    """Files that behave, of all three kinds."""
    write_neutone(folder / "stereo", Drive(False, 96, [], [])).rename(folder / "drive.nm")
    write_neutone(folder / "mono", Drive(True, 5, [44100], [441, 1000])).rename(folder / "mono.nm")
    return [
        write_nn(folder / "echo.ts", lambda: Echo(2, 300)),
        write_nn(folder / "mono-echo.ts", lambda: Echo(1, 77, 44100)),
        write_nn(folder / "halves.ts", Halves),
        write_nn(folder / "codec.ts", Codec),
        write_nn(folder / "parts.ts", Partitioned),
        folder / "drive.nm",
        folder / "mono.nm",
        like_dtln(folder),
        like_spleeter(folder),
        like_mdx(folder),
    ]


def play(path: Path, seconds: float, raw: float) -> dict[str, Any]:
    """One model, live. Raises RtsepError if it may not play."""
    report = sandbox.examined(described(str(path)))
    with host(jack_config(str(path))) as engine:
        time.sleep(1.0)
        before = Tally.of(engine.block)
        time.sleep(seconds)
        counts = (Tally.of(engine.block) - before).counts
        budget = engine.state().budget
        error = impulse_frames(BLOCK, "rtsep", 1.0) - raw - budget.host
        live = counts["hops"] > 0 and engine.state().separator_status == "running" and not counts["separator_faults"]
    return {
        "model": path.name,
        "live": live,
        "declared": report.declared_delay,
        "measured": report.measured_delay,
        "budget": {name: getattr(budget, name) for name in budget.__dataclass_fields__},
        "latency_error": error,
        "p50_ms": report.cost.p50_ms,
        "hop_ms": report.cost.hop_ms,
        **{
            name: counts[name]
            for name in ("hops", "missed_positions", "late_hops", "fallback_frames", "nonfinite_hops")
        },
        "stolen_by_hypervisor_ms": counts["stolen_by_hypervisor_ms"],
    }


def misuse(path: Path) -> dict[str, Any]:
    """Ask for a bad file while another separator plays; what became of it, and of the host."""
    heard: list[str] = []
    with host(jack_config("delay"), on_event=heard.append) as engine:
        time.sleep(0.5)
        audio, before = engine.block.get("audio_pid"), Tally.of(engine.block)
        engine.apply(SwitchSeparator(str(path)))
        await_true(lambda: bool(told(heard)) or engine.state().separator_name == str(path), PATIENCE_S, 0.02)
        if engine.state().separator_name == str(path):
            await_true(lambda: failed(engine.state().counters), PATIENCE_S, 0.02)
            engine.apply(SwitchSeparator("passthrough"))
        else:
            engine.apply(SwitchSeparator("passthrough"))
        back = await_true(lambda: engine.state().separator_name == "passthrough", PATIENCE_S, 0.02)
        counts = (Tally.of(engine.block) - before).counts
        same = engine.block.get("audio_pid") == audio
    contained = told(heard) or [line for line in heard if "separator" in line and "plays now" not in line]
    return {
        "file": path.name,
        "survived": bool(contained) and same and back != float("inf"),
        "said": [line.replace(f"{path.parent}/", "") for line in contained[:1]],  # no paths of this machine
        **{name: counts[name] for name in ("callbacks", "missed_positions", "stolen_by_hypervisor_ms")},
    }


def told(heard: list[str]) -> list[str]:
    """Refusals."""
    return [line for line in heard if "cannot play" in line or "plays on" in line]


def failed(counters: Any) -> bool:
    """Whether the separator has been noticed to misbehave."""
    return bool(counters.separator_restarts + counters.separator_faults + counters.nonfinite_hops)


def main() -> None:
    """Entry point."""
    parser = arguments("foreign", __doc__ or "")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long each model plays")
    options = parser.parse_args()
    report = Report("foreign", options)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as place, JackServer(RATE, BLOCK) as server:
        folder = Path(place)
        raw = raw_loop(BLOCK, 1.0)["impulse"] or 0.0
        for path in made(folder):
            try:
                rows.append(play(path, options.seconds, raw))
            except RtsepError as error:
                rows.append({"model": path.name, "live": False, "refused": str(error)})
            say(f"{rows[-1]}")
        bad = [write_nn(folder / f"{deed}.ts", lambda d=deed, n=calls: Bad(d, n)) for deed, calls in FAILING.items()]
        (folder / "half.ts").write_bytes((folder / "echo.ts").read_bytes()[:9000])
        (folder / "text.nm").write_text("no model")
        bad += [folder / "half.ts", folder / "text.nm"]
        misuses = []
        for path in bad:
            misuses.append(misuse(path))
            say(f"{misuses[-1]}")
        report.figures = {"models": rows, "misuses": misuses, "jack": server.facts()}
    played = [row for row in rows if row["live"]]
    errors = [abs(row["latency_error"]) for row in played]
    report.accept("foreign_models_running_live", len(played), "models", f"= {len(rows)}")
    report.accept("foreign_misuses_survived", sum(row["survived"] for row in misuses), "misuses", f"= {len(misuses)}")
    report.accept("foreign_latency_error_frames", max(errors, default=float("inf")), "frames", "<= 1")
    report.accept("foreign_missed_positions", sum(row["missed_positions"] for row in played), "frames", "= 0")
    report.accept("foreign_late_hops", sum(row["late_hops"] for row in played), "hops")
    report.accept("foreign_misuse_missed_positions", sum(row["missed_positions"] for row in misuses), "frames")
    report.close()


if __name__ == "__main__":
    main()
