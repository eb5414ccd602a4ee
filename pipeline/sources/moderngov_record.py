"""What modern.gov's own pages record of a meeting: attendance, and how each member voted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from pipeline.errors import NotFetched, Unreachable
from pipeline.sources import Ask
from pipeline.sources.webpage import Link, Page, words_of

ATTENDANCE = re.compile(r"/mgMeetingAttendance\.aspx\?", re.I)
VOTES = re.compile(r"/mgListRecordedVotes(?:Short)?\.aspx\?", re.I)
CHOICES = re.compile(
    r"for|against|abstain(?:ed)?|abstention|no vote recorded|absent|conflict.*|did not vote", re.I
)
PASSED = re.compile(r"\b(carried|rejected|lost|not carried|agreed|approved|fell|withdrawn)\b", re.I)


def record_of(links: list[Link], day: date | None, ask: Ask, known: dict[str, Any]) -> dict[str, Any]:
    """Attendance and recorded votes of a meeting that was held, as the witness wants them, added to what is
    `known`. A page that is not there takes nothing from the papers."""
    if day is None or day > date.today():
        return known
    attendance: list[dict[str, str]] = []
    motions: list[dict[str, Any]] = []
    for url in dict.fromkeys(link.url for link in links):
        if not VOTES.search(url) and not (ATTENDANCE.search(url) and "attendance" not in known):
            continue
        try:
            page = Page(ask(url), url)
        except Unreachable:
            raise
        except NotFetched:
            continue
        if ATTENDANCE.search(url):
            attendance += attendance_in(page)
        else:
            motions += votes_in(page)
    found: dict[str, Any] = {"attendance": attendance, "motions": motions}
    return known | {k: v for k, v in found.items() if v}


def attendance_in(page: Page) -> Iterator[dict[str, str]]:
    """Each row of the table of attendees: name, role, attendance."""
    for table in page.root.iter("table"):
        rows = [[words_of(c) for c in row.iter("td", "th")] for row in table.iter("tr")]
        heads = [[w.lower() for w in row] for row in rows]
        head = next((i for i, row in enumerate(heads) if "attendance" in row or "presenoldeb" in row), None)
        if head is None:
            continue
        how = next(i for i, w in enumerate(heads[head]) if w in ("attendance", "presenoldeb"))
        role = next((i for i, w in enumerate(heads[head]) if w in ("role", "rôl", "position")), None)
        for row in rows[head + 1 :]:
            if len(row) > how and row[0] and row[how]:
                told = row[role] if role is not None and len(row) > role else ""
                yield {"name": row[0], "attendance": row[how], "role": told}


def votes_in(page: Page) -> Iterator[dict[str, Any]]:
    """Each table of members' choices, under the heading that says what was voted on. The name's cell may hold
    the choice's within it."""
    for table in page.root.iter("table"):
        votes: list[dict[str, str]] = []
        for row in table.iter("tr"):
            cells = list(row.iter("td"))
            choice = words_of(cells[-1]) if len(cells) > 1 else ""
            if CHOICES.fullmatch(choice):
                name = words_of(cells[0]).removesuffix(choice).strip()
                votes.append({"name": name, "choice": choice})
        if votes:
            title, outcome = _headed(table)
            yield {"title": title, "passed": outcome, "votes": votes}


def _headed(table: Any) -> tuple[str | None, str | None]:
    """The nearest heading before a table, and what is said between of how the vote ended."""
    between = ""
    for e in table.xpath("preceding::*[self::h2 or self::h3 or self::h4 or self::p or self::caption]")[::-1]:
        if e.tag in ("h2", "h3", "h4"):
            outcome = PASSED.search(f"{words_of(e)} {between}")
            return words_of(e).rstrip(":") or None, outcome[1].lower() if outcome else None
        between = f"{words_of(e)} {between}"
    return None, None
