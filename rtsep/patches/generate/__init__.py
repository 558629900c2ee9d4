"""Makes the patches, the layouts and docs/osc.md from the table of OSC messages: `python -m rtsep.patches.generate`.

    reference -> pages -> max / pd / openstagecontrol / touchosc
             \\-> document

Development only: it needs py2max.
"""
