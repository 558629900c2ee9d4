"""Drum patterns, one bar each, in sixteenths: X accent, x stroke, o soft stroke, g ghost note, anything else a rest."""

from __future__ import annotations

from collections.abc import Mapping

VELOCITIES: Mapping[str, float] = {"X": 1.0, "x": 0.82, "o": 0.62, "g": 0.3}

Groove = Mapping[str, str]
"""One pattern per piece of the kit: "kick", "snare", "rim", "clap"."""

GROOVES: Mapping[str, tuple[Groove, ...]] = {
    "rock": (
        {"kick": "X.......x.......", "snare": "....X.......X..."},
        {"kick": "X.....x.X.......", "snare": "....X.......X..."},
        {"kick": "X.x.....x.x.....", "snare": "....X.......X..g"},
        {"kick": "X..x..x.X..x....", "snare": "....X..g....X..."},
        {"kick": "X.x...x.X.x...x.", "snare": "....X.......X..."},
        {"kick": "X...X...X...X...", "snare": "....X.......X.xx"},
        {"kick": "X.........x.....", "snare": "........X......."},
    ),
    "soft": (
        {"kick": "X.........x.....", "rim": "....x.......x..."},
        {"kick": "x.....x.x.......", "rim": "....x.......x..."},
        {"kick": "x.......o.......", "snare": "....o.......o..."},
        {"kick": "x...............", "rim": "........x......."},
        {"kick": "x...o...x...o..."},
    ),
    "metal": (
        {"kick": "X.xxX.xxX.xxX.xx", "snare": "....X.......X..."},
        {"kick": "XxxxXxxxXxxxXxxx", "snare": "....X.......X..."},
        {"kick": "X.x.X.x.X.x.X.x.", "snare": "..X...X...X...X."},
        {"kick": "X..x..x.X..x..xx", "snare": "........X......."},
        {"kick": "XxxxxxxxXxxxxxxx", "snare": "....X.......X..."},
        {"kick": "X.xx..xxX.xx..x.", "snare": "....X.......X..."},
        {"kick": "X.x.X.x.X.x.X.x.", "snare": "....X.......X..."},
    ),
    "punk": (
        {"kick": "X...X...X...X...", "snare": "..X...X...X...X."},
        {"kick": "X.....x.X.....x.", "snare": "....X.......X..."},
    ),
    "pop": (
        {"kick": "X.......X.......", "snare": "....X.......X...", "clap": "....x.......x..."},
        {"kick": "X..x..x...x.....", "snare": "....X.......X..."},
        {"kick": "X.....x...x.....", "clap": "....X.......X..."},
        {"kick": "X...X...X...X...", "clap": "....X.......X..."},
        {"kick": "X......x..x.....", "snare": "....X..g....X..g"},
    ),
    "house": (
        {"kick": "X...X...X...X...", "clap": "....X.......X..."},
        {"kick": "X...X...X...X...", "snare": "....X.......X..x"},
        {"kick": "X...X...X...X..x", "rim": "..x..x....x..x.."},
        {"kick": "X...X...X...X..."},
        {"kick": "X...X...X..xX...", "clap": "....X.......X.x."},
    ),
    "breaks": (
        {"kick": "X.........x.....", "snare": "....X.......X..."},
        {"kick": "X.x.......x.....", "snare": "....X..g.g..X..g"},
        {"kick": "X.........xx....", "snare": "....X..x.x..X..x"},
        {"kick": "X..x......x..x..", "snare": "....X..g.x..X..."},
    ),
    "funk": (
        {"kick": "X.x...x...x.....", "snare": "....X..g.g..X..g"},
        {"kick": "X..x....x.x..x..", "snare": "....X..g.gg.X.g."},
        {"kick": "X.....xx..x....x", "snare": ".g..X..g.g..X.g."},
        {"kick": "X.x.......xx..x.", "snare": "....X.g..g..X..x"},
    ),
    "jazz": (
        {"kick": "o...o...o...o...", "snare": "..........g....."},
        {"kick": "x.........o.....", "snare": "......g.......g."},
        {"kick": "o...............", "snare": "...g......o....."},
    ),
    "latin": (
        {"kick": "x.....xxx.....xx", "rim": "x..x..x...x..x.."},
        {"kick": "X.....x.x.....x.", "rim": "..x...x.x..x...."},
        {"kick": "X...x...X...x...", "rim": "x..x..x...x.x..."},
        {"kick": "x......xx......x", "snare": "...x..x....x..x."},
    ),
    "hiphop": (
        {"kick": "X......x..x.....", "snare": "....X.......X..."},
        {"kick": "X.x.......xx....", "clap": "....X.......X..."},
        {"kick": "X.....x....x..x.", "snare": "........X......."},
        {"kick": "X..x..x.........", "snare": "........X.......", "clap": "........x......."},
        {"kick": "X.........x..x..", "snare": "....X..g....X..."},
    ),
    "reggae": (
        {"kick": "........X.......", "rim": "........x......."},
        {"kick": "X...X...X...X...", "rim": "........X......."},
    ),
    "waltz": (
        {"kick": "X...........", "snare": "....x...x..."},
        {"kick": "X.......o...", "rim": "....x......."},
        {"kick": "X.....x.....", "snare": "......X....."},
        {"kick": "X..........o", "snare": "......X..g.."},
    ),
}

HATS: Mapping[str, str] = {
    "eighths": "X.o.X.o.X.o.X.o.",
    "even eighths": "x.x.x.x.x.x.x.x.",
    "sixteenths": "XgogXgogXgogXgog",
    "quarters": "x...x...x...x...",
    "offbeats": "..X...X...X...X.",
    "sparse": "....x.......x...",
    "swing": "x...x.o.x...x.o.",
    "gallop": "X.ooX.ooX.ooX.oo",
    "trap": "x.x.x.xxx.x.xxxx",
    "none": "",
}
"""Patterns that hats and rides share."""

SHAKES: tuple[str, ...] = (
    "XgogXgogXgogXgog",
    "o.x.o.x.o.x.o.x.",
    "....X.......X...",
    "..x...x...x...x.",
    "x..x..x.x..x..x.",
)
"""Patterns of shakers, tambourines, congas and the like."""
