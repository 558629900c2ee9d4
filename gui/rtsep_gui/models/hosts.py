"""Which of the hosts on this machine the window speaks with."""

from __future__ import annotations

from rtsep.shared.hosts import LocalHost


def choose(hosts: list[LocalHost], preferred: str) -> LocalHost | None:
    """The one to speak with: the preferred, else the first that answers.

    >>> a, b, c = LocalHost("a", 0, True), LocalHost("b", 9000, True), LocalHost("c", 9003, True)
    >>> choose([a, b, c], "c").name, choose([a, b, c], "x").name, choose([a], "")
    ('c', 'b', None)
    """
    answering = [host for host in hosts if host.answers]
    return next((host for host in answering if host.name == preferred), answering[0] if answering else None)
