"""What the models see of a segment: its type, place, number, signals and words, and its neighbours' most telling ones."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.cues.signals import signal_patterns
from extractors.reading.numbering import number_of
from extractors.reading.segments import Segment

WORD = re.compile(r"[A-Za-zÀ-ÿ’']+|\d+|[£$%]")
MOST_WORDS = 24
"""Words of a segment that are looked at: what it does is said early."""
NAME_AFTER_TITLE = re.compile(
    r"\b(?:Cllrs?|Councill?ors?|Council\s?[Mm]embers?|Board [Mm]embers?|Mr|Mrs|Ms|Miss|Dr|Mayor|Commissioners?|Trustees?|President)\.?"
    r"\s+[A-Z]"
)
CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m)?|\b\d{1,2}\s*[ap]\.?m\b", re.I)
COUNT = re.compile(r"[–-]\s?\d{1,2}\b\.?|\b\d{1,2}\s?[-–]\s?\d{1,2}\b")


def features_of(segments: Sequence[Segment]) -> list[list[str]]:
    """A list of features a segment, in the same order."""
    own = [_own(s, segments, i) for i, s in enumerate(segments)]
    marks = [[f for f in mine if f[0] in "@#"] for mine in own]
    out: list[list[str]] = []
    for i, mine in enumerate(own):
        around = [f"{step:+d}{f}" for step in (-2, -1, 1, 2) if 0 <= i + step < len(own) for f in marks[i + step]]
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


def _bucket(n: int) -> str:
    return next((name for most, name in ((1, "1"), (3, "3"), (6, "6"), (10, "10"), (20, "20"), (40, "40")) if n <= most), "long")


def _ending(text: str) -> str:
    return {".": "stop", ":": "colon", ";": "semi", ",": "comma", "?": "question"}.get(text.rstrip("”\"’) ")[-1:], "none")


def _beginning(body: str) -> str:
    first = body.lstrip("“\"‘'([ ")[:1]
    return "upper" if first.isupper() else "lower" if first.islower() else "digit" if first.isdigit() else "other"


def _follows(number: str, segments: Sequence[Segment], i: int) -> bool:
    """Some earlier segment has the number before this one, or this is the first of its list."""
    last = int(number.split(".")[-1])
    if last == 1:
        return True
    stem = number[: len(number) - len(number.split(".")[-1])]
    wanted = f"{stem}{last - 1}"
    return any((n := number_of(s.text)) is not None and n.text == wanted for s in segments[max(0, i - 120) : i] if s.first)
