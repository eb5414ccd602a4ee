"""What the rooms do together at a night's end and for a paper withdrawn: the index over the datasets, the
mails to readers and operator."""

from __future__ import annotations

from pathlib import Path

from extractors.errors import MinutebookError
from pipeline.archive import archive_of
from pipeline.config import Settings
from pipeline.mail import send
from pipeline.night import work
from pipeline.night.troubles import tell_of_troubles
from pipeline.store.identity import identify
from pipeline.store.people import link_people
from pipeline.store.upload import Uploaded, open_bucket
from pipeline.store.upload import upload as to_bucket
from search.digests import Ledger, Sent, send_digests, send_saved
from search.index import build
from search.index import withdraw as out_of_index
from search.links import Links, Subscription
from search.saved import SavedSearches
from search.web_saved import Mailing

LEDGER, SAVED = "alerts.json", "readers.sqlite"


def bring_index_up_to_date(settings: Settings) -> tuple[int, int]:
    """People, bodies, meetings and search as the datasets are now: (documents indexed, documents dropped)."""
    link_people(settings.output, settings.people)
    identify(settings.output, settings.bodies)
    return build(settings.output, settings.index)


def ledger_of(settings: Settings) -> Ledger:
    """What saved searches have told."""
    return Ledger(settings.archive / LEDGER)


def mailing_of(settings: Settings) -> Mailing | None:
    """What mails to readers need; None where there are none. Raises BadConfig when the operator saved
    searches and there is no secret to sign the links that end them."""
    if not settings.searches and not settings.readers_are_mailed:
        return None
    secret = settings.signing_secret()

    def post(to: str, subject: str, text: str, link: str) -> None:
        send(settings.smtp, [to], subject, text, unsubscribe=link)

    return Mailing(
        saved_of(settings),
        ledger_of(settings),
        Links(settings.site, secret),
        post,
        offered=settings.saved_by_readers and settings.readers_are_mailed,
    )


def saved_of(settings: Settings) -> SavedSearches:
    """The searches that readers saved."""
    return SavedSearches(settings.archive / SAVED, settings.secret.get_secret_value())


def mail_readers(settings: Settings) -> Sent:
    """Each saved search's new hits: the operator's, then those that readers saved. Raises BadConfig without a
    secret, FileNotFoundError without an index."""
    mails = mailing_of(settings)
    if mails is None:
        return Sent()
    searches = [Subscription(**s.model_dump()) for s in settings.searches]
    sent = send_digests(settings.index, searches, mails.ledger, mails.links, mails.send)
    own = send_saved(settings.index, mails.store, mails.links, mails.send)
    return Sent(sent.written + own.written, sent.failed + own.failed)


def mail_all(settings: Settings) -> tuple[Sent, list[str]]:
    """Readers first, then the operator, who hears of every digest that could not be sent: (digests, what the
    operator was told)."""
    try:
        sent = mail_readers(settings)
    except (MinutebookError, OSError) as error:  # the operator is to hear of it, and of the councils
        sent = Sent(failed=[str(error)])
    return sent, tell_of_troubles(settings, [f"A digest could not be sent: {x}" for x in sent.failed])


def upload(settings: Settings) -> Uploaded | None:
    """Papers, where that is asked for, and datasets to the bucket that the configuration names; None without
    one. Raises BadConfig and CannotUpload."""
    if not settings.upload.to:
        return None
    papers = archive_of(settings) if settings.upload.papers else None
    return to_bucket(settings.output, open_bucket(settings.upload), papers)


def withdraw(document_id: str, settings: Settings, reason: str) -> None:
    """A paper out of the datasets, what is made of them (people, bodies and meetings over papers; what only
    repeated it counts again), the index, and the bucket. Raises CannotUpload with all done but the last."""
    work.withdraw(document_id, settings, reason)
    link_people(settings.output, settings.people)
    identify(settings.output, settings.bodies)
    out_of_index(Path(settings.index), document_id)
    upload(settings)
