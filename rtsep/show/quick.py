"""Quick states: the strips' mutes by one press."""

from __future__ import annotations

from collections.abc import Collection

from rtsep.changes import DeskChange, QuickState, StemMute, StemSolo
from rtsep.deskstate import known
from rtsep.errors import ConfigError

LEADS: dict[QuickState, str] = {"acapella": "vocals", "instrumental": "vocals", "drums_only": "drums"}
"""The stem that a state is about."""


def quick(state: QuickState, stems: Collection[str], safe: Collection[str]) -> tuple[DeskChange, ...]:
    """The changes of a state; `safe` stems are left alone. Raises ConfigError if the separator lacks the stem it is about.

    >>> quick("instrumental", ("vocals", "rest"), ())[:2]
    (StemSolo(stem='vocals', solo=False), StemMute(stem='vocals', mute=True))
    """
    known("quick state", state, (*LEADS, "all"))
    lead = LEADS.get(state)
    if lead is not None and lead not in stems:
        raise ConfigError(
            f"quick state {state!r} is about the stem {lead!r}, and this separator has {', '.join(stems)}; "
            f"mute stems one by one, or switch to a separator with {lead!r}"
        )
    changes: list[DeskChange] = []
    for stem in stems:
        if stem not in safe:
            muted = lead is not None and (stem == lead) == (state == "instrumental")
            changes += [StemSolo(stem, False), StemMute(stem, muted)]
    return tuple(changes)
