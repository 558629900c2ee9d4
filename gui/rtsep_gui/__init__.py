"""The mixer window (a Qt process of its own). Reserved: see the roadmap in ARCHITECTURE.md."""
