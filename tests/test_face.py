"""What stands on a paper's face: kind by evidence, the body, the day, the hours, the place, several
meetings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from extractors.mentions.dates import dated_in, dates_in, month_first
from extractors.model import Block, Box, Layout, Line, Page, Paper, Part, Word
from extractors.parts.face.body import body_of_meeting
from extractors.parts.face.day import day_of_meeting
from extractors.parts.face.hours import began, broke_off, called_for, of_one_day, rose
from extractors.parts.face.kind import records_a_meeting
from extractors.parts.face.opening import opening
from extractors.parts.face.place import place_of_meeting
from extractors.parts.face.several import each_meeting
from extractors.parts.kinds import kind_of_document
from extractors.parts.pack import tell_apart
from extractors.parts.register import entries, of_place, registered
from tests.lines import found as facts_found


def blocks(*texts: str) -> list[Block]:
    """A block a text on page 1, its lines parted by " / "; one that begins with "# " is a heading."""
    out: list[Block] = []
    top = 40.0
    for text in texts:
        lines: list[Line] = []
        for line in text.removeprefix("# ").split(" / "):
            top += 14
            words = tuple(
                Word(w, Box(1, 50.0 + 40 * i, top, 85.0 + 40 * i, top + 11), 11.0)
                for i, w in enumerate(line.split())
            )
            lines.append(Line(words))
        out.append(Block("heading" if text.startswith("# ") else "paragraph", tuple(lines)))
    return out


CITY = blocks(
    "MINUTES OF THE REGULAR CITY COUNCIL MEETING / TUESDAY- -JULY 24, 2012- -7:00 P.M.",
    "Mayor Reed convened the meeting at 7:18 p.m.",
    "Roll Call - Present: Councilmembers Ash, Birch and Mayor Reed - 3.",
    "Councilmember Ash moved approval of the lease. Councilmember Birch seconded the motion, which carried.",
    "There being no further business, Mayor Reed adjourned the meeting at 9:26 p.m.",
    "MINUTES OF THE SPECIAL CITY COUNCIL MEETING / TUESDAY- -JULY 24, 2012- -6:00 P.M.",
    "Mayor Reed convened the meeting at 6:00 p.m.",
    "Roll Call - Present: Councilmembers Ash and Birch - 2.",
    "There being no further business, Mayor Reed adjourned the meeting at 6:40 p.m.",
)
DISTRICT = blocks(
    "MINUTES OF PROCEEDINGS AT SPECIAL MEETING OF THE MUNICIPAL DISTRICT OF / BALLYARD-KNOCKMORE "
    "HELD IN ÁRAS "
    "LIAM BYRNE, NEW LINE ROAD, BALLYARD, ON TUESDAY, / 11TH SEPTEMBER, 2018 AT 9.00 A.M.",
    "PRESENT IN THE CHAIR: / Councillor A. Quill, Cathaoirleach",
)
SHEET = blocks(
    "# AGENDA",
    "# CABINET",
    "Thursday, 30th January, 2025, at 10.00 am Ask for: Ann Lee / Council Chamber, Moot House, "
    "Telephone: 01632 "
    "960000 / County Hall, Norbury",
    "# UNRESTRICTED ITEMS",
    "Apologies",
    "Bernard Hale / General Counsel / 01632 960000",
    "# Wednesday, 22 January 2025",
)

ENCLOSING = blocks(
    "Ask for: Ann Lee",
    "Date: 27 January 2025",
    "Dear Member",
    "# CABINET - THURSDAY, 30 JANUARY 2025",
    "I enclose the following document that was unavailable when the agenda was published.",
)


@pytest.mark.parametrize(
    ("paper", "body", "day", "place"),
    [
        (CITY, "CITY COUNCIL", date(2012, 7, 24), None),
        (
            DISTRICT,
            "MUNICIPAL DISTRICT OF BALLYARD-KNOCKMORE",
            date(2018, 9, 11),
            "ÁRAS LIAM BYRNE, NEW LINE ROAD, BALLYARD",
        ),
        (ENCLOSING, "CABINET", date(2025, 1, 30), None),
        (SHEET, "CABINET", date(2025, 1, 30), "Council Chamber, Moot House, County Hall, Norbury"),
    ],
)
def test_body_day_and_place(paper, body, day, place):
    lines = opening(paper)
    found = day_of_meeting(paper, lines)
    assert (body_of_meeting(paper, lines), found and found.value) == (body, day)
    assert place_of_meeting(paper, lines) == place


@pytest.mark.parametrize(
    ("texts", "body", "place"),
    [
        (
            (
                "# CITY OF EDEN POINT / JOINT MEETING / CITY COUNCIL / SUCCESSOR AGENCY / HOUSING AUTHORITY",
                "Tuesday, May 3, 2022 – 7:00 P.M. / City Hall, 200 Pacific Avenue",
            ),
            "CITY COUNCIL, SUCCESSOR AGENCY and HOUSING AUTHORITY",
            "City Hall, 200 Pacific Avenue",
        ),
        (
            ("Minutes of February Ordinary Meeting of Carrow County Council held on 11th February, 2002",),
            "Carrow County Council",
            None,
        ),
        (
            (
                "# MARDEN CITY COUNCIL",
                "Following an executive session, the Marden City Council meeting was called to order at "
                "7:00 p.m. by Mayor Reed in the Council Chambers, 118 Bell Street, with all present.",
                "May 14, 2001",
            ),
            "MARDEN CITY COUNCIL",
            "the Council Chambers, 118 Bell Street",
        ),
        (
            (
                "THE FERRY COUNCIL - NORTH AREA COMMITTEE – BLENDED MEETING / Town Hall, Ferry / 12 October, "
                "2022 9.30 a.m.",
            ),
            "NORTH AREA COMMITTEE",
            "Town Hall, Ferry",
        ),
        (
            (
                "# SELECTBOARD MEETING / May 3, 2022",
                "Location: Town Office, Lower Meeting Room (hybrid via Zoom)",
            ),
            "SELECTBOARD",
            "Town Office, Lower Meeting Room",
        ),
        (
            (
                "The Board of Commissioners met in regular session on Monday, June 16, 2014 at 9:00 am in "
                "the Commissioners' meeting room in the Penn County Office Building. It adjourned at noon.",
            ),
            "Board of Commissioners",
            "the Commissioners' meeting room in the Penn County Office Building",
        ),
    ],
)
def test_bodies_and_places_in_many_manners(texts, body, place):
    paper = blocks(*texts)
    lines = opening(paper)
    assert (body_of_meeting(paper, lines), place_of_meeting(paper, lines)) == (body, place)


@pytest.mark.parametrize(
    ("texts", "body", "day"),
    [
        (
            (
                "APPROVED",
                "COMMISSION ON ACCESS / MEETING MINUTES OF / May 4, 2021",
                "TIME It convened at 7:05 P.M.",
            ),
            "COMMISSION ON ACCESS",
            date(2021, 5, 4),
        ),
        (
            (
                "MINUTES OF THE SPECIAL HARBOUR IMPROVEMENT / COMMISSION (HIC) MEETING / "
                "MONDAY- -JANUARY 28, 2012",
                "(13-31) A meeting was called to attend the Utilities Board’s Annual Workshop.",
                "Special Meeting / Harbour Improvement Commission / January 28, 2013",
            ),
            "HARBOUR IMPROVEMENT COMMISSION",
            date(2013, 1, 28),
        ),
    ],
)
def test_titles_of_several_lines_and_last_years_date(texts, body, day):
    paper = blocks(*texts)
    found = day_of_meeting(paper, opening(paper))
    assert (body_of_meeting(paper, opening(paper)), found and found.value) == (body, day)


def test_a_date_that_breaks_off_at_its_day_and_one_of_a_table_of_contents():
    paper = blocks(
        "# MINUTES OF THE MEETING OF THE DISTRICT",
        "HELD AT THE FERRY HOTEL ON THURSDAY, 20th",
        "October, 2022, AT 2.00 P.M.",
    )
    assert day_of_meeting(paper, opening(paper)).value == date(2022, 10, 20)
    paper = blocks(
        "# MUNICIPAL COUNCIL", "September 22, 2009", "Minutes Regular Session August 25, 2009 ...... 1"
    )
    assert day_of_meeting(paper, opening(paper)).value == date(2009, 9, 22)


def test_hours_are_when_it_began_not_when_it_was_called_for():
    first = CITY[:5]
    assert began(first, opening(first), minutes=True) == time(19, 18)
    assert rose(first, opening(first)) == time(21, 26)


@pytest.mark.parametrize(
    ("texts", "start", "end"),
    [
        (
            (
                "The Council met in the Old School at half past seven.",
                "It finished. The meeting finished at twenty minutes to ten.",
            ),
            time(19, 30),
            time(21, 40),
        ),
        (
            (
                "The meeting was called to order at 6:00 p.m.",
                "It was voted to adjourn until the next meeting on June 18 at 6:00 p.m., at 7:25 p.m.",
            ),
            time(18),
            time(19, 25),
        ),
        (("Start/End Time: 6.30 p.m. - 9.35 p.m.", "Cabinet rose."), time(18, 30), time(21, 35)),
        (("The meeting opened at 7.00pm.", "Meeting closed at 8.57"), time(19), time(20, 57)),
        (
            (
                "8:30 Pledge of Allegiance.",
                "Meeting closed 10:15 to 10:35 for litigation.",
                "Adjourned at 4:05.",
            ),
            time(8, 30),
            time(16, 5),
        ),
        (
            (
                "The Board met on May 6, 2013, at 7:00 pm in the hall.",
                "The Chair called the meeting to order at 7:03 PM.",
            ),
            time(19, 3),
            None,
        ),
        (
            ("MINUTES OF THE MEETING COMMENCING 6.00PM", "The meeting ended at 21:05hrs."),
            time(18),
            time(21, 5),
        ),
    ],
)
def test_hours_in_words_in_ranges_and_of_other_meetings(texts, start, end):
    paper = blocks(*texts)
    assert began(paper, opening(paper), minutes=True) == start
    assert of_one_day(start, rose(paper, opening(paper))) == end


@pytest.mark.parametrize(
    ("texts", "body"),
    [
        (("# PARISH COUNCIL", "Minutes of the Parish Council Meeting No. 418"), "Parish Council"),
        (("The Alder, Nebraska Board of Trustees met in regular session.",), "Board of Trustees"),
        (
            (
                "Meeting of The Council",
                "Present: Councillor Ann Foss",
                "407 Minutes of the meeting of Cabinet held on 13th September",
            ),
            "Council",
        ),
        (
            ("COMMISSIONERS’ PROCEEDINGS", "Commissioners Ann Foss, Bo Lund and Cy Marsh were present."),
            "COMMISSIONERS",
        ),
    ],
)
def test_a_body_is_neither_its_members_nor_another_papers(texts, body):
    paper = blocks(*texts)
    assert body_of_meeting(paper, opening(paper)) == body


@pytest.mark.parametrize(
    ("texts", "off", "on"),
    [
        (("The meeting adjourned at 7.45 pm and resumed at 7.52 pm.",), time(19, 45), time(19, 52)),
        (
            ("The Mayor called a recess at 8:10 p.m.", "At 8:20 p.m. the Council reconvened."),
            time(20, 10),
            time(20, 20),
        ),
        (("RECESS: 8:10 p.m. / RECONVENE: 8:20 p.m.",), time(20, 10), time(20, 20)),
        (("There being no further business, the meeting adjourned at 9.05 pm.",), None, None),
        (
            ("At 8:40 p.m. the Board took a recess to 8:50 p.m. at which time they reconvened.",),
            time(20, 40),
            time(20, 50),
        ),
        (("That Standing Orders be resumed at 7.06 pm.", "We will reconvene at 1:30."), None, None),
        (("The lease may be resumed. Members met again at 9.00 am.",), None, None),
    ],
)
def test_a_meeting_breaks_off_and_goes_on(texts, off, on):
    assert broke_off(blocks(*texts)) == (off, on)


def test_the_hour_that_a_meeting_was_called_for():
    assert called_for(opening(CITY[:5])) == time(19)
    late = blocks("# TOWN BOARD / May 3, 2022", "Chair Foss called the meeting to order at 7:04 p.m.")
    assert called_for(opening(late)) is None


def test_two_meetings_on_one_page_are_two_parts():
    whole = Part(0, "minutes", "Minutes", 1, 1, blocks=tuple(CITY))
    first, second = each_meeting(whole)
    assert len(first.blocks) == 5 and second.blocks[0] is CITY[5]
    assert (first.page_from, first.page_to, second.page_from) == (1, 1, 1)
    middle = CITY[6].regions[0]
    assert second.holds(middle) and not first.holds(middle) and first.holds(CITY[1].regions[0])


@pytest.mark.parametrize(
    ("texts", "kind"),
    [
        (
            ["# PINEMARSH COUNCIL", "# FORWARD PLAN OF KEY DECISIONS", "June to September 2025"],
            "forward_plan",
        ),
        (["# Notice of Forthcoming Key Decisions", "Published on 4 May 2025"], "forward_plan"),
        (["From: Ann Lee", "To: Scrutiny Committee", "Subject: Forward Plan", "# Summary"], "report"),
        (["# PROPOSED RECORD OF DECISION", "Decision: Cabinet propose to:"], "decisions"),
        ([b.text for b in ENCLOSING], "supplement"),
    ],
)
def test_what_kind_a_paper_is(texts, kind):
    own = tuple(blocks(*texts))
    part = Part(0, "report" if kind == "report" else "other", texts[0], 1, 1, blocks=own)
    assert kind_of_document([part]) == kind


def test_a_paper_without_words_is_what_its_file_calls_itself():
    blank = [Part(0, "blank", "", 1, 1)]
    assert kind_of_document(blank, "11-21-22 - PC Agenda - Cancelled.docx") == "agenda"
    assert kind_of_document(blank, "Agenda and Minutes") == kind_of_document(blank) == "other"


def test_a_web_page_that_a_browser_printed_is_one_part():
    own = blocks("# PARKS BOARD / AGENDA", "1. Roll call", "# Attachment 1")
    second = [replace(w, box=w.box._replace(page=2)) for w in own[2].words]
    foot = [
        Block(
            "running", (Line((Word(f"https://x.example/a.php {n} of 2", Box(n, 50, 780, 300, 790), 8.0),)),)
        )
        for n in (1, 2)
    ]
    body = (*own[:2], Block("heading", (Line(tuple(second)),)))
    pages = tuple(Page(n, 612.0, 792.0, ()) for n in (1, 2))
    assert [p.kind for p in tell_apart(Paper(pages), Layout((*body, *foot)))] == ["agenda"]
    assert len(tell_apart(Paper(pages), Layout(body))) == 2


def test_minutes_that_never_say_minutes():
    texts = [b.text for b in CITY[1:5]]
    assert records_a_meeting(["# Dunmere Board, 4 May 2021", *texts]) is True
    assert records_a_meeting([b.text for b in SHEET]) is not True


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("TUESDAY- -JULY 24, 2012- -6:00 P.M.", date(2012, 7, 24)),
        ("held on 13 th March 2018", date(2018, 3, 13)),
        ("Wednesday, May 4,2005", date(2005, 5, 4)),
    ],
)
def test_broken_dates(text, day):
    assert [w.value for w in dates_in(text)] == [day]


def test_a_year_that_is_missing_is_the_one_whose_weekday_agrees():
    assert [w.value for w in dated_in("Tuesday 14TH November", [2022, 2023, 2024])] == [date(2023, 11, 14)]
    assert [w.value for w in dated_in("Monday 14TH November", [2023])] == []


def test_the_order_of_figures_is_the_papers_own():
    assert month_first("5/16/2012 and 5/6/2012") and not month_first("16/5/2012 and 5/6/2012")
    assert month_first("on May 3, 2012") and not month_first("on 3 May 2012")


def test_the_register_knows_principal_councils():
    assert len(entries()) > 350
    kent = registered("KENT COUNTY COUNCIL")
    assert kent and kent.code == "E10000016"
    assert [e.name for e in of_place("Limerick", "Ireland")] == ["Limerick City and County Council"]
    assert {registered(n).name for n in ("Cyngor Gwynedd", "The Gwynedd Council")} == {"Gwynedd Council"}


@pytest.mark.parametrize(
    ("title", "head"),
    [
        ("# ALDERMERE COUNCIL – PROPOSED RECORD OF DECISION", "# Decision: Cabinet propose to:"),
        ("# PROPOSED RECORD OF DECISION", "# Decision: The Cabinet agree to:"),
        ("# RECORD OF DECISION", "# Recommendation: Cabinet is asked to:"),
    ],
)
def test_a_decision_that_is_only_proposed_is_recommended(title, head):
    lines = (
        title,
        "Cabinet 24/00109",
        head,
        "a) Agree to TRANSFER the depot",
        "b) DELEGATE authority to the Clerk",
    )
    decisions = facts_found(
        "decisions", *lines, "# Reason for decision:", "It is RESOLVED by law.", kind="report"
    )
    assert [(d.kind, d.outcome, d.clause) for d in decisions] == [
        ("recommendation", None, "a)"),
        ("recommendation", None, "b)"),
    ]
    assert facts_found("motions", *lines, kind="report") == []


def test_a_page_that_a_printer_drew_as_one_pattern_goes_to_ocr(tmp_path, monkeypatch):
    from reportlab.pdfgen.canvas import Canvas

    from extractors.model import Box, Word
    from extractors.pdf import ocr
    from extractors.pdf.pages import read_paper

    canvas = Canvas(str(tmp_path / "drawn.pdf"), pagesize=(612, 792))
    canvas.rect(0, 0, 612, 792, stroke=0, fill=1)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    read = (Word("AGENDA", Box(1, 50, 50, 120, 62), 11.0),)
    monkeypatch.setattr(ocr, "read_page", lambda *_, **__: (read, None))
    pages = read_paper(tmp_path / "drawn.pdf").pages
    assert [p.text_source for p in pages] == ["ocr", "none"]
