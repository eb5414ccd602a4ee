"""modern.gov by its pages and by its service: packs, supplements, last minutes, cancelled meetings, paging,
votes, attendance, decisions."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.sources import Window
from pipeline.sources.moderngov_papers import kind_of, paper_key
from tests.played import read

COMMITTEES = (
    '<div id="modgov"><ul><li><a href="mgCommitteeDetails.aspx?ID=7">Planning Committee</a></li></ul></div>'
    '<a href="ieListMeetings.aspx?CId=6&info=1&MD=Constitution">Constitution</a>'
)
LIST = (
    '<p class="mgContent"><a href="ieListMeetings.aspx?Act=earlier&amp;CId=7&amp;D=202505011830">Before</a>'
    '<a href="ieListDocuments.aspx?CId=7&amp;MId=12&amp;Ver=4">5 Jun 2025&nbsp;6:30 pm</a>'
    '<a href="ieListDocuments.aspx?CId=7&amp;MId=11&amp;Ver=4">1 May 2025 6:30 pm</a></p>'
)
EARLIER = (
    '<div class="mgContent"><a href="ieListDocuments.aspx?CId=7&amp;MId=10&amp;Ver=4">3 Apr 2025 6:30 pm</a>'
    '<a href="ieListMeetings.aspx?Act=earlier&amp;CId=7&amp;D=202504031830">Earlier</a></div>'
)
MEETING = """<title>Agenda for Planning Committee on Thursday, 5th June, 2025</title><div id="modgov">
<h2 class="mgSubTitleTxt">Planning Committee - Thursday 5 June 2025 6:30 pm</h2>
<ul class="mgActionList">
<li><a href="mgMeetingAttendance.aspx?ID=12">Attendance details</a></li>
<li><a href="documents/g12/Agenda frontsheet 05-Jun-2025.pdf?T=0">Agenda frontsheet PDF 98 KB</a></li>
<li><a href="mgChooseDocPack.aspx?ID=12">Agenda reports pack</a></li>
<li><a href="mgChooseDocPack.aspx?ID=12&amp;SID=3">Late Material PDF 1 MB</a></li>
<li><a href="documents/g12/Printed minutes 05-Jun-2025 Planning.pdf?T=1">Printed minutes PDF 11 KB</a></li>
</ul>
<table><tr><td><a href="documents/s5/Minutes of Previous Meeting.pdf">Minutes PDF 9 KB</a>
<p>To confirm the minutes of the meeting held on 1 May 2025.</p></td></tr>
<tr><td><a href="documents/s6/Mill Road.pdf">Mill Road , item 4. PDF 9 KB</a>
<a href="mgListRecordedVotesShort.aspx?AIID=9&amp;MID=12">View Recorded Vote</a></td></tr></table>
</div><a href="documents/s1/Constitution.pdf">Constitution</a>"""
PACKS = '<p id="modgov"><a href="documents/g12/Public reports pack 05-Jun-2025.pdf?T=10">Pack</a></p>'
LATE = (
    '<div class="mgContent"><a href="documents/b33/Late Material 05-Jun-2025.pdf?T=9">Late PDF 1 MB</a></div>'
)
CANCELLED = (
    "<title>Agenda for Planning on Thursday, 1st May, 2025, 6.30 pm</title>"
    + '<h2 class="mgSubTitleTxt">Planning Committee - Thursday 1 May 2025 6:30 pm, CANCELLED</h2>'
)
ATTENDANCE = (
    '<table class="mgStatsTable"><tr><th>Attendee</th><th>Role</th><th>Attendance</th></tr>'
    '<tr><td><a href="mgUserInfo.aspx?UID=1">Councillor Ann Oak</a></td><td>Chair</td>'
    "<td>Present</td></tr></table>"
)
VOTES = (
    "<h2>Planning Committee, Thursday, 5th June, 2025 6.30 pm</h2><h4>Mill Road</h4><p>Status: Carried</p>"
    "<table><tr><th>Councillor</th><th>Vote</th></tr>"
    "<tr><td>Councillor Ann Oak</td><td>For</td></tr>"
    "<tr><td>Councillor Bo Elm</td><td>Against</td></tr></table>"
)
SITE = {
    "mgListCommittees": COMMITTEES,
    "Act=earlier&CId=7&D=202505011830": EARLIER,
    "Act=earlier&CId=7&D=202504031830": '<div class="mgContent">No meetings</div>',
    "CommitteeId=7": LIST,
    "MId=12": MEETING,
    "MId=11": CANCELLED,
    "MId=10": '<h2 class="mgSubTitleTxt">Planning Committee - Thursday 3 April 2025 6:30 pm</h2>'
    '<a href="documents/g10/Printed%20minutes%20x.pdf?T=1">Printed minutes</a>',
    "mgChooseDocPack.aspx?ID=12&SID=3": LATE,
    "mgChooseDocPack.aspx?ID=12": PACKS,
    "mgMeetingAttendance": ATTENDANCE,
    "mgListRecordedVotes": VOTES,
}


def test_pages_give_packs_supplements_and_earlier_meetings():
    found, told = read("moderngov-pages", SITE)
    assert not told
    assert [
        (p.url.removeprefix("https://marlow.example/documents/"), p.kind, str(p.meeting_date)) for p in found
    ] == [
        ("g10/Printed%20minutes%20x.pdf?T=1", "minutes", "2025-04-03"),
        ("g12/Agenda%20frontsheet%2005-Jun-2025.pdf?T=0", "agenda", "2025-06-05"),
        ("g12/Public%20reports%20pack%2005-Jun-2025.pdf?T=10", "agenda_pack", "2025-06-05"),
        ("b33/Late%20Material%2005-Jun-2025.pdf?T=9", "supplement", "2025-06-05"),
        ("g12/Printed%20minutes%2005-Jun-2025%20Planning.pdf?T=1", "minutes", "2025-06-05"),
        ("s5/Minutes%20of%20Previous%20Meeting.pdf", "minutes", "2025-05-01"),
        ("s6/Mill%20Road.pdf", "report", "2025-06-05"),
    ]
    assert {p.committee for p in found} == {"Planning Committee"} and found[-1].title == "Mill Road"


def test_what_pages_record_goes_with_the_papers_of_its_own_day():
    found, _ = read("moderngov-pages", SITE)
    front, last_minutes = found[1], found[5]
    assert front.knows["attendance"] == [
        {"name": "Councillor Ann Oak", "role": "Chair", "attendance": "Present"}
    ]
    assert front.knows["motions"] == [
        {
            "title": "Mill Road",
            "passed": "carried",
            "votes": [
                {"name": "Councillor Ann Oak", "choice": "For"},
                {"name": "Councillor Bo Elm", "choice": "Against"},
            ],
        }
    ]
    assert last_minutes.knows == {}


def test_lists_are_followed_only_as_far_as_the_window_goes():
    asked: list[str] = []
    found, told = read(
        "moderngov-pages", SITE, window=Window(date(2025, 6, 1), date(2025, 6, 30)), asked=asked
    )
    assert len(found) == 6 and not told
    assert not any("Act=earlier" in url or "MId=11" in url for url in asked)


def test_a_pack_whose_choice_cannot_be_seen_is_known_all_the_same():
    found, told = read("moderngov-pages", {k: v for k, v in SITE.items() if "Choose" not in k})
    packs = [p for p in found if "mgChooseDocPack" in p.url]
    assert [(p.kind, str(p.meeting_date)) for p in packs] == [
        ("agenda_pack", "2025-06-05"),
        ("supplement", "2025-06-05"),
    ]
    assert not told


def test_endless_lists_end():
    again = LIST.replace("202505011830", "{}")
    pages = {k: v for k, v in SITE.items() if "Act=" not in k}
    endless = {f"Act=earlier&CId=7&D=2025{n:02d}": again.format(f"2025{n + 1:02d}") for n in range(100)}
    asked: list[str] = []
    found, _ = read("moderngov-pages", endless | pages, asked=asked)
    assert len(asked) < 20 and len({p.url for p in found}) == len(found)


def test_a_welsh_page_is_read():
    page = (
        '<div id="modgov">'
        '<h2 class="mgSubTitleTxt">Pwyllgor Cynllunio - Dydd Iau, 5ed Mehefin, 2025 2.00 pm</h2>'
        '<a href="documents/g12/Pecyn%20x.pdf?T=10">Pecyn adroddiadau agenda</a>'
        '<a href="documents/g12/Cofnodion.pdf?T=1">Cofnodion argraffedig</a></div>'
    )
    listed = (
        '<div class="mgContent"><a href="ieListDocuments.aspx?CId=7&amp;MId=12">5 Meh 2025 2.00 pm</a></div>'
    )
    found, told = read(
        "moderngov-pages", {"mgListCommittees": COMMITTEES, "CommitteeId=7": listed, "MId=12": page}
    )
    assert [(p.kind, str(p.meeting_date), p.committee) for p in found] == [
        ("agenda_pack", "2025-06-05", "Pwyllgor Cynllunio"),
        ("minutes", "2025-06-05", "Pwyllgor Cynllunio"),
    ]
    assert not told


REGISTER = (
    '<table><tr><td><a href="ieDecisionDetails.aspx?ID=4">Sale of land of 3 May 2019</a></td>'
    "<td>02/06/2025</td><td>09/06/2025</td></tr>"
    '<tr><td><a href="ieDecisionDetails.aspx?ID=3">Too old</a></td><td>02/06/2019</td></tr></table>'
)
DECISION = (
    '<div class="mgContent"><h2 class="mgSubTitleTxt">Sale of land</h2>'
    '<p><span class="mgLabel">Decision Maker: </span>Director of Place</p>'
    '<p><span class="mgLabel">Is Key decision?: </span>Yes</p>'
    '<p><span class="mgLabel">Date of decision: </span>01/06/2025</p>'
    '<a href="documents/s88/Sale.pdf">Sale PDF 119 KB</a></div>'
)


def test_decisions_between_meetings_are_read():
    found, told = read(
        "moderngov-pages", SITE | {"mgDelegatedDecisions": REGISTER, "ieDecisionDetails.aspx?ID=4": DECISION}
    )
    (paper,) = [p for p in found if "s88" in p.url]
    assert (paper.committee, str(paper.meeting_date), paper.kind) == (
        "Director of Place",
        "2025-06-01",
        "report",
    )
    assert paper.knows["decision"]["key"] == "Yes" and not told


ALL = (
    "<getmeetingsbydate><meetings><meeting><meetingid>12</meetingid><committeeid>7</committeeid>"
    "<committeetitle>Planning Committee</committeetitle><meetingdate>05/06/2025</meetingdate></meeting>"
    "</meetings></getmeetingsbydate>"
)
DETAILS = (
    "<meeting><meetingid>12</meetingid><meetingdate>05/06/2025</meetingdate><meetingstatus>Confirmed</meetingstatus>"
    "<agendapublished>True</agendapublished><agendaitems><agendaitem><agendatext>&lt;p&gt;Those of 1 May"
    " 2025&lt;/p&gt;</agendatext><linkeddocuments><linkeddoc><title>Minutes of Previous Meeting</title>"
    "<url>https://marlow.example/mgConvert2PDF.aspx?ID=5</url><isrestricted>False</isrestricted>"
    "<publicationdate>28/05/2025</publicationdate></linkeddoc><linkeddoc><title>Secret</title>"
    "<url>documents/s66/Secret.pdf</url><isrestricted>True</isrestricted></linkeddoc></linkeddocuments></agendaitem>"
    '</agendaitems><attendees><attendee name="Councillor Ann Oak" attendance="Present"/>'
    "</attendees></meeting>"
)


def test_the_service_names_all_meetings_in_one_call_and_the_page_gives_the_packs():
    asked: list[str] = []
    pages = {"GetAllMeetingsByDate": ALL, "GetMeeting?lMeetingId=12": DETAILS} | SITE
    found, told = read("moderngov", pages, asked=asked)
    assert not told and len([u for u in asked if "GetMeetings" in u]) == 0
    assert "s66" not in " ".join(p.url for p in found)
    assert len(found) == len({paper_key(p.url) for p in found}) == 6
    (last,) = [p for p in found if "/s5/" in p.url]
    assert (str(last.meeting_date), last.published_at, last.knows) == ("2025-05-01", "28/05/2025", {})
    assert found[0].knows["attendance"][0]["name"] == "Councillor Ann Oak" and found[0].knows["motions"]


def test_a_service_without_pages_is_read_alone():
    found, told = read("moderngov", {"GetAllMeetingsByDate": ALL, "GetMeeting?lMeetingId=12": DETAILS})
    assert [p.url for p in found] == ["https://marlow.example/mgConvert2PDF.aspx?ID=5"] and not told


def test_a_cancelled_meeting_is_not_asked_for_papers(caplog):
    cancelled = DETAILS.replace("Confirmed", "Cancelled").replace("True</agenda", "False</agenda")
    cancelled = cancelled[: cancelled.index("<agendaitems>")] + "</meeting>"
    asked: list[str] = []
    with caplog.at_level("INFO", "minutebook"):
        found, told = read(
            "moderngov", {"GetAllMeetingsByDate": ALL, "lMeetingId=12": cancelled}, asked=asked
        )
    assert not found and "nothing is listed" in told and not any("ieListDocuments" in u for u in asked)
    assert "Planning Committee of 2025-06-05 is cancelled" in caplog.text


def test_a_service_that_names_no_meeting_says_so():
    found, told = read("moderngov", {"GetCommittees": "<committees/>"})
    assert not found and "lists no committee" in told


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("documents/g1/Rhaglen.pdf?T=0", "Rhaglen", "agenda"),
        ("documents/g1/Printed draft minutes.pdf?T=11", "Printed draft minutes", "minutes"),
        ("documents/s1/Agenda item 5.pdf", "Agenda item 5 report", "report"),
        ("documents/s1/Decisions.pdf", "Decision Progress Update", "report"),
        ("documents/s1/x.pdf", "Matters arising from the minutes", "report"),
        ("documents/b1/x.pdf?T=9", "Supplement: item 7", "supplement"),
    ],
)
def test_the_sort_of_a_paper(url, title, kind):
    assert kind_of(f"https://marlow.example/{url}", title) == kind


def test_a_cancelled_meeting_of_the_pages_is_noted(caplog):
    with caplog.at_level("INFO", "minutebook"):
        read("moderngov-pages", SITE)
    assert "Planning Committee of 2025-05-01 is cancelled" in caplog.text
