"""Which council a paper is of, when nobody said: the name that its pages print most."""

from __future__ import annotations

import re
from collections import Counter

from extractors.language.names import is_role_word
from extractors.model import Paper

KIND = r"(?:county|city|borough|district|town|parish|metropolitan|regional|shire|community|municipal|unitary|london borough)"
NAMES = (
    re.compile(rf"\b((?:[A-Z][A-Za-z’'-]+\s+(?:and\s+|&\s+|of\s+|upon\s+|on\s+|the\s+)?){{1,4}}?(?i:{KIND}\s+)+(?i:council))\b"),
    re.compile(r"\b((?i:corporation of the\s+)?(?i:township|town|city|municipality|village|county|district|borough|region) (?i:of) (?:the\s+)?[A-Z][A-Za-z’'-]+(?:[ -][A-Z][A-Za-z’'-]+){0,2})\b"),
)
PAGES = 6
SMALL = {"of", "and", "the", "upon", "on", "in"}


def council_of(paper: Paper) -> str | None:
    """The council's name in title case, or None when no page prints one."""
    count: Counter[str] = Counter()
    for page in paper.pages[:PAGES]:
        text = " ".join(w.text for w in page.words[:1500])
        for look in NAMES:
            count.update(_plain(m.group(1)) for m in look.finditer(text))
    if not count:
        return None
    best = max(count.values())
    return next(name for name, n in count.items() if n == best)


def _plain(name: str) -> str:
    name = re.sub(r"^(?:(?:the|of|by|for|and|to|corporation of the)\s+)+", "", name, flags=re.I)
    words = name.split()
    kind = next((i for i, w in enumerate(words) if re.fullmatch(KIND, w, re.I)), len(words))
    posts = [i for i, w in enumerate(words[:kind]) if is_role_word(w) and w.lower() not in SMALL]
    words = words[posts[-1] + 1 :] if posts and posts[-1] + 1 < kind else words
    return " ".join(w.lower() if w.lower() in SMALL and i else w.capitalize() if w.isupper() or w.islower() else w for i, w in enumerate(words))
