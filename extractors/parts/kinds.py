"""What a part is, and what the whole paper is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.model import Block, Part, PartKind
from extractors.parts.face.kind import BEGUN, OPENING, kind_chances, records_a_meeting
from extractors.parts.signs import AGENDA, MINUTES, RANGE, REPORT_FIELD, ROLL, has_roll
from extractors.parts.starts import Start
from schemas.documents import DocumentKind

RESOLVED = re.compile(r"^\W*(?:UNANIMOUSLY\s+|IT WAS\s+(?:UNANIMOUSLY\s+)?|[\d.]{1,6}\s+)?RESOLVED\b")
"""Minutes that do not call themselves so have a roll and say what was resolved."""
MET = re.compile(
    r"\b(?:met|convened|was held)\b[^.]{0,40}\b(?:in|for)\s+(?:a\s+|its\s+)?(?:regular|special|open"
    r"|emergency|executive|called|adjourned)\s+(?:session|meeting)\b|\b(?:commissioners|members"
    r"|trustees|supervisors|aldermen|councilmembers|councillors)\s+present\s+were\b",
    re.I,
)
"""Minutes that tell in prose that the body met, and who was there."""
SUMMONED = re.compile(
    r"\bsummoned to (?:attend|a meeting)\b|\b(?:meeting|council|committee)\b.{0,60}\b(?:will|is to"
    r"|to) be held\b|\bnotice is (?:hereby )?given\b|\brequested to attend\b",
    re.I,
)
"""What calls a meeting that is still to come."""
DECISION = re.compile(
    r"\b(?:record of (?:executive |officer |delegated )?decision|decision (?:notice|record|sheet)"
    r"|notice of decisions?)\b",
    re.I,
)
SUPPLEMENT = re.compile(
    r"\b(?:supplement(?:ary)? (?:agenda|pack|papers?)|agenda supplement|to follow papers?"
    r"|(?:unavailable|not available) (?:when|at the time) the agenda was)\b",
    re.I,
)
STEP = re.compile(
    r"^\W*(?:[\dIVX]{1,4}[.)]|[A-Z][.)])?\s*(?:call(?:ing)?\s+(?:of\s+)?(?:the\s+)?(?:meeting\s+)?to\s+order|roll\s+call"
    r"|pledge|flag\s+salute|invocation|public\s+comments?|oral\s+communications|consent\s+(?:calendar|agenda)"
    r"|new\s+business|old\s+business|unfinished\s+business|adjourn|apologies|declarations?\s+of"
    r"|approv\w+\s+(?:of\s+)?(?:the\s+)?minutes|date\s+of\s+next|public\s+hearings?|delegations)\b",
    re.I,
)
"""A step of a meeting as an agenda lists it."""
STEPS = 4
"""So many of them, each on a short line, are an agenda that does not call itself so."""
LIKELY = 0.7
"""How probable an agenda, or minutes, must be where it does not call itself so."""
PUT = re.compile(
    r"^\W*(?:motion|moved|mover)\b[^:]{0,12}:"
    r"|\b(?:moved|seconded|motion (?:by|made|to|carried|passed|failed))\b",
    re.I,
)
"""A motion as minutes record it."""
PUTS = 2
"""So many motions under a roll are minutes that do not call themselves so."""
FORWARD_PLAN = re.compile(
    r"^\W*(?:(?!of\b)[\w’'&-]+\s+){0,6}?(?:forward (?:work )?(?:plan|programme)"
    r"|forthcoming (?:executive |key |cabinet )*decisions|schedule of (?:forthcoming |key |future )+decisions"
    r"|notice of (?:(?:forthcoming|future|intended|intention to \w+|key|executive)\s+)+(?:key )?decisions?"
    r"|(?:28|twenty[ -]eight) days?[’']? notice)\b",
    re.I,
)
"""A title of decisions to come."""


def kind_of_part(blocks: Sequence[Block], start: Start, before: Sequence[Part], index: int) -> PartKind:
    """What the part is, by how it began, its first blocks and the parts `before` it."""
    if start.appendix:
        return "appendix"
    opening = [b.text for b in blocks[:14]]
    if _reads_as_minutes(start.title, blocks):
        return "minutes"
    if index == 0 and _reads_as_agenda(blocks, opening):
        return "agenda"
    if start.item and before and before[-1].item_number == start.item and "stamp" not in start.witnesses:
        return "appendix"
    if before and not start.item and before[-1].item_number and before[-1].kind in ("report", "appendix"):
        return "appendix"
    if (
        not start.item
        and not _reads_as_report(blocks)
        and (index == 0 or "after the minutes' close" in start.witnesses)
    ):
        return "other"
    return "report"


def _reads_as_minutes(title: str | None, blocks: Sequence[Block]) -> bool:
    evidence = records_a_meeting([b.text for b in blocks])
    if evidence is False or (not evidence and _calls_a_meeting(blocks)):
        return False
    if evidence or any(MET.search(b.text) for b in blocks[:6]):
        return True
    short = [b.text for b in blocks[:10] if len(b.words) <= 40]
    said = (
        any(MINUTES.search(t) for t in short)
        or bool(title and MINUTES.search(title))
        or any(RESOLVED.match(b.text) for b in blocks)
    )
    begun = any(BEGUN.search(b.text) for b in blocks[:OPENING])
    put = sum(bool(PUT.search(b.text)) for b in blocks) >= PUTS
    if not ((has_roll(blocks) and (said or put)) or (begun and put)):
        return False
    chances = kind_chances([b.text for b in blocks])
    return chances["minutes"] > chances["agenda"] or not _names_an_agenda(blocks)


def _names_an_agenda(blocks: Sequence[Block]) -> bool:
    return any(AGENDA.search(line.text) and len(line.text) < 90 for b in blocks[:6] for line in b.lines)


def _calls_a_meeting(blocks: Sequence[Block]) -> bool:
    """A summons or an agenda's heading near the top, and nobody present below."""
    opening = blocks[:14]
    called = any(SUMMONED.search(b.text) or re.fullmatch(r"\W*agenda\W*", b.text, re.I) for b in opening)
    return called and not any(
        ROLL.match(line.text) or RESOLVED.match(line.text) for b in blocks for line in b.lines
    )


def _reads_as_agenda(blocks: Sequence[Block], opening: Sequence[str]) -> bool:
    if any(DECISION.search(t) for t in opening):
        return False
    said = any(
        AGENDA.search(line.text) and len(line.text) < 90 for b in blocks[:14] for line in b.lines
    ) or any(re.search(r"\bitems on the agenda\b", b.text, re.I) for b in blocks)
    steps = {
        m.group().lower()
        for b in blocks
        for line in b.lines
        if len(line.words) <= 12 and (m := STEP.match(line.text))
    }
    if said or len(steps) >= STEPS or sum(bool(RANGE.search(b.text)) for b in blocks) >= 3:
        return True
    called = any(SUMMONED.search(b.text) for b in blocks[:14])
    return called and kind_chances([b.text for b in blocks])["agenda"] > LIKELY


def _reads_as_report(blocks: Sequence[Block]) -> bool:
    fields = sum(bool(REPORT_FIELD.match(line.text)) for b in blocks[:12] for line in b.lines)
    return fields >= 2 or any(
        re.match(
            r"^(?:\d+\.?\s*)?(?:recommendation|executive summary|introduction|background|purpose)",
            b.text,
            re.I,
        )
        for b in blocks
    )


def _reads_as_forward_plan(blocks: Sequence[Block]) -> bool:
    """Decisions to come by the title, and no report or agenda that has them as an item."""
    titles = [b for b in blocks[:4] if len(b.words) <= 25 and not b.marker]
    fields = sum(bool(REPORT_FIELD.match(line.text)) for b in blocks[:12] for line in b.lines)
    return fields < 2 and any(FORWARD_PLAN.search(line.text) for b in titles for line in (b, *b.lines))


def kind_of_document(parts: Sequence[Part], title: str | None = None) -> DocumentKind:
    """agenda_pack, agenda, minutes, decisions, forward_plan, report, supplement or other, from the parts and
    the first words; from the PDF's own `title` where no page has words."""
    real = [p for p in parts if p.kind != "blank"]
    if not real:
        told = {
            word.lower()
            for word in re.findall(r"(?<![A-Za-z])(?:agenda|minutes)(?![A-Za-z])", title or "", re.I)
        }
        return "other" if len(told) != 1 else "agenda" if "agenda" in told else "minutes"
    opening = " ".join(b.text for b in real[0].blocks[:12])[:1500]
    if real[0].kind not in ("agenda", "minutes") and _reads_as_forward_plan(real[0].blocks):
        return "forward_plan"
    if DECISION.search(opening):
        return "decisions"
    if SUPPLEMENT.search(opening):
        return "supplement"
    if real[0].kind == "agenda":
        return "agenda_pack" if len(real) > 1 else "agenda"
    if real[0].kind in ("report", "minutes"):
        return real[0].kind
    return "other"
