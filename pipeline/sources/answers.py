"""A platform's JSON, taken apart without trust: fields may be null or of another type."""

from __future__ import annotations

import json
from typing import Any, cast

from pipeline.errors import AnotherLayout


def json_of(text: str, url: str, what: str) -> Any:
    """The answer as JSON. Raises NotFetched with what to do when it is none."""
    try:
        return json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise AnotherLayout(
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
        raise AnotherLayout(
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
