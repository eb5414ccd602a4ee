"""The queries of docs/queries.md give the answers that stand there."""

from __future__ import annotations

import re

import pytest

from pipeline.store.sql import connect
from tests.conftest import REPO

PAGE = (REPO / "docs" / "queries.md").read_text("utf-8")
QUESTIONS = re.findall(r"## ([^\n]+)\n.*?```sql\n(.*?)```\n\n(No rows\.|\|.*?)(?=\n\n|\n?\Z)", PAGE, re.S)


def _as_printed(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


@pytest.mark.parametrize(("question", "query", "answer"), QUESTIONS, ids=[q for q, *_ in QUESTIONS])
def test_a_query_gives_its_answer(output, question, query, answer):
    found = connect(output).sql(query)
    rows = [[_as_printed(v) for v in row] for row in found.fetchall()]
    if answer == "No rows.":
        assert rows == []
        return
    head, _, *lines = [re.split(r"(?<!\\)\|", line)[1:-1] for line in answer.splitlines()]
    assert [c.strip() for c in head] == found.columns
    assert [[c.strip() for c in line] for line in lines] == [[c.strip() for c in row] for row in rows]


def test_there_are_fifteen():
    assert len(QUESTIONS) == PAGE.count("\n## ") == 15
    assert sum(answer != "No rows." for *_, answer in QUESTIONS) >= 12
