"""Control by OSC: one table of messages, and everything that is generated from it."""
