"""How much of what platforms' recorded answers hold is found: papers, their days and kinds.

`python -m benchmarks.platforms` writes docs/platforms.md. Recordings lie beside the repository
(../shared/recordings); a module of benchmarks.recorded tells what is in them without the adapters.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.recorded import Recording, au, key_of, uk, us
from pipeline.sources import MODULES, Council, Window
from pipeline.sources.listing import listing

REPO = Path(__file__).resolve().parent.parent
PAGE = REPO / "docs" / "platforms.md"
SHARED = Path(os.environ.get("MINUTEBOOK_SHARED", REPO.parent / "shared"))
SCORES = REPO / "pipeline" / "sources" / "platforms.json"
"""What `minutebook platforms` shows."""
SETS: tuple[Callable[[Path], Iterator[Recording]], ...] = (uk.recordings, us.recordings, au.recordings)
"""Who knows recordings."""
ALWAYS = Window(date(1990, 1, 1), date(2035, 12, 31))
HEAD = """\
# Platforms

What each adapter finds in recorded answers of real sites. *There* are the papers that plain regular
expressions, or the recording's own JSON, count in it; *found* are those of them that the adapter lists, by
their addresses; *day* and *kind* are the share of the found whose meeting's day and sort are as the
recording tells (where it does); *more* are listed and not counted there. No living site was asked.
`python -m benchmarks.platforms` writes this page, and tests/test_platforms.py holds it to what the code does.

| platform | recordings | there | found | share | day | kind | more |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
"""
UNPROVEN = """
Without a recording, by documented or observed shapes only (invented answers: tests/platforms.py): {}.
"""
EACH = """
## Each recording

| platform | recording | there | found | problem or remark |
| --- | --- | ---: | ---: | --- |
"""


@dataclass
class Found:
    """What an adapter found of what is there, and how much of it rightly."""

    recordings: int = 0
    there: int = 0
    found: int = 0
    dated: int = 0
    day: int = 0
    sorted: int = 0
    kind: int = 0
    more: int = 0
    problem: str | None = None

    def add(self, other: Found) -> None:
        """Count another's too."""
        for name in ("recordings", "there", "found", "dated", "day", "sorted", "kind", "more"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def share(self) -> float:
        """Of the papers there, the found."""
        return self.found / self.there if self.there else 1.0


def measure(recording: Recording) -> Found:
    """What the adapter finds in a recording."""
    council = Council(
        name="Recorded", platform=recording.platform, address=recording.address, pace=0, **recording.more
    )
    got = listing(council, ALWAYS, lambda url, question="", /: recording.answer(url))
    papers = {key_of(p.url): p for p in got.papers}
    there = {t.key: t for t in recording.there}
    out = Found(1, len(there), problem=got.problem)
    out.more = len(papers.keys() - there.keys())
    for key, paper in there.items():
        if found := papers.get(key):
            out.found += 1
            out.dated += paper.day is not None
            out.day += paper.day is not None and found.meeting_date == paper.day
            out.sorted += paper.kind is not None
            out.kind += paper.kind is not None and found.kind == paper.kind
    return out


def measured(shared: Path = SHARED) -> list[tuple[Recording, Found]]:
    """Every recording that is there."""
    return [(r, measure(r)) for known in SETS for r in known(shared)]


def by_platform(results: list[tuple[Recording, Found]]) -> dict[str, Found]:
    """The sums of each platform."""
    sums: defaultdict[str, Found] = defaultdict(Found)
    for recording, found in results:
        sums[recording.platform].add(found)
    return dict(sorted(sums.items(), key=lambda s: list(MODULES).index(s[0])))


def scores(results: list[tuple[Recording, Found]]) -> dict[str, dict[str, int]]:
    """What is kept for `minutebook platforms`."""
    kept = ("recordings", "there", "found", "dated", "day", "sorted", "kind")
    return {name: {k: getattr(f, k) for k in kept} for name, f in by_platform(results).items()}


def page(results: list[tuple[Recording, Found]]) -> str:
    """docs/platforms.md."""
    sums = by_platform(results)
    lines = [HEAD]
    for name, s in sums.items():
        shares = f"{s.share:.3f} | {_share(s.day, s.dated)} | {_share(s.kind, s.sorted)}"
        lines.append(f"| {name} | {s.recordings} | {s.there:,} | {s.found:,} | {shares} | {s.more} |\n")
    lines.append(
        UNPROVEN.format(", ".join(m for m in MODULES if m not in sums and m not in ("links", "folder")))
    )
    lines.append(EACH)
    for r, f in results:
        remark = "; ".join(filter(None, (f.problem, r.about))).replace("|", "¦")
        lines.append(f"| {r.platform} | {r.name} | {f.there:,} | {f.found:,} | {remark} |\n")
    return "".join(lines)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


if __name__ == "__main__":
    results = measured()
    PAGE.write_text(page(results), "utf-8")
    SCORES.write_text(json.dumps(scores(results), indent=2) + "\n", "utf-8")
    print(PAGE.read_text("utf-8"))
