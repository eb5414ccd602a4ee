"""How the nights went: per council, for a person, for monitoring, for Prometheus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from pipeline.archive import Archive
from pipeline.config import Settings
from pipeline.night.record import recall
from pipeline.night.work import VERSION


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

    @property
    def well(self) -> bool:
        """Whether nothing needs a person."""
        return self.last is not None and self.error is None and self.nights_failing == 0


def statuses(settings: Settings) -> list[CouncilStatus]:
    """Every configured council's."""
    archive = Archive(settings.archive)
    return [_status(archive, c.name) for c in settings.councils]


def _status(archive: Archive, council: str) -> CouncilStatus:
    nights = archive.nights(council)
    unread, oldest = archive.waiting(council, VERSION)
    last = nights[0] if nights else {}
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
    )


def _run(nights: list[bool]) -> int:
    """For how many nights in a row, counted back from the last, something was so."""
    return sum(1 for _ in takewhile(bool, nights))


def metrics(settings: Settings) -> str:
    """Prometheus text."""
    lines = [
        "# HELP minutebook_council What the last night of a council came to.",
        "# TYPE minutebook_council gauge",
    ]
    for s in statuses(settings):
        name = s.council.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
        for key, value in (
            ("found", s.found),
            ("new", s.new),
            ("failed", s.failed),
            ("unread", s.unread),
            ("nights_failing", s.nights_failing),
            ("nights_silent", s.nights_silent),
            ("well", int(s.well)),
        ):
            lines.append(f'minutebook_council{{council="{name}",what="{key}"}} {value}')
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


def needing(settings: Settings) -> Iterator[tuple[CouncilStatus, str]]:
    """The councils that have been silent or failing for as many nights as the configuration allows, with the
    words to say so."""
    for s in statuses(settings):
        if s.nights_failing >= settings.alerts.failing_nights:
            yield s, f"{s.council} has failed for {s.nights_failing} nights: {s.error}"
        elif s.nights_silent >= settings.alerts.silent_nights:
            yield (
                s,
                f"{s.council} has published nothing that was found for {s.nights_silent} nights: has "
                f"its site moved?",
            )
