"""The procedural band: songs composed from a seed and played by recorded instruments, sound fonts and re-pitched voices.

How a song comes about: `song` draws the plan (style, key, tempo, sections, chords), the players write their notes
(`drumming`, `basslines`, `comping` with `patterns`, `melody`), `kits`, `instruments`, `synths`, `soundfonts` and
`voices` sound them, `drums`, `bass`, `other` and `vocals` mix a stem each through `chains`, `mastering` puts the stems
under one limiter, and `render` keeps them. `splits` says which sample sets and singers are for validation only.
Styles and instruments are data: `styles.toml`, `orchestra.toml`, `grooves`.
"""
