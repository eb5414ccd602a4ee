"""How much of a night a council may take, and when the night ends: what is left then is done by the next."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from pipeline.config import Limits
from pipeline.errors import LimitReached
from pipeline.sources import Ask


class NightEnd:
    """The moment at which a night's work ends. Shared by all threads that work in it; one may end it sooner.
    Engines send it along with a flow's other parameters, so that it must be one that can be pickled."""

    def __init__(self, hours: float | None = None) -> None:
        self._ends = time.monotonic() + hours * 3600 if hours is not None else float("inf")
        self._stopped = False

    def stop(self) -> None:
        """End the night now: nothing more is asked or read."""
        self._stopped = True

    @property
    def left(self) -> float:
        """Seconds that are left; none or fewer when the night is over."""
        return 0.0 if self._stopped else self._ends - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether nothing more is to be begun."""
        return self.left <= 0


@dataclass
class Share:
    """What one council may still take of a night. One thread gathers a council."""

    limits: Limits
    night: NightEnd
    began: float = field(default_factory=time.monotonic)
    requests: int = 0
    bytes: int = 0

    def check(self, of_the_time: float = 1.0) -> None:
        """Raise LimitReached, with what is used up in words, before something more is asked for;
        `of_the_time` is the part of the council's hours that may have passed."""
        hours = self.limits.council_hours
        if self.night.over:
            raise LimitReached("the night's time is over (limits.night_hours)")
        if time.monotonic() - self.began >= hours * 3600 * of_the_time:
            raise LimitReached(f"it has had {hours * of_the_time:g} hours (limits.council_hours)")
        if self.requests >= self.limits.council_requests:
            raise LimitReached(f"it has had {self.requests:,} requests (limits.council_requests)")
        if self.bytes >= self.limits.council_bytes:
            raise LimitReached(f"it has had {self.bytes:,} bytes (limits.council_bytes)")

    def took(self, size: int) -> None:
        """Count a request and what came."""
        self.requests += 1
        self.bytes += size

    def asking(self, ask: Ask) -> Ask:
        """The asking for lists, within the share. Half of the council's time is kept for the papers: a list
        that takes all of it would bring none."""

        def answer(url: str, question: str = "", /) -> str:
            self.check(0.5)
            text = ""
            try:
                text = ask(url, question) if question else ask(url)
            finally:
                self.took(len(text))
            return text

        return answer
