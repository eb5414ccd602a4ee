"""Granicus by its ViewPublisher pages: a row a meeting, or a block, with its day and viewers of agenda and
minutes; councils style these pages themselves.

`address` is the page's own (https://CLIENT.granicus.com/ViewPublisher.php?view_id=N). A viewer's address
gives a PDF or a page of the web; only asking tells which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Form, Publication, Window
from pipeline.sources.markup import LONGEST_ROW, Element, address, page, row_of
from pipeline.sources.words import day_in, is_off, kind_of, order_of

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


About = tuple[str, str]
"""How a page writes its figures, and all its words."""


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas, minutes and what else the page links for each meeting in the window."""
    url = (
        council.address
        if ".php" in council.address
        else f"{council.address.rstrip('/')}/ViewPublisher.php?view_id=1"
    )
    text = ask(url)
    root = page(text)
    if "granicus" not in text.lower():
        raise NotFetched(
            f"{council.name}: {url} is no Granicus page: has the council moved, or is view_id another one?"
        )
    about = order_of([root.words]), root.words
    seen: set[str] = set()
    for link in root.all("//a[@href]"):
        here = address(url, link.get("href"))
        if here is None or (kind := _kind(link, here)) is None:
            continue
        if (key := _key(here)) in seen:
            continue
        seen.add(key)
        yield from _paper(council, window, link, here, kind, about)


def _paper(
    council: Council, window: Window, link: Element, here: str, kind: str, about: About
) -> Iterator[Publication]:
    order, whole = about
    found = row_of(link, order) or _by_name(link, here, order)
    if not VIEWER.search(urlsplit(here).path) and not _of_a_meeting(found[0] if found else None, kind):
        return
    row, day = found or (None, day_in(link.said(), order) or day_in(whole, order))
    name = _name(row, order) if row else None
    if window.holds(day) and council.wants(name):
        told = dict(CANCELLED) if row and is_off(row.words) else {}
        title = " - ".join(filter(None, (name, link.said() or kind)))
        yield Publication(here, council.name, name, day, kind, title, None, told, _form(here))


def _by_name(link: Element, here: str, order: str) -> tuple[Element, date] | None:
    """The row of a link whose file's name alone tells the day."""
    row = next((e for e in link.outward() if e.tag == "tr"), None)
    day = day_in(urlsplit(here).path.rsplit("/", 1)[-1], order)
    return (row, day) if row and day and len(row.words) <= LONGEST_ROW else None


def _of_a_meeting(row: Element | None, kind: str) -> bool:
    """Whether a link to somewhere else is a paper of a meeting: one that calls itself an agenda or minutes,
    or stands beside a recording."""
    if row is None:
        return False
    beside = (e.get("href") + e.get("onclick") for e in row.all(".//a"))
    return kind in MEETS or any("granicus" in b or "MediaPlayer" in b for b in beside)


def _kind(link: Element, here: str) -> str | None:
    """The sort of paper behind a link; None when it is no paper's."""
    path = urlsplit(here).path
    if NO_PAPER.search(here.partition("?")[0]):
        return None
    said = kind_of(link.said())
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


def _name(row: Element, order: str) -> str | None:
    """What the meeting is called: the cell marked so, else the first that is more than a day, a length and a
    link's label."""
    marked = (cell.words for cell in row.all(NAME))
    if name := next((w for w in marked if w and not NO_NAME.search(w)), None):
        return name
    for cell in row.all("./td | ./th | ./*"):
        words = cell.words
        if words and not day_in(words, order) and not kind_of(words) and not NO_NAME.search(words):
            if re.search(r"[^\W\d_]{3}", words):
                return words
    return None
