"""An item's title without what is printed beside it: pages, attachments, who presents it, how long it will
take, what was done."""

from __future__ import annotations

import re

from extractors.cues.load import is_one_of
from extractors.cues.says.people import TITLES
from extractors.mentions.names import is_person, is_role_word, strip_title
from extractors.reading.references import AFTER_TITLE, BEFORE_TITLE
from extractors.reading.understand.front_sheet import without_pages

OUTCOME = re.compile(
    r"\s*\.?\s+(?:Accepted|Adopted|Approved|Introduced|Finally passed|Not heard|Continued|Held"
    r"|Withdrawn|No action)\.?$|\s+(?:[–—-]\s+)?(?:None|NONE|Nil|NIL)\.?$"
    r"|\s+[–—-]\s+(?:(?i:no (?:report|items?|comments?|changes?))|[$£€][\d,]+(?:\.\d\d)?)\.?$"
    r"|\s*:\s+(?:No|Nothing|None)\b[^:]{0,40}$"
    r"|\s+[–—-]\s+(?:(?:both|all|now|duly)\s+)?(?:adopted|approved|agreed|noted|accepted|deferred|delivered|received"
    r"|completed|done|circulated|reviewed|renewed)\b[a-z ,]*$",
)
"""What came of it, behind a title."""
HOUR = r"\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b\.?"
TIMED = re.compile(
    rf"(?<=[\w)])(?<!\bat)\s*(?:\((?:at\s+|approx\w*\.?\s*)?{HOUR}\)|\s[–—-]\s+{HOUR}|\s\d{{1,2}}[:.]\d\d\s*[ap]\.?m\b\.?)$",
    re.I,
)
"""The hour at which it was or will be taken, behind a title."""
TIME_FIRST = re.compile(rf"^{HOUR}\s*[–—:-]\s+(?=\w)", re.I)
BESIDE_IT = re.compile(
    r"(?:\s*(?:\[\d{1,4}\]|\((?:public hearing|by title only|deferred|withdrawn|cont(?:inued|\.)?\s?[\d/]*)\)"
    r"|\((?:each|please|this|these|any|all|members|persons|speakers|items|comments|to be \w+ed by)\b"
    r"[^()]{10,}\)?))+$",
    re.I,
)
"""A page, what will be done of it, and advice to the public, behind a title."""
TOLD_BY = re.compile(
    rf"\s+[–—-]\s+(?:{TITLES}|Chief|Sheriff)\.?\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?"
    r"\s*(?::\s|\b(?:will|has|had|said|reported|is|was|stated|advised|asked|reports?|says?|moved)\b).*$"
)
"""Behind a subject who told of it and what: "Police - Chief Foss: 212 calls"."""
CALLED_ON = re.compile(r"^(?P<title>[^:]{3,60}):\s+(?P<who>[A-Z][^:]{4,60}),\s*(?P<post>[^,:]{4,40})$")
"""Who has the word: "WELCOME: ANN B. FOSS, CHAIRMAN"."""
MARGIN = re.compile(r"^(?P<title>[^:]{3,90}):\s+(?P<note>[A-Z][A-Z .&()\d-]*)$")
"""A title and its short form in the margin beside it: "UNFINISHED BUSINESS: UNFINISHED BUS."."""
BODY = re.compile(r"council|board|committee|commission|city|town|county", re.I)
POST = re.compile(
    r"\b(?:director|manager|clerk|attorney|chief|officer|engineer|planner|treasurer|administrator|superintendent"
    r"|solicitor|secretary|coordinator|mayor|controller|comptroller|librarian|surveyor|assessor|executive|chair\w*)$",
    re.I,
)
OF_SOMEBODY = re.compile(
    r"\b(?:resignations?|(?:re-?)?appointments?|recognition|retirement|nominations?|proclamation|interviews?)\W*$",
    re.I,
)
"""Business that is about the person whose name stands behind it."""
LEADER = re.compile(r"[\s.…_]*(?:\.{3,}|…)[\s.…_]*(?:pages?\s*)?\d{0,4}(?:\s*[-–—]\s*\d{1,4})?$")
FOLLOWS = re.compile(
    r"\s*[-–—(]?\s*\b(?:(?:copy|report|see|papers?|minutes)\s+)?(?:to follow|attached|enclosed|herewith"
    r"|previously circulated|circulated)\b\.?\)?\.?\s*$"
    r"|\s*\((?:(?:see )?(?:enclosures?|attachments?|appendix|papers?|enc|att|app)\.?\s*[\w,& -]{0,8}"
    r"|(?:approx\.?\s*)?\d{1,3}\s*min(?:ute)?s?\.?)\)\.?\s*$"
    r"|\s+[-–—]\s+\d{1,3}\s*min(?:ute)?s?\.?\s*$"
    r"|\s*\((?:staff|contact|presenters?|presented)\b[^()]{3,90}\)\.?\s*$"
    r"|\s+https?://\S+$",
    re.I,
)
"""What an agenda prints behind a title: that its paper follows, which it is, how long it will take."""
PRESENTED = re.compile(
    r"\s+(?:[–—-]\s+|\()(?P<label>presented by\s+|presenter:?\s+|staff:?\s+)?(?P<who>[A-Z][^–—()]{4,70}?)\)?$"
)
"""Who presents it, behind its title: "Sewer rates – Finance Director Ann Foss"."""
FILE_NUMBER = re.compile(
    r"^(?:(?:file|id)\s*(?:#|no\.?|id|number)?\s*:?\s*)?#?(?:19|20)?\d{2}-\d{3,5}\b\s*[:–—-]?\s+(?=[A-Z])",
    re.I,
)
"""The number that the software gives a file, between an item's number and its title."""
PROCEDURE = re.compile(
    r"(?:roll\s+call|call\s+(?:the\s+)?(?:meeting\s+)?to\s+order|convene|flag\s+salute|pledge(?:\s+(?:of|to)"
    r"\s+(?:the\s+)?(?:allegiance|flag))?|invocation|adjourn(?:ment)?|attendance|opening(?:\s+prayer)?"
    r"|moment\s+of\s+silence|salute\s+to\s+(?:the\s+)?flag)",
    re.I,
)
"""Business of every meeting, behind which its minutes print who, what and when."""
SAID_OF_TOPIC = re.compile(
    r"(?P<topic>[A-Z][^:.–]{2,50}?)(?:\s+(?:were|was|had been|have been)\s+\w+\b"
    r"|(?<=[Mm]eeting)\s*[:–-]\s*(?:\w+day\b|the\s+)?[\s,]*(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z]|[A-Z][a-z]+\s+\d{1,2}\b|\d{1,2}[:.]\d\d))"
)
"""A topic, and in the same sentence what was said of it or when it is."""
WHEN_OR_NONE = re.compile(
    r"\W*(?:none|nil|n/a|\d{1,2}[:.]\d{2}|(?:the\s+)?\w+\s+\d{1,2}(?:st|nd|rd|th)?,)", re.I
)
SAID_AFTER_LABEL = re.compile(
    r"^(?P<label>[A-Z][^:.]{2,60}?)(?::|\s[–—](?![^.:]{2,60}:\s))\s+(?=[A-Z].*\b(?:was|were|is|are|has|had|have|moved|reported|said"
    r"|asked|stated"
    r"|advised|noted|made|gave|there)\b).*[.!?]$"
)
"""A subject and what was said under it, in one type: "Minutes: The minutes of 1 March were read."."""

FOLLOWING = re.compile(
    r"^(?P<label>[A-Z][^:.]{2,60}):\s+(?i:it\s+was|the\s+following\s+(?:was|were|accounts|payments|applications))\b"
)
"""A subject over what was agreed of it: "Finance: The following were paid"."""


def title_of(text: str) -> tuple[str | None, str]:
    """The agenda's number that is printed with the title, and the title without it and all that is none of
    it."""
    title = " ".join(text.split())
    before, after = BEFORE_TITLE.match(title), AFTER_TITLE.search(title)
    title = title[before.end() if before else 0 : after.start() if after else None]
    if m := SAID_AFTER_LABEL.match(title) or FOLLOWING.match(title):
        title = m["label"]
    title = TIME_FIRST.sub("", FILE_NUMBER.sub("", title))
    title = _without_what_was_said(TOLD_BY.sub("", title))
    title = TIMED.sub("", BESIDE_IT.sub("", _without_margin(title)).rstrip(" :"))
    title = _unpresented(FOLLOWS.sub("", without_pages(LEADER.sub("", title))))
    title = _without_what_was_done(title)
    reference = after["number"] if after else before["number"] if before else None
    return reference, OUTCOME.sub("", title).strip(" :–-.•*")


def _without_what_was_said(title: str) -> str:
    """ "Apologies" of "Apologies were received from Ann Foss"; "Next meeting" of the same and a day."""
    label, colon, rest = title.partition(": ")
    if colon and is_one_of("items.topics", label) and strip_title(rest)[0]:
        return label
    m = SAID_OF_TOPIC.match(title)
    if m and is_one_of("items.topics", m["topic"]):
        return m["topic"]
    return title


def _without_margin(title: str) -> str:
    """The title without its short form: all words of this begin words of the title."""
    m = MARGIN.match(title)
    if m is None:
        return title
    words = [w.lower() for w in re.findall(r"\w+", m["title"])]
    short = [w.lower() for w in re.findall(r"\w+", m["note"])]
    return m["title"] if all(any(w.startswith(n) for w in words) for n in short) else title


def _is_posts(text: str) -> bool:
    """ "Finance Director and Public Works Director"."""
    posts = re.split(r"\s+and\s+|\s*[,/&]\s*", text)
    return all(len(p.split()) <= 5 and p[0].isupper() and POST.search(p) for p in posts if p)


def _unpresented(title: str) -> str:
    """The title without who presents it: a person, with a post before or behind the name, or posts alone."""
    if (own := re.search(r"\s+\((?P<posts>[A-Z][^()]{4,70})\)$", title)) and _is_posts(own["posts"]):
        return title[: own.start()]
    called = CALLED_ON.match(title)
    if called and is_role_word(called["post"].split()[-1].split("/")[-1].title()):
        name = called["who"].split(",")[0]
        if is_person(strip_title(name.title() if name.isupper() else name)[1]):
            return called["title"]
    m = PRESENTED.search(title)
    if m is None or title.isupper() or OF_SOMEBODY.search(title[: m.start()]):
        return title
    name, _, post = m["who"].partition(",")
    words = name.split()
    posted = len(words) > 2 and all(is_role_word(w) and w[0].isupper() for w in (words[0], words[-3]))
    posted = posted and not BODY.fullmatch(words[-3])
    named = is_person(" ".join(words[-2:])) if posted else len(words) in (2, 3) and is_person(name)
    told = posted or bool(m["label"]) or any(is_role_word(w) for w in post.split())
    return title[: m.start()] if named and told else title


def _without_what_was_done(title: str) -> str:
    """ "ROLL CALL" of "ROLL CALL Chair Foss, Commissioners Ash, Birch"; "TENTATIVE AGENDA" of the same and a
    date."""
    words = title.split()
    n = next((i for i, w in enumerate(words) if any(c.islower() for c in w) or w == "@"), len(words))
    while n and not any(c.isalpha() for c in words[n - 1]):
        n -= 1
    label, rest = " ".join(words[:n]).rstrip(" :–-"), " ".join(words[n:])
    if label and rest and not rest.isupper() and (PROCEDURE.fullmatch(label) or WHEN_OR_NONE.match(rest)):
        return label
    if title.isupper():
        return title
    m = re.match(rf"({PROCEDURE.pattern})\s*(?::|\s[–—-]\s)\s*\S", title, re.I)
    return m[1] if m else title
