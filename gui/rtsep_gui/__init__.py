"""The mixer window (a Qt process of its own). Reserved; nothing here yet."""
