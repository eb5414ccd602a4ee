"""As tests/platforms.py: the platforms of the United Kingdom and Australia, and a council's own page of
links."""

from __future__ import annotations

import json

from tests.platforms import BODY, FIRST, SECOND, Played, html

SITE = "https://merande.example/"
WELSH = {"June 2025": "Mehefin 2025", "Jun 2025": "Meh 2025", "May": "Mai", " June<": " Mehefin<"}


def _moderngov_page(number: int, day: str, *papers: str) -> str:
    links = "".join(f'<a href="documents/{p}">{p.split("/")[-1].split(".")[0]} PDF 9 KB</a>' for p in papers)
    head = f'<h2 class="mgSubTitleTxt">{BODY} - Tuesday {day} 6:30 pm</h2>'
    return html(f'<div id="modgov">{head}{links}</div>')


MEETINGS = {
    "MId=8": _moderngov_page(8, "3 June 2025", "g8/Agenda%20frontsheet.pdf?T=0", "s80/Roads.pdf"),
    "MId=7": _moderngov_page(7, "13 May 2025", "g7/Pack.pdf?T=10", "g7/Printed%20minutes.pdf?T=1"),
    "mgDelegatedDecisions": html('<div id="modgov">No decisions</div>'),
}
OF_MEETINGS = {
    (f"{SITE}documents/g8/Agenda%20frontsheet.pdf?T=0", SECOND, "agenda", None),
    (f"{SITE}documents/s80/Roads.pdf", SECOND, "report", None),
    (f"{SITE}documents/g7/Pack.pdf?T=10", FIRST, "agenda_pack", None),
    (f"{SITE}documents/g7/Printed%20minutes.pdf?T=1", FIRST, "minutes", None),
}


def _moderngov_pages() -> Played:
    def listed(*meetings: tuple[int, str], earlier: str = "") -> str:
        links = "".join(f'<a href="ieListDocuments.aspx?CId=7&MId={n}">{day}</a>' for n, day in meetings)
        before = f'<a href="ieListMeetings.aspx?Act=earlier&CId=7&D={earlier}">Earlier</a>' if earlier else ""
        return html(f'<div class="mgContent">{before}{links}</div>')

    committee = f'<p class="mgContent"><a href="mgCommitteeDetails.aspx?ID=7">{BODY}</a></p>'
    answers = {
        "mgListCommittees": html(committee),
        "Act=earlier": listed((1, "8 Jan 2019 6:30 pm")),
        "CommitteeId=7": listed((8, "3 Jun 2025"), (7, "13 May 2025"), earlier="1"),
        **MEETINGS,
    }
    return Played(
        SITE,
        answers,
        OF_MEETINGS,
        WELSH,
        lambda n: listed((1000 + n, "13 May 2025"), earlier=str(n)),
        "ieListMeetings",
        {**answers, "Act=earlier": listed(), "CommitteeId=7": listed()},
    )


def _moderngov() -> Played:
    def meeting(number: int, day: str) -> str:
        return (
            f"<meeting><meetingid>{number}</meetingid><committeeid>7</committeeid>"
            f"<committeetitle>{BODY}</committeetitle><meetingdate>{day}</meetingdate></meeting>"
        )

    roads = (
        "<linkeddoc><title>Roads</title><url>documents/s80/Roads.pdf</url>"
        "<isrestricted>False</isrestricted></linkeddoc></meeting>"
    )
    committee = f"<committeeid>7</committeeid><committeetitle>{BODY}</committeetitle>"
    every = meeting(7, "13/05/2025") + meeting(8, "03/06/2025") + meeting(1, "08/01/2019")
    answers = {
        "GetAllMeetingsByDate": f"<all><meetings>{every}</meetings></all>",
        "lMeetingId=8": meeting(8, "03/06/2025").replace("</meeting>", roads),
        "lMeetingId=7": meeting(7, "13/05/2025"),
        "GetCommittees": f"<committees><committee>{committee}</committee></committees>",
        "GetMeetings?": "<getmeetings></getmeetings>",
        **MEETINGS,
    }
    empty = {**answers, "GetAllMeetingsByDate": "<all><meetings></meetings></all>"}
    return Played(SITE, answers, OF_MEETINGS, WELSH, empty=empty)


def _cmis() -> Played:
    view = f"{SITE}merande/Meetings/tabid/70/ctl/%s/mid/397/%s"

    def row(day: str, number: int) -> str:
        at = view % ("ViewMeetingPublic", f"Meeting/{number}/Committee/4/Default.aspx")
        return f'<tr><td>{day}</td><td><a href="{at}">11:00 {BODY}</a></td></tr>'

    def month(*rows: str) -> str:
        return html(f'<table class="ModCMIS">{"".join(rows)}</table>')

    def detail(day: str, *papers: tuple[int, str]) -> str:
        links = "".join(f'<a href="/merande/Document.ashx?id={n}">{words}</a>' for n, words in papers)
        labels = (("Committee:", BODY), ("Date/Time:", f"{day} - 11:00"), ("Status:", "Scheduled"))
        said = "".join(f'<div class="DNNLabel">{a}</div><div>{b}</div>' for a, b in labels)
        return html(f'<div class="ModCMIS">{said}{links}</div>')

    answers = {
        "MeetingCalendarListView": month(row("3 June 2025", 8)),
        "Meetings.aspx": html('<input name="dnn$ctr397$MeetingCalendarPublic$x" />'),
        "Date/2025-05-01": month(row("Tuesday, 13 May", 7)),
        "Date/2025-06-01": month(row("Tuesday, 3 June", 8)),
        "MeetingCalendarPublicNoJava": month(),
        "Meeting/7": detail("13 May 2025", (70, "Agenda Reports"), (71, "Minutes")),
        "Meeting/8": detail("3 June 2025", (80, "Agenda")),
    }
    at = f"{SITE}merande/Document.ashx?id="
    return Played(
        f"{SITE}merande/Meetings.aspx",
        answers,
        {
            (f"{at}70", FIRST, "agenda_pack", None),
            (f"{at}71", FIRST, "minutes", None),
            (f"{at}80", SECOND, "agenda", None),
        },
        WELSH,
        empty={**answers, "Date/2025-05-01": month(), "Date/2025-06-01": month()},
    )


def _infocouncil() -> Played:
    site = "https://merande.infocouncil.biz/"
    generator = '<meta name="generator" content="Infocouncil"><option value="2025">2025</option>'

    def row(day: str, key: str, *sorts: str) -> str:
        cells = "".join(
            f'<td><a href="RedirectToDoc.aspx?URL=Open/2025/05/CM_{key}_{s}.PDF">PDF</a></td>' for s in sorts
        )
        body = f'<td class="bpsGridDate">{day}</td><td class="bpsGridCommittee">{BODY}</td>'
        return f'<tr class="bpsGridMenuItem">{body}{cells}</tr>'

    rows = row("3 Jun 2025", "03062025", "AGN", "AGN_SUP") + row("13 May 2025", "13052025", "AGN", "MIN")
    out = row("8 Jan 2025", "08012025", "AGN")
    at = f"{site}RedirectToDoc.aspx?URL=Open/2025/05/CM_%s.PDF"
    return Played(
        site,
        {"?year=2025": html(f"{generator}<table>{rows}{out}</table>")},
        {
            (at % "03062025_AGN", SECOND, "agenda", None),
            (at % "03062025_AGN_SUP", SECOND, "supplement", None),
            (at % "13052025_AGN", FIRST, "agenda", None),
            (at % "13052025_MIN", FIRST, "minutes", None),
        },
        WELSH,
        empty={"?year=2025": html(generator)},
    )


def _docassembler() -> Played:
    def row(day: str, **ids: str) -> dict[str, object]:
        return {"MeetingDate": f"{day}T08:00:00", "MeetingType": BODY, "DocumentTitle": "Meeting", **ids}

    rows = [
        row("2025-05-13", AgendaDocumentId="a7", MinutesDocumentId="m7"),
        row("2025-06-03", AgendaDocumentId="a8"),
        row("2019-01-08", AgendaDocumentId="a1"),
    ]
    at = "https://docspublished.com.au/merande/document/"
    return Played(
        "https://docspublished.com.au/merande",
        {"organisation/merande": json.dumps({"Id": "n1"}), "documents/n1": json.dumps(rows)},
        {
            (f"{at}a7", FIRST, "agenda", None),
            (f"{at}m7", FIRST, "minutes", None),
            (f"{at}a8", SECOND, "agenda", None),
        },
        empty={"organisation/merande": json.dumps({"Id": "n1"}), "documents/n1": "[]"},
    )


def _page() -> Played:
    def meeting(day: str, *papers: tuple[str, str]) -> str:
        links = "".join(f'<li><a href="/media/{name}.pdf">{words}</a></li>' for name, words in papers)
        return f"<h3>{day}</h3><ul>{links}</ul>"

    body = f"<h2>{BODY}</h2>"
    meetings = (
        meeting("3 June 2025", ("8", "Agenda"))
        + meeting("13 May 2025", ("7", "Agenda"), ("9", "Minutes (PDF 120KB)"))
        + meeting("8 January 2019", ("1", "Agenda"))
    )

    def endless(n: int) -> str:
        more = f'<a href="?page={n + 1}">Next</a>'
        return html(body + meeting("13 May 2025", (str(1000 + n), "Agenda")) + more)

    return Played(
        f"{SITE}council/meetings",
        {"council/meetings": html(body + meetings)},
        {
            (f"{SITE}media/8.pdf", SECOND, "agenda", None),
            (f"{SITE}media/7.pdf", FIRST, "agenda", None),
            (f"{SITE}media/9.pdf", FIRST, "minutes", None),
        },
        {"June": "Juni", "May": "Mai", ">Agenda<": ">Tagesordnung<", "Minutes (": "Niederschrift ("},
        endless,
        "council/meetings",
        {"council/meetings": html(body)},
    )


PLAYED = {
    "moderngov": _moderngov(),
    "moderngov-pages": _moderngov_pages(),
    "cmis": _cmis(),
    "infocouncil": _infocouncil(),
    "docassembler": _docassembler(),
    "page": _page(),
}
