"""The flat table as the server asks it: by address, by pattern, by container."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from rtsep.errors import ConfigError, did_you_mean
from rtsep.osc.limits import Bucket
from rtsep.osc.messages import Address
from rtsep.osc.patterns import is_pattern, matching

REMEMBERED = 256
"""Patterns and containers whose addresses are kept."""
NEW_PATTERNS = 300.0
"""Patterns a second that are tried against the table; those remembered cost nothing."""


class UnknownAddressError(ConfigError):
    """There is no such address, now."""


class Index:
    """Finds addresses; made anew with the table. Server's thread."""

    def __init__(self, flat: Mapping[str, Address]) -> None:
        self.flat = flat
        self.published = [a for a in flat.values() if a.message.read and a.message.push == "change"]
        self.meters = [a for a in flat.values() if a.message.read and a.message.push == "meter"]
        self._listed = [a for a in flat.values() if a.message.read and a.message.push != "never"]
        self._parts = [(path, path.split("/")) for path in flat]
        self._found: dict[str, tuple[Address, ...]] = {}
        self._patterns = Bucket(NEW_PATTERNS, NEW_PATTERNS / 3)

    def matching(self, pattern: str) -> tuple[Address, ...]:
        """What a pattern matches. Raises UnknownAddressError if nothing, ConfigError if it is malformed."""
        found = self._remembered(pattern, self._match)
        if not found:
            raise UnknownAddressError(f"no address matches {pattern}; a query of /rtsep lists them all")
        return found

    def readable(self, path: str) -> tuple[Address, ...]:
        """What a query asks for: an address, those that a pattern matches, or all below a container.

        Raises UnknownAddressError if there is nothing, ConfigError if nothing there can be read.
        """
        if path in self.flat:
            return (self.flat[path],)
        if is_pattern(path):
            found = tuple(a for a in self.matching(path) if a.message.read and a.message.push != "never")
            if not found:
                raise ConfigError(f"{path}: nothing that matches can be read")
            return found
        found = self._remembered(path, self._below)
        if not found:
            raise UnknownAddressError(f"there is no address {path}")
        return found

    def suggestion(self, path: str) -> str:
        """The nearest address, as a hint. Takes some milliseconds."""
        return did_you_mean(path, self.flat)

    def _match(self, pattern: str) -> tuple[Address, ...]:
        if not self._patterns.take(time.monotonic()):
            raise ConfigError(f"{pattern}: more than {NEW_PATTERNS:g} different patterns a second; send fewer")
        return tuple(self.flat[path] for path in matching(pattern, self._parts))

    def _below(self, container: str) -> tuple[Address, ...]:
        start = container.rstrip("/") + "/"
        return tuple(address for address in self._listed if address.path.startswith(start))

    def _remembered(self, path: str, find: Callable[[str], tuple[Address, ...]]) -> tuple[Address, ...]:
        if path not in self._found:
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[path] = find(path)
        return self._found[path]
