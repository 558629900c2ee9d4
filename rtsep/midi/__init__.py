"""MIDI controllers: assignments, learning, feedback."""
