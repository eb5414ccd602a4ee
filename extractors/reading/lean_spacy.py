"""spaCy without its command line, which `import spacy` brings for the sake of `spacy.info`: what that needs
is a third of the time that spaCy takes to load."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def _load() -> Any:
    """spaCy; its command line can still be imported afterwards."""
    if "spacy" in sys.modules:
        return sys.modules["spacy"]
    stand_ins = {name: ModuleType(name) for name in COMMAND_LINE}
    stand_ins["spacy.cli"].__path__ = []
    stand_ins["spacy.cli.info"].__dict__["info"] = _info
    sys.modules.update(stand_ins)
    try:
        return import_module("spacy")
    finally:
        for name, module in stand_ins.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _info(*arguments: Any, **named: Any) -> Any:
    """`spacy.info`, its module loaded when it is called."""
    return import_module("spacy.cli.info").info(*arguments, **named)


spacy: Any = _load()
