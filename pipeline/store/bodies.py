"""One body over a council's papers: names put together on evidence, doubtful ones listed, a person's
decisions over all."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from extractors.parts.register import place_letters, registered
from extractors.rows.people import slug
from pipeline.store.people import Link, joined
from schemas.over_papers import BodyKind
from schemas.people import Same

COUNCIL_KIND = (
    r"(?:county|city|borough|district|town|parish|metropolitan|regional|shire|community|municipal|unitary"
    r"|london borough)"
)
MISSPELT = 90.0
"""Names as alike as this (rapidfuzz ratio, 0 to 100) may be one, misspelt."""
RARE = 2
"""A spelling in this many papers at the most is a slip beside one that is usual."""
USUAL = 3
BODY_WORD = (
    r"(?:council|cabinet|executive|committee|subcommittee|board|commission|panel|authority|agency|trustees"
    r"|forum|partnership|task force|working (?:group|party)|selectmen|commissioners|supervisors)"
)
NOT_THE_NAME = re.compile(
    r"\b(?:(?:meetings?|sessions?|minutes|proceedings|agenda|record|summons|notice|members) of|"
    r"(?:special|regular|ordinary|extraordinary|annual|adjourned|monthly|emergency|concurrent|scheduled"
    r"|virtual|hybrid|inaugural|consecutive|continued|draft|unapproved|joint|full)(?= |$)"
    r"|meetings?$|sessions?$|minutes$|agenda$|^the|^an?(?= )|^of)\b"
)
"""What stands around a body's name: what kind of meeting it was, whose minutes."""
SPELT = (
    (re.compile(r"&"), " and "),
    (re.compile(r"\([^)]*\)"), " "),
    (re.compile(r"[’'`´]s?\b"), ""),
    (re.compile(r"\bsub[ -]+committee"), "subcommittee"),
    (re.compile(r"\bc(?:t|m)tee\b|\bcommitee\b|\bcomittee\b"), "committee"),
    (re.compile(r"[^\w ]+|_"), " "),
)
KINDS: tuple[tuple[str, BodyKind], ...] = (
    (r"subcommittee$|^subcommittee\b", "sub-committee"),
    (r"^(?:cabinet|executive|policy and resources executive)$", "cabinet"),
    (r"committee\b", "committee"),
    (r"commission$|commissioner$|^commission\b", "commission"),
    (r"panel$", "panel"),
    (r"board\b", "board"),
    (r"authority$|agency$", "authority"),
)
AROUND = ("the", "ofthe", "meeting", "meetingof", "minute", "minutes", "minutesof", "agenda", "draft")
"""What is left of the words around a name where OCR ran them into it."""
SMALL = frozenset(("of", "on", "for", "and", "the", "to", "in", "with", "by", "at"))
APART = frozenset(
    (
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"),
        *("upper", "lower", "inner", "outer", "rural", "urban", "first", "second"),
        *("successor", "former", "adult", "child", "children", "youth", "junior", "senior"),
    )
)
"""Words that tell one body of two that are called alike."""
BETWEEN = re.compile(r"(\s*[,;/]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+)", re.I)
"""What stands between the names of bodies that meet together."""
FEW_WORDS = 14
"""A name of more words is a sentence that was taken for one."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A body's name as one document prints it for a meeting, and the meeting's day."""

    name: str
    day: date | None
    document_id: str


@dataclass(slots=True)
class Body:
    """All that a council's papers print under one body_id. `words` is its name folded."""

    body_id: str
    words: tuple[str, ...]
    names: Counter[str] = field(default_factory=lambda: Counter[str]())
    days: set[date] = field(default_factory=lambda: set[date]())
    documents: set[str] = field(default_factory=lambda: set[str]())

    @property
    def name(self) -> str:
        """The commonest printing, rather in small letters than in capitals, and rather the shorter."""
        return min(self.names, key=lambda n: (n.isupper(), -self.names[n], len(n), n))

    @property
    def kind(self) -> BodyKind:
        """What the name says that it is."""
        return kind_of(self.words)


COUNCIL: tuple[str, ...] = ("council",)
"""The council itself, folded."""


def fold(name: str, council: str) -> tuple[str, ...]:
    """The words that tell the body, in lower case and singular, without the council's own name and what kind
    of meeting it was; COUNCIL for the council itself, however it is called."""
    text = unicodedata.normalize("NFKC", name).lower()
    for look, plain in SPELT:
        text = look.sub(plain, text)
    whole = " ".join(text.split())
    text, before = _without_council(whole, council), None
    of_council = text != whole and not re.search(rf"\b{BODY_WORD}s?\b", text)
    while text != before:
        before, text = text, " ".join(NOT_THE_NAME.sub(" ", text).split())
    words = tuple(_singular(w) for w in text.split() if w != "the")
    is_council = (
        of_council or not words or re.fullmatch(rf"(?:{COUNCIL_KIND} )?council(?: of)?", " ".join(words))
    )
    return COUNCIL if is_council else words


def _without_council(text: str, council: str) -> str:
    """The text without the council's name, or its place, before or after the body's."""
    if council == "unknown":
        return text
    whole = " ".join(re.sub(r"[^\w ]+", " ", council.lower()).split())
    place = r" ?".join(re.findall(r"\w+", _place(whole)))
    if not place:
        return text
    kinds = "city|town|township|county|village|municipality|borough|district"
    of = rf"(?:(?:corporation of )?(?:the )?(?:{kinds}) of )"
    text = re.sub(
        rf"^(?:the )?{of}?{place}\b ?(?:{COUNCIL_KIND}s?(?= \w))? ?(?:council(?= \w))?", "", text
    ).strip()
    after = rf"(?: of| for)?(?: the)? ?\b{of}?{place}(?: {COUNCIL_KIND})*(?: council)?$"
    return re.sub(after, "", text).strip()


def _place(council: str) -> str:
    """The words of the place in a council's name."""
    letters = place_letters(council)
    return " ".join(w for w in council.split() if place_letters(w) and place_letters(w) in letters)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not re.search(r"(?:ss|us|is)$", word) else word
    )


def kind_of(words: tuple[str, ...]) -> BodyKind:
    """What a folded name says that the body is."""
    if words == COUNCIL:
        return "council"
    text = " ".join(words)
    for look, kind in KINDS:
        if re.search(look, text):
            return kind
    return "other"


def bodies_named(name: str) -> list[str]:
    """The bodies of a joint meeting's name, each alone; the name itself where it is one body's.

    "Governance and Audit Committee" is one: each of several ends in the word for what it is.
    """
    if re.match(r"\W*(?:sub-?\s?committee|committee|board|members|commission)\s+(?:of|on)\b", name, re.I):
        return [name]
    pieces = [""]
    for n, part in enumerate(BETWEEN.split(name)):
        done = re.search(rf"\b{BODY_WORD}s?\s*(?:\([^)]*\))?\s*$", pieces[-1].replace("-", ""), re.I)
        if done and n % 2:
            pieces.append("")
        else:
            pieces[-1] += part
    named = [p.strip(" ,;/") for p in pieces if p.strip(" ,;/")]
    whole = all(re.search(rf"\b{BODY_WORD}s?\b", p.replace("-", ""), re.I) for p in named)
    return named if whole and len(named) > 1 else [name]


def body_id(council: str, words: tuple[str, ...]) -> str:
    """A body's id, from its council and its folded name."""
    return f"{slug(council)}-body-{slug(' '.join(words)) or 'unnamed'}"


def bodies_of(namings: Iterable[Naming], council: str) -> dict[str, Body]:
    """The bodies that a council's papers name, by id, before doubtful names are put together."""
    out: dict[str, Body] = {}
    for n in namings:
        for name in bodies_named(n.name):
            words = fold(name, council)
            if len(words) > FEW_WORDS:
                continue
            body = out.setdefault(key := body_id(council, words), Body(key, words))
            body.names[" ".join(name.split())] += 1
            body.days |= {n.day} if n.day else set()
            body.documents.add(n.document_id)
    return out


def links_between(bodies: Mapping[str, Body], council: str = "") -> Iterator[Link]:
    """Every pair of a council's bodies that may be one, with the evidence."""
    place = place_letters(council)
    for a, b in _alike(bodies):
        if (found := _misread(bodies[a], bodies[b], place) or _judge(bodies[a], bodies[b])) is not None:
            yield found


def _misread(a: Body, b: Body, place: str) -> Link | None:
    """A link where the one is the other's letters, parted or run together as OCR does, with nothing more than
    what stands around a name."""
    from rapidfuzz import fuzz

    rare, usual = sorted((a, b), key=lambda x: (len(x.documents), x.body_id))
    if len(rare.documents) > RARE or len(usual.documents) < USUAL or COUNCIL in (a.words, b.words):
        return None
    one, other = ("".join(w for w in x.words if w not in SMALL) for x in (rare, usual))
    if other not in one:
        return None
    more = one.replace(other, "", 1)
    around = (said + named for said in ("", *AROUND) for named in ("", place, f"city{place}", "city"))
    if not more or any(fuzz.ratio(more, plain) >= MISSPELT for plain in around if plain):
        return _link(a, b, "yes", 0.85, "the same letters, parted otherwise")
    return None


def _alike(bodies: Mapping[str, Body]) -> Iterator[tuple[str, str]]:
    """Pairs of ids whose names share a word that tells, the smaller id first."""
    by_word: defaultdict[str, set[str]] = defaultdict(set)
    for key, body in bodies.items():
        for word in _telling(body.words):
            by_word[word[:4]].add(key)
    seen: set[tuple[str, str]] = set()
    for keys in by_word.values():
        listed = sorted(keys)
        for i, a in enumerate(listed):
            seen.update((a, b) for b in listed[i + 1 :])
    yield from sorted(seen)


def _telling(words: tuple[str, ...]) -> list[str]:
    own = [w for w in words if w not in SMALL and not re.fullmatch(BODY_WORD, w)]
    return own or [w for w in words if w not in SMALL]


def _judge(a: Body, b: Body) -> Link | None:
    from rapidfuzz import fuzz

    first, second = set(a.words) - SMALL, set(b.words) - SMALL
    apart = (first ^ second) & APART or any(w.isdigit() or len(w) == 1 for w in first ^ second)
    if apart or COUNCIL in (a.words, b.words):
        return None
    one, other = " ".join(a.words), " ".join(b.words)
    if first == second:
        return _link(a, b, "yes", 0.95, "the same words in another order")
    likeness = fuzz.ratio(one, other)
    if likeness >= MISSPELT and _same_but_for_letters(a.words, b.words):
        rare, usual = sorted((len(a.documents), len(b.documents)))
        same: Same = "yes" if rare <= RARE and usual >= USUAL else "doubtful"
        return _link(a, b, same, 0.85 if same == "yes" else 0.5, f"spelt {likeness:.0f}% alike")
    shorter, longer = sorted((first, second), key=len)
    if shorter < longer and _head(a.words) == _head(b.words) and len(shorter) > 1 and _follow(a, b):
        return _link(
            a, b, "doubtful", 0.5, "the one's words are among the other's, and they never met in one time"
        )
    return None


def _same_but_for_letters(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Word for word the same but for letters within words, each word of the one like its fellow."""
    from rapidfuzz.distance import Levenshtein

    if len(a) != len(b):
        return "".join(a) == "".join(b) or Levenshtein.distance("".join(a), "".join(b)) <= 1
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    return all(Levenshtein.distance(x, y) <= 2 and min(len(x), len(y)) > 4 for x, y in differing)


def _head(words: tuple[str, ...]) -> str:
    """What it is: the last word for a body, or the first of "commission on ..."."""
    return next((w for w in reversed(words) if re.fullmatch(BODY_WORD, w)), words[-1])


def _follow(a: Body, b: Body) -> bool:
    """Whether the one was last seen before the other came, so that it may have been given a new name."""
    return bool(a.days and b.days) and (max(a.days) < min(b.days) or max(b.days) < min(a.days))


def _link(a: Body, b: Body, same: Same, confidence: float, why: str) -> Link:
    return Link(a.body_id, b.body_id, same, f"{a.name} / {b.name}: {why}", confidence=confidence)


def put_together(bodies: Mapping[str, Body], links: Iterable[Link]) -> dict[str, Body]:
    """Each id's body, those that links join being one: the one that most papers name gives its id."""
    out: dict[str, Body] = {}
    for group in joined(bodies, links):
        members = sorted((bodies[k] for k in group), key=lambda b: (-len(b.documents), b.body_id))
        whole = Body(members[0].body_id, members[0].words)
        for m in members:
            whole.names += m.names
            whole.days |= m.days
            whole.documents |= m.documents
        out.update(dict.fromkeys(group, whole))
    return out


def code_of(body: Body, council: str) -> str | None:
    """The register's code, for the council itself."""
    entry = registered(council) if body.words == COUNCIL else None
    return entry.code if entry else None
