"""Where weights are found, and what a file must prove before it is used."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from trialset import card

from rtsep_models.weights.card import FileEntry, WeightsError, write_card
from rtsep_models.weights.store import FOLDER_VARIABLE, PACKAGED, Weights, find, folders, remove

SHIPPED_LIMIT = 16 << 20
"""Bytes: what one file in the repository may have."""


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Weights:
    """A set of one file in the user's folder."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    folder = tmp_path / "trial"
    folder.mkdir()
    (folder / "head.onnx").write_bytes(b"good")
    write_card(folder, card(files={"head.onnx": FileEntry(hashlib.sha256(b"good").hexdigest(), 4)}))
    return find("trial")


def test_an_intact_file_is_given_out(weights: Weights) -> None:
    assert weights.verified("head.onnx").read_bytes() == b"good"
    assert not weights.packaged


@pytest.mark.parametrize(
    ("content", "told"), [(b"", "0 bytes instead of 4"), (b"goo", "3 bytes"), (b"gold", "SHA-256")]
)
def test_a_damaged_file_is_refused(content: bytes, told: str, weights: Weights) -> None:
    (weights.folder / "head.onnx").write_bytes(content)
    with pytest.raises(WeightsError, match=told) as refusal:
        weights.verified("head.onnx")
    assert "head.onnx" in str(refusal.value)
    assert "remove and add" in str(refusal.value)


def test_a_missing_file_is_told(weights: Weights) -> None:
    (weights.folder / "head.onnx").unlink()
    with pytest.raises(WeightsError, match="No such file"):
        weights.verified("head.onnx")


def test_a_file_that_the_card_does_not_list_is_not_given_out(weights: Weights) -> None:
    (weights.folder / "other.onnx").write_bytes(b"good")
    with pytest.raises(WeightsError, match=r"have no file 'other\.onnx'"):
        weights.verified("other.onnx")


def test_an_unknown_name_gets_a_hint(weights: Weights) -> None:
    with pytest.raises(WeightsError, match="did you mean 'trial'"):
        find("trail")


def test_a_folder_of_another_name_is_told(weights: Weights) -> None:
    shutil.move(weights.folder, weights.folder.with_name("renamed"))
    with pytest.raises(WeightsError, match="calls itself 'trial'"):
        find("renamed")


@pytest.mark.parametrize("name", ["nobody", "..", "../trial", ""])
def test_only_a_set_of_the_users_own_can_be_removed(name: str, weights: Weights) -> None:
    with pytest.raises(WeightsError, match="see 'rtsep models list'"):
        remove(name)
    assert find("trial")


def test_every_shipped_file_is_intact_small_and_listed() -> None:
    for name, folder in folders().items():
        if folder.parent != PACKAGED:
            continue
        weights = find(name)
        on_disk = {path.name for path in folder.iterdir()} - {"card.json", "README.md"}
        assert on_disk == set(weights.card.files)
        for file in weights.card.files:
            assert weights.verified(file).stat().st_size < SHIPPED_LIMIT
