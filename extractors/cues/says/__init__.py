"""Turns of phrase as a clerk would write them, compiled: `say = "MOVER moved (that|to) WORDS"`.

In a saying, words stand for themselves in any case, "(a|b)" for one of several, "(a)?" for what may be
missing, "..." for a few words within the sentence, a space for spaces and light punctuation. MOVER, SECONDER
and PERSON stand for a name as printed, OFFICE for a post without a name, N for a number in figures or words,
WORDS for all that follows.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from extractors.cues.says.people import (
    APPOSED,
    AT_ONCE,
    GIVEN,
    HANDED,
    MEMBERS,
    NAME,
    NAMES,
    NUMBERED,
    OFFICE,
    OFFICER,
    OWNER,
    PEOPLE,
    PERSON,
    SUBJECT,
    THEN,
    TITLES,
    TOLD,
    WHO,
)
from extractors.errors import MinutebookError
from extractors.text import kept
from extractors.text.needed import Needs, any_of, needs_of, words_in

FOLDER = Path(__file__).parent
NUMBER = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen)"
)
SLOTS = {
    "TITLES": TITLES,
    "PERSON": PERSON,
    "OFFICE": OFFICE,
    "OFFICER": OFFICER,
    "N": NUMBER,
    "NAME": NAME,
    "GIVEN": GIVEN,
    "NAMES": NAMES,
    "THEN": THEN,
    "OWNER": OWNER,
    "PEOPLE": PEOPLE,
    "MEMBERS": MEMBERS,
    "WHO": WHO,
    "SUBJECT": SUBJECT,
    "APPOSED": APPOSED,
    "AT_ONCE": AT_ONCE,
    "TOLD": TOLD,
    "HANDED": HANDED,
    "NUMBERED": NUMBERED,
}
LONGEST_READ = 1000
SHORT_SLOTS = {slot: pattern if len(pattern) < LONGEST_READ else "(?:.*)" for slot, pattern in SLOTS.items()}
"""The slots as they are read for what a cue needs; long lists of names and titles say nothing of that."""
FLAGS = re.IGNORECASE | re.DOTALL
POST_AFTER = r"(?:\s*\((?-i:[A-Z])[a-z][^()]{2,40}\))?"
"""The post in brackets behind a mover: "Councillor Foss (Leader)"."""
TOKEN = re.compile(r"\.\.\.|[A-Z]{1,9}\d?(?![a-z])|\s+|[(|)?]|[^\s(|)?A-Z]+|[A-Z]")
KEYS = frozenset({"name", "act", "say", "look", "gives", "reads", "not"})


class BadCue(MinutebookError):
    """A cue that cannot be used: the message names the file, the cue and what to change."""


@dataclass(frozen=True)
class Cue:
    """A turn of phrase. `act` is what somebody does by it; `gives` what it settles ("carried"); `needs` are
    the words without which it reads nothing."""

    name: str
    act: str
    pattern: str
    needs: Needs
    gives: str | None
    reads: tuple[str, ...]
    near_misses: tuple[str, ...]

    @cached_property
    def look(self) -> re.Pattern[str]:
        """The pattern, compiled when a text first has the words for it: most papers need few."""
        return kept.compiled(self.pattern, FLAGS)


@lru_cache(maxsize=32)
def cues_of(act: str) -> tuple[Cue, ...]:
    """All cues of one act, in the files' order; "roll told" also those of "roll told absent"."""
    return tuple(c for c in every_cue() if c.act == act or c.act.startswith(f"{act} "))


def cues_for(act: str, text: str) -> tuple[Cue, ...]:
    """The cues of the act that may read the text, since it has the words that they need."""
    return _with_words(act, _words_of(act) & words_in(text))


@lru_cache(maxsize=32)
def _words_of(act: str) -> int:
    return any_of(c.needs.all for c in cues_of(act))


@lru_cache(maxsize=4096)
def _with_words(act: str, words: int) -> tuple[Cue, ...]:
    return tuple(c for c in cues_of(act) if c.needs.met_by(words))


@lru_cache(maxsize=1)
def every_cue() -> tuple[Cue, ...]:
    """All cues. Raises BadCue."""
    return tuple(cue for file in sorted(FOLDER.glob("*.toml")) for cue in cues_in(file))


def cues_in(file: Path) -> list[Cue]:
    """The cues of one file. Raises BadCue, with the file, the cue and what to change."""
    listed = tomllib.loads(file.read_text("utf-8"))
    if set(listed) != {"cue"}:
        raise BadCue(f"{file.name}: only [[cue]] tables belong here, not {sorted(set(listed) - {'cue'})}")
    return [_cue(file.name, raw) for raw in listed["cue"]]


def _cue(file: str, raw: dict[str, Any]) -> Cue:
    name = str(raw.get("name", "?"))
    if unknown := set(raw) - KEYS:
        raise BadCue(f"{file}, {name}: unknown keys {sorted(unknown)}; there are {sorted(KEYS)}")
    if not raw.get("reads") or ("say" in raw) == ("look" in raw) or "act" not in raw:
        raise BadCue(f"{file}, {name}: needs an act, examples that it reads, and either say or look")
    full, short = (
        compiled(raw["say"], slots) if "say" in raw else expanded(raw["look"], slots)
        for slots in (SLOTS, SHORT_SLOTS)
    )
    try:
        needs = needs_of(short, FLAGS)
    except re.error as error:
        raise BadCue(f"{file}, {name}: {error}") from error
    return Cue(
        name, raw["act"], full, needs, raw.get("gives"), tuple(raw["reads"]), tuple(raw.get("not", ()))
    )


def expanded(look: str, slots: Mapping[str, str] = SLOTS) -> str:
    """A regular expression with its {PERSON}, {OFFICE}, {N} filled in."""
    for slot, pattern in slots.items():
        look = look.replace("{" + slot + "}", pattern)
    return look


def compiled(say: str, slots: Mapping[str, str] = SLOTS) -> str:
    """The saying as a regular expression."""
    out: list[str] = []
    for token in TOKEN.findall(say):
        if token.isspace():
            out.append(r"[\s,;:–—/-]+")
        elif token == "...":
            out.append(r"[^.;:]{0,80}?")
        elif token == "(":
            out.append("(?:")
        elif token in "|)?":
            out.append(token)
        elif token == "WORDS":
            out.append(r"(?P<words>.*)")
        elif token.rstrip("0123456789") in ("MOVER", "SECONDER"):
            out.append(
                rf"\(?(?P<{token.rstrip('0123456789').lower()}>{slots['PERSON']}|{slots['OFFICE']})\)?{POST_AFTER}"
            )
        elif token in SLOTS:
            out.append(f"(?P<{token.lower()}>{slots[token]})")
        elif token.startswith("\\w"):
            out.append(token)
        else:
            out.append(re.escape(token))
    return _loose("".join(out))


def _loose(look: str) -> str:
    """What may be missing takes the space after it along: "(the )?motion"."""
    space = re.escape(r"[\s,;:–—/-]+")
    look = re.sub(rf"(\(\?:(?:[^()]|\([^()]*\))*\)\?){space}", r"(?:\1[\\s,;:–—/-]+)?", look)
    return re.sub(r"\(\?:\((\?:(?:[^()]|\([^()]*\))*)\)\?(\[\\s,;:–—/-\]\+)\)\?", r"(?:(\1)\2)?", look)
