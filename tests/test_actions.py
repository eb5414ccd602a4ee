"""Who is to do what, in the manners of many councils, invented."""

from __future__ import annotations

import pytest

from tests.lines import found

ROLL = "Present: Cllrs Ann Foss, Bo Lund and Cy Marsden"
TOLD = [
    (
        "The General Manager took it on notice and will reply to all by 31 August.",
        "General Manager",
        "reply to all",
    ),
    (
        "It was felt that all had sympathy and the Clerk will send the letter on to the Park.",
        "Clerk",
        "send the letter",
    ),
    (
        "It was resolved that the estimate be accepted and that the Clerk apply to Cadw for a grant.",
        "Clerk",
        "apply to",
    ),
    (
        "Hedge over the footway. To be passed to the highway authority by the Deputy Clerk.",
        "Deputy Clerk",
        "passed",
    ),
    ("CLLR FOSS: I’ll send it to all of the Members.", "CLLR FOSS", "send it"),
    ("Staff, please put the site visit on the calendar for April.", "Staff", "put the site"),
    (
        "Town Clerk authorised to instruct the solicitor and to report to the next meeting.",
        "Town Clerk",
        "instruct",
    ),
]
NONE = [
    "Moved Foss, seconded Lund, to purchase a plough for the tractor.",
    "Cllr Marsden agreed to serve and was appointed.",
    "Mr. Emory Dill, reviewed the report of the Commission, which was to deny, 5 to 2.",
]


@pytest.mark.parametrize(("line", "owner", "words"), TOLD)
def test_who_is_to_do_what(line: str, owner: str, words: str):
    actions = found("actions", ROLL, "# 4. Any other business", line)
    assert [(a.owners, words in a.text) for a in actions] == [((owner,), True)]


@pytest.mark.parametrize("line", NONE)
def test_what_is_no_action(line: str):
    assert found("actions", ROLL, "# 4. Any other business", line) == []
