"""A word cut by a hyphen at a line's end, told apart from a word that has the hyphen of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.model import Line, Paper, Word

LETTERS = re.compile(r"[^\W\d_]+", re.UNICODE)


@lru_cache(maxsize=1)
def vocabulary(paper: Paper) -> frozenset[str]:
    """The whole words that the paper prints, lower case, without line-end pieces' certainty: the paper is its
    own dictionary."""
    printed = {w.text for page in paper.pages for w in page.words}
    return frozenset(run.lower() for text in printed for run in LETTERS.findall(text))


@lru_cache(maxsize=1)
def common_words(paper: Paper) -> frozenset[str]:
    """The words that the paper prints in lower case somewhere: a name is seldom among them."""
    printed = {w.text for page in paper.pages for w in page.words}
    return frozenset(run for text in printed if text[:1].islower() for run in LETTERS.findall(text))


def mend_hyphens(lines: Sequence[Line], paper: Paper) -> list[Line]:
    """Where the closed-up word stands elsewhere in the paper, the hyphen at the line's end becomes a soft
    one.

    "consulta-" + "tion" is mended when "consultation" is printed somewhere; "co-" + "production" keeps its
    hyphen.
    """
    out = list(lines)
    for i in range(len(out) - 1):
        last, first = out[i].words[-1], out[i + 1].words[0]
        if _is_cut(last, first) and _whole(last, first) in vocabulary(paper):
            soft = replace(last, text=last.text[:-1] + "\u00ad")
            out[i] = Line((*out[i].words[:-1], soft))
    return out


def _is_cut(last: Word, first: Word) -> bool:
    return (
        len(last.text) > 2 and last.text[-1] in "-‐" and last.text[-2].islower() and first.text[:1].islower()
    )


def _whole(last: Word, first: Word) -> str:
    head, tail = re.split(r"[-‐]", last.text[:-1])[-1], LETTERS.match(first.text)
    return (head + (tail.group() if tail else "")).lower()
