"""Who was there: labels ("Present:", "Apologies", "Staff:") open a list of names, business closes it;
sentences add to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.facts import Capacity, Presence
from extractors.reading.understand.entries import ELECTED, entries_in, names_in
from extractors.reading.understand.labels import LABEL, LABELS, MEMBER_POST, MEMBERS, STAFF_POST, Kind
from extractors.reading.understand.officers import named_officers
from extractors.reading.understand.seen import Seen

APOLOGIES_FROM = re.compile(
    r"\b(?:apolog(?:y|ies)|regrets)\b[^.]{0,110}?\b(?:from"
    r"|on\s+behalf\s+of)\s*:?\s+(?P<names>[^.;]*(?:\b(?:Mr|Mrs|Ms|Dr|Cllrs?|Cr|St)\.[^.;]*)*)",
    re.I,
)


SENT = re.compile(
    r"(?P<names>[^.;:]{4,160}?)\s+(?:had|have|has)?\s*(?:sent|gave|given|tendered|submitted|offered"
    r"|extended)\s+(?:\w+\s+)?(?:apologies|regrets)\b"
)


WAS_ABSENT = re.compile(
    r"(?P<names>[^.;:]{4,120}?)\s+(?:was|were)\s+(?:absent|excused|not\s+(?:present|able\s+to))\b", re.I
)


ARRIVED = re.compile(r"(?P<names>[^.;:]{3,80}?)\s+(?:arrived|joined)\b", re.I)


MET = re.compile(
    r"\b(?:present|attendance|attending)\s+(?:were|was|included?d?)\s*:?\s*(?P<names>[^.]*(?:\b(?:Mr"
    r"|Mrs|Ms|Dr|Cllrs?|Jr)\.[^.]*)*)",
    re.I,
)


LOOKED_AT = 90
"""Blocks of the opening within which a roll begins."""


def read_roll(sheet: Sheet) -> list[Seen]:
    """Everybody on the part's rolls and in its apologies, each once a status, in the order of the page."""
    found = [p for kind, label, text, places in _lists(sheet) for p in _people(kind, label, text, places)]
    found += _told(sheet, found)
    found += named_officers(sheet)
    return _one_each(found)


def _lists(sheet: Sheet) -> Iterator[tuple[Kind, str, str, list[tuple[int, int]]]]:
    """Each labelled list: what its people are, its label, its text, and where in the sheet that text
    stands."""
    edge = _right_edge(sheet)
    kind: Kind | None = None
    label, text, places = "", "", list[tuple[int, int]]()
    quiet = 0
    for n, view in enumerate(sheet.views[:LOOKED_AT]):
        lines = _lines(sheet, view)
        if kind is None and quiet > 150:
            break
        if kind and _closes(view, label, text):
            yield kind, label, text, places
            kind = None
        for line, after in zip(lines, [*lines[1:], None], strict=True):
            at = 0
            for m, found in _labels(line.text, view, n, kind):
                if kind:
                    text, places = _more(text, places, line, at, m.start(), "\n")
                    yield kind, label, text, places
                kind, label, text, places, at = found, m["label"], "", [], m.end()
            if kind:
                hard = after is None or _is_short(line, after, edge)
                text, places = _more(text, places, line, at, len(line.text), "\n" if hard else " ")
            else:
                quiet += 1
    if kind:
        yield kind, label, text, places


def _lines(sheet: Sheet, view: View) -> list[LineView]:
    """The view's printed lines; a table's cells run on as one."""
    lines = list(sheet.lines(view))
    if view.block.kind == "table" and lines:
        return [LineView(sheet.text[view.start : view.end], view.start, view.end, view.block.words)]
    return lines


def _labels(text: str, view: View, n: int, now: Kind | None) -> list[tuple[re.Match[str], Kind]]:
    """The labels in a line: at its start, or after another's list in the same line."""
    out: list[tuple[re.Match[str], Kind]] = []
    for m in LABEL.finditer(text):
        kind = next(kind for i, (kind, _) in enumerate(LABELS) if m[f"l{i}"])
        rest = text[m.end() :].strip()
        alone = not m["sign"].strip(" .")
        if m["lead"].isspace() and len(m["lead"]) == 1 and not m["sign"].startswith(":"):
            continue
        single = re.fullmatch(
            rf"(?:{MEMBERS}|chair\w*|mayor|president|clerks?|public|staff|vice[- ]\w+|executive|also"
            rf"|others?|press|management|deputy\s+mayor)",
            m["label"].strip(),
            re.I,
        )
        if alone and (rest or (single and now is None and not m["label"].isupper())):
            continue
        if (
            m.start() > 0
            and now is None
            and not out
            and not re.match(r"^\W*(?:\w{1,3}[.)]\s*)?roll\s+call", text, re.I)
            and m.start("label") > 4
        ):
            continue
        if (
            single
            and re.search(r"clerk", m["label"], re.I)
            and now == ("present", "member")
            and re.match(r"\W*(?:\w+\s+){0,2}clerk\s*:", text, re.I)
        ):
            out.append((m, ("present", "member")))  # the clerk calls the roll in a verbatim record
            continue
        if single and m.start() > 0 and m["lead"].strip() in (",", "-", "–", ""):
            continue
        out.append((m, kind))
    return out


def _closes(view: View, label: str, text: str) -> bool:
    """Whether the block is business that ends the roll: a heading that is no label, or prose without
    names."""
    if LABEL.match(view.body) or LABEL.match(view.text):
        return False
    words = len(view.body.split())
    if not text.strip() and view.block.kind != "heading":
        return False
    names = list(names_in(view.body))
    heading = view.block.kind == "heading" or bool(
        view.block.marker and view.block.marker.strip("().")[:1].isalnum()
    )
    if heading and not (names and len(names) * 2 >= words - 2):
        return (
            bool(text.strip()) or not re.search(r"roll|present|attendance|apolog", label, re.I) or words > 3
        )
    return words > 14 and len(names) * 5 < words and not re.search(r"\barrived|joined|left\b", view.body)


def _is_short(line: LineView, after: LineView, edge: float) -> bool:
    """The line was ended on purpose: the next word would have fitted before the page's edge."""
    needed = after.words[0].box.x1 - after.words[0].box.x0
    return line.words[-1].box.x1 + needed + 8 < edge and not line.text.rstrip().endswith((",", "&", " and"))


def _right_edge(sheet: Sheet) -> float:
    ends = sorted(
        line.words[-1].box.x1 for view in sheet.views[:LOOKED_AT] for line in view.block.lines if line.words
    )
    return ends[int(0.9 * (len(ends) - 1))] if ends else 0.0


def _more(
    text: str, places: list[tuple[int, int]], line: LineView, start: int, end: int, glue: str
) -> tuple[str, list[tuple[int, int]]]:
    piece = line.text[start:end]
    return text + piece + glue, [*places, (len(text), line.start + start)]


def _people(kind: Kind, label: str, text: str, places: list[tuple[int, int]]) -> Iterator[Seen]:
    def at(offset: int) -> int:
        return next((start + offset - o for o, start in reversed(places) if o <= offset), 0)

    for name, title, post, a, b in entries_in(text):
        status, capacity = kind
        yield Seen(
            name,
            title,
            post,
            status,
            _capacity(capacity, title, post, label),
            at(a),
            at(max(a, b - 1)) + 1,
            label,
        )


def _capacity(capacity: Capacity, title: str | None, post: str | None, label: str) -> Capacity:
    """A post or title settles what a label leaves open."""
    elected = bool(title and ELECTED.match(title))
    if (
        capacity == "member"
        and post
        and STAFF_POST.search(post)
        and not MEMBER_POST.match(post)
        and not elected
    ):
        return "officer"
    if capacity == "officer" and elected:
        return "other"
    if (
        capacity == "officer"
        and not (post and STAFF_POST.search(post))
        and re.match(r"(?:also|other|in attendance|attendees)", label.strip(), re.I)
    ):
        return "officer" if post is None or STAFF_POST.search(post) else "other"
    return capacity


def _told(sheet: Sheet, listed: Sequence[Seen]) -> Iterator[Seen]:
    """Apologies and absences told in sentences; late arrivals whom no list names; a roll told in prose."""
    known = {p.name.lower() for p in listed if p.status == "present"}
    for view in sheet.views[: LOOKED_AT * 2]:
        for look, status in ((APOLOGIES_FROM, "apologies"), (SENT, "apologies"), (WAS_ABSENT, "absent")):
            for m in look.finditer(view.text):
                if look is WAS_ABSENT and not _near_roll(view, sheet):
                    continue
                yield from _in_sentence(
                    m, view, "apologies" if status == "apologies" else "absent", look.pattern[:4]
                )
        if _near_roll(view, sheet):
            for m in ARRIVED.finditer(view.text):
                yield from (
                    p
                    for p in _in_sentence(m, view, "present", "arrived")
                    if p.title and p.name.lower() not in known
                )
        if not known:
            if MET.search(view.text):
                for m in MET.finditer(view.text):
                    yield from _in_sentence(m, view, "present", "told")


def _near_roll(view: View, sheet: Sheet) -> bool:
    return view in sheet.views[:25]


def _in_sentence(m: re.Match[str], view: View, status: Presence, label: str) -> Iterator[Seen]:
    for name, title, post, a, b in entries_in(re.sub(r"\bwho\b.*$", "", m["names"])):
        if title or len(name.split()) > 1:
            start = view.start + m.start("names")
            capacity: Capacity = "officer" if post and STAFF_POST.search(post) and not title else "member"
            yield Seen(name, title, post, status, capacity, start + a, start + b, label, listed=False)


def _one_each(people: Sequence[Seen]) -> list[Seen]:
    """Each person once: who is listed as absent and present was late or is doubted, and is present by the
    list."""
    out: dict[str, Seen] = {}
    for p in sorted(people, key=lambda p: (not p.listed, p.start)):
        key = re.sub(r"[^a-z]", "", p.name.lower())
        same = next((k for k, q in out.items() if q.status == p.status and _one_of_two(p.name, q.name)), None)
        if same is not None:
            if len(p.name) > len(out[same].name):
                out[same] = replace(out[same], name=p.name)
            continue
        if key not in out:
            out[key] = p
        elif out[key].post is None and p.post:
            out[key] = replace(out[key], post=p.post)
    return sorted(out.values(), key=lambda p: p.start)


def _one_of_two(a: str, b: str) -> bool:
    """One printing is the surname of the other: "Landau" and "Andrew Landau"."""
    short, full = sorted((a.split(), b.split()), key=len)
    return len(short) == 1 and len(full) > 1 and short[0].lower() == full[-1].lower()
