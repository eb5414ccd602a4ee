"""Which Minutebook this is; kept apart so that every room can say so without looking at `extract`."""

__version__ = "0.1.0"
