"""What is found out about files made with the real packages, and how they play."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from support import noise

from benchmarks.foreigngraphs import in_chunks, like_dtln, like_mdx, like_spleeter
from rtsep.errors import SeparatorError
from rtsep.host.offline import separate
from rtsep.separators.api import Audio
from rtsep.separators.dims import NODES
from rtsep.spec import Parameter
from rtsep_models.foreign.report import Report
from rtsep_models.foreign.separator import ForeignSeparator

Look = Callable[[Path | str], Report]
CLOSE = 2e-5
FRAMES = 5000


def played(name: Path | str, report: Report, rate: int, mix: Audio, **values: float) -> Audio:
    """Stems (S, C, T) in time with the mix (C, T), by the host's own code."""

    class Turned(ForeignSeparator):
        def prepare(self, sample_rate: int) -> None:
            super().prepare(sample_rate)
            for knob, value in values.items():
                self.set_parameter(knob.replace("__", "/"), value)

    return separate(Turned(str(name), report), rate, mix)


def sound(frames: int = FRAMES) -> Audio:
    return np.ascontiguousarray(noise(frames).T)


def test_an_effect_for_nn_is_one_stem_in_time_with_the_dry_signal(shelf: Path, look: Look) -> None:
    report = look(shelf / "echo.ts")
    assert (report.spec.stems, report.spec.channels, report.spec.delay) == (("wet",), 2, 300)
    assert report.spec.parameters == (Parameter("gain", "", 0, 1, 0.5), Parameter("invert", "", 0, 1, 0, "toggle"))
    assert not report.doubts
    mix = sound()
    np.testing.assert_allclose(played(shelf / "echo.ts", report, 48000, mix)[0], 0.5 * mix, atol=CLOSE)
    turned = played(shelf / "echo.ts", report, 48000, mix, gain=0.25, invert=1.0)
    np.testing.assert_allclose(turned[0], -0.25 * mix, atol=CLOSE)


def test_a_mono_file_plays_each_channel_with_a_past_of_its_own(shelf: Path, look: Look) -> None:
    report = look(shelf / "mono echo.ts")
    assert (report.spec.name, report.spec.channels, report.layout.copies) == ("mono_echo", 2, 2)
    assert (report.spec.sample_rates, report.spec.delay) == ((44100,), 77)
    mix = sound()
    np.testing.assert_allclose(played(shelf / "mono echo.ts", report, 44100, mix)[0], 0.5 * mix, atol=CLOSE)


def test_separate_goes_before_forward_and_labels_name_the_stems(shelf: Path, look: Look) -> None:
    report = look(shelf / "halves.ts")
    assert (report.spec.stems, report.details["plays"]) == (("slow", "quick"), "separate")
    mix = sound()
    np.testing.assert_allclose(played(shelf / "halves.ts", report, 44100, mix).sum(axis=0), mix, atol=CLOSE)
    assert look(f"{shelf / 'halves.ts'}:forward@22050").spec.sample_rates == (22050,)


def test_a_latent_of_an_odd_ratio_is_played_by_dimensions(shelf: Path, look: Look) -> None:
    report = look(shelf / "codec.ts")
    assert (report.details["plays"], report.spec.hop) == ("encode+decode", 192)
    mix = sound(3000)
    np.testing.assert_allclose(played(shelf / "codec.ts", report, 48000, mix)[0], mix, atol=CLOSE)
    bent = played(shelf / "codec.ts", report, 48000, mix, dim__3__scale=-2.0, dim__5__hold=1.0, dim__5__set=0.7)[0]
    np.testing.assert_allclose(bent[:, 3::192], -2.0 * mix[:, 3::192], atol=CLOSE)
    np.testing.assert_allclose(bent[:, 5 : 192 * 12 : 192], 0.7, atol=CLOSE)
    np.testing.assert_allclose(bent[:, 4::192], mix[:, 4::192], atol=CLOSE)


def test_attributes_of_a_latent_become_partitions_and_dimensions(shelf: Path, look: Look) -> None:
    report = look(shelf / "parts.ts")
    assert report.spec.stems == ("drums", "rest")
    knobs = {knob.name: knob for knob in report.spec.parameters}
    assert list(knobs) == ["partition/drums/amount", *(f"dim/0/{n}" for n in NODES), "drive.1", "drive.2"]
    assert (knobs["drive.1"].maximum, knobs["drive.2"].law) == (5.0, "toggle")
    mix = sound()
    turned = played(shelf / "parts.ts", report, 44100, mix, partition__drums__amount=0.5, dim__0__scale=-2.0)
    np.testing.assert_allclose(turned[0], -0.5 * mix, atol=CLOSE)


def test_a_neutone_model_has_its_parameters_by_name_and_its_declared_delay(shelf: Path, look: Look) -> None:
    report = look(shelf / "drive.nm")
    assert [(knob.name, knob.default) for knob in report.spec.parameters] == [("gain_x", 0.5), ("bias", 0.5)]
    assert (report.spec.name, report.declared_delay, report.measured_delay) == ("drive", 96, 96)
    mix = 0.01 * sound()
    np.testing.assert_allclose(played(shelf / "drive.nm", report, 48000, mix)[0], np.tanh(mix), atol=CLOSE)
    np.testing.assert_allclose(
        played(shelf / "drive.nm", report, 48000, mix, gain_x=1.0)[0], np.tanh(2 * mix), atol=CLOSE
    )


def test_a_mono_neutone_model_with_odd_blocks_hears_the_mean(shelf: Path, look: Look) -> None:
    report = look(shelf / "mono.nm")
    assert (report.spec.hop, report.spec.sample_rates, report.spec.delay) == (441, (44100,), 5)
    mix = 0.01 * sound()
    expected = np.tile(np.tanh(mix.mean(axis=0)), (2, 1))
    np.testing.assert_allclose(played(shelf / "mono.nm", report, 44100, mix)[0], expected, atol=CLOSE)


def test_two_graphs_in_series_with_states(tmp_path: Path, look: Look) -> None:
    path = like_dtln(tmp_path)
    report = look(path)
    assert (report.spec.stems, report.spec.delay, report.spec.exact_sum) == (("speech", "rest"), 384, True)
    assert (report.declared_delay, report.measured_delay) == (384, 384)
    mix = sound()
    np.testing.assert_allclose(played(path, report, 16000, mix)[0], mix, atol=CLOSE)
    turned = played(path, report, 16000, mix, amount=0.25)
    np.testing.assert_allclose(turned[0], 0.25 * mix, atol=CLOSE)
    np.testing.assert_allclose(turned.sum(axis=0), mix, atol=CLOSE)


def test_a_graph_for_each_stem_that_masks_magnitudes(tmp_path: Path, look: Look) -> None:
    path = like_spleeter(tmp_path)
    report = look(path)
    assert report.spec.stems == ("vocals", "accompaniment", "above")
    mix = sound()
    vocals, rest, above = played(path, report, 44100, mix)
    np.testing.assert_allclose(vocals, 3.0 * rest, atol=CLOSE)
    np.testing.assert_allclose(vocals + rest + above, mix, atol=CLOSE)
    assert 0.1 < np.square(above).mean() / np.square(mix).mean() < 0.4  # 33 of 129 bins


def test_spectra_as_channels(tmp_path: Path, look: Look) -> None:
    path = like_mdx(tmp_path)
    report = look(path)
    assert (report.spec.delay, report.measured_delay) == (64, 64)
    mix = sound()
    np.testing.assert_allclose(played(path, report, 48000, mix)[1], 0.5 * mix, atol=0.02)  # one bin of 129 is not seen


def test_graphs_that_look_ahead_are_hosted_in_chunks(tmp_path: Path, look: Look) -> None:
    path = in_chunks(tmp_path)
    report = look(path)
    assert (report.spec.hop, report.spec.delay, report.measured_delay) == (1000, 600, 600)
    mix = sound(9000)
    vocals, rest = played(path, report, 44100, mix)
    np.testing.assert_allclose(vocals + rest, mix, atol=CLOSE)
    np.testing.assert_allclose(vocals, 0.5 * mix, atol=0.02)  # but for the bin that is not seen
    path.write_text(path.read_text().replace("ahead = 500", "ahead = 5000"))
    with pytest.raises(SeparatorError, match="take 6100 samples, the chunk has 4096"):
        look(path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('"B (C R) F N"', '"B C F N"', "no place for R"),
        ("bins = 128", "bins = 127", r"takes the shape \[.*\], the TOML makes"),
        ('model = "mdx.onnx"', 'model = "none.onnx"', "none.onnx"),
        ("hop = 64", "hop = 64\nstate = { input = 'nothing' }", "'nothing' is not in the graph"),
        ("frame = 256", "frame = 32", "shorter than hop"),
        ('name = "mdx-like"', 'name = "mdx-like"\ntypo = 1', "typo"),
        ('residual = "instrumental"', 'residual = "vocals"', "must be the last"),
    ],
)
def test_a_toml_that_is_wrong_says_where(tmp_path: Path, look: Look, before: str, after: str, words: str) -> None:
    path = like_mdx(tmp_path)
    path.write_text(path.read_text().replace(before, after))
    with pytest.raises(SeparatorError, match=words):
        look(path)
