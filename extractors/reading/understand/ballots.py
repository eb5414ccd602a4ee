"""Who voted how: the choices, a division as it is read, and lists of names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from extractors.cues.load import words as lists
from extractors.cues.says.people import NAME, OFFICES, TITLES
from extractors.mentions.names import is_role_word
from extractors.reading.counts import number_said
from schemas.decisions import Choice

PUT = (
    r"(?:(?:original|substantive|amended)\s+)?(?:motion|amendment|proposal|resolution|ordinance|bill|recommendations?"
    r"|reference\s+back|application|nomination|item|report|budget)"
    r"(?:\s+by\s+(?-i:[A-Z])[^():;,–—-]{3,40}?)?"
)
"""What is voted for or against."""
SIDES: tuple[tuple[Choice, str], ...] = (
    (
        "for",
        r"ayes?|yeas?|yes|in\s+favou?r(?:\s+of\s+(?:the\s+)?(?:motion|amendment|proposal))?"
        rf"|for(?:\s+(?:(?:the\s+)?{PUT}|deferral|adoption|approval|passage|refusal))?|(?:in\s+the\s+)?affirmative|voting\s+aye|voted\s+aye",
    ),
    (
        "against",
        r"noe?s|nays?|no|opposed(?:\s+to\s+(?:the\s+)?(?:motion|amendment))?"
        rf"|against(?:\s+(?:(?:the\s+)?{PUT}|deferral|adoption|approval|passage|refusal))?|(?:in\s+the\s+)?negative"
        r"|oppos(?:e|ing)|in\s+opposition|dissent(?:ed|ing)?",
    ),
    ("abstain", r"abst(?:ain(?:ed|ing|s)?|entions?)"),
    ("recused", r"recus(?:ed|als?)(?:\s*(?:&|and)\s*not\s+voting)?"),
    ("absent", r"absent(?:\s+(?:or\s+|and\s+)?did\s+not\s+vote)?|excused(?:\s*(?:&|and)\s*not\s+voting)?"),
    ("not_voting", r"not\s+voting"),
)


def choice_of(side: str) -> Choice:
    """The choice that a side as printed stands for: "Nays", "in opposition"."""
    folded = {"Y": "yes", "N": "no", "y": "yes", "n": "no"}.get(side, " ".join(side.split()))
    return next(choice for choice, look in SIDES if re.fullmatch(look, folded, re.I))


BALLOT = re.compile(
    r"\b(?:favou?r|ayes?|yes|yea|oppose[ds]?|no|nay|against|abst\w+|recused|absent|dissent\w*|opposition|affirmative|negative)\b",
    re.I,
)
NOBODY_NAMED = re.compile(
    r"(?:No|Nobody|Non|Unanimous|Consent|Objection|Those|All|Members|None|The|Motion|Vote|Voting|Roll|And|Ayes?|Nays?|Noes)\b",
    re.I,
)
BY_THE_WAY = re.compile(r"\s*\((?![A-Z]\))[^()]*\)")
"""What stands in brackets behind a name and is no initial: "Foss (by telephone)"."""
BY_OFFICE = re.compile(rf"the\s+{OFFICES}$")
OFFICE_ALONE = re.compile(rf"{OFFICES}$")
"""Who is named by office alone: "the Convener"."""
SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|Esq|J\.?P)\.?$", re.I)
"""What stands behind a name after a comma: "Foss, Jr."."""
BESIDE = (
    rf"(?<=[a-zà-ÿ])(?<!Deputy)(?<!Vice)(?<!Acting)(?<!Past)(?<!Lord)(?<!Madam)\s+(?=(?:{TITLES})\s+[A-ZÀ-Þ])"
)
"""Between two members set side by side without a comma: "Mayor Foss Deputy Mayor Lund"."""
SPLIT = re.compile(rf"{BESIDE}|\s*(?:,|;|/|&|\b(?i:and)\b|\n|\b(?:{TITLES})\s*,?\s*[–—:-](?=[\s,]))[\s,]*")
TITLE = re.compile(rf"^(?:(?:the\s+)?(?:{TITLES})\s+)+", re.I)
SEVERAL_NAMED = 2
"""Names of a list after which an office alone is one more: "Foss, Lund, Chair"."""
ONE_NAME = re.compile(rf"^{NAME}\.?$")


@dataclass(slots=True)
class Division:
    """Names by choice with their places, and the numbers printed beside the labels."""

    ballots: list[tuple[str, Choice, int, int]] = field(
        default_factory=lambda: list[tuple[str, Choice, int, int]]()
    )
    printed: dict[str, int] = field(default_factory=lambda: dict[str, int]())
    about: Literal["motion", "amendment"] | None = None
    """What its first label says is voted for: "For the amendment"."""

    def count(self, choice: Choice) -> int | None:
        """The printed number, else how many are named; None when the division does not mention the choice."""
        named = sum(c == choice for _, c, _, _ in self.ballots)
        return self.printed.get(choice, named if named or choice in self.printed else None)


def names_listed(text: str) -> list[tuple[str, int, int]]:
    """The names in a list, titles off, with their places: "Councilmembers Foss, Lund and Mayor Quill"."""
    out: list[tuple[str, int, int]] = []
    at = 0
    for piece in [*SPLIT.split(text)]:
        found = text.find(piece, at) if piece else -1
        if found < 0:
            continue
        at = found + len(piece)
        if out and SUFFIX.match(piece.strip(" .:()")):
            name, start, _ = out[-1]
            out[-1] = (f"{name}, {piece.strip(' :')}", start, at)
            continue
        bare = piece.strip(" .:;")
        if BY_OFFICE.match(bare) or (len(out) >= SEVERAL_NAMED and OFFICE_ALONE.match(bare)):
            out.append((piece.strip(" .:;"), found, at))
            continue
        piece = BY_THE_WAY.sub("", piece)
        bare = TITLE.sub(
            "",
            piece.strip(" .:–-()[]0123456789")
            + (")" if piece.rstrip().endswith(")") and "(" in piece else ""),
        )
        if (
            bare
            and not NOBODY_NAMED.match(bare)
            and ONE_NAME.match(bare)
            and not TITLE.fullmatch(bare + " ")
            and number_said(bare) is None
            and not bare.lower().startswith("all ")
            and not _is_post(bare)
        ):
            out.append((bare.strip(), found, at))
    return out


def _is_post(name: str) -> bool:
    """Nothing but words of posts ("City Manager"); "Young" and "Park" alone are surnames in a list of
    votes."""
    words = name.split()
    return all(is_role_word(w) for w in words) and not (
        len(words) == 1 and words[0].lower() in lists()["people.surnames_too"]
    )
