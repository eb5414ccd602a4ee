"""The words that a pattern cannot match without, found in the pattern itself: a text without them is passed
over unread.

What is needed of a text are runs of letters, "mov" in any word, "|to|" as a word of its own ("|" stands where
letters stop). `words_in` tells once for a text which of all the runs ever asked for it has; a pattern's
`Needs` are then one comparison of two numbers. Nothing is missed by it: a run is needed only where every
match of the pattern must hold it, or one of its rivals, whatever the case of the letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from time import perf_counter
from typing import Any

from extractors.text.kept import known_runs, note_runs

sre: Any = import_module("re._constants")  # what re itself reads patterns by: it has no public door
parser: Any = import_module("re._parser")
LETTERS = re.compile(r"[a-z]+")
RUN = re.compile(r"\|?[a-z]+(?=(\|?))")
ALIKE = str.maketrans({"ſ": "s", "ı": "i", "İ": "i"})
"""Letters that patterns without case take for one of a to z, and `str.lower` does not."""
MOST_STRINGS = 24
"""Strings that a piece of a pattern is spelt out into, at most."""
LEAST_LETTERS = 2
"""Letters of a run that is worth looking for inside of words."""
COMMON = frozenset(
    f"|{word}|"
    for word in (
        *("a", "and", "as", "at", "be", "by", "for", "i", "in", "is", "it", "of", "on", "or"),
        *("that", "the", "to", "was", "were", "with"),
    )
)
"""Runs that most texts have."""
LONG_RANGE = 64
"""Signs of a range that is not looked at one by one."""
MOST_WORDS = 40_000
"""Different words of texts that are remembered."""

Strings = frozenset[str]
NO_RUNS: Strings = frozenset()
NOTHING: Strings = frozenset({""})
STOP: Strings = frozenset({"|"})


@dataclass(frozen=True, slots=True)
class Needs:
    """Sets of runs, as bits: a text that the pattern matches has one of each at least."""

    sets: tuple[int, ...]

    def met_by(self, words: int) -> bool:
        """Whether a text with these `words_in` may match."""
        return all(one & words for one in self.sets)

    @property
    def all(self) -> int:
        """The runs of all sets."""
        return any_of(self.sets)


def needs_of(pattern: str, flags: int = 0) -> Needs:
    """What the pattern needs of a text. Raises re.error for what is no pattern."""
    runs = known_runs(pattern, flags)
    if runs is None:
        began = perf_counter()
        exact, sets = _sequence(parser.parse(pattern, flags))
        runs = tuple(dict.fromkeys([*sets, *_sets_of(exact)]))
        note_runs(pattern, flags, runs, perf_counter() - began)
    return Needs(tuple(map(_bits, runs)))


def any_of(bits: Iterable[int]) -> int:
    """All the bits together."""
    out = 0
    for one in bits:
        out |= one
    return out


@lru_cache(maxsize=8192)
def words_in(text: str) -> int:
    """The runs, of all that any pattern asked for so far, that the text has: the patterns' `needs_of` come
    first."""
    lowered = text.lower() if text.isascii() else text.translate(ALIKE).lower()
    return any_of(map(_RUNS.in_word, set(LETTERS.findall(lowered))))


class _Runs:
    """All runs that patterns need, each with its bit, and those in each word seen."""

    def __init__(self) -> None:
        self._bits: dict[str, int] = {}
        self._by_start: dict[str, list[str]] = {}
        self._seen: dict[str, int] = {}

    def bit(self, run: str) -> int:
        """The run's bit; a new run makes what was known of texts stale."""
        if run not in self._bits:
            self._bits[run] = 1 << len(self._bits)
            self._by_start.setdefault(run[:2], []).append(run)
            self._seen.clear()
            words_in.cache_clear()
        return self._bits[run]

    def in_word(self, word: str) -> int:
        """The runs in a word of small letters."""
        found = self._seen.get(word)
        if found is None:
            if len(self._seen) > MOST_WORDS:
                self._seen.clear()
            framed = f"|{word}|"
            found = self._seen[word] = any_of(
                self._bits[run]
                for at in range(len(framed) - 1)
                for run in self._by_start.get(framed[at : at + 2], ())
                if framed.startswith(run, at)
            )
        return found


_RUNS = _Runs()


def _bits(runs: Iterable[str]) -> int:
    return any_of(map(_RUNS.bit, runs))


# --- what a pattern spells ---


def _sequence(nodes: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, list[Strings]]:
    """All strings that the nodes spell one after another, where they are few (else None), and the sets of
    runs that are needed besides."""
    spelt, sets, whole = NOTHING, list[Strings](), True
    for op, argument in nodes:
        strings, needed = _node(op, argument)
        sets += needed
        if strings is not None and len(spelt) * len(strings) <= MOST_STRINGS:
            spelt = frozenset(a + b for a in spelt for b in strings)
            continue
        sets += _sets_of(spelt)
        spelt, whole = strings or NOTHING, False
    if whole:
        return spelt, sets
    return None, [*sets, *_sets_of(spelt)]


def _node(op: Any, argument: Any) -> tuple[Strings | None, list[Strings]]:
    if op is sre.LITERAL:
        return frozenset({_letter(argument)}), []
    if op is sre.IN:
        return _one_of(argument), []
    if op is sre.AT:
        return (NOTHING if argument is sre.AT_NON_BOUNDARY else STOP), []
    if op is sre.SUBPATTERN:
        return _sequence(argument[3])
    if op is sre.ATOMIC_GROUP:
        return _sequence(argument)
    if op is sre.BRANCH:
        return _branch(argument[1])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return _repeat(*argument)
    if op is sre.ASSERT:
        return _assertion(*argument)
    if op is sre.ASSERT_NOT:
        return (STOP if _is_no_letter(argument[1]) else NOTHING), []
    return None, []


def _letter(code: int) -> str:
    letter = chr(code).translate(ALIKE).lower()
    return letter if "a" <= letter <= "z" else "|"


def _one_of(members: Sequence[tuple[Any, Any]]) -> Strings | None:
    """The letters of a class, where they are few."""
    out: set[str] = set()
    for op, argument in members:
        if op is sre.LITERAL:
            out.add(_letter(argument))
        elif op is sre.RANGE and not _has_letters(*argument):
            out.add("|")
        elif op is sre.CATEGORY and argument in (
            sre.CATEGORY_SPACE,
            sre.CATEGORY_DIGIT,
            sre.CATEGORY_NOT_WORD,
        ):
            out.add("|")
        else:
            return None
    return frozenset(out)


def _has_letters(first: int, last: int) -> bool:
    """Whether a range holds any of a to z, in either case; a long one is taken to."""
    return last - first > LONG_RANGE or any(_letter(code) != "|" for code in range(first, last + 1))


def _branch(rivals: Sequence[Any]) -> tuple[Strings | None, list[Strings]]:
    read = [_sequence(rival) for rival in rivals]
    strings = [spelt for spelt, _ in read]
    if all(s is not None for s in strings):
        spelt = frozenset(s for one in strings if one is not None for s in one)
        if len(spelt) <= MOST_STRINGS:
            return spelt, [one for _, sets in read for one in sets] if len(read) == 1 else []
    best = [_best([*sets, *_sets_of(spelt)]) for spelt, sets in read]
    return None, [NO_RUNS.union(*best)] if all(best) else []


def _repeat(least: int, most: Any, inner: Any) -> tuple[Strings | None, list[Strings]]:
    spelt, sets = _sequence(inner)
    if spelt == STOP:
        return (STOP if least else frozenset({"", "|"})), []
    if least == 0:
        return (spelt | NOTHING if spelt is not None and most == 1 else None), []
    if least == most == 1:
        return spelt, sets
    return None, [*sets, *_sets_of(spelt)]


def _assertion(direction: int, inner: Any) -> tuple[Strings | None, list[Strings]]:
    """What stands ahead or behind is in the text too, and may say that letters stop here."""
    spelt, sets = _sequence(inner)
    stops = bool(spelt) and all((s[:1] if direction > 0 else s[-1:]) == "|" for s in spelt or ())
    return (STOP if stops else NOTHING), [*sets, *_sets_of(spelt)]


def _is_no_letter(inner: Any) -> bool:
    """A look that forbids all letters beside it: "(?!\\w)"."""
    only = list(inner)
    if len(only) != 1 or only[0][0] is not sre.IN:
        return False
    return (sre.CATEGORY, sre.CATEGORY_WORD) in only[0][1] and (sre.NEGATE, None) not in only[0][1]


# --- which runs to look for ---


def _sets_of(spelt: Strings | None) -> list[Strings]:
    """The runs of what is spelt: all of one string, the longest of each where there are several."""
    if spelt is None:
        return []
    if len(spelt) == 1:
        return [frozenset({run}) for run in _runs(next(iter(spelt)))]
    longest = [max(_runs(s), key=_telling, default="") for s in spelt]
    return [frozenset(longest)] if all(longest) else []


def _runs(spelt: str) -> list[str]:
    """The runs of letters, each with the stops beside it."""
    runs = [m.group() + m[1] for m in RUN.finditer(spelt)]
    return [r for r in runs if len(r.strip("|")) >= LEAST_LETTERS or (r[0] == r[-1] == "|")]


def _telling(run: str) -> int:
    """How much a run tells: the more letters the more, and a stop as much as a letter."""
    return len(run) if run not in COMMON else 0


def _best(sets: Sequence[Strings]) -> Strings:
    """The set that the fewest texts will have: of the longest runs, and of few."""
    return max(sets, key=lambda one: (min(map(_telling, one)), -len(one)), default=NO_RUNS)
