"""What several papers tell is found once: which entries repeat one of a better account, and the other
accounts of what is found."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from search.lake import council_rows

Row = dict[str, Any]
OF_ENTRIES = ("resolutions", "motions", "actions")
"""Datasets whose rows are entries under their own ids."""
OF_PARTS = ("report", "table", "officer")
"""Kinds of entries that are told again with the part that they stand in, where their words are the same."""
FIRST_ONLY = "NOT EXISTS (SELECT 1 FROM again WHERE again.rowid = found.rowid)"
"""The condition of a search for the accounts that count."""

ROW_AGAIN = """
INSERT OR REPLACE INTO again SELECT e.rowid, e.key, k.key FROM entries e JOIN entries k ON k.key = :before
WHERE e.key = :row
"""
PART_AGAIN = f"""
INSERT OR REPLACE INTO again SELECT e.rowid, e.key, min(k.key)
FROM parts p JOIN entries e ON e.document_id = p.document_id AND e.page BETWEEN p.page_from AND p.page_to
JOIN entries k ON k.document_id = :account AND k.kind = e.kind AND k.text = e.text
WHERE p.part_id = :row AND e.kind IN {OF_PARTS} GROUP BY e.rowid
"""
ACCOUNTS = """
SELECT a.before, e.key, e.kind, e.document_id, e.page, d.title
FROM again a JOIN entries e ON e.rowid = a.rowid
LEFT JOIN documents d ON d.document_id = e.document_id WHERE a.before IN ({marks}) ORDER BY d.title, e.rowid
"""


def repeats_as_stored(output: Path) -> tuple[list[Row], str]:
    """The rows of `repeats` that are about entries, and a stamp that changes with them."""
    named = ("parts", *OF_ENTRIES)
    rows = [r for r in council_rows(output, "repeats") if r["dataset"] in named]
    told = sorted((r["row_id"], r["told_before"]) for r in rows)
    return rows, hashlib.sha256(repr(told).encode()).hexdigest()


def write_again(db: sqlite3.Connection, repeats: Sequence[Row]) -> None:
    """Mark the entries that repeat another; one whose better account is not in the index stays."""
    db.execute("DELETE FROM again")
    for r in repeats:
        query = PART_AGAIN if r["dataset"] == "parts" else ROW_AGAIN
        db.execute(query, {"row": r["row_id"], "before": r["told_before"], "account": r["account"]})


def without_the_gone(db: sqlite3.Connection) -> None:
    """Let count again what repeated an entry that is no more."""
    db.execute(
        "DELETE FROM again WHERE rowid NOT IN (SELECT rowid FROM entries) "
        "OR before NOT IN (SELECT key FROM entries)"
    )


def accounts_of(db: sqlite3.Connection, keys: Sequence[str]) -> dict[str, list[Row]]:
    """By key of an entry, the others that tell the same: key, kind, document_id, page, and the paper's
    title."""
    out: defaultdict[str, list[Row]] = defaultdict(list)
    for r in db.execute(ACCOUNTS.format(marks=",".join("?" * len(keys))), list(keys)) if keys else ():
        out[r["before"]].append(dict(r))
    return dict(out)
