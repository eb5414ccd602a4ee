"""The operator hears when a night crashes, once a reason, and when nights work again; the watch elsewhere
hears of each good night."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from pipeline.config import Settings
from pipeline.night.post import beat, tell
from pipeline.night.record import Nights, moment, recall, remember


@dataclass
class Ending:
    """How a night ends: not well when no council answered, for then it is this machine that is cut off."""

    well: bool = True


@contextmanager
def watched(settings: Settings) -> Generator[Ending]:
    """Remember how the whole night in this block ends, and tell the operator of a crash or the end of one. To
    be entered while the run holds the archive's lock. What the block raises goes on."""
    before = recall(settings.archive)
    if before.under_way_since:
        killed = f"the night of {before.under_way_since} was killed before its end"
        before = _told_of_crash(settings, replace(before, crash=killed))
    remember(settings.archive, replace(before, under_way_since=moment()))
    ending = Ending()
    try:
        yield ending
    except Exception as error:
        crash = f"{type(error).__name__}: {error}"[:2000]
        remember(settings.archive, replace(before, under_way_since=None, crash=crash))
        remember(settings.archive, _told_of_crash(settings, recall(settings.archive)))
        raise
    if not ending.well:
        remember(settings.archive, replace(before, under_way_since=None))
        return
    if before.told:
        words = f"Minutebook works again: a whole night has ended well. Before it: {before.told}\n"
        tell(settings, "Minutebook: nights work again", words, well=True)
    remember(settings.archive, Nights(last_good=moment()))
    beat(settings)


def _told_of_crash(settings: Settings, nights: Nights) -> Nights:
    if nights.crash == nights.told:
        return nights
    words = (
        f"{nights.crash}\n\nThe last good night: {nights.last_good or 'none yet'}. Nothing is lost: what was "
        "left undone is done by the next night that runs. `minutebook run --verbose` runs one now and says "
        "more.\n"
    )
    heard = tell(settings, "Minutebook: the night crashed", words)
    return replace(nights, told=nights.crash) if heard else nights
