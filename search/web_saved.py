"""Searches saved by e-mail: asked for here, begun by whoever owns the mailbox, ended with one click.

Nothing is done by following a link, because mail scanners follow every one: a link shows a button. What an
answer says depends on who asks and on what all ask for together, never on what is known of an address.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from search.budget import TooSlow
from search.digests import Ledger, Send, newest
from search.index import IndexUnfit
from search.links import Links, Wish
from search.query import Search, search
from search.saved import MOST, OFTEN, Answer, SavedSearches
from search.shelf import AtHand, Shelf
from search.web_search import Asked
from search.wording import in_words, query_string, search_of

log = logging.getLogger("minutebook")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
LONGEST = 4_096
"""Bytes of a form."""
LONGEST_SEARCH = 1_000
"""Letters of a search as a query string: it stands in the link that starts it."""
UNSEEN = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
"""Pages that tell of an address are nobody else's to keep or to list."""
SUBJECT = "Minutebook: please confirm your saved search"
CONFIRM = """Somebody, most likely you, asked {site}
to write to this address when something new is found by a search.

To see the search, and to start it:
{link}

If you did not ask for it, do nothing: nothing is sent and the address is not kept.
The link can be used for three days.
"""
router = APIRouter(include_in_schema=False)
ends = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Mailing:
    """What mails need: where searches are kept, the links in mails, the sending. `offered` says whether
    readers may save searches."""

    store: SavedSearches
    ledger: Ledger
    links: Links
    send: Send
    offered: bool


async def _mailing(request: Request) -> Mailing:
    return request.app.state.mailing


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form that was sent, once each. Raises HTTPException for one that is too large, or that
    another site's page sent."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "that was sent from another site's page: use the form here")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST:
            raise HTTPException(413, "that is more than the form can hold")
    return {k: v[0] for k, v in parse_qs(body.decode("utf-8", "replace"), max_num_fields=20).items()}


Mails = Annotated[Mailing, Depends(_mailing)]
Form = Annotated[dict[str, str], Depends(_form)]


def _wanted(s: Asked) -> Search:
    """The search, whatever page and order it was seen in."""
    if not (wanted := replace(s, page=1, sort="best")).asks:
        raise HTTPException(422, "say what to look for first: a word, a council, a person")
    if len(query_string(wanted)) > LONGEST_SEARCH:
        raise HTTPException(422, "that is too long to be mailed: take some filters away")
    return wanted


Wanted = Annotated[Search, Depends(_wanted)]


def _page(shelf: Shelf, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    answer = shelf.page(template, request, status, **values)
    answer.headers.update(UNSEEN)
    return answer


@router.get("/saved")
def ask(s: Wanted, shelf: AtHand, request: Request) -> Response:
    """The form: to which address, how often."""
    return _asking(s, shelf, request)


def _asking(s: Search, shelf: Shelf, request: Request, status: int = 200, **values: Any) -> Response:
    with shelf.readers.db() as db:
        words, found = in_words(db, s), search(db, s, size=1, snippets=False)
    shown = {"fault": "", "email": "", "often": "daily", **values}
    return _page(shelf, request, "saved.html", status, s=s, words=words, found=found, paces=OFTEN, **shown)


@router.post("/saved")
def asked(
    s: Wanted, form: Form, mails: Mails, shelf: AtHand, request: Request, later: BackgroundTasks
) -> Response:
    """A mail to confirm is sent, unless the address had enough of them: the answer is the same."""
    email, often = form.get("email", "").strip(), form.get("often", "daily")
    if len(email) > 254 or not EMAIL.fullmatch(email) or often not in OFTEN:
        fault = "That is no e-mail address: it looks like name@example.org."
        return _asking(s, shelf, request, 422, fault=fault, email=email[:254], often=often)
    answer = mails.store.wish(email, request.client.host if request.client else "?")
    if answer is Answer.TOO_MANY:
        raise HTTPException(429, "you asked for many mails today: the feed of a search needs none")
    if answer is Answer.CLOSED:
        raise HTTPException(503, "no more mails can be asked for today: the feed of a search needs none")
    if answer is Answer.MAIL:
        later.add_task(_confirm, mails, Wish(email, query_string(s), often))
    return _page(shelf, request, "saved_sent.html", email=email, s=s)


def _confirm(mails: Mailing, wish: Wish) -> None:
    """Write to the address; how that goes is nobody's to see but the log's."""
    text = CONFIRM.format(site=mails.links.site, link=mails.links.to_start(wish))
    try:
        mails.send(wish.email, SUBJECT, text, "")
    except OSError as error:
        log.error("a mail to confirm a saved search could not be sent: %s", type(error).__name__)


@router.get("/saved/start")
def before_start(mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """The search that a mail's link starts, and the button."""
    return _start(mails, shelf, request, t, done=False)


@router.post("/saved/start")
def start(mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """Begin it: what is there already is no news."""
    return _start(mails, shelf, request, t, done=True)


def _start(mails: Mailing, shelf: Shelf, request: Request, ticket: str, *, done: bool) -> Response:
    wish = mails.links.wish_of(ticket)
    if wish is None:
        return _page(shelf, request, "saved_start.html", 404, wish=None)
    s = search_of(wish.asked)
    with shelf.readers.db() as db:
        words, there = in_words(db, s), newest(db, s) if done else []
    begun = mails.store.start(wish.email, wish.asked, wish.often, (h["key"] for h in there)) if done else None
    shown: dict[str, Any] = {"words": words, "s": s, "ticket": ticket, "most": MOST}
    own = mails.links.own_ticket(wish.email) if done else ""
    return _page(shelf, request, "saved_start.html", wish=wish, done=done, begun=begun, own=own, **shown)


@ends.get("/saved/own")
def own(mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """All searches of an address, for whoever has a mail to it."""
    return _own(mails, shelf, request, t)


@ends.post("/saved/own")
def end_own(form: Form, mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """End one of them, or all."""
    email = mails.links.owner_of(t)
    number = form.get("end", "")
    if email and number == "all":
        mails.store.end_all(email)
    elif email and number.isdecimal() and len(number) < 18:
        mails.store.end(int(number), email)
    return _own(mails, shelf, request, t, changed=True)


def _own(mails: Mailing, shelf: Shelf, request: Request, ticket: str, *, changed: bool = False) -> Response:
    email = mails.links.owner_of(ticket)
    saved = [
        {"number": s.number, "often": s.often, "asked": s.asked, "words": _words(shelf, s.asked)}
        for s in (mails.store.of(email) if email else ())
    ]
    status = 200 if email else 404
    shown = {"email": email, "saved": saved, "ticket": ticket, "changed": changed}
    return _page(shelf, request, "saved_own.html", status, **shown)


def _words(shelf: Shelf, asked: str) -> str:
    """A search in words; whoever wants no more of it needs no index for that."""
    try:
        with shelf.readers.db() as db:
            return in_words(db, search_of(asked))
    except (IndexUnfit, TooSlow):
        return f"“{search_of(asked).q}”"


@ends.get("/unsubscribe")
def before_end(mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """The search that a mail's link ends, and the button."""
    return _end(mails, shelf, request, t, done=False)


@ends.post("/unsubscribe")
def end(mails: Mails, shelf: AtHand, request: Request, t: str = "") -> Response:
    """End it: by the button, or by a mail program's one click (RFC 8058)."""
    return _end(mails, shelf, request, t, done=True)


def _end(mails: Mailing, shelf: Shelf, request: Request, ticket: str, *, done: bool) -> Response:
    """404 for a ticket that was not signed here."""
    name, email, own = "", "", ""
    if told := mails.links.saved_of(ticket):
        number, email = told
        own, saved = mails.links.own_ticket(email), mails.store.get(number, email)
        name = _words(shelf, saved.asked) if saved else "a search that was ended before"
        if done:
            mails.store.end(number, email)
    elif found := mails.links.search_of(ticket):
        name, email = f"“{found.name}”", found.email
        if done:
            mails.ledger.end(found)
    shown = {"name": name, "email": email, "ticket": ticket, "done": done, "own": own}
    return _page(shelf, request, "unsubscribe.html", 200 if email else 404, **shown)
