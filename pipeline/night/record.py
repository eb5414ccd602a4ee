"""Whether whole nights end well: when the last one did, and what stopped the ones since. Kept as a file of
its own beside the archive's database, so that a night stopped by that database is remembered too."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FILE = "nights.json"


def moment() -> str:
    """This moment in UTC, to the second (ISO 8601)."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Nights:
    """What is remembered of whole nights; moments are in UTC, ISO 8601."""

    last_good: str | None = None
    under_way_since: str | None = None
    """Set while a night runs; still there at the next when it was killed."""
    crash: str | None = None
    """Why the last night did not end, in words; None when it ended."""
    told: str | None = None
    """The crash that the operator has heard of."""

    def hours_since_good(self) -> float | None:
        """Hours since the last good night ended; None when there was none."""
        if self.last_good is None:
            return None
        return (datetime.now(UTC) - datetime.fromisoformat(self.last_good)).total_seconds() / 3600

    def unix_time_of_good(self) -> float:
        """When the last good night ended, as Prometheus wants it; 0 when there was none."""
        return datetime.fromisoformat(self.last_good).timestamp() if self.last_good else 0.0


def recall(archive: Path) -> Nights:
    """What the archive's folder remembers; a file that cannot be read remembers nothing."""
    try:
        content: dict[str, Any] = json.loads((archive / FILE).read_text("utf-8"))
        return Nights(**content)
    except (OSError, ValueError, TypeError):
        return Nights()


def remember(archive: Path, nights: Nights) -> None:
    """Write it, whole or not at all."""
    archive.mkdir(parents=True, exist_ok=True)
    draft = archive / f".{FILE}.writing"
    draft.write_text(json.dumps(asdict(nights)), "utf-8")
    draft.replace(archive / FILE)
