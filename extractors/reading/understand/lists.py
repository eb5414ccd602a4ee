"""The labelled lists at the opening of minutes: a label begins one, another label or business ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.cues.load import is_one_of
from extractors.cues.says.people import MEMBERS, TITLES
from extractors.reading.doc import LineView, Sheet, View
from extractors.reading.understand.declarations import is_about_interests
from extractors.reading.understand.entries import entries_in, names_in
from extractors.reading.understand.labels import STAFF_POST, Label, labels_in
from extractors.reading.understand.side_by_side import TITLED, lines_of

LOOKED_AT = 90
"""Blocks of the opening within which a roll begins."""
QUIET = 150
"""Lines without a label after which no roll is looked for."""
DIVISION = re.compile(
    r"^\W*(?:ayes?|yeas?|nays?|noes|yes|no|for|against|in\s+favou?r|abst\w+|vot\w+)\s*(?:\(\d+\)\s*)?[:–—-]",
    re.I,
)
""" "Ayes: ..." after "Roll call" is a vote."""
VOTE_ABOVE = 3
"""Lines above a label within which a vote has been told."""
_VOTES = r"(?:ayes?|yeas?|nays?|noes|abstain\w*|abstentions?)\s*(?:\(?\d+\)?\s*)?(?:[:=]|[–—-]\s)"
VOTES = re.compile(rf"\b{_VOTES}", re.I)
VOTES_FIRST = re.compile(rf"\W*{_VOTES}", re.I)
APOLOGIES_TOLD = re.compile(
    r"^\W*(?:an?\s+)?(?:apolog(?:y|ies)|regrets)\b[^.:]{0,60}\b(?:was|were|had|have)\b[^:]*$", re.I
)
BUSINESS = re.compile(
    r"[a-z]\b.*?\s(?:moved|seconded|proposed)\s+(?:to|by|that|for|the)\b|\bmotion\s+(?:to|by|was|carried|that)\b"
)
"""A motion: no line of a roll."""
HALF_A_LABEL = re.compile(r"(?:^also|\sand|\sat|&)$", re.I)
NAME_GOES_ON = re.compile(
    r"(?:[,;]|\band|&)\s+(?:(?:Mrs?|Ms|Miss|Dr|Cllrs?|Councillors?)\.?(?:\s+|(?=\n)))?(?:[A-Z]\.?\s+)*\n?$"
)
""" "P F" at the end of a line, "Colegate" in the next."""
LABEL_GOES_ON = re.compile(r"^\W*(?:participating|meeting|attendance|present)\s*:\s*", re.I)
NUMBER = re.compile(r"^\W*(?:[A-Z]{0,4}\d[\w/.:-]*[.)]?\s+|\(?\w[.)]\s+)+")
HOLDER = re.compile(rf"\((?:{TITLES})\s+[A-Z]")
HALF = re.compile(
    r"^\W*(?:also|(?:[\w&]+\s+)?(?:others?|staff|officers|officials|guests|visitors|citizens|public|members|councill?ors|trustees"
    r"|commissioners|board|council))(?:\s+(?:in|also|members|and\s+staff|of\s+(?:the\s+)?\w+))?\W*$",
    re.I,
)
OTHER_HALF = re.compile(
    r"^\W*(?P<half>(?:also\s+)?(?:present|in\s+attendance|attendance|attending|absent|excused))\s*(?=:|\t|$)",
    re.I,
)
""" "OTHERS IN" above "ATTENDANCE: ...": a label in a narrow column."""
LISTED = re.compile(r"^(?:\S+\s+){1,5}\S*(?:\(.*\)|\t.*)?$")
OTHERS = re.compile(r"also|other|guest|visit", re.I)
OWN_MEMBERS = re.compile(rf"(?:county|district|unitary)\s+{MEMBERS}", re.I)
""" "County Commissioners" right under "There were present": the body itself."""
OWN_LABEL = re.compile(r"^(?P<label>[A-Z][\w’'/& ]{2,40}?)(?P<sign>:\s+|\s*\t\s*)(?=[A-Z])")
"""A label that no cue knows: "Police Scotland: ...", a post in its own column."""


@dataclass
class Roll:
    """A labelled list as it grows: its text with line breaks and tabs, and where in the sheet that stands."""

    label: Label
    text: str = ""
    places: list[tuple[int, int]] = field(default_factory=lambda: list[tuple[int, int]]())

    def add(self, line: LineView, start: int, end: int, glue: str) -> None:
        """Add characters `start` to `end` of a line."""
        if self.text.endswith("\n") and (m := NAME_GOES_ON.search(self.text)) and m.group().strip(",;& \n"):
            self.text = f"{self.text[:-1]} "
        self.places.append((len(self.text), line.start + start))
        self.text += line.text[start:end] + glue

    def at(self, offset: int) -> int:
        """Where in the sheet a character of the list stands."""
        return next((start + offset - o for o, start in reversed(self.places) if o <= offset), 0)


def lists_in(sheet: Sheet) -> Iterator[Roll]:
    """Each labelled list of the opening."""
    now: Roll | None = None
    over: Label | None = None  # the label that a single office's label stands under
    quiet, found, last = 0, False, None
    placed = list(lines_of(sheet, sheet.views[:LOOKED_AT]))
    printed = _printed(placed)
    beside: LineView | None = None
    half: Label | None = None  # what the line before is the first half of
    for n, (view, line) in enumerate(placed):
        if now is None and quiet > QUIET:
            break
        below = placed[n + 1][1].text if n + 1 < len(placed) else ""
        whole, half = half, _half_of(line.text, below)
        if half:
            beside = line if "\t" in line.text else None
            continue
        ends = (
            view is not last and now and (_closes(view, now, printed[id(view)]) or DIVISION.match(view.text))
        )
        if now and (ends or APOLOGIES_TOLD.match(line.text) or _is_business(line.text)):
            yield now
            now = over = None
        at, last = 0, view
        opens = view.block.kind == "heading" or _stands_over(below)
        labels = _of_roll(_labels(line.text, now, heading=opens), placed, n)
        for label in labels:
            label, whole = _joined(whole, label), None
            if ((label.single or label.gives == "colon") and now is None and found) or (
                now and _goes_on(now, label)
            ):
                at = label.end if now else at  # who signs as Chairman; "Also" over "Present:"
                continue
            found = True
            if now:
                now.add(line, at, label.start, "\n")
                label = _under(label, now)
                yield now
            over = label if not label.single else over
            now, at = Roll(label), label.end
            if beside:  # who stands beside the label's first half
                now.add(beside, beside.text.index("\t") + 1, len(beside.text), "\n")
                beside = None
        if now is None:
            quiet += 1
            continue
        rest = LABEL_GOES_ON.match(line.text) if HALF_A_LABEL.search(now.label.text) else None
        now.add(line, max(at, rest.end() if rest else 0), len(line.text), "\n")
        if over and now.label.single and now.text.strip():
            yield now
            now = Roll(over)
    if now:
        yield now


def _printed(placed: Sequence[tuple[View, LineView]]) -> dict[int, str]:
    """Each block's text with its lines and columns kept, by the block's id."""
    out: dict[int, str] = {}
    for view, line in placed:
        out[id(view)] = out.get(id(view), "") + line.text + "\n"
    return out


def _of_roll(labels: list[Label], placed: Sequence[tuple[View, LineView]], n: int) -> list[Label]:
    """The labels of line `n` without those of a vote: "Ayes: Foss, Lund; Absent: Marsh" says nothing of the
    roll."""
    if all(label.status == "present" for label in labels):
        return labels
    view, line = placed[n]
    above = placed[max(0, n - VOTE_ABOVE) : n]
    voted = any((VOTES.search if v is view else VOTES_FIRST.match)(one.text) for v, one in above)
    return [
        label
        for label in labels
        if label.status == "present" or not (voted or VOTES.search(line.text, 0, label.start))
    ]


def _half_of(text: str, below: str) -> Label | None:
    """The label that the line and the first words of the line below make together, where the line is one's
    first half."""
    rest = OTHER_HALF.match(below)
    first, column, _ = text.partition("\t")
    if not (rest and HALF.match(first)) or OTHER_HALF.match(text) or (column and "\t" not in below):
        return None
    return next(iter(labels_in(f"{first.strip()} {rest['half']}:", None, heading=True)), None)


def _joined(whole: Label | None, label: Label) -> Label:
    """The label as its two halves say together, at its place."""
    return replace(whole, start=label.start, end=label.end) if whole else label


def _stands_over(below: str) -> bool:
    """Whether the line below is somebody with a title and nothing else, so that a word of prose above it is a
    label."""
    return bool(TITLED.match(below) and LISTED.match(below))


def _under(label: Label, above: Roll) -> Label:
    """ "ABSENT" above "Member: Ann Foss": what stands above says whether they were there and as what."""
    over = above.label
    if label.text.lower() == "also" and over.status != "present":
        return replace(label, status=over.status, capacity="other")
    if not label.bare or above.text.strip():
        return label
    if (over.status, over.capacity) == ("present", "member"):
        own = label.capacity == "other" and OWN_MEMBERS.fullmatch(label.text)
        return replace(label, capacity="member") if own else label
    of_others = over.capacity != "member" and label.capacity == "member" and OTHERS.match(over.text)
    return replace(label, status=over.status, capacity="other" if of_others else label.capacity)


def _is_business(text: str) -> bool:
    return _is_topic(text) or bool(BUSINESS.search(text))


def _is_topic(text: str) -> bool:
    """ "Disclosure of pecuniary interest: None": business with its answer in the same line."""
    head, colon, _ = text.partition(":")
    head = NUMBER.sub("", head)
    topic = is_one_of("items.topics", head) or (len(head.split()) < 12 and is_about_interests(head))
    return bool(colon) and topic and not labels_in(text, None)


def _goes_on(now: Roll, label: Label) -> bool:
    """ "Also" in one line and "Present:" in the next are one label."""
    half = HALF_A_LABEL.search(now.label.text)
    return not now.text.strip() and bool(half) and label.text.lower() == "present"


def _labels(text: str, now: Roll | None, *, heading: bool) -> list[Label]:
    found = labels_in(text, now.label if now else None, heading=heading)
    if found or now is None or now.label.status == "present":
        return found
    m = OWN_LABEL.match(text)
    if m is None or not now.text.strip() or not entries_in(text[m.end() :]):
        return found
    capacity = "officer" if STAFF_POST.search(m["label"]) else "other"
    if capacity == "other" and m["sign"].isspace():
        return found
    return [Label(m["label"], 0, m.end(), "present", capacity)]


def _closes(view: View, roll: Roll, printed: str) -> bool:
    """Whether the block is business that ends the roll: a heading that is no label, or prose without names.
    `printed` is its text with its lines and columns kept."""
    if any(labels_in(text, roll.label) for text in (view.text, view.body, printed.partition("\n")[0])):
        return False
    words = sum(len(w.strip(".,")) > 1 for w in view.body.split())
    heading = view.block.kind == "heading" or bool(
        view.block.marker and view.block.marker.strip("().")[:1].isalnum()
    )
    if not roll.text.strip() and not heading:
        return False
    if not heading and HOLDER.match(printed):
        return False  # "the Vice-Chairman" above "(Councillor Ann Foss)"
    shouted = view.text.isupper() and not roll.text.isupper()
    names = [] if shouted else list(names_in(printed))
    if heading and not (names and len(names) * 2 >= words - 2):
        rollish = re.search(r"roll|present|attendance|apolog", roll.label.text, re.I)
        return bool(roll.text.strip()) or not rollish or words > 3
    return words > 14 and len(names) * 5 < words and not re.search(r"\barrived|joined|left\b", view.body)
