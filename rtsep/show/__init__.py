"""Scenes, set list, quick states and sessions: what a show needs besides a mixer."""
