"""How a motion ended: at the end of its words, on a line of its own, or told in a sentence."""

from __future__ import annotations

import re

from schemas.decisions import Outcome

WORD = (
    r"(?:carried|defeated|lost|deferred|tabled|withdrawn|ruled out of order|adopted|rejected|passed"
    r"|failed|approved|agreed|cd)"
)
HOW = (
    r"(?:\s+(?:unanimously|nem\.? con\.?|as amended|on division|by (?:a |the )?(?:majority|casting vote"
    r"|show of hands|\w+ votes? to \w+).{0,60}|by \w+ votes? to \w+.{0,40}|\(?\d{1,2}\s*(?:[-–/]"
    r"|to)\s*\d{1,2}(?:\s*[-–/]\s*\d{1,2})?\)?(?:\s+(?:on|by) the casting vote.{0,60})?))?"
)
OUTCOME = re.compile(
    rf"(?:^|[\s.])\(?(?P<outcome>(?:(?:substantive |original )?motion\s+(?:was\s+)?"
    rf"|amendment\s+(?:was\s+)?)?(?:carried|defeated|lost|deferred|tabled|withdrawn"
    rf"|ruled out of order){HOW}"
    rf"|agreed unanimously|motion (?:passed|failed|adopted|approved){HOW}|cd\.)\s*[.)]?\s*$",
    re.I,
)
"""How a motion ended, at the end of its words: "Carried.", "Motion carried unanimously", "Deferred", "Motion
passed 5-0"."""
OUTCOME_ALONE = re.compile(
    rf"^\W*(?P<what>(?:substantive\s+|original\s+|amended\s+)?(?:motion|amendment|proposal"
    rf"|recommendation|resolution)s?\s*,?\s*(?:as amended,?\s*)?(?:was\s+|is\s+"
    rf"|were\s+)?)?(?P<outcome>{WORD}{HOW})\W*$",
    re.I,
)
"""A line that says only how a motion ended: "Amendment lost.", "Agreed unanimously"."""
OUTCOME_TOLD = re.compile(
    rf"\b(?P<what>(?:substantive|original)?\s*(?:motion|amendment|proposal|it"
    rf"|recommendations?))\b[^.]{{0,90}}?\b(?:was|were|is)\s+(?:then\s+|duly\s+|therefore\s+"
    rf"|accordingly\s+|thereupon\s+|declared\s+|unanimously\s+)*(?P<outcome>{WORD}{HOW})\b",
    re.I,
)
"""\"The amendment was put to the vote and was LOST\", "and it was agreed"."""
PUT = re.compile(
    r"\b(?:put|putting)\b[^.]{0,120}\bto the (?:vote|meeting)|\bon being put\b"
    r"|\bvoting was as follows\b|\ba (?:recorded|named) vote\b|\bvote was taken\b",
    re.I,
)
RESULTS: tuple[tuple[Outcome, str], ...] = (
    ("lost", r"lost|defeated|failed|rejected|not carried"),
    ("withdrawn", r"withdrawn"),
    (
        "carried",
        r"carried|passed|adopted|approved|^cd\b|^all (?:ayes?|yeas?|in favou?r|voted)|^ayes?\s*:?\s*all",
    ),
    ("agreed", r"agreed"),
)


def result_of(outcome: str | None) -> Outcome | None:
    """carried, lost, withdrawn or agreed; None for what leaves the motion open (deferred, tabled) or is not
    told."""
    folded = (outcome or "").lower()
    return next((name for name, look in RESULTS if re.search(look, folded)), None)
