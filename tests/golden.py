"""Golden outputs: what the fixtures' rows were when somebody last looked at them. `python -m tests.golden`
writes them anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from schemas.problems import ProblemKind
from schemas.row import as_dicts
from tests.conftest import FIXTURE_PDFS, read_fixture

FOLDER = Path(__file__).parent / "golden"
COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("kind", "title", "committee", "meeting_date", "pages", "text_source", "status", "error"),
    "parts": ("kind", "title", "item_number", "page_from", "page_to"),
    "meetings": ("committee", "date", "start_time", "end_time", "venue", "kind", "status"),
    "agenda_items": (
        "page",
        "number",
        "minute_number",
        "parent_number",
        "title",
        "page_from",
        "page_to",
        "for_information",
        "exempt",
    ),
    "memberships": ("name", "title", "role"),
    "attendance": ("page", "name", "title", "status", "capacity", "role", "job_title", "organisation"),
    "declarations": ("page", "item_number", "name", "kind"),
    "motions": ("page", "item_number", "kind", "mover", "seconder", "outcome", "votes_for", "votes_against"),
    "resolutions": ("page", "item_number", "clause", "kind", "verb", "text", "stem"),
    "actions": ("page", "item_number", "owners", "owner_kind", "text", "due_text", "due_date", "source"),
    "tables": ("page", "page_to", "n_rows", "n_cols", "header_rows", "caption"),
    "report_contacts": ("page", "item_number", "role", "name", "email"),
    "forward_plan": ("page", "decision", "due_text", "due_date", "decision_maker"),
    "problems": ("page", "kind", "text"),
}
"""What of each dataset is held golden: what a reader quotes, not boxes or confidences, which have tests of
their own."""


def golden_of(name: str) -> dict[str, list[dict[str, Any]]]:
    """The fixture's rows, reduced to what is held golden; words of sections and cells are counted, not
    kept; what is likely of whole datasets is fitted anew with each training and not held."""
    rows = as_dicts(read_fixture(name).rows)
    rows["problems"] = [p for p in rows["problems"] if p["kind"] != ProblemKind.DOUBTFUL_ON_THE_WHOLE]
    out = {
        d: [{c: _plain(r[c]) for c in columns if r[c] not in (None, [])} for r in rows.get(d, [])]
        for d, columns in COLUMNS.items()
    }
    out["counts"] = [{d: len(listed) for d, listed in sorted(rows.items())}]
    return {d: listed for d, listed in out.items() if listed}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, int, bool, list)) else str(value)


def path_of(name: str) -> Path:
    """Where a fixture's golden output lies."""
    return FOLDER / f"{name}.json"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for fixture in (n for n in FIXTURE_PDFS if not n.endswith("scan")):
        path_of(fixture).write_text(
            json.dumps(golden_of(fixture), indent=1, ensure_ascii=False) + "\n", "utf-8"
        )
