"""What the words of a link or label say: the sort of a paper, whether a meeting is off; in the languages that
platforms are translated into."""

from __future__ import annotations

import re

OFF = re.compile(
    r"\b(?:cancel+ed|cancel+ation|gansl\w+|chansl\w+|annul[ée]e?s?|abgesagt|entfällt|cancelad[ao]s?|"
    r"suspendid[ao]|annullat[ao])\b",
    re.I,
)
KINDS = (
    (
        r"minutes|\brecap\b|cofnodion|proc[eè]s[- ]verbal|\bactas?\b|niederschrift|protokoll|\bverbal[ei]\b",
        "minutes",
    ),
    (
        r"supplement|addend|errat|\blate (?:item|correspondence|report|paper|material)|to follow|"
        r"tabled (?:paper|report|item)|revised pages|additional material|atodol|nachtrag|ergänzung|"
        r"suppl[ée]ment",
        "supplement",
    ),
    (
        r"pack(?:et|age)?s?\b|board ?book|agenda books?\b|full agenda|complete agenda|"
        r"agenda with attachments|agenda (?:with |and )?reports|pecyn|gesamt(?:paket|dokument)|"
        r"dossier complet|paquete",
        "agenda_pack",
    ),
    (
        r"agenda|notice of meeting|summons|front ?sheet|order of business|blaenddalen|ordre du jour|"
        r"orden del d[ií]a|tagesordnung|einladung|\bconvocation\b|ordine del giorno",
        "agenda",
    ),
    (r"forward plan|forthcoming decisions|\bblaengynllun\b", "forward_plan"),
    (r"decision|penderfyniad|action (?:summary|report)|beschluss|beschlüsse|d[ée]cision|result", "decisions"),
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
