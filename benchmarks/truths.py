"""What people wrote down of papers, and where those papers lie.

The truths of tests/truth and tests/manners and, where they lie on this machine, those of the shared folder
(MINUTEBOOK_SHARED) are all of one form. `file` names the PDF, looked for under the shared folder; `text` the
text that it is typeset from where the paper was published as text; `own` the text beside a truth of
tests/manners, whose council is invented and has this one paper.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

REPO = Path(__file__).parent.parent
OWN = REPO / "tests" / "truth"
MANNERS = REPO / "tests" / "manners"
SHARED = Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared"))

CONVENTIONS = {
    "uk": frozenset({"kent", "burton", "wroxton", "tintern"}),
    "ireland": frozenset({"limerick"}),
    "canada": frozenset({"nipissing", "winnipeg"}),
    "australia": frozenset(),
    "nz": frozenset(),
}
"""Councils by how their country keeps minutes; all others are of the United States. A paper of tests/manners
begins with its country's name."""

NAMED_ASIDE = frozenset(
    {
        "lomita",
        "westlake",
        "lahabraheights",
    }
)
"""The councils with several papers that are set aside (SET_ASIDE)."""


@dataclass(frozen=True, slots=True)
class Truth:
    """One meeting in one paper, as a person read it. `says` is the file's content."""

    name: str
    says: dict[str, Any]

    @property
    def council(self) -> str:
        """The council by which figures are averaged: the file's name up to the first dash, or all of it where
        each paper is another council's."""
        return self.name if "own" in self.says else self.name.partition("-")[0]

    @property
    def set_aside(self) -> bool:
        """Whether its council is none that rules are tuned on."""
        return self.council in SET_ASIDE

    @property
    def convention(self) -> str:
        """A name of CONVENTIONS, or us."""
        if "own" in self.says:
            return self.name.partition("-")[0]
        return next((name for name, councils in CONVENTIONS.items() if self.council in councils), "us")


def all_truths() -> list[Truth]:
    """Every truth on this machine, by name; one of tests/truth goes before a shared one of its name."""
    return _truths_in(SHARED / "truths", OWN, MANNERS)


def _truths_in(*folders: Path) -> list[Truth]:
    files = {p.stem: p for folder in folders for p in folder.glob("*.json")}
    return [Truth(name, json.loads(p.read_text("utf-8"))) for name, p in sorted(files.items())]


SET_ASIDE = NAMED_ASIDE | {t.council for t in _truths_in(MANNERS) if t.says.get("set_aside")}
"""Councils whose papers, truths and rows nobody looks at while rules are written or models trained: only
their figures are seen, and no line of the report is about them. Those of NAMED_ASIDE, and those of
tests/manners whose truth says `set_aside`."""


def source_of(truth: Truth) -> Path | None:
    """The PDF or the text to be typeset, or None where neither lies on this machine."""
    if own := truth.says.get("own"):
        return MANNERS / own
    if text := truth.says.get("text"):
        return SHARED / text if (SHARED / text).exists() else None
    found = _pdfs().get(truth.says["file"], [])
    return next((p for p in found if truth.says.get("same_name_in", "") in str(p)), None)


@cache
def _pdfs() -> dict[str, list[Path]]:
    by_name: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(SHARED.rglob("*.pdf")):
        by_name[path.name].append(path)
    return by_name


@contextmanager
def paper(source: Path, name: str) -> Iterator[Path]:
    """The PDF; a text is set as PDF `name` in a temporary folder."""
    if source.suffix == ".pdf":
        yield source
        return
    from tools.typeset import typeset

    with TemporaryDirectory() as folder:
        typeset(source, Path(folder) / name)
        yield Path(folder) / name
