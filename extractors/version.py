"""The version that every row names, kept apart so that every room can say it; packaging reads it here."""

__version__ = "0.1.0"
