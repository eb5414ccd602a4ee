"""The version that every row names; packaging reads it here."""

__version__ = "0.1.0"
