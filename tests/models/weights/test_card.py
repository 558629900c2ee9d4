"""The card: what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from trialset import GOOD, card

from rtsep_models.weights.card import CARD_FILE, LARGEST_CARD, WeightsError, read_card, write_card


def test_a_card_survives_writing_and_reading(tmp_path: Path) -> None:
    write_card(tmp_path, card())
    assert read_card(tmp_path) == card()


def test_shapes_follow_from_the_domain() -> None:
    assert card().shape_in == (1, 1, 2, 1025, 2)
    assert card().shape_out == (1, 1, 4, 2, 1025, 2)
    waveform = card(domain="waveform", stems=["vocals", "rest"])
    assert waveform.shape_in == (1, 2, 128)
    assert waveform.shape_out == (1, 2, 2, 128)


def test_the_digest_follows_the_files_and_nothing_that_is_said_of_them() -> None:
    digest = card().digest
    assert card(scores={"mean": 3.0}, licence="CC0-1.0").digest == digest
    assert card(files={"head.onnx": {"sha256": "1" * 64, "size": 10}}).digest != digest


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"name": "../trial"}, "name '../trial'"),
        ({"name": ""}, "name ''"),
        ({"hop": 0}, "out of range"),
        ({"hop": "128"}, "hop"),
        ({"delay": 100}, "delay 100 must be"),
        ({"stems": ["vocals"]}, "stems"),
        ({"sample_rates": []}, "sample_rates"),
        ({"domain": "wavelets"}, "domain"),
        ({"surprise": 1}, "surprise"),
        ({"wiener": True, "domain": "waveform"}, "wiener"),
        ({"wiener": True, "channels": 1}, "wiener"),
        ({"files": {"../head.onnx": GOOD["files"]["head.onnx"]}}, "../head.onnx"),
        ({"files": {"/head.onnx": GOOD["files"]["head.onnx"]}}, "/head.onnx"),
        ({"files": {"weights.pkl": GOOD["files"]["head.onnx"]}}, "weights.pkl"),
        ({"files": {"card.json": GOOD["files"]["head.onnx"]}}, "card.json"),
        ({"files": {"head.onnx": {"sha256": "x", "size": 10}}}, "sha256 'x'"),
        ({"files": {"head.onnx": {"sha256": "0" * 64, "size": 1 << 40}}}, "size"),
    ],
)
def test_a_card_that_cannot_be_right_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(WeightsError, match="the card is no card of weights") as refusal:
        card(**changes)
    assert told in str(refusal.value)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff\xfe", b"PK\x03\x04", b"x" * (LARGEST_CARD + 1)])
def test_what_is_no_card_is_refused_by_the_name_of_its_file(raw: bytes, tmp_path: Path) -> None:
    (tmp_path / CARD_FILE).write_bytes(raw)
    with pytest.raises(WeightsError, match=r"card\.json .* again"):
        read_card(tmp_path)


def test_a_missing_card_is_told(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="No such file"):
        read_card(tmp_path)
