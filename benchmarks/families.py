"""Every family of separators side by side, at equal latency and, where the cards say so, after hearing equally much.

Quality: as `python -m benchmarks.quality`, excerpts of songs that nothing was trained on. Live: the host on JACK, blocks of 64
frames, music all the time; a family runs live if a run ends without a late hop and without a position that had no stems
(`--tries` runs at most, all of them written down). Cost of a hop on one thread: in those runs, with the host beside it, as the
separator process itself counts; and flat out in a process of its own. Streaming: the plugin hop by hop in ONNX Runtime
against the network in torch over the whole excerpt, dB of the stems' energy. Switching: a host that plays `stage`
changes over to each one; counted are those that are heard by way of a crossfade without a gap or a click.

Weights that do not ship are found in the folder that RTSEP_MODELS names. `--parts` measures some of this only; with
`--again` everything else is taken from an earlier run, as far as it was measured with the same weights.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from benchmarks.familieslive import CLICK, HOME, changed_over, changes, keeps_time, tries
from benchmarks.feeds import any_song
from benchmarks.hopcost import fresh
from benchmarks.longrun import excerpt_error_db
from benchmarks.quality import (
    BASELINES,
    EQUAL,
    FLAGSHIPS,
    PEER,
    PLAIN,
    facts,
    levels,
    plain,
    present,
    scored,
    song_options,
    songs_of,
)
from benchmarks.report import Report, arguments, say
from benchmarks.separators import flat_out
from rtsep.errors import RtsepError
from rtsep.lab.bench.hops import runtime_named
from rtsep_models.evaluation.material import Piece
from rtsep_models.weights.store import find, folders

FIELD = (
    "student_lstm",
    "openunmix_causal",
    "conv_tasnet",
    "wave_unet",
    "demucs_causal",
    "bsrnn",
    "wavenet",
    "rt_stt",
    PEER,
)
FAMILIES = (*FIELD, EQUAL)
"""The field and, trained for as long as it, the flagship's monitor tier."""
REFERENCES = (*FLAGSHIPS, *BASELINES)

Groups = dict[str, list[Piece]]
Entries = Iterable[tuple[str, dict[str, Any]]]
"""What is to be added to the figures of which separator, as it is found."""


def quality(names: list[str], groups: Groups, options: Namespace) -> Entries:
    """Scores of each stem, over all songs and one by one. Their runtime should not hang on a measurement of time."""
    with runtime_named(PLAIN):
        for name in names:
            yield name, levels(scored([name], groups, options)[name])


def streaming(names: list[str], groups: Groups, options: Namespace) -> Entries:
    """Of those that are networks."""
    excerpt = next(iter(groups.values()))[0].load(options.seconds)
    for name in (name for name in names if name in folders()):
        error = fresh(excerpt_error_db, PLAIN, name, excerpt.mix, excerpt.sample_rate)
        say(f"{name}: streamed and whole differ by {error:.0f} dB")
        yield name, {"stream_offline_error_db": error}


def live(names: list[str], groups: Groups, options: Namespace) -> Entries:
    """In the host, then without it."""
    song = any_song(max(options.live_seconds, 60.0))
    for name in names:
        rows = tries(name, song, options.live_seconds, options.tries)
        try:
            alone = flat_out(name, "", song, options.flat_seconds)
        except RtsepError as error:
            alone = {"failed": str(error)}
        yield name, {"live": rows, "keeps_time": keeps_time(rows), "flat_out": alone}
        say(f"{name}: {'keeps' if keeps_time(rows) else 'does not keep'} time; {rows[-1]}")


def switching(names: list[str], groups: Groups, options: Namespace) -> Entries:
    """All but the one that it begins with."""
    rate = any_song(1.0).rate
    for name, row in changes([name for name in names if name != HOME], rate, options.tries):
        yield name, {"switch": row}


PARTS: dict[str, Callable[[list[str], Groups, Namespace], Entries]] = {
    "quality": quality,
    "streaming": streaming,
    "live": live,
    "switching": switching,
}


def begun(names: list[str], earlier: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Entries of those in an earlier run and of `names`, which keep what was measured with the weights that are here."""
    entries = {name: dict(entry) for name, entry in earlier.items()}
    for name in names:
        entry = {**plain(facts(name)), "weights": find(name).card.digest[:12] if name in folders() else ""}
        known = entries.get(name, {})
        if known and known["weights"] != entry["weights"]:
            say(f"{name}: other weights than in the earlier run, of which nothing is kept")
            known = {}
        entries[name] = known | entry
    order = [*FAMILIES, *REFERENCES, *entries]
    return dict(sorted(entries.items(), key=lambda item: order.index(item[0])))


def same_songs(earlier: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Songs and excerpt to score now. Raises SystemExit if levels may not stand beside those of the earlier run, if any."""
    if earlier and earlier != now:
        told = (f"{each['excerpt_s']:g} s of {sum(map(len, each['songs'].values()))} songs" for each in (earlier, now))
        raise SystemExit(
            f"the earlier run scored {next(told)}, this one would score {next(told)}: name the same ones, or "
            "measure everything anew"
        )
    return now


def flagship_lead_db(entries: dict[str, dict[str, Any]]) -> float | None:
    """uSDR of the flagship over the best of the field that heard exactly as much; None if there is no such pair."""
    heard = {
        name: (entries[name].get("training") or {}).get("audio_s")
        for name in FAMILIES
        if "total" in entries.get(name, {})
    }
    rivals = [name for name in FIELD if name in heard and heard[name] == heard.get(EQUAL)]
    level = {name: entries[name]["total"]["mean"]["usdr_db"] for name in heard}
    return level[EQUAL] - max(level[name] for name in rivals) if rivals else None


def judge(report: Report, entries: dict[str, dict[str, Any]]) -> None:
    """The acceptance list, of what is there."""
    families = {name: entries[name] for name in FAMILIES if name in entries}
    tried = [entry["keeps_time"] for entry in families.values() if "keeps_time" in entry]
    switches = [entry["switch"] for entry in families.values() if "switch" in entry]
    clicks = [row["click_ratio"] for row in switches if "click_ratio" in row]
    errors = [entry["stream_offline_error_db"] for entry in families.values() if "stream_offline_error_db" in entry]
    if tried:
        report.accept("families_running_live", sum(tried), "", ">= 8")
    if switches:
        report.accept("families_switched_live", sum(changed_over(row) for row in switches), "", ">= 8")
    if clicks:
        report.accept("families_switch_click_ratio", max(clicks), "", f"<= {CLICK:g}")
    if errors:
        report.accept("families_stream_offline_error_db", max(errors), "dB", "<= -80")
    lead = flagship_lead_db(entries)
    if lead is not None:
        report.accept("flagship_over_best_family_db", lead, "dB", ">= 0")
    for name, entry in entries.items():
        if "total" in entry:
            report.accept(f"{name}_usdr_db", entry["total"]["mean"]["usdr_db"], "dB")
        if "hop_share" in (row := entry.get("live", [{}])[-1]):
            report.accept(f"{name}_hop_p999_share", row["hop_share"]["p99.9"], "hop")
            report.accept(f"{name}_late_hops", row["late_hops"], "hops")


def main() -> None:
    """Measure, write, print; what was found before something failed, too."""
    parser = arguments("families", "every family of separators side by side")
    song_options(parser, 20.0)
    parser.add_argument("--separators", nargs="+", default=[*FAMILIES, *REFERENCES])
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=[*PARTS], help="what to measure")
    parser.add_argument("--again", type=Path, help="JSON of an earlier run, for everything that is not measured anew")
    parser.add_argument("--live-seconds", type=float, default=30.0, help="of each run in the host")
    parser.add_argument("--flat-seconds", type=float, default=6.0)
    parser.add_argument("--tries", type=int, default=2, help="runs, and changes, in the host, until one is clean")
    options = parser.parse_args()
    earlier = json.loads(options.again.read_text())["figures"] if options.again else {}
    options.again = options.again and options.again.name  # no paths of this machine
    groups = songs_of(options)
    scored_on = {key: earlier[key] for key in ("songs", "excerpt_s") if key in earlier}
    if "quality" in options.parts:
        songs = {group: [piece.name for piece in pieces] for group, pieces in groups.items()}
        scored_on = same_songs(scored_on, {"songs": songs, "excerpt_s": options.seconds})
    report = Report("families", options)
    names, absent = present(options.separators)
    entries = begun(names, earlier.get("separators", {}))
    missing = {name: why for name, why in (earlier.get("missing", {}) | absent).items() if name not in entries}
    report.figures = {
        "method": __doc__,
        **scored_on,
        "missing": missing,
        "separators": entries,
    }
    try:
        for part in options.parts:
            say(f"{part}, {len(names)} separators")
            for name, found in PARTS[part](names, groups, options):
                entries[name] |= plain(found)
    finally:
        judge(report, entries)
        report.accept("missing_separators", len(missing), "", "= 0")
        report.close()


if __name__ == "__main__":
    main()
