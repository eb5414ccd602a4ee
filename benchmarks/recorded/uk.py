"""Recordings of platforms of the United Kingdom (../shared/recordings): modern.gov's pages, service and
register of decisions, CMIS. Lists that were not recorded are set; of other pages that were not it is told."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from benchmarks.recorded import Answer, Recording, There, absolute, plain
from pipeline.errors import Gone

KINGSTON = "https://moderngov.kingston.gov.uk/"
BODIES = '<p class="mgContent"><a href="mgCommitteeDetails.aspx?ID=711">North Kingston Committee</a></p>'
LIST = '<p class="mgContent"><a href="ieListDocuments.aspx?CId=711&amp;MId=1">{}</a></p>'
OF_MEETING = {"0": "agenda", "1": "minutes", "2": "decisions", "9": "supplement", "10": "agenda_pack"}
"""modern.gov's parameter T."""


def recordings(shared: Path) -> Iterator[Recording]:
    """All of them."""
    folder = shared / "recordings"
    for find in (pages, decisions, service, cmis):
        if (folder / find.__name__).is_dir() or (folder / f"moderngov-{find.__name__}").is_dir():
            yield from find(folder)


def _by_part(answers: dict[str, str]) -> Answer:
    """The answer whose key is part of the address; nothing is at any other."""

    def answer(url: str) -> str:
        for part, text in answers.items():
            if part in url:
                return text
        raise Gone(f"{url}: status 404: not recorded")

    return answer


def pages(folder: Path) -> Iterator[Recording]:
    """Meetings' pages behind the site's own lists, and one of which no list was recorded."""
    recorded = {
        p.stem.partition("__")[2]: p.read_text("utf-8") for p in folder.glob("moderngov-pages/*.html")
    }
    answers = {
        "mgListCommittees": recorded["CommitteeStructure"],
        "CommitteeId=711": recorded["BrowseMeetings"],
        "MId=10161": recorded["Agenda_412"],
        "MId=10221": recorded["Agenda_151"],
    }
    there = [t for name in ("Agenda_412", "Agenda_151") for t in _of_meeting(recorded[name])]
    only = {"committees": ["North Kingston"]}
    remark = "the pages of two meetings were recorded"
    yield Recording("moderngov-pages", "kingston", KINGSTON, _by_part(answers), there, remark, only)
    alone = recorded["Agenda_Irrelevant"]
    answers = {"mgListCommittees": BODIES, "ieListMeetings": LIST.format("18 Nov 2025"), "MId=1": alone}
    there = list(_of_meeting(alone))
    yield Recording("moderngov-pages", "kingston-one", KINGSTON, _by_part(answers), there, "lists are set")


def _of_meeting(text: str) -> Iterator[There]:
    """A meeting's papers: those of the whole meeting by their parameter T, packs that are still to be chosen,
    and what hangs on items, of which minutes are of a day that the page need not tell."""
    told = re.search(r"<title>[^<]* (\d{1,2} \w+ \d{4}),", text)
    day = datetime.strptime(told[1], "%d %B %Y").date() if told else None
    for href in dict.fromkeys(re.findall(r'href="(documents/[^"]+|mgChooseDocPack[^"]+)"', text)):
        url, kind = absolute(KINGSTON, href), re.search(r"\?T=(\d+)", href)
        if "ChooseDocPack" in href:
            yield There(url, day, "supplement" if "SID=" in href else "agenda_pack")
        elif kind:
            yield There(url, day, OF_MEETING.get(kind[1]))
        else:
            minutes = "minutes" in href.lower()
            yield There(url, None if minutes else day, "minutes" if minutes else "report")


def decisions(folder: Path) -> Iterator[Recording]:
    """The register and the page of a decision."""
    recorded = {p.stem: p.read_text("utf-8") for p in folder.glob("moderngov-decisions/*.html")}
    answers = {
        "mgListCommittees": BODIES,
        "ieListMeetings": LIST.format("1 Jan 2025"),
        "MId=1": '<div id="modgov">No papers</div>',
        "mgDelegatedDecisions": recorded["modgov_decisions_list"],
        "ieDecisionDetails.aspx?ID=13567": recorded["modgov_decision_detail"],
    }
    found = re.findall(r'href="(documents/[^"]+)"', recorded["modgov_decision_detail"])
    there = [There(absolute(KINGSTON, href), None, None) for href in found]
    yield Recording("moderngov-pages", "decisions", KINGSTON, _by_part(answers), there, "lists are set")


def service(folder: Path) -> Iterator[Recording]:
    """The web service: every document that hangs on an item."""
    recorded = {p.stem: p.read_text("utf-8") for p in folder.glob("moderngov-service/*.xml")}
    answers = {
        "GetCommittees": recorded["committees"],
        "GetMeetings?lCommitteeId=144": recorded["meetings"],
        "lMeetingId=4966": recorded["meeting_no_minutes"],
        "lMeetingId=4967": recorded["meeting_with_minutes"],
    }
    there: list[There] = []
    for text in recorded.values():
        told = re.search(r"<meetingdate>(\d\d)/(\d\d)/(\d{4})", text)
        day = date(int(told[3]), int(told[2]), int(told[1])) if told else None
        for title, url in re.findall(r"<title>([^<]+)</title>\s*<isurl>.*?<url>([^<]+)</url>", text, re.S):
            minutes = "minutes" in title.lower()
            there.append(There(url, None if minutes else day, "minutes" if minutes else "report"))
    address, only = "https://democracy.manchester.gov.uk/", {"committees": ["Audit"]}
    yield Recording(
        "moderngov", "manchester", address, _by_part(answers), there, "meetings' pages are not recorded", only
    )


def cmis(folder: Path) -> Iterator[Recording]:
    """The calendar of one month and two meetings' pages: every document, its sort by its name."""
    recorded = {p.stem: p.read_text("utf-8") for p in folder.glob("cmis/*.html")}
    answers = {
        "ListView": recorded["cmis_listview"],
        "Meetings.aspx": recorded["cmis_base"],
        "Date/2026-06-01": recorded["cmis_calendar_month"],
        "Meeting/15028": recorded["cmis_meeting_summary"],
        "Meeting/15099": recorded["cmis_detail_with_minutes"],
    }
    there: list[There] = []
    for name in ("cmis_meeting_summary", "cmis_detail_with_minutes"):
        for href, words in re.findall(
            r'href="([^"]*Document\.ashx[^"]*)"[^>]*>(.*?)</a>', recorded[name], re.S
        ):
            words = plain(words).lower()
            kind = "minutes" if "minutes" in words else "agenda_pack" if "agenda reports" in words else None
            told = re.search(r"(\d\d)(\d\d)(\d{4})$", words)
            day = date(int(told[3]), int(told[2]), int(told[1])) if told else None
            there.append(There(absolute("https://birmingham.cmis.uk.com/", html.unescape(href)), day, kind))
    address = "https://birmingham.cmis.uk.com/birmingham/Meetings.aspx"
    yield Recording("cmis", "birmingham", address, _by_part(answers), there, "other months are not recorded")
