"""How `rtsep latency` shows what it found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape

from rtsep.cli.output import plain_table
from rtsep.lab.analysis import Measurement
from rtsep.lab.everyseparator import EveryRow
from rtsep.lab.grid import Row
from rtsep.lab.through import Through
from rtsep.units import frames_to_ms

_COLUMNS = ("API", "# Hz", "# block", "# frames", "# ms", "# driver", "# more", "# jitter", "# ppm", "# dB")
DOUBTFUL_PPM = 3.0
"""A drift is shown as one when it is this many times its own standard error."""


def show_rows(out: Console, rows: Sequence[Row]) -> None:
    """A table, and below it what to check."""
    table = plain_table(*_COLUMNS, "")
    for row in rows:
        table.add_row(*_cells(row))
    out.print(table)
    told: set[str] = set()
    for row in rows:
        for line in row.found.advice if row.found else (row.refused,):
            if line not in told:
                out.print(f"[yellow]->[/yellow] {escape(line)}", soft_wrap=True)
                told.add(line)


def _cells(row: Row) -> list[str]:
    if row.facts is None or row.found is None:
        asked = [row.host_api or "", *("" if value is None else str(value) for value in (row.rate, row.block))]
        return [*asked, *[""] * 7, "[red]refused[/red]"]
    facts, found = row.facts, row.found
    head = [escape(facts.host_api), f"{facts.sample_rate:.0f}", str(facts.block)]
    declared = "" if facts.declared is None else str(facts.declared)
    sure = f"{found.confidence_db:.0f}"
    clocks = found.clocks
    if clocks is None or found.delay_ms is None:
        return [*head, "", "", declared, "", "", "", sure, f"[red]{found.verdict}[/red]"]
    beyond = "" if row.beyond_declared is None else f"{_even(row.beyond_declared):+.2f}"
    figures = [
        f"{_even(clocks.delay):.2f}",
        f"{_even(found.delay_ms):.3f}",
        declared,
        beyond,
        f"{clocks.jitter_p95:.3f}",
    ]
    return [*head, *figures, _drift(found), sure, "; ".join(_remarks(row))]


def _even(value: float) -> float:
    """Without the sign of a zero."""
    return round(value, 6) + 0.0


def _drift(found: Measurement) -> str:
    clocks = found.clocks
    if clocks is None or clocks.drift_ppm is None or clocks.drift_error_ppm is None:
        return ""
    sure = abs(clocks.drift_ppm) > max(DOUBTFUL_PPM * clocks.drift_error_ppm, 0.01)
    return f"{clocks.drift_ppm:+.2f}" if sure else "0"


def _remarks(row: Row) -> list[str]:
    found, facts = row.found, row.facts
    assert found is not None
    assert facts is not None
    remarks = ["inverted"] if found.inverted else []
    if found.gain_db is not None and abs(found.gain_db) >= 0.5:
        remarks.append(f"{found.gain_db:+.0f} dB")
    if found.clipped:
        remarks.append("clips")
    if facts.lost:
        remarks.append(f"the device lost frames {facts.lost} times")
    return remarks


def show_through(out: Console, through: Through) -> None:
    """Declared beside measured, of the mix and each stem."""
    budget, rate = through.budget, through.sample_rate
    parts = {name: getattr(budget, name) for name in budget.__dataclass_fields__}
    out.print(
        f"[bold]{through.separator}[/bold] through {through.path}, {rate:.0f} Hz, block {through.block}: declares "
        + " + ".join(f"{name} {frames}" for name, frames in parts.items())
        + f" = {budget.total} frames, {frames_to_ms(budget.total, rate):.2f} ms",
        soft_wrap=True,
    )
    table = plain_table("", "# measured", "# ms", "# declared", "# off by", "# sure dB", "")
    for name, found in through.measured.items():
        error = through.errors[name]
        if found.delay is None or error is None:
            table.add_row(name, "", "", str(budget.host), "", f"{found.confidence_db:.0f}", found.verdict)
        else:
            host = found.delay - through.raw
            sure = f"{found.confidence_db:.0f}"
            ms = f"{frames_to_ms(host, rate):.3f}"
            table.add_row(name, f"{_even(host):.3f}", ms, str(budget.host), f"{_even(error):+.3f}", sure, "")
    out.print(table)
    out.print(f"The loop without the host: {through.raw:.3f} frames, taken off. Late hops: {through.late_hops}.")


def show_every(out: Console, rows: Sequence[EveryRow]) -> None:
    """One line for each separator: what it declares, what was measured, by how many frames that is off."""
    table = plain_table("", "# block", "# declared", "# ms", "# mix off by", "# stems off by", "# late", "")
    for row in rows:
        if row.found is None:
            table.add_row(row.separator, *[""] * 6, f"[red]{escape(row.refused)}[/red]")
            continue
        found, declared = row.found, row.found.budget.host
        ms = f"{frames_to_ms(declared, found.sample_rate):.2f}"
        errors = [
            "[red]none[/red]" if error is None else f"{_even(error):+.3f}" for error in (row.mix_error, row.stem_error)
        ]
        late = f"[yellow]{found.late_hops}[/yellow]" if found.late_hops else "0"
        table.add_row(row.separator, str(found.block), str(declared), ms, *errors, late, "")
    out.print(table)


def show_acceptance(out: Console, entries: Sequence[dict[str, Any]]) -> None:
    """Each named figure with its bound."""
    table = plain_table("", "# value", "", "bound", "")
    for entry in entries:
        verdict = "[green]ok[/green]" if entry["holds"] else "[red]FAILS[/red]"
        table.add_row(entry["name"], f"{entry['value']:.3g}", entry["unit"], entry["bound"], verdict)
    out.print(table)
