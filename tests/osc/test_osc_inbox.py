"""The inbox: in order, in turn, bounded."""

from __future__ import annotations

from rtsep.osc import inbox
from rtsep.osc.inbox import Inbox


def test_senders_take_turns_and_each_keeps_its_order() -> None:
    box: Inbox[str] = Inbox()
    for packet in (b"1", b"2", b"3"):
        box.put("flood", packet)
    box.put("other", b"a")
    assert list(box.take(3)) == [("flood", b"1"), ("other", b"a"), ("flood", b"2")]
    assert list(box.take(9)) == [("flood", b"3")]
    assert not box


def test_of_too_many_the_oldest_are_lost() -> None:
    box: Inbox[str] = Inbox()
    for n in range(inbox.EACH + 10):
        box.put("flood", b"%d" % n)
    kept = [packet for _, packet in box.take(2 * inbox.EACH)]
    assert (len(kept), kept[0], kept[-1], box.lost) == (inbox.EACH, b"10", b"%d" % (inbox.EACH + 9), 10)


def test_large_packets_are_bounded_by_their_size() -> None:
    box: Inbox[str] = Inbox()
    for _ in range(20):
        box.put("large", bytes(inbox.EACH_BYTES // 4))
    box.put("huge", bytes(inbox.EACH_BYTES + 1))
    assert [sender for sender, _ in box.take(99)] == ["large", "huge", *["large"] * 3]


def test_senders_are_bounded() -> None:
    box: Inbox[int] = Inbox()
    for n in range(inbox.SENDERS + 5):
        box.put(n, b"")
    assert (len(list(box.take(1000))), box.lost) == (inbox.SENDERS, 5)
