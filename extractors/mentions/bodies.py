"""What councils and their committees are called."""

from __future__ import annotations

import re

COUNCIL_KIND = (
    r"(?:county|city|borough|district|town|parish|metropolitan|regional|shire|community|municipal|unitary"
    r"|london borough)"
)
COUNCIL_NAMES = (
    re.compile(
        rf"\b((?:[A-Z][A-Za-z’'-]+\s+(?:and\s+|&\s+|of\s+|upon\s+|on\s+"
        rf"|the\s+)?){{1,4}}?(?i:{COUNCIL_KIND}\s+)+(?i:council))\b(?!\s+(?i:tax|house))"
    ),
    re.compile(
        r"\b((?i:corporation of the\s+)?(?i:london borough|royal borough|metropolitan borough"
        r"|township|shire|town|city|municipality|village|county|district|borough"
        r"|region) (?i:of) (?:the\s+)?[A-Z][A-Za-z’'-]+(?:[ -][A-Z][A-Za-z’'-]+){0,2})\b"
    ),
)
"""A council's full name: "North Barrow Borough Council", "Township of Alder Bay"."""
BODY = (
    r"(?:committee|council|cabinet|panel|board|sub-?committee|executive|members|commission|forum"
    r"|authority|trustees|joint committee|working (?:group|party)|meeting|council members)"
)
"""Who decides, in running text."""
BELOW_A_COUNCIL = re.compile(
    r"\b(?:committee|cabinet|panel|board|executive|sub-?committee|commission|forum|working group)\b", re.I
)
"""A body that a council sets up."""
