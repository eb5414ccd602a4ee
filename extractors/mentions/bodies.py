"""What councils and their committees are called."""

from __future__ import annotations

import re

COUNCIL_KIND = (
    r"(?:county|city|borough|district|town|parish|metropolitan|regional|shire|community|municipal|unitary"
    r"|london borough)"
)
_WORD = r"[A-ZÀ-Þ][\w’'-]+"
COUNCIL_NAMES = (
    re.compile(
        rf"\b((?:{_WORD}\s+(?:(?i:and|&|of|upon|on|the|in|by|under|le)\s+)*){{1,4}}?(?i:{COUNCIL_KIND}"
        rf"(?:\s+and\s+{COUNCIL_KIND})?\s+)+(?i:council))\b(?!\s+(?i:tax|house|chamber))"
    ),
    re.compile(
        r"\b((?i:corporation of the\s+)?(?i:london borough|royal borough|metropolitan borough"
        r"|township|shire|town|city|municipality|village|county|district|borough"
        rf"|region) (?i:of) (?:the\s+)?{_WORD}(?:\s{_WORD}){{0,2}})"
    ),
)
"""A council's full name: "North Barrow Borough Council", "Township of Alder Bay"."""
OTHER_AUTHORITY = re.compile(
    rf"\b({_WORD}(?:\s(?:(?i:and|of)\s)?{_WORD}){{0,4}}?\s(?i:(?:and )?redevelopment (?:authority|agency)"
    rf"|(?:unified |union |elementary )*school (?:committee|board|district)"
    r"|(?:general )?improvement district|water district|(?:mayoral )?combined authority|fire authority"
    r"|national park authority))\b"
)
"""An authority of its own that is no council: "Harbour Point School Committee"."""
IN_A_COUNTY = re.compile(
    rf"\b({_WORD}(?:\s{_WORD})?\s(?i:county))\s(?i:planning|board|commission|council of|government)\b"
)
"""A county of the United States by one of its bodies: "Cedar County Planning Commission"."""
BODY = (
    r"(?:committee|council|cabinet|panel|board|sub-?committee|executive|members|commission|forum"
    r"|authority|trustees|joint committee|working (?:group|party)|meeting|council members)"
)
"""Who decides, in running text."""
BELOW_A_COUNCIL = re.compile(
    r"\b(?:committee|cabinet|panel|board|executive|sub-?committee|commission|forum|working group)\b", re.I
)
"""A body that a council sets up."""
