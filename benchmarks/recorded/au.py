"""Recordings of Australian councils' sites, with the agendas and minutes that another project's scraper found
in the same answers (../shared/recordings/au-recorded)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks.recorded import Answer, Recording, There, key_of
from pipeline.errors import Gone
from pipeline.sources.days import day_in

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


def recordings(shared: Path) -> Iterator[Recording]:
    """All of them."""
    folder = shared / "recordings" / "au-recorded"
    for name, platform in SITES.items() if folder.is_dir() else ():
        replayed = json.loads((folder / f"{name}-replay_data.json").read_text("utf-8"))
        asked = [e for e in replayed if e[0][0] in ("requests", "selenium") and isinstance(e[1], str)]
        pages = {_page(call[1]): text for call, text in asked}
        rows = json.loads((folder / f"{name}-result.json").read_text("utf-8"))
        there = {t.key: t for t in _there(rows if isinstance(rows, list) else [rows])}
        address = _address(platform, asked[0][0][1], pages)
        yield Recording(platform, name, address, _answer(pages), list(there.values()))


def _page(url: str) -> str:
    """The same for addresses of the same page."""
    return key_of(url).replace("/?", "?")


def _answer(pages: dict[str, str]) -> Answer:
    def answer(url: str) -> str:
        if _page(url) in pages:
            return pages[_page(url)]
        raise Gone(f"{url}: status 404: not recorded")

    return answer


def _there(rows: list[dict[str, Any]]) -> Iterator[There]:
    for row in rows:
        day = day_in(row["date"])
        for kind in ("agenda", "minutes"):
            if url := row.get(f"{kind}_url"):
                # the scraper knows two sorts; the file's name says what is a supplement
                yield There(url, day, "supplement" if re.search(r"_SUP(?:[_.]|$)", url) else kind)
        if not row.get("agenda_url") and not row.get("minutes_url") and row.get("download_url"):
            yield There(row["download_url"], day, "agenda")


def _address(platform: str, first: str, pages: dict[str, str]) -> str:
    """What an operator would name: of pages a year the newest that was there."""
    if platform == "infocouncil":
        return f"https://{urlsplit(first).netloc}/"
    if platform == "docassembler":
        return f"https://docspublished.com.au/CityofParramatta#{first.rsplit('/', 1)[-1]}"
    year = _page(first)[:-4]
    newest = next(
        (url for url in sorted(pages, reverse=True) if year in url and len(pages[url]) > 1000), None
    )
    return f"https://www.{newest}" if newest else first
