"""Trained separators and their training. Reserved: see the roadmap in ARCHITECTURE.md."""
