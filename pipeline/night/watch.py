"""The operator hears when a night crashes, once a reason, and when nights work again; of councils in need
after each night."""

from __future__ import annotations

import logging
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

import httpx

from pipeline.config import Settings
from pipeline.mail import send
from pipeline.night.record import Nights, moment, recall, remember
from pipeline.night.status import needing

log = logging.getLogger("minutebook")


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
        tell(settings, "Minutebook: nights work again", words)
    remember(settings.archive, Nights(last_good=moment()))


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


def tell(settings: Settings, subject: str, text: str) -> bool:
    """Mail the operator and call the webhook; whether nothing stood in the way. A post that does not go is
    logged and stops nothing."""
    heard = True
    try:
        if settings.alerts.email:
            send(settings.smtp, settings.alerts.email, subject, text)
    except OSError as error:
        log.error("the operator could not be mailed through %s: %s", settings.smtp.host, error)
        heard = False
    try:
        if settings.alerts.webhook:
            answer = httpx.post(settings.alerts.webhook, json={"text": f"{subject}\n{text}"}, timeout=30)
            answer.raise_for_status()
    except httpx.HTTPError as error:
        log.error("the operator's webhook failed: %s", type(error).__name__)  # its address is a secret
        heard = False
    return heard


def tell_of_councils(settings: Settings, failed_digests: Sequence[str] = ()) -> list[str]:
    """Tell the operator of councils in need and of digests that could not be sent; what was told."""
    councils = [text for _, text in needing(settings)]
    told = [*councils, *(f"A digest could not be sent: {words}" for words in failed_digests)]
    if told:
        tell(settings, f"Minutebook: {len(told)} things need a look", "\n\n".join(told) + "\n")
    return told
