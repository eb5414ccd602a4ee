"""Granicus by its ViewPublisher pages: a row a meeting, or a block, with its day and viewers of agenda and
minutes; councils style these pages themselves.

`address` is the page's own (https://CLIENT.granicus.com/ViewPublisher.php?view_id=N). A viewer's address
gives a PDF or a page of the web; only asking tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import AnotherLayout
from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.days import day_in, writes_month_first
from pipeline.sources.webpage import LONGEST_ROW, Link, Page, row_of, words_of
from pipeline.sources.words import is_off, kind_of

VIEWER = re.compile(r"/(?:Generated)?(Agenda|Minutes|Meta|Document)Viewer\.php$", re.I)
VIEWED = {"agenda": "agenda", "minutes": "minutes", "meta": "report", "document": None}
FILE = re.compile(r"\.(pdf|docx?)$", re.I)
NO_PAPER = re.compile(
    r"MediaPlayer|/player/|ASX\.php|Podcast|ViewPublisher|RSS|DownloadFile|"
    r"\.(?:mp[34]|m3u8?|wm[av]|ics|srt|jpe?g|png|gif|css|js)$",
    re.I,
)
MEETS = {"agenda", "agenda_pack", "minutes", "supplement", "decisions"}
"""What a link to elsewhere must call itself to be taken for a paper of the meeting."""
NO_NAME = re.compile(r"^\W*(?:\d+\s*h|\d+\s*min|(?:watch |live )*(?:video|audio|listen|mp3|mp4)\b)", re.I)
"""How long a recording is, or what plays it."""
NAME = './/*[starts-with(@headers, "Name")] | .//*[contains(@class, "name") or contains(@class, "committee")]'


About = tuple[bool, str]
"""Whether a page writes the month first, and all its words."""


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas, minutes and what else the page links for each meeting in the window."""
    url = (
        council.address
        if ".php" in council.address
        else f"{council.address.rstrip('/')}/ViewPublisher.php?view_id=1"
    )
    text = ask(url)
    if "granicus" not in text.lower():
        raise AnotherLayout(
            f"{council.name}: {url} is no Granicus page: has the council moved, or is view_id another one?"
        )
    page = Page(text, url)
    whole = words_of(page.root)
    about = writes_month_first(whole), whole
    seen: set[str] = set()
    for link in page.links:
        kind, key = _kind(link), _key(link.url)
        if kind and key not in seen:
            seen.add(key)
            yield from _paper(council, window, link, kind, about)


def _paper(council: Council, window: Window, link: Link, kind: str, about: About) -> Iterator[Publication]:
    month_first, whole = about
    found = row_of(link, month_first=month_first) or _by_name(link, month_first)
    if not VIEWER.search(urlsplit(link.url).path) and not _of_a_meeting(found[0] if found else None, kind):
        return
    row, day = found or (None, day_in(f"{link.said} {whole}", month_first=month_first))
    name = _name(row, month_first) if row is not None else None
    if window.holds(day) and council.wants(name):
        told = dict(CANCELLED) if row is not None and is_off(words_of(row)) else {}
        title = " - ".join(filter(None, (name, link.said or kind)))
        yield Publication(link.url, council.name, name, day, kind, title, None, told, _form(link.url))


def _by_name(link: Link, month_first: bool) -> tuple[Any, date] | None:
    """The row of a link whose file's name alone tells the day."""
    row = link.within(("tr",))
    day = day_in(urlsplit(link.url).path.rsplit("/", 1)[-1], month_first=month_first)
    return (row, day) if row is not None and day and len(words_of(row)) <= LONGEST_ROW else None


def _of_a_meeting(row: Any | None, kind: str) -> bool:
    """Whether a link to somewhere else is a paper of a meeting: one that calls itself an agenda or minutes,
    or stands beside a recording."""
    if row is None:
        return False
    beside = row.xpath(".//a/@href | .//a/@onclick")
    return kind in MEETS or any("granicus" in b or "MediaPlayer" in b for b in beside)


def _kind(link: Link) -> str | None:
    """The sort of paper behind a link; None when it is no paper's."""
    path = urlsplit(link.url).path
    if NO_PAPER.search(link.url.partition("?")[0]):
        return None
    said = kind_of(link.said)
    if viewer := VIEWER.search(path):
        viewed = VIEWED[viewer[1].lower()]
        return said if viewed in ("agenda", None) and said in MEETS else viewed or "other"
    if said in MEETS:
        return said
    return (kind_of(path) or "report") if FILE.search(path) else None


def _key(here: str) -> str:
    """What a paper is known by, whatever view lists it: its viewer and its recording or event."""
    parts = urlsplit(here)
    query = dict(parse_qsl(parts.query))
    ids = [f"{k}={query[k]}" for k in ("clip_id", "event_id", "meta_id") if query.get(k)]
    return f"{parts.netloc}{parts.path}?{'&'.join(ids)}".lower() if ids else here


def _form(here: str) -> Form:
    found = FILE.search(urlsplit(here).path)
    return "either" if not found else "pdf" if found[1].lower() == "pdf" else "docx"


def _name(row: Any, month_first: bool) -> str | None:
    """What the meeting is called: the cell marked so, else the first that is more than a day, a length and a
    link's label."""
    marked = map(words_of, row.xpath(NAME))
    if name := next((w for w in marked if w and not NO_NAME.search(w)), None):
        return name
    for words in map(words_of, row.xpath("./*")):
        if (
            words
            and not day_in(words, month_first=month_first)
            and not kind_of(words)
            and not NO_NAME.search(words)
        ):
            if re.search(r"[^\W\d_]{3}", words):
                return words
    return None
