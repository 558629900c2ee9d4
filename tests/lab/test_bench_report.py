"""The report's file, its durations, and the pages made of it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import numpy as np
import pytest
from benchreports import hop_row, live_row, report, times

from rtsep.errors import ConfigError
from rtsep.jsonfile import write_json
from rtsep.lab.bench.compare import compare
from rtsep.lab.bench.comparepage import comparison_page
from rtsep.lab.bench.page import page
from rtsep.lab.bench.report import HopRow, LiveRow
from rtsep.lab.bench.reportfile import read_report
from rtsep.lab.bench.times import of_durations, of_histograms, timeline
from rtsep.shared.fields import HISTOGRAM_BINS
from rtsep.shared.histogram import upper_edges_ns

NASTY = "cannot load <b>&'\"</b> weights"
WHOLE = report(
    [
        hop_row("classic", 200.0, 210.0),
        hop_row("stage", 500.0, 520.0, runtime="torch"),
        HopRow(separator="bad", runtime=""),
    ],
    [
        live_row("classic", 64),
        live_row("classic", 128, turnaround_us=2500.0),
        live_row("stage", 128, counts={"late_hops": 3}),
        LiveRow(separator="bad", runtime="", block=64, failed=NASTY),
    ],
)


def parsed(text: str) -> ElementTree.Element:
    """Well-formed, whatever a separator is called or complains of."""
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def test_a_report_comes_back_from_its_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    write_json(str(path), WHOLE)
    assert read_report(path) == WHOLE


def test_files_that_are_no_report_or_of_another_version_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    with pytest.raises(ConfigError, match="cannot be read"):
        read_report(path)
    path.write_text('{"benchmark": "host"}')
    with pytest.raises(ConfigError, match="is no report of 'rtsep bench'"):
        read_report(path)
    path.write_text("not even JSON")
    with pytest.raises(ConfigError, match="is no report"):
        read_report(path)
    later = msgspec.to_builtins(WHOLE) | {"version": 99}
    path.write_bytes(msgspec.json.encode(later))
    with pytest.raises(ConfigError, match="version 99, this rtsep reads 1; measure again"):
        read_report(path)


@pytest.mark.parametrize(
    "text", [page(WHOLE), page(report([], [])), comparison_page(WHOLE, WHOLE, compare(WHOLE, report([], [])))]
)
def test_pages_are_well_formed_and_fetch_nothing(text: str) -> None:
    root = parsed(text)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not tags & {"script", "link", "img", "iframe", "object"}
    assert "@import" not in text
    assert "url(" not in text
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"src", "href", "onclick", "onload"}
    # The one address is SVG's name space, which nothing is fetched from.
    assert set(re.findall(r"https?://[^\"' ]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert "prefers-color-scheme: dark" in text


def test_the_page_tells_what_is_sustained_what_is_not_and_what_failed() -> None:
    root = parsed(page(WHOLE))
    cells = [element for element in root.iter("div") if "cell" in element.get("class", "").split()]
    kinds = [(cell.get("class"), cell.get("title")) for cell in cells]
    assert ("cell sustained best", "sustained") in kinds
    assert ("cell tight", "94% of the slack") in kinds
    assert ("cell over", "3 late hops") in kinds
    assert ("cell", NASTY) in kinds
    text = " ".join(root.itertext())
    assert "Recommended: 'classic'" in text
    assert NASTY in text


def test_every_hop_row_has_its_histogram_and_its_timeline() -> None:
    svg = "{http://www.w3.org/2000/svg}svg"
    labels = [element.get("aria-label", "") for element in parsed(page(WHOLE)).iter(svg)]
    assert {"classic: histogram of hop times", "stage torch: hop times over time", "latency budgets"} <= set(labels)


def test_the_comparison_shows_what_changed_before_what_did_not() -> None:
    slower = report([hop_row("classic", 400.0, 410.0)], [live_row("classic", 64)], cpu="Zilog Z80")
    text = " ".join(parsed(comparison_page(WHOLE, slower, compare(WHOLE, slower))).itertext())
    assert "4 figures are slower in B, 0 faster" in text
    assert "Zilog Z80" in text
    assert text.index("slower") < text.index("The same within the noise")


def test_durations_are_counted_in_the_hosts_bins() -> None:
    found = of_durations([np.array([1000, 2000, 3_000_000], dtype=np.int64), np.array([1000], dtype=np.int64)])
    assert found.count == sum(found.histogram.values()) == 4
    edges = upper_edges_ns()
    for index in found.histogram:
        assert any(edges[index - 1] <= value < edges[index] for value in (1000, 2000, 3_000_000))
    assert found.all.max == 3000.0
    assert [repeat.p50 for repeat in found.repeats] == [2.0, 1.0]


def test_histograms_of_a_host_add_up() -> None:
    repeats = np.zeros((2, HISTOGRAM_BINS), dtype=np.int64)
    repeats[0, 40], repeats[1, 41] = 3, 5
    found = of_histograms(list(repeats))
    assert found.histogram == {40: 3, 41: 5}
    assert found.all.p50 == upper_edges_ns()[41] / 1e3
    assert found.repeats[0].max == upper_edges_ns()[40] / 1e3
    assert of_histograms([repeats[0] * 0]).all.max == 0.0


def test_a_timeline_keeps_the_longest_of_each_stretch_and_its_gaps() -> None:
    begun = [np.array([0, 100_000_000, 900_000_000]), np.array([500_000_000])]
    took = [np.array([5000, 7000, 1000]), np.array([2000])]
    assert timeline(begun, took, 1.0, 4) == ((7.0, 1.0, None, 2.0), 0.5)


def test_repeats_of_one_duration_have_it_as_every_percentile() -> None:
    one = times(250.0).all
    assert (one.p50, one.p99, one.p999, one.max) == (250.0, 250.0, 250.0, 250.0)
