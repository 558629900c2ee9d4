"""`rtsep.osc.pd`: sends, hears, keeps the subscription alive and shows whether rtsep is there."""

from __future__ import annotations

from rtsep.patches.generate.pdcanvas import Canvas
from rtsep.patches.generate.pdpages import CONNECTION_SIZE, MARGIN
from rtsep.patches.generate.service import (
    ERROR,
    HEARTBEAT,
    LEASE_MS,
    METERS_HZ,
    MISSED_MS,
    RENEW,
    SUBSCRIBE,
    WAIT_MS,
    ports,
)

_TOP = 90


def osc() -> bytes:
    """The patch: arguments host, port that rtsep hears at, port to hear at."""
    canvas = Canvas((900, 620))
    canvas.label("rtsep", 20, 20, *CONNECTION_SIZE, size=12)
    lamp = canvas.toggle(70, 28, 20, 20, "")
    words = canvas.atom("symbolatom", 110, 30, 570)
    sender = canvas.obj("netsend -u -b", 20, 560)
    hears = canvas.obj("netreceive -u -b", 560, _TOP + 100)
    # Out: packets that are ready, and lists such as `/rtsep/mix/fader 0.75` to `rtsep.out`.
    packet = canvas.obj("list prepend send", 20, 510)
    canvas.chain(canvas.obj("r rtsep.bytes", 20, 480), packet, canvas.obj("list trim", 20, 535), sender)
    _lists(canvas)
    own_port = _ports(canvas, sender, hears)
    _renewals(canvas, own_port)
    _heard(canvas, hears, lamp, words)
    return canvas.shown(MARGIN, MARGIN, *CONNECTION_SIZE)


def _lists(canvas: Canvas) -> None:
    """`rtsep.out` and the inlet take any address with its values."""
    both = canvas.obj("list", 20, _TOP + 30)
    canvas.wire(canvas.obj("r rtsep.out", 20, _TOP), both)
    canvas.wire(canvas.obj("inlet", 110, _TOP), both)
    twice = canvas.obj("t a a", 20, _TOP + 60)
    address, values = canvas.obj("list split 1", 110, _TOP + 90), canvas.obj("list split 1", 20, _TOP + 150)
    named, packs = canvas.msg(r"set \$1", 110, _TOP + 120), canvas.obj("oscformat", 20, _TOP + 190)
    canvas.wire(both, twice)
    canvas.wire(twice, address, 1)
    canvas.chain(address, named, packs)
    canvas.wire(twice, values)
    canvas.wire(values, packs, 1)
    canvas.wire(packs, canvas.obj("s rtsep.bytes", 20, _TOP + 220))


def _ports(canvas: Canvas, sender: int, hears: int) -> int:
    """Arguments, or what is usual without any; returns the box that keeps the own port."""
    given = canvas.obj(r"f \$2", 560, _TOP)
    canvas.wire(canvas.obj("loadbang", 560, _TOP - 24), given)
    none = canvas.obj("sel 0", 620, _TOP)
    canvas.wire(given, none)
    usual, argued = canvas.msg(ports(), 620, _TOP + 26), canvas.obj(r"list append \$1 \$2 \$3", 760, _TOP + 26)
    canvas.wire(none, usual)
    canvas.wire(canvas.wire(none, canvas.obj("t b", 760, _TOP), 1), argued)
    parts = canvas.obj("unpack s f f", 620, _TOP + 52)
    canvas.wire(usual, parts)
    canvas.wire(argued, parts)
    keep = canvas.obj("f", 420, _TOP + 200)
    canvas.wire(parts, keep, 2, 1)
    canvas.wire(canvas.wire(parts, canvas.msg(r"listen \$1", 740, _TOP + 76), 2), hears)
    where = canvas.obj("pack s f", 620, _TOP + 76)
    canvas.wire(parts, where, 1, 1)
    canvas.wire(parts, where)
    canvas.chain(where, canvas.msg(r"connect \$1 \$2", 620, _TOP + 100 + 24), sender)
    return keep


def _renewals(canvas: Canvas, own_port: int) -> None:
    """Everything once when the patch is opened; later renewals, which subscribe anew where rtsep was started anew."""
    begin = canvas.obj("t b b", 300, _TOP + 60)
    canvas.chain(canvas.obj("loadbang", 300, _TOP), canvas.obj(f"delay {WAIT_MS}", 300, _TOP + 30), begin)
    # A metro's first beat is at once, and must not come before the subscription that it would stand for.
    beat = canvas.obj(f"metro {LEASE_MS}", 300, _TOP + 140)
    canvas.chain(begin, canvas.obj(f"delay {LEASE_MS}", 300, _TOP + 90), canvas.msg("1", 300, _TOP + 115), beat)
    canvas.wire(begin, own_port, 1)
    later = canvas.obj("f", 300, _TOP + 200)
    canvas.wire(own_port, later, 0, 1)
    canvas.wire(beat, later)
    for source, path, x in ((own_port, SUBSCRIBE, 420), (later, RENEW, 260)):
        meters = canvas.obj(f"list append {METERS_HZ}", x, _TOP + 240)
        asks = canvas.obj(f"oscformat -f if {path}", x, _TOP + 270)
        canvas.chain(source, meters, asks, canvas.obj("s rtsep.bytes", x, _TOP + 300))


def _heard(canvas: Canvas, hears: int, lamp: int, words: int) -> None:
    """Everything to `rtsep.in`, a path's parts and the values; heartbeat and errors are shown."""
    # Without the trim, a list's selector is `list`, and no route would match its first part.
    parsed = canvas.obj("list trim", 640, _TOP + 160)
    canvas.chain(hears, canvas.obj("oscparse", 560, _TOP + 160), parsed)
    canvas.wire(parsed, canvas.obj("s rtsep.in", 740, _TOP + 190))
    canvas.wire(parsed, canvas.obj("outlet", 840, _TOP + 190))
    top, *nodes = (HEARTBEAT.strip("/").split("/")[0], *(path.rsplit("/")[-1] for path in (HEARTBEAT, ERROR)))
    root, known = canvas.obj(f"route {top}", 560, _TOP + 190), canvas.obj(f"route {' '.join(nodes)}", 560, _TOP + 220)
    canvas.chain(parsed, root, known)
    beat, late = canvas.obj("t b b", 560, _TOP + 250), canvas.obj(f"delay {MISSED_MS}", 640, _TOP + 280)
    yes, no = canvas.msg("1", 560, _TOP + 310), canvas.msg("0", 640, _TOP + 310)
    canvas.wire(known, beat)
    canvas.wire(beat, late, 1)
    canvas.wire(beat, yes)
    canvas.wire(late, no)
    for state in (yes, no):
        canvas.wire(state, lamp)
    said, line = canvas.obj("unpack s s s", 720, _TOP + 250), canvas.msg(r"set \$1", 720, _TOP + 280)
    canvas.wire(known, said, 1)
    canvas.wire(said, line, 2)
    canvas.wire(line, words)
