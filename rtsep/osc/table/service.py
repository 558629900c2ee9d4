"""What the server itself answers and sends."""

from __future__ import annotations

from rtsep.osc.messages import Argument, Message

_WHERE = (
    Argument("port", "i", "", 0, 65535, optional=True),
    Argument("meters", "f", "Hz", 0.0, 30.0, optional=True),
)

SERVICE: tuple[Message, ...] = (
    Message(
        "/rtsep/subscribe",
        "Send me everything now and every change from now on, at that port (0: the one I send from), and meters so many "
        "times a second. Lasts ten seconds.",
        _WHERE,
        trigger=True,
    ),
    Message(
        "/rtsep/renew",
        "Ten seconds more; subscribes, as above, whoever is not, or no longer, subscribed.",
        _WHERE,
        trigger=True,
    ),
    Message("/rtsep/unsubscribe", "Send me nothing more.", trigger=True),
    Message("/rtsep/heartbeat", "Once a second to subscribers: a count.", (Argument("count", "i"),), sent=True),
    Message(
        "/rtsep/error",
        "What was wrong with a message.",
        (Argument("path", "s"), Argument("code", "s"), Argument("message", "s")),
        sent=True,
    ),
)
