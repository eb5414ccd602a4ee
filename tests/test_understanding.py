"""Minutes of invented councils, heard sentence by sentence: each shape of motion, vote, decision, roll and
action."""

import pytest

from extractors.reading.counts import Count, count_in
from extractors.reading.heard import hear
from extractors.reading.numbering import number_of
from extractors.reading.segments import segments_of
from tests.lines import sheet_of_lines


def heard(*lines):
    return hear(sheet_of_lines(*lines))


def motions(*lines):
    return [
        (
            m.mover,
            m.seconder,
            m.outcome,
            *((m.count.votes_for, m.count.votes_against) if m.count else (None, None)),
            m.text,
        )
        for m in heard(*lines).motions
    ]


@pytest.mark.parametrize(
    "lines, wanted",
    [
        (  # two sentences, a voice vote with a number (California)
            [
                "Councilmember Foss moved approval of the Consent Calendar.",
                "Councilmember deLund seconded the motion, which carried by unanimous voice vote – 5.",
            ],
            (
                "Councilmember Foss",
                "Councilmember deLund",
                "carried",
                5,
                0,
                "approval of the Consent Calendar",
            ),
        ),
        (  # the mover after the words (New England)
            [
                "A motion to adjourn the meeting was made by Ms. Foss and seconded by Mr. Lund.",
                "The motion was approved unanimously, 4-0.",
            ],
            ("Ms. Foss", "Mr. Lund", "carried", 4, 0, "A motion to adjourn the meeting"),
        ),
        (  # movers apart, words in quotation marks (Ireland)
            [
                "Proposed by Councillor Byrne;",
                "Seconded by Councillor Ó Dálaigh;",
                "And Resolved:",
                "“That the draft Minutes be taken as read and signed”.",
            ],
            (
                "Councillor Byrne",
                "Councillor Ó Dálaigh",
                "carried",
                None,
                None,
                "That the draft Minutes be taken as read and signed”.",
            ),
        ),
        (  # initials between brackets (a commission)
            ["Motion (Foss)/Second (Lund) to approve as submitted", "Ayes: 5; Noes: 0.", "Motion passed."],
            ("Foss", "Lund", "carried", 5, 0, "to approve as submitted"),
        ),
        (  # nobody is named
            ["Motion made and seconded to appoint a constable. All in favor."],
            (None, None, "carried", None, None, "to appoint a constable"),
        ),
    ],
)
def test_a_motion_in_any_shape(lines, wanted):
    (found,) = motions(*lines)
    assert found[:5] == wanted[:5]
    assert wanted[5].split()[-3:] == found[5].split()[-3:] or wanted[5] in found[5]


def test_a_roll_call_vote_gives_every_name_and_the_outcome_that_it_shows():
    (m,) = heard(
        "Trustee Foss moved to extend the lease. Trustee Lund seconded the motion.",
        "The motion failed by the following vote: Ayes: Trustees Foss and Lund – 2. Noes: Trustees Rowe, "
        "Quill and Chair Ash – 3.",
    ).motions
    assert (m.outcome, m.count) == ("lost", Count(2, 3, None))
    assert [(n, c) for n, c, _, _ in m.division.ballots] == [
        ("Foss", "for"),
        ("Lund", "for"),
        ("Rowe", "against"),
        ("Quill", "against"),
        ("Ash", "against"),
    ]


def test_votes_after_names():
    (m,) = heard(
        "Motion made and seconded to grant the license. On a polled vote the Board voted as follows: "
        "Mr. Foss, in favor; Mrs. Lund, in favor; Mr. Rowe, opposed."
    ).motions
    assert m.count == Count(2, 1, None)


def test_staff_do_not_move_and_what_is_told_of_old_motions_is_none():
    assert not motions("The City Manager proposed that staff would come back with alternatives.")
    assert not motions("The pupils moved from Bell to Glover during the summer.")


@pytest.mark.parametrize(
    "line, wanted",
    [
        ("RESOLVED: That the Clerk should obtain a quote.", "the Clerk should obtain a quote."),
        ("Following discussion, it was agreed to write to the Minister.", "write to the Minister."),
        ("The Subcommittee agreed to have staff arrange a schedule.", "have staff arrange a schedule."),
        ("The report was noted by Members.", "The report was noted by Members."),
        (
            "Councillors noted the dates of future meetings.",
            "Councillors noted the dates of future meetings.",
        ),
    ],
)
def test_decisions_in_stems_and_prose(line, wanted):
    assert [d.text for d in heard("# 4. Correspondence", line).decisions] == [wanted]


def test_what_others_decided_or_asked_is_no_decision():
    assert not heard("# 4. Reports", "Cllr Ash reported that it was agreed to close the road.").decisions


@pytest.mark.parametrize(
    "line, owner, words",
    [
        ("ACTION: Clerk to write to the highway authority.", "Clerk", "write to the highway authority"),
        (
            "The Meetings Administrator undertook to bring the views to the section.",
            "Meetings Administrator",
            "bring the views to the section",
        ),
        (
            "Members requested the Director attend the October meeting.",
            "Director",
            "attend the October meeting",
        ),
    ],
)
def test_actions_have_their_owner(line, owner, words):
    assert [(owner, True)] == [(a.owner, words in a.text) for a in heard("# 5. Roads", line).actions]


@pytest.mark.parametrize(
    ("lines", "owner", "words"),
    [
        (
            ["Mr. Brand spoke of the works. He undertook to write to each Member."],
            "Mr. Brand",
            "write to each Member",
        ),
        (["The bench is rotten and three quotes are to be obtained.", "Action: UE"], "UE", "three quotes"),
        (["Action: write to the owner of the wall (JB)"], "JB", "write to the owner"),
        (
            ["The Chair requested that a copy of the policy be shared with the panel."],
            "",
            "copy of the policy",
        ),
        (["10.2 The Clerk would bring a draft of the rules to the May meeting."], "Clerk", "bring a draft"),
    ],
)
def test_actions_by_pronoun_label_or_nobody(lines, owner, words):
    assert [(owner, True)] == [(a.owner, words in a.text) for a in heard("# 5. Roads", *lines).actions]


@pytest.mark.parametrize(
    "line",
    [
        "The Mayor asked Councillor Ash to lead the Pledge of Allegiance.",
        "Thanks to Mrs Foss for the flowers.",
        "Mr. Brand said that he would welcome a march if anybody came.",
        "Councillor Ash asked the Leader whether he would propose a lower rent.",
    ],
)
def test_what_nobody_undertook_is_no_action(line):
    assert heard("# 5. Roads", line).actions == []


@pytest.mark.parametrize(
    "lines, wanted",
    [
        (
            ["ROLL CALL – Present: Councilmembers Foss, deLund, Rowe and Mayor Quill – 4.", "Absent: None."],
            {("Foss", "member"), ("deLund", "member"), ("Rowe", "member"), ("Quill", "member")},
        ),
        (
            ["Members Present: Mara Foss, Ines Lund", "Also: Bo Quill, Superintendent"],
            {("Mara Foss", "member"), ("Ines Lund", "member"), ("Bo Quill", "officer")},
        ),
        (
            [
                "OFFICIALS IN ATTENDANCE:",
                "Director, Housing (Ms. A. Foss), Meetings Administrator (Mr. B. Lund)",
            ],
            {("A. Foss", "officer"), ("B. Lund", "officer")},
        ),
    ],
)
def test_rolls(lines, wanted):
    assert {(p.name, p.capacity) for p in heard(*lines).roll if p.status == "present"} == wanted


def test_places_and_sessions_are_nobody():
    found = heard("Present: Cllr Foss, Closed Session, Crescent Avenue").roll
    assert [p.name for p in found] == ["Foss"]


@pytest.mark.parametrize(
    "text, number",
    [
        ("7-A. Street plan", "7-A"),
        ("(*23-195) Lease", "23-195"),
        ("24/112 Apologies", "24/112"),
        ("VII. Reports", "VII"),
        ("3.1 Budget", "3.1"),
        ("The 12 members", None),
    ],
)
def test_numbers_of_headings(text, number):
    found = number_of(text)
    assert (found.text if found else None) == number


@pytest.mark.parametrize(
    "text, wanted",
    [
        ("carried by unanimous voice vote – 5.", Count(5, 0, None)),
        ("Motion carried 4-0; no abstentions.", Count(4, 0, None)),
        ("lost by six votes to nine", Count(6, 9, None)),
        ("the meeting is at 7-8 pm", None),
    ],
)
def test_counts(text, wanted):
    assert count_in(text) == wanted


def test_a_bold_or_capital_opening_is_a_segment_of_its_own():
    texts = [s.text for s in segments_of(sheet_of_lines("MINUTES. Motion made and seconded. All in favor."))]
    assert texts == ["MINUTES.", "Motion made and seconded.", "All in favor."]
