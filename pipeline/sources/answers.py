"""A platform's answer, taken apart without trust: JSON whose fields may be null or of another type, pages
that are not the platform's at all."""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, cast

from pipeline.errors import NotFetched

BLOCKS = re.compile(
    r"incapsula incident|request unsuccessful|just a moment\.\.\.|attention required!? ?\||"
    r"pardon our interruption|"
    r"checking (?:if the site connection is secure|your browser)|access (?:to this page has been )?denied|"
    r"verify (?:that )?you are (?:a )?human|enable javascript and cookies to continue|the requested url was "
    r"rejected|you have been blocked|sucuri website firewall|unusual traffic|too many requests|cf-chl-",
    re.I,
)
LOGINS = re.compile(
    r"<title[^>]*>[^<]*\b(?:log ?in|log ?on|sign ?in|anmeld\w*|connexion|se connecter|iniciar sesi[oó]n)\b"
    r"|<h1[^>]*>\s*(?:log ?in|log ?on|sign ?in|please sign in)\s*</h1>",
    re.I,
)
PASSWORD = re.compile(r"<input[^>]+type\s*=\s*[\"']?password", re.I)
SHORT = 60_000
"""Characters of the longest block page: a real page may speak of being blocked in passing."""


class Troubles:
    """What went wrong with single meetings, told when all the others are done."""

    def __init__(self) -> None:
        self.told: list[str] = []

    @contextmanager
    def noted(self) -> Generator[None]:
        """A trouble within costs what is within only."""
        try:
            yield
        except NotFetched as error:
            self.told.append(str(error))

    def tell(self) -> None:
        """Raise NotFetched when there was any."""
        if self.told:
            more = f" (and {len(self.told) - 1} more like it)" if len(self.told) > 1 else ""
            raise NotFetched(f"{self.told[0]}{more}")


def refuse_strangers(text: str, url: str) -> str:
    """The answer, unless it is a block page or a login page under status 200: then NotFetched says so."""
    head = text[:SHORT]
    if not head.lstrip("\ufeff \t\r\n").startswith("<"):  # data, or words
        return text
    if len(text) < SHORT and BLOCKS.search(_seen(head)):
        raise NotFetched(
            f"{url}: a block page instead of an answer: the site takes us for an attack; ask its council to "
            "let Minutebook in (the User-Agent names you), or raise `pace`"
        )
    if LOGINS.search(head) or (PASSWORD.search(head) and head.lower().count("<a ") < 15):
        raise NotFetched(
            f"{url}: a login page instead of an answer: is the address the public one, and the list public?"
        )
    return text


def _seen(text: str) -> str:
    """What a reader of a page sees, and its title."""
    return re.sub(r"<script\b.*?</script>|<style\b.*?</style>", " ", text, flags=re.I | re.S)


def json_of(text: str, url: str, what: str) -> Any:
    """The answer as JSON. Raises NotFetched with what to do when it is none."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotFetched(
            f"{url}: {what} did not answer with whole JSON ({text.strip()[:40]!r}): is the address right?"
        ) from error


def record(value: object) -> dict[str, Any]:
    """A JSON object; an empty one for anything else."""
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def several(value: object) -> list[object]:
    """The members of a list; none for anything else."""
    return cast(list[object], value) if isinstance(value, list) else []


def records(value: object) -> list[dict[str, Any]]:
    """The JSON objects in a list; none for anything else."""
    return [cast(dict[str, Any], v) for v in several(value) if isinstance(v, dict)]


def rows_of(answer: object, url: str, what: str) -> list[dict[str, Any]]:
    """The rows of a list, or of the list that an envelope holds (`value`, `data`, `d`). Raises NotFetched
    when the answer is no list of objects."""
    envelope = record(answer)
    inner = next((envelope[k] for k in ("value", "data", "d", "Result") if k in envelope), answer)
    found = records(inner)
    if not isinstance(inner, list) or (inner and not found):
        raise NotFetched(
            f"{url}: {what} did not answer with a list ({str(answer)[:80]}): its service has changed, or the "
            "address is not the service's"
        )
    return found


def text_of(value: object) -> str | None:
    """A field's words; None when it is null, empty or no text."""
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def number_of(value: object) -> str | None:
    """An identifier, a number or text, as text; None when it is neither."""
    if isinstance(value, bool):
        return None
    return str(value) if isinstance(value, int) else text_of(value)
