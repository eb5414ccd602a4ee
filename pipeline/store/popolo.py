"""The datasets as Popolo (popoloproject.com): one JSON file a council, with people, bodies, seats, meetings,
motions and votes, each told once. What the format cannot hold is said in docs/exchange.md."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extractors.rows.people import slug
from pipeline.store.facts import rows_of

Row = dict[str, Any]
OPTIONS = {
    "for": "yes",
    "against": "no",
    "abstain": "abstain",
    "absent": "absent",
    "recused": "excused",
    "not_voting": "not voting",
}
"""How Popolo names what people did when it was voted."""
RESULTS = {"carried": "pass", "agreed": "pass", "lost": "fail"}
COUNTS = (("yes", "votes_for"), ("no", "votes_against"), ("abstain", "abstentions"))

PEOPLE = """
SELECT council, person_id, name, other_names, titles FROM people
WHERE list_has_any(capacities, ['member', 'officer']) ORDER BY council, person_id
"""
BODIES = "SELECT * FROM bodies ORDER BY council, body_id"
SEATS = """
SELECT council, person_id, body_id, mode(role) AS role FROM attendance_record
WHERE capacity = 'member' AND person_id IS NOT NULL AND body_id IS NOT NULL
GROUP BY ALL ORDER BY council, body_id, person_id
"""
MEETINGS = "SELECT * FROM meetings WHERE council <> 'unknown' ORDER BY council, date, meeting_id"
CAME = """
SELECT council, meeting_id, person_id, any_value(name) AS name FROM attendance_record
WHERE status = 'present' AND capacity IN ('member', 'officer') AND person_id IS NOT NULL
GROUP BY ALL ORDER BY council, meeting_id, person_id
"""
MOTIONS = """
SELECT m.*, t.date, t.body_id, d.source_url FROM motions m
LEFT JOIN meetings t USING (meeting_id) LEFT JOIN documents d ON d.document_id = m.document_id
WHERE m.council <> 'unknown' ORDER BY m.council, t.date, m.motion_id
"""
VOTES = """
SELECT council, motion_id, person_id, name, choice FROM voting_record ORDER BY council, motion_id, name
"""


def export_popolo(output: Path, target: Path) -> list[Path]:
    """Write a file a council into `target`; the files. Raises OSError."""
    from pipeline.store.sql import connect

    connection = connect(output)
    rows = {
        name: _by_council(connection, query)
        for name, query in (
            ("people", PEOPLE),
            ("bodies", BODIES),
            ("seats", SEATS),
            ("meetings", MEETINGS),
            ("came", CAME),
            ("motions", MOTIONS),
            ("votes", VOTES),
        )
    }
    target.mkdir(parents=True, exist_ok=True)
    out: list[Path] = []
    for council in sorted({c for listed in rows.values() for c in listed}):
        own = {name: listed.get(council, []) for name, listed in rows.items()}
        out.append(target / f"{slug(council)}.json")
        text = json.dumps(popolo_of(council, own), indent=1, ensure_ascii=False, default=str)
        out[-1].write_text(text + "\n", "utf-8")
    return out


def _by_council(connection: Any, query: str) -> dict[str, list[Row]]:
    out: defaultdict[str, list[Row]] = defaultdict(list)
    for r in rows_of(connection, query):
        out[r["council"]].append(r)
    return out


def popolo_of(council: str, rows: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """A council's rows as Popolo's classes, by their plural names."""
    home = next(
        (b["body_id"] for b in rows["bodies"] if b["kind"] == "council"), f"{slug(council)}-body-council"
    )
    makers: dict[str, Callable[[], Iterator[Row]]] = {
        "persons": lambda: map(_person, rows["people"]),
        "organizations": lambda: _organizations(council, home, rows["bodies"]),
        "memberships": lambda: map(_membership, rows["seats"]),
        "events": lambda: _events(rows, home),
        "motions": lambda: (_motion(m, home) for m in rows["motions"]),
        "vote_events": lambda: _vote_events(rows, home),
    }
    return {name: [_known(r) for r in make()] for name, make in makers.items()}


def _known(row: Row) -> Row:
    """Without what is not known."""
    return {k: v for k, v in row.items() if v not in (None, [], "")}


def _person(p: Row) -> Row:
    titles = [t for t in p["titles"] or () if t]
    return {
        "id": p["person_id"],
        "name": p["name"],
        "other_names": [{"name": n} for n in p["other_names"] or ()],
        "honorific_prefix": titles[0] if titles else None,
    }


def _organizations(council: str, home: str, bodies: list[Row]) -> Iterator[Row]:
    if not any(b["body_id"] == home for b in bodies):
        yield {"id": home, "name": council, "classification": "council"}
    for b in bodies:
        code = b["official_code"]
        own = b["body_id"] == home
        names = dict.fromkeys([b["name"], *(b["other_names"] or ())]) if own else b["other_names"] or ()
        yield {
            "id": b["body_id"],
            "name": council if own else b["name"],
            "other_names": [{"name": n} for n in names if not (own and n == council)],
            "classification": b["kind"],
            "parent_id": None if own else home,
            "identifiers": [{"scheme": "GSS", "identifier": code}] if code else [],
        }


def _membership(s: Row) -> Row:
    return {
        "id": f"{s['body_id']}-{s['person_id'].partition('-person-')[2]}",
        "person_id": s["person_id"],
        "organization_id": s["body_id"],
        "role": s["role"],
    }


def _events(rows: dict[str, list[Row]], home: str) -> Iterator[Row]:
    came: defaultdict[str, list[Row]] = defaultdict(list)
    for a in rows["came"]:
        came[a["meeting_id"]].append({"id": a["person_id"], "name": a["name"]})
    for m in rows["meetings"]:
        yield {
            "id": m["meeting_id"],
            "name": ", ".join(str(x) for x in (m["committee"], m["date"]) if x),
            "start_date": str(m["date"]) if m["date"] else None,
            "location": m["venue"],
            "status": m["status"],
            "classification": m["kind"],
            "organization_id": m["body_id"] or home,
            "attendees": came[m["meeting_id"]],
        }


def _motion(m: Row, home: str) -> Row:
    return {
        "id": m["motion_id"],
        "organization_id": m["body_id"] or home,
        "creator_id": m["mover_person_id"],
        "text": m["text"],
        "classification": m["kind"],
        "date": str(m["date"]) if m["date"] else None,
        "result": RESULTS.get(m["outcome"] or "", m["outcome"]),
        "sources": _sources(m),
    }


def _sources(m: Row) -> list[Row]:
    """The paper, where it has an address."""
    address, page = m["source_url"] or "", m["page"]
    return [{"url": f"{address}#page={page}" if page else address}] if "://" in address else []


def _vote_events(rows: dict[str, list[Row]], home: str) -> Iterator[Row]:
    """A vote event for each motion of which names or counts are told."""
    votes: defaultdict[str, list[Row]] = defaultdict(list)
    for v in rows["votes"]:
        who = {"voter_id": v["person_id"]} if v["person_id"] else {"voter": {"name": v["name"]}}
        votes[v["motion_id"]].append({**who, "option": OPTIONS[v["choice"]]})
    for m in rows["motions"]:
        counts = [{"option": o, "value": m[c]} for o, c in COUNTS if m[c] is not None]
        if counts or votes[m["motion_id"]]:
            yield {
                "id": f"{m['motion_id']}-vote",
                "motion_id": m["motion_id"],
                "organization_id": m["body_id"] or home,
                "identifier": m["reference"],
                "start_date": str(m["date"]) if m["date"] else None,
                "result": RESULTS.get(m["outcome"] or ""),
                "counts": counts,
                "votes": votes[m["motion_id"]],
                "sources": _sources(m),
            }
