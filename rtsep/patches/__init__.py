"""Patches and layouts for other programs, ready to copy out: Max, Pure Data, Open Stage Control, TouchOSC.

The folders `max`, `pd`, `openstagecontrol` and `touchosc` beside this file are generated from the table of OSC messages by
`python -m rtsep.patches.generate`; nobody edits them by hand.
"""
