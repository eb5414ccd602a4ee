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
from extractors.text.numbers import NUMBER

FOLDER = Path(__file__).parent
COMMON = "common"
GROUPS = {
    "motion_opener": ("mover|people",),
    "motion_closer": ("mover", "seconder", "tail"),
    "vote_count": ("for", "against", "abstain"),
}
"""The kinds of sentence pattern, and the groups that readers ask of each."""
NEEDED = {"name", "look", "examples"}
KEYS = {*NEEDED, "style", "not"}
STYLES = ("resolution", "debate")
NAME = (
    r"(?:(?:[Tt]he\s+)?[A-ZÀ-Þ][\w'’-]*\.?(?:\s+(?:[A-ZÀ-Þ][\w'’-]*\.?|de|van|der|von|den|la|le|ap|ab"
    r"|ní|uí|ó|ni|ui|mac))" + "{0,5}?)"
)
POST = r"(?:\s*\([^)]{2,80}\)|,\s[^.;:]{3,110}?,)?"
"""What may stand between a name and its verb: a post in brackets or between commas."""
SHORTHANDS = {
    "{mover}": f"(?P<mover>{NAME}){POST}",
    "{seconder}": f"(?P<seconder>{NAME}){POST}",
    # what may follow a name that ends a pattern
    "{end}": r"(?=\s*(?:[,.:;)]|$|-|–|(?i:that|to|and|it was|which|in)\b))",
    # a word of a name with the space after it; a footnote's figure may stand before it
    "{person}": r"(?:\d?[A-ZÀ-Þ][\w.'’-]*\s*)",
    "{n}": NUMBER,
}


@dataclass(frozen=True, slots=True)
class SentencePattern:
    """A named way of saying something, with lines that it must read, each with what it reads there, and near
    misses that it must not; `style` tells its readers apart."""

    kind: str
    name: str
    look: re.Pattern[str]
    style: str
    examples: tuple[tuple[str, ...], ...]
    misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CueFile:
    """A convention's lists of phrases, lower, by dotted name ("attendance.present"), and its patterns."""

    lists: dict[str, frozenset[str]]
    patterns: tuple[SentencePattern, ...]


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
    patterns: list[SentencePattern] = []
    for table, entries in content.items():
        if table in GROUPS and isinstance(entries, list):
            found = cast("list[dict[str, Any]]", entries)
            patterns += [_pattern(table, entry, place, n) for n, entry in enumerate(found)]
        elif isinstance(entries, dict):
            for key, phrases in cast("dict[str, Any]", entries).items():
                name = f"{table}.{key}"
                if common and name not in common.lists:
                    place.refuse(f"common.toml has no list {name}: readers ask for none", table, key)
                if not isinstance(phrases, list):
                    place.refuse(f"{name} is no list of phrases", table, key)
                lists[name] = frozenset(str(p).lower() for p in cast("list[Any]", phrases))
        else:
            place.refuse(f"[[{table}]] is no kind of pattern: use {', '.join(GROUPS)}", table)
    return CueFile(lists, tuple(patterns))


def _pattern(kind: str, entry: dict[str, Any], place: _Place, n: int) -> SentencePattern:
    for key in entry.keys() - KEYS:
        place.refuse(f"a pattern has no {key!r}: use {', '.join(sorted(KEYS))}", kind, key, n)
    if lacking := NEEDED - entry.keys():
        place.refuse(f"a pattern needs {', '.join(sorted(lacking))}", kind, nth=n)
    style = str(entry.get("style", ""))
    if kind == "motion_opener" and style not in STYLES:
        place.refuse(f"no style {style!r}: use {' or '.join(STYLES)}", kind, "style", n)
    look = str(entry["look"])
    for short, long in SHORTHANDS.items():
        look = look.replace(short, long)
    try:
        compiled = re.compile(look)
    except re.error as error:
        place.refuse(f"no regular expression: {error}", kind, "look", n)
    for group in GROUPS[kind]:
        if not any(g in compiled.groupindex for g in group.split("|")):
            place.refuse(f"a {kind} needs a group (?P<{group}>...)", kind, "look", n)
    examples = tuple(tuple(str(x) for x in e) for e in entry["examples"])
    misses = tuple(str(x) for x in entry.get("not", ()))
    return SentencePattern(kind, str(entry["name"]), compiled, style, examples, misses)


@dataclass(frozen=True, slots=True)
class _Place:
    """A file's text, to say where in it something stands."""

    file: Path
    text: str

    def refuse(self, why: str, table: str, key: str | None = None, nth: int = 0) -> NoReturn:
        """Raise MisspeltCue for the key (or the head) of the nth table of that name."""
        lines = self.text.splitlines()
        heads = [i for i, line in enumerate(lines) if re.match(rf"\[+\s*{re.escape(table)}\s*\]+", line)]
        head = heads[nth] if nth < len(heads) else 0
        same = re.compile(rf"[\"']?{re.escape(key)}[\"']?\s*=") if key else None
        at = next((i for i in range(head, len(lines)) if same and same.match(lines[i])), head)
        raise MisspeltCue(f"{self.file.name}, line {at + 1}: {why}")
