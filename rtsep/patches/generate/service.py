"""What connecting to rtsep takes, the same in every program: addresses of the service and times."""

from __future__ import annotations

from rtsep.errors import ConfigError
from rtsep.osc.table import SERVICE
from rtsep.surfaces import OSC_PORT, REPLY_PORT


def _known(path: str) -> str:
    """`path`, if the table has it. Raises ConfigError otherwise."""
    if path not in {message.pattern for message in SERVICE}:
        raise ConfigError(f"{path} is not in the table of messages; name an address that is")
    return path


SUBSCRIBE, RENEW, UNSUBSCRIBE = (_known(f"/rtsep/{word}") for word in ("subscribe", "renew", "unsubscribe"))
HEARTBEAT, ERROR = _known("/rtsep/heartbeat"), _known("/rtsep/error")
LEASE_MS = 4000
"""Between renewals: less than half of a lease, so that one may be lost."""
MISSED_MS = 3000
"""Without a heartbeat for so long, rtsep is taken to be gone, and the lamp goes out."""
WAIT_MS = 500
"""After loading, so that every patch is there to hear the snapshot."""
METERS_HZ = 20
HOST = "127.0.0.1"


def ports() -> str:
    """Host, the port that rtsep hears at, the port that patches hear at: what patches take for granted."""
    return f"{HOST} {OSC_PORT} {REPLY_PORT}"
