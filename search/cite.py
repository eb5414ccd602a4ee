"""A citation of a row: plain, Markdown, Wikipedia."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def citations(hit: Mapping[str, Any], document: Mapping[str, Any], url: str) -> dict[str, str]:
    """The three forms; `url` is the entry's own address here. The hash says which bytes were read."""
    council, committee, day = (
        hit["council"],
        hit["committee"] or "",
        hit["day"] or document.get("meeting_date") or "undated",
    )
    title = document.get("title") or "paper"
    where = f"page {hit['page']}" if hit["page"] else ""
    item = f", item {hit['item']}" if hit["item"] else ""
    source = document.get("source_url") or ""
    hashed = f"sha256:{hit['document_id'][:16]}"
    plain = (
        ", ".join(x for x in (council, committee, day) if x)
        + f"{item}: “{title}”, {where} ({hashed}). {source} {url}".rstrip()
    )
    markdown = (
        f"[{title}]({url}), "
        + ", ".join(x for x in (council, committee, day) if x)
        + f"{item}, {where} (`{hashed}`)"
    )
    wiki = (
        f"{{{{cite web |title={_wiki(title)} |publisher={_wiki(council)} |date={day} "
        f"|page={hit['page'] or ''} |url={url} |quote={_wiki((hit['text'] or '')[:280])}}}}}"
    )
    return {"plain": plain, "markdown": markdown, "wikipedia": wiki}


def _wiki(text: str) -> str:
    return (
        " ".join(text.replace("|", "{{!}}").replace("{{", "(").replace("}}", ")").split())
        if "|" not in text
        else " ".join(text.replace("|", "/").split())
    )
