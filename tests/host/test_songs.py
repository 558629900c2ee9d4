"""Real songs, where they are at hand: `classic` must be of use on music that it was not tuned on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from rtsep.cli.demo import sdr_db
from rtsep.host.offline import separate
from rtsep.separators.registry import create

SONGS = Path(__file__).parents[3] / "shared" / "data" / "everything-is-free"
START_S, LENGTH_S = 60, 15

pytestmark = pytest.mark.skipif(not SONGS.is_dir(), reason="the CC0 album is not beside the repository (shared/data)")


@pytest.mark.parametrize("song", ["francium", "sodium"])
def test_classic_beats_the_mixture_on_every_stem_of_a_real_song(song: str) -> None:
    """Songs without a bass stem have the bass inside `other`: there the two are scored as one."""
    truth: dict[str, np.ndarray] = {}
    rate = 0
    for path in sorted((SONGS / song).glob("*.opus")):
        with soundfile.SoundFile(path) as file:
            rate = file.samplerate
            file.seek(START_S * rate)
            audio = file.read(LENGTH_S * rate, dtype="float32", always_2d=True)
        truth[path.stem] = np.ascontiguousarray(audio.T)
    mix = np.sum(list(truth.values()), axis=0, dtype=np.float32)
    classic = create("classic")
    stems = dict(zip(classic.spec.stems, separate(classic, rate, mix), strict=True))
    if "bass" not in truth:
        stems["other"] = stems["other"] + stems.pop("bass")
    for name, reference in truth.items():
        assert sdr_db(reference, stems[name]) > sdr_db(reference, mix), name
