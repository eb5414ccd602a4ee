"""What was resolved, and what reports recommend: stems and clauses, numbered resolutions, decisions without a
heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extractors.cues.load import is_one_of, pattern
from extractors.layout.markers import as_number, is_bullet, parse
from extractors.mentions.bodies import BODY
from extractors.reading.doc import Sheet, View
from extractors.reading.facts import DecisionFact, ItemFact
from extractors.reading.readers.items import ITEM_REF, item_at
from extractors.reading.readers.motions import Motion, moved_motions
from schemas.decisions import Verb

STEM = re.compile(
    rf"^(?:(?:and|further|accordingly|therefore|upon (?:consideration|being put to the vote),?"
    rf"|after (?:discussion|debate|consideration),?|having considered the report,?)\s+)?"
    rf"(?:(?:it\s+was|the\s+(?:[\w&-]+\s+){{0,5}}{BODY}|{BODY})\s+)?(?:(?:duly|then|further|also"
    rf"|therefore|unanimously|formally|collectively)\s+)*"
    r"(?P<verb>resolved|agreed|decided|determined)\b(?P<mode>\s*\([^)]{2,60}\)|\s+(?:unanimously"
    r"|nem\.? con\.?|by \w+ votes to \w+|with \w+ abstentions?),?)*(?P<link>\s*(?:[-–—:]+\s*)?(?:that"
    r"|to)?\b\s*[-–—:]*\s*)",
    re.I,
)
"""The words a decision begins with: "RESOLVED that", "Resolved –", "It was agreed to", "The Committee
resolved that:"."""
FOLLOWING = re.compile(
    rf"^(?:the\s+(?:[\w&-]+\s+){{0,5}}{BODY}|{BODY})\s+(?:then\s+|therefore\s+"
    rf"|unanimously\s+)*(?:(?:put forward|made|proposed|agreed|approved|passed"
    rf"|adopted)\s+the\s+following\s+(?P<kind>recommendations?|resolutions?"
    rf"|decisions?)\b[^.]{{0,60}}?)\s*[:–—-]*$",
    re.I,
)
"""A sentence whose clauses follow: "The committee put forward the following recommendations:"."""
BODY_ALONE = re.compile(
    rf"^(?:the\s+(?:[\w&-]+\s+){{0,5}}{BODY}|{BODY})(?:\s+(?:unanimously|accordingly|thereafter"
    rf"|therefore))?\s*[:–—][-–—]*$",
    re.I,
)
"""Scottish minutes: "The Committee:-" and clauses that tell in the past what it did."""
DID = re.compile(
    r"^(?:unanimously\s+|also\s+|further\s+|otherwise\s+)*(?:noted|agreed|approved|instructed"
    r"|delegated|authorised|authorized|adopted|resolved|endorsed|remitted|recommended|requested"
    r"|appointed|refused|granted|homologated|continued|confirmed|accepted|welcomed|determined"
    r"|directed)\b",
    re.I,
)
CANADIAN_STEM = re.compile(
    r"^(?:now,?\s+)?(?:therefore,?\s+)?be it (?:further )?resolved(?:\s+that)?\b[:,]?\s*", re.I
)
DECISION_LABEL = re.compile(
    r"^(?:(?:council|committee|cabinet|board|panel)\s+)?(?:resolved|decisions?|agreed"
    r"|resolution)\s*(?:[-–—:]+)\s*",
    re.I,
)
WITHIN = re.compile(
    r"(?<=[.;:–-])\s+(?:It was\s+)?(?:unanimously\s+)?RESOLVED\b\s*[:–-]?\s*(?:that\s+|to\s+)?"
)
"""A decision at the end of the paragraph that says what it is about: "3 Quay Cottages, rear extension.
RESOLVED: No objection."."""
HAPPENED = re.compile(
    r"^(?:that\s+)?(?P<subject>(?:the|these|all|both|future|councillors?|members?"
    r"|no)\b.{0,170}?)\s+(?:were|was|be|had been|having been)\s+(?:duly\s+|then\s+|unanimously\s+"
    r"|formally\s+)?(?:read\s+and\s+)?"
    r"(?P<done>noted|approved|agreed|confirmed|received|accepted|endorsed|adopted|signed"
    r"|taken as read|ratified)\b.{0,140}$",
    re.I,
)
"""A decision told as what happened: "The minutes of the meeting held on ... were approved and signed"."""
WHICH_WAS = re.compile(
    r"^(?:the\s+)?.{3,140},\s+(?:all of\s+)?which\s+(?:was|were)\s+(?:duly\s+)?(?:noted|approved"
    r"|agreed|received|accepted|endorsed|adopted)\b[^.]{0,60}\.?$",
    re.I,
)
DECIDABLE = re.compile(
    r"\b(?:minutes?|reports?|updates?|presentation|recommendations?|information|position|contents?"
    r"|programme|plans?|letter|correspondence|petition|budget|statements?|notes|action (?:log"
    r"|tracker)|forward plan|feedback|progress|accounts|dates?|schedule|appointments?|nominations?"
    r"|terms of reference|strategy|policy|apologies|payments?|calendar|proposals?|register|record"
    r"|summary|item|motion|verbal)\b",
    re.I,
)
NOT_A_DECISION = re.compile(
    r"\b(?:previous meeting .{0,40}had been|were noted as|was noted that|it was noted|was agreed that"
    r"|had been (?:noted|approved|agreed)|query|concern|question|no (?:apologies|declarations?"
    r"|requests?|questions?))\b",
    re.I,
)
VERBS: tuple[tuple[Verb, str], ...] = (
    ("refuse", r"\b(?:refus|reject|declin)\w*"),
    ("defer", r"\b(?:defer|postpone|adjourn(?:ed)? the (?:item|matter|report))\w*"),
    ("refer", r"\brefer(?:red|s)?\b(?! to (?:as|in))"),
    ("delegate", r"\bdelegat\w+|\bauthori[sz]\w+ (?:the|be)\b|\bbe authori[sz]ed\b"),
    ("appoint", r"\b(?:appoint|elect|nominat|re-elect)\w*"),
    ("recommend", r"\brecommend(?:s|ed)?\b(?! (?:by|in|actions?))"),
    ("note", r"\b(?:note[sd]?|noting|receive[sd]?|take note)\b"),
    (
        "approve",
        r"\b(?:approv|adopt|confirm|sign|correct record|pass (?:by-?law|a )|accept|ratif|grant|endors)\w*",
    ),
    ("agree", r"\b(?:agree|establish|continue|invite|support|create|set up|proceed|resume|close)\w*"),
)


def verb_of(text: str) -> Verb:
    """What the clause does, by the first verb of decision in it: note, approve, agree, refuse, defer, refer,
    delegate, recommend, appoint, other."""
    found: list[tuple[int, Verb]] = [
        (m.start(), name) for name, look in VERBS if (m := re.search(look, text, re.I))
    ]
    return min(found)[1] if found else "other"


def find_resolutions(sheet: Sheet, items: list[ItemFact]) -> list[DecisionFact]:
    """The part's resolutions in order. Minutes and records of decision only."""
    if sheet.part.kind != "minutes":
        return list(_stemmed(sheet)) if _is_record(sheet) else []
    motions = list(moved_motions(sheet))
    covered = [(m.start, m.end) for m in motions]
    stems = [d for d in _stemmed(sheet) if not any(a <= d.start < b for a, b in covered)]
    resolved = [_of_motion(m) for m in motions if m.style == "resolution" and m.adopted]
    told = list(_told(sheet, items, [*resolved, *stems], covered))
    return sorted([*resolved, *stems, *told], key=lambda d: (d.start, d.end))


RECORD = re.compile(
    r"\b(?:record of (?:executive |officer |delegated |cabinet member )*decision|decision (?:notice"
    r"|record|sheet)|notice of decisions?)\b",
    re.I,
)


def _is_record(sheet: Sheet) -> bool:
    """A record of decision says so at its head."""
    return sheet.part.kind == "other" and any(
        RECORD.search(v.text) and len(v.text.split()) <= 14 for v in sheet.views[:8]
    )


# --- RESOLVED that ... ---


def _stem(view: View) -> re.Match[str] | None:
    """The block's stem, when it begins with one and is not a remark about somebody's agreeing."""
    body = view.body
    m = STEM.match(body)
    if m is None:
        return None
    shouting = m["verb"].isupper() and len(m["verb"]) > 4
    link = m["link"].strip().lower()
    begins = m.start("verb") == 0
    if m["verb"].lower() != "resolved" and begins and not shouting and not re.match(r"^[-–—:]", link):
        return None
    if m["verb"].lower() == "resolved" or shouting:
        return m if link or shouting or not body[m.end() :].strip() or m.end() == len(body) else None
    return m if link else None


def _stemmed(sheet: Sheet) -> Iterator[DecisionFact]:
    views = sheet.views
    i = 0
    while i < len(views):
        view = views[i]
        stem = _stem(view)
        label = None if stem else DECISION_LABEL.match(view.body)
        heading = is_one_of("decisions.resolved", view.body) and len(view.body.split()) <= 4
        heading = (
            heading
            or bool(FOLLOWING.match(view.body))
            or (
                bool(BODY_ALONE.match(view.body))
                and i + 1 < len(views)
                and bool(views[i + 1].block.marker)
                and bool(DID.match(views[i + 1].body))
            )
        )
        if stem is None and label is None and not heading:
            within = WITHIN.search(view.body) if view.block.kind != "heading" else None
            if within and view.body[within.end() :].strip():
                at = view.end - len(view.body) + within.end()
                yield _at(
                    view,
                    at,
                    view.end,
                    view.body[within.end() :],
                    "resolution",
                    " ".join(view.body[: within.end()].split()),
                    0.85,
                )
            i += 1
            continue
        cut = stem.end() if stem else label.end() if label else len(view.body)
        found, i = _decision(sheet, views, i, cut)
        recommends = re.search(r"\brecommend", view.body[:cut], re.I)
        yield from (replace(d, verb="recommend") if recommends and d.verb == "other" else d for d in found)
    return


def _decision(sheet: Sheet, views: list[View], i: int, cut: int) -> tuple[list[DecisionFact], int]:
    """The decision whose stem ends at `cut` in block i: its text, or the clauses below it. And the block
    after it."""
    view = views[i]
    rest = view.body[cut:].strip()
    at = view.end - len(rest)
    if not rest or _introduces(rest):
        clauses, after = _clauses(views, i + 1, view)
        stem_text = " ".join(f"{view.body[:cut]}{rest}".split())
        if clauses:
            return [
                _clause(
                    sheet, v, path, stem_text if not above else f"{stem_text} {above}", "resolution", 0.95
                )
                for v, path, above in clauses
            ], after
        if not rest and i + 1 < len(views) and views[i + 1].block.kind in ("paragraph", "numbered"):
            follower = views[i + 1]
            inner = _stem(follower)
            if inner:
                return _decision(sheet, views, i + 1, inner.end())
            return [_whole(follower, follower.body, "resolution", view.body, 0.9)], i + 2
        if not rest:
            return [], i + 1
    inline = _inline_clauses(rest)
    if inline:
        stem_text = " ".join(view.body[:cut].split())
        return [
            replace(_at(view, at + a, at + b, rest[a:b], "resolution", stem_text, 0.9), clause=mark)
            for mark, a, b in inline
        ], i + 1
    confidence = (
        0.95 if re.match(r"resolved", view.body, re.I) or "resolved" in view.body[:60].lower() else 0.85
    )
    return [
        _at(view, at, view.end, rest, "resolution", " ".join(view.body[:cut].split()) or None, confidence)
    ], i + 1


def _introduces(text: str) -> bool:
    """The text ends on what clauses are to follow: a colon, a dash, "to", "that"."""
    return bool(re.search(r"(?:[:–—-]|\b(?:to|that|the following))\s*$", text))


def _inline_clauses(text: str) -> list[tuple[str, int, int]]:
    """Clauses within one paragraph: "(1) that x; (2) that y", at least two, counting from one."""
    marks = list(
        re.finditer(
            r"(?:(?<=^)|(?<=[\s;:–-]))(\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])\))\s+(?=\S)", text
        )
    )
    if (
        len(marks) < 2
        or marks[0].start() > 0
        or as_number(parse(marks[0][1])) != 1
        or as_number(parse(marks[1][1])) != 2
    ):
        return []
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [(m[1], m.end(), end) for m, end in zip(marks, ends, strict=True)]


def _clauses(views: list[View], start: int, stem: View) -> tuple[list[tuple[View, str, str]], int]:
    """The marked blocks that hang from a stem: (block, its path "2(a)", the words above it), and where they
    stop.

    A clause that ends on a colon is itself a stem: its children are the clauses.
    """
    out: list[tuple[View, str, str]] = []
    own = parse(stem.block.marker) if stem.block.marker and not is_bullet(stem.block.marker) else None
    stack: list[tuple[str, str, str]] = []  # family, marker, words when it introduces
    i = start
    while i < len(views):
        view = views[i]
        marker = view.block.marker
        if not marker or (view.block.kind == "heading" and len(view.body.split()) < 12 and not out):
            break
        if view.block.kind == "heading" and not view.body[:1].islower() and view.block.bold:
            break
        family, number = _place(marker, stack)
        if own and not stack and family == own.family and number == (as_number(own) or 0) + 1:
            break
        if own and stack and family == own.family and family != stack[0][0]:
            break
        if _stem(view) or ITEM_REF.match(view.body):
            break
        depth = next((d for d, s in enumerate(stack) if s[0] == family), len(stack))
        if (
            depth == len(stack)
            and stack
            and "alpha" in family
            and "roman" in stack[-1][0]
            and number
            and number > 3
        ):
            depth = len(stack) - 1
        if depth == 0 and stack and number == 1:
            break
        stack = [*stack[:depth], (family, marker.strip("."), view.body if _introduces(view.body) else "")]
        above = " ".join(s[2] for s in stack[:-1] if s[2])
        path = "".join(s[1] for s in stack) if len(stack) > 1 else stack[0][1]
        if not _introduces(view.body) or not _has_child(views, i, family):
            out.append((view, path, above))
        i += 1
    return out, i


def _place(marker: str, stack: list[tuple[str, str, str]]) -> tuple[str, int | None]:
    """The marker's list and its number in it; an "i" that does not follow an "h" begins a roman list under a
    lettered one."""
    if is_bullet(marker):
        return "bullet", None
    mark = parse(marker)
    above = next((s[1] for s in reversed(stack) if s[0] == mark.family), None)
    roman = mark.family.replace("alpha", "roman")
    if mark.bare.lower() in ("i", "v", "x") and (
        any(s[0] == roman for s in stack)
        or (stack and above and above.strip("()").lower() not in ("h", "u", "w"))
    ):
        return roman, {"i": 1, "v": 5, "x": 10}[mark.bare.lower()]
    return mark.family, as_number(mark)


def _has_child(views: list[View], i: int, family: str) -> bool:
    after = views[i + 1].block.marker if i + 1 < len(views) else ""
    return bool(after) and _place(after, [(family, views[i].block.marker, "")])[0] != family


def _clause(sheet: Sheet, view: View, path: str, stem: str, kind: str, confidence: float) -> DecisionFact:
    del sheet
    fact = _whole(view, view.body, kind, stem, confidence)
    return replace(fact, clause=path if not is_bullet(path) else None)


def _whole(view: View, text: str, kind: str, stem: str | None, confidence: float) -> DecisionFact:
    return _at(view, view.end - len(text), view.end, text, kind, stem, confidence)


def _at(
    view: View, start: int, end: int, text: str, kind: str, stem: str | None, confidence: float
) -> DecisionFact:
    clean = (
        re.sub(r"[;,]?\s*(?:;|,)?\s*\b(?:and|or)\s*$", "", text.strip()).rstrip(" ;,")
        if re.search(r"(?:[;,]\s*(?:and|or)?|;\s*)$", text.strip())
        else text.strip()
    )
    return DecisionFact(
        start=start,
        end=end,
        confidence=confidence,
        kind="resolution" if kind == "resolution" else "recommendation",
        text=clean,
        stem=stem,
        verb=verb_of(clean),
    )


# --- moved, seconded, carried ---

PREAMBLE_ENDS = re.compile(
    r"\b(?:now,?\s+)?therefore,?\s+(?:be it (?:further )?resolved|let it be resolved|council|(?:the"
    r"|this) council|the \w+ of|it be)\b|\bbe it resolved\b",
    re.I,
)


def _of_motion(motion: Motion) -> DecisionFact:
    """The resolution that an adopted motion became; a preamble of WHEREAS is its stem."""
    whole = motion.words
    ends = PREAMBLE_ENDS.search(whole) if re.match(r"whereas\b", whole, re.I) else None
    stem, text = (whole[: ends.start()].strip(" ;,"), whole[ends.start() :]) if ends else (None, whole)
    text = CANADIAN_STEM.sub("", text).strip()
    return DecisionFact(
        start=motion.pieces[0][0],
        end=max(motion.end, motion.pieces[-1][1]),
        confidence=0.95 if motion.outcome else 0.7,
        kind="resolution",
        text=text,
        stem=stem,
        verb=verb_of(text),
        reference=motion.number,
        mover=motion.mover,
        seconder=motion.seconder,
        outcome=motion.outcome,
    )


# --- decisions told as what happened ---


def _told(
    sheet: Sheet, items: list[ItemFact], known: list[DecisionFact], covered: list[tuple[int, int]]
) -> Iterator[DecisionFact]:
    """A short paragraph that tells a decision, under an item that has no other."""
    decided = {item.start for d in known if (item := item_at(items, d.start))}
    for view in sheet.views:
        if (
            view.block.kind not in ("paragraph", "numbered")
            or len(view.body.split()) > 60
            or any(a <= view.start < b for a, b in covered)
        ):
            continue
        item = item_at(items, view.start)
        if item is None or item.start in decided:
            continue
        sentences = re.split(r"(?<=[a-z0-9)”\"])\.\s+(?=[A-Z])", view.body)
        for said in (
            dict.fromkeys((sentences[-1].strip(), sentences[0].strip())) if len(sentences) <= 2 else ()
        ):
            if _tells(said):
                start = view.end - len(view.body) + view.body.rfind(said)
                yield _at(view, start, start + len(said), said, "resolution", None, 0.85)
                break


def _tells(sentence: str) -> bool:
    if NOT_A_DECISION.search(sentence) or len(sentence.split()) > 45:
        return False
    if WHICH_WAS.match(sentence):
        return True
    m = HAPPENED.match(sentence)
    return bool(
        m and DECIDABLE.search(m["subject"]) and not re.search(r"\b(?:that|which|who)\b", m["subject"], re.I)
    )


# --- reports ---


@lru_cache(maxsize=2)
def _heading(proposed: bool) -> re.Pattern[str]:
    """What stands over recommendations; in a decision that is only proposed "Decision:" as well."""
    more = r"|(?:proposed\s+)?decisions?" if proposed else ""
    return re.compile(
        rf"^(?:(?:\d{{1,2}}\.?\d?\.?)\s+)?(?:{pattern('decisions.recommendation_headings')}{more})\s*(?:[:–"
        rf"—-]\s*|$)",
        re.I,
    )


PROPOSED = re.compile(
    r"\bproposed (?:record of )?(?:(?:executive|officer|delegated|cabinet|key) )?decision\b"
    r"|\b(?:record of|draft) (?:a )?(?:proposed|draft) decision\b|\bdraft (?:record of )?decision\b",
    re.I,
)


def is_proposed(sheet: Sheet) -> bool:
    """Whether the part is a record of a decision that nobody has taken yet, by its title."""
    head = [v for v in sheet.views[:6] if len(v.text.split()) <= 25]
    return sheet.part.kind != "minutes" and any(PROPOSED.search(v.text) for v in head)


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


def find_recommendations(sheet: Sheet) -> list[DecisionFact]:
    """What a report asks to be decided: all that stands under its heading of recommendations, each once."""
    if sheet.part.kind not in ("report", "other"):
        return []
    out: list[DecisionFact] = []
    views, heading = sheet.views, _heading(is_proposed(sheet))
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
        out += [d for d in found if not any(_same(d.text, o.text) for o in out)]
    return out


def _run_in(views: list[View], i: int, rest: str) -> Iterator[DecisionFact]:
    """Text on the heading's own line; clauses may follow it."""
    if _introduces(rest):
        clauses, _ = _clauses(views, i + 1, views[i])
        if clauses:
            yield from (replace(_clause_of(v, path, rest), kind="recommendation") for v, path, _ in clauses)
            return
    inline = _inline_clauses(rest)
    yield (
        _whole(views[i], rest, "recommendation", None, 0.9)
        if not inline
        else _whole(views[i], rest, "recommendation", None, 0.8)
    )


def _clause_of(view: View, path: str, stem: str) -> DecisionFact:
    return replace(
        _whole(view, view.body, "recommendation", stem, 0.93), clause=None if is_bullet(path) else path
    )


def _under(views: list[View], start: int, heading: View) -> Iterator[DecisionFact]:
    """The blocks under the heading until the next heading: clauses where they are marked, else the first
    paragraphs."""
    stem: str | None = None
    i = start
    taken = 0
    while i < len(views) and taken < 40:
        view = views[i]
        if view.block.kind in ("heading", "caption") and not (view.block.marker and view.body[:1].islower()):
            return
        if _introduces(view.body) or (IS_ASKED.match(view.body) and view.text.endswith((":", "to", "that"))):
            clauses, after = _clauses(views, i + 1, view)
            stem = view.body
            if clauses:
                yield from (_clause_of(v, path, f"{stem} {above}".strip()) for v, path, above in clauses)
                return
            i = max(after, i + 1)
            continue
        if (
            view.block.kind == "paragraph"
            and taken
            and not (stem or OWN_SENTENCE.match(view.body) or re.match(r"that\b", view.body, re.I))
        ):
            return
        yield _clause_of(view, view.block.marker.strip(".") or "•", stem or "")
        taken += 1
        i += 1


def _same(a: str, b: str) -> bool:
    x, y = (re.sub(r"[^a-z0-9]+", " ", t.lower()).strip() for t in (a, b))
    return x == y or (len(x) > 30 and (x in y or y in x))


def find_decisions(sheet: Sheet, items: list[ItemFact]) -> list[DecisionFact]:
    """Resolutions of minutes, recommendations of reports."""
    resolved = [] if is_proposed(sheet) else find_resolutions(sheet, items)
    return [
        *(_only_asked(d) if sheet.part.kind != "minutes" else d for d in resolved),
        *(replace(d, stem=d.stem or None) for d in find_recommendations(sheet)),
    ]


def _only_asked(d: DecisionFact) -> DecisionFact:
    """ "Cabinet is asked to agree" outside of minutes is what somebody wants resolved."""
    asked = IS_ASKED.match(d.stem or "") or IS_ASKED.match(d.text)
    return replace(d, kind="recommendation", outcome=None) if asked else d
