"""The Max package: a folder that goes into Max's Packages folder as it is."""

from __future__ import annotations

import msgspec

from rtsep.patches.generate import maxhelp, maxnn
from rtsep.patches.generate.layout import CONNECTION, PAGES
from rtsep.patches.generate.maxosc import osc
from rtsep.patches.generate.maxpages import patch

_README = """# rtsep for Max

Patches that play rtsep, a live host for source separators, over OSC. Max 8 or newer.

1. Start `rtsep run` on this machine.
2. Extras -> rtsep.overview, or make an object `rtsep.mixer`.

| patch | arguments | what it is |
|---|---|---|
{rows}

Have *one* `rtsep.osc`, however many patches are open, else every message is sent twice; `rtsep.mixer` has it. In patches
of your own, send with `s rtsep.out` (`/rtsep/mix/fader 0.75`), and hear any address by its name: `receive
/rtsep/stem/vocals/mute`. Whatever comes from rtsep goes through `prepend set` into the controls, so that nothing is ever
sent back.

Strips are bpatchers with a stem's name as argument; for a separator with other stems, copy rtsep.mixer and change the arguments
(`rtsep ctl /rtsep/separator/load` tells what plays). A second machine: `rtsep.osc 192.168.1.20 9000 9001`.

Generated from rtsep's table of OSC messages by `python -m rtsep.patches.generate`; not meant to be edited. All addresses:
docs/osc.md.
"""


def package() -> dict[str, bytes]:
    """Files by their paths within the package."""
    files = {f"patchers/rtsep.{page.name}.maxpat": patch(page) for page in PAGES.values()}
    files |= {f"help/rtsep.{page.name}.maxhelp": maxhelp.help_page(page) for page in PAGES.values()}
    return files | {
        f"patchers/rtsep.{CONNECTION}.maxpat": osc(),
        f"help/rtsep.{CONNECTION}.maxhelp": maxhelp.help_osc(),
        "examples/rtsep.example.automation.maxpat": maxhelp.automation(),
        "examples/rtsep.example.nn.maxpat": maxnn.separation(),
        "examples/rtsep.example.reaction.maxpat": maxhelp.reaction(),
        "extras/rtsep.overview.maxpat": maxhelp.overview(),
        "package-info.json": _info(),
        "readme.md": _readme().encode(),
    }


def _readme() -> str:
    rows = [f"| `rtsep.{CONNECTION}` | host, port, own port | the connection |"]
    rows += [f"| `rtsep.{page.name}` | {page.argument or '-'} | {page.about} |" for page in PAGES.values()]
    return _README.format(rows="\n".join(rows))


def _info() -> bytes:
    systems = {"platform": ["x64", "aarch64"], "min_version": "none"}
    info = {
        "name": "rtsep",
        "displayname": "rtsep",
        "version": "1.0.0",
        "author": "The rtsep authors",
        "description": "Mixer, scenes and latent controls for rtsep, a live host for source separators, over OSC.",
        "tags": ["OSC", "mixer", "source separation", "stems", "live"],
        "website": "",
        "homepatcher": "rtsep.overview.maxpat",
        "extends": "",
        "max_version_min": "8.0",
        "max_version_max": "none",
        "os": {"macintosh": systems, "windows": systems},
        "package_extra": {"reverse_domain": "org.rtsep", "copyright": ""},
    }
    return msgspec.json.format(msgspec.json.encode(info), indent=2) + b"\n"
