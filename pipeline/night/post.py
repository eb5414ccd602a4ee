"""Words to the operator, by every way that the configuration names: mail, a webhook, ntfy; and the heartbeat
that a watch elsewhere waits for."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import httpx
import stamina

from pipeline.config import Settings
from pipeline.mail import send

log = logging.getLogger("minutebook")
Way = tuple[str, Callable[[], None]]
"""A way to the operator: what it is called, and the sending, which raises OSError or httpx.HTTPError."""


def tell(settings: Settings, subject: str, text: str, *, well: bool = False) -> bool:
    """Write to the operator; whether nothing stood in the way. A post that does not go is logged and stops
    nothing. `well` is for good news."""
    return not any(failed for _, failed in posted(settings, subject, text, well=well))


def posted(
    settings: Settings, subject: str, text: str, *, well: bool = False
) -> Iterator[tuple[str, str | None]]:
    """Write to the operator: each way with why it failed, None when it did not. The addresses of webhooks and
    topics are secrets, and in no message."""
    for name, write in _ways(settings, subject, text, well):
        try:
            write()
            yield name, None
        except httpx.HTTPStatusError as error:
            yield name, _logged(name, f"status {error.response.status_code}")
        except httpx.HTTPError as error:
            yield name, _logged(name, type(error).__name__)
        except OSError as error:
            yield name, _logged(name, str(error))


def _logged(name: str, why: str) -> str:
    log.error("the operator could not be written to by %s: %s", name, why)
    return why


def _ways(settings: Settings, subject: str, text: str, well: bool) -> Iterator[Way]:
    to = settings.alerts
    if to.email:
        yield f"mail through {settings.smtp.host}", lambda: send(settings.smtp, to.email, subject, text)
    if to.webhook:
        yield "webhook", lambda: _ask(settings, to.webhook, json={"text": f"{subject}\n{text}"})
    if to.ntfy:
        headers = {"Title": subject.encode("ascii", "replace").decode(), "Priority": "3" if well else "4"}
        headers["Tags"] = "white_check_mark" if well else "warning"
        if token := to.ntfy_token.get_secret_value():
            headers["Authorization"] = f"Bearer {token}"
        yield "ntfy", lambda: _ask(settings, to.ntfy, content=text.encode(), headers=headers)


def beat(settings: Settings) -> str | None:
    """Tell the watch that a night ended well; why that failed, None when it did not or nobody watches."""
    if not settings.alerts.heartbeat:
        return None
    try:
        _ask(settings, settings.alerts.heartbeat, verb="GET")
    except httpx.HTTPError as error:
        log.error("the heartbeat could not be sent: %s", type(error).__name__)
        return type(error).__name__
    return None


@stamina.retry(on=httpx.TransportError, attempts=3, timeout=60.0)
def _ask(
    settings: Settings,
    address: str,
    *,
    verb: str = "POST",
    json: object = None,
    content: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> None:
    proxy = settings.proxy.get_secret_value() or None
    answer = httpx.request(
        verb, address, json=json, content=content, headers=headers, timeout=30, proxy=proxy
    )
    answer.raise_for_status()
