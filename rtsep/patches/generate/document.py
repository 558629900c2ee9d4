"""docs/osc.md: every address, and what holds for all of them."""

from __future__ import annotations

from itertools import groupby

from rtsep.osc.codec import MAX_PACKET
from rtsep.osc.messages import PRESS, Argument, Message
from rtsep.osc.patterns import MAX_PATTERN
from rtsep.osc.pending import AHEAD_S
from rtsep.osc.pending import MOST as WAITING
from rtsep.osc.replies import ERRORS
from rtsep.osc.server import BEAT_S, PACE_S
from rtsep.osc.subscribers import LEASE_S
from rtsep.osc.subscribers import MOST as CLIENTS
from rtsep.osc.table import TABLE
from rtsep.patches.generate.reference import flat
from rtsep.surfaces import OSC_PORT, QUERY_PORT, REPLY_PORT

TITLES = {
    "stem": "Strips",
    "mix": "Master",
    "quick": "Quick states",
    "scene": "Scenes",
    "tempo": "Tempo",
    "setlist": "Set list",
    "session": "Sessions",
    "latent": "Latent",
    "separator": "Separator",
    "record": "Takes",
    "status": "Status",
    "meter": "Meters",
    "midi": "MIDI",
    "state": "State",
}
"""By the second part of an address; the rest is the connection itself."""
_KINDS = {"f": "float", "i": "int", "s": "string"}
_ACCESS = {1: "read", 2: "write", 3: "read, write"}
_WORDS = {"LAST": LEASE_S, "CLIENTS": CLIENTS, "BEAT": BEAT_S, "PACE": 1000 * PACE_S, "AHEAD": AHEAD_S}
_HEAD = """# OSC

*Generated from the table of messages by `python -m rtsep.patches.generate`; edit `rtsep/osc/table` instead.*

A running host hears OSC at UDP port {OSC} and, with SLIP framing (OSC 1.1), at TCP port {OSC}; if that is taken, at a
free one, which `rtsep run` prints. By default only this machine may send: `[osc] listen` and `allow` open it to the
network, address by address. [OSCQuery](https://github.com/Vidvox/OSCQueryProposal) has the same table as JSON at
`http://127.0.0.1:{QUERY}`.

    oscsend 127.0.0.1 {OSC} /rtsep/stem/vocals/gain_db f -6.5
    rtsep ctl /rtsep/stem/vocals/mute 1

Patches for Max, Pure Data, Open Stage Control and TouchOSC: [max.md](max.md).

## What holds everywhere

**Types.** rtsep sends int (`i`), float (`f`) and string (`s`) only. It accepts also `T`, `F`, `d` and `h` wherever a
number is due, and a float for an int if it is whole. NaN, infinities, wrong types and values outside the range are
refused; nothing is clipped silently.

**Queries.** An address without arguments is a question; the answer comes on the same address, to the port the question
came from, and to where its sender has subscribed to hear. Buttons (marked *press*) have no value: without arguments or
with 1 they act, with 0 (let go) they do nothing.

**Subscribing.** `/rtsep/subscribe port meters_hz` sends a snapshot of everything readable, then every change, to that
port of the sender's machine: {REPLY} without one; 0 is the port it sends from. It lasts {LAST:g} s; `/rtsep/renew` with
the same arguments, every few seconds, prolongs it, and subscribes anew if the host has been started anew. Up to {CLIENTS}
clients. `/rtsep/heartbeat` comes every {BEAT:g} s. Meters are only sent on request, at most 30 times a second, all in one
bundle.

**Echo.** A change that a surface sent is not sent back to that surface, so that faders do not fight; every other
subscriber hears it. What follows from it (`fader` after `gain_db`) is sent to everyone. If a change is refused, its
sender is told what holds instead.

**Floods.** Changes are published at most every {PACE:g} ms. Under a flood the last value of an address wins, and it arrives.

**Bundles** apply as one: all of it at the same block, or, if one message in it is wrong, none. A time tag in the future
waits, at most {AHEAD:g} s and {WAITING} messages; later than that is refused; one that is past applies at once. Packets
have at most {PACKET} bytes.

**Wildcards.** `*`, `?`, `[a-z]`, `[!a-z]` and `{{one,other}}` within a part of an address, up to {PATTERN} characters:
`/rtsep/stem/*/mute 1` mutes all, `/rtsep/stem/*/fader` asks for all.

**Errors** come back as `/rtsep/error path code message`, at most {ERRORS:g} a second; the message names value, limit and remedy.

| code | meaning |
|---|---|
| `malformed` | the packet is not OSC |
| `unknown` | there is no such address; the message names the nearest |
| `refused` | type, range or number of values do not fit, or the host cannot do it now |
| `time` | the time tag lies too far ahead, or too much waits |
| `failed` | an error inside rtsep |

**Names.** `<stem>`, `<name>` and so on stand for names of the separator that plays: `vocals`, `drums`, `bass`, `other`
for most. Characters that OSC reserves become underscores. Loading another separator changes the addresses; OSCQuery says
PATH_CHANGED.

## Addresses
"""


def osc_page() -> bytes:
    """The page."""
    head = _HEAD.format(
        OSC=OSC_PORT,
        QUERY=QUERY_PORT,
        REPLY=REPLY_PORT,
        PACKET=MAX_PACKET,
        PATTERN=MAX_PATTERN,
        ERRORS=ERRORS,
        WAITING=WAITING,
        **_WORDS,
    )
    titles = [*TITLES.values(), "Connection"]
    rows = sorted(TABLE, key=lambda message: titles.index(_title(message)))
    parts = [head]
    for title, messages in groupby(rows, _title):
        parts.append(f"\n### {title}\n\n| address | arguments | access | |\n|---|---|---|---|\n")
        parts.extend(_row(message) for message in messages)
    return "".join(parts).encode()


def _title(message: Message) -> str:
    return TITLES.get(message.pattern.split("/")[2], "Connection")


def _row(message: Message) -> str:
    pattern = message.pattern.replace("{", "<").replace("}", ">")
    # Rows that get their ranges from the separator show those of the reference.
    arguments = message.arguments or next((a.arguments for a in flat().values() if a.message is message), ())
    own = "; the separator's own range" if message.ranged else ""
    words = ", ".join(_argument(argument) for argument in arguments) + own
    access = "press" if message.arguments == (PRESS,) else "sent" if message.sent else _ACCESS[message.access]
    return f"| `{pattern}` | {words or '-'} | {access} | {message.about} |\n"


def _argument(argument: Argument) -> str:
    """Words for an argument.

    >>> _argument(Argument("gain", "f", "dB", -144.0, 12.0)), _argument(Argument("side", "s", choices=("a", "b"), optional=True))
    ('gain: float -144..12 dB', '[side: string `a`, `b`]')
    """
    text = f"{argument.name}: {_KINDS[argument.kind]}"
    if argument.choices:
        text += " " + ", ".join(f"`{choice}`" for choice in argument.choices)
    if argument.minimum is not None and argument.maximum is not None:
        text += f" {argument.minimum:g}..{argument.maximum:g}"
    text += f" {argument.unit}" if argument.unit else ""
    text += " ..." if argument.rest else ""
    return f"[{text}]" if argument.optional else text
