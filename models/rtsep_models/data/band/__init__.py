"""The procedural band: songs composed from a seed and played by recorded instruments, sound fonts and re-pitched voices."""
