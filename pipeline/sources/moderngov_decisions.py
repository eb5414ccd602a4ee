"""modern.gov's register of decisions: what cabinet members and officers decided between meetings."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from pipeline.errors import NotFetched
from pipeline.sources import Ask, Council, Publication, Window
from pipeline.sources.careful import going_on
from pipeline.sources.days import day_in
from pipeline.sources.moderngov_papers import is_paper, kind_of, paper_key
from pipeline.sources.webpage import Link, Page, words_of

log = logging.getLogger("minutebook")
DETAILS = re.compile(r"/ieDecisionDetails\.aspx\?", re.I)
LABELS = {
    "decision maker": "decision_maker",
    "decision status": "status",
    "is key decision?": "key",
    "is subject to call in?": "call_in",
    "publication date": "published",
    "date of decision": "decided",
    "decided at meeting": "meeting",
}


def decisions(
    council: Council, base: str, window: Window, ask: Ask, seen: set[tuple[str, ...]]
) -> Iterator[Publication]:
    """The papers of decisions of the window that were not seen with a meeting. A site without a register has
    none."""
    span = quote(f"{window.since:%d/%m/%Y}-{window.until:%d/%m/%Y}", "")
    url = f"{base}mgDelegatedDecisions.aspx?bcr=1&DM=0&DS=2&K=0&DR={span}&V=0"
    try:
        page = Page(ask(url), url)
    except NotFetched as error:
        log.info("%s: no register of decisions: %s", council.name, error)
        return
    yield from going_on(council, listed(page, window), lambda link: papers_of(council, link.url, ask, seen))


def listed(page: Page, window: Window) -> list[Link]:
    """The register's links to decisions whose day lies in the window."""
    found: dict[str, Link] = {}
    for link in page.links:
        row = link.within(("tr", "li"))
        # the title may name a day of its own: only what stands beside it is the register's
        beside = words_of(row).replace(link.words, " ") if row is not None else ""
        if DETAILS.search(link.url) and window.holds(day_in(beside)):
            found.setdefault(link.url, link)
    return list(found.values())


def papers_of(council: Council, url: str, ask: Ask, seen: set[tuple[str, ...]]) -> Iterator[Publication]:
    """The papers of a decision, with what its page says of it; the page itself where it has none."""
    page = Page(ask(url), url)
    said = details_in(page)
    if not said:
        raise page.refuse(council, "modern.gov")
    day, body = body_and_day(said)
    if not council.wants(body):
        return
    knows = {"decision": said, "source": url}
    papers = [link for link in page.links if is_paper(link.url)]
    if not papers:
        yield Publication(url, council.name, body, day, "decisions", said.get("title"), None, knows, "html")
    for link in papers:
        if paper_key(link.url) not in seen:
            seen.add(paper_key(link.url))
            words = re.sub(r"\s*PDF [\d.,]+ [KMG]?B$", "", link.words)
            kind = kind_of(link.url, words)
            yield Publication(link.url, council.name, body, day, kind, words, None, knows)


def details_in(page: Page) -> dict[str, Any]:
    """What a decision's page says under its labels, its title and its words."""
    found: dict[str, Any] = {}
    for label in page.root.xpath("//*[contains(@class, 'mgLabel')]"):
        key = LABELS.get(words_of(label).rstrip(": ").lower())
        if key:
            found.setdefault(key, words_of(label.getparent()).removeprefix(words_of(label)).strip(" :"))
    for key, look in (("title", "mgSubTitleTxt"), ("text", "mgWordPara")):
        parts = [words_of(e) for e in page.root.xpath(f"//*[contains(@class, '{look}')]")]
        if found and parts:
            found[key] = " ".join(parts)
    return found


def body_and_day(said: dict[str, Any]) -> tuple[date | None, str | None]:
    """Who decided and when: the meeting that it was decided at, else the decision maker."""
    day, meeting = day_in(said.get("decided", "")), said.get("meeting", "")
    body = meeting.rpartition(" - ")[2] if " - " in meeting else said.get("decision_maker")
    return day_in(meeting) or day, body or None
