"""What reports recommend: all that stands under a heading of recommendations, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.cues.load import pattern
from extractors.layout.markers import is_bullet
from extractors.mentions.bodies import BODY
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import DecisionFact
from extractors.reading.understand.clauses import Clause, clauses_under, inline_clauses, introduces
from extractors.reading.understand.records import is_proposed
from extractors.reading.understand.verbs import verb_of


@lru_cache(maxsize=4)
def _heading(of: str, proposed: bool) -> re.Pattern[str]:
    """What stands over recommendations; in a decision that is only proposed "Decision:" as well. In minutes
    "Recommendation" alone may be what the body resolved: there only what names officers."""
    more = r"|(?:proposed\s+)?decisions?" if proposed else ""
    officers = pattern("decisions.officers_recommendation_headings")
    heads = officers if of == "minutes" else pattern("decisions.recommendation_headings")
    return re.compile(
        rf"^(?:(?:\d{{1,2}}\.?\d?\.?)\s+)?(?:{heads}{more})\s*(?:[:–—-]\s*|$)",
        re.I,
    )


IS_ASKED = re.compile(
    rf"^(?:that\s+)?(?:the\s+)?(?:[\w&’'-]+\s+){{0,9}}?(?:{BODY}|cabinet member|leader"
    rf"|director)\b.{{0,60}}?\b(?:is|are|be)\s+(?:asked|recommended|invited|requested|to)\b",
    re.I,
)
OWN_SENTENCE = re.compile(
    r"^(?:it\s+is\s+recommended\s+that|recommended\s+that|(?:the\s+)?.{3,80}\b(?:is|are)\s+(?:asked"
    r"|recommended|invited|requested)\s+to\b)",
    re.I,
)


def read_recommendations(sheet: Sheet) -> list[DecisionFact]:
    """What a report asks to be decided: all that stands under its heading of recommendations, each once; and
    what agendas and minutes print of it, item by item."""
    kind = sheet.part.kind
    if kind not in ("report", "other", "agenda", "minutes"):
        return []
    out: list[DecisionFact] = []
    views, heading = sheet.views, _heading(kind, is_proposed(sheet))
    for i, view in enumerate(views):
        m = heading.match(view.text)
        if not m or not (
            view.block.kind == "heading" or m.end() < len(view.text) or len(view.text.split()) <= 4
        ):
            continue
        if (
            m.end() < len(view.text)
            and not re.search(r"[:–—-]\s*$", m.group())
            and view.block.kind != "heading"
        ):
            continue
        rest = view.text[m.end() :].strip()
        found = list(_run_in(views, i, rest)) if rest else list(_under(views, i + 1, view))
        once = kind in ("report", "other")
        out += [d for d in found if not (once and any(_same(d.text, o.text) for o in out))]
    return out


def _run_in(views: Sequence[View], i: int, rest: str) -> Iterator[DecisionFact]:
    """Text on the heading's own line; clauses may follow it."""
    if introduces(rest):
        clauses, _ = clauses_under(views, i)
        if clauses:
            yield from (_of_clause(c, rest) for c in clauses)
            return
    yield _recommended(views[i], rest, None, None, 0.8 if inline_clauses(rest) else 0.9)


def _of_clause(clause: Clause, stem: str) -> DecisionFact:
    return _recommended(clause.view, clause.view.body, f"{stem} {clause.above}".strip(), clause.path, 0.93)


def _recommended(view: View, text: str, stem: str | None, path: str | None, sure: float) -> DecisionFact:
    clean = (
        re.sub(r"[;,]?\s*(?:\b(?:and|or))?\s*$", "", text)
        if re.search(r"[;,]\s*(?:and|or)?\s*$", text)
        else text
    )
    return DecisionFact(
        start=view.end - len(text),
        end=view.end,
        confidence=sure,
        kind="recommendation",
        text=clean.strip(),
        stem=stem or None,
        clause=path,
        verb=verb_of(clean),
    )


def _under(views: Sequence[View], start: int, heading: View) -> Iterator[DecisionFact]:
    """The blocks under the heading until the next heading: clauses where they are marked, else the first
    paragraphs."""
    stem: str | None = None
    i = start
    taken = 0
    while i < len(views) and taken < 40:
        view = views[i]
        if view.block.kind in ("heading", "caption") and not (view.block.marker and view.body[:1].islower()):
            return
        if introduces(view.body) or (IS_ASKED.match(view.body) and view.text.endswith((":", "to", "that"))):
            clauses, after = clauses_under(views, i)
            stem = view.body
            if clauses:
                yield from (_of_clause(c, view.body) for c in clauses)
                return
            i = max(after, i + 1)
            continue
        if (
            view.block.kind == "paragraph"
            and taken
            and not (stem or OWN_SENTENCE.match(view.body) or re.match(r"that\b", view.body, re.I))
        ):
            return
        marker = view.block.marker.strip(".")
        yield _recommended(view, view.body, stem, marker if marker and not is_bullet(marker) else None, 0.93)
        taken += 1
        i += 1


def _same(a: str, b: str) -> bool:
    x, y = (re.sub(r"[^a-z0-9]+", " ", t.lower()).strip() for t in (a, b))
    return x == y or (len(x) > 30 and (x in y or y in x))


def is_only_asked(stem: str | None, text: str) -> bool:
    """Whether somebody only wants it resolved: "Cabinet is asked to agree"."""
    return bool(IS_ASKED.match(stem or "") or IS_ASKED.match(text))
