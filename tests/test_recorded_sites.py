"""What is found in recorded answers of real sites, which lie beside the repository."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import urlsplit

import pytest

from pipeline.errors import Gone, NotFetched
from pipeline.sources import Council, Window, source_for
from pipeline.sources.days import day_in
from pipeline.sources.webpage import canonical
from tests.conftest import SHARED

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
