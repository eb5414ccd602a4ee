"""What people type, as FTS5 understands it.

Words are all wanted; "quotation marks" make a phrase, a trailing * a prefix, -word leaves out, OR is either,
NEAR(a b) close together. Anything else that is not a letter or digit parts words that belong together:
O'Brien, 24/01150/FULL and £1.5m are phrases of their pieces. A word that councils have another word for finds
both.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable

TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?|NEAR\((?P<near>[^)]*)\)|(?P<word>\S+)')
PIECE = re.compile(r"[^\W_]+", re.UNICODE)
SAME = (
    ("cllr", "cllrs", "councillor", "councillors"),
    ("chair", "chairman", "chairperson", "chairwoman"),
    ("bin", "bins", "refuse", "rubbish", "garbage", "trash"),
    ("bike", "bikes", "bicycle", "cycle", "cycling"),
    ("pavement", "footway", "sidewalk"),
    ("lorry", "lorries", "hgv", "truck"),
    ("playground", "play area"),
    ("bylaw", "byelaw", "by-law"),
    ("licence", "license"),
    ("programme", "program"),
    ("organisation", "organization"),
    ("centre", "center"),
    ("neighbourhood", "neighborhood"),
    ("labour", "labor"),
    ("solar", "photovoltaic"),
    ("elderly", "older people"),
    ("apologies", "regrets"),
)
"""Words of the trade, and spellings, that stand for one another."""
OTHERS = {word: tuple(w for w in group if w != word) for group in SAME for word in group if " " not in word}


def match_of(typed: str) -> str:
    """The FTS5 expression for what was typed; empty when it holds no word. Never raises, and never lets
    FTS5's own syntax through."""
    wanted: list[str] = []
    without: list[str] = []
    either = False
    for m in TOKEN.finditer(typed):
        word = m["word"] or ""
        if word == "OR" and wanted:
            either = True
            continue
        expression = "" if word in ("AND", "NOT", "OR") else _expression(m)
        if not expression:
            continue
        if len(word) > 1 and word.startswith("-") and word[1].isalnum():
            without.append(expression)
        elif either:
            wanted[-1] = f"({wanted[-1]} OR {expression})"
        else:
            wanted.append(expression)
        either = False
    if not wanted:
        return ""
    return " AND ".join(wanted) + "".join(f" NOT {w}" for w in without)


def _expression(m: re.Match[str]) -> str:
    if m["near"] is not None:
        return _near(m["near"])
    return _phrase(m["phrase"]) if m["phrase"] is not None else _word(m["word"])


def _phrase(text: str) -> str:
    pieces = PIECE.findall(text)
    return '"' + " ".join(pieces) + '"' if pieces else ""


def _word(text: str) -> str:
    """A word, its pieces as a phrase, or what stands for it; a * at its end makes the last piece a prefix."""
    phrase = _phrase(text)
    if phrase and text.endswith("*"):
        return f"{phrase} *"
    others = OTHERS.get(text.lower(), ())
    return f"({' OR '.join([phrase, *map(_phrase, others)])})" if others else phrase


def _near(text: str) -> str:
    pieces = PIECE.findall(text)
    return "NEAR(" + " ".join(f'"{p}"' for p in pieces) + ", 12)" if len(pieces) > 1 else _phrase(text)


def pieces_of(typed: str) -> list[str]:
    """The words typed, in small letters."""
    return [m.group().lower() for m in PIECE.finditer(typed)]


def unknown_words(db: sqlite3.Connection, typed: str) -> list[str]:
    """The words of four letters and more that no entry has."""
    long = [w for w in dict.fromkeys(pieces_of(typed)) if len(w) >= 4 and w.isalpha()]
    return [w for w in long if not db.execute("SELECT 1 FROM words WHERE word = ?", [w]).fetchone()]


def better_spelling(db: sqlite3.Connection, typed: str) -> str | None:
    """What was typed with each unknown word replaced by the likest word of the index; None when nothing is
    like it."""
    from rapidfuzz import fuzz, process

    out, unknown = typed, unknown_words(db, typed)
    for m in PIECE.finditer(typed):
        word = m.group().lower()
        if word not in unknown:
            continue
        near: Iterable[str] = [
            r[0]
            for r in db.execute(
                "SELECT word FROM words WHERE length(word) BETWEEN ? AND ? AND substr(word, 1, 1) = "
                "? ORDER BY n DESC LIMIT 4000",
                [len(word) - 2, len(word) + 2, word[0]],
            )
        ]
        best = process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=72)
        if best:
            out = out.replace(m.group(), best[0], 1)
    return out if out != typed else None


def beginning_with(db: sqlite3.Connection, start: str, most: int = 8) -> list[str]:
    """The most usual words that begin so, for a box that fills itself in."""
    if len(start) < 2:
        return []
    rows = db.execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? ORDER BY n DESC LIMIT ?",
        [start.lower(), start.lower() + "\U0010ffff", most],
    )
    return [r[0] for r in rows]
