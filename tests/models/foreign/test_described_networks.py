"""The descriptions that come with rtsep, on graphs of their shapes: what is in them is what their stems say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from describedgraphs import GAINS, built, small
from support import noise
from typer.testing import CliRunner

from rtsep.cli.main import app
from rtsep.errors import SeparatorError
from rtsep.host.batch.stems import for_files
from rtsep.host.offline import separate
from rtsep.separators.api import Audio
from rtsep_models.foreign import templates
from rtsep_models.foreign.onnx_kinds import open_description
from rtsep_models.foreign.onnx_reading import parsed
from rtsep_models.foreign.report import Report
from rtsep_models.foreign.separator import ForeignSeparator

Look = Callable[[Path | str], Report]
RATE = 44100
SUM = 2e-6
"""Stems that add up, float32."""
INTERIOR_DB = -100.0
"""Error of a stem whose share is known, for frames of 16 ms that see no more than a third of their spectrum."""


def dull(frames: int, channels: int = 2) -> Audio:
    """Noise below 4 kHz, (C, T), where every graph sees it; it comes and goes, as a sudden beginning is not dull."""
    spectrum = np.fft.rfft(noise(frames, channels).T)
    spectrum[:, round(4000 / RATE * frames) :] = 0.0
    return (np.fft.irfft(spectrum, frames) * np.hanning(frames)).astype(np.float32)


def error_db(found: Audio, wanted: Audio) -> float:
    return float(10 * np.log10(np.square(found - wanted).sum() / np.square(wanted).sum()))


def shares(name: str) -> list[float]:
    """Of each stem, for graphs that give GAINS."""
    whole = parsed(name, templates.text(name).encode())
    gains = np.array(GAINS[: len(whole.stems)])
    if whole.shared:
        return list(gains**2 / (gains**2).sum())
    own = gains[: len(whole.own_stems)]
    return [*own, 1.0 - own.sum()]


@pytest.mark.parametrize("name", templates.names())
def test_a_description_plays_graphs_of_the_published_shapes_with_random_weights(name: str, tmp_path: Path) -> None:
    path = built(tmp_path, templates.text(name), random=True)
    core = open_description(path, for_files=True)
    facts = core.facts
    assert (facts.sample_rates, facts.delay, facts.file_hop) == ((RATE,), 12789, facts.hop)
    assert facts.hop > 2.3 * RATE
    live = open_description(path).facts
    assert (live.hop + live.delay) / RATE == pytest.approx(0.48)  # the dj tier
    core.prepare(RATE)
    sound = np.ascontiguousarray(noise(facts.hop).T)
    stems = core.run(sound).reshape(-1, 2, facts.hop)
    assert len(stems) == len(facts.stems)
    assert np.isfinite(stems).all()
    assert not stems[..., :12789].any()  # before the first sample
    assert all(stem.std() > 0.01 for stem in stems[..., 12789:])


@pytest.mark.parametrize("name", templates.names())
def test_stems_are_the_shares_that_graphs_give_in_time_with_the_mixture(name: str, tmp_path: Path, look: Look) -> None:
    path = built(tmp_path, small(templates.text(name)))
    report = look(path)
    assert (report.spec.hop, report.declared_delay, report.measured_delay, report.doubts) == (600, 800, 800, ())
    mix = dull(9001)
    for separator in (ForeignSeparator(str(path), report), for_files(ForeignSeparator(str(path), report))):
        stems = separate(separator, RATE, mix)
        assert np.abs(stems.sum(axis=0) - mix).max() < SUM
        errors = {
            stem: error_db(sound, share * mix)
            for stem, sound, share in zip(report.spec.stems, stems, shares(name), strict=True)
        }
        assert max(errors.values()) < INTERIOR_DB, errors
    assert for_files(ForeignSeparator(str(path), report)).spec.hop > 1400


def test_graphs_of_stems_apart_with_channels_first_are_the_same_spleeter(tmp_path: Path, look: Look) -> None:
    head, _, _ = small(templates.text("spleeter_2stems")).partition("[[graphs]]")
    apart = [
        line.removeprefix("# ") for line in small(templates.text("spleeter_2stems")).splitlines() if line[:1] == "#"
    ]
    tables = "\n".join(apart[apart.index("[[graphs]]") :]).replace("\n#\n", "\n")
    path = built(tmp_path, head + tables)
    assert [file.name for file in sorted(tmp_path.glob("*.onnx"))] == ["accompaniment.onnx", "vocals.onnx"]
    mix = dull(5000)
    vocals, rest = separate(ForeignSeparator(str(path), look(path)), RATE, mix)
    assert error_db(vocals, 0.8 * mix) < INTERIOR_DB  # 0.36 of 0.45
    assert error_db(rest, 0.2 * mix) < INTERIOR_DB


def test_above_the_bins_that_are_seen_a_share_is_nothing_or_the_mean(tmp_path: Path, look: Look) -> None:
    bright = np.ascontiguousarray(noise(6000).T)
    heard = {}
    for above in ("zero", "mean"):
        text = small(templates.text("spleeter_2stems")).replace('above = "zero"', f'above = "{above}"')
        path = built(tmp_path, text)
        heard[above] = separate(ForeignSeparator(str(path), look(path)), RATE, bright)[0]
    assert error_db(heard["mean"], 0.8 * bright) < INTERIOR_DB
    assert error_db(heard["zero"], 0.8 * bright) == pytest.approx(-3.0, abs=0.5)  # half of the bins


def test_every_stem_of_a_network_can_be_heard_beside_a_remainder(tmp_path: Path, look: Look) -> None:
    head, _, tables = small(templates.text("mdx_net")).partition("[[graphs]]")
    other = (
        '\n[[graphs]]\nmodel = "other.onnx"\nstem = "other"\ndomain = "complex"\nbins = 128\nframe = 512\ngain = 0.5\n'
    )
    other += 'input_axes = "B (C R) F N"\noutput_axes = "B (C R) F N"\n'
    head = head.replace('"other"]', '"other", "rest"]').replace('residual = "other"', 'residual = "rest"')
    path = built(tmp_path, f"{head}[[graphs]]{tables}{other}")
    mix = dull(5000)
    stems = separate(ForeignSeparator(str(path), look(path)), RATE, mix)
    assert error_db(stems[3], 0.5 * GAINS[3] * mix) < INTERIOR_DB
    assert np.abs(stems.sum(axis=0) - mix).max() < SUM


def test_a_graph_that_gives_its_residual_too_is_heard_without_it(tmp_path: Path, look: Look) -> None:
    text = small(templates.text("spleeter_4stems")).replace("ratio = 2.0 ", "").replace('above = "zero"', "")
    path = built(tmp_path, text)
    mix = dull(5000)
    stems = separate(ForeignSeparator(str(path), look(path)), RATE, mix)
    assert len(stems) == 4
    for stem, gain in zip(stems, (*GAINS[:3], 1.0 - sum(GAINS[:3])), strict=True):
        np.testing.assert_allclose(stem, gain * mix, atol=1e-3)


def test_shares_of_frames_that_are_heard_at_once(tmp_path: Path, look: Look) -> None:
    head, _, tables = small(templates.text("spleeter_2stems")).partition("[[graphs]]")
    head, _, _ = head.partition("[chunked]")
    path = built(tmp_path, f"{head}[chunked]\nframes = 1\n[[graphs]]{tables}")
    path.write_text(f"{head}[[graphs]]{tables}")  # the same graph, a frame at a time, with no look ahead
    report = look(path)
    assert (report.spec.hop, report.measured_delay, report.file_hop) == (64, 192, 0)
    mix = dull(5000)
    stems = separate(ForeignSeparator(str(path), report), RATE, mix)
    assert error_db(stems[0], 0.8 * mix) < INTERIOR_DB


def test_a_graph_that_takes_seconds_is_heard_a_few_times_only(
    tmp_path: Path, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = built(tmp_path, small(templates.text("resunet_decouple")))
    monkeypatch.setattr("rtsep_models.foreign.trial.SLOW_S", 1e-9)
    monkeypatch.setattr("rtsep_models.foreign.trial.PATIENCE_S", 0.0)
    report = look(path)
    assert (report.measured_delay, report.spec.delay) == (None, 800)
    assert "its latency was not measured; taken as 800" in report.doubts[0]
    assert 0.0 < report.cost.p50_ms <= report.cost.p99_ms


@pytest.mark.parametrize(
    ("name", "before", "after", "words"),
    [
        (
            "spleeter_4stems",
            "frames = 64",
            "frames = 65",
            r"takes the shape \[1, 64, 64, 2\], the TOML makes \[1, 65, 64, 2\]",
        ),
        ("spleeter_4stems", '"B N F C"', '"B C N F"', r"makes \[1, 2, 64, 64\] of a sound"),
        (
            "spleeter_4stems",
            '"drums:0", "bass:0", "other:0"]\ninput_axes',
            '"drums:0"]\ninput_axes',
            "2 outputs for 3 stems",
        ),
        (
            "spleeter_4stems",
            '"drums:0", "bass:0", "other:0"]\ninput_axes',
            '"drums:0", "x", "y"]\ninput_axes',
            "'x' is not in the",
        ),
        ("spleeter_4stems", 'gives = "signal"', 'gives = "mask"', "graphs must give a signal"),
        ("spleeter_4stems", "ratio = 2.0", "ratio = 2.0\nwiener = 1", "choose one"),
        ("spleeter_4stems", "ahead = 700", "ahead = 4000", "take 4700 samples, the chunk has 4288"),
        ("mdx_net", "ahead = 700", "ahead = 2500", "take 3200 samples, the chunk has 3008"),
        ("mdx_net", 'stem = "drums"', 'stem = "other"', "'other' takes what the others leave"),
        ("mdx_net", "frame = 256", "frame = 250", r"drums.onnx: .x. takes .* makes \[1, 4, 126, 48\]"),
        ("mdx_net", 'padding = "reflect"', 'padding = "mirror"', "mirror"),
        ("d3net", "wiener = 1", "", "'other' takes what the others leave"),
        ("d3net", "wiener = 1", 'wiener = 1\nabove = "mean"', "goes with masks or a ratio"),
        ("d3net", 'stem = "vocals"', 'stem = "vocals"\nbins = 100', "the same frame, frames and bins"),
        ("resunet_decouple", "frames = 4000", "frames = 4100", r"makes \[1, 2, 4100\] of a sound"),
        ("resunet_decouple", "hop = 27", "hop = 27\nwiener = 1", "shares of the mixture are of spectra"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, look: Look, name: str, before: str, after: str, words: str) -> None:
    path = built(tmp_path, small(templates.text(name)))
    assert before in path.read_text()
    path.write_text(path.read_text().replace(before, after))
    with pytest.raises(SeparatorError, match=words):
        look(path)


def test_templates_are_listed_printed_and_the_nearest_is_offered() -> None:
    listed = CliRunner().invoke(app, ["models", "template"])
    assert [line.split()[0] for line in listed.output.splitlines()] == templates.names()
    printed = CliRunner().invoke(app, ["models", "template", "mdx_net"])
    assert printed.output == templates.text("mdx_net")
    with pytest.raises(SeparatorError, match=r"did you mean 'spleeter_4stems'\?"):
        templates.text("spleeter4stems")


def test_a_user_separates_a_file_with_graphs_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = built(tmp_path, small(templates.text("spleeter_5stems")))
    mix = dull(7000)
    soundfile.write(tmp_path / "song.wav", mix.T, RATE, subtype="FLOAT")
    seen = CliRunner().invoke(app, ["inspect", str(path), "--rate", "44100"])
    assert "magnitude to signal, 64 bins, 64 frames of 256 samples, hop 64" in seen.output
    assert "shares: of the mixture, by magnitudes to the power of 2" in seen.output
    ended = CliRunner().invoke(
        app,
        ["separate", str(tmp_path / "song.wav"), "--separator", str(path), "-o", str(tmp_path / "stems"), "-f", "wav"],
    )
    assert ended.exit_code == 0, ended.output
    stems = [
        soundfile.read(tmp_path / "stems" / "song" / f"{stem}.wav")[0]
        for stem in ("vocals", "piano", "drums", "bass", "other")
    ]
    np.testing.assert_allclose(sum(stems), mix.T, atol=SUM)
