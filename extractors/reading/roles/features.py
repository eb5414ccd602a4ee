"""What the models see of a segment: its type, place, number, signals and words, and its neighbours' most
telling ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.cues.signals import signal_patterns
from extractors.reading.numbering import number_of
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
COUNT = re.compile(r"[–-]\s?\d{1,2}\b\.?|\b\d{1,2}\s?[-–]\s?\d{1,2}\b")


def features_of(segments: Sequence[Segment]) -> list[list[str]]:
    """A list of features a segment, in the same order."""
    own = [_own(s, segments, i) for i, s in enumerate(segments)]
    for mine, common in zip(own, _company(segments), strict=True):
        mine += common
    marks = [[f for f in mine if f[0] in "@#"] for mine in own]
    out: list[list[str]] = []
    for i, mine in enumerate(own):
        around = [
            f"{step:+d}{f}" for step in (-2, -1, 1, 2) if 0 <= i + step < len(own) for f in marks[i + step]
        ]
        out.append(mine + around)
    return out


def _own(s: Segment, segments: Sequence[Segment], i: int) -> list[str]:
    number = number_of(s.text) if s.opens or s.first else None
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
        f"at={min(9, 10 * i // max(1, len(segments)))}",
        f"bullet={s.view.block.kind == 'bullet'}",
    ]
    length_, kind_, place_ = out[4][8:], out[2][6:], out[7][7:]
    out += [
        f"#sig={kind_}|{place_}|{length_}|{_ending(s.text)}",
        f"#shape={number.shape if number else '-'}|{kind_}|{length_}",
    ]
    out += [f"@{name}" for name, look in signal_patterns().items() if look.search(body)]
    out += [f"@0{name}" for name, look in signal_patterns().items() if look.match(body)]
    if NAME_AFTER_TITLE.search(body):
        out.append("@named")
    if CLOCK.search(body):
        out.append("clock")
    if COUNT.search(body):
        out.append("count")
    if number and number.shape in ("decimal", "level", "spaced") and _follows(number.text, segments, i):
        out.append("#follows")
    out += [f"w={w}" for w in dict.fromkeys(words[:MOST_WORDS])]
    out += [f"w0={w}" for w in words[:1]] + [f"w01={' '.join(words[:2])}"]
    out += [f"w012={' '.join(words[:3])}", f"w-1={words[-1] if words else ''}"]
    return out


def _company(segments: Sequence[Segment]) -> list[list[str]]:
    """How much company each segment's type has in the paper: headings are a minority that looks alike."""
    looks = [_look(s) for s in segments]
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


def _look(s: Segment) -> tuple[str, bool, str]:
    """Its weight and case, whether it opens its block, and the shape of its number."""
    number = number_of(s.text) if s.first or s.opens else None
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


def _follows(number: str, segments: Sequence[Segment], i: int) -> bool:
    """Some earlier segment has the number before this one, or this is the first of its list."""
    last = int(number.split(".")[-1])
    if last == 1:
        return True
    stem = number[: len(number) - len(number.split(".")[-1])]
    wanted = f"{stem}{last - 1}"
    return any(
        (n := number_of(s.text)) is not None and n.text == wanted
        for s in segments[max(0, i - 120) : i]
        if s.first
    )
