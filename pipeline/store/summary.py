"""What a folder of datasets holds, for a person's eyes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

QUERIES = (
    "SELECT item_number, clause, text, page FROM read_parquet('{out}/resolutions/*.parquet') "
    "WHERE kind = 'resolution' ORDER BY page",
    "SELECT name, status, count(*) AS meetings FROM read_parquet('{out}/attendance/*.parquet') "
    "WHERE capacity = 'member' GROUP BY ALL ORDER BY meetings DESC, name",
)


def read_dataset(output: Path, name: str) -> list[dict[str, Any]]:
    """All rows of a dataset under `output`; empty when there are none."""
    import pyarrow.dataset as ds

    folder = output / name
    return ds.dataset(folder, format="parquet").to_table().to_pylist() if folder.exists() else []


def print_summary(output: Path) -> None:
    """A table a meeting, totals by dataset, and two queries to try."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    rows = {
        name: read_dataset(output, name)
        for name in (
            "meetings",
            "agenda_items",
            "attendance",
            "resolutions",
            "actions",
            "tables",
            "documents",
            "parts",
        )
    }
    table = Table(
        "date", "committee", "status", "items", "people", "resolutions", "actions", title="Meetings"
    )
    for m in sorted(rows["meetings"], key=lambda m: str(m["date"])):
        own = {
            name: [r for r in rows[name] if r["meeting_id"] == m["meeting_id"]]
            for name in ("agenda_items", "attendance", "resolutions", "actions")
        }
        table.add_row(
            str(m["date"]),
            m["committee"] or "",
            m["status"] or "",
            *(str(len(own[n])) for n in ("agenda_items", "attendance", "resolutions", "actions")),
        )
    console.print(table)
    pages = sum(d["pages"] or 0 for d in rows["documents"])
    console.print(
        f"{len(rows['documents'])} documents, {pages} pages, {len(rows['parts'])} parts, "
        f"{len(rows['tables'])} tables under {output}/"
    )
    console.print("\nTwo queries to try (duckdb, or the duckdb package in Python):")
    for query in QUERIES:
        console.print("  " + query.format(out=output), soft_wrap=True, highlight=False)
