"""The audio process: `python -m rtsep.host.audio_process BLOCK`. Opens the device, hands it the callback, and watches."""

from __future__ import annotations

import os
import sys
import threading
import time

from rtsep.errors import DeviceError, RtsepError
from rtsep.host import config as configuration
from rtsep.host.devices.api import Device, DeviceFacts
from rtsep.host.devices.probe import open_device
from rtsep.host.priority import go_realtime
from rtsep.realtime.callback import compile_callback
from rtsep.realtime.driver import Driver
from rtsep.realtime.noting import note_process
from rtsep.shared.block import Block, attach
from rtsep.shared.events import STARTED, now_ns
from rtsep.shared.fields import SEATS
from rtsep.shared.semaphore import Semaphore

WATCH_S = 0.02
PACER_PRIORITY = 60
"""SCHED_FIFO priority of our own device threads and, by inheritance, of PortAudio's ALSA thread."""


def continue_position(block: Block) -> None:
    """Take up the clock where it stands, on a block's edge, so that block and hop keep their phase."""
    # A callback that was killed half-way has written its input but not moved the clock: its frames are gone.
    position, frames = int(max(block.get("position"), block.get("input_written"))), int(block.get("block"))
    if block.get("switch_left"):  # the sound was cut off within a crossfade: there is nothing to cross over from
        block.set("playing_seat", block.get("wanted_seat"))
        block.set("switch_left", 0)
    if position == 0:
        block.set("fade", block.get("fade_frames"))
    elif frames:
        block.set("position", position + -position % frames)
        block.set("input_written", block.get("position"))
        # Rise from silence: the sound was cut off.
        for seat in map(block.at, range(SEATS)):
            for field in ("lane_now", "lane_target", "lane_left"):
                seat.set(field, 0)
            seat.set("params_seen", -1)
    block.set("block_peak", 0.0)
    block.set("block_square", 0.0)
    block.set("clock_known", 0)
    block.set("clock_count", 0)


def check_unchanged(block: Block, facts: DeviceFacts) -> None:
    """Raise DeviceError if a device has come back as another than the latency and the channel maps were made for."""
    expected = (block.get("sample_rate"), block.get("block"))
    inputs, outputs = int(block.array("input_map").max()), int(block.array("output_map").max())
    if (facts.sample_rate, facts.block) != expected:
        raise DeviceError(
            f"{facts.name} has come back with {facts.sample_rate:.0f} Hz and {facts.block} frames instead of "
            f"{expected[0]:.0f} and {expected[1]}; set it back, or stop and start the host"
        )
    if facts.input_channels <= inputs or facts.output_channels <= outputs:
        raise DeviceError(
            f"{facts.name} has come back with {facts.input_channels} inputs and {facts.output_channels} outputs, "
            f"{inputs + 1} and {outputs + 1} are needed; set it back, or stop and start the host"
        )


def tell_failure(block: Block, device: Device) -> None:
    """Let the supervisor know what went wrong with a device that plays on."""
    if device.failure and device.failure != block.text("audio_error"):
        block.set_text("audio_error", device.failure)


def run(block: Block) -> None:
    """Open, start, watch until stopped or finished, close. Raises RtsepError if the device refuses."""
    config = configuration.decode(block.array("config").tobytes())
    compile_callback()  # into the disk cache, if it is not there: later a device would have to wait for it
    block.set("audio_compiled", 1)
    while not block.get("hop") and not block.get("stop"):
        time.sleep(0.002)  # everything is imported by now; the latency is not settled before the separator is
    if block.get("stop"):
        return
    feeds = configuration.feed_width(config, int(block.get("channels")))
    device = open_device(config.device, int(block.get("channels")), feeds, block)
    check_unchanged(block, device.facts)
    wakes = tuple(Semaphore(block.name, seat) for seat in range(SEATS))
    driver = Driver(block, wakes, device.facts.input_channels, device.facts.output_channels)
    continue_position(block)
    if config.realtime:
        report = go_realtime("audio", priority=None if "JACK" in device.facts.host_api else PACER_PRIORITY)
        block.set_text("audio_realtime", str(report))
    device.start(driver)
    device_in, device_out = device.latency()
    block.set("device_in", device_in)
    block.set("device_out", device_out)
    block.set_text("device_name", device.facts.name)
    block.set("device_outputs", device.facts.output_channels)
    block.set_text("audio_error", "")
    block.set("audio_ready", 1)
    while not block.get("stop") and not device.finished:
        time.sleep(WATCH_S)
        tell_failure(block, device)
    if device.finished:
        tell_failure(block, device)
        block.set("finished", 1)
        device.close()
        tell_failure(block, device)
    else:
        # Closing may hang with a dead sound server; the process ends all the same.
        closing = threading.Thread(target=device.close, daemon=True)
        closing.start()
        closing.join(timeout=1.0)


def main() -> None:
    """Entry point of the process. Exit status 1: the device refused, the reason stands in `audio_error`."""
    block = attach(sys.argv[1], "audio")
    block.set("audio_ready", 0)
    block.set_text("audio_error", "")
    pid, before = os.getpid(), int(block.get("audio_pid"))
    block.set("audio_pid", pid)
    note_process(block.address, now_ns(), STARTED, pid, before)
    try:
        run(block)
    except RtsepError as error:
        block.set_text("audio_error", str(error))
        sys.stdout.flush()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
