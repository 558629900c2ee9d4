"""Errors of our own, and aiohttp's: contained, and said once. The query server's thread."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator

from aiohttp.http_exceptions import HttpProcessingError

from rtsep.control import EngineState
from rtsep.osc.limits import Sayings
from rtsep.osc.messages import Address, Value


class Faults(logging.Handler):
    """Where errors end; a logging handler for those that aiohttp meets, which would print tracebacks into a terminal view."""

    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._sayings = Sayings(say)
        self.logger = logging.Logger("rtsep.oscquery", logging.ERROR)
        self.logger.addHandler(self)

    def note(self, where: str, error: BaseException) -> None:
        """Say it, unless the like was said within the last minute."""
        text = f"OSCQuery: {where}: {type(error).__name__}: {error}; it goes on"
        self._sayings.once((where, type(error)), text, time.monotonic())

    def emit(self, record: logging.LogRecord) -> None:
        """From aiohttp. What is wrong with a request its sender is told, and nobody else."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and not isinstance(error, HttpProcessingError):
            self.note("a request", error)

    def readings(self, addresses: Iterable[Address], state: EngineState) -> Iterator[tuple[Address, tuple[Value, ...]]]:
        """The addresses that can be read, with their values: a row's fault does not keep the others from being told."""
        for address in addresses:
            try:
                values = address.read(state)
            except Exception as error:
                self.note(address.path, error)
            else:
                yield address, values
