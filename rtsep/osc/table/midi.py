"""Learning of MIDI controllers: answered by whoever hears them."""

from __future__ import annotations

from rtsep.osc.messages import Argument, Message

_PATH = Argument("address", "s")

MIDI: tuple[Message, ...] = (
    Message("/rtsep/midi/learn", "Assign the MIDI control that moves next to that address.", (_PATH,)),
    Message("/rtsep/midi/forget", "Let no MIDI control play that address any longer.", (_PATH,)),
    Message("/rtsep/midi/cancel", "Learn nothing after all.", trigger=True),
)
