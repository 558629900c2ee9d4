"""A pad under a finger: a tap mutes, a second one right after it solos instead, holding silences for as long as it lasts."""

from __future__ import annotations

from rtsep.changes import Change, Kill, StemMute, StemSolo
from rtsep.control import Strip

HOLD_S = 0.25
"""A finger that stays longer holds; a shorter one taps."""
DOUBLE_S = 0.3
"""From one tap's end to the next tap's end, at most, for the two to be one gesture."""


class Pad:
    """One stem's pad. Times are given, in seconds of any clock. What it asks for comes back from each call."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.holding = False
        """The stem is silent because of this finger."""
        self._down_s: float | None = None
        self._tapped_s: float | None = None
        self._mute_before = False

    @property
    def down(self) -> bool:
        """A finger is on it."""
        return self._down_s is not None

    def press(self, now_s: float) -> None:
        """A finger comes down; nothing is heard of it yet."""
        self._down_s = now_s

    def wait(self, now_s: float) -> tuple[Change, ...]:
        """Time goes on; called while a finger is down."""
        if self._down_s is None or self.holding or now_s - self._down_s < HOLD_S:
            return ()
        self.holding = True
        return (Kill(self.stem, True),)

    def release(self, now_s: float, strip: Strip) -> tuple[Change, ...]:
        """The finger goes up. `strip`: as the stem is now."""
        down_s, self._down_s = self._down_s, None
        if down_s is None:
            return ()
        if self.holding:
            self.holding = False
            return (Kill(self.stem, False),)
        if self._tapped_s is not None and now_s - self._tapped_s <= DOUBLE_S:
            self._tapped_s = None
            return (StemMute(self.stem, self._mute_before), StemSolo(self.stem, not strip.solo))
        # A tap is heard at once; should a second one follow, it takes the mute back.
        self._tapped_s, self._mute_before = now_s, strip.mute
        return (StemMute(self.stem, not strip.mute),)

    def cancel(self) -> tuple[Change, ...]:
        """The finger was taken away from us: nothing may stay silent for it."""
        self._down_s = None
        if not self.holding:
            return ()
        self.holding = False
        return (Kill(self.stem, False),)
