"""The seats on an agenda's front sheet: its members, listed under what the body is called or by party."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.layout.reading_order import segments
from extractors.mentions.names import is_person
from extractors.mentions.people import Name, parse_person, people_in
from extractors.model import Word
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.facts import SeatFact
from extractors.reading.readers.seat_notes import notes_of, party_of_list

Text = tuple[str, int]
"""A line and where in the sheet it begins."""
MEMBERSHIP = re.compile(
    r"^\W*(?:membership|committee membership|members(?: of the (?:committee|council|panel|board"
    r"|cabinet|sub-committee))?|councillors|the committee|committee members"
    r"|to:?\s*(?:the\s+)?members.*|conservative|labour|liberal democrats?|green(?: party)?"
    r"|independents?|reform(?: uk)?|co-?opted(?: members| representatives)?|church representatives"
    r"|parent governors?|substitute members)\s*(?:\(\d+\))?\s*(?P<sign>:|-|–|$)",
    re.I,
)


def find_seats(sheet: Sheet) -> list[SeatFact]:
    """The members that an agenda's front sheet lists, until its items begin."""
    if sheet.part.kind != "agenda":
        return []
    out: list[SeatFact] = []
    listing, party = False, None
    for view in sheet.views[:60]:
        if (
            view.block.marker
            and (view.block.kind == "heading" or view.block.marker.strip("().") == "1")
            and not _is_name_row(view)
        ):
            if listing and out:
                break
            listing = False
            continue
        m = MEMBERSHIP.match(view.text)
        if m:
            listing, party = True, party_of_list(view.text)
        elif view.block.kind == "heading" or re.match(
            r"^(?:items on|agenda|quorum|contact|for (?:further|more)|if you)\b", view.text, re.I
        ):
            listing = listing and bool(people_in(view.text))
        if listing:
            out += _seats(sheet, view, m.end() if m else 0, party)
    return out


def _seats(sheet: Sheet, view: View, skip: int, party: str | None) -> Iterator[SeatFact]:
    lines = [(t, s) for t, s in _lines(sheet, view) if s + len(t) > view.start + skip]
    if skip and lines:
        text, start = lines[0]
        cut = max(0, view.start + skip - start)
        lines[0] = (text[cut:].lstrip(" :-–"), start + len(text) - len(text[cut:].lstrip(" :-–")))
    named = [(t, s) for t, s in lines if t]
    if not named or (
        not _is_list([t for t, _ in named]) and not any(is_person(re.split(r"[,(]", t)[0]) for t, _ in named)
    ):
        return
    for p in _entries(named):
        said = notes_of(p.notes, party)
        yield SeatFact(
            start=p.start,
            end=p.end,
            confidence=0.95,
            name=p.name,
            title=p.title,
            role=p.role,
            party=said.party,
            ward=said.ward,
            since=said.since,
            until=said.until,
        )


def _is_name_row(view: View) -> bool:
    text = view.body
    return bool(people_in(text)) and is_person(re.split(r"[,(]|\s[-–—]\s", text)[0])


def _lines(sheet: Sheet, view: View) -> Iterator[tuple[str, int]]:
    """The view's printed lines; a bullet or number at the front is left out."""
    for line in sheet.lines(view):
        skip = len(view.block.marker) if line.start == view.start and view.block.marker else 0
        for a, b in _columns(sheet, line):
            text = sheet.text[max(a, line.start + skip) : b]
            if text.strip():
                yield text.strip(), max(a, line.start + skip) + len(text) - len(text.lstrip())


def _columns(sheet: Sheet, line: LineView) -> list[tuple[int, int]]:
    """The line's stretches, cut where a gap is a column's rather than a word space: names set side by
    side."""
    cut: list[list[Word]] = []
    for piece in segments(line.words):
        if cut and cut[-1][-1].text.endswith(","):
            cut[-1] = [*cut[-1], *piece]
        else:
            cut.append(piece)
    if len(cut) < 2:
        return [(line.start, line.end)]
    out: list[tuple[int, int]] = []
    at = line.start
    for words in cut:
        end = at
        for w in words:
            found = sheet.text.find(w.text.rstrip("\u00ad"), end, line.end + 1)
            end = found + len(w.text.rstrip("\u00ad")) if found >= 0 else end
        out.append((at, end))
        at = end
    return out


def _entries(lines: list[Text]) -> list[Name]:
    """One person a line where the lines are a list; else the lines run on as one paragraph."""
    texts = [t for t, _ in lines]
    if not texts:
        return []
    if _is_list(texts):
        return _list_entries(lines)
    joined, starts = "", list[tuple[int, int]]()
    for text, start in lines:
        glue = "" if not joined or joined[-1] in "-‐\u00ad" else " "
        starts.append((len(joined) + len(glue), start))
        joined += glue + text

    def place(at: int) -> int:
        return next(start + at - offset for offset, start in reversed(starts) if offset <= at)

    return [
        replace(p, start=place(p.start), end=place(max(p.start, p.end - 1)) + 1) for p in people_in(joined)
    ]


def _is_list(texts: list[str]) -> bool:
    """Most lines begin with a person, few end in a comma or "and": a list, one a line."""
    own = sum(
        parse_person(t) is not None and (is_person(re.split(r"[,(]|\s[-–—]\s", t)[0]) or _post_first(t))
        for t in texts
    )
    running = sum(bool(re.search(r"(?:,|;|\band|&)\s*$", t)) for t in texts[:-1])
    several = sum(_several(t) for t in texts)
    return own >= max(1, 0.6 * len(texts)) and running <= 0.34 * len(texts) and several <= 0.5 * len(texts)


def _post_first(text: str) -> bool:
    return bool(re.match(r"^[A-Z][\w &/-]{3,60}\s[-–—:]\s[A-Z]", text))


def _several(text: str) -> bool:
    """A line of two names and more; a post that looks like a name ("Programme Lead, Flood Resilience") is
    none."""
    found = people_in(text)
    if len(found) < 2:
        return False
    before = all(
        p.post is None or p.notes or text[p.start :].lstrip().startswith(p.post) for p in found[:-1]
    )  # the last may run on into the next line
    listed = before and (
        found[-1].post is None or bool(found[-1].notes) or any(p.post and not p.notes for p in found[:-1])
    )
    return listed or ";" in text


def _list_entries(lines: list[Text]) -> list[Name]:
    out: list[Name] = []
    pending: list[tuple[str, int]] = []
    for text, start in [*lines, ("", -1)]:
        first = re.split(r"[,(]|\s[-–—]\s", text)[0]
        fresh = is_person(first) or _several(text)
        if pending and (not text or fresh):
            joined = " ".join(t for t, _ in pending)
            at, last, last_start = pending[0][1], pending[-1][0], pending[-1][1]
            found = people_in(joined) if _several(pending[0][0]) else [p for p in [parse_person(joined)] if p]
            for p in found:
                end = (
                    last_start + len(last)
                    if len(pending) > 1 and p is found[-1]
                    else at + min(p.end, len(pending[0][0]))
                )
                out.append(replace(p, start=at + min(p.start, len(pending[0][0]) - 1), end=end))
            pending = []
        if text and (pending or fresh or parse_person(text)):
            pending.append((text, start))
    return out
