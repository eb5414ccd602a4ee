"""Libraries that ship no types come in here, as Any, and late: what they hand over is turned into our own
types at once."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(name: str) -> Any:
    """Import a module by name, untyped. Raises ModuleNotFoundError as `import` does."""
    return import_module(name)
