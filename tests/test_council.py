"""A council's name out of what is printed around it."""

import pytest

from extractors.mentions.bodies import COUNCIL_NAMES
from extractors.parts.council import names_of


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Leader of Pinemarsh & Vale Borough Council said", "Pinemarsh & Vale Borough Council"),
        ("the Chairman of Aldermere County Council", "Aldermere County Council"),
        ("Increase County Council Tax by 3%", None),
        ("Township of Pinewater Council", "Township of Pinewater"),
        ("Leader of the Council", None),
        ("Marlow Vale District Council", "Marlow Vale District Council"),
    ],
)
def testnames_of(text, name):
    found = [n for look in COUNCIL_NAMES for m in look.finditer(text) for n in names_of(m.group(1))]
    assert (name in found) if name else found == []
    assert not any(n.startswith(("Leader", "Chairman")) for n in found)
