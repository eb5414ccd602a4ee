"""Where sentences end."""

from __future__ import annotations

import re
from collections.abc import Iterator

ENDS = re.compile(r"[.:;!?][\"”’')\]]*$")
"""A line or cell that is finished: nothing after it need carry it on."""
_STOP = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"‘(•])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Cllr|Cllrs|Clr|Cr|Rev|Revd|Prof|St|No|Nos|Hon|approx|e\.g|i\.e|etc"
    r"|vs|Sgt|Supt|Capt|[ap]\.m)|\b[A-Z])\.$"
)


def sentences_of(text: str) -> Iterator[tuple[int, int]]:
    """Sentence bounds; abbreviations of titles, "p.m." and initials do not end one."""
    start = 0
    for m in _STOP.finditer(text):
        if not _ABBREVIATION.search(text[start : m.start() + 1]):
            yield start, m.end()
            start = m.end()
    if text[start:].strip():
        yield start, len(text)
