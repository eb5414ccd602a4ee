"""How the nights went: per council, for a person, for monitoring, for Prometheus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from statistics import median
from typing import Any

from pipeline.archive import Archive, archive_of
from pipeline.config import Settings
from pipeline.night.record import recall
from pipeline.night.work import VERSION

USUAL, FEWEST = 14, 5
"""Nights whose finds are taken for usual: so many at most, so many at least."""


@dataclass(frozen=True, slots=True)
class CouncilStatus:
    """A council's last night and what is left to do."""

    council: str
    last: str | None
    found: int
    new: int
    failed: int
    error: str | None
    unread: int
    oldest_unread: str | None
    nights_failing: int
    nights_silent: int
    trouble: str | None = None
    """The sort of the last night's error."""
    notice: str | None = None
    """What is to be known though all was found."""
    remaining: int = 0
    """Papers that the last night did not come to."""
    usual: int = 0
    """Papers that a night finds, as the median of those before the last."""
    not_fetched: tuple[tuple[str, str], ...] = field(default=())
    """Papers that gave nothing in the last night: address and reason."""
    not_read: tuple[tuple[str, str], ...] = field(default=())
    """Papers that could not be read, in any night: address and reason."""

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        return self.last is not None and self.error is None and self.nights_failing == 0


def statuses(settings: Settings) -> list[CouncilStatus]:
    """Every configured council's."""
    archive = archive_of(settings)
    return [_status(archive, c.name) for c in settings.councils]


def _status(archive: Archive, council: str) -> CouncilStatus:
    nights = archive.nights(council)
    unread, oldest = archive.waiting(council, VERSION)
    last: dict[str, Any] = nights[0] if nights else {}
    return CouncilStatus(
        council,
        last.get("ended"),
        last.get("found") or 0,
        last.get("new") or 0,
        last.get("failed") or 0,
        last.get("error"),
        unread,
        oldest,
        _run([bool(n["error"]) for n in nights]),
        _run([not n["found"] and not n["error"] for n in nights]),
        last.get("trouble"),
        last.get("notice"),
        last.get("remaining") or 0,
        _usual(nights[1:]),
        tuple(archive.not_fetched(council, last["began"])) if last.get("failed") else (),
        tuple(archive.failed(council)),
    )


def _usual(nights: Sequence[dict[str, Any]]) -> int:
    """The median of what was found in the nights before that answered; 0 when there were few of them."""
    found = [n["found"] or 0 for n in nights if not n["error"]][:USUAL]
    return int(median(found)) if len(found) >= FEWEST else 0


def _run(nights: list[bool]) -> int:
    """For how many nights in a row, counted back from the last, something was so."""
    return sum(1 for _ in takewhile(bool, nights))


def metrics(settings: Settings) -> str:
    """Prometheus text."""
    lines = [
        "# HELP minutebook_council What the last night of a council came to.",
        "# TYPE minutebook_council gauge",
        "# HELP minutebook_trouble Why a council's last night failed, in a word.",
        "# TYPE minutebook_trouble gauge",
    ]
    for s in statuses(settings):
        name = s.council.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        for key, value in (
            ("found", s.found),
            ("new", s.new),
            ("failed", s.failed),
            ("unread", s.unread),
            ("remaining", s.remaining),
            ("nights_failing", s.nights_failing),
            ("nights_silent", s.nights_silent),
            ("well", int(s.well)),
        ):
            lines.append(f'minutebook_council{{council="{name}",what="{key}"}} {value}')
        if s.error:
            lines.append(f'minutebook_trouble{{council="{name}",sort="{s.trouble or "failing"}"}} 1')
    nights = recall(settings.archive)
    lines += [
        "# HELP minutebook_last_good_night_timestamp_seconds End of the last good night (0: never).",
        "# TYPE minutebook_last_good_night_timestamp_seconds gauge",
        f"minutebook_last_good_night_timestamp_seconds {nights.unix_time_of_good():.0f}",
        "# HELP minutebook_night_crashed Whether the last whole night stopped before its end.",
        "# TYPE minutebook_night_crashed gauge",
        f"minutebook_night_crashed {int(nights.crash is not None)}",
    ]
    return "\n".join(lines) + "\n"


def late(settings: Settings) -> str | None:
    """Why the nights themselves need a look, in words: the last good one is old, or there was none."""
    nights = recall(settings.archive)
    why = f": {nights.crash}" if nights.crash else ""
    hours = nights.hours_since_good()
    if hours is None:
        return f"no whole night has ended well yet{why}"
    if hours > settings.alerts.late_hours:
        return f"the last good night ended {hours:.0f} hours ago ({nights.last_good}){why}"
    return None
