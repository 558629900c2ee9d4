"""The pages: which control is where. Strips, master, scenes, show, mixer, latent, status."""

from __future__ import annotations

from rtsep.patches.generate.pages import Caption, Inset, Item, Page
from rtsep.patches.generate.reference import DIMS, PARTITIONS, STEMS, flat

CONNECTION = "osc"
"""The page that each program makes in its own way: it connects to rtsep."""
SCENES_SHOWN = 16
_STEM, _SCENE, _DIM = "/rtsep/stem/{stem}", "/rtsep/scene/{n}", "/rtsep/latent/dim/{k}"

STRIP = Page(
    "strip",
    "One stem: fader, mute, solo, pan, kill, meter; its name is the argument.",
    (124, 326),
    "stem",
    (
        Item(f"{_STEM}/pan", (6, 30, 112, 16), shape="slider"),
        Item(f"{_STEM}/fader", (12, 68, 36, 166), shape="slider"),
        Item("/rtsep/meter/stem/{stem}", (54, 68, 20, 166)),
        Item(f"{_STEM}/mute", (82, 68, 36, 26), "M"),
        Item(f"{_STEM}/solo", (82, 98, 36, 26), "S"),
        Item(f"{_STEM}/kill", (82, 128, 36, 26), "K", "hold"),
        Item(f"{_STEM}/safe", (82, 208, 36, 26), "safe"),
        Item(f"{_STEM}/gain_db", (12, 240, 62, 22)),
        Item(f"{_STEM}/side", (48, 268, 70, 22)),
        Item(f"{_STEM}/output", (48, 296, 70, 22)),
    ),
    (
        Caption("{}", (6, 6, 112, 20), strong=True),
        Caption("left        right", (6, 47, 112, 18)),
        Caption("dB", (82, 242, 36, 18)),
        Caption("side", (6, 270, 40, 18)),
        Caption("out", (6, 298, 40, 18)),
    ),
)
MASTER = Page(
    "master",
    "The mix: fader, dry/wet, crossfader, bypass, panic, what sounds when stems are late.",
    (164, 326),
    items=(
        Item("/rtsep/mix/fader", (12, 30, 36, 204), shape="slider"),
        Item("/rtsep/meter/mix", (54, 30, 20, 204)),
        Item("/rtsep/mix/bypass", (84, 30, 74, 26), "bypass"),
        Item("/rtsep/mix/panic", (84, 60, 74, 26), "panic"),
        Item("/rtsep/mix/dry_wet", (84, 116, 74, 16), shape="slider"),
        Item("/rtsep/mix/crossfade", (84, 164, 74, 16), shape="slider"),
        Item("/rtsep/mix/late", (84, 212, 74, 22)),
        Item("/rtsep/mix/gain_db", (12, 240, 62, 22)),
    ),
    captions=(
        Caption("master", (6, 6, 152, 20), strong=True),
        Caption("dry     wet", (84, 96, 74, 18)),
        Caption("a         b", (84, 144, 74, 18)),
        Caption("when late", (84, 192, 74, 18)),
        Caption("dB", (82, 242, 36, 18)),
    ),
)
SCENE = Page(
    "scene",
    "One scene: go, store, clear, fade time; its number is the argument.",
    (134, 54),
    "n",
    (
        Item(f"{_SCENE}/name", (30, 5, 100, 20)),
        Item(f"{_SCENE}/go", (4, 28, 34, 22), "go"),
        Item(f"{_SCENE}/store", (40, 28, 40, 22), "store"),
        Item(f"{_SCENE}/clear", (82, 28, 14, 22), "x"),
        Item(f"{_SCENE}/fade_s", (98, 28, 32, 22)),
    ),
    (Caption("{}", (4, 6, 26, 18), strong=True),),
)
SHOW = Page(
    "show",
    "Quick states, scenes, set list, tempo.",
    (700, 306),
    items=(
        Item("/rtsep/quick/acapella", (6, 30, 104, 26), "acapella"),
        Item("/rtsep/quick/instrumental", (6, 60, 104, 26), "instrumental"),
        Item("/rtsep/quick/drums_only", (6, 90, 104, 26), "drums only"),
        Item("/rtsep/quick/all", (6, 120, 104, 26), "all"),
        Item("/rtsep/tempo/tap", (6, 154, 50, 26), "tap"),
        Item("/rtsep/tempo/bpm", (60, 156, 50, 22)),
        Item("/rtsep/scene/quantise", (60, 186, 50, 22)),
        Item("/rtsep/setlist/previous", (6, 216, 50, 26), "prev"),
        Item("/rtsep/setlist/next", (60, 216, 50, 26), "next"),
        Item("/rtsep/setlist/place", (60, 248, 50, 22)),
        Item("/rtsep/scene/current", (180, 6, 40, 20)),
        Item("/rtsep/scene/coming", (290, 6, 40, 20)),
    ),
    captions=(
        Caption("quick", (6, 6, 104, 20), strong=True),
        Caption("scene", (130, 7, 46, 18)),
        Caption("coming", (232, 7, 54, 18)),
        Caption("beats", (6, 188, 50, 18)),
        Caption("place", (6, 250, 50, 18)),
    ),
    insets=tuple(
        Inset("scene", (130 + 142 * (number % 4), 34 + 66 * (number // 4)), str(number + 1))
        for number in range(SCENES_SHOWN)
    ),
)
MIXER = Page(
    "mixer",
    "Everything on one page: connection, strips, master, show.",
    (716, 706),
    insets=(
        Inset(CONNECTION, (8, 8)),
        *(Inset("strip", (8 + 132 * index, 52), stem) for index, stem in enumerate(STEMS)),
        Inset("master", (8 + 132 * len(STEMS), 52)),
        Inset("show", (8, 390)),
    ),
)
PARTITION = Page(
    "partition",
    "How much of one partition of the latent is played; its name is the argument.",
    (76, 190),
    "partition",
    (Item("/rtsep/latent/partition/{partition}/amount", (22, 30, 32, 152), shape="slider"),),
    (Caption("{}", (4, 6, 68, 20), strong=True),),
)
DIM = Page(
    "dim",
    "One dimension of the latent: scale, offset, set, release; its number is the argument.",
    (84, 132),
    "k",
    (
        Item(f"{_DIM}/scale", (4, 28, 76, 16), shape="slider"),
        Item(f"{_DIM}/offset", (4, 54, 76, 16), shape="slider"),
        Item(f"{_DIM}/set", (4, 80, 76, 16), shape="slider"),
        Item(f"{_DIM}/release", (4, 104, 76, 22), "release"),
    ),
    (Caption("{}", (4, 4, 76, 20), strong=True),),
)
LATENT = Page(
    "latent",
    "A separator's latent: partitions' amounts, dimensions' scale, offset and set.",
    (756, 364),
    captions=(
        Caption("scale", (8, 250, 54, 18)),
        Caption("offset", (8, 276, 54, 18)),
        Caption("set", (8, 302, 54, 18)),
    ),
    insets=(
        *(Inset("partition", (64 + 84 * index, 12), name) for index, name in enumerate(PARTITIONS)),
        *(Inset("dim", (64 + 86 * k, 222), str(k)) for k in range(DIMS)),
    ),
)
_ROW = 26


def _status() -> Page:
    """Every address of the status, as the table has them, beside takes, separator and session."""
    shown = [path for path in flat() if path.startswith("/rtsep/status/")]
    left = [Item(path, (130, 12 + _ROW * row, 150, 20)) for row, path in enumerate(shown)]
    names = [
        Caption(path.rsplit("/")[-1].replace("_", " "), (8, 13 + _ROW * row, 120, 18)) for row, path in enumerate(shown)
    ]
    right = (
        Item("/rtsep/record/start", (300, 12, 80, 26), "record"),
        Item("/rtsep/record/stop", (386, 12, 80, 26), "stop"),
        Item("/rtsep/record/state", (300, 44, 300, 20)),
        Item("/rtsep/separator/load", (400, 90, 200, 22)),
        Item("/rtsep/separator/next", (400, 118, 200, 20)),
        Item("/rtsep/session/name", (400, 164, 200, 20)),
        Item("/rtsep/session/save", (400, 190, 200, 22)),
        Item("/rtsep/session/load", (400, 218, 200, 22)),
        Item("/rtsep/meter/input", (400, 260, 20, 120)),
    )
    words = (("separator", 92), ("coming", 119), ("session", 165), ("save as", 192), ("load", 220), ("input", 260))
    return Page(
        "status",
        "How rtsep is doing; takes, separator, session.",
        (612, 22 + _ROW * len(shown)),
        items=(*left, *right),
        captions=(*names, *(Caption(word, (300, y, 96, 18)) for word, y in words)),
    )


PAGES = {page.name: page for page in (STRIP, MASTER, SCENE, SHOW, MIXER, PARTITION, DIM, LATENT, _status())}
