"""A council's name out of what is printed around it."""

import pytest

from extractors.mentions.bodies import COUNCIL_NAMES
from extractors.model import Layout, Page, Paper
from extractors.parts.council import council_of, names_of, own_kind
from tests.test_face import blocks


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


def paper_of(*texts: str) -> tuple[Paper, Layout]:
    """A page of blocks."""
    own = tuple(blocks(*texts))
    page = Page(1, 612.0, 792.0, tuple(w for b in own for w in b.words))
    return Paper((page,)), Layout(own)


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (
            ("# SUMMONS", "To: All Members of the County Council", "County Hall, Norbury, Kent, ME14 1XX"),
            "Kent County Council",
        ),
        (
            (
                "# LA PEÑA VISTA GOLF COMMISSION",
                "held at City Hall, One Center Drive, La Peña Vista, CA 90001",
            ),
            "City of La Peña Vista",
        ),
        (("# GOLF COMMISSION", "held at City Hall, One Center Drive, La Peña Vista, CA 90001"), None),
        (
            ("# DRAFT", "Meeting of the West of Pinemarsh Combined Authority"),
            "West of Pinemarsh Combined Authority",
        ),
        (("# MINUTES", "BURTON-CUM-ALDER PARISH COUNCIL"), "Burton-cum-Alder Parish Council"),
        (("# MINUTES", "join the City of Zoom or ask If City Council may meet"), None),
    ],
)
def test_the_council_by_what_names_it(texts, name):
    assert council_of(*paper_of(*texts)).name == name


def test_what_a_council_is_called_without_its_name():
    assert own_kind("the County Council met at County Hall") == "county"
    assert own_kind("the City Clerk and the Town Clerk") is None
