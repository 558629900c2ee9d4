"""The mixer window: a Qt process of its own, an OSC client of the host that looks into its block."""
