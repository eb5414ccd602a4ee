"""Interests declared in the manners of many councils, invented: who, in what, and whether they left."""

from __future__ import annotations

import pytest

from tests.lines import found

ROLL = "Present: Councillors Ann Foss, Bo Lundqvist, Cy Marsden and Di Quade"
UNDER_A_HEADING = [
    # heading, lines, [(name, item, left)]
    ("3. Declarations of Interest", ["None."], []),
    ("3. Declarations of Interest", ["Nil"], []),
    ("3. Declarations of Interest", ["No declarations were made."], []),
    (
        "3. Declarations of Interest",
        ["Members were reminded to declare any interest in items on the agenda."],
        [],
    ),
    (
        "3. Declarations of Interest",
        ["The Chair asked whether any member had an interest to declare. There were none."],
        [],
    ),
    (
        "3. Declarations of Interest",
        ["The Chair, Councillor Foss, declared a prejudicial interest in agenda item 3 and would leave."],
        [("Foss", "3", None)],
    ),
    (
        "3. Declarations of Interest",
        ["Councillor Foss declared an other registrable interest in item 12. She left the room."],
        [("Foss", "12", True)],
    ),
    (
        "3. Declarations of Interest",
        ["Councillor Quade similarly declared an affected interest in Items 5 and 7.2 as a tenant."],
        [("Quade", "5", None), ("Quade", "7.2", None)],
    ),
    (
        "3. Declarations of Members’ Interests",
        [
            "Cllr Foss – Item 7 – non-pecuniary – trustee of the hall",
            "Cllr Lundqvist – Item 9 – DPI – landowner",
        ],
        [("Foss", "7", None), ("Lundqvist", "9", None)],
    ),
    (
        "3. Interests",
        [
            "The following interests were declared:",
            "Cllr A Foss: item 7, as a governor.",
            "Cllr C Marsden: item 8, as a member of the club.",
        ],
        [("A Foss", "7", None), ("C Marsden", "8", None)],
    ),
    (
        "Declarations of Interest",
        ["An interest was declared by Councillor Foss in respect of item 6 as her son works there."],
        [("Foss", "6", None)],
    ),
    (
        "Declarations of Interest",
        ["Declarations of interest were received from Cllrs Foss and Quade."],
        [("Foss", None, None), ("Quade", None, None)],
    ),
    (
        "Declarations of Interest",
        ["AF declared an interest in item 5 as she is a member of the club."],
        [("AF", "5", None)],
    ),
    (
        "DISCLOSURE OF PECUNIARY INTEREST",
        ["Disclosure of pecuniary interest: Councillor Ann Foss"],
        [("Ann Foss", None, None)],
    ),
    (
        "2. Disclosures of Pecuniary Interest and General Nature Thereof",
        ["Mayor Foss declared a pecuniary interest regarding Item 8.1 as her spouse is employed there."],
        [("Foss", "8.1", None)],
    ),
    (
        "4. CONFLICT OF INTEREST",
        ["Councillor Marsden disclosed a conflict on Item 11 (c) and did not participate."],
        [("Marsden", "11", True)],
    ),
    (
        "6. DISCLOSURES OF INTEREST",
        ["Cr Foss disclosed an impartiality interest in Item 10.1.2. Nature: patron of the club."],
        [("Foss", "10.1.2", None)],
    ),
    (
        "6. DISCLOSURES OF INTEREST",
        ["Item 10.1.2 – Cr Foss – impartiality interest", "Item 10.2.2 – Cr Quade – financial interest"],
        [("Foss", "10.1.2", None), ("Quade", "10.2.2", None)],
    ),
    (
        "5. Declarations of Conflicts of Interest",
        [
            "Under section 150EQ of the Act, Cr Foss informed the meeting that she has a declarable"
            " conflict of interest in Item 12.1."
        ],
        [("Foss", "12.1", None)],
    ),
    (
        "4 Conflicts of interest",
        [
            "Cr Lundqvist noted a perceived conflict of interest in item 9 and sat back from the table.",
            "No further conflicts were declared.",
        ],
        [("Lundqvist", "9", None)],
    ),
    (
        "2. Whaipānga / Declarations of Interest",
        ["Member Quade advised of a non-financial interest in item 12 and took no part."],
        [("Quade", "12", True)],
    ),
    (
        "Declaration of Ex-Parte Communication",
        ["Commissioner Foss had met the applicant at the site.", "The other commissioners had none."],
        [("Foss", None, None)],
    ),
    ("RECUSALS", ["Councilmember Foss – Item 6 – owns property within 500 feet"], [("Foss", "6", None)]),
    (
        "3. Declarations of Interest",
        ["Cllr Foss declared that she was a member of the bowls club (item 9)."],
        [("Foss", "9", None)],
    ),
    (
        "3. Declarations of Interest",
        ["The Clerk had granted a dispensation to all members for the budget."],
        [],
    ),
]
IN_THE_TEXT = [
    ("Mr. Lundqvist recused himself because his wife is a trustee.", [("Lundqvist", True)]),
    (
        "Councilmember Foss stated she would recuse herself from the item due to the nearness of her home.",
        [("Foss", True)],
    ),
    (
        "Vice Mayor Foss announced that she would be recusing herself and left the dais at 7:10 p.m.",
        [("Foss", True)],
    ),
    ("Commissioner Quade stepped down due to a potential conflict of interest.", [("Quade", True)]),
    ("Due to a conflict of interest, Commissioner Quade left the room.", [("Quade", True)]),
    (
        "Trustee Quade stated that his firm leases space in the centre and that he would not take part.",
        [("Quade", True)],
    ),
    ("Ms. Foss stated that the petitioner is her brother-in-law and abstained.", [("Foss", None)]),
    ("A motion was made and carried to recuse Commissioner Quade.", [("Quade", True)]),
    ("Cllr Foss, having declared an interest, left the meeting at 8.15pm.", [("Foss", True)]),
    ("Having declared a prejudicial interest in this item, Councillor Foss withdrew.", [("Foss", True)]),
    (
        "Councillor Foss disclosed an interest in this matter and, under the Act, left the Chamber.",
        [("Foss", True)],
    ),
    (
        "Councillors Foss and Quade declared a conflict of interest and left the meeting at 4:10 p.m.",
        [("Foss", True), ("Quade", True)],
    ),
    ("Alderman Foss abstained because he works for the applicant.", [("Foss", None)]),
    ("VOTE: 2 ayes, 1 nay (Mr. Marsden), 1 recused (Mr. Quade); motion failed.", [("Quade", None)]),
    ("Mayor Foss vacated the Chair as she had a pecuniary interest in the next item.", [("Foss", True)]),
    ("Commissioner Foss disclosed an ex parte conversation with the applicant.", [("Foss", None)]),
    # what only looks so
    ("Cllr Foss reported that there was much interest in the allotments.", []),
    ("Councillor Foss left the meeting at 8.10pm.", []),
    ("Commissioner Foss abstained since she was not at that meeting.", []),
    ("Councillor Foss declared the library open.", []),
    ("The attorney explained when a commissioner must recuse.", []),
    ("Cllr Quade said that the bank had raised its interest rate.", []),
    ("The Mayor asked if any councillor wished to declare an interest.", []),
    ("Commissioner Foss disclosed no ex parte contacts.", []),
    ("Councillor Foss asked for the register of interests to be published.", []),
    ("The Mayor declared the motion carried, 6-0, Foss absent.", []),
]


@pytest.mark.parametrize(("heading", "lines", "wanted"), UNDER_A_HEADING)
def test_under_a_heading(heading, lines, wanted):
    told = found("declarations", ROLL, f"# {heading}", *lines, "# 4. Minutes", "The minutes were approved.")
    assert [(d.name, d.item_number, d.left_meeting) for d in told] == wanted


@pytest.mark.parametrize(("line", "wanted"), IN_THE_TEXT)
def test_in_the_text(line, wanted):
    business = ("# 6. Minutes", "The minutes were approved.", "# 7. Rezoning of the mill", line)
    told = found("declarations", ROLL, *business, "# 8. Close", "The meeting closed.")
    assert [(d.name, d.left_meeting) for d in told] == wanted
    assert all(d.item_number == "7" for d in told)


def test_what_reminds_of_a_declaration_tells_that_they_left():
    told = found(
        "declarations",
        ROLL,
        "# 2. Declarations of Interest",
        "Councillor Foss declared an interest in item 7.",
        "# 7. Allotments",
        "Councillor Foss, having declared an interest, left the room.",
    )
    assert [(d.name, d.item_number, d.left_meeting) for d in told] == [("Foss", "7", True)]


def test_an_office_is_whoever_holds_it():
    told = found(
        "declarations",
        "In the Chair: Cllr Ann Foss",
        "# 7. Hall",
        "The Chair declared an interest in item 7.",
    )
    assert [d.name for d in told] == ["Ann Foss"]
