"""`rtsep.osc` in Max: sends, hears, keeps the subscription alive and shows whether rtsep is there."""

from __future__ import annotations

from py2max.core.box import Box

from rtsep.patches.generate.maxcontrols import LIGHT, OFF
from rtsep.patches.generate.maxpages import BACK, CONNECTION_HEIGHT
from rtsep.patches.generate.maxsheet import Sheet
from rtsep.patches.generate.service import (
    ERROR,
    HEARTBEAT,
    LEASE_MS,
    METERS_HZ,
    MISSED_MS,
    RENEW,
    SUBSCRIBE,
    UNSUBSCRIBE,
    WAIT_MS,
    ports,
)
from rtsep.surfaces import OSC_PORT, REPLY_PORT

ABOUT = "Connection to rtsep: arguments host, port that rtsep hears at, port to hear at."
SIZE = (700, CONNECTION_HEIGHT)


def osc() -> bytes:
    """The patcher `rtsep.osc`: one in a set of patches; others use the names `rtsep.out` and `receive /rtsep/...`."""
    sheet = Sheet(SIZE, about=ABOUT)
    sheet.ui("panel", (20, 20, 60, 40), (0, 0, *SIZE), bgcolor=BACK, background=1, rounded=6, ignoreclick=1)
    # Sending, and where to: the arguments, or their defaults.
    inlet = sheet.ui("inlet", (20, 120, 30, 30))
    sender = sheet.obj(f"udpsend 127.0.0.1 {OSC_PORT}", 20, 400)
    sheet.wire(inlet, sender)
    sheet.wire(sheet.obj("r rtsep.out", 80, 128), sender)
    arguments = sheet.obj(f"patcherargs {ports()}", 360, 20)
    parts = sheet.obj("unpack s 0 0", 360, 56)
    sheet.wire(arguments, parts)
    for outlet, (word, x) in enumerate((("prepend host", 240), ("prepend port", 360))):
        sheet.wire(sheet.wire(parts, sheet.obj(word, x, 100), outlet=outlet), sender)
    own_port = sheet.obj(f"int {REPLY_PORT}", 500, 100)
    sheet.wire(parts, own_port, outlet=2, inlet=1)
    hears = sheet.obj(f"udpreceive {REPLY_PORT}", 640, 136)
    sheet.wire(sheet.wire(parts, sheet.obj("prepend port", 640, 100), outlet=2), hears)
    # Everything once when the patch is opened; later renewals, which subscribe anew where rtsep was started anew.
    # A metro's first beat is at once, and must not come before the subscription that it would stand for.
    begin = sheet.column(("loadbang", f"delay {WAIT_MS}", "t b b"), 180, 140)
    waits = sheet.column((f"delay {LEASE_MS}", "t 1", f"metro {LEASE_MS}"), 230, 228)
    sheet.wire(begin[-1], waits[0])
    sheet.wire(begin[-1], own_port, outlet=1)
    later = sheet.obj(f"int {REPLY_PORT}", 360, 284)
    sheet.wire(parts, later, outlet=2, inlet=1)
    sheet.chain(own_port, sheet.message(f"{SUBSCRIBE} $1 {METERS_HZ}", 500, 345), sender)
    sheet.chain(waits[-1], later, sheet.message(f"{RENEW} $1 {METERS_HZ}", 230, 348), sender)
    goodbye = sheet.message(UNSUBSCRIBE, 20, 208)
    sheet.chain(sheet.obj("closebang", 20, 172), goodbye, sender)
    _heard(sheet, hears)
    return sheet.json()


def _heard(sheet: Sheet, hears: Box) -> None:
    """What comes in: to the outlet, to `receive`s by address, to the LED and the line of errors."""
    each = sheet.obj("t l l l l", 640, 172)
    sheet.wire(hears, each)
    # Right to left: the address first, so that `forward` knows where the values go.
    address, values, forward = (
        sheet.obj("zl.slice 1", 780, 210),
        sheet.obj("zl.slice 1", 680, 250),
        sheet.obj("forward rtsep.none", 780, 290),
    )
    named = sheet.obj("prepend send", 780, 250)
    sheet.wire(each, address, outlet=3)
    sheet.chain(address, named, forward)
    sheet.wire(each, values, outlet=2)
    sheet.wire(values, forward, outlet=1)
    known = sheet.obj(f"route {HEARTBEAT} {ERROR}", 900, 210)
    sheet.wire(each, known, outlet=1)
    sheet.wire(each, sheet.obj("s rtsep.in", 560, 210), outlet=0)
    sheet.wire(each, sheet.ui("outlet", (700, 330, 30, 30)), outlet=0)
    beat = sheet.obj("t 1 b", 900, 250)
    sheet.wire(known, beat)
    led = sheet.ui("led", (900, 370, 24, 24), (8, 6, 24, 24), ignoreclick=1, oncolor=[0.3, 0.9, 0.4, 1.0])
    late = sheet.column((f"delay {MISSED_MS}", "t 0"), 980, 290)
    sheet.wire(beat, late[0], outlet=1)
    for state in (beat, late[1]):
        sheet.wire(state, led)
    words = sheet.obj("prepend set", 1130, 290)
    sheet.wire(known, words, outlet=1)
    line = sheet.ui("comment", (1130, 330, 300, 20), (110, 8, 580, 20), text="", bgcolor=LIGHT, textcolor=OFF)
    sheet.wire(words, line)
    sheet.ui("comment", (100, 30, 60, 20), (38, 8, 60, 20), text="rtsep", fontface=1)
