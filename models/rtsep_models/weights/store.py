"""Where weights lie: those that come with the package, and those in the user's folder, which `rtsep models add` fills."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from rtsep.errors import did_you_mean
from rtsep_models.weights.card import CARD_FILE, NAME, Card, WeightsError, read_card

PACKAGED = Path(__file__).parent
TENSORS = ".safetensors"
"""What the files end in that hold tensors."""
FOLDER_VARIABLE = "RTSEP_MODELS"
"""Environment variable that names another user's folder."""


@dataclass(frozen=True)
class Weights:
    """A set of weights on disk."""

    folder: Path
    card: Card

    @property
    def packaged(self) -> bool:
        """Whether it came with rtsep and so cannot be removed alone."""
        return self.folder.parent == PACKAGED

    def has(self, file: str) -> bool:
        """Whether the card lists `file`."""
        return file in self.card.files

    def tensor_files(self) -> list[Path]:
        """The verified files that hold the network's tensors. Raises WeightsError if one is damaged, or there are none."""
        files = [name for name in self.card.files if name.endswith(TENSORS)]
        if not files:
            raise WeightsError(f"the card in {self.folder} lists no {TENSORS} file; choose a runtime of graphs")
        return [self.verified(file) for file in files]

    def verified(self, file: str) -> Path:
        """The path of one of the card's files, once it has proved to be the one published. Raises WeightsError."""
        path, entry = self.folder / file, self.card.files.get(file)
        if entry is None:
            raise WeightsError(
                f"weights {self.card.name!r} have no file {file!r} (their card lists: {', '.join(self.card.files) or 'none'}); "
                "choose another runtime, or install the set again"
            )
        remedy = "reinstall rtsep" if self.packaged else "remove and add the set again with 'rtsep models'"
        try:
            size = path.stat().st_size
            if size != entry.size:
                raise WeightsError(f"{path} is damaged: {size} bytes instead of {entry.size}; {remedy}")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise WeightsError(f"{path} cannot be read ({error.strerror}); {remedy}") from error
        if digest != entry.sha256:
            raise WeightsError(
                f"{path} is damaged or not the file published: SHA-256 {digest[:12]}.. instead of {entry.sha256[:12]}..; "
                f"{remedy}"
            )
        return path


def user_folder() -> Path:
    """Where downloaded weights go; it need not exist yet. `RTSEP_MODELS` names another."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    return Path(chosen) if chosen else user_data_path("rtsep", appauthor=False) / "models"


def folders() -> dict[str, Path]:
    """The folder of every set by name, sorted; the user's own goes before the packaged one of the same name."""
    found: dict[str, Path] = {}
    for place in (PACKAGED, user_folder()):
        if place.is_dir():
            found |= {f.name: f for f in place.iterdir() if NAME.fullmatch(f.name) and (f / CARD_FILE).is_file()}
    return dict(sorted(found.items()))


def find(name: str) -> Weights:
    """The set called `name`; its files are not looked at yet. Raises WeightsError."""
    found = folders()
    if name not in found:
        hint = did_you_mean(name, found) or "get some with 'rtsep models add'"
        raise WeightsError(f"no weights are called {name!r} (there are: {', '.join(found) or 'none'}); {hint}")
    weights = Weights(found[name], read_card(found[name]))
    if weights.card.name != name:
        raise WeightsError(
            f"{weights.folder / CARD_FILE} calls itself {weights.card.name!r}; rename its folder to that, or install it again"
        )
    return weights


def remove(name: str) -> Path:
    """Delete the user's set called `name`, damaged or not; where it was. Raises WeightsError."""
    folder = user_folder() / name
    if not NAME.fullmatch(name) or not (folder / CARD_FILE).is_file():
        shipped = "it comes with rtsep and stays" if name in folders() else "see 'rtsep models list'"
        raise WeightsError(f"no weights called {name!r} in {user_folder()}: {shipped}")
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise WeightsError(f"{folder} cannot be deleted ({error.strerror}); delete it by hand") from error
    return folder
