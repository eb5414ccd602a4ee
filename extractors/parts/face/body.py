"""Which body met: its name without what kind of meeting it was, when and where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.cues.load import pattern
from extractors.mentions.dates import MONTHS, WEEKDAYS, dates_in, times_in
from extractors.mentions.states import STATES
from extractors.model import Block
from extractors.parts.face.opening import Face

KIND_OF_MEETING = (
    r"(?:regular(?:ly)?|general(?=\s+meetings?\b)|special|ordinary|extraordinary|annual|monthly|quarterly|adjourned|inaugural"
    r"|emergency|virtual|hybrid"
    r"|blended|scheduled|reconvened|organi[sz]ational|called|statutory|first|second|closed"
    r"|open(?!\s+(?:space|government|data))|executive session|closed session)(?:meeting)?"
)
PAPER = (
    r"(?:minutes?|proceedings|record|agenda(?:\s+packet)?|notice|summons|transcript|summary"
    r"|action\s+minutes|order\s+of\s+business)"
)
STATE = (
    r"(?:un-?adopted|unapproved|unconfirmed|un-?official|adopted|approved|confirmed|draft|final|official"
    r"|printed|revised|amended|corrected|public(?=\s+(?:hearing|meeting|minutes|notice|agenda|session)))"
)
MONTH = "|".join(MONTHS)
BEFORE = re.compile(
    rf"^[\W\d_]*(?:(?:(?:village |city )?president\s+and(?=\s+board)|(?:{MONTH})(?=\s)|{STATE}|{PAPER}"
    rf"|{KIND_OF_MEETING}|meetings?|sessions?|hearing|joint(?=\s+(?:meeting|city|special|regular|session"
    rf"|hearing|\w+\s+council))|the|a|an|of|for|at|to|from|and|by|that"
    r"|hon(?:ou?rable|\.)(?=\s+(?:board|council|members|city|mayor))"
    r"|committee\s*:|body\s*:|council\s*:|board\s*:|is\s+hereby\s+given(?:\s+that)?)(?![\w’'-])[\s:;,–—-]*)+",
    re.I,
)
AFTER = re.compile(
    rf"(?:[\s,;:–—(-]+(?:{STATE}|{PAPER}|{KIND_OF_MEETING}|meetings?|sessions?|workshop|study\s+session"
    rf"|hearing|of|for|at|on|and|the"
    r"|in-person|in|a|joint))+[\s):;,.–—-]*$",
    re.I,
)
ENDS = re.compile(
    r"\s*(?:\b(?:held|to\s+be\s+held|will|shall|was|were|is|are|which|convened|called|conducted"
    r"|commenc\w+|beginning|met|meets|by\s+electronic|ask\s+for"
    r"|dated|took\s+place|on\s+\d|at\s+\d|in\s+the|at\s+the|hosted|pursuant)\b|\bat\s*$|\bon\s*$"
    r"|\(\s*in-person|,\s*(?:reg|spec)\b|,\s*state\s+of\b|(?:book|page|vol(?:ume)?)\.?\s+\d"
    r"|(?:study|work|special|regular|closed|executive|business)\s+(?:meetings?|sessions?|business|workshop)\b"
    r"|chair(?:man|woman|person)?\s+(?-i:[A-Z][a-z])|:|;|\s\d{2}/\d{3,}|\d{4,}"
    rf"|\b(?:{'|'.join(WEEKDAYS)})\b)",
    re.I,
)
NAMED = re.compile(r"^\w+s\s+(?-i:[A-ZÀ-Þ])[\w’'.-]*(?:\s+[\w’'‘.-]+){1,3},", re.I)
"""Its members by name: "Commissioners Ann Foss, Bo Lund"."""
COUNTED = re.compile(r"\s+meetings?\s+(?:no\.?|number|#)\s*\w+$", re.I)
"""The meeting's number behind the body: "Parish Council Meeting No. 418"."""
OF_A_STATE = re.compile(rf"^[A-ZÀ-Þ][\w’'. -]{{2,30}},\s+(?:{STATES})\s+(?=\w)", re.I)
""" "Sandlark, Nebraska Board of Trustees": where the place lies."""
WORD = re.compile(
    rf"\b(?:{pattern('meeting.committee_words')}|municipal\s+district|metropolitan\s+district"
    rf"|board\s+of\s+\w+|select\s?board|(?:successor|redevelopment)\s+agency|trustees|selectmen|commissioners|supervisors"
    r"|police\s+jury|(?:fiscal|quorum|commissioners[’']?)\s+court)s?\b",
    re.I,
)
BELOW = re.compile(
    r"\b(?:committee|cabinet|panel|board|executive|sub-?committee|commission|forum|working group"
    r"|municipal district|metropolitan district|authority|agency|partnership"
    r"|selectmen|select\s?board|trustees|task force)\b",
    re.I,
)
NO_BODY = re.compile(
    r"\b(?:members?|present|telephone|items?|minutes|report|clerk|summons|agenda|decisions?|resolved|that"
    r"|previous|council\s?members|councill?ors?"
    r"|chambers?|http\S*|website|recording|page|you|your|their|this|these|room|calendar|be|been|has|have"
    r"|had|may|can|not|staff|submitted|approv\w+|updates?|communications?|announcements?|officer"
    r"|activities|description|actions|chief executive|director|manager|head of)\b|[?@]|^\W*\d"
    r"|\b(?:board|committee|council|commission|authority)[’']s\b"
    r"|\bboard school\b(?! (?:board|district|committee))"
    r"|,.*\b(?:lane|road|street|avenue|drive|close|square)\b",
    re.I,
)
WHOSE = re.compile(
    r"\bmeeting of (?:the )?(?P<body>[A-Z][^.,:]{3,80}?),? (?:was |which was |to be |will be "
    r"|is to be )?held\b"
)
SAYS = (
    re.compile(
        r"\b(?:held|conducted)\s+by\s+(?:the\s+)?(?P<body>(?-i:[A-Z])[^.,:]{3,70}?)\s*(?:,|\bon\b|\bat\b|\bin\b)",
        re.I,
    ),
    re.compile(
        r"(?:^|[.,]\s+)(?:the\s+)?(?P<body>(?-i:[A-Z])[^.,:]{3,70}?)\s+(?:(?:regular|special|work|study)\s+)?"
        r"(?:meeting|session|hearing)\s+was\s+(?:called|convened|held|opened)\b",
        re.I,
    ),
    re.compile(
        r"\b(?:meeting"
        r"|minutes)\s+of\s+(?:a\s+meeting\s+of\s+)?(?:the\s+)?(?P<body>(?-i:[A-Z])[^.,:\n]{3,100}?)\s*"
        r"(?:,|\.|:|\bwill\b|\bwas\b|\bto be\b|\bheld\b|\bon\b|\bcommenc|$)",
        re.I,
    ),
    re.compile(
        r"\b(?:regular|special|annual|joint)\s+(?P<body>(?-i:[A-Z])[^.,:\n]{3,70}?)\s+meeting\b", re.I
    ),
    re.compile(
        r"(?:^|\.\s+)(?:The\s+)?(?P<body>[A-Z][^.,:]{3,70}?)\s+(?:met\b|convened\b|was\s+called\s+to\s+order)"
    ),
)
LOWER = re.compile(
    r"of|and|the|for|on|to|in|with|a|an|or|de|du|la|le|y|cum|under|upon|by|nan|na|ar|yr|non|ex|joint|as|its"
    r"|committee|sub-?committees?|council|board|commission|panel|cabinet|authority|agency|forum|working|group"
    r"|trustees|whole|executive|district|municipal|meeting|school|city|town|county|parish|village|task|force"
)
"""Words of a body's name that may be printed small."""
OFFICE = re.compile(r"^.*\b(?:town|city|county|village|borough)\s+(?:offices|hall)\s+(?=\w)", re.I)
"""The letterhead's office in the line of a title."""
PLACE_OF = re.compile(r"\b(?:township|city|town|county|village|municipality) of\b", re.I)
COUNCIL_ONLY = re.compile(
    r"(?:the\s+)?(?:[\w’'.-]+\s+){0,4}?(?:city|town|parish|county|borough|district|village|community"
    r"|township)?\s*council",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Find:
    score: float
    name: str


def body_of_meeting(blocks: Sequence[Block], lines: Sequence[Face]) -> str | None:
    """The body as printed; of several in the head the one below the council, of equals the first. A joint
    meeting names all of its bodies."""
    for at in sorted(
        {line.block for line in lines}
    ):  # whose meeting it was, said whole, outweighs any heading
        text = blocks[at].text
        m = None if re.match(r"\W*\d", text) else WHOSE.search(text)  # numbered words are business
        if m and (WORD.search(m["body"]) or " was held" in m.group()) and (name := _name(m["body"])):
            return name
    together = _joint(lines)
    if together:
        return together
    finds = list(_in_head(lines))
    if not finds:
        finds = list(_in_sentences(blocks, lines))
    return max(finds, key=lambda f: f.score).name if finds else _letterhead(lines)


def _joint(lines: Sequence[Face]) -> str | None:
    """The bodies of a joint meeting that stand on lines of their own, the council's own name left out."""
    head = [line for line in lines if line.head]
    broken = any(
        re.search(r"(?:,|\b(?:of|the|and|&))\s*$", x.text, re.I) and WORD.search(x.text) for x in head
    )
    if broken or not any(JOINT.search(line.text) for line in head):
        return None
    found: list[tuple[int, str]] = []
    for line in head:
        name = _name(line.text)
        if name and len(name.split()) <= 9 and name not in [n for _, n in found]:
            found.append((line.order, name))
    near = [n for (at, n), (after, _) in pairwise([*found, (-9, "")]) if after - at in (1, 2)]
    bodies = [*near, found[-1][1]] if near and len(near) == len(found) - 1 else []
    return f"{', '.join(bodies[:-1])} and {bodies[-1]}" if len(bodies) > 1 else None


def _in_head(lines: Sequence[Face]) -> Iterator[_Find]:
    for line, text in _joined([x for x in lines if x.head or (x.heading and x.block < 8)]):
        name = _name(text)
        if not name:
            continue
        meeting = bool(re.search(rf"\b(?:{PAPER}|meetings?)\b", text, re.I))
        score = 1.5 * meeting + 0.7 * line.heading + 1.0 * line.head - 0.08 * line.order
        score += (
            2.0 * bool(BELOW.search(name))
            - 3.0 * (len(name.split()) == 1 and not re.match("cabinet|council|executive", name, re.I))
            - 1.0 * bool(COUNCIL_ONLY.fullmatch(name) and not meeting)
        )
        yield _Find(score, name)


JOINT = re.compile(r"\bjoint\b(?!\s+(?:\w+\s+)?(?:committee|board|authority|commission|panel))", re.I)
"""A meeting of several bodies, not one body that is called joint."""
ASKED = re.compile(r"^\W*request for (.{3,60}) action\W*$", re.I)
"""The title of a report to a body of an American city."""
UNFINISHED = re.compile(rf"^\W*(?:\w+\s+)?{PAPER}\s+(?:of|for)\b.{{12,}}", re.I)
"""A title that has not come to whose it is."""


def _joined(lines: Sequence[Face]) -> Iterator[tuple[Face, str]]:
    """Lines of a head, one that breaks off in a name with the line below it."""
    at = 0
    while at < len(lines):
        first, text = lines[at], lines[at].text
        while (
            at + 1 < len(lines)
            and lines[at + 1].block == first.block
            and len(text) < 220
            and (
                re.search(r"(?:\b(?:of|the|and|for|&|board of (?:county|city|town))|[/,&-])\s*$", text, re.I)
                or re.match(r"(?:and|of|&|/|held)\b", lines[at + 1].text, re.I)
                or (text.isupper() and len(text) > 60 and lines[at + 1].text.isupper())
                or (UNFINISHED.match(text) and not WORD.search(text))
            )
            and next(dates_in(text), None) is None
        ):
            at += 1
            text = f"{text} {lines[at].text}"
        yield first, text
        at += 1


def _in_sentences(blocks: Sequence[Block], lines: Sequence[Face]) -> Iterator[_Find]:
    for order, at in enumerate(sorted({line.block for line in lines})):
        for rank, look in enumerate(SAYS):
            for m in look.finditer(blocks[at].text):
                if name := _name(m["body"]):
                    yield _Find(1.0 - 0.2 * rank - 0.1 * order + 0.5 * bool(BELOW.search(name)), name)


def _letterhead(lines: Sequence[Face]) -> str | None:
    for line in lines[:8]:
        if PLACE_OF.search(line.text) and len(line.text) < 70:
            named = without_day(line.text)
            return named[[m.start() for m in PLACE_OF.finditer(named)][-1] :]
    return None


def _name(text: str) -> str | None:
    """The body's name out of a line, or None when the line names none."""
    asked = ASKED.match(text)
    name = BEFORE.sub("", without_day(asked[1] if asked else text))
    if re.match(r"executive summary\b", name, re.I):
        return None
    m = ENDS.search(name)
    name = OFFICE.sub("", name[: m.start()] if m else name)
    name = AFTER.sub("", name).strip(" -–—,:*\t[]._’'")
    name = re.sub(r"\s*\([^)]*$|^\(|(?<![\w.])\)$", "", BEFORE.sub("", name))
    name = OF_A_STATE.sub("", COUNTED.sub("", name))
    if name.count("(") == 1:
        name = re.sub(r"\s*\([A-Z]{2,6}\)$", "", name)  # its own abbreviation
    name = _after_the_council(name)
    if not WORD.search(name) or not 1 <= len(name.split()) <= 22 or len(name) > 160:
        return None
    if (
        NAMED.match(name)
        or NO_BODY.search(name)
        or not (name[0].isupper() or name[0].isdigit())
        or not _is_name(name)
    ):
        return None
    return name


def _is_name(text: str) -> bool:
    """Whether all its words are capitalised but for those that a name may have small."""
    return all(not w[:1].islower() or LOWER.fullmatch(w) for w in re.findall(r"[\w’'-]+", text))


def _after_the_council(name: str) -> str:
    """ "North Area Committee" of "FIFE COUNCIL - NORTH AREA COMMITTEE"."""
    first, *others = re.split(r"\s+[-–—|]\s+", name)
    below = next((x for x in others if BELOW.search(x)), None)
    return below if below and COUNCIL_ONLY.fullmatch(first) else name


def without_day(text: str) -> str:
    """The text without the dates and hours in it."""
    spans = [(w.start, w.end) for w in dates_in(text)] + [(a, b) for _, a, b in times_in(text)]
    for a, b in sorted(spans, reverse=True):
        text = text[:a] + " " + text[b:]
    return " ".join(text.split()).strip(" -–—,:*\t")
