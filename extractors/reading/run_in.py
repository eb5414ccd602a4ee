"""Titles that run into the text under them, in the type of that text: "Road report – The grader is mended."

One such line says little: a speaker, a field and an aside look the same. Several that differ from each other
are how a paper heads its business.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.cues.load import is_one_of
from extractors.mentions.names import is_person, strip_title
from extractors.reading.numbering import number_of

LOOKS = tuple(
    re.compile(rf"(?P<label>[A-Z0-9][^.:;!?\t{but}]{{1,70}}?)(?P<sign>{sign})\s+(?=[\W\d]{{0,3}}[A-Za-z0-9])")
    for but, sign in (("", r"\s?:"), ("–—", r"\s[-–—]|[–—]"))
)
"""With a colon, else with a dash."""
SENTENCE = re.compile(r"(?P<label>[A-Z0-9](?:[^.:;!?\t]|\.(?=\d)){2,60}?)(?P<sign>\.)\s+(?=[A-Z0-9])")
"""With a full stop: "Clean-Up Day. It was agreed ..."."""
VERB = re.compile(
    r"\b(?:was|were|is|are|be|been|has|had|have|will|would|moved|seconded|carried|passed|approved|noted|adopted|agreed"
    r"|granted|refused|done|lost|none|nil|thanked|to|all|said|nobody|nothing|support\w*|object\w*|vote|votes|deferred"
    r"|\w{3,}ed|read|gave|made|told|met|held|cllrs|crs|ord|res|received|unanimous\w*|not|see|mr|mrs|ms|dr|rev|cllr|cr|st|no|jr|sr)\b",
    re.I,
)
"""A verb, or the end of an abbreviation: the words are a sentence."""
SMALL = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "re", "the", "to", "under", "with")
)
FIELD = re.compile(
    r"(?:motion|moved|mover|second\w*|result|ayes?|yeas?|yes|noes?|no|nays?|abst(?:ain|ent)\w*|vote\w*|for|against"
    r"|in favou?r|opposed|carried|resolved|resolution|recommend\w*|decision|action\w*|note|reason\w*|outcome"
    r"|amendment|present|absent|excused|attend\w*|in attendance|also\b.*|others?|staff|members?|guests?"
    r"|visitors?|apolog\w+|regrets|officers?|clerk|chair\w*|mayor|councill?ors?|council\s?members?"
    r"|councilm[ae]n|trustees?|directors?|commissioners?|supervisors?|board|quorum|roll call|date|time|place"
    r"|venue|location|address|subject|from|to|author|contact|prepared by|presented by|presenters?"
    r"|applicants?|owners?|agent|attachments?|exhibits?|file|ref\w*|background|purpose|summary|discussion"
    r"|conclusions?|questions?|answers?|comments?|q|a|tel\w*|phone|e-?mail|fax|website|meeting id|passcode"
    r"|cost|budget|fiscal impact|zoning|ward|area|parish|signed|dated?|ceqa|apn|request|proposal|appoint\w*"
    r"|term|bids?|page|(?:agenda\s+)?item|section|part|appendix)\b[^a-z]{0,8}$",
    re.I,
)
"""Labels of fields, rolls, votes and speakers."""
PROSE = re.compile(r"[a-z]{2,}[”\"’)]?[.!?][”\"’)]*\s+[A-Z]|\w[”\"’)]?[.!?][”\"’)]*\s*$")
"""A title goes on in a sentence; in an agenda's title what follows a dash is none."""
MOVED = re.compile(r"\W*that\b", re.I)
"""A mover's name stands before the words: "FOSS: That the accounts be paid"."""
FEWEST = 3
LONG = 6
WORDS = 9
DIFFERENT = 0.75
"""Share of a manner's labels that stand once only: fields and speakers come again."""


@dataclass(frozen=True, slots=True)
class RunIn:
    """A title at a text's beginning; its words reach to `end`, its sign included."""

    label: str
    end: int
    manner: tuple[str, bool]


def run_in(text: str) -> RunIn | None:
    """The title that the text may begin with, after its number if it has one."""
    number = number_of(text)
    at = number.end if number else 0
    for sign, look in zip(":-", LOOKS, strict=True):
        m = look.match(text, at)
        if m is None:
            continue
        label: str = m["label"]
        small = re.match(r"\W*[a-z]", text[m.end() :])
        if small and not (label.isupper() and len(label) >= LONG):
            continue  # "Foss – to ask": only capitals set a title apart from words that go on small
        if _is_title(m["label"]) and PROSE.search(text, m.end()) and not MOVED.match(text, m.end()):
            return RunIn(m["label"], m.end("sign"), (sign, m["label"].isupper()))
    return _in_a_sentence(text, at) if number is None else None


def _in_a_sentence(text: str, at: int) -> RunIn | None:
    """The few words without a verb that stand like a sentence before the sentences."""
    m = SENTENCE.match(text, at)
    if m is None or len(m["label"].split()) > WORDS or VERB.search(m["label"]) or FIELD.match(m["label"]):
        return None
    if strip_title(m["label"])[0] or not PROSE.search(text, m.end()):
        return None
    return RunIn(m["label"], m.end("sign"), (".", False))


def _is_title(label: str) -> bool:
    words = label.split()
    if (
        len(words) > WORDS
        or words[-1].lower() == "re"
        or FIELD.match(label)
        or sum(c.isalpha() for c in label) < 3
    ):
        return False
    return not any(w[0].islower() for w in words if w.lower() not in SMALL) and not strip_title(label)[0]


def headed_so(texts: Mapping[int, str] | Sequence[str]) -> dict[int, RunIn]:
    """The texts that begin with such a title, by their key, where the paper heads its business so."""
    pairs = texts.items() if isinstance(texts, Mapping) else enumerate(texts)
    found = {i: title for i, text in pairs if (title := run_in(text))}
    by_manner: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for i, title in found.items():
        by_manner[title.manner].append(i)
    out: dict[int, RunIn] = {}
    for members in by_manner.values():
        labels = Counter(found[i].label.lower() for i in members)
        once = sum(n == 1 for n in labels.values())
        if len(labels) >= FEWEST and once >= DIFFERENT * len(members) and _is_business(labels):
            out |= {i: found[i] for i in members}
    return out


BUSINESS = re.compile(
    r"\b(?:minutes|report|reports|business|comments?|adjourn\w*|hearing|public|financ\w+|accounts?|bills|claims"
    r"|budget|planning|police|fire|water|sewer|streets?|roads?|highways?|parks?|cemetery|library"
    r"|correspondence|ordinance|resolution|bylaws?|by-laws?|agenda|consent|apologies|declarations?|election"
    r"|appointments?|licen[cs]\w+|treasurer\S*|clerk\S*|mayor\S*|manager\S*|superintendent\S*|next meeting"
    r"|payments?|matters arising)\b",
    re.I,
)
"""Words of business that councils everywhere have."""


def _is_business(labels: Mapping[str, int]) -> bool:
    """A third of them name business that councils everywhere have, and no more look like somebody's name."""
    known = {label for label in labels if is_one_of("items.topics", label) or BUSINESS.search(label)}
    people = sum(is_person(label.title()) for label in labels if label not in known)
    return len(known) >= max(2, len(labels) / 3, people)
