"""`rtsep demo`: a clip through the whole three-process host in real time, scored against its true stems."""

from __future__ import annotations

import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import soundfile
import typer
from numpy.typing import NDArray
from rich.live import Live
from rich.table import Table

from rtsep.changes import StemMute
from rtsep.cli.ending import undisturbed
from rtsep.cli.events import Events
from rtsep.cli.output import JsonOption, check_json, console, preparing
from rtsep.cli.view import budget_line, health_line, screen
from rtsep.control import EngineState
from rtsep.demo.clip import Clip, load_clip
from rtsep.errors import AudioFileError, RtsepError, SeparatorError
from rtsep.host.config import DeviceConfig, HostConfig, default_separator
from rtsep.host.devices.file import FILE_ERRORS
from rtsep.host.engine import Engine
from rtsep.jsonfile import write_json
from rtsep.separators.registry import create
from rtsep.units import frames_to_ms, gain_to_db

FORMAT = "flac"
SLACK_BLOCKS = 2
"""Room for a machine that nobody has prepared for audio; `rtsep run` measures and takes what is needed."""


def demo(
    separator: Annotated[str | None, typer.Option("--separator", "-s", help="See 'rtsep separators'.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the mix and the stems.")] = Path(
        "rtsep-demo"
    ),
    block: Annotated[int, typer.Option(help="Frames in a callback.")] = 128,
    json: JsonOption = None,
) -> None:
    """Play a clip through the live host, mute the vocals half-way, and score the stems against the true ones."""
    check_json(json)
    out = console(json)
    separator = separator or default_separator()
    clip = load_clip()
    _check_stems(separator, clip)
    half_s = clip.mix.shape[1] / clip.sample_rate / 2
    out.print(
        f"Streaming a {2 * half_s:.0f} s clip through {separator!r} in real time; the vocals go at {half_s:.0f} s."
    )
    _clear(output, clip)
    events = Events()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.wav"
        try:
            soundfile.write(path, clip.mix.T, clip.sample_rate, "FLOAT")
        except FILE_ERRORS as error:
            raise AudioFileError(f"{path} cannot be written: {error or 'the disk is full'}; make room there") from None
        device = DeviceConfig(kind="file", path=str(path), block=block)
        config = HostConfig(
            separator=separator, slack=SLACK_BLOCKS * block, device=device, record=str(output), record_format=FORMAT
        )
        with preparing(out):
            engine = Engine.start(config, events.append)
        last = _play(engine, events, half_s, out)
    stems = {name: _read(output / f"{name}.{FORMAT}", clip) for name in clip.stems}
    scores = {name: sdr_db(clip.stems[name], stems[name]) for name in clip.stems}
    muted_db = _muted_db(_read(output / f"mix.{FORMAT}", clip), clip)
    _report(out, clip, last, scores, muted_db, output)
    write_json(
        json,
        {
            "separator": separator,
            "late_hops": last.counters.late_hops,
            "missed_positions": last.counters.missed_positions,
            "xruns": last.counters.xruns,
            "sdr_mean_db": float(np.mean(list(scores.values()))),
            "sdr_db": scores,
            "muted_vocals_residual_db": muted_db,
            "latency_frames": last.budget.total,
            "latency_ms": frames_to_ms(last.budget.total, last.sample_rate),
            "budget": asdict(last.budget),
            "load": asdict(last.load),
            "counters": asdict(last.counters),
            "output": str(output),
            "events": events.all(),
        },
    )


def _check_stems(separator: str, clip: Clip) -> None:
    """Raise SeparatorError if there is nothing to score the separator's stems against."""
    spec = create(separator).spec
    if set(spec.stems) != set(clip.stems) or spec.channels != len(clip.mix):
        raise SeparatorError(
            f"separator {separator!r} makes {', '.join(spec.stems)} in {spec.channels} channels, "
            f"the demo's clip has {', '.join(clip.stems)} in {len(clip.mix)}; hear yours with 'rtsep run -d file:PATH'"
        )


def _clear(output: Path, clip: Clip) -> None:
    """Remove what an earlier demo left. Raises AudioFileError if `output` is no folder or not ours to change."""
    try:
        for name in ("mix", *clip.stems):
            (output / f"{name}.{FORMAT}").unlink(missing_ok=True)
    except OSError as error:
        raise AudioFileError(
            f"cannot write into {output}: {error.strerror}; choose another folder with --output"
        ) from None


def _play(engine: Engine, events: Events, half_s: float, out: Any) -> EngineState:
    """Run to the end, muting the vocals half-way; the last state. Raises RtsepError if 'rtsep stop' came first."""
    muted = False
    try:
        with Live(console=out, refresh_per_second=10, transient=True) as live:
            while not engine.finished() and not engine.block.get("stop"):
                state = engine.state()
                if not muted and state.position / state.sample_rate >= half_s:
                    muted = True
                    engine.apply(StemMute("vocals", True))
                if out.is_terminal:
                    live.update(screen(state, -1, events.recent(), ""))
                time.sleep(0.05)
    finally:
        whole = engine.finished()
        with undisturbed():
            last = engine.stop()
    if not whole:
        raise RtsepError("the demo was stopped before the end of its clip, so that there is nothing to score")
    assert last is not None
    return last


def _read(path: Path, clip: Clip) -> NDArray[np.float32]:
    """A recorded file, (C, T), as long as the clip. Raises AudioFileError."""
    try:
        audio: Any = soundfile.read(path, dtype="float32", always_2d=True)[0].T
    except FILE_ERRORS as error:
        raise AudioFileError(f"{path} was not recorded whole: {error}; is its disk full?") from None
    length = clip.mix.shape[1]
    whole: Any = np.pad(audio, ((0, 0), (0, max(0, length - audio.shape[1]))))
    return whole[:, :length]


def sdr_db(reference: NDArray[np.float32], estimate: NDArray[np.float32]) -> float:
    """Energy ratio of a stem to what is wrong with its estimate, dB, over everything (uSDR).

    >>> round(sdr_db(np.ones((2, 4), np.float32), np.full((2, 4), 0.9, np.float32)), 2)
    20.0
    """
    wrong = np.sum(np.square(reference - estimate, dtype=np.float64))
    return float(10.0 * np.log10(np.sum(np.square(reference, dtype=np.float64)) / max(wrong, 1e-20)))


def _muted_db(mix: NDArray[np.float32], clip: Clip) -> float:
    """Vocal level left in the second half of the mix, dB below the vocals themselves: the part of it along the true vocals."""
    second = slice(clip.mix.shape[1] * 11 // 20, None)
    truth = clip.stems["vocals"][:, second].astype(np.float64)
    rest = clip.mix[:, second] - truth
    # Least squares of the mix on vocals and accompaniment: what share of the vocals is still in there?
    basis = np.stack([truth.ravel(), rest.ravel()], axis=1)
    shares = np.linalg.lstsq(basis, mix[:, second].ravel().astype(np.float64), rcond=None)[0]
    return gain_to_db(abs(float(shares[0])))


def _report(out: Any, clip: Clip, last: EngineState, scores: dict[str, float], muted_db: float, output: Path) -> None:
    out.print(budget_line(last))
    out.print(health_line(last))
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("stem")
    table.add_column("SDR dB", justify="right")
    table.add_column("the mixture itself dB", justify="right")
    for name, score in scores.items():
        table.add_row(name, f"{score:.2f}", f"{sdr_db(clip.stems[name], clip.mix):.2f}")
    table.add_row("mean", f"{np.mean(list(scores.values())):.2f}", "", style="bold")
    out.print(table)
    out.print(f"With the vocals muted, {muted_db:.1f} dB of them are left in the mix.")
    out.print(f"Mix and stems are in {output}/")
