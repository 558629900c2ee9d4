"""What the audio process expects of a device."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # numba takes half a second to import; looking for a device needs none of it
    from rtsep.realtime.driver import Driver


@dataclass(frozen=True)
class DeviceFacts:
    """What a device turned out to be. `priority` is its callback's SCHED_FIFO priority, 0 if unknown.

    `host_api`, `input` and `output` are PortAudio's whole names for what was chosen, empty for files and the null device.
    Put into the configuration, they open these devices again and no others.
    """

    name: str
    sample_rate: float
    block: int
    input_channels: int
    output_channels: int
    priority: int = 0
    host_api: str = ""
    input: str = ""
    output: str = ""


class Device(Protocol):
    """Calls a driver with audio until it is closed. Opened, closed and asked from the audio process's main thread."""

    facts: DeviceFacts

    def start(self, driver: Driver) -> None:
        """Begin to call. Raises DeviceError if the device refuses."""
        ...

    def latency(self) -> tuple[int, int]:
        """Input and output latency in frames, once started."""
        ...

    @property
    def finished(self) -> bool:
        """Whether it will call no more by itself."""
        ...

    @property
    def failure(self) -> str:
        """What went wrong without ending the sound, such as a disk error; empty while all is well."""
        ...

    def close(self) -> None:
        """Stop calling."""
        ...
