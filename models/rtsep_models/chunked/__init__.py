"""Hosts models that separate whole chunks of sound, as a stream: docs/dj-tier.md."""
