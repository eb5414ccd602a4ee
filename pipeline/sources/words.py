"""What the words of a link or label say: the sort of a paper, whether a meeting is off; in the languages that
platforms are translated into."""

from __future__ import annotations

import re

OFF = re.compile(
    r"\b(?:cancel+ed|cancel+ation|annul[ée]e?s?|abgesagt|entfällt|cancelad[ao]s?|suspendid[ao]|annullat[ao])\b",
    re.I,
)
KINDS = (
    (r"minutes|\brecap\b|proc[eè]s[- ]verbal|\bactas?\b|niederschrift|protokoll|\bverbal[ei]\b", "minutes"),
    (
        r"pack(?:et|age)?\b|packets|board ?book|agenda books?\b|full agenda|complete agenda|agenda with "
        r"(?:attachments|reports)|gesamt(?:paket|dokument)|dossier complet|paquete",
        "agenda_pack",
    ),
    (
        r"supplement|addend|errat|late (?:item|correspondence)|revised pages|additional material|nachtrag|"
        r"ergänzung|suppl[ée]ment",
        "supplement",
    ),
    (
        r"agenda|ordre du jour|orden del d[ií]a|tagesordnung|einladung|front ?sheet|order of business|"
        r"\bconvocation\b|ordine del giorno",
        "agenda",
    ),
    (r"decision|action (?:summary|report)|beschluss|beschlüsse|d[ée]cision|result", "decisions"),
    (r"summary|sommaire|zusammenfassung", "minutes"),
    (
        r"report|memo|resolution|ordinance|exhibit|attachment|vorlage|antrag|anfrage|stellungnahme|"
        r"mitteilung|rapport|informe",
        "report",
    ),
)
"""What says the sort of a paper, the surest first: a "minutes packet" is minutes, "agenda packet" a pack."""


def kind_of(words: str | None) -> str | None:
    """The sort of paper that the words name, one of DocumentKind; None when they name none."""
    folded = (words or "").lower()
    return next((kind for look, kind in KINDS if re.search(look, folded)), None)


def is_off(words: str | None) -> bool:
    """Whether the words say that a meeting is cancelled."""
    return bool(OFF.search(words or ""))
