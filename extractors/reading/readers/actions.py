"""Who must do what by when: undertakings in the prose of minutes, tasks in resolutions, "Action:" lines,
action tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.cues.load import pattern
from extractors.mentions.dates import MONTHS, WEEKDAYS, due_date
from extractors.mentions.names import strip_title, surname_key
from extractors.reading.doc import Sheet
from extractors.reading.facts import ActionFact, DecisionFact, PersonFact
from extractors.text.sentences import sentences_of

OwnerKind = Literal["person", "role", "body", "unknown"]

DOING = (
    r"(?:send|circulat|shar|provid|check|look|arrang|contact|writ|report|follow|speak|discuss|liais"
    r"|ensur|investigat|rais|ask|bring|prepar|distribut|forward|email|e-mail|add|updat|review|"
    r"find|obtain|seek|confirm|clarif|consider|explor|feed|pass|pick|take|produc|publish|respond"
    r"|supply|invit|organi[sz]|set|draft|include|amend|submit|chase|request|monitor|work|meet|come"
    r"|get|issue|attend|present|consult|advis|inform|notify|make|undertak|continu|develop|facilitat"
    r"|escalat|query|extend|remind|tak)\w*"
)
HANDED = (
    r"(?:sent|circulated|shared|provided|actioned|forwarded|distributed|emailed|e-mailed|supplied"
    r"|arranged|raised|followed up|reported back|brought back|passed on|fed back|added|picked up"
    r"|taken (?:back|away|forward)|looked into|checked|investigated|included in|clarified|issued"
    r"|presented to|submitted to)"
)
UNDERTOOK = (
    r"(?:agreed|undertook|offered|promised|committed|volunteered|pledged|would arrange|took an action)"
)
ASKED = (
    r"(?:asked|requested|instructed|tasked|directed|invited|urged|reminded|directs|requests|asks|instructs)"
)
SAID = (
    r"(?:advised|confirmed|said|stated|explained|replied|responded|assured|noted|added|reported|indicated"
    r"|shared|undertook|suggested|agreed)"
)
AFTER = (
    r"(?:after|following|outside(?: of)?|prior to|before|ahead of|by|with|in advance of|to|in) (?:the"
    r"|this|these|next) (?:meeting|minutes|next meeting)|to (?:all )?(?:the )?(?:members|councillors"
    r"|committee|panel|board)\b"
)

ROLES = (
    r"(?:(?:[Tt]he\s+)?(?i:(?:chairman|chairperson|chairwoman|chair|vice-chair(?:man)?|leader|mayor"
    r"|clerk|town clerk|parish clerk|democratic services officer|monitoring officer|chief executive"
    r"|portfolio holder|cabinet member|secretary|treasurer|administrator))\b"
    r"(?:\s+(?:for|of)\s+[A-Z][\w&’']*(?:\s+(?:and|&|of|for)?\s*[A-Z][\w&’']*){0,5})?"
    r"|(?:[Tt]he\s+)?(?:[Ii]nterim\s+|[Aa]ssistant\s+|[Dd]eputy\s+|[Cc]orporate\s+|[Ss]trategic\s+"
    r"|[Ee]xecutive\s+)*(?:[Dd]irector|[Hh]ead|[Mm]anager)\s+(?:of|for)\s+[A-Z][\w&’']*(?:,?\s+(?:and"
    r"|&|of|for)?\s*[A-Z][\w&’']*){0,6}"
    r"|(?:[Tt]he\s+)(?:[A-Z][\w&’'-]+\s+(?:and\s+|&\s+)?){1,4}(?:Director|Manager|Officer|Head|Lead"
    r"|Engineer|Surveyor|Solicitor|Accountant|Superintendent|Commissioner|Clerk|Treasurer"
    r"|Administrator|Co-?ordinator|Planner|Adviser|Advisor|Consultant|Chief|Constable"
    r"|Secretary)\b(?!\s+(?:of|for)\b))"
)
BODIES = (
    r"(?:(?:[Tt]he\s+|[Cc]ouncil\s+|[Ss]upport\s+|[Hh]ighways\s+|[Ll]egal\s+"
    r"|[Pp]lanning\s+)*(?:[Oo]fficers?|[Ss]taff(?:\s+members)?|(?:[Ss]ervice|[Tt]eam|[Cc]ommittee"
    r"|[Pp]anel|[Bb]oard|[Dd]epartment|[Aa]dministration)))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A way of saying that somebody is to do something; `owner` in the pattern is the doer, `task` what is to
    be done."""

    name: str
    look: re.Pattern[str]
    confidence: float


@lru_cache(maxsize=1)
def person_pattern() -> str:
    """A titled name in running text: "Councillor Kaur", "Mr P. Bartlett", "Cllr O'Brien-Jones"."""
    title = rf"(?:(?i:{pattern('people.titles')}|mayor|deputy mayor|reeve))\.?"
    word = r"[A-ZÀ-Þ](?:[\w’'-]*\w)?\.?"
    return rf"(?:{title}\s+{word}(?:\s+{word}){{0,2}})"


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """The sentence patterns, the surest first; each is tried on one sentence at a time."""
    bare = r"(?:[A-Z][a-zà-ÿ’'-]+\s+[A-Z][A-Za-zà-ÿ’'-]+)"
    who = rf"(?P<owner>{person_pattern()}|{ROLES}|{BODIES}|{bare})"
    post = r"(?:,?\s*\([^)]{3,80}\)|,\s[^,]{3,80},)?"
    return (
        Rule(
            "action label",
            re.compile(
                r"(?i:^\W*actions?(?:\s+(?:points?|required|agreed"
                r"|by))?)\s*(?:\d+\s*)?[:–—-]\s*(?P<task>\S.*)$"
            ),
            0.9,
        ),
        Rule(
            "undertaking",
            re.compile(
                rf"{who}{post}\s+(?:\w+ly\s+)?(?:had\s+|also\s+"
                rf"|then\s+)*{UNDERTOOK}\s+(?P<task>to\s+(?:\w+ly\s+)?{DOING}.*)"
            ),
            0.85,
        ),
        Rule(
            "request",
            re.compile(
                rf"(?:\b{ASKED})\s+(?:that\s+)?(?P<owner>{person_pattern()}|{ROLES}|{BODIES}"
                rf"|{bare}){post}\s+(?P<task>(?:to|be asked to|should)\s+(?:\w+ly\s+)?{DOING}.*)"
            ),
            0.8,
        ),
        Rule(
            "asked that somebody do",
            re.compile(
                rf"(?:\b{ASKED})\s+that\s+(?P<owner>{person_pattern()}|{ROLES}|{BODIES}"
                rf"|{bare}){post}\s+(?P<task>(?:be\s+)?{DOING}.*)"
            ),
            0.7,
        ),
        Rule(
            "somebody to do",
            re.compile(
                rf"^(?P<owner>{person_pattern()}|{ROLES}|{BODIES}){post}\s+(?P<task>to\s+(?:\w+ly\s+"
                rf")?{DOING}\b.*)"
            ),
            0.75,
        ),
        Rule(
            "was asked",
            re.compile(
                rf"{who}{post}\s+(?:be|was|were|is|are)\s+(?:also\s+)?{ASKED}\s+(?P<task>to\s+{DOING}.*)"
            ),
            0.85,
        ),
        Rule(
            "said would",
            re.compile(
                rf"{who}{post}\s+(?:also\s+|further\s+)?(?:\w+\s+and\s+)?{SAID}\s+(?:members\s+"
                rf"|the \w+\s+)?(?:that\s+)?(?P<task>(?:she|he|they)\s+would\s+(?!be\s+(?:able|good"
                rf"|useful|happy|difficult))(?:also\s+)?{DOING}.*)"
            ),
            0.8,
        ),
        Rule(
            "and undertook",
            re.compile(rf"{who}\b[^.]*\band\s+(?:\w+ly\s+)?{UNDERTOOK}\s+(?P<task>to\s+{DOING}.*)"),
            0.75,
        ),
        Rule(
            "queried and would",
            re.compile(rf"{who}\b[^.]*\band\s+{SAID}\s+that\s+(?P<task>(?:she|he|they)\s+would\s+{DOING}.*)"),
            0.7,
        ),
        Rule(
            "would do after",
            re.compile(rf"{who}{post}\s+(?P<task>(?:would|will|to)\s+{DOING}[^.]*(?:{AFTER}).*)"),
            0.75,
        ),
        Rule(
            "briefing would be provided",
            re.compile(
                rf"{who}\s+{SAID}\s+(?:\w+\s+)?that\b.*?(?P<task>(?:an?|the"
                rf"|further)\s+(?:[\w&-]+\s+){{0,8}}?(?:briefing|note|report|paper|breakdown|list"
                rf"|link|copy|summary|response|update|information|details?"
                rf"|figures?)s?\s+(?:[\w&-]+\s+){{0,8}}?(?:would|will)\s+be\s+{HANDED}\b.*)"
            ),
            0.6,
        ),
        Rule(
            "would be handed",
            re.compile(rf"(?P<task>[^,;]*?\b(?:would|will|could|to)\s+be\s+{HANDED}\b[^.]*?(?:{AFTER}).*)"),
            0.65,
        ),
        Rule(
            "be handed, asked for",
            re.compile(
                rf"{who}\s+(?:requested|asked|suggested|proposed)\s+(?:that"
                rf"|for)\s+(?P<task>.{{3,200}}?\s(?:be|to be)\s+{HANDED}\b.*)"
            ),
            0.6,
        ),
    )


PRONOUN_TASK = re.compile(
    rf"^(?:He|She)\b[^.]*?\b(?:{SAID}\s+that\s+(?P<said>(?:he|she)\s+would\s+{DOING}.*)"
    rf"|{UNDERTOOK}\s+(?P<undertook>to\s+{DOING}.*))"
)
PRONOUN_RULE = Rule("pronoun", PRONOUN_TASK, 0.6)
"""He or she is the speaker whom the paragraph's last sentence with a name in front names."""
RESOLVED_TASK = re.compile(
    rf"^(?:that\s+)?(?P<owner>{ROLES}|{BODIES})\b(?:,[^,]{{3,90}},)?\s+(?P<task>(?:(?:be\s+)?(?:asked"
    rf"|requested|instructed|tasked|directed)\s+to\s+|to\s+|continue\s+to\s+|will\s+"
    rf"|shall\s+)?{DOING}\b.*)$"
)
"""A clause whose subject is to do something: "officers continue to work with the districts"."""
DIRECTED = re.compile(
    rf"\b(?:directs?|requests?|instructs?|asks?)\s+(?:that\s+)?(?P<owner>{ROLES}"
    rf"|{BODIES})\s+(?P<task>to\s+{DOING}.*)$"
)
DUE = re.compile(
    r"\b(?:by|before|prior to|no later than|within|ahead of|in time for|at|to|after"
    r"|following)\s+(?:the\s+)?(?P<due>(?:(?:end|close)\s+of\s+\w+(?:\s+\d{4})?|next\s+(?:meeting"
    r"|week|month|year)(?:\s+of\s+[^.,;]{3,40})?|(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    rf"(?:{'|'.join(MONTHS)})"
    r"(?:\s+\d{1,2})?(?:,?\s+\d{4})?|(?:\d{1,3}|one|two|three|four|six|eight|ten"
    r"|twelve)\s+(?:working\s+)?(?:days?|weeks?|months?)|"
    rf"(?:{'|'.join(WEEKDAYS[:5])})"
    r"|meeting|\w+ meeting))\b",
    re.I,
)
PAST = re.compile(
    r"\b(?:had been|has been|have been|was previously|at the (?:last|previous) meeting)\b", re.I
)


def find_actions(
    sheet: Sheet, decisions: Sequence[DecisionFact], people: Sequence[PersonFact]
) -> list[ActionFact]:
    """The actions of minutes: out of sentences outside the resolutions, and out of the resolutions
    themselves."""
    if sheet.part.kind != "minutes":
        return []
    said = list(_said(sheet, decisions, people))
    resolved = [a for d in decisions if d.kind == "resolution" and (a := _resolved(sheet, d))]
    return sorted([*said, *resolved], key=lambda a: a.start)


def _said(
    sheet: Sheet, decisions: Sequence[DecisionFact], people: Sequence[PersonFact]
) -> Iterator[ActionFact]:
    taken = [(d.start, d.end) for d in decisions]
    known = {p.name for p in people}
    for view in sheet.views:
        if view.block.kind == "heading":
            continue
        speaker: str | None = None
        before: tuple[int, str] | None = None
        owned = False
        for a, b in sentences_of(view.text):
            sentence = view.text[a:b]
            label = OWNER_LABEL.match(sentence)
            if label and (
                owned or before
            ):  # "... three quotes for the bench. Action: UE": who it is for, not what
                if not owned and before:
                    yield _owned(sheet, view.start + before[0], before[1], label["owner"])
                before, owned = None, False
                continue
            if any(x < view.start + b - 1 and view.start + a < y for x, y in taken):
                continue
            found = _action(sentence, known)
            pronoun = PRONOUN_TASK.match(sentence) if speaker and not found else None
            before, owned = (a, sentence), bool(found or pronoun)
            if found:
                yield _fact(sheet, view.start + a, sentence, *found, known)
            elif pronoun:
                yield _fact(sheet, view.start + a, sentence, PRONOUN_RULE, pronoun, known, speaker)
            subject = re.match(person_pattern(), sentence)
            speaker = subject.group() if subject else speaker


OWNER_LABEL = re.compile(
    rf"^\W*(?:ACTIONS?|Actions?)(?:\s+(?:by|for))?\s*[:–—-]\s*(?P<owner>[A-Z]{{1,4}}(?:\s*[/&,]\s*[A-"
    rf"Z]{{1,4}})*|{ROLES}|{BODIES}|ALL|All)\W*$"
)
"""A label that names only who is to act, by initials or post, after what is to be done."""


def _owned(sheet: Sheet, at: int, sentence: str, owner: str) -> ActionFact:
    return _made(sheet, at, at + len(sentence.rstrip()), 0.85, sentence.strip(), owner, "minutes")


def _action(sentence: str, known: set[str]) -> tuple[Rule, re.Match[str]] | None:
    for rule in rules():
        m = rule.look.search(sentence)
        if m is None or (
            rule.name != "action label" and PAST.search(sentence[max(0, m.start("task") - 10) : m.end()][:60])
        ):
            continue
        owner = m.groupdict().get("owner")
        if owner and not _can_own(owner, known):
            continue
        return rule, m
    return None


def _can_own(owner: str, known: set[str]) -> bool:
    """Two capitalised words are a person only when the roll names them, or one title stands in front."""
    title, rest = strip_title(owner)
    if title or re.fullmatch(ROLES, owner) or re.fullmatch(BODIES, owner):
        return not re.match(r"^(?:the\s+)?(?:committee|panel|board|council|administration)$", owner, re.I)
    return any(surname_key(rest) == surname_key(k) for k in known)


def _fact(
    sheet: Sheet,
    at: int,
    sentence: str,
    rule: Rule,
    m: re.Match[str],
    known: set[str],
    speaker: str | None = None,
) -> ActionFact:
    owner = speaker or m.groupdict().get("owner")
    task_group = "task" if "task" in m.groupdict() else "said" if m["said"] else "undertook"
    task = m[task_group].strip()
    if rule.name == "action label":
        owner, task = _label_owner(task, known)
    start = (
        m.start("owner")
        if owner and not speaker and rule.name in ("undertaking", "was asked", "would do after")
        else m.start(task_group)
    )
    if rule.name in ("request",):
        start = m.start()
    text = sentence[start:].strip() if rule.name != "action label" else task
    return _made(
        sheet, at + start, at + len(sentence.rstrip()), rule.confidence, text.rstrip(), owner, "minutes"
    )


def _made(
    sheet: Sheet,
    start: int,
    end: int,
    confidence: float,
    text: str,
    owner: str | None,
    source: Literal["minutes", "resolution"],
) -> ActionFact:
    """The action with its owner and, where its words say, its day."""
    due = DUE.search(text)
    return ActionFact(
        start=start,
        end=end,
        confidence=confidence,
        text=text,
        owners=(owner.strip(),) if owner else (),
        owner_kind=kind_of_owner(owner),
        due_text=due.group() if due else None,
        due_date=due_date(due.group(), sheet.meeting_date) if due else None,
        source=source,
    )


def _label_owner(task: str, known: set[str]) -> tuple[str | None, str]:
    """ "Action: JB to circulate the list", "Action: circulate the list (JB)", "Action: Clerk"."""
    m = re.match(
        r"^(?P<owner>[A-Z]{2,4}(?:/[A-Z]{2,4})*|(?:the\s+)?[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*){0,4}"
        r"|officers|staff|clerk)\s+(?:to|will)\s+(?P<task>.*)$",
        task,
    )
    if m:
        return m["owner"], task
    m = re.search(r"[\s(\[–-](?P<owner>[A-Z]{2,4}(?:/[A-Z]{2,4})*)[)\]]?\s*\.?$", task)
    if m:
        return m["owner"], task
    return (task, task) if task in known else (None, task)


def _resolved(sheet: Sheet, d: DecisionFact) -> ActionFact | None:
    m = RESOLVED_TASK.match(d.text) or DIRECTED.search(d.text)
    if (
        m is None
        or not _can_own(m["owner"], set())
        or re.search(
            r"\bbe (?:noted|approved|agreed|thanked|appointed|elected|received|adopted)\b", d.text[:120]
        )
    ):
        return None
    return _made(sheet, d.start, d.end, 0.7, d.text, m["owner"], "resolution")


def kind_of_owner(owner: str | None) -> OwnerKind:
    """person, role, body, or unknown when nobody is named."""
    if not owner:
        return "unknown"
    if re.fullmatch(BODIES, owner.strip()):
        return "body"
    if re.fullmatch(ROLES, owner.strip()):
        return "role"
    return "person"
