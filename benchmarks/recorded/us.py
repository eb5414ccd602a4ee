"""Recordings of platforms of the United States, Canada and Germany (../shared/recordings).

What is there is told by plain regular expressions over the recorded text, or by its JSON: a link's kind by
its label or number, its day by the last date that stands before it.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from benchmarks.recorded import Answer, Recording, There, absolute, plain

ANCHOR = re.compile(r"<a\b[^>]*?href\s*=\s*([\"'])(?P<href>.*?)\1[^>]*>(?P<words>.*?)</a>", re.S | re.I)
WRITTEN = re.compile(
    r"\b([A-Z][a-z]{2})[a-z]*\.? +(\d{1,2}), *(\d{4})\b|\b(\d{1,2})[/-](\d{1,2})[/-](\d{2,4})\b"
)
LABELS = {
    "agenda": "agenda",
    "agenda packet": "agenda_pack",
    "packet": "agenda_pack",
    "minutes": "minutes",
    "minutes packet": "minutes",
    "summary": "minutes",
}


def recordings(shared: Path) -> Iterator[Recording]:
    """All of them."""
    folder = shared / "recordings"
    for find in (granicus, iqm2, civicplus, legistar, primegov, civicclerk, boarddocs, simbli, oparl):
        yield from find(folder)


def always(text: str) -> Answer:
    """The same answer for every address."""
    return lambda url: text


def day_before(markup: str) -> date | None:
    """The last day that the markup writes."""
    found = list(WRITTEN.finditer(plain(markup)))
    if not found:
        return None
    m = found[-1]
    if m[1]:
        return datetime.strptime(f"{m[1]} {m[2]} {m[3]}", "%b %d %Y").date()
    return date(int(m[6]) if len(m[6]) == 4 else 2000 + int(m[6]), int(m[4]), int(m[5]))


def _links(text: str, base: str, *, reach: int = 4000) -> Iterator[tuple[str, str, str]]:
    """(address, label, what stands before) of every link."""
    for m in ANCHOR.finditer(text):
        label = plain(m["words"]) or " ".join(re.findall(r'alt="([^"]*)"', m["words"]))
        yield absolute(base, m["href"]), label, text[max(0, m.start() - reach) : m.start()]


def _read(path: Path) -> str:
    return path.read_text("utf-8", "replace")


def granicus(folder: Path) -> Iterator[Recording]:
    """ViewPublisher pages: every viewer of an agenda or minutes, and every link that is called so."""
    for path in sorted(folder.glob("granicus/*.html")):
        text = _read(path)
        site = re.search(r"//(\w+\.granicus\.com)/\w+\.php\?view_id=(\d+)", text)
        base = (
            f"https://{site[1]}/ViewPublisher.php?view_id={site[2]}"
            if site
            else "https://x.granicus.com/V.php"
        )
        there: dict[str, There] = {}
        for url, label, before in _links(text, base):
            viewer = re.search(r"/(Agenda|Minutes|Meta)Viewer\.php", url)
            called = (
                LABELS.get(label.lower()) if url.startswith("http") and "ViewPublisher" not in url else None
            )
            inner = re.search(r"pdfurl=([^&]+)", url)
            if viewer or called:
                kind = (
                    {"Agenda": "agenda", "Minutes": "minutes", "Meta": "report"}[viewer[1]]
                    if viewer
                    else called
                )
                day = None if viewer and viewer[1] == "Meta" else day_before(before)
                paper = There(inner[1] if inner else url, day, kind)
                there.setdefault(paper.key, paper)
        for href in re.findall(r"href=(https?://[^\s\"'>]*MetaViewer\.php[^\s\"'>]*)", text):
            paper = There(absolute(base, href), None, "report")
            there.setdefault(paper.key, paper)
        if there:
            yield Recording("granicus", path.stem, base, always(text), list(there.values()))


def iqm2(folder: Path) -> Iterator[Recording]:
    """Calendars: every file, its kind by its label, its day by the meeting's link before it."""
    for path in sorted(folder.glob("iqm2/*.html")):
        text, there = _read(path), dict[str, There]()
        base = "https://city.iqm2.com/Citizens/Calendar.aspx"
        for url, label, before in _links(text, base):
            if re.search(r"File(Open|View)\.aspx", url):
                row = before[before.rfind("RowLink") :]
                paper = There(url, day_before(row), LABELS.get(label.lower()))
                there.setdefault(paper.key, paper)
        yield Recording("iqm2", path.stem, base, always(text), list(there.values()))


def civicplus(folder: Path) -> Iterator[Recording]:
    """Agenda Centers: every ViewFile, its day by what the row says."""
    pages = [
        (p.stem, "https://nm-lascruces.civicplus.com", _read(p)) for p in folder.glob("civicplus/*.html")
    ]
    for path in sorted(folder.glob("civicplus/cassettes/*.yaml")):
        pages += [(path.stem, *found) for found in _searches(path)]
    known: set[frozenset[str]] = set()
    for name, base, text in pages:
        there: dict[str, There] = {}
        for url, _, before in _links(text, base):
            if sort := re.search(r"/AgendaCenter/ViewFile/(\w+)/_", url):
                row = before[before.rfind("<tr") :].replace("</abbr>", "")
                told = re.search(r"_(\d\d)(\d\d)(\d{4})-", row)  # the row's anchor
                day = date(int(told[3]), int(told[1]), int(told[2])) if told else None
                kind = "agenda_pack" if "packet=true" in url else sort[1].lower()
                paper = There(url, day, kind)
                there.setdefault(paper.key, paper)
        if frozenset(there) not in known:  # cassettes repeat each other
            known.add(frozenset(there))
            yield Recording("civicplus", name, base, always(text), list(there.values()))


def _searches(cassette: Path) -> Iterator[tuple[str, str]]:
    """(site, page) of a cassette's searches of the Agenda Center."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # five times as fast, where it was built
    for one in yaml.load(cassette.read_text("utf-8"), loader)["interactions"]:
        request, response = one["request"], one["response"]
        if "/AgendaCenter/Search" in request["uri"] and response["status"]["code"] == 200:
            body = response["body"]["string"]
            body = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
            yield request["uri"].split("/AgendaCenter")[0], body.decode() if isinstance(body, bytes) else body


def legistar(folder: Path) -> Iterator[Recording]:
    """The API's events; calendars as recorded, and as others read them, set as tables again."""
    for path in sorted(folder.glob("legistar-api/*.json")):
        events = json.loads(_read(path))
        there = [
            There(event[field], date.fromisoformat(event["EventDate"][:10]), kind)
            for event in events
            for field, kind in (("EventAgendaFile", "agenda"), ("EventMinutesFile", "minutes"))
            if isinstance(event, dict) and event.get(field)
        ]
        if there:
            answer = _by_part({"/eventitems": "[]", "/events?": json.dumps(events)})
            yield Recording("legistar", path.stem, "client", answer, there, "items answered with none")
    for path in sorted(folder.glob("legistar-html/*events.html")):
        text, base = _read(path), "https://city.legistar.com/Calendar.aspx"
        there = [
            There(absolute(base, m[2]), day_before(text[: m.start()]), m[1].lower())
            for m in re.finditer(r'<a id="[^"]*_hyp(Agenda|Minutes)" href="([^"]+)"', text)
        ]
        yield Recording("legistar-calendar", path.stem, base, always(text), there)
    for path in sorted(folder.glob("legistar-calendar-parsed/*.json")):
        rows = json.loads(_read(path))
        there = list(_of_rows(rows))
        base = "https://city.legistar.com/Calendar.aspx"
        yield Recording(
            "legistar-calendar", path.stem, base, always(_table(rows)), there, "set as a table again"
        )


def _of_rows(rows: list[dict[str, Any]]) -> Iterator[There]:
    for row in rows:
        day = datetime.strptime(row["Meeting Date"], "%m/%d/%Y").date()
        for column, cell in row.items():
            kind = re.search(r"agenda|minutes", column, re.I)
            if kind and isinstance(cell, dict) and cell.get("url"):
                yield There(cell["url"], day, "agenda_pack" if "Packet" in column else kind[0].lower())


def _table(rows: list[dict[str, Any]]) -> str:
    """Rows as Legistar sets them."""
    columns = list(dict.fromkeys(c for row in rows for c in row))

    def cell(value: Any) -> str:
        told = value if isinstance(value, dict) else {"label": value or ""}
        words = html.escape(told.get("label", ""))
        return (
            f'<td><a href="{html.escape(told["url"])}">{words}</a></td>'
            if "url" in told
            else f"<td>{words}</td>"
        )

    head = "".join(f"<th>{c}</th>" for c in columns)
    body = "".join(f'<tr class="rgRow">{"".join(cell(r.get(c)) for c in columns)}</tr>' for r in rows)
    return f'<table class="rgMasterTable"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _by_part(answers: dict[str, str]) -> Answer:
    """The answer whose key is part of the address."""
    return lambda url: next(text for part, text in answers.items() if part in url)


def primegov(folder: Path) -> Iterator[Recording]:
    """The portal's meetings: every published document."""
    for path in sorted(folder.glob("primegov/*.json")):
        base, there = "https://county.primegov.com", list[There]()
        for meeting in json.loads(_read(path)):
            day = datetime.strptime(meeting["date"], "%b %d, %Y").date()
            for d in meeting["documentList"]:
                page = f"{base}/Portal/Meeting?meetingTemplateId={d['templateId']}"
                file = f"{base}/Public/CompiledDocument?meetingTemplateId={d['templateId']}"
                url = (
                    page
                    if d["compileOutputType"] == 3
                    else f"{file}&compileOutputType={d['compileOutputType']}"
                )
                name = d["templateName"].lower()
                kind = next(
                    k
                    for word, k in (("packet", "agenda_pack"), ("agenda", "agenda"), ("", "minutes"))
                    if word in name
                )
                there.append(There(url, day, kind))
        yield Recording("primegov", path.stem, base, always(_read(path)), there)


def civicclerk(folder: Path) -> Iterator[Recording]:
    """The service's events: every published file."""
    for path in sorted(folder.glob("civicclerk/*.json")):
        stream = "https://city.api.civicclerk.com/v1/Meetings/GetMeetingFileStream(fileId={},plainText=false)"
        there = [
            There(
                stream.format(f["fileId"]),
                date.fromisoformat(e["startDateTime"][:10]),
                LABELS[f["type"].lower()],
            )
            for e in json.loads(_read(path))["value"]
            for f in e["publishedFiles"]
        ]
        yield Recording(
            "civicclerk", path.stem, "https://city.portal.civicclerk.com", always(_read(path)), there
        )


def boarddocs(folder: Path) -> Iterator[Recording]:
    """The feed and the list: an agenda a meeting."""
    base = "https://go.boarddocs.com/st/board/Board.nsf"
    for path in sorted(folder.glob("boarddocs/*.xml")):
        found = re.findall(
            r'<meeting\b.*?<date format="yyyy-mm-dd">(.*?)</date>.*?<link>(.*?)</link>', _read(path), re.S
        )
        there = [There(html.unescape(link), date.fromisoformat(day), "agenda") for day, link in found]
        yield Recording("boarddocs", path.stem, base, always(_read(path)), there)
    for path in sorted(folder.glob("boarddocs/*.json")):
        rows = [r for r in json.loads(_read(path)) if r]  # the last is empty
        there = [
            There(
                f"{base}/goto?open&id={r['unique']}",
                datetime.strptime(r["numberdate"], "%Y%m%d").date(),
                "agenda",
            )
            for r in rows
        ]
        yield Recording("boarddocs", path.stem, base, always(_read(path)), there)


def simbli(folder: Path) -> Iterator[Recording]:
    """The listing's service: an agenda a meeting."""
    for path in sorted(folder.glob("simbli/*.json")):
        view = "https://simbli.eboardsolutions.com/SB_Meetings/ViewMeeting.aspx?S={}&MID={}"
        there = [
            There(
                view.format(r["MM_DistrictID"], r["Master_MeetingID"]),
                date.fromisoformat(r["MM_DateTime"][:10]),
                "agenda",
            )
            for r in json.loads(_read(path))
        ]
        address = "https://simbli.eboardsolutions.com/SB_Meetings/SB_MeetingListing.aspx?S=1"
        yield Recording("simbli", path.stem, address, always(_read(path)), there)


def oparl(folder: Path) -> Iterator[Recording]:
    """A server made of the recorded objects: a system, its body, two lists in pages of fifty."""
    root = "https://web1.karlsruhe.de/oparl"
    objects = {o["id"]: o for o in json.loads(_read(folder / "oparl/organizations.json"))}
    meetings = [json.loads(_read(p)) for p in sorted(folder.glob("oparl/meetings/*.json"))]
    papers = [json.loads(_read(p)) for p in sorted(folder.glob("oparl/papers/*.json"))]
    there = {t.key: t for m in meetings for t in _of_meeting(m)}
    days = {m["id"]: date.fromisoformat(m["start"][:10]) for m in meetings}
    for paper in papers:
        treated = [days[c["meeting"]] for c in paper.get("consultation", []) if c.get("meeting") in days]
        if treated and not paper.get("deleted"):
            for file in paper.get("auxiliaryFile", []):
                found = There(file["accessUrl"], min(treated), "report")
                there.setdefault(found.key, found)

    def answer(url: str) -> str:
        if url in objects:
            return json.dumps(objects[url])
        start = int((re.search(r"from=(\d+)", url) or ["", "0"])[1])
        for name, rows in (("meetings", meetings), ("papers", papers)):
            if url.startswith(f"{root}/{name}"):
                after = {"next": f"{root}/{name}?from={start + 50}"} if start + 50 < len(rows) else {}
                return json.dumps({"data": rows[start : start + 50], "links": after})
        body = {
            "type": "https://schema.oparl.org/1.1/Body",
            "meeting": f"{root}/meetings",
            "paper": f"{root}/papers",
        }
        system = {"type": "https://schema.oparl.org/1.1/System", "body": f"{root}/bodies"}
        return json.dumps({"data": [body]} if "bodies" in url else system)

    if meetings:
        yield Recording(
            "oparl", "karlsruhe", root, answer, list(there.values()), "single objects set as lists"
        )


def _of_meeting(meeting: dict[str, Any]) -> Iterator[There]:
    day = date.fromisoformat(meeting["start"][:10])
    for field, value in meeting.items():
        for file in value if isinstance(value, list) else [value]:
            if isinstance(file, dict) and file.get("accessUrl"):
                by_name = re.search(r"(tagesordnung)|(protokoll|niederschrift)", file["name"], re.I)
                of_field = {
                    "invitation": "agenda",
                    "resultsProtocol": "minutes",
                    "verbatimProtocol": "minutes",
                }
                named = ("agenda" if by_name[1] else "minutes") if by_name else None
                yield There(file["accessUrl"], day, of_field.get(field, named))
