"""The cue files, read and checked: what no reader would ever look for is refused, with its file and line.

common.toml holds every list that readers ask for; the file of a convention adds to them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn, cast

from extractors.errors import MisspeltCue

FOLDER = Path(__file__).parent
COMMON = "common"


@dataclass(frozen=True, slots=True)
class CueFile:
    """A convention's lists of phrases, lower, by dotted name ("attendance.present")."""

    lists: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def cue_files() -> tuple[CueFile, ...]:
    """Every file of the package, common.toml first. Raises MisspeltCue."""
    common = read_file(FOLDER / f"{COMMON}.toml")
    others = sorted(f for f in FOLDER.glob("*.toml") if f.stem != COMMON)
    return common, *(read_file(f, common) for f in others)


def read_file(file: Path, common: CueFile | None = None) -> CueFile:
    """One file; with `common`, no list that it lacks. Raises MisspeltCue, which names file and line."""
    text = file.read_text("utf-8")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MisspeltCue(f"{file.name}: not TOML: {error}") from error
    place = _Place(file, text)
    lists: dict[str, frozenset[str]] = {}
    for table, entries in content.items():
        if isinstance(entries, dict):
            for key, phrases in cast("dict[str, Any]", entries).items():
                name = f"{table}.{key}"
                if common and name not in common.lists:
                    place.refuse(f"common.toml has no list {name}: readers ask for none", table, key)
                if not isinstance(phrases, list):
                    place.refuse(f"{name} is no list of phrases", table, key)
                lists[name] = frozenset(str(p).lower() for p in cast("list[Any]", phrases))
        else:
            place.refuse(f"[[{table}]] is no table of lists; turns of phrase are cues, in says/", table)
    return CueFile(lists)


@dataclass(frozen=True, slots=True)
class _Place:
    """A file's text, to say where in it something stands."""

    file: Path
    text: str

    def refuse(self, why: str, table: str, key: str | None = None) -> NoReturn:
        """Raise MisspeltCue for the key (or the head) of the table of that name."""
        lines = self.text.splitlines()
        heads = [i for i, line in enumerate(lines) if re.match(rf"\[+\s*{re.escape(table)}\s*\]+", line)]
        head = heads[0] if heads else 0
        same = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*=") if key else None
        at = next((i for i in range(head, len(lines)) if same and same.match(lines[i])), head)
        raise MisspeltCue(f"{self.file.name}, line {at + 1}: {why}")
