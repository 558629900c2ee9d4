"""The stems of rows that have labels: what labels have in common, without the channel."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rtsep_models.foreign.api import osc_name

_KIND = re.compile(r"^\((?:signal|list)\)\s*", re.IGNORECASE)
_CHANNEL = re.compile(r"[\s_\-(]*(?:left|right|mono|l|r|ch(?:annel)?\s*\d*|\d+)\)?$", re.IGNORECASE)
_NOTHING = re.compile(r"^(?:model\s)?(?:out(?:put)?|in(?:put)?|signal|stem|audio)?$", re.IGNORECASE)


def stems_of_labels(labels: Sequence[str], channels: int) -> tuple[str, ...]:
    """One name for each stem of `channels` rows, or nothing if the labels do not say.

    >>> stems_of_labels(["(signal) vocals left", "(signal) vocals right", "(signal) rest L", "(signal) rest R"], 2)
    ('vocals', 'rest')
    >>> stems_of_labels(["(signal) model output 0", "(signal) model output 1"], 1)
    ()
    """
    if not labels or len(labels) % channels:
        return ()
    plain = [_KIND.sub("", label).strip() for label in labels]
    bare = [_CHANNEL.sub("", label).strip() for label in plain]
    firsts = bare[::channels]
    alike = all(bare[index] == firsts[index // channels] for index in range(len(bare)))
    if not alike or any(_NOTHING.match(name) for name in firsts) or len(set(firsts)) < len(firsts):
        return ()
    names: list[str] = []
    for name in firsts:
        names.append(osc_name(name, names))
    return tuple(names)
