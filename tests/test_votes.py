"""Votes and outcomes as councils of several countries word them: all councils and people are invented."""

import pytest

from extractors.model import Box, Word
from extractors.reading.counts import Count
from extractors.reading.decided_tables import decided
from extractors.reading.heard import hear
from tests.lines import sheet_of_lines


def heard(text):
    return hear(sheet_of_lines(*(line.strip() for line in text.strip().split("\n"))))


def ballots(motion):
    """The surnames by choice."""
    out = {"for": [], "against": [], "abstain": []}
    for name, choice, _, _ in motion.division.ballots if motion.division else ():
        out.setdefault(choice, []).append(name)
    return out["for"], out["against"], out["abstain"]


@pytest.mark.parametrize(
    "text, sides",
    [
        (  # a number before the names
            """Moved by Foss, seconded by Lund, that the lane be paved.
            Yeas: (2): Mayor A. Rowe and B. Foss
            Nays: (1): C. Lund
            Motion Passed (2 to 1)""",
            (["A. Rowe", "B. Foss"], ["C. Lund"], []),
        ),
        (  # all and none, and a signature below
            """Motion by Foss, seconded by Lund, to close the hearing.
            Ayes: All Noes: None Motion Carried
            IDA BIRCH, TOWN CLERK""",
            ([], [], []),
        ),
        (  # names in brackets behind the numbers
            "Mr. Foss moved, Ms. Lund seconded, to buy a plow. Vote: 4 in favor, 1 opposed "
            "(Rowe), 1 abstention (Ash).",
            ([], ["Rowe"], ["Ash"]),
        ),
        (  # in the outcome's own sentence
            "Ald. Foss moved and Ald. Lund seconded to deny the claim. Motion carried 5-2 with "
            "Ald. Rowe and Ald. Ash "
            "voting no.",
            ([], ["Rowe", "Ash"], []),
        ),
        (  # told in sentences, one a side
            """Foss moved to rezone the yard. Lund seconded.
            Upon roll call, Council Members Foss, Lund and Ash voted YEA. Council Member Rowe voted NAY.
            The motion carried.""",
            (["Foss", "Lund", "Ash"], ["Rowe"], []),
        ),
        (  # a letter for each
            "Motion: Foss moved to pay the bills. Second: Lund. Vote: Foss-Y, Lund-Y, Rowe-N. "
            "Motion carries.",
            (["Foss", "Lund"], ["Rowe"], []),
        ),
        (  # numbers first, names behind them in brackets
            "Foss moved, seconded by Lund, to buy two buses.\n"
            "Motion defeated: 2 Ayes 4 Nays (K. Ash, L. Birch, J. Crane, P. Dole) 0 Abstentions",
            ([], ["K. Ash", "L. Birch", "J. Crane", "P. Dole"], []),
        ),
        (  # a dash without spaces, in the movers' own sentence
            "Foss moved to table the request. Seconded by Lund. Carried by the following vote: "
            "Yeas—Mayor Rowe, Council Members Foss, Lund. Nays—None. Absent—Council Member Ash.",
            (["Rowe", "Foss", "Lund"], [], []),
        ),
        (  # in quotation marks
            "Mr. Foss moved to adopt the budget, which motion was seconded and adopted by the following "
            'vote: "Ayes" Foss, Lund, Rowe (3); "Noes" Ash (1).',
            (["Foss", "Lund", "Rowe"], ["Ash"], []),
        ),
        (  # wards behind the names
            """Moved (Foss) and seconded (Lund)
            To enter Executive Session.
            Constance Foss (Oakdale) (Yes)
            Paul Lund (Leigh) (Yes)
            Tom Rowe (Brimley) (No)""",
            (["Constance Foss", "Paul Lund"], ["Tom Rowe"], []),
        ),
        (  # sides named by what is voted for, and totals
            """Councillor Foss proposed that this be deferred. This was seconded by Councillor Rowe.
            For deferral:
            Councillors D. Foss, O. Rowe: Total: 2
            Against deferral:
            Councillors N. Ash: Total: 1""",
            (["D. Foss", "O. Rowe"], ["N. Ash"], []),
        ),
        (  # a dash before the vote
            """Foss moved that the wall be built. Lund seconded the motion. The vote on the motion was:
            Ann Foss - for
            Jo Lund - for
            Kit Rowe - against
            The motion was therefore passed and adopted.""",
            (["Ann Foss", "Jo Lund"], ["Kit Rowe"], []),
        ),
        (  # a label over two lines
            """M/S/C (Foss/Lund) to move the clock.
            Voted in favor of
            Motion: Foss, Lund, Ash
            Voted opposed to
            Motion: Rowe""",
            (["Foss", "Lund", "Ash"], ["Rowe"], []),
        ),
        (  # recorded on request
            """Moved by Cr Foss, seconded by Cr Lund, that the report be noted. CARRIED
            Cr Rowe requested that his vote against the motion be recorded.""",
            ([], ["Rowe"], []),
        ),
        (  # those in the affirmative
            """Moved Cr Foss Seconded Cr Lund that the gates be restored.
            Those voting in the affirmative are Crs Foss and Lund
            Those voting in the negative are Mayor Rowe and Cr Ash
            The Mayor declared the motion LOST""",
            (["Foss", "Lund"], ["Rowe", "Ash"], []),
        ),
    ],
)
def test_who_voted_how(text, sides):
    assert ballots(heard(text).motions[-1]) == sides


@pytest.mark.parametrize(
    "text, wanted",
    [
        (
            "Moved by J. Foss and T. Lund that the roof be mended. Carried.",
            ("J. Foss", "T. Lund", "carried", None),
        ),
        (
            "A MOTION was made by Foss/Lund to keep the elm. The motion FAILED 1-4.",
            ("Foss", "Lund", "lost", Count(1, 4, None)),
        ),
        (
            "Offered by Councilman Foss, seconded by Councilman Lund:\nRESOLVED, that the salt be "
            "bought.\nAyes: Foss, "
            "Lund\nNays: None\nResolution adopted.",
            ("Councilman Foss", "Councilman Lund", "carried", Count(2, 0, None)),
        ),
        (
            "That the minutes be confirmed.\nFoss/Lund Carried",
            ("Foss", "Lund", "carried", None),
        ),
        (
            "Cllr Foss nominated Cllr Lund as Chair and this was seconded by Cllr Rowe. This was "
            "carried by 6 votes to 2.",
            ("Cllr Foss", "Cllr Rowe", "carried", Count(6, 2, None)),
        ),
        (
            "Cllr Foss proposed, duly seconded, that the pump be sold. The motion was carried "
            "with six (6) aye votes and "
            "one (1) nay vote.",
            ("Cllr Foss", None, "carried", Count(6, 1, None)),
        ),
        (
            "Cllr Foss proposed that the lamp stay lit; Cllr Lund seconded; 2 votes for, 6 against.",
            ("Cllr Foss", "Cllr Lund", "lost", Count(2, 6, None)),
        ),
        (
            "A motion was made to adopt the rules as presented (Foss, Lund; C 3-1, Rowe No)",
            ("Foss", "Lund", "carried", Count(3, 1, None)),
        ),
        (
            "Foss moves to issue the permit. The motion is seconded by Lund. All members are in favor. "
            "Motion carries 6-0.",
            ("Foss", "Lund", "carried", Count(6, 0, None)),
        ),
        (
            "MOTION: The agenda be approved – Councillor Foss, Councillor Lund – Motion Carried – 2022-131",
            ("Councillor Foss", "Councillor Lund", "carried", None),
        ),
        (
            "It was moved and seconded by Commissioners Foss/Lund to adopt the plan. Unanimously approved.",
            ("Commissioners Foss", "Lund", "carried", None),
        ),
        (
            "Proposed (AH) & Seconded (SB) that the minutes be approved as correct. Unanimously agreed.",
            ("AH", "SB", "carried", None),
        ),
        (
            "Councilmember Foss moved to receive the letter, seconded by Councilmember Lund.\n"
            "The motion was then put, and carried by a vote of 4:0:3 (three members were excused).",
            ("Councilmember Foss", "Councilmember Lund", "carried", Count(4, 0, None)),
        ),
        (
            "Councillor Foss moved refusal, seconded by Councillor Lund. The motion was lost "
            "by 4 votes to 2.",
            ("Councillor Foss", "Councillor Lund", "lost", Count(2, 4, None)),
        ),
        (
            "It was AGREED, on the proposal of Councillor Foss, seconded by Alderman Lund, that "
            "the quay be lit.",
            ("Councillor Foss", "Alderman Lund", "carried", None),
        ),
    ],
)
def test_who_moved_and_how_it_ended(text, wanted):
    motion = heard(text).motions[-1]
    assert (motion.mover, motion.seconder, motion.outcome, motion.count) == wanted


def test_a_motion_and_an_amendment_are_voted_on_against_one_another():
    motion, amendment = heard(
        """Councillor Foss, seconded by Councillor Lund, moved that the bid be refused.
        As an amendment, Councillor Rowe, seconded by Councillor Ash, moved that the bid be approved.
        There voted: For the motion (2) – Crs Foss and Lund; For the amendment (1) – Cr Rowe."""
    ).motions
    assert (motion.outcome, motion.count, amendment.outcome) == ("carried", Count(2, 1, None), "lost")
    assert ballots(amendment) == (["Rowe"], ["Foss", "Lund"], [])


def test_an_amendments_words_are_those_that_notice_was_given_of():
    amendment = heard(
        """Councillor Foss, on behalf of his party, proposed an Amendment to the Motion as follows:
        “That the bridge be kept and lit.”
        Members spoke at length.
        First Amendment - Proposed by Councillor Foss and seconded by Councillor Lund
        There were no abstentions.
        The Amendment was declared lost."""
    ).motions[-1]
    assert (amendment.text, amendment.outcome) == ("That the bridge be kept and lit.", "lost")


def test_a_vote_is_told_of_what_was_resolved_whoever_moved_it():
    (motion,) = heard(
        """The Committee RESOLVED that permission be granted subject to the conditions in the report.
        The vote was 6 in favour and 1 against."""
    ).motions
    assert (motion.mover, motion.outcome, motion.count) == (None, "carried", Count(6, 1, None))


def test_candidates_are_voted_on_against_one_another():
    elected, other = heard(
        """Cllr Foss nominated Cllr Lund and this was seconded by Cllr Rowe.
        Cllr Ash nominated Cllr Birch and this was seconded by Cllr Crane.
        A vote was taken: Cllr Lund 12 votes, Cllr Birch 7 votes."""
    ).motions
    assert (elected.outcome, elected.count, other.outcome) == ("carried", Count(12, 7, None), "lost")


@pytest.mark.parametrize(
    "text",
    [
        "Ms. Foss stated that she would second what Mr. Lund said. Residents were opposed to the drive.",
        "Mr Foss of Mill Lane proposed that the lane be closed and spoke of the noise.",
        "Mr. Foss hopes Pyka moves to Alameda.",
        "The Rector moved the service to eleven.",
        "Cllr Foss moved the discussion on to the wall.",
        "Cr Foss foreshadowed that should the motion be lost he would ask again.",
    ],
)
def test_what_only_sounds_like_a_motion_is_none(text):
    assert heard(text).motions == []


@pytest.mark.parametrize(
    "text, wanted",
    [
        (
            "Cr Foss moved, Cr Lund seconded –\nThat Council:\n1. Grants the lease.\n2. "
            "Authorises the Mayor to sign "
            "it.\nCarried",
            ["Grants the lease.", "Authorises the Mayor to sign it."],
        ),
        (
            "Resolved by five votes to two that the licence be refused.",
            ["the licence be refused."],
        ),
        (
            "24/00121/FUL – 4 Dell Lane – rear extension – No objection\n"
            "24/00140/OUT – Hay Farm – barn – GRANTED by the District",
            ["24/00121/FUL – 4 Dell Lane – rear extension – No objection"],
        ),
        ("AGM of the Association.  Noted.", ["AGM of the Association. Noted."]),
        (
            "Moved by Cr Foss, seconded by Cr Lund, that the resignation be accepted; THAT a letter of "
            "thanks be sent. CARRIED",
            ["the resignation be accepted", "a letter of thanks be sent."],
        ),
        ("Mrs Foss was duly co-opted.", ["Mrs Foss was duly co-opted."]),
        ("Upon motion the letter was received and filed.", ["the letter was received and filed."]),
        (
            "Resolved – to buy two sets from the CIL money, KP to order at once.",
            ["buy two sets from the CIL money"],
        ),
        ("Letter from the Guides – noted.", ["Letter from the Guides – noted."]),
        ("The minutes, copies of which had been circulated, were approved as a correct record.", None),
        (
            "On motion by Foss, seconded by Lund and carried by voice vote, the hearing was closed.",
            ["the hearing was closed."],
        ),
    ],
)
def test_what_was_decided(text, wanted):
    told = [d.text for d in heard(text).decisions]
    assert told == (wanted or [text])


def table(*rows):
    """A table's printed rows, columns a hundred points apart."""
    return [
        [
            [
                Word(
                    token,
                    Box(1, 60.0 + 100 * n + 30 * k, 40.0 + 12 * i, 85.0 + 100 * n + 30 * k, 51.0 + 12 * i),
                    11,
                )
                for k, token in enumerate(cell.split())
            ]
            for n, cell in enumerate(row)
            if cell
        ]
        for i, row in enumerate(rows)
    ]


@pytest.mark.parametrize(
    "rows, lines",
    [
        (
            [("For", "Against"), ("Foss", "Rowe"), ("Lund", "")],
            ["For: Foss, Lund,", "Against: Rowe,"],
        ),
        (
            [("Member", "Aye", "Nay"), ("Foss", "X", ""), ("Rowe", "", "X")],
            ["Foss – Aye", "Rowe – Nay"],
        ),
        (
            [("RESULT:", "CARRIED"), ("MOVER:", "Jo Foss"), ("AYES:", "Foss, Lund")],
            ["RESULT: CARRIED", "MOVER: Jo Foss", "AYES: Foss, Lund"],
        ),
        (
            [("Letter", "Subject", "Outcome"), ("Guides", "Grant", "Noted"), ("Band", "Hall", "Deferred")],
            ["Letter – Subject – Outcome", "Guides – Grant – Noted", "Band – Hall – Deferred"],
        ),
        (
            [("Vote", "Foss", "Rowe", "Ash"), ("Aye", "X", "", "X"), ("Nay", "", "X", "")],
            ["Foss – Aye", "Ash – Aye", "Rowe – Nay"],
        ),
        ([("YEAS: Foss, Lund", "2"), ("NAYS: Rowe", "1")], ["YEAS: Foss, Lund 2", "NAYS: Rowe 1"]),
        ([("Payee", "Sum"), ("Foss", "£20"), ("Lund", "£30")], None),
    ],
)
def test_tables_of_votes_and_decisions_run_on_as_lines(rows, lines):
    blocks = decided(table(*rows), 11.0)
    assert (blocks and [b.text for b in blocks]) == lines


@pytest.mark.parametrize(
    "vote, outcome, sides",
    [
        ("Roll: Foss y, Lund n, Rowe y", "carried", (["Foss", "Rowe"], ["Lund"], [])),
        ("Aye – Foss, Rowe; nay – Lund", "carried", (["Foss", "Rowe"], ["Lund"], [])),
        ("Tied 2 to 2.", "lost", ([], [], [])),
        ("All yes.", "carried", ([], [], [])),
    ],
)
def test_who_may_vote_is_known_from_the_roll_however_votes_are_told(vote, outcome, sides):
    (motion,) = heard(
        f"""Town of Marl
        Minutes of the meeting of 4 March 2024
        Members present: Ann Foss, Bo Lund, Cy Rowe
        Foss made a motion to pave the lane, 2nd by Rowe.
        {vote}"""
    ).motions
    assert (motion.outcome, ballots(motion)) == (outcome, sides)


@pytest.mark.parametrize(
    "text, count, outcome",
    [
        ("Foss moved to pave it, Lund seconded. On a roll call of three (3) yes, four (4) no, it failed.",
         Count(3, 4), "lost"),
        ("Foss proposed that it be paved, seconded by Lund. The votes being equal, 5 to 5, it was lost.",
         Count(5, 5), "lost"),
        ("Foss moved that it be paved, Lund seconded. Motion Passed [2 to 1].", Count(2, 1), "carried"),
        ("Foss moved to pave it, Lund seconded. The vote was 4 in favor and 4 opposed.", Count(4, 4), "lost"),
        ("UNANIMOUSLY VOTED: to pave the lane.", None, "carried"),
        ("VOTED 3-2: to pave the lane.", Count(3, 2), "carried"),
        ("MOTION TO PAVE IT - A. FOSS     SECONDED: B. LUND     ACCEPTED: 5-0-1", Count(5, 0, 1), "carried"),
        ("The report was on motion of Mr. Foss received and filed.", None, "carried"),
        ("It was agreed to pave the lane, 4 in favour, 1 against.", Count(4, 1), "carried"),
    ],
)  # fmt: skip
def test_counts_and_outcomes_of_more_manners(text, count, outcome):
    (motion,) = heard(text).motions
    assert (motion.count, motion.outcome) == (count, outcome)
