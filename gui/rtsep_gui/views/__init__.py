"""Widgets: thin, they show models and pass on what hands do."""
