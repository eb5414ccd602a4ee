"""Why a row is to be doubted, in words that a reader understands."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

Row = dict[str, Any]
DOUBTFUL = 0.8
"""Rows below this confidence are said to be doubtful."""


class Doubts:
    """A document's doubts, by the row that they are about."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self._of: dict[tuple[str | None, str | None], list[str]] = defaultdict(list)
        for p in rows.get("problems", ()):
            if p.get("severity") != "note":
                self._of[(p.get("dataset"), p.get("row_id"))].append(f"{p['kind']}: {p['text']}")
        self._scanned = {p["page"] for p in rows.get("pages", ()) if p.get("text_source") == "ocr"}

    def of(self, row: Row, *about: tuple[str, str | None]) -> str:
        """The reasons, one a line: what the checks found about these (dataset, id), that the page was
        scanned, that the evidence is thin."""
        out = [reason for dataset, key in about if key for reason in self._of.get((dataset, key), ())]
        if row.get("page") in self._scanned:
            out.append("read from a scan: letters may be wrong")
        sure = float(row.get("confidence") or 0)
        if sure < DOUBTFUL:
            out.append(f"thin evidence: of rows read like this, about {round(sure * 10)} in 10 are right")
        return "\n".join(dict.fromkeys(out))

    def of_council(self, document_id: str) -> str | None:
        """Why the council is not sure; None when it is."""
        return "; ".join(self._of.get(("documents", document_id), ())) or None


def agreed(confidence: float, doubts: str) -> bool:
    """Whether nothing doubts the row: its evidence is not thin, and no check is against it."""
    return confidence >= DOUBTFUL and not doubts
