"""One way to every loop: synthetic, recorded elsewhere, JACK, PortAudio."""

from __future__ import annotations

import numpy as np
import soundfile

from rtsep.errors import AudioFileError
from rtsep.host.devices.file import DEFAULT_RATE, FILE_ERRORS, open_sound
from rtsep.host.devices.probe import device_facts
from rtsep.lab.takes import LoopConfig, LoopFacts, Request, Take


def take(config: LoopConfig, request: Request) -> Take:
    """Play the pattern into the loop, and what came back. Raises DeviceError, ConfigError, AudioFileError."""
    if config.device.kind == "null":
        return _synthetic(config, request)
    if config.device.kind == "file":
        return _recorded(config, request)
    if config.connect or "jack" in _host_api(config).lower():
        from rtsep.lab.jackloop import take_jack

        return take_jack(config, request)
    from rtsep.lab.portaudioloop import take_portaudio

    return take_portaudio(config, request)


def _host_api(config: LoopConfig) -> str:
    """Asked of PortAudio only where it is not said."""
    return config.device.host_api or device_facts(config.device, 1, 0).host_api


def _synthetic(config: LoopConfig, request: Request) -> Take:
    pattern = request.pattern(config.device.sample_rate or DEFAULT_RATE)
    facts = LoopFacts(
        name="synthetic",
        host_api="none",
        sample_rate=pattern.probe.sample_rate,
        block=config.device.block or config.device.usual_block,
    )
    return Take(pattern, config.loop.play(pattern), facts)


def _recorded(config: LoopConfig, request: Request) -> Take:
    """A file that was recorded while the pattern's file played, from its first sample on."""
    path = config.device.path or ""
    with open_sound(path) as sound:
        if config.input_channel >= sound.channels:
            raise AudioFileError(
                f"{path} has {sound.channels} channels, not {config.input_channel + 1}; choose another"
            )
        pattern = request.pattern(sound.samplerate)
        try:
            recording = sound.read(pattern.frames, dtype="float32", always_2d=True)[:, config.input_channel]
        except FILE_ERRORS as error:
            raise AudioFileError(f"{path} cannot be read: {error}; record it again") from None
        if len(recording) < pattern.frames:
            raise AudioFileError(
                f"{path} is {len(recording)} frames long, the pattern {pattern.frames}; record all of it, "
                "and give the same --shots, --longest-ms and --probe as for --write-probe"
            )
        facts = LoopFacts(
            name=path, host_api="file", sample_rate=float(sound.samplerate), block=config.device.usual_block
        )
        return Take(pattern, np.asarray(recording, dtype=np.float32), facts)


def write_pattern(path: str, request: Request, sample_rate: int) -> None:
    """The pattern as a sound file, to be played and recorded anywhere. Raises AudioFileError."""
    try:
        soundfile.write(path, request.pattern(sample_rate).sound, sample_rate, subtype="PCM_24")
    except (*FILE_ERRORS, TypeError) as error:
        raise AudioFileError(f"{path} cannot be written: {error}; name a .wav file in another folder") from None
