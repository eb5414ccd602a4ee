"""The quality report: what the datasets cover, what in them is doubtful, how this month differs from the
last, problems by kind. One HTML page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors import __version__

MONTH = (
    "coalesce(strftime(fetched_at, '%Y-%m'), strftime(published_at, '%Y-%m'), strftime(meeting_date, "
    "'%Y-%m'))"
)
"""A document's month: when it was fetched, else published, else of its meeting."""
FACTS = (
    "meetings",
    "agenda_items",
    "attendance",
    "declarations",
    "motions",
    "votes",
    "resolutions",
    "actions",
    "tables",
)
LEAST = 10
"""Fewer documents than this in either month: a difference says nothing."""
DRIFT = 0.25
"""A share that differs by more than this part of the larger one is told."""
LOOKED_AT = 12

COVERAGE = """
SELECT council,
  count(*) AS documents,
  sum(pages) AS pages,
  count(*) FILTER (status = 'failed') AS failed,
  count(*) FILTER (status = 'partial') AS partial,
  count(*) FILTER (text_source <> 'digital') AS with_ocr,
  count(*) FILTER (kind = 'minutes') AS minutes,
  count(*) FILTER (meeting_date IS NULL AND status <> 'failed') AS undated,
  min(meeting_date) AS first,
  max(meeting_date) AS last
FROM documents GROUP BY council ORDER BY documents DESC, council
"""
DOUBT = """
SELECT '{name}' AS dataset, count(*) AS rows, avg(confidence) AS mean,
  count(*) FILTER (confidence < 0.9) AS below_9,
  count(*) FILTER (confidence < 0.8) AS below_8
FROM {name}
"""
DOUBTFUL = """
SELECT d.council, d.title, d.document_id, d.source_url, r.page, r.confidence, r.text
FROM resolutions r JOIN documents d USING (document_id)
WHERE r.kind = 'resolution' AND r.confidence < 0.9
ORDER BY r.confidence, d.document_id, r.page LIMIT {most}
"""
MONTHS = """
WITH r AS (SELECT document_id, count(*) AS n FROM resolutions WHERE kind = 'resolution' GROUP BY 1),
  a AS (SELECT document_id, count(*) AS n FROM attendance GROUP BY 1),
  x AS (SELECT document_id, count(*) AS n FROM actions GROUP BY 1),
  p AS (SELECT document_id, count(*) AS n FROM problems GROUP BY 1)
SELECT {month} AS month,
  count(*) AS documents,
  avg((status = 'failed')::INT) AS failed,
  avg((status = 'partial')::INT) AS partial,
  avg((text_source <> 'digital')::INT) AS with_ocr,
  avg(coalesce(r.n, 0)) FILTER (d.kind = 'minutes') AS resolutions,
  avg(coalesce(a.n, 0)) FILTER (d.kind = 'minutes') AS attendance,
  avg(coalesce(x.n, 0)) FILTER (d.kind = 'minutes') AS actions,
  avg(coalesce(p.n, 0)) AS problems
FROM documents d
  LEFT JOIN r USING (document_id) LEFT JOIN a USING (document_id)
  LEFT JOIN x USING (document_id) LEFT JOIN p USING (document_id)
WHERE {month} IS NOT NULL GROUP BY 1 ORDER BY 1 DESC LIMIT 2
"""
PROBLEMS = """
WITH placed AS (SELECT *, document_id || lpad(coalesce(page, 0)::VARCHAR, 6, '0') AS place FROM problems)
SELECT kind,
  count(*) AS rows,
  count(DISTINCT document_id) AS documents,
  arg_min(text, place) AS example,
  arg_min(document_id, place) AS document_id,
  arg_min(page, place) AS page
FROM placed GROUP BY kind ORDER BY documents DESC, kind
"""
FAILED = """
SELECT council, coalesce(title, source_url) AS title, document_id, error
FROM documents WHERE status = 'failed' ORDER BY council, document_id LIMIT {most}
"""
MEASURES = (
    ("failed", "documents that could not be read", "share"),
    ("partial", "documents read in part", "share"),
    ("with_ocr", "documents with pages read by OCR", "share"),
    ("resolutions", "resolutions a set of minutes", "number"),
    ("attendance", "people on the roll a set of minutes", "number"),
    ("actions", "actions a set of minutes", "number"),
    ("problems", "problems a document", "number"),
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drift:
    """A measure in two months; `told` when they differ by more than chance and taste allow."""

    meaning: str
    kind: str
    before: float | None
    now: float | None
    told: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything that the page shows."""

    coverage: list[Row]
    failed: list[Row]
    doubt: list[Row]
    doubtful: list[Row]
    months: list[Row]
    drift: list[Drift]
    problems: list[Row]
    documents: int


def measure(output: Path) -> Quality:
    """The report's numbers, by queries over the datasets."""
    from pipeline.store.sql import connect

    connection = connect(output)

    def ask(query: str) -> list[Row]:
        done = connection.execute(query)
        names = [c[0] for c in done.description]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]

    doubt = [row for name in FACTS for row in ask(DOUBT.format(name=name)) if row["rows"]]
    months = ask(MONTHS.format(month=MONTH))
    coverage = ask(COVERAGE)
    return Quality(
        coverage,
        ask(FAILED.format(most=LOOKED_AT)),
        doubt,
        ask(DOUBTFUL.format(most=LOOKED_AT)),
        months,
        drift_between(months),
        ask(PROBLEMS),
        sum(c["documents"] for c in coverage),
    )


def drift_between(months: list[Row]) -> list[Drift]:
    """This month against the last; nothing when there is only one."""
    if len(months) < 2:
        return []
    now, before = months
    enough = min(now["documents"], before["documents"]) >= LEAST
    return [_drift(meaning, kind, before[name], now[name], enough) for name, meaning, kind in MEASURES]


def _drift(meaning: str, kind: str, before: float | None, now: float | None, enough: bool) -> Drift:
    told = (
        enough
        and before is not None
        and now is not None
        and abs(now - before) > DRIFT * max(now, before)
        and (kind == "number" or abs(now - before) > 0.02)
    )
    return Drift(meaning, kind, before, now, told)


def page(output: Path) -> str:
    """The report as one HTML page without script, everything from papers escaped."""
    from jinja2 import Environment, FileSystemLoader

    found = measure(output)
    env = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return env.get_template("quality.html").render(
        q=found,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=__version__,
        least=LEAST,
        drift=DRIFT,
    )


def write_report(output: Path, folder: Path, name: str | None = None) -> Path:
    """The report into `folder`, a file a day. Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{name or datetime.now(UTC).strftime('%Y-%m-%d')}.html"
    draft = target.with_name(f".{target.name}")
    draft.write_text(page(output), "utf-8")
    draft.replace(target)
    return target
