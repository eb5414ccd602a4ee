"""A council's name out of what is printed around it."""

import pytest

from extractors.model import Layout, Page, Paper
from extractors.parts.council import council_of, own_kind
from extractors.parts.naming import names_in
from tests.test_face import blocks


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Leader of Pinemarsh & Vale Borough Council said", "Pinemarsh & Vale Borough Council"),
        ("the Chairman of Aldermere County Council", "Aldermere County Council"),
        ("Isle of Mallow County Borough Council", "Isle of Mallow County Borough Council"),
        ("Strathmere and District Community Council", "Strathmere and District Community Council"),
        ("Township of Pinewater Council", "Township of Pinewater"),
        ("RM OF HALDER POINT NO. 417", "Rural Municipality of Halder Point No. 417"),
        ("MUNICIPALITY OF THE COUNTY OF LORN", "Municipality of the County of Lorn"),
        ("CITY OF ST. ALBAN CITY COUNCIL", "City of St. Alban"),
        ("Marlow Vale District Council", "Marlow Vale District Council"),
        ("CYNGOR SIR CEREDIGION", "Ceredigion County Council"),
        ("the Moray Council", "Moray Council"),
        ("COMHAIRLE NAN EILEAN SIAR", "Comhairle nan Eilean Siar"),
        ("UNITED COUNTIES OF GLEN AND RUSS COUNTY COUNCIL", "United Counties of Glen and Russ"),
        ("RANSOM COUNTY BOARD OF COMMISSIONERS REGULAR MEETING", "Ransom County Board of Commissioners"),
        ("City of San Orlo", "City of San Orlo"),
        ("City of Dunmere’s Objective Design", "City of Dunmere"),
        ("City of Dunmere Parks Board", "City of Dunmere"),
        ("Elk Fork County Library", "Elk Fork County Library"),
        ("MOSSFIELD PUBLIC SCHOOLS", "Mossfield Public Schools"),
        ("PORT COMMISSION OF THE PORT OF ALDER SOUND", "Port of Alder Sound"),
    ],
)
def test_names_in_a_line(text, name):
    assert name in [n.name for n in names_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Increase County Council Tax by 3%",
        "Leader of the Council",
        "Minutes of Parish Council",
        "City of Birmingham Symphony Orchestra",
        "City of San",
        "REGULAR CITY COUNCIL MEETING",
        "Elect a Town Board",
        "MOTION TO ACCEPT SCHOOL COMMITTEE MINUTES",
        "join the City of Zoom or ask If City Council may meet",
    ],
)
def test_no_council_is_named(text):
    assert [n.name for n in names_in(text)] == []


def test_a_neighbour_that_is_only_mentioned_weighs_less():
    assert [n.worth < 0.5 for n in names_in("a letter from Norbury Town Council")] == [True]
    assert [n.worth for n in names_in("NORBURY TOWN COUNCIL")] == [1.0]


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
        (
            ("# LAKEVIEW TOWN BOARD", "Regular meeting of March 8, 2022"),
            "Lakeview Town Board",
        ),
        (
            ("# LAKEVIEW TOWN BOARD", "The Town of Lakeview Board met on March 8, 2022."),
            "Town of Lakeview",
        ),
        (
            ("# CYNGOR TREF LLANFAIR / LLANFAIR TOWN COUNCIL", "Minutes of 5 September 2022"),
            "Llanfair Town Council",
        ),
        (
            ("# ARDMUICK COUNCIL, 12 September 2013. – MINUTE OF MEETING",),
            "Ardmuick Council",
        ),
        (
            (
                "# PLANNING COMMITTEE",
                "Councillor Ash is a member of Norbury Town Council.",
                "A letter from Sutton Parish Council was read.",
            ),
            None,
        ),
    ],
)
def test_the_council_by_what_names_it(texts, name):
    assert council_of(*paper_of(*texts)).name == name


def test_what_a_council_is_called_without_its_name():
    assert own_kind("the County Council met at County Hall") == "county"
    assert own_kind("the City Clerk and the Town Clerk") is None
