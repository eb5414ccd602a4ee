"""What needs a person, told once: a trouble is told when it begins and when it is over, and not each night
between."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.config import Settings
from pipeline.night.post import tell
from pipeline.night.record import moment
from pipeline.night.status import CouncilStatus, statuses

FILE = "troubles.json"
MANY = 9
"""Papers that a council must usually list before a fall of their number says something."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that needs a look. `sort` is the same from night to night, `words` need not be."""

    council: str
    sort: str
    words: str


def troubles(settings: Settings) -> Iterator[Trouble]:
    """What is wrong now: councils that have failed or been silent for as many nights as the configuration
    allows, and those that list far fewer papers than they used to."""
    for s in statuses(settings):
        if s.nights_failing >= settings.alerts.failing_nights:
            yield Trouble(s.council, s.trouble or "failing", f"{_since(s)}: {s.error}")
        elif s.nights_silent >= settings.alerts.silent_nights:
            words = f"has published nothing that was found for {s.nights_silent} nights: has its site moved?"
            yield Trouble(s.council, "silent", f"{s.council} {words}")
        elif s.usual >= MANY and s.nights_failing == 0 and s.found * 3 < s.usual:
            words = (
                f"lists {s.found} papers, where {s.usual} were usual: has a part of its site moved, or its "
                "layout changed?"
            )
            yield Trouble(s.council, "fewer papers", f"{s.council} {words}")
        if s.notice:
            yield Trouble(s.council, "moved", s.notice)


def _since(s: CouncilStatus) -> str:
    return f"{s.council} has failed for {s.nights_failing} nights"


def tell_of_troubles(settings: Settings, more: Sequence[str] = ()) -> list[str]:
    """Write to the operator of troubles that are new, of those that are over, and of what else is to be told
    (`more`, told each time); what was told. What could not be sent is told again by the next night."""
    file = settings.archive / FILE
    told, now = _read(file), list(troubles(settings))
    new = [t for t in now if _key(t) not in told]
    ill = {t.council for t in now}
    over = {key: words for key, words in told.items() if key.partition("|")[0] not in ill}
    words = [*(t.words for t in new), *more]
    if words and not tell(settings, f"Minutebook: {_things(len(words))}", "\n\n".join(words) + "\n"):
        return words
    ended = [_over(settings, key, was) for key, was in over.items()]
    if ended and not tell(settings, "Minutebook: well again", "\n\n".join(ended) + "\n", well=True):
        _write(file, {**told, **{_key(t): t.words for t in now}})
        return words + ended
    _write(file, {_key(t): told.get(_key(t), t.words) for t in now})
    return words + ended


def _things(n: int) -> str:
    return "1 thing needs a look" if n == 1 else f"{n} things need a look"


def _over(settings: Settings, key: str, words: str) -> str:
    council = key.partition("|")[0]
    if council not in {c.name for c in settings.councils}:
        return f"{council}: no longer in the configuration"
    return f"{council} is well again ({moment()}). It was told: {words}"


def _key(t: Trouble) -> str:
    return f"{t.council}|{t.sort}"


def _read(file: Path) -> dict[str, str]:
    try:
        content: dict[str, str] = json.loads(file.read_text("utf-8"))
        return dict(content)
    except (OSError, ValueError):
        return {}


def _write(file: Path, told: dict[str, str]) -> None:
    draft = file.with_name(f".{FILE}.writing")
    draft.write_text(json.dumps(told, indent=1, ensure_ascii=False), "utf-8")
    draft.replace(file)
