"""What the bodies of a council are called."""

from __future__ import annotations

import re

BODY = (
    r"(?:committee|council|cabinet|panel|board|sub-?committee|executive|members|commission|forum"
    r"|authority|trustees|joint committee|working (?:group|party)|meeting|council members)"
)
"""Who decides, in running text."""
BELOW_A_COUNCIL = re.compile(
    r"\b(?:committee|cabinet|panel|board|executive|sub-?committee|commission|forum|working group)\b", re.I
)
"""A body that a council sets up."""
