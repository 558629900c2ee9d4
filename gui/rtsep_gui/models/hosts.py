"""Hosts on this machine, as the window finds them: who plays, who can be spoken with, who has lost its control process."""

from __future__ import annotations

from dataclasses import dataclass

from rtsep.errors import BlockError
from rtsep.shared.block import attach
from rtsep.shared.hosts import owners, running


@dataclass(frozen=True)
class LocalHost:
    """A host on this machine."""

    name: str
    osc_port: int
    """Where it hears OSC; 0: nowhere, or not yet."""
    controlled: bool
    """Whether its control process lives; if not, the sound may play on all the same."""

    @property
    def answers(self) -> bool:
        """Whether a window can speak with it."""
        return self.controlled and self.osc_port > 0


def local_hosts() -> list[LocalHost]:
    """All that run, by name. Looks at processes: some milliseconds."""
    found = []
    for name in running():
        try:
            block = attach(name, None)
        except BlockError:  # of another version, or gone since
            continue
        found.append(LocalHost(name, int(block.get("osc_port")), "control" in owners(block)))
    return found


def choose(hosts: list[LocalHost], preferred: str) -> LocalHost | None:
    """The one to speak with: the preferred, else the first that answers.

    >>> a, b, c = LocalHost("a", 0, True), LocalHost("b", 9000, True), LocalHost("c", 9003, True)
    >>> choose([a, b, c], "c").name, choose([a, b, c], "x").name, choose([a], "")
    ('c', 'b', None)
    """
    answering = [host for host in hosts if host.answers]
    return next((host for host in answering if host.name == preferred), answering[0] if answering else None)
