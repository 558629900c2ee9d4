"""Control by OSC: one table of messages, and everything that is generated from it.

The way of a packet, one file after another:

    in    sockets -> peers (UDP), streams (TCP, slip) -> inbox -> intake: codec, pending, index, patterns -> units
          -> carrier -> EngineControl.apply
    out   EngineControl -> view -> publisher -> subscribers -> peers, streams        answers and errors: replies

`query/` serves the same table over HTTP and WebSocket; `client` (link, follower, hearing, inverse) is the other end of the wire.
"""
