"""Officers whom the text names with their post, and who signs as clerk or secretary."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from extractors.reading.doc import Sheet
from extractors.reading.understand.entries import ELECTED, Entry, common_words, is_name, split_title
from extractors.reading.understand.labels import labels_in
from extractors.reading.understand.seen import Seen

POST_WORDS = (
    r"(?:(?:Acting|Assistant|Deputy|Interim|Senior|Chief|City|Town|County|Parish|District|Village"
    r"|General|Executive|Managing|Principal|Planning|"
    r"Community|Development|Public|Works|Finance|Financial|Human|Resources|Services?|Recreation"
    r"|Parks?|Police|Fire|Building|Legal|Supervising|"
    r"Economic|Base|Reuse|Transportation|Environmental|Administrative|Base|Library|Housing|Corporate"
    r"|Technology|Operations|Information|Zoning|"
    r"Project|Program|Recording|Community|Capital|Facilities|Curriculum|Special|Education|Meetings"
    r"|and|&|of|for|the|II|III|I)\s+)*"
    r"(?:Clerk|Manager|Director|Officer|Attorney|Counsel|Planner|Engineer|Superintendent"
    r"|Administrator|Secretary|Treasurer|Chief|Coordinator|"
    r"Analyst|Librarian|Comptroller|Accountant|Auditor|Inspector)"
)


POST_NAME = re.compile(
    rf"(?<![\w’'])(?P<post>{POST_WORDS})\s+(?P<name>(?:[A-ZÀ-Þ][\w’'-]+"
    rf"|[A-Z]\.)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.|de[A-Z]\w+)){{1,2}})(?=[\s,.;:)]|[’']s|$)"
)


NAME_POST = re.compile(
    rf"(?<![\w’'])(?P<name>(?:(?:Mr|Mrs|Ms|Dr)\.?\s+)?(?:[A-ZÀ-Þ][\w’'-]+"
    rf"|[A-Z]\.)(?:\s+(?:[A-ZÀ-Þ][\w’'-]+|[A-Z]\.|de[A-Z]\w+)){{1,2}})\s*(?:,"
    rf"|\s[–-])\s*(?:the\s+)?(?P<post>{POST_WORDS}(?:\s+(?:of"
    rf"|for)\s+[A-Z][\w ]{{2,40}})?)(?=[\s,.;:)]|$)"
)


ACTS = re.compile(
    r"[’']?s?\s*,?\s*(?:then\s+|also\s+|was\s+|and\s+)?(?:[a-z]+(?:ed|id|ave|oke|ew|ent|ought|ead|aid"
    r"|old|ade|ave|lt|ut|ms|ts|ns|rs|ys|es)|was|spoke)\b"
)
"""A verb in the third person: who does something at the meeting is there."""


BARE_POSTS = re.compile(r"^(?:clerk|superintendent)$", re.I)


CLOSING = re.compile(rf"^(?P<post>{POST_WORDS})\b.{{0,40}}$")


def named_officers(sheet: Sheet) -> Iterator[Seen]:
    """Officers whom the text names with their post, and who signs as clerk or secretary."""
    views = sheet.views
    for n, view in enumerate(views):
        for look in (POST_NAME, NAME_POST):
            for m in look.finditer(view.text):
                title, name = split_title(m["name"])
                if _is_officer(name, m["post"]) and ACTS.match(view.text[m.end() :]):
                    start, end = view.start + m.start("name"), view.start + m.end("name")
                    yield _officer(Entry(name, title, m["post"], start, end), "named with post")
        if n > len(views) - 14:
            lines = [*sheet.lines(view), *(sheet.lines(views[n + 1]) if n + 1 < len(views) else ())]
            for line, after in itertools.pairwise(lines):
                text = line.text.strip(" ,_")
                if CLOSING.match(after.text.strip()) and is_name(text) and not labels_in(text, None, heading=True):
                    yield _officer(Entry(text, None, after.text.strip(), line.start, line.end), "signed")


def _officer(entry: Entry, label: str) -> Seen:
    return Seen(entry, "present", "officer", entry.start, entry.end, label, listed=False)


def _is_officer(name: str, post: str) -> bool:
    """The post says of what ("City Clerk", "Director of Finance"), or is one that only councils have; the
    name has no common word."""
    if not (is_name(name) and (" " in post or BARE_POSTS.match(post)) and not ELECTED.search(post)):
        return False
    return not any(w.strip(".").lower() in common_words() for w in name.split()[:-1])
