"""Mail: to the operator when a council is silent or failing, to readers when a saved search has new hits."""

from __future__ import annotations

import json
import logging
import smtplib
from contextlib import closing
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, urlencode

from itsdangerous import BadSignature, URLSafeSerializer

from pipeline.config import SavedSearch, Settings
from pipeline.night.status import needing

log = logging.getLogger("minutebook")
SEEN = "alerts.json"
MOST = 40


def send(settings: Settings, to: list[str], subject: str, text: str, *, unsubscribe: str = "") -> None:
    """One plain mail. Raises OSError or smtplib.SMTPException when it cannot be sent."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        settings.smtp.sender,
        ", ".join(to),
        subject.replace("\n", " "),
    )
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
    message.set_content(text)
    with smtplib.SMTP(settings.smtp.host, settings.smtp.port, timeout=30) as server:
        if settings.smtp.user:
            server.starttls()
            server.login(settings.smtp.user, settings.smtp.password)
        server.send_message(message)


def after_the_night(settings: Settings) -> list[str]:
    """Tell the operator of councils in need; what was told."""
    told = [text for _, text in needing(settings)]
    if told and settings.alerts.email:
        send(
            settings,
            settings.alerts.email,
            f"Minutebook: {len(told)} councils need a look",
            "\n\n".join(told) + "\n",
        )
    if told and settings.alerts.webhook:
        import httpx

        httpx.post(settings.alerts.webhook, json={"text": "\n".join(told)}, timeout=30).raise_for_status()
    return told


def unsubscribe_link(settings: Settings, s: SavedSearch) -> str:
    """An address that ends a saved search, signed so that nobody can make one up."""
    return f"{settings.site}unsubscribe?{urlencode({'t': URLSafeSerializer(settings.secret or 'minutebook', salt='unsubscribe').dumps([s.name, s.email])})}"


def unsubscribed(settings: Settings, ticket: str) -> tuple[str, str] | None:
    """The search and address that a signed ticket names; None for one that is not ours."""
    try:
        name, email = URLSafeSerializer(settings.secret or "minutebook", salt="unsubscribe").loads(ticket)
    except (BadSignature, ValueError):
        return None
    return name, email


def send_digests(settings: Settings) -> list[str]:
    """Mail each saved search's new hits; a search without new ones, and one that was ended, sends nothing.
    Who was written to."""
    from search.index import open_index
    from search.query import Search, search

    state_file = settings.archive / SEEN
    state: dict[str, list[str]] = json.loads(state_file.read_text("utf-8")) if state_file.exists() else {}
    ended = set(state.get("unsubscribed", ()))
    written: list[str] = []
    with closing(open_index(settings.index)) as db:
        for s in settings.searches:
            key = f"{s.name}|{s.email}"
            hits = search(
                db, Search(q=s.query, council=s.council, kind=s.kind, sort="newest"), size=500, counts=False
            ).hits
            known = set(state.get(key, ()))
            fresh = [h for h in hits if h["key"] not in known]
            if fresh and key not in ended:
                link = unsubscribe_link(settings, s)
                send(
                    settings,
                    [s.email],
                    f"Minutebook: {len(fresh)} new for “{s.name}”",
                    _digest(settings, s, fresh, link),
                    unsubscribe=link,
                )
                written.append(s.email)
            state[key] = sorted(known | {h["key"] for h in hits})
    _keep(state_file, state)
    return written


def _digest(settings: Settings, s: SavedSearch, hits: list[dict[str, str]], link: str) -> str:
    lines = [f"New for “{s.name}” ({s.query or 'everything'}):", ""]
    for h in hits[:MOST]:
        lines += [
            f"{h['council']}, {h['committee'] or ''} {h['day'] or ''}: "
            f"{' '.join((h['text'] or '').split())[:240]}",
            f"  {settings.site}entry/{quote(h['key'], safe='')}",
            "",
        ]
    if len(hits) > MOST:
        lines.append(
            f"and {len(hits) - MOST} more: {settings.site}?{urlencode({'q': s.query, 'sort': 'newest'})}"
        )
    return "\n".join([*lines, "", f"No more of these: {link}", ""])


def _keep(file: Path, state: dict[str, list[str]]) -> None:
    draft = file.with_suffix(".writing")
    draft.write_text(json.dumps(state), "utf-8")
    draft.replace(file)


def end_search(settings: Settings, ticket: str) -> bool:
    """End the saved search that a signed ticket names; whether it was ours."""
    who = unsubscribed(settings, ticket)
    if who is None:
        return False
    file = settings.archive / SEEN
    state: dict[str, list[str]] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    state["unsubscribed"] = sorted({*state.get("unsubscribed", ()), "|".join(who)})
    _keep(file, state)
    return True
