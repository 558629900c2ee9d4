"""The live terminal view: levels, latency budget, load and faults on one calm screen."""

from __future__ import annotations

from dataclasses import fields

from rich.console import Group
from rich.table import Table
from rich.text import Text

from rtsep.control import EngineState, Level, Strip, short_name
from rtsep.units import frames_to_ms

# Okabe and Ito's set, safe for colour-blind eyes.
STEM_COLOURS = ("#e69f00", "#56b4e9", "#009e73", "#cc79a7", "#f0e442", "#0072b2", "#d55e00")
METER_WIDTH = 40
FLOOR_DB = -60.0


def bar(level: Level, colour: str) -> Text:
    """A meter from -60 to 0 dBFS with its held peak.

    >>> bar(Level(0.0, 0.0, -6.0, 0), "red").plain.count("\u2588")
    36
    """

    def cell(level_db: float) -> int:
        return round(METER_WIDTH * (max(FLOOR_DB, min(0.0, level_db)) - FLOOR_DB) / -FLOOR_DB)

    loud, peak, hold = cell(level.rms_db), cell(level.peak_db), cell(level.hold_db)
    text = Text("\u2588" * loud, style=colour)
    text.append("\u2593" * max(0, peak - loud), style=colour)
    text.append("\u00b7" * (METER_WIDTH - max(loud, peak)), style="grey30")
    if hold > max(loud, peak, 1):
        text = text[: hold - 1] + Text("|", style="white") + text[hold:]
    return text


def _strip_row(index: int, strip: Strip, level: Level, chosen: bool, solo: str) -> tuple[Text | str, ...]:
    colour = STEM_COLOURS[index % len(STEM_COLOURS)]
    gain = "-inf" if strip.gain_db <= -144 else f"{strip.gain_db:+.1f}"
    return (
        Text(f"{'>' if chosen else ' '}{index + 1} {solo}", style="bold" if chosen else "grey62"),
        Text(strip.stem, style=colour),
        Text("M", style="bold black on #e69f00") if strip.mute else Text("m", style="grey35"),
        Text("S", style="bold black on #56b4e9") if strip.solo else Text("s", style="grey35"),
        f"{gain} dB",
        bar(level, "grey42" if strip.mute else colour),
        f"{level.peak_db:6.1f}" if level.peak_db > FLOOR_DB else "     .",
    )


def budget_line(state: EngineState) -> Text:
    """The latency sum, every component named."""
    text = Text("latency  ", style="bold")
    for part in fields(state.budget):
        frames = getattr(state.budget, part.name)
        if frames:
            text.append(f"{part.name.replace('_', ' ')} {frames} + ", style="grey70")
    text = text[:-3]
    text.append(
        f" = {state.budget.total} frames = {frames_to_ms(state.budget.total, state.sample_rate):.1f} ms", style="bold"
    )
    if state.measured_latency is not None:
        text.append(f"   measured {frames_to_ms(state.measured_latency, state.sample_rate):.2f} ms")
    return text


def health_line(state: EngineState) -> Text:
    """Load and faults; what is wrong stands out."""
    count, load = state.counters, state.load
    # The hop that the load is measured by is one at the device's rate; the separator's own may be at another.
    known = load.hop_share_p50 > 0.0
    deadline_us = load.hop_us_p50 / load.hop_share_p50 if known else 1e6 * state.separator.hop / state.sample_rate
    text = Text("load     ", style="bold")
    text.append(
        f"hop {load.hop_us_p50 / 1e3:.2f} ms typical, {load.hop_us_p999 / 1e3:.2f} p99.9 of {deadline_us / 1e3:.2f}   "
        f"callback {load.callback_us_p50:.0f} us   wake {load.wake_us_p50:.0f} us\n"
    )
    text.append("faults   ", style="bold")
    for name, value in (
        ("xruns", count.xruns),
        ("missed", count.missed_positions),
        ("late hops", count.late_hops),
        ("restarts", count.separator_restarts + count.audio_restarts),
        ("NaN", count.nonfinite_hops + count.input_nonfinite),
        ("clips", count.clips),
    ):
        text.append(f"{name} {value}   ", style="yellow" if value else "grey62")
    if state.latched:
        text.append(" LATCHED TO DRY ", style="bold white on red")
    return text


def screen(state: EngineState, chosen: int, events: list[str], solo_keys: str, offer: str = "") -> Group:
    """The whole view. `offer`: the separator that Enter would switch to."""
    head = Text(f"{state.device}  {state.sample_rate:.0f} Hz  ", style="bold")
    head.append(f"{state.block} frames  {short_name(state.separator_name)}  ")
    if state.runtime:
        head.append(f"{state.runtime}  ", style="grey62")
    if state.next_separator:
        head.append(f"{short_name(state.next_separator)} gets ready  ", style="yellow")
    for what, status in (("audio", state.audio), ("separator", state.separator_status)):
        if status != "running":
            head.append(f"{what} {status}  ", style="yellow")
    if state.bypass:
        head.append(" BYPASS ", style="bold black on yellow")
    if state.panic:
        head.append(" PANIC: SILENT ", style="bold white on red")
    if state.recording:
        head.append(f"\u25cf {state.recording}", style="red")
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1))
    table.add_row(
        "",
        Text("input", style="grey62"),
        "",
        "",
        "",
        bar(state.input_level, "grey62"),
        f"{state.input_level.peak_db:6.1f}",
    )
    for index, (strip, level) in enumerate(zip(state.strips, state.levels, strict=True)):
        table.add_row(*_strip_row(index, strip, level, index == chosen, solo_keys[index : index + 1]))
    mix = f"{state.mix_gain_db:+.1f} dB"
    table.add_row(
        "", Text("mix", style="bold"), "", "", mix, bar(state.mix_level, "white"), f"{state.mix_level.peak_db:6.1f}"
    )
    keys = Text(
        "1-9 mute   a-l solo   arrows choose, gain   0 all on   b bypass   p panic   r record   "
        + (f"Enter: switch to {offer}   n another" if offer else "n next separator")
        + "   q quit",
        style="grey50",
    )
    notes = [Text(f"! {event}", style="yellow") for event in events[-3:]]
    return Group(head, "", table, "", budget_line(state), health_line(state), *notes, keys)
