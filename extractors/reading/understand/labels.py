"""What stands in front of a list of people, and what it says of them."""

from __future__ import annotations

import re

from extractors.cues.says.people import OFFICES
from extractors.reading.facts import Capacity, Presence

Kind = tuple[Presence, Capacity]


WHO = (
    r"(?:(?:city|town|county|parish|borough|district|sc|voting|school|planning|committee|council|board"
    r"|commission|elected)\s+)*"
)


MEMBERS = (
    r"(?:councill?ors?|cllrs?\.?|council\s?members?|members?|trustees|commissioners|board\s?members?"
    r"|directors|supervisors|select\w+|alder\w+)"
)


BE = r"(?:\s+(?:were|was|are|is|being|as\s+follows|physically|remotely|in\s+person|virtually|via\s+zoom))*"


LABELS: tuple[tuple[Kind, str], ...] = (
    (
        ("apologies", "member"),
        rf"(?:(?:the\s+following\s+)?apolog(?:y|ies)(?:\s+(?:for|of)\s+absence)?(?:\s+(?:received"
        rf"|accepted|tendered|given))?(?:\s+from)?|{WHO}(?:{MEMBERS}\s+)?(?:excused|regrets)"
        rf"|regrets(?:\s+from)?|leave\s+of\s+absence)",
    ),
    (
        ("absent", "member"),
        rf"(?:[\w&]+\s+){{0,4}}{MEMBERS}\s+(?:absent|not\s+present|excused)|{WHO}(?:absent"
        rf"|not\s+present|not\s+attending|absences)(?:\s+{MEMBERS})?",
    ),
    (
        ("present", "other"),
        r"(?:(?:members\s+of\s+the\s+)?(?:public|press)(?:\s+(?:present|in\s+attendance|attending))?"
        r"|guests?(?:\s+present)?|visitors?|residents|audience)",
    ),
    (
        ("present", "officer"),
        rf"{WHO}(?:officials?|officers?|staff|administration|executive\s+staff|clerks?|town\s+clerk"
        rf"|executive|management|personnel|consultants?)(?:\s+members?)?(?:\s+(?:also\s+)?(?:present"
        rf"|in\s+attendance|attending|attendance|participating))?",
    ),
    (
        ("present", "officer"),
        r"(?:also|others?|other\s+attendees)(?:\s+(?:in\s+attendance|attending|present|attended"
        r"|attendees))?|in\s+attendance\s+also|attendees|in\s+attendance",
    ),
    (
        ("present", "member"),
        rf"(?:(?:[\w&]+\s+){{0,4}}{MEMBERS}\s+(?:present|in\s+attendance|attending)|(?:participat\w+"
        rf"|attend\w+|join\w+|present|members)\s+(?:virtually|remotely|online|via\s+zoom)"
        rf"|{WHO}(?:those\s+)?(?:present|attending|in\s+attendance"
        rf"|attendance)(?:\s+(?:in\s+the\s+chair|{MEMBERS}))?|roll\s+call(?:\s+of\s+\w+)?"
        rf"|(?:{MEMBERS})|present\s+in\s+the\s+chair|in\s+the\s+chair|(?:chair(?:man|person|woman)?"
        rf"|presiding|mayor|president|vice[- ]chair\w*|vice[- ]president"
        rf"|deputy\s+mayor)(?:\s+presiding)?|the\s+following\s+(?:\w+\s+)?were\s+present)",
    ),
)


LABEL = re.compile(
    r"(?P<lead>^|[.;,\]–—-]\s+|\s{2,}|\s+(?=[A-Z])|^\W*(?:\(?\w{1,2}[.)]\s*)?(?:roll\s+call"
    r"|attendance)\s*[:–—.-]+\s*)"
    r"(?P<label>" + "|".join(f"(?P<l{i}>{look})" for i, (_, look) in enumerate(LABELS)) + rf"){BE}\s*"
    r"(?P<note>\([^)]{2,60}\))?\s*(?P<sign>:+\s*[-–—]?|\s[-–—]+(?=\s|[A-Z])|[-–—](?=\s)|\.?\s*$)",
    re.I,
)


STAFF_POST = re.compile(
    r"\b(?:clerk|manager|director|officer|attorney|counsel|solicitor|engineer|planner|superintendent"
    r"|administrator|assistant|analyst"
    r"|secretary\s+to|head\s+of|chief|inspector|treasurer|comptroller|accountant|auditor|coordinator"
    r"|co-ordinator|specialist|architect"
    r"|executive|principal|staff|pcso|consultant|librarian|technician|recording\s+secretary|legal|finance)\b",
    re.I,
)


MEMBER_POST = re.compile(
    rf"^(?:the\s+)?(?:{OFFICES}|vice[- ]chair\w*|{MEMBERS}|in\s+the\s+chair|ex[- ]officio)\b", re.I
)
