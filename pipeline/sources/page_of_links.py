"""Any council's own site, from a page of links. Pages that speak of meetings are followed, PDFs taken by the
words of their links; day, body and sort are those that the words, the row and the headings over them say."""

from __future__ import annotations

import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.errors import Forbidden, Gone, NotFetched, Unreachable
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in_year, days_in
from pipeline.sources.headings import headings_over
from pipeline.sources.webpage import Link, Page, words_of

log = logging.getLogger("minutebook")
PAGES = 60
"""Pages of a site that are asked for in a night at most."""
DEPTH = 2
"""Steps from the address that are followed; the next page of a list is no step."""
SORTS = (
    (r"\bminutes?\b(?! silence)|\bcofnodion\b|\bniederschrift\b", "minutes"),
    (r"\b(?:supplement\w*|late (?:items?|reports?|agenda)|addend(?:um|a)|to be tabled)\b", "supplement"),
    (
        r"\b(?:agenda (?:pack|and reports)|(?:reports?|document|public) packs?|business papers?)\b",
        "agenda_pack",
    ),
    (r"\b(?:agendas?|summons|notice of meeting|order of business|order paper|tagesordnung)\b", "agenda"),
    (r"\bdecision (?:notice|list|sheet|record)s?\b|\bdecisions\b", "decisions"),
)
ATTACHED = re.compile(r"\b(?:attachments?|appendi(?:x|ces)|annex(?:e|es)?|enclosures?)\b", re.I)
SPEAKS = re.compile(r"\bagendas?\b|\bminutes\b|\bbusiness.?papers?\b|\bcouncil.?papers\b|\bcofnodion\b", re.I)
MEETS = re.compile(r"meetings?|committees?|panel|board|cabinet|\b(?:19|20)\d\d\b|archive", re.I)
NEXT = re.compile(r"\b(?:next|older|previous|earlier|more|page \d+)\b|^\d{1,3}$|[›»]", re.I)
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
PAGED = re.compile(r"[?&](?:page|p|pg|start|offset|_?pagi\w*)=\d+|/page/\d+", re.I)
FILE = re.compile(r"\.(\w{2,5})$")
LIKE_PAGES = {"aspx", "asp", "html", "htm", "php", "jsp", "cfm"}
HANDED_OUT = re.compile(r"/(?:downloads?|file|document|getfile|attachment)s?(?:/|\.a[sx]\w+|$)", re.I)
"""What PDFs are handed out by, where the address has no ending."""
SIZE = re.compile(
    r"\s*[(\[]?\b(?:pdf|docx?|size)?\W{0,3}[\d.,]+\s*[KMG]i?B\b[)\]]?|\s*[(\[]pdf[)\]]|\s*\bpdf$", re.I
)
BODY = re.compile(
    r"\b((?:[A-Z][\w'’.-]+|of|and|the|for|&)(?: (?:[A-Z][\w'’.-]+|of|and|the|for|&))*? )?"
    r"(Council|(?:Sub-?)?[Cc]ommittee|Panel|Board|Cabinet|Executive|Forum|Commission|Authority|Assembly|Tribunal)\b"
)
NO_BODY = re.compile(
    r"\b(?:agendas?|minutes|attachments?|download|document|final|draft|confirmed|unconfirmed|late|pdf|for|of|the|and)\b",
    re.I,
)
FROM_BEFORE = re.compile(r"\b(?:adjourned|deferred|postponed|resumed|continued|held over) from\b.*$", re.I)
"""Words after which a day is that of an earlier meeting."""
RECORD = re.compile(r"^(https?://[^/:]+)(?::\d+)?(/CMServiceAPI/Record/\d+/file/)(?:html|document)$", re.I)
"""Content Manager shows a record as a page at …/html, hands out its file at …/document, on whichever port."""
AMERICAN = re.compile(r"\.(?:gov|us|mil)$")


@dataclass
class _Crawl:
    """What is to be asked for and what was found so far; `guesses` are pages that nothing leads to."""

    council: Council
    window: Window
    waiting: deque[tuple[str, int]]
    known: set[str]
    guesses: list[str]
    papers: set[str] = field(default_factory=lambda: set[str]())

    def addresses(self) -> Iterator[tuple[str, int]]:
        """What waits, in order, as far as a night may go."""
        for _ in range(PAGES):
            if not self.waiting:
                self.waiting.extend((url, DEPTH) for url in self.guesses if url not in self.known)
                self.guesses = [url for url in self.guesses if url not in self.known]
                self.known.update(self.guesses)
            if not self.waiting:
                return
            yield self.waiting.popleft()


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The PDFs of the address and of the pages that it leads to; where it names a year, of the same page for
    the window's other years."""
    home = council.address
    crawl = _Crawl(council, window, deque([(home, 0)]), {home}, list(_other_years(home, window)))

    def of_page(place: tuple[str, int]) -> Iterator[Publication]:
        url, depth = place
        try:
            page = Page(ask(url), url)
        except NotFetched as error:
            dead = isinstance(error, Gone | Forbidden) and url != home
            if isinstance(error, Unreachable) or not (dead or url in crawl.guesses):
                raise
            log.info("%s: %s leads nowhere: %s", council.name, url, error)
            return
        found = [(link, p) for link in page.links if (p := _paper(council, page, link))]
        new = [p for _, p in found if p.url not in crawl.papers]
        further = _further(crawl, page, {link.url for link, _ in found}, depth, bool(new))
        if url == home and not found and not further:
            raise page.refuse(council, "a list of papers")
        crawl.waiting.extend(further)
        for p in new:
            if p.url not in crawl.papers:
                crawl.papers.add(p.url)
                if window.holds(p.meeting_date) and council.wants(p.committee):
                    yield p

    yield from going_on(council, crawl.addresses(), of_page)
    if crawl.waiting:
        raise NotFetched(
            f"{council.name}: {home} leads to more pages than the {PAGES} asked for: name one nearer "
            "to the papers, or words of the pages to be followed (follow)"
        )
    if not crawl.papers:
        raise NotFetched(
            f"{council.name}: neither {home} nor the pages that it leads to have a PDF whose words say "
            "agenda or minutes: name a page nearer to them, or words of the pages to be followed (follow)"
        )


# --- which pages ---


def _other_years(address: str, window: Window) -> Iterator[str]:
    """The address with each other year of the window instead of the one that the end of its path names."""
    head, slash, last = address.rstrip("/").rpartition("/")
    named = YEAR.search(last)
    latest = min(window.until.year, date.today().year + 1)
    for year in range(latest, max(window.since.year, latest - PAGES) - 1, -1) if named else ():
        if named and str(year) != named[0]:
            yield head + slash + last[: named.start()] + str(year) + last[named.end() :]


def _further(crawl: _Crawl, page: Page, papers: set[str], depth: int, new: bool) -> list[tuple[str, int]]:
    """The pages that a page leads to, with their depth. A page that gives nothing new is not paged on."""
    found: list[tuple[str, int]] = []
    start = urlsplit(crawl.council.address)
    for link in page.links:
        if link.url in crawl.known or link.url in papers or urlsplit(link.url).netloc != start.netloc:
            continue
        ending = FILE.search(urlsplit(link.url).path)
        if ending and ending[1].lower() not in LIKE_PAGES:
            continue
        again = urlsplit(link.url).path == urlsplit(page.url).path
        paged = again and bool(PAGED.search(link.url))
        if again and not paged and not YEAR.search(urlsplit(link.url).query):
            continue
        if paged and not (new and NEXT.search(f"{link.words} {link.hint}")):
            continue
        if paged or (depth < DEPTH and _speaks(crawl, link)):
            crawl.known.add(link.url)
            found.append((link.url, depth if paged else depth + 1))
    return found


def _speaks(crawl: _Crawl, link: Link) -> bool:
    """Whether a link leads to papers: by the operator's words, else by ours; never to other years."""
    path = unquote(urlsplit(link.url).path).strip("/").replace("-", " ").replace("_", " ")
    said = f"{path} {link.words} {link.hint}"
    if crawl.council.follow:
        return any(word.lower() in f"{link.url} {said}".lower() for word in crawl.council.follow)
    home = urlsplit(crawl.council.address).path.rsplit(".", 1)[0].rstrip("/").lower()
    beneath = urlsplit(link.url).path.lower().startswith((home + "/", home.rpartition("/")[0] + "/")) and home
    last = f"{path.rsplit('/', 1)[-1]} {link.words}"
    years = {int(y) for y in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", last)}
    if years and not any(crawl.window.since.year <= y <= crawl.window.until.year for y in years):
        return False
    if beneath:
        return bool(SPEAKS.search(last) or MEETS.search(last))
    return bool(SPEAKS.search(last)) or (bool(years) and bool(MEETS.search(re.sub(r"\d{4}", "", last))))


# --- which papers ---


def _paper(council: Council, page: Page, link: Link) -> Publication | None:
    """A link to a PDF of a meeting as a publication; None for any other link."""
    url = RECORD.sub(r"\1\2document", link.url)
    name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
    ending = FILE.search(name)
    is_pdf = bool(ending and ending[1].lower() == "pdf")
    own = f"{link.words} {link.hint}"
    if not is_pdf and (ending and ending[1].lower() not in LIKE_PAGES):
        return None
    if not is_pdf and (not _handed_out(link, url) or re.search(r"\b(?:docx?|word|xlsx?|html?)\b", own, re.I)):
        return None
    over = headings_over(page, link)
    kind = _kind(link, name, over)
    day = _day(link, name, over, kind, urlsplit(page.url))
    if kind is None or (kind in ("report", "supplement") and day is None):
        return None
    title = SIZE.sub("", link.words).strip(" -–:") or name
    return Publication(url, council.name, _body(link, over, page), day, kind, title)


def _handed_out(link: Link, url: str) -> bool:
    classes = " ".join(
        e.get("class") or "" for e in (link.element, link.element.getparent()) if e is not None
    )
    said = f"{link.words} {link.hint} {(link.element.tail or '')[:30]} {classes}"
    return bool(HANDED_OUT.search(urlsplit(url).path) or re.search(r"\bpdf\b", said, re.I))


def _plain(name: str) -> str:
    return re.sub(r"[-_+]+", " ", FILE.sub("", name))


def _kind(link: Link, name: str, over: tuple[str, ...]) -> str | None:
    """The sort of a paper: by its own words, else by its file's name, its column or the headings. What hangs
    on a meeting and says none of it is a report."""
    for text in (link.words, link.hint, _plain(name)):
        if found := _sort(text):
            return found
    column = _column(link)
    if found := _sort(column):
        return found
    if any(next(days_in(text), None) for text in over):
        return "report" if re.search(r"\w{3}", link.words) else None
    return next((found for text in over if (found := _sort(text))), None)


def _sort(text: str) -> str | None:
    """The sort that comes first in the words; "agenda and minutes" says none."""
    found = [(m.start(), kind) for look, kind in SORTS if (m := re.search(look, text, re.I))]
    kinds = {k for _, k in found}
    attached = ATTACHED.search(text)
    if attached and (not found or attached.start() < min(found)[0]):
        return "supplement"
    if not found or (
        {"agenda", "minutes"} <= kinds and re.search(r"agendas? (?:and|&|/) minutes", text, re.I)
    ):
        return None
    if "supplement" in kinds:
        return "supplement"
    return min(found)[1]


def _column(link: Link) -> str:
    """What stands over a link's column."""
    cell: Any = link.within(("td",))
    table: Any = link.within(("table",))
    if cell is None or table is None:
        return ""
    place = len(list(cell.itersiblings("td", "th", preceding=True)))
    for row in table.iter("tr"):
        heads = row.findall("th")
        if len(heads) > place:
            return words_of(heads[place])
        if heads:
            break
    return ""


def _day(link: Link, name: str, over: tuple[str, ...], kind: str | None, place: Any) -> date | None:
    """The day of the meeting. Agendas and minutes name it themselves, or their file does, or their row; what
    is attached may name any day, and the heading's is believed first."""
    american = bool(AMERICAN.search(place.hostname or ""))
    row = link.within(("tr",)) if link.within(("tr",)) is not None else link.within(("li", "dd"))
    beside = _without_links(row, link) if row is not None else ""
    own = (link.words, link.hint, _plain(name))
    if kind in ("agenda", "minutes", "agenda_pack", "decisions"):
        return _named_day((*own, beside, *over), place, american)
    around = (beside.replace(link.words, " ", 1), *over)
    return _named_day(around, place, american) or _named_day(own, place, american)


def _named_day(texts: tuple[str, ...], place: Any, american: bool) -> date | None:
    """The first day that the texts name; one without a year is of that which they or the address name."""
    days = [n.day for t in texts if (n := next(days_in(FROM_BEFORE.sub("", t), month_first=american), None))]
    if days:
        # a slip of the pen: the words name another year than the file and the heading
        others = [d for d in days if (d.month, d.day) == (days[0].month, days[0].day) and d != days[0]]
        return others[0] if len(others) > 1 and len(set(others)) == 1 else days[0]
    year = next((int(y) for t in (*texts, place.path) for y in YEAR.findall(t)), None)
    return next((day for t in texts if (day := day_in_year(t, year))), None) if year else None


def _without_links(row: Any, link: Link) -> str:
    """The words of a row that are not another link's."""
    said = words_of(row)
    for a in row.iter("a"):
        if a is not link.element and words_of(a):
            said = said.replace(words_of(a), " ", 1)
    return said if len(said) < 1000 else ""


def _body(link: Link, over: tuple[str, ...], page: Page) -> str | None:
    """The body that meets: named by the link, else by the headings from the nearest on, else by the page."""
    heads = [words_of(h) for h in page.root.iter("h1")]
    for text in (SIZE.sub("", link.words), *over, *heads, page.title):
        for m in BODY.finditer(text):
            before = NO_BODY.sub(" ", m[1] or "")
            words = [w for w in before.split() if not re.fullmatch(r"[\W\d]+", w) and not _is_day(w)]
            return " ".join([*words, m[2]])
    return None


@lru_cache(maxsize=256)
def _is_day(word: str) -> bool:
    return bool(re.fullmatch(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|\d+\w*", word, re.I)) or bool(
        day_in_year(f"1 {word}", 2000)
    )
