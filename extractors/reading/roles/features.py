"""What the models see of a segment: its type, place, number, signals and words, and its neighbours' most
telling ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.cues.load import is_one_of
from extractors.cues.signals import signals_in
from extractors.reading.numbering import Number, number_of
from extractors.reading.references import ITEM_REF
from extractors.reading.roles.chains import Link, alike, links_of
from extractors.reading.segments import Segment

WORD = re.compile(r"[A-Za-zÀ-ÿ’']+|\d+|[£$%]")
MOST_WORDS = 24
"""Words of a segment that are looked at: what it does is said early."""
NAME_AFTER_TITLE = re.compile(
    r"\b(?:Cllrs?|Councill?ors?|Council\s?[Mm]embers?|Board [Mm]embers?|Mr|Mrs|Ms|Miss|Dr|Mayor"
    r"|Commissioners?|Trustees?|President)\.?"
    r"\s+[A-Z]"
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m)?|\b\d{1,2}\s*[ap]\.?m\b", re.I)
DAY = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8},?\s+(?:19|20)\d\d|[A-Z][a-z]{2,8}\.?\s+\d{1,2}"
    r"(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
)
COUNT = re.compile(r"[–—-]\s?\d{1,2}\b\.?|\b\d{1,2}\s?[-–—]\s?\d{1,2}\b")


def features_of(segments: Sequence[Segment], kind: str = "minutes") -> list[list[str]]:
    """A list of features a segment, in the same order; `kind` is the part's."""
    numbers = [number_of(s.text) if s.opens or s.first else None for s in segments]
    own = [
        _own(s, number, i, len(segments)) for i, (s, number) in enumerate(zip(segments, numbers, strict=True))
    ]
    for more in (_company(segments, numbers), _listed(segments, numbers), _placed(segments, kind)):
        for mine, common in zip(own, more, strict=True):
            mine += common
    marks = [[f for f in mine if f[0] in "@#"] for mine in own]
    out: list[list[str]] = []
    for i, mine in enumerate(own):
        around = [
            f"{step:+d}{f}"
            for step in (-2, -1, 1, 2)
            if 0 <= i + step < len(own)
            for f in marks[i + step]
            if abs(step) == 1 or f[0] == "@"
        ]
        out.append(mine + around)
    return out


def _own(s: Segment, number: Number | None, i: int, total: int) -> list[str]:
    body = s.text[number.end :] if number else s.text
    words = [w.lower() for w in WORD.findall(body)]
    length = len(words)
    out = [
        "bias",
        f"#number={number.shape if number else 'none'}",
        f"#type={'C' if s.capitals else ''}{'B' if s.bold else ''}",
        f"#kind={s.view.block.kind}",
        f"#length={_bucket(length)}",
        f"#ends={_ending(s.text)}",
        f"#begins={_beginning(body)}",
        f"#place={'first' if s.first else 'in'}{'last' if s.last else ''}{'line' if s.opens else ''}",
        f"at={min(9, 10 * i // max(1, total))}",
        f"bullet={s.view.block.kind == 'bullet'}",
    ]
    length_, kind_, place_ = out[4][8:], out[2][6:], out[7][7:]
    out += [
        f"#sig={kind_}|{place_}|{length_}|{_ending(s.text)}",
        f"#shape={number.shape if number else '-'}|{kind_}|{length_}",
    ]
    heard = list(signals_in(body))
    out += [f"@{name}" for name, _ in heard]
    out += [f"@0{name}" for name, opens in heard if opens]
    if is_one_of("items.topics", body.partition(":")[0].strip(" .")):
        out.append("@topic")
    if NAME_AFTER_TITLE.search(body):
        out.append("@named")
    if CLOCK.search(body):
        out.append("clock")
    if COUNT.search(body):
        out.append("count")
    if DAY.search(body):
        out.append("@day")
    if ITEM_REF.match(s.text):
        out.append("@reference")
    out += [f"w={w}" for w in dict.fromkeys(words[:MOST_WORDS])]
    out += [f"w0={w}" for w in words[:1]] + [f"w01={' '.join(words[:2])}"]
    out += [f"w012={' '.join(words[:3])}", f"w-1={words[-1] if words else ''}"]
    return out


def _listed(segments: Sequence[Segment], numbers: Sequence[Number | None]) -> list[list[str]]:
    """How each number counts on: how long its list is, whether the list is of one look, stands in another's
    gap, and how far its next number is."""
    links = links_of(segments, numbers)
    longest = max((link.length for link in links if link), default=0)
    out: list[list[str]] = []
    around: Link | None = None
    for i, (s, link) in enumerate(zip(segments, links, strict=True)):
        if link is None:
            out.append([])
            continue
        if around is None or i > around.last or link.length > around.length:
            around = link
        near = [segments[j] for j in (link.before, link.after) if j is not None]
        look = "alone" if not near else "same" if all(alike(s, n) for n in near) else "other"
        size = "1" if link.length == 1 else "2" if link.length == 2 else "few" if link.length < 6 else "many"
        rank = (
            "top"
            if link.length == longest
            else "in"
            if around is not link
            and around.last > i
            and around.first < i
            and around.place.of != link.place.of
            else "apart"
        )
        step = (
            "-" if link.after is None else "1" if link.after - i == 1 else "2" if link.after - i < 5 else "5"
        )
        shape = numbers[i].shape if numbers[i] else "-"  # type: ignore[union-attr]
        weight = f"{'C' if s.capitals else ''}{'B' if s.bold else ''}"
        out.append(
            [
                f"#list={size}",
                f"#list={size}|{look}|{rank}",
                f"#list={size}|{weight}|{shape}",
                f"#list={rank}|{step}|{weight}",
                f"#follows={link.before is not None}",
                f"#first={link.place.at == 1}|{shape}",
            ]
        )
    return out


def _placed(segments: Sequence[Segment], kind: str) -> list[list[str]]:
    """What the paper is, and how each segment is set in it: indent, size, the gap above it."""
    left = sorted(s.indent for s in segments)
    edge = left[len(left) // 10] if left else 0.0
    sizes = Counter(round(s.size, 1) for s in segments for _ in s.words)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    out: list[list[str]] = []
    for i, s in enumerate(segments):
        indent = s.indent - edge
        where = "left" if indent < 6 else "in" if indent < 60 else "far"
        large = "large" if s.size > body + 0.7 else "small" if s.size < body - 0.7 else "usual"
        before = segments[i - 1] if i else None
        gap = _gap(before, s)
        mine = [
            f"#paper={kind}",
            f"#set={where}|{large}",
            f"#set={where}|{large}|{s.capitals}|{s.bold}|{s.first}",
        ]
        if gap:
            mine += [f"#gap={gap}", f"#gap={gap}|{s.capitals}|{s.bold}"]
        mine.append(f"paper={kind}|{s.view.block.kind}|{where}|{s.first}")
        out.append(mine)
    return out


def _gap(before: Segment | None, s: Segment) -> str:
    """The white above a segment that opens a line: none, some or much; nothing where a page turns."""
    if before is None or not s.opens or not s.words or not before.words:
        return ""
    above, here = before.words[-1].box, s.words[0].box
    if above.page != here.page or here.bottom <= above.bottom:
        return "turn"
    step = (here.top - above.bottom) / max(s.size, 1.0)
    return "none" if step < 0.45 else "some" if step < 1.1 else "much"


def _company(segments: Sequence[Segment], numbers: Sequence[Number | None]) -> list[list[str]]:
    """How much company each segment's type has in the paper: headings are a minority that looks alike."""
    looks = [_look(s, number) for s, number in zip(segments, numbers, strict=True)]
    count = Counter(looks)
    heavy = sum(s.bold for s in segments) / max(1, len(segments))
    shouted = sum(s.capitals for s in segments) / max(1, len(segments))
    shapes = Counter(look[2] for look in looks)
    out: list[list[str]] = []
    for s, look in zip(segments, looks, strict=True):
        alike = (
            "1"
            if count[look] == 1
            else "few"
            if count[look] < 5
            else "some"
            if count[look] < 0.25 * len(segments)
            else "many"
        )
        mine = [f"#alike={alike}", f"#alike={alike}|{look}"]
        if s.bold:
            mine.append(
                f"#heavy={'rare' if heavy < 0.3 else 'usual'}|{s.first}|{min(len(s.text.split()), 12)}"
            )
        if s.capitals:
            mine.append(f"#shouted={'rare' if shouted < 0.3 else 'usual'}|{s.first}|{s.last}")
        if look[2] != "-":
            mine.append(f"#numbers={'rare' if shapes[look[2]] < 4 else 'usual'}|{look[2]}")
        out.append(mine)
    return out


def _look(s: Segment, number: Number | None) -> tuple[str, bool, str]:
    """Its weight and case, whether it opens its block, and the shape of its number."""
    return f"{'C' if s.capitals else ''}{'B' if s.bold else ''}", s.first, number.shape if number else "-"


def _bucket(n: int) -> str:
    return next(
        (
            name
            for most, name in ((1, "1"), (3, "3"), (6, "6"), (10, "10"), (20, "20"), (40, "40"))
            if n <= most
        ),
        "long",
    )


def _ending(text: str) -> str:
    return {".": "stop", ":": "colon", ";": "semi", ",": "comma", "?": "question"}.get(
        text.rstrip('”"’) ')[-1:], "none"
    )


def _beginning(body: str) -> str:
    first = body.lstrip("“\"‘'([ ")[:1]
    return (
        "upper"
        if first.isupper()
        else "lower"
        if first.islower()
        else "digit"
        if first.isdigit()
        else "other"
    )
