"""Trained separators and their training. Reserved; nothing here yet."""
