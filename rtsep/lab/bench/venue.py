"""Where live hosts play: a device of the user's, else JACK's dummy driver, else a file.

On the dummy driver and from the file the sound is ours. On a device of the user's it is whatever comes in, and the mix goes out
so softly that nobody hears it: where an input hears an output, it would howl.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import soundfile

from rtsep.errors import DeviceError
from rtsep.host.config import DeviceConfig
from rtsep.host.devices.jackserver import load_jack
from rtsep.lab.jackd import JackServer
from rtsep.lab.jackloop import telling_jack
from rtsep.separators.api import Audio

UNHEARD_DB = -120.0
FEED = "rtsep-bench-feed"


@dataclass(frozen=True)
class Venue:
    """`device` for the host's configuration; `server` where it is ours, `sound` (C, T) where we must play it ourselves."""

    device: DeviceConfig
    mix_gain_db: float = 0.0
    server: JackServer | None = None
    sound: Audio | None = field(default=None, compare=False)

    @contextlib.contextmanager
    def feeding(self) -> Iterator[None]:
        """Sound for the host that has just been started. Raises DeviceError."""
        if self.sound is None:
            yield
            return
        from rtsep.lab.deck import Deck  # needs libjack

        with telling_jack(), Deck(FEED, self.sound, loop=True, ins=2) as deck:
            deck.wire()
            deck.arm()
            yield


def can_serve_jack() -> bool:
    """Whether a private JACK server can be started and asked here."""
    try:
        load_jack()
    except DeviceError:
        return False
    return all(shutil.which(tool) for tool in ("jackd", "jack_lsp"))


def described(device: DeviceConfig | None) -> str:
    """In words, for the report; of a user's device, what was asked for."""
    if device is None:
        return "JACK, dummy driver" if can_serve_jack() else "a file, paced by the system clock"
    named = (device.host_api, device.input or "default input", device.output or "default output")
    return ", ".join(filter(None, named)) if device.kind == "portaudio" else device.kind


@contextlib.contextmanager
def venue(device: DeviceConfig | None, sample_rate: int, block: int, sound: Audio) -> Iterator[Venue]:
    """A place to play with that block. Raises DeviceError."""
    if device is not None:
        yield Venue(msgspec.structs.replace(device, sample_rate=sample_rate, block=block, loop=True), UNHEARD_DB)
    elif can_serve_jack():
        with contextlib.ExitStack() as stack:
            server = _entered(JackServer(sample_rate, block), stack)
            yield Venue(DeviceConfig(host_api="JACK"), server=server, sound=sound)
    else:
        with tempfile.TemporaryDirectory(prefix="rtsep-bench-") as folder:
            path = Path(folder) / "sound.wav"
            soundfile.write(path, sound.T, sample_rate, subtype="FLOAT")
            yield Venue(DeviceConfig(kind="file", path=str(path), loop=True, block=block))


def _entered(server: JackServer, stack: contextlib.ExitStack) -> JackServer:
    try:
        return stack.enter_context(server)
    except RuntimeError as error:
        raise DeviceError(f"{error}; see 'rtsep doctor', or name a device with --device") from None
