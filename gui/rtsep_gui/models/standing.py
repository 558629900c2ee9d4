"""While no host answers: why, in words, and what the window offers to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rtsep.shared.hosts import LocalHost

Offer = Literal["demo", "device", "take over"]
BEGIN: tuple[Offer, ...] = ("demo", "device")


@dataclass(frozen=True)
class Standing:
    """What the panel over the greyed-out window says."""

    title: str
    words: str
    offers: tuple[Offer, ...] = ()
    host: str = ""
    """The one that can be taken over."""


def standing(last: str, elsewhere: str, starting: bool, problem: str, hosts: Sequence[LocalHost]) -> Standing:
    """Of what is known. `last`: the host that has answered, or empty; `elsewhere`: the address that the window was told.

    `starting`: the window's own host is on its way; `problem`: why it ended.

    >>> standing("", "", False, "", []).offers
    ('demo', 'device')
    >>> standing("pa", "", False, "", [LocalHost("pa", 9000, False)]).offers
    ('take over',)
    """
    known = bool(last)
    orphans = sorted((host for host in hosts if not host.controlled), key=lambda host: host.name != last)
    if elsewhere:
        gone = "The host is gone" if known else "No host answers"
        return Standing(gone, f"Looking for it at {elsewhere}. This window comes back by itself as soon as it answers.")
    if starting:
        return Standing("Starting", "The host loads its separator and opens the device.")
    if orphans:
        name = orphans[0].name
        words = f"The control process of host {name!r} is gone, its sound is not. Take it over to control it again."
        offers: tuple[Offer, ...] = ("take over",)
        return Standing("The sound plays on", words, offers if name == last else (*offers, *BEGIN), name)
    deaf = next((host for host in hosts if not host.answers), None)
    if deaf is not None:
        words = f"Host {deaf.name!r} runs and does not hear OSC: it is still starting, or was started with --no-osc."
        return Standing("A host that does not listen", words)
    if problem:
        return Standing("The host did not start" if not known else "The host has ended", problem, BEGIN)
    if known:
        return Standing("The host has ended", "This window connects by itself as soon as one runs again.", BEGIN)
    return Standing("Nothing plays yet", "Hear what rtsep does to a song, or send your own sound through it.", BEGIN)
