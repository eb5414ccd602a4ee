"""CMIS, InfoCouncil and councils' own pages of links, and what stands in the way of each."""

from __future__ import annotations

import pytest

from pipeline.sources.days import day_in, day_in_year, days_in
from pipeline.sources.webpage import canonical
from tests.played import read

CMIS = "https://marlow.example/marlow/Meetings.aspx"
VIEW = "https://marlow.example/marlow/Meetings/tabid/70/ctl/{}/mid/397/{}"
OPENING = '<input name="dnn$ctr397$MeetingCalendarPublic$x" />'
LISTED = '<p class="MeetingCalendarPublic"><a href="{}">9 Jul 2025 11:00 - Planning Committee</a></p>'
MONTH = (
    '<table class="ModCMIS"><tr><td class="SimpleCalendarDate">Tuesday, 1 July</td><td></td></tr>'
    '<tr><td>Wednesday, 9 July</td><td><a href="{}">11:00 Planning Committee</a></td></tr></table>'
)
DETAIL = (
    '<div class="ModCMIS"><div class="DNNLabel">Committee:</div><div class="Value">Planning Committee</div>'
    '<div class="DNNLabel">Date/Time:</div><div class="Value">9 Jul 2025 - 11:00</div>'
    '<div class="DNNLabel">Status:</div><div class="Value Venue">Scheduled</div><ul>'
    '<li><a class="TitleLink" href="/marlow/Document.ashx?czJK=aB%3d">Agenda Reports - 9th July 2025</a></li>'
    '<li><a class="TitleLink" href="/marlow/Document.ashx?id=2">Planning Minutes 04062025</a></li>'
    '<li><a class="TitleLink" href="/marlow/Document.ashx?id=3">Minutes</a></li></ul></div>'
)


def cmis_site() -> dict[str, str]:
    meeting = VIEW.format("ViewMeetingPublic", "Meeting/15/Committee/4/SelectedTab/Documents/Default.aspx")
    return {
        "MeetingCalendarListView": LISTED.format(meeting),
        "Meetings.aspx": OPENING,
        "Date/2025-07-01": MONTH.format(meeting),
        "MeetingCalendarPublicNoJava": '<table class="ModCMIS"></table>',
        "Meeting/15": DETAIL,
    }


def test_cmis_month_by_month():
    asked: list[str] = []
    found, told = read("cmis", cmis_site(), CMIS, asked=asked)
    assert not told and sum("NoJava" in u for u in asked) == 12
    assert [(p.url.partition("?")[2], p.kind, str(p.meeting_date), p.committee) for p in found] == [
        ("czJK=aB%3d", "agenda_pack", "2025-07-09", "Planning Committee"),
        ("id=2", "minutes", "2025-06-04", "Planning Committee"),
        ("id=3", "minutes", "2025-07-09", "Planning Committee"),
    ]


def test_a_cmis_calendar_that_stays_empty_says_so():
    pages = cmis_site() | {"Date/2025-07-01": '<table class="ModCMIS"></table>'}
    found, told = read("cmis", pages, CMIS)
    assert not found and "names no meeting" in told


INFO = "https://marlow.infocouncil.biz/"
ROW = (
    '<meta name="generator" content="Infocouncil" /><select><option value="2025">2025</option></select>'
    '<table><tr class="bpsGridMenuItem"><td class="bpsGridDate">15 Dec 2025<br />7pm</td>'
    '<td class="bpsGridCommittee">Council Meeting - Supplementary<br /><span>Town Hall</span></td><td>'
    '<a title="Agenda" href="RedirectToDoc.aspx?URL=Open/2025/12/CM_15122025_AGN_WEB.htm">View</a>'
    '<a title="Agenda PDF" href="RedirectToDoc.aspx?URL=Open/2025/12/CM_15122025_AGN_AT_SUP.PDF">PDF</a></td>'
    '<td><a title="Minutes PDF" href="RedirectToDoc.aspx?URL=Open/2025/12/CM_15122025_MIN.PDF">PDF</a></td>'
    '<td><a href="RedirectToDoc.aspx?URL=Open/2025/12/CM_15122025_ATT.PDF">PDF</a></td></tr></table>'
)
CARD = (
    '<div class="meeting-row"><div class="col-datetime"><div class="meeting-date"> 20 Dec 2025 </div></div>'
    '<div class="meeting-title"> Planning Panel </div>'
    '<a title="Minutes PDF" href="RedirectToDoc.aspx?URL=Open/2025/12/LPP_20122025_MIN.PDF">PDF</a></div>'
)


def test_infocouncil_in_both_layouts():
    found, told = read("infocouncil", {"?year=2025": ROW + CARD}, INFO)
    assert not told
    assert [(p.url.rsplit("_", 1)[-1], p.kind, str(p.meeting_date), p.committee) for p in found] == [
        ("SUP.PDF", "supplement", "2025-12-15", "Council Meeting"),
        ("MIN.PDF", "minutes", "2025-12-15", "Council Meeting"),
        ("ATT.PDF", "supplement", "2025-12-15", "Council Meeting"),
        ("MIN.PDF", "minutes", "2025-12-20", "Planning Panel"),
    ]
    assert "supplement" in found[0].title and found[0].url.startswith(INFO + "RedirectToDoc.aspx?URL=Open/")


HOME = "https://marlow.example/council/meetings"
START = (
    '<h1>Council meetings</h1><a href="/council/meetings/2025-agendas-and-minutes">2025 agendas, minutes</a>'
    '<a href="/council/meetings/2019-agendas-and-minutes">2019 agendas and minutes</a>'
    '<a href="/shop">Shop</a><a href="/media/shop.pdf">Price list</a>'
)
PAPERS = (
    "<h2>Planning Committee</h2><h3>12 May</h3><ul>"
    '<li><a href="/media/1/agenda.pdf">Agenda (PDF 120KB)</a></li>'
    '<li><a href="/media/2/download?inline">Minutes</a> (PDF 1MB)</li>'
    '<li><a href="/media/3/roads.pdf">Attachment 1 - Roads plan of 3 March 2020</a></li>'
    '<li><a href="/media/4/agenda.docx">Agenda (Word)</a></li></ul>'
    "<h2>Special Council Meetings</h2><table><tr><th>Date</th><th>Agendas</th><th>Minutes</th></tr>"
    '<tr><td>3 June 2025</td><td><a href="/media/5.pdf">Download</a></td>'
    '<td><a href="/media/6.pdf">Download</a></td></tr>'
    '</table><a href="/media/7.pdf">Council Minutes 1 July 2025 - adjourned from 24 June 2025</a>'
    '<a href="?page=2">Next</a>'
)


def test_a_page_of_links():
    asked: list[str] = []
    pages = {"?page=": PAPERS, "2025-agendas": PAPERS, "council/meetings": START}
    found, told = read("page", pages, HOME, asked=asked)
    assert not told and len(asked) == 3
    assert [(p.url.rpartition("/media/")[2], p.kind, str(p.meeting_date), p.committee) for p in found] == [
        ("1/agenda.pdf", "agenda", "2025-05-12", "Planning Committee"),
        ("2/download?inline", "minutes", "2025-05-12", "Planning Committee"),
        ("3/roads.pdf", "supplement", "2025-05-12", "Planning Committee"),
        ("5.pdf", "agenda", "2025-06-03", "Special Council"),
        ("6.pdf", "minutes", "2025-06-03", "Special Council"),
        ("7.pdf", "minutes", "2025-07-01", "Council"),
    ]


def test_a_page_for_a_year_is_looked_for_in_the_windows_other_years():
    pages = {"meetings-2025": PAPERS}
    found, told = read("page", pages, "https://marlow.example/council/meetings-2024")
    assert len(found) == 6 and "404" in told
    found, told = read(
        "page", pages | {"meetings-2024": "<a href='/a.pdf'>Agenda 3 May 2024</a>"}, HOME + "-2024"
    )
    assert len(found) == 6 and not told


BLOCKED = "<html><title>Just a moment...</title><body>Checking your browser</body></html>"
LOGIN = '<html><title>Sign in</title><form>Sign in <input type="password" name="p"></form></html>'
MOVED = "<html><title>Marlow Council</title><body><p>Welcome to our new site</p></body></html>"
ADDRESSES = {"moderngov": "https://marlow.example/", "moderngov-pages": "https://marlow.example/"} | {
    "cmis": CMIS,
    "infocouncil": INFO,
    "page": HOME,
}


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize(
    ("answer", "words"),
    [(BLOCKED, "block page"), (LOGIN, "login page"), (MOVED, "layout changed"), ("", "nothing")],
)
def test_what_stands_in_the_way_is_told(platform, answer, words):
    found, told = read(platform, {"example": answer, "infocouncil": answer}, ADDRESSES[platform])
    assert not found and words in told and "Marlow Council" in told


@pytest.mark.parametrize("platform", ADDRESSES)
@pytest.mark.parametrize(
    "text", ["<", "<html><body><a href='http://[::1'>x</a>", "\0", "{}", "<a href=x" * 5000, "\ud800"]
)
def test_half_an_answer_is_no_crash(platform, text):
    found, told = read(platform, {"/": text}, ADDRESSES[platform])
    assert not found and told


def test_one_page_that_fails_costs_itself_only():
    site = cmis_site()
    del site["MeetingCalendarPublicNoJava"]
    found, told = read("cmis", site, CMIS)
    assert len(found) == 3 and "11 of 13 pages" in told


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("14th-Feb-2023", "2023-02-14"),
        ("Tuesday 14 February, 2023", "2023-02-14"),
        ("February 14, 2023", "2023-02-14"),
        ("14/02/2023", "2023-02-14"),
        ("2023-02-14", "2023-02-14"),
        ("CM_14022023_AGN", "2023-02-14"),
        ("CO_20230214_AGN", "2023-02-14"),
        ("14.02.23", "2023-02-14"),
        ("14 Chwefror 2023", "2023-02-14"),
        ("1. März 2023", "2023-03-01"),
        ("31 February 2023", "None"),
        ("item 12.1.2", "None"),
    ],
)
def test_days(text, day):
    assert str(day_in(text)) == day


def test_american_days_and_days_without_a_year():
    assert str(next(days_in("02/03/2023", month_first=True)).day) == "2023-02-03"
    assert str(day_in_year("Tuesday, 12th May", 2025)) == "2025-05-12"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("../a b.pdf#page=2", "https://m.example/a%20b.pdf"),
        ("http://M.example:443/x?T=1", "http://m.example:443/x?T=1"),
        ("http://m.example/x", "https://m.example/x"),
        ("mailto:a@m.example", None),
        ("http://[", None),
    ],
)
def test_addresses_are_absolute_and_always_the_same(href, url):
    assert canonical("https://m.example/b/c.aspx", href) == url
