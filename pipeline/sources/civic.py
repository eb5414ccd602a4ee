"""The platforms that civic-scraper covers (CivicPlus, CivicClerk, Granicus, PrimeGov): an optional extra,
`pip install minutebook[civic]`.

civic-scraper asks the site itself, with its own client: its manners, not ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

from pipeline.errors import BadConfig
from pipeline.sources import Ask, Council, Publication, Window

SITES = {
    "civicplus": "CivicPlusSite",
    "civicclerk": "CivicClerkSite",
    "granicus": "GranicusSite",
    "primegov": "PrimeGovSite",
}


def publications(council: Council, window: Window, ask: Ask) -> Iterator[Publication]:
    """Agendas and minutes that civic-scraper finds."""
    del ask
    try:
        platforms: Any = import_module("civic_scraper.platforms")
    except ImportError as error:
        raise BadConfig("platform civic needs civic-scraper: pip install minutebook[civic]") from error
    name = next((cls for key, cls in SITES.items() if key in council.address.lower()), "CivicPlusSite")
    site = getattr(platforms, name)(council.address)
    for asset in site.scrape(start_date=window.since.isoformat(), end_date=window.until.isoformat()):
        when: Any = getattr(asset, "meeting_date", None)
        day: date | None = when.date() if hasattr(when, "date") else when if isinstance(when, date) else None
        if council.wants(asset.committee_name):
            yield Publication(
                asset.url, council.name, asset.committee_name, day, asset.asset_type, asset.asset_name
            )
