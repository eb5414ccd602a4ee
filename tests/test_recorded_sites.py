"""What is found in recorded answers of real sites, which lie beside the repository."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import urlsplit

import pytest

from pipeline.errors import Gone, NotFetched
from pipeline.sources import Council, Window, source_for
from pipeline.sources.days import day_in
from pipeline.sources.moderngov_pages import Meeting, papers_of
from pipeline.sources.webpage import canonical
from tests.conftest import SHARED
from tests.played import read

AUSTRALIA = SHARED / "recordings" / "au-recorded"
SITES = {
    "burwood": "infocouncil",
    "cumberland": "infocouncil",
    "georges_river": "infocouncil",
    "kuringgai": "infocouncil",
    "lane_cove": "infocouncil",
    "penrith_city": "infocouncil",
    "randwick": "infocouncil",
    "whitehorse": "infocouncil",
    "parramatta": "docassembler",
    "bayside_vic": "page",
    "brimbank": "page",
    "campbelltown": "page",
    "canada_bay": "page",
    "darebin": "page",
    "merri_bek": "page",
}
ALWAYS = Window(date(2000, 1, 1), date(2030, 1, 1))

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not AUSTRALIA.is_dir(), reason="no recordings beside the repository"),
]


def key(url: str) -> str:
    """The same for addresses of the same page or paper."""
    return (canonical("https://x.example/", url) or url).replace("/?", "?").rstrip("/").lower()


def pages_of(name: str) -> dict[str, str]:
    recorded = json.loads((AUSTRALIA / f"{name}-replay_data.json").read_text("utf-8"))
    return {
        key(e[0][1]): e[1] for e in recorded if e[0][0] in ("requests", "selenium") and isinstance(e[1], str)
    }


def expected_of(name: str) -> dict[str, tuple[date | None, str]]:
    """Agendas and minutes that another project's scraper found in the same answers: day and sort of each."""
    rows = json.loads((AUSTRALIA / f"{name}-result.json").read_text("utf-8"))
    out: dict[str, tuple[date | None, str]] = {}
    for row in rows if isinstance(rows, list) else [rows]:
        for sort in ("agenda", "minutes"):
            if row.get(f"{sort}_url"):
                out.setdefault(key(row[f"{sort}_url"]), (day_in(row["date"] or ""), sort))
        if not row.get("agenda_url") and not row.get("minutes_url") and row.get("download_url"):
            out[key(row["download_url"])] = (day_in(row["date"]), "agenda")
    return out


def address_of(name: str, pages: dict[str, str]) -> str:
    recorded = json.loads((AUSTRALIA / f"{name}-replay_data.json").read_text("utf-8"))
    first = next(e[0][1] for e in recorded if e[0][0] in ("requests", "selenium"))
    if SITES[name] == "infocouncil":
        return f"https://{urlsplit(first).netloc}/"
    if SITES[name] == "docassembler":
        return f"https://docspublished.com.au/CityofParramatta#{first.rsplit('/', 1)[-1]}"
    # a page a year: the newest that was there
    return next(
        (u for u in sorted(pages, reverse=True) if key(first)[:-4] in u and len(pages[u]) > 1000), first
    )


@pytest.mark.parametrize("name", SITES)
def test_agendas_and_minutes_are_found_with_their_day_and_sort(name):
    pages, expected = pages_of(name), expected_of(name)

    def ask(url: str) -> str:
        if key(url) in pages:
            return pages[key(url)]
        raise Gone(f"{url}: status 404")

    council = Council(name=name, platform=SITES[name], address=address_of(name, pages))
    found: dict[str, tuple[date | None, str | None]] = {}
    try:
        for p in source_for(council).publications(council, ALWAYS, ask):
            assert key(p.url) not in found, "a paper twice"
            found[key(p.url)] = (p.meeting_date, p.kind)
    except NotFetched:
        pass  # pages that were not recorded
    right = [url for url, told in expected.items() if found.get(url) == told]
    assert len(right) >= 0.98 * len(expected) > 0


KINGSTON = SHARED / "recordings" / "moderngov-pages"


@pytest.mark.parametrize(("file", "packs"), [("Agenda_151", 3), ("Agenda_Irrelevant", 0)])
def test_each_paper_of_a_recorded_meeting_is_found(file, packs):
    text = (KINGSTON / f"council_cycle__{file}.html").read_text("utf-8")
    there = set(re.findall(r'href="(documents/[^"]+|mgChooseDocPack[^"]+)"', text))
    meeting = Meeting("711", "Neighbourhood Committee", "1", None)
    council = Council(name="Kingston", platform="moderngov-pages", address="https://moderngov.example/")

    def ask(url: str) -> str:
        if "ieListDocuments" in url:
            return text
        raise Gone(f"{url}: status 404")

    found = list(papers_of(council, "https://moderngov.example/", meeting, ask, set()))
    assert len(found) == len(there) and sum("Choose" in p.url for p in found) == packs
    assert {p.committee for p in found} == {"Kingston and North Kingston Neighbourhood Committee"}
    earlier = [p for p in found if p.meeting_date != found[0].meeting_date]
    assert [p.kind for p in earlier] == ["minutes"] * len(earlier) and len(earlier) <= 1


def test_each_document_of_a_recorded_service_and_of_recorded_cmis_pages_is_found():
    service, cmis = SHARED / "recordings" / "moderngov-service", SHARED / "recordings" / "cmis"
    pages = {
        "GetCommittees": service / "committees.xml",
        "GetMeetings?lCommitteeId=144": service / "meetings.xml",
        "lMeetingId=4966": service / "meeting_no_minutes.xml",
        "lMeetingId=4967": service / "meeting_with_minutes.xml",
        "ListView": cmis / "cmis_listview.html",
        "Meetings.aspx": cmis / "cmis_base.html",
        "Date/2026-06-01": cmis / "cmis_calendar_month.html",
        "Meeting/15028": cmis / "cmis_meeting_summary.html",
        "Meeting/15099": cmis / "cmis_detail_with_minutes.html",
    }
    played = {part: file.read_text("utf-8") for part, file in pages.items()}
    span = Window(date(2026, 1, 1), date(2026, 7, 31))
    found, _ = read("moderngov", played, window=span, committees=["Audit"])
    assert [(p.kind, str(p.meeting_date)) for p in found] == [
        ("minutes", "2025-11-25"),
        ("report", "2026-02-10"),
    ]
    found, _ = read("cmis", played, "https://birmingham.cmis.uk.com/birmingham/Meetings.aspx", window=span)
    assert [(p.kind, str(p.meeting_date)) for p in found] == [
        ("minutes", "None"),
        ("minutes", "2026-04-16"),
        ("agenda_pack", "2026-06-30"),
    ]
