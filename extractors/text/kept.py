"""What patterns compile to, kept from one start to the next beside Python's own bytecode.

A first short paper takes longer to have its thousand patterns compiled than to be read. `keep` has `re` take
what an earlier process left, and note what is compiled anew; `save` leaves that for the next. Names and
words of papers get into patterns too: once papers are read (`only_ours`), only those of `compiled` are kept.
Nothing depends on it: what is missing, of another Python or damaged is compiled as ever, and where Python may
write no bytecode nothing is written.
"""

from __future__ import annotations

import json
import os
import re
import sys
from array import array
from binascii import a2b_base64, b2a_base64
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from time import perf_counter
from typing import Any

sre: Any = import_module("_sre")
parser: Any = import_module("re._parser")  # what re itself compiles by: it has no public door
compiler: Any = import_module("re._compiler")

Key = tuple[Any, int]
"""A pattern, text or bytes, and its flags."""
Code = tuple[int, str, int, dict[str, int]]
"""Flags, the machine's code in base 64, the count of groups, and the places of those that have names."""
Runs = tuple[frozenset[str], ...]
SOURCES = ("kept.py", "needed.py")
"""What is kept is of no use once these have changed."""
WORTH_SAVING = 0.05
"""Seconds that went into what is new before it is written."""
MOST = 8_000
"""Patterns in the file; where there are more, only those of this process are kept."""
REFUSED = (RuntimeError, ValueError, TypeError, IndexError)
"""What becomes of code that is none: the machine looks it through before it runs it."""
NOT_KEPT = re.DEBUG | re.LOCALE


class _Kept:
    """What the file said, and what this process added to it."""

    def __init__(self) -> None:
        self.codes: dict[Key, Code] = {}
        self.runs: dict[Key, Runs] = {}
        self.used: set[Key] = set()
        self.ours: set[Key] = set()
        self.only_ours = False
        self.spent = 0.0

    def load(self) -> None:
        """Take what the file holds, if it is of this Python and these sources."""
        with suppress(OSError, ValueError, TypeError):
            made_by, codes, runs = json.loads(_file().read_bytes())
            if made_by == _maker():
                self.codes = {_key(*key): tuple(code) for *key, code in codes}
                self.runs = {_key(*key): tuple(map(frozenset, sets)) for *key, sets in runs}

    def save(self) -> None:
        """Write all, old and new, in one step."""
        if len(self.codes) > MOST:
            self.codes = {k: v for k, v in self.codes.items() if k in self.used}
            self.runs = {k: v for k, v in self.runs.items() if k in self.used}
        target = _file()
        made = target.with_name(f"{target.name}.{os.getpid()}")
        with suppress(OSError):
            target.parent.mkdir(exist_ok=True)
            codes = [(*_told(key), code) for key, code in self.codes.items()]
            runs = [(*_told(key), [sorted(one) for one in sets]) for key, sets in self.runs.items()]
            made.write_text(json.dumps((_maker(), codes, runs)), "ascii")
            made.replace(target)
        self.spent = 0.0


def _told(key: Key) -> tuple[str, bool, int]:
    """A key as JSON has it: the pattern as text, whether it is one of bytes, its flags."""
    pattern, flags = key
    return (pattern.decode("latin-1"), True, flags) if isinstance(pattern, bytes) else (pattern, False, flags)


def _key(pattern: str, of_bytes: bool, flags: int) -> Key:
    return pattern.encode("latin-1") if of_bytes else pattern, flags


_kept: _Kept | None = None


def keep() -> None:
    """From now on this process compiles no pattern that an earlier one compiled."""
    global _kept
    if _kept is None:
        _kept = _Kept()
        _kept.load()
        compiler.compile = _compile


def only_ours() -> None:
    """From now on papers are read, and what they say gets into patterns: those are not kept."""
    if _kept is not None:
        _kept.only_ours = True


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` for a pattern of the code or its cues that is first asked for when papers are read."""
    if _kept is not None:
        _kept.ours.add((pattern, int(flags)))
    return re.compile(pattern, flags)


def save() -> None:
    """Leave what was compiled anew for later processes, where it took long enough to be worth it."""
    if _kept is not None and _kept.spent > WORTH_SAVING and not sys.dont_write_bytecode:
        _kept.save()


def known_runs(pattern: str, flags: int) -> Runs | None:
    """The runs of letters that a pattern needs, if they were kept."""
    if _kept is None:
        return None
    key = (pattern, int(flags))
    _kept.used.add(key)
    return _kept.runs.get(key)


def note_runs(pattern: str, flags: int, runs: Runs, seconds: float) -> None:
    """Keep the runs that a pattern needs, which it took so long to find."""
    if _kept is not None:
        _kept.runs[pattern, int(flags)] = runs
        _kept.spent += seconds


def _compile(pattern: Any, flags: int = 0) -> Any:
    """In the place of `re._compiler.compile`."""
    if _kept is None or type(pattern) not in (str, bytes) or flags & NOT_KEPT:
        return _compile_anew(pattern, flags)
    key = (pattern, int(flags))
    _kept.used.add(key)
    known = _kept.codes.get(key)
    if known is not None:
        with suppress(*REFUSED):
            return _made(pattern, known)
    began = perf_counter()
    parsed = parser.parse(pattern, flags)
    words = array("I", compiler._code(parsed, flags))
    state = parsed.state
    code = (int(flags | state.flags), _in_base_64(words), state.groups - 1, dict(state.groupdict))
    if key in _kept.ours or not _kept.only_ours:
        _kept.codes[key] = code
        _kept.spent += perf_counter() - began
    return _made(pattern, code)


_compile_anew: Any = compiler.compile


def _in_base_64(words: array[int]) -> str:
    return b2a_base64(words.tobytes(), newline=False).decode("ascii")


def _made(pattern: Any, code: Code) -> Any:
    flags, words, groups, places = code
    names: list[str | None] = [None] * (groups + 1)
    for name, at in places.items():
        names[at] = name
    return sre.compile(pattern, flags, array("I", a2b_base64(words)).tolist(), groups, places, tuple(names))


def _file() -> Path:
    return Path(cache_from_source(__file__)).with_suffix(".patterns")


def _maker() -> str:
    """Which Python and which sources what is kept is of."""
    told = sha256(f"{sys.version} {sre.MAGIC} {sre.CODESIZE}".encode())
    for name in SOURCES:
        told.update(Path(__file__).with_name(name).read_bytes())
    return told.hexdigest()
