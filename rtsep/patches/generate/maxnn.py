"""Example of the Max package: an exported separator inside Max, by nn~. Without rtsep running, and without OSC."""

from __future__ import annotations

from rtsep.patches.generate.maxsheet import LINE, Sheet

STEMS = ("vocals", "drums", "bass", "other")
"""Of the separators that `rtsep models export` makes, in the order of their outlets: left and right of each."""
_PITCH = 150
"""From one stem's column to the next."""


def separation() -> bytes:
    """Example: the interface's input, separated in Max itself; a toggle for each stem."""
    about = "Example: a separator inside Max, by nn~, with a toggle for each stem."
    sheet = Sheet((80 + _PITCH * len(STEMS), 420), presentation=False, about=about)
    sheet.comment(
        "Once, in a terminal: rtsep models export stage stage.ts. Put the file beside this patch. Needs nn~.", 20, 14
    )
    sheet.comment("512: nn~'s buffer. A smaller one is less late, and dearer: docs/export.md.", 20, 34)
    sound = sheet.obj("adc~ 1 2", 20, 66)
    stems = sheet.obj("nn~ stage separate 512", 20, 66 + 2 * LINE, numinlets=2, numoutlets=8, outlettype=["signal"] * 8)
    out = sheet.obj("dac~ 1 2", 20, 66 + 10 * LINE)
    for side in range(2):
        sheet.wire(sound, stems, side, side)
    for index, stem in enumerate(STEMS):
        x = 20 + _PITCH * index
        sheet.comment(stem, x, 66 + 4 * LINE)
        switch = sheet.ui("toggle", (x, 66 + 5 * LINE, 24, 24))
        ramp = sheet.message("$1 20", x + 40, 66 + 5 * LINE)
        line = sheet.obj("line~ 0.", x + 40, 66 + 6 * LINE)
        sheet.chain(switch, ramp, line)
        for side in range(2):
            gain = sheet.obj("*~ 0.", x + 60 * side, 66 + 8 * LINE)
            sheet.wire(stems, gain, 2 * index + side)
            sheet.wire(line, gain, inlet=1)
            sheet.wire(gain, out, inlet=side)
    sheet.comment("All four on: what came in, a little later. The stems add up to it.", 20, 66 + 11 * LINE + 6)
    return sheet.json()
