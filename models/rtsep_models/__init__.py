"""Trained separators: streaming networks, the plugins that play them, their training and their evaluation."""
