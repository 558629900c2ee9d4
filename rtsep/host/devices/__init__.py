"""Devices: PortAudio, a file, nothing. All of them drive the same compiled callback."""
