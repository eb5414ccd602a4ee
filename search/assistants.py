"""A read-only MCP server over the index, for assistants: search, meeting, person, paper, division, and SQL
within limits. Every answer says the paper, the page, the box and how to cite it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import quote

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from search import pages, paper
from search.budget import TooSlow, within
from search.cite import citations
from search.divisions import division
from search.doubts import DOUBTFUL
from search.entries import KINDS, OUTCOMES
from search.index import IndexUnfit
from search.meetings import meeting
from search.persons import person
from search.query import Search, search
from search.readers import Readers

HITS, ROWS, LETTERS, SECONDS = 20, 200, 60_000, 5.0
"""Hits and rows of SQL that an answer holds, letters of a whole answer, seconds that SQL may take."""
INSTRUCTIONS = f"""What councils decided, read by a machine from their own papers.
A resolution is a decision; a recommendation is a proposal and no decision; outcome is null where the paper
prints none. Say so when confidence is below {DOUBTFUL} or doubts are given. Cite the paper and page of every
fact that you repeat."""
Text = Annotated[str, Field(max_length=300)]
Day = Annotated[str, Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="2024-01-31")]
READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
CLOSED = frozenset({"load_extension", "readfile", "writefile", "fts3_tokenizer"})


class Tools:
    """The tools over one index."""

    def __init__(self, index: Path, site: str) -> None:
        self._readers, self._site = Readers(index), site.rstrip("/") + "/" if site else ""

    def _asked(self, ask: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            with self._readers.db() as db:
                return ask(db)
        except (TooSlow, IndexUnfit) as error:
            raise ToolError(str(error)) from error

    def search(
        self,
        q: Annotated[Text, Field(description='words; "a phrase"; pre*; -without; this OR that')] = "",
        council: Text = "",
        kind: Annotated[Text, Field(description=f"one of {', '.join(KINDS)}")] = "",
        outcome: Annotated[Text, Field(description=f"one of {', '.join(OUTCOMES)}")] = "",
        since: Day = "",
        until: Day = "",
        due_until: Day = "",
        amount: Annotated[int, Field(ge=0, le=10**12, description="names a sum of at least so much")] = 0,
        sure: Annotated[bool, Field(description="only what nothing doubts")] = False,
        page: Annotated[int, Field(ge=1, le=50)] = 1,
    ) -> dict[str, Any]:
        """Search decisions, proposals, motions, actions, minutes, reports, tables and people."""
        asked = Search(
            q,
            council=(council,) if council else (),
            kind=(kind,) if kind else (),
            outcome=(outcome,) if outcome else (),
            amount=amount,
            sure=sure,
            page=page,
            since=_day(since),
            until=_day(until),
            due_until=_day(due_until),
        )

        def ask(db: sqlite3.Connection) -> dict[str, Any]:
            found = search(db, asked, size=HITS, snippets=False)
            hits = [self._cited(h, pages.document(db, h["document_id"])) for h in found.hits]
            return {"total": found.total, "more": found.more, "spelling": found.better, "hits": hits}

        return self._asked(ask)

    def _cited(self, hit: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
        url = f"{self._site}entry/{quote(hit['key'], safe='')}" if self._site else ""
        kept = (
            "key",
            "kind",
            "council",
            "committee",
            "meeting_id",
            "item",
            "title",
            "text",
            "outcome",
            "mover",
        )
        also = ("seconder", "due", "amount", "confidence", "doubts", "document_id", "page", "motion_id")
        said = {name: hit[name] for name in (*kept, *also) if hit[name] not in (None, "")}
        boxes = json.loads(hit["regions"] or "[]")
        return {
            **said,
            "date": hit["day"],
            "boxes": boxes,
            "citation": citations(hit, document, url)["plain"],
        }

    def meeting(self, meeting_id: Text) -> dict[str, Any]:
        """A meeting: papers, agenda with what came of each item, roll, motions, declarations, actions."""
        return self._one(lambda db: meeting(db, meeting_id), "meeting_id")

    def person(self, person_id: Text) -> dict[str, Any]:
        """A member or officer: attendance, votes, motions, declarations, roles."""
        return self._one(lambda db: person(db, person_id), "person_id")

    def paper(self, document_id: Text, page: Annotated[int, Field(ge=0)] = 0) -> dict[str, Any]:
        """A paper: source, hash, parts, what was read and doubted; with `page` that page's words and rows."""

        def ask(db: sqlite3.Connection) -> dict[str, Any] | None:
            found = paper.paper(db, document_id)
            if found and page:
                found["page"] = paper.page(db, document_id, page)
            return found

        return self._one(ask, "document_id")

    def division(self, motion_id: Text) -> dict[str, Any]:
        """A motion that was put: its words, outcome, who voted how, what it amends."""
        return self._one(lambda db: division(db, motion_id), "motion_id")

    def _one(self, ask: Callable[[sqlite3.Connection], dict[str, Any] | None], name: str) -> dict[str, Any]:
        def cited(db: sqlite3.Connection) -> dict[str, Any]:
            found = ask(db)
            if found is None:
                raise ToolError(f"nothing has that {name}: take one from a hit of search")
            document = pages.document(db, found.get("document_id") or "")
            said = {**found, "council": found.get("council") or document.get("council") or ""}
            blank = dict.fromkeys(("committee", "day", "page", "item", "text", "document_id"), "")
            plain = citations({**blank, **said}, document, self._site)["plain"] if document else ""
            return {**found, "citation": plain}

        answer: dict[str, Any] = self._asked(cited)
        if len(json.dumps(answer, default=str)) > LETTERS:
            answer = {k: _cut(v) for k, v in answer.items()} | {"cut": True}
        return answer

    def sql(self, query: Annotated[str, Field(max_length=4000)]) -> dict[str, Any]:
        """One SELECT over the index in SQLite's SQL, at most 200 rows and five seconds. Tables: documents,
        entries, parts, pages, meetings, agenda_items, attendance, declarations, motions, votes, tables,
        table_cells, report_contacts, problems, people, matters, matter_events. Select document_id and page
        with what you repeat."""
        return self._asked(lambda db: _selected(db, query))


def _selected(db: sqlite3.Connection, query: str) -> dict[str, Any]:
    def allowed(action: int, _: str | None, name: str | None, *__: Any) -> int:
        is_open = action in READS and (name or "").lower() not in CLOSED
        return sqlite3.SQLITE_OK if is_open else sqlite3.SQLITE_DENY

    db.set_authorizer(allowed)
    try:
        with within(db, SECONDS):
            cursor = db.execute(query)
            names = [d[0] for d in cursor.description or ()]
            rows = [tuple(r) for r in cursor.fetchmany(ROWS + 1)]
    except sqlite3.DatabaseError as error:
        raise ToolError(f"that cannot be asked: {error}") from error
    finally:
        db.set_authorizer(None)
    kept: list[dict[str, Any]] = []
    left = LETTERS
    for row in rows[:ROWS]:
        left -= sum(len(str(v)) for v in row)
        if left < 0:
            break
        kept.append(dict(zip(names, row, strict=True)))
    return {"rows": kept, "more": len(rows) > len(kept)}


def _cut(value: Any) -> Any:
    """The first of a long list."""
    return cast("list[Any]", value)[:40] if isinstance(value, list) else value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ToolError(f"{text}: no such day") from error


def create_server(index: Path, site: str = "") -> MCPServer:
    """The server over one index; `site` is where its pages are, for citations."""
    tools = Tools(index, site)
    server = MCPServer("minutebook", version=version("minutebook"), instructions=INSTRUCTIONS)
    for tool in (tools.search, tools.meeting, tools.person, tools.paper, tools.division, tools.sql):
        server.add_tool(tool, annotations=ToolAnnotations(read_only_hint=True, open_world_hint=False))
    return server
