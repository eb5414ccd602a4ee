"""Invented answers of every platform in its own shape, and what must be found in them: one council, two
meetings in the window, one out of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pipeline.errors import NotFetched
from pipeline.sources import Council, Window

WINDOW = Window(date(2025, 3, 1), date(2025, 6, 30))
FIRST, SECOND = date(2025, 5, 13), date(2025, 6, 3)
BODY = "Mérande Council"

Answers = dict[str, str]
"""By a part of the address."""


@dataclass(frozen=True)
class Played:
    """A platform's council, its answers, and its papers: (address, day, kind, form). `foreign` are its words
    in another language; `endless` gives page after page of the list at `endless_at`;
    `empty` are answers that list nothing, where that cannot be made of the others."""

    address: str
    answers: Answers
    papers: set[tuple[str, date, str, str | None]]
    foreign: dict[str, str] = field(default_factory=dict)
    endless: Callable[[int], str] | None = None
    endless_at: str = ""
    empty: Answers = field(default_factory=dict)

    def council(self, platform: str) -> Council:
        return Council(name="Mérande", platform=platform, address=self.address, pace=0)

    def ask(self, change: Callable[[str], str] = lambda text: text) -> Callable[..., str]:
        """The asking, each answer changed."""

        def answer(url: str, question: str = "", /) -> str:
            for part, text in self.answers.items():
                if part in url:
                    return change(text)
            raise NotFetched(f"{url}: status 404")

        return answer


def html(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>Meetings</title></head><body>{body}</body></html>"


def _granicus() -> Played:
    site = "https://merande.granicus.com"

    def row(day: str, clip: int, minutes: bool = True) -> str:
        viewer = f'<a href="//merande.granicus.com/%sViewer.php?view_id=2&clip_id={clip}">%s</a>'
        return (
            f'<tr class="listingRow"><td headers="Name">{BODY}</td><td headers="Date">{day}</td><td>'
            f"{viewer % ('Agenda', 'Agenda')}</td><td>"
            f"{viewer % ('Minutes', 'Minutes') if minutes else ''}</td>"
            "<td><a href='javascript:void(0)' onclick='window.open(\"//x/MediaPlayer.php\")'>Video</a></td>"
            "</tr>"
        )

    rows = row("Jun&nbsp; 3, 2025", 8, False) + row("May 13, 2025", 7) + row("Mar 4, 2019", 1)
    at = f"{site}/%sViewer.php?view_id=2&clip_id=%d"
    return Played(
        f"{site}/ViewPublisher.php?view_id=2",
        {"ViewPublisher": html(f"<table>{rows}</table>")},
        {
            (at % ("Agenda", 8), SECOND, "agenda", "either"),
            (at % ("Agenda", 7), FIRST, "agenda", "either"),
            (at % ("Minutes", 7), FIRST, "minutes", "either"),
        },
        {"Jun&nbsp; 3, 2025": "3 juin 2025", "May 13, 2025": "13 mai 2025", ">Agenda<": ">Ordre du jour<"},
    )


def _iqm2() -> Played:
    def row(when: str, number: int, kinds: str) -> str:
        label = {"14": "Agenda", "1": "Agenda Packet", "15": "Minutes"}
        links = "".join(
            f"<a href='FileOpen.aspx?Type={k}&ID={number}&Inline=True'>{label[k]}</a>" for k in kinds.split()
        )
        title = f"{when}&#13;Board:&#09;{BODY}&#13;Type:&#09;Regular&#13;Status:&#09;Scheduled"
        return (
            '<div class="Row MeetingRow"><div class="RowTop"><div class="RowLink">'
            f'<a href="Detail_Meeting.aspx?ID=1" title="{title}">{when}</a></div>'
            f'<div class="MeetingLinks">{links}</div></div>'
            f'<div class="RowDetails">{BODY} - Regular</div></div>'
        )

    at = "https://merande.iqm2.com/Citizens/FileOpen.aspx?Type=%d&ID=%d&Inline=True"
    rows = (
        row("Jun 3, 2025 1:00 PM", 8, "14")
        + row("May 13, 2025 6:00 PM", 7, "14 1 15")
        + row("Jan 7, 2019", 1, "14")
    )
    return Played(
        "https://merande.iqm2.com/Citizens",
        {"Calendar.aspx": html(rows)},
        {
            (at % (14, 8), SECOND, "agenda", "pdf"),
            (at % (14, 7), FIRST, "agenda", "pdf"),
            (at % (1, 7), FIRST, "agenda_pack", "pdf"),
            (at % (15, 7), FIRST, "minutes", "pdf"),
        },
        {
            "Jun 3, 2025": "3 de junio de 2025",
            "May 13, 2025": "13 de mayo de 2025",
            ">Agenda<": ">Orden del día<",
        },
    )


def _civicplus() -> Played:
    site = "https://www.merande.example"

    def row(day: str, key: str, more: str = "") -> str:
        at = f"/AgendaCenter/ViewFile/Agenda/_{key}"
        return (
            f'<tr class="catAgendaRow"><td><h4><a href="{at}?html=true"><strong>{day}</strong></a></h4>'
            f"<p>Regular meeting</p></td><td>{more}</td><td><ol><li><a href='{at}?html=true'>HTML</a></li>"
            f"<li><a href='{at}'>PDF</a></li></ol>"
            f"<a href='/AgendaCenter/PreviousVersions/_{key}'>Old</a></td></tr>"
        )

    minutes = '<a href="/AgendaCenter/ViewFile/Minutes/_05132025-7">Minutes</a>'
    rows = (
        row("Jun 3, 2025", "06032025-8")
        + row("May 13, 2025", "05132025-7", minutes)
        + row("Jan 7, 2019", "01072019-1")
    )
    heading = f'<div class="listing" id="cat7"><h2><span>&#9660;</span>{BODY}</h2><table>{rows}</table></div>'
    at = f"{site}/AgendaCenter/ViewFile/"
    return Played(
        site,
        {"/AgendaCenter/Search": html(heading)},
        {
            (f"{at}Agenda/_06032025-8", SECOND, "agenda", "either"),
            (f"{at}Agenda/_06032025-8?html=true", SECOND, "agenda", "html"),
            (f"{at}Agenda/_05132025-7", FIRST, "agenda", "either"),
            (f"{at}Agenda/_05132025-7?html=true", FIRST, "agenda", "html"),
            (f"{at}Minutes/_05132025-7", FIRST, "minutes", "either"),
        },
        {"Jun 3, 2025": "3 juin 2025", "May 13, 2025": "13 mai 2025", ">Minutes<": ">Procès-verbal<"},
    )


def _primegov() -> Played:
    def meeting(day: str, *documents: tuple[int, int, str]) -> dict[str, object]:
        listed = [
            {
                "id": i,
                "templateId": t,
                "compileOutputType": o,
                "templateName": n,
                "publishStatus": 1,
                "link": None,
            }
            for i, (t, o, n) in enumerate(documents)
        ]
        return {"id": documents[0][0], "title": BODY, "dateTime": f"{day}T18:00:00", "documentList": listed}

    archived = [
        meeting("2025-05-13", (70, 1, "Agenda"), (70, 3, "HTML Agenda"), (71, 1, "Minutes")),
        meeting("2019-01-07", (10, 1, "Agenda")),
    ]
    site = "https://merande.primegov.com"
    file = f"{site}/Public/CompiledDocument?meetingTemplateId=%d&compileOutputType=1"
    return Played(
        site,
        {
            "ListArchivedMeetings": json.dumps(archived),
            "ListUpcomingMeetings": json.dumps([meeting("2025-06-03", (80, 1, "Agenda Packet"))]),
        },
        {
            (file % 70, FIRST, "agenda", "pdf"),
            (f"{site}/Portal/Meeting?meetingTemplateId=70", FIRST, "agenda", "html"),
            (file % 71, FIRST, "minutes", "pdf"),
            (file % 80, SECOND, "agenda_pack", "pdf"),
        },
        {'"Agenda"': '"Ordre du jour"', '"Minutes"': '"Proc\\u00e8s-verbal"'},
    )


def _civicclerk() -> Played:
    def event(number: int, day: str, *files: tuple[int, str]) -> dict[str, object]:
        listed = [{"fileId": n, "type": t, "name": f"{t} {day}", "publishOn": None} for n, t in files]
        return {
            "id": number,
            "eventDate": f"{day}T18:00:00Z",
            "eventName": "Regular",
            "isDeleted": False,
            "eventCategoryName": BODY,
            "publishedFiles": listed,
        }

    events = [
        event(7, "2025-05-13", (70, "Agenda"), (71, "Minutes")),
        event(8, "2025-06-03", (80, "Agenda Packet")),
        event(1, "2019-01-07", (10, "Agenda")),
    ]
    at = "https://merande.api.civicclerk.com/v1/Meetings/GetMeetingFileStream(fileId=%d,plainText=false)"
    more = "https://merande.api.civicclerk.com/v1/Events?$skip=%d"
    return Played(
        "https://merande.portal.civicclerk.com",
        {"/v1/Events": json.dumps({"value": events})},
        {
            (at % 70, FIRST, "agenda", "pdf"),
            (at % 71, FIRST, "minutes", "pdf"),
            (at % 80, SECOND, "agenda_pack", "pdf"),
        },
        {'"Agenda"': '"Orden del d\\u00eda"', '"Minutes"': '"Acta"'},
        lambda n: json.dumps(
            {"value": [event(1000 + n, "2025-05-13", (5000 + n, "Agenda"))], "@odata.nextLink": more % n}
        ),
        endless_at="/v1/Events",
    )


def _legistar() -> Played:
    def event(number: int, day: str, minutes: bool) -> dict[str, object]:
        file = f"https://merande.legistar1.com/m/{number}_%s.pdf"
        return {
            "EventId": number,
            "EventBodyName": BODY,
            "EventDate": f"{day}T00:00:00",
            "EventItems": [],
            "EventAgendaFile": file % "A",
            "EventMinutesFile": file % "M" if minutes else None,
        }

    items = [
        {
            "EventItemId": 5,
            "EventItemTitle": "Tender",
            "EventItemMover": "M. Yoder",
            "EventItemSeconder": None,
            "EventItemPassedFlagName": "Pass",
            "EventItemRollCallFlag": 1,
            "EventItemMatterAttachments": [
                {
                    "MatterAttachmentName": "Report on tenders",
                    "MatterAttachmentHyperlink": "https://merande.legistar1.com/m/r9.pdf",
                }
            ],
        }
    ]
    votes = [{"VotePersonName": "M. Yoder", "VoteValueName": "Aye"}]
    at = "https://merande.legistar1.com/m/"
    return Played(
        "merande",
        {
            "/eventitems/5/votes": json.dumps(votes),
            "/events/7/eventitems": json.dumps(items),
            "/eventitems": "[]",
            "/events?": json.dumps([event(7, "2025-05-13", True), event(8, "2025-06-03", False)]),
        },
        {
            (f"{at}7_A.pdf", FIRST, "agenda", "pdf"),
            (f"{at}7_M.pdf", FIRST, "minutes", "pdf"),
            (f"{at}8_A.pdf", SECOND, "agenda", "pdf"),
            (f"{at}r9.pdf", FIRST, "report", "pdf"),
        },
        endless=lambda n: json.dumps([event(1000 * n + i, "2019-01-07", False) for i in range(1000)]),
        endless_at="/events?",
    )


def _legistar_calendar() -> Played:
    def row(day: str, number: int, letters: str) -> str:
        view = f"View.ashx?M=%s&amp;ID={number}&amp;GUID=A1"
        cells = "".join(
            f'<td><a href="{view % m}">{label}</a></td>'
            if m in letters
            else "<td><a>Not&#160;available</a></td>"
            for m, label in (("IC", "ics"), ("A", "Agenda"), ("M", "Minutes"))
        )
        return (
            f'<tr class="rgRow"><td><a id="x_hypBody" href="D.aspx">{BODY}</a></td><td>{day}</td>{cells}</tr>'
        )

    head = "".join(f"<th>{h}</th>" for h in ("Name", "Meeting Date", "", "Agenda", "Minutes"))
    rows = row("6/3/2025", 8, "IC A") + row("5/13/2025", 7, "IC A M") + row("1/7/2019", 1, "A")
    grid = f'<table class="rgMasterTable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    at = "https://merande.legistar.com/View.ashx?M=%s&ID=%d&GUID=A1"
    return Played(
        "https://merande.legistar.com",
        {"Calendar.aspx": html(grid)},
        {
            (at % ("A", 8), SECOND, "agenda", "pdf"),
            (at % ("A", 7), FIRST, "agenda", "pdf"),
            (at % ("M", 7), FIRST, "minutes", "pdf"),
        },
        {"6/3/2025": "03/06/2025", "5/13/2025": "13/05/2025", "Agenda": "Ordre du jour"},
    )


def _boarddocs() -> Played:
    def meeting(key: str, day: str) -> str:
        link = f"https://go.boarddocs.com/st/merande/Board.nsf/goto?open&amp;id={key}"
        start = f'<start><date format="yyyy-mm-dd">{day}</date></start>'
        return (
            f'<meeting bodyname="{BODY}" id="{key}"><name>Regular</name>{start}<link>{link}</link></meeting>'
        )

    rows = meeting("AAA7", "2025-05-13") + meeting("AAA8", "2025-06-03") + meeting("AAA1", "2019-01-07")
    at = "https://go.boarddocs.com/st/merande/Board.nsf/goto?open&id="
    return Played(
        "https://go.boarddocs.com/st/merande/Board.nsf/Public",
        {"XML-ActiveMeetings": f"<meetings>{rows}</meetings>"},
        {(f"{at}AAA7", FIRST, "agenda", "html"), (f"{at}AAA8", SECOND, "agenda", "html")},
    )


def _simbli() -> Played:
    def row(number: int, day: str) -> dict[str, object]:
        return {
            "Master_MeetingID": number,
            "MM_DistrictID": 40,
            "MM_MeetingTitle": BODY,
            "MM_DateTime": f"{day}T18:00:00",
        }

    at = "https://simbli.eboardsolutions.com/SB_Meetings/ViewMeeting.aspx?S=40&MID="
    return Played(
        "https://simbli.eboardsolutions.com/SB_Meetings/SB_MeetingListing.aspx?S=40",
        {"SB_MeetingListing": json.dumps([row(7, "2025-05-13"), row(8, "2025-06-03"), row(1, "2019-01-07")])},
        {(f"{at}7", FIRST, "agenda", "html"), (f"{at}8", SECOND, "agenda", "html")},
    )


def _novusagenda() -> Played:
    def row(day: str, number: int, minutes: bool) -> str:
        pdf = f'<a href="DisplayAgendaPDF.ashx?%sMeetingID={number}"><img alt="PDF"></a>'
        view = (
            f"<a onclick=\"window.open('MeetingView.aspx?MeetingID={number}&MinutesMeetingID=-1')\">View</a>"
        )
        cells = f"<td>{day}</td><td>{BODY}</td><td>{view}</td><td>{pdf % ''}</td>"
        return f'<tr class="rgRow">{cells}<td>{pdf % "Minutes" if minutes else ""}</td></tr>'

    rows = row("06/03/25", 8, False) + row("05/13/25", 7, True) + row("01/07/19", 1, False)
    at = "https://merande.novusagenda.com/agendapublic/"
    pdf, view = (
        f"{at}DisplayAgendaPDF.ashx?%sMeetingID=%d",
        f"{at}MeetingView.aspx?MeetingID=%d&MinutesMeetingID=-1",
    )
    return Played(
        at.rstrip("/"),
        {"/agendapublic/": html(f"<table>{rows}</table>")},
        {
            (pdf % ("", 8), SECOND, "agenda", "pdf"),
            (pdf % ("", 7), FIRST, "agenda", "pdf"),
            (pdf % ("Minutes", 7), FIRST, "minutes", "pdf"),
            (view % 8, SECOND, "agenda", "html"),
            (view % 7, FIRST, "agenda", "html"),
        },
        {"06/03/25": "3 juin 2025", "05/13/25": "13 mai 2025"},
    )


def _escribe() -> Played:
    def meeting(day: str, *documents: tuple[str, str, str, str]) -> dict[str, object]:
        links = [{"Type": t, "Title": n, "Format": f, "Url": u} for t, n, f, u in documents]
        return {"MeetingName": BODY, "StartDate": f"{day} 18:30:00", "MeetingDocumentLink": links}

    meetings = [
        meeting(
            "2025/05/13",
            ("Agenda", "Agenda (PDF)", ".pdf", "FileStream.ashx?DocumentId=7"),
            ("Agenda", "Agenda (HTML)", "HTML", "Meeting.aspx?Id=a7&Agenda=Agenda"),
            ("PostMinutes", "Minutes", ".pdf", "FileStream.ashx?DocumentId=9"),
            ("Video", "Video", "", "Players/ISIStandAlonePlayer.aspx?Id=a7"),
        ),
        meeting("2025/06/03", ("Agenda", "Agenda Package", ".pdf", "FileStream.ashx?DocumentId=8")),
        meeting("2019/01/07", ("Agenda", "Agenda", ".pdf", "FileStream.ashx?DocumentId=1")),
    ]
    at = "https://pub-merande.escribemeetings.com/"
    return Played(
        at,
        {"GetCalendarMeetings": json.dumps({"d": meetings})},
        {
            (f"{at}FileStream.ashx?DocumentId=7", FIRST, "agenda", "pdf"),
            (f"{at}Meeting.aspx?Id=a7&Agenda=Agenda", FIRST, "agenda", "html"),
            (f"{at}FileStream.ashx?DocumentId=9", FIRST, "minutes", "pdf"),
            (f"{at}FileStream.ashx?DocumentId=8", SECOND, "agenda_pack", "pdf"),
        },
        {"Agenda (PDF)": "Ordre du jour (PDF)", '"Minutes"': '"Proc\\u00e8s-verbal"'},
    )


def _oparl() -> Played:
    root = "https://ris.merande.example/oparl"
    schema = "https://schema.oparl.org/1.1/"

    def file(name: str, number: int) -> dict[str, object]:
        return {"name": name, "accessUrl": f"{root}/files/{number}.pdf", "mimeType": "application/pdf"}

    def meeting(number: int, day: str, **files: object) -> dict[str, object]:
        return {
            "id": f"{root}/m/{number}",
            "type": f"{schema}Meeting",
            "start": f"{day}T19:00:00+02:00",
            "organization": [f"{root}/o/1"],
            **files,
        }

    meetings = [
        meeting(7, "2025-05-13", invitation=file("Einladung", 70), resultsProtocol=file("Ergebnis", 71)),
        meeting(8, "2025-06-03", auxiliaryFile=[file("Tagesordnung", 80), file("Foto", 81)]),
        meeting(1, "2019-01-07", invitation=file("Einladung", 10)),
    ]
    paper = {
        "id": f"{root}/p/1",
        "type": f"{schema}Paper",
        "name": "Schulweg",
        "mainFile": file("Vorlage", 90),
        "consultation": [{"meeting": f"{root}/m/7"}, {"meeting": f"{root}/m/8"}],
    }
    body = {
        "id": f"{root}/b",
        "type": f"{schema}Body",
        "meeting": f"{root}/meetings",
        "paper": f"{root}/papers",
    }
    at = f"{root}/files/%d.pdf"
    return Played(
        root + "/system",
        {
            "/system": json.dumps({"type": f"{schema}System", "body": f"{root}/bodies"}),
            "/bodies": json.dumps({"data": [body], "links": {}}),
            "/meetings": json.dumps({"data": meetings, "links": {}}),
            "/papers": json.dumps({"data": [paper], "links": {}}),
            "/o/1": json.dumps({"id": f"{root}/o/1", "type": f"{schema}Organization", "name": BODY}),
        },
        {
            (at % 70, FIRST, "agenda", "pdf"),
            (at % 71, FIRST, "minutes", "pdf"),
            (at % 80, SECOND, "agenda", "pdf"),
            (at % 81, SECOND, "other", "pdf"),
            (at % 90, FIRST, "report", "pdf"),
        },
        endless=lambda n: json.dumps(
            {"data": [meeting(1000 + n, "2019-01-07")], "links": {"next": f"{root}/meetings?page={n}"}}
        ),
        endless_at="/meetings",
    )


PLAYED = {
    "legistar": _legistar(),
    "legistar-calendar": _legistar_calendar(),
    "granicus": _granicus(),
    "iqm2": _iqm2(),
    "civicplus": _civicplus(),
    "primegov": _primegov(),
    "civicclerk": _civicclerk(),
    "boarddocs": _boarddocs(),
    "simbli": _simbli(),
    "novusagenda": _novusagenda(),
    "escribe": _escribe(),
    "oparl": _oparl(),
}
