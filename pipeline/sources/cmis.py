"""CMIS (Civica's older system): a calendar of meetings by month, each meeting's page with its documents.

Told by addresses such as /tabid/70/ctl/ViewMeetingPublic/mid/397/Meeting/15042/ and by Document.ashx.
The calendar that runs without a browser (MeetingCalendarPublicNoJava) shows any month; the list view shows
this month only and is read where no link says how the calendar is reached.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import NotFetched
from pipeline.sources import CANCELLED, Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import MONTHS, day_in, days_in
from pipeline.sources.webpage import Link, Page, words_of
from pipeline.sources.words import is_off, kind_of

log = logging.getLogger("minutebook")
MEETING = re.compile(
    r"/ctl/ViewMeetingPublic/mid/\d+/Meeting/(?P<meeting>\d+)(?:/Committee/(?P<committee>\d+))?", re.I
)
VIEW = re.compile(r"^(?P<site>.*/tabid/\d+)/ctl/\w+/(?P<mid>mid/\d+)/", re.I)
"""An address of any view of the calendar: the rest is the same for every other view."""
CALENDAR = re.compile(r"/(?:Calendar\w*|Meetings?(?:Calendar)?)(?:\.aspx|/tabid/\d+/Default\.aspx)$", re.I)
MODULE = re.compile(r"ctr(\d+)[$_]MeetingCalendarPublic", re.I)
MARK = re.compile(r"ViewMeetingPublic|MeetingCalendarPublic|ModCMIS|CMIS_|Document\.ashx|/tabid/\d+", re.I)
FIRST = date(2000, 1, 1)
TIME = re.compile(r"^[\s\-–:]*(?:\d{1,2}[:.]\d\d\s*(?:am|pm)?)?[\s\-–:]*", re.I)
PAPER = re.compile(r"/Document\.ashx$", re.I)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as the calendar names it; `before` is the day of the committee's last one before it."""

    url: str
    committee: str
    day: date | None
    before: date | None = None


def bodies(council: Council, ask: Ask) -> list[tuple[str, str]]:
    """(number, name) of each committee that meets about now."""
    found: dict[str, str] = {}
    for m in _listed(_opening(council, ask)):
        number = MEETING.search(m.url)
        found.setdefault((number and number["committee"]) or "", m.committee)
    return list(found.items())


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """The documents of every meeting in the window."""
    page = _opening(council, ask)
    view = next((m for link in page.links if (m := VIEW.search(link.url))), None)
    meetings = dict[str, Meeting]()

    def of_month(month: date) -> Iterator[Publication]:
        url = (
            f"{view['site']}/ctl/MeetingCalendarPublicNoJava/{view['mid']}/Date/{month}/Default.aspx"
            if view
            else ""
        )
        shown = Page(ask(url), url) if view else page
        if not MARK.search(shown.text):
            raise shown.refuse(council, "CMIS")
        for m in _listed(shown, month if view else None):
            number = MEETING.search(m.url)
            meetings.setdefault(number["meeting"] if number else m.url, m)
        return iter(())

    def no_meeting() -> Iterator[Publication]:
        raise NotFetched(f"the calendar names no meeting from {window.since} to {window.until}")

    def steps() -> Iterator[Callable[[], Iterator[Publication]]]:
        months = list(_months(window)) if view else [window.since]
        yield from (partial(of_month, month) for month in months)
        if not meetings and window.long:
            yield no_meeting
        yield from (partial(_papers, council, m, ask) for m in _wanted(council, window, meetings))

    yield from going_on(council, steps(), lambda step: step())


def _wanted(council: Council, window: Window, meetings: dict[str, Meeting]) -> list[Meeting]:
    """The meetings that are asked for, with the days of those before them."""
    days = {(m.committee, m.day) for m in meetings.values() if m.day}
    wanted = [m for m in meetings.values() if window.holds(m.day) and council.wants(m.committee)]
    return [
        replace(m, before=max((d for c, d in days if c == m.committee and m.day and d < m.day), default=None))
        for m in wanted
    ]


# --- the calendar ---


def _opening(council: Council, ask: Ask) -> Page:
    """A page that names meetings: the address itself, the calendar that it leads to, or the list view."""
    page = Page(ask(council.address), council.address)
    if not MARK.search(page.text):
        raise page.refuse(council, "CMIS")
    if any(MEETING.search(link.url) for link in page.links):
        return page
    for link in page.links:
        if CALENDAR.search(link.url):
            if urlsplit(link.url).netloc == urlsplit(council.address).netloc and link.url != page.url:
                further = Page(ask(link.url), link.url)
                page = further if MODULE.search(further.text) else page
                break
    if module := MODULE.search(page.text):
        joint = "&" if "?" in page.url else "?"
        url = f"{page.url}{joint}ctl=MeetingCalendarListView&mid={module[1]}"
        return Page(ask(url), url)
    return page


def _months(window: Window) -> Iterator[date]:
    """The first of each month; no calendar goes further back than FIRST or two years ahead."""
    month = max(window.since.replace(day=1), FIRST)
    while month <= min(window.until, date.today() + timedelta(days=730)):
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _listed(page: Page, month: date | None = None) -> Iterator[Meeting]:
    """The meetings of a list ("9 Jul 2026 11:00 - Planning Committee") or of a month's calendar, where the
    row's first cell says "Monday, 8 June", without a year, and the link "10:00 Planning Committee"."""
    for link in page.links:
        if not MEETING.search(link.url):
            continue
        named = next(days_in(link.words), None)
        body = TIME.sub("", link.words[named.end :] if named else link.words)
        day = named.day if named else day_in(link.hint) or _day_of_row(link, month)
        yield Meeting(link.url, body, day)


def _day_of_row(link: Link, month: date | None) -> date | None:
    row = link.within(("tr",))
    said = words_of(row) if row is not None else ""
    if day := day_in(said):
        return day
    m = re.search(rf"(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(MONTHS)})\b", said, re.I)
    if not m or month is None:
        return None
    number = MONTHS[m[2].lower()]
    # the days before and after the month that fill its weeks may be of the neighbouring years
    year = month.year + (number == 1 and month.month == 12) - (number == 12 and month.month == 1)
    try:
        return date(year, number, int(m[1]))
    except ValueError:
        return None


# --- a meeting ---


def _papers(council: Council, meeting: Meeting, ask: Ask) -> Iterator[Publication]:
    page = Page(ask(meeting.url), meeting.url)
    if not MARK.search(page.text) and "DocumentList" not in page.text:
        raise page.refuse(council, "CMIS")
    said = _summary(page)
    day = day_in(said.get("date/time", "")) or day_in(said.get("date", "")) or meeting.day
    body = said.get("committee") or meeting.committee
    knows = {"status": said["status"].lower()} if said.get("status") else {}
    if is_off(said.get("status")):
        log.info("%s: %s of %s is cancelled", council.name, body, day)
        knows = dict(CANCELLED)
    for link in page.links:
        if PAPER.search(urlsplit(link.url).path) and link.words:
            kind = kind_of(link.words) or "report"
            own, of = _day_of(link.words, kind, day, meeting.before)
            yield Publication(
                link.url,
                council.name,
                body,
                of,
                kind,
                link.words,
                None,
                knows if own else {},
            )


def _summary(page: Page) -> dict[str, str]:
    """What the meeting's page says under its labels; a value's class says nothing, its label does."""
    found: dict[str, str] = {}
    for label in page.root.xpath("//*[contains(@class, 'DNNLabel')]"):
        value: Any = label.getnext()
        key = words_of(label).rstrip(": ").lower()
        if value is not None and key:
            found.setdefault(key, words_of(value))
    return found


def _day_of(title: str, kind: str, day: date | None, before: date | None) -> tuple[bool, date | None]:
    """Whether a paper is of the meeting's own day, and of what day it is. Minutes of the last meeting hang on
    the next: "Final Planning Minutes 16042026"."""
    if kind != "minutes":
        return True, day
    named = day_in(title)
    if named and day and named < day:
        return False, named
    return (False, before) if re.search(r"\b(?:previous|last)\b", title, re.I) else (True, day)
