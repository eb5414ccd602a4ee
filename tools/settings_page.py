"""docs/settings.md, written from the settings' own types, bounds and meanings."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from pipeline.config import Settings

OPENING = """# Settings

Made from the settings by `make docs`; do not edit by hand. `minutebook.toml` holds them, as in
[operating](operating.md); `minutebook check` says in words what is wrong with it. An environment variable
wins over the file: `MINUTEBOOK_WORKERS`, or `MINUTEBOOK_SMTP__HOST` for a setting in a table.
"""
TYPES = {str: "text", Path: "path", int: "whole number", float: "number", bool: "true or false"} | {
    SecretStr: "text, kept secret"
}
BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def page() -> str:
    """The whole page as Markdown."""
    return "\n".join([OPENING, *(line for title, model in tables() for line in _table(title, model))])


def tables() -> Iterator[tuple[str, type[BaseModel]]]:
    """The file's own settings, then each table: ("[smtp]", its model), ("[[councils]]", a council's)."""
    yield "At the top", Settings
    for name, field in Settings.model_fields.items():
        if model := _model_of(field.annotation):
            yield (f"`[[{name}]]`" if get_origin(field.annotation) is list else f"`[{name}]`"), model


def _model_of(kind: Any) -> type[BaseModel] | None:
    inner = get_args(kind)[0] if get_origin(kind) is list else kind
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def _table(title: str, model: type[BaseModel]) -> Iterator[str]:
    intro = "" if model is Settings else " ".join((model.__doc__ or "").split()) + "\n\n"
    yield f"## {title}\n\n{intro}| setting | kind | default | meaning |\n| --- | --- | --- | --- |"
    for name, field in model.model_fields.items():
        if _model_of(field.annotation) is None:
            meaning = _in_a_cell(field.description or "")
            yield f"| {name} | {_kind(field)} | {_default(field)} | {meaning} |"
    yield ""


def _in_a_cell(text: str) -> str:
    words = " ".join(text.split()).removesuffix(".").replace("|", "\\|")
    return words[:1].lower() + words[1:]


def _kind(field: FieldInfo) -> str:
    bounds = [
        f"{words} {getattr(m, key)}"
        for m in field.metadata
        for key, words in BOUNDS.items()
        if hasattr(m, key)
    ]
    return ", ".join([_named(field.annotation), *bounds])


def _named(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return " or ".join(f"`{value}`" for value in get_args(kind))
    if get_origin(kind) is list:
        return f"list of {_named(get_args(kind)[0])}"
    if isinstance(kind, types.UnionType):
        return " or ".join(_named(k) for k in get_args(kind) if k is not type(None))
    return TYPES[kind]


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    given = field.get_default(call_default_factory=True)
    if isinstance(given, SecretStr) or given in ("", [], None):
        return ""
    return f"`{str(given).lower() if isinstance(given, bool) else given}`"
