"""The MCP server, asked by the official client: over the command as an assistant starts it."""

from __future__ import annotations

import asyncio
import json
import sys

import pytest
from mcp import Client, StdioServerParameters

from tests.test_search import index  # noqa: F401 - the session's index of the fixtures


def answers(index, calls):  # noqa: F811
    """Names of the tools, and what each call gives: (is it an error, its JSON or its words)."""
    command = ["-m", "pipeline.cli", "mcp", "--index", str(index), "--site", "https://minutes.example/"]

    async def ask():
        async with Client(StdioServerParameters(command=sys.executable, args=command)) as client:
            names = {t.name for t in (await client.list_tools()).tools}
            out = []
            for name, arguments in calls:
                result = await client.call_tool(name, arguments)
                text = result.content[0].text
                out.append((result.is_error, text if result.is_error else json.loads(text)))
            return names, out

    return asyncio.run(ask())


@pytest.fixture(scope="module")
def first(index):  # noqa: F811
    """The tools, and a first search."""
    return answers(index, [("search", {"q": "landfill", "kind": "resolution"})])


def test_every_tool_is_listed_and_a_hit_says_where_it_stands(first):
    names, [(error, found)] = first
    assert names == {"search", "meeting", "person", "paper", "division", "sql"}
    hit = found["hits"][0]
    assert not error and found["total"] > 0
    assert hit["page"] > 0 and hit["boxes"][0][0] == hit["page"]
    assert hit["document_id"][:16] in hit["citation"] and "https://minutes.example/entry/" in hit["citation"]


def test_every_tool_answers(index, first):  # noqa: F811
    hit = first[1][0][1]["hits"][0]
    ask = "SELECT {} FROM {} WHERE {} IS NOT NULL LIMIT 1"
    _, rows = answers(
        index,
        [
            ("sql", {"query": ask.format("person_id", "attendance", "person_id")}),
            ("sql", {"query": ask.format("motion_id", "motions", "motion_id")}),
            ("sql", {"query": ask.format("meeting_id", "attendance", "meeting_id")}),
        ],
    )
    person, motion, meeting = (next(iter(said["rows"][0].values())) for _, said in rows)
    _, found = answers(
        index,
        [
            ("meeting", {"meeting_id": meeting}),
            ("person", {"person_id": person}),
            ("division", {"motion_id": motion}),
            ("paper", {"document_id": hit["document_id"], "page": hit["page"]}),
        ],
    )
    assert [error for error, _ in found] == [False] * 4
    assert found[0][1]["people"] and found[1][1]["name"] and found[2][1]["citation"]
    assert hit["key"] in {r["key"] for r in found[3][1]["page"]["rows"]}


def test_sql_reads_and_nothing_else(index):  # noqa: F811
    refused = [
        "DELETE FROM votes",
        "ATTACH 'x' AS y",
        "PRAGMA query_only = OFF",
        "SELECT load_extension('x')",
    ]
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    calls = [("sql", {"query": q}) for q in (*refused, endless, "SELECT text FROM entries")]
    calls += [("meeting", {"meeting_id": "none"}), ("search", {"since": "2024-13-45"})]
    _, found = answers(index, calls)
    assert [error for error, _ in found] == [True] * 5 + [False, True, True]
    assert len(found[5][1]["rows"]) <= 200
