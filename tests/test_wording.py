"""Wording that no paper of the corpus has: invented lines in the styles of councils in five conventions,
written before the rules."""

from datetime import date, time

import pytest

from extractors.rows.people import People
from tests.lines import found

ROLLS = [
    # styles of attendance: (lines, {name: (status, capacity)})
    (
        ["PRESENT: Councillors R. Ashdown (Chairman), P. Bell, M. O'Dowd and S. van der Berg."],
        {"R. Ashdown": "member", "P. Bell": "member", "M. O'Dowd": "member", "S. van der Berg": "member"},
    ),
    (
        ["# Present", "Councillor Asha Rahman (Chair)|Councillor Ben Cole|Councillor Dilys ap Huw"],
        {"Asha Rahman": "member", "Ben Cole": "member", "Dilys ap Huw": "member"},
    ),
    (
        [
            "Members Present: Cllr J Okafor, Cllr T Lyle, Cllr W Marsh",
            "Officers Present: Helen Price (Town Clerk), Omar Said (Finance Officer)",
        ],
        {
            "J Okafor": "member",
            "T Lyle": "member",
            "W Marsh": "member",
            "Helen Price": "officer",
            "Omar Said": "officer",
        },
    ),
    (
        [
            "Present: Mayor Lena Ortiz; Council Members Paul Reed, Ann Chu and Joe Bray.",
            "Staff Present: City Manager Dana Wolfe; City Attorney Lee Park.",
        ],
        {
            "Lena Ortiz": "member",
            "Paul Reed": "member",
            "Ann Chu": "member",
            "Joe Bray": "member",
            "Dana Wolfe": "officer",
            "Lee Park": "officer",
        },
    ),
    (
        [
            "PRESENT: Cr H. Tane (Mayor), Crs L. Moana, P. Singh and K. Ford",
            "IN ATTENDANCE: Mr D. Roe (Chief Executive), Ms F. Ito (Governance Adviser)",
        ],
        {
            "H. Tane": "member",
            "L. Moana": "member",
            "P. Singh": "member",
            "K. Ford": "member",
            "D. Roe": "officer",
            "F. Ito": "officer",
        },
    ),
    (
        ["I láthair: Cathaoirleach Mary Daly, Comhairleoir Seán Burke and Comhairleoir Nuala Quinn"],
        {"Mary Daly": "member", "Seán Burke": "member", "Nuala Quinn": "member"},
    ),
    (
        ["Present: Councillors A Finch, B Grant (substitute for Councillor C Hale) and D Irwin"],
        {"A Finch": "member", "B Grant": "member", "D Irwin": "member"},
    ),
    (
        ["In the Chair: Councillor Ruth Naylor", "Present: Councillors Ian Peel and Una Quirk"],
        {"Ruth Naylor": "member", "Ian Peel": "member", "Una Quirk": "member"},
    ),
    (
        [
            "Councillors present: Tom Ferris, Joan Gale and Kit Hobbs",
            "Also present: PC Wayne Stott and two members of the public",
        ],
        {"Tom Ferris": "member", "Joan Gale": "member", "Kit Hobbs": "member"},
    ),
    (
        ["Present: Mr R W Stone, Mrs P T Lake, MBE, Miss E Marsh and Sir John Hill, OBE, DL"],
        {"R W Stone": "member", "P T Lake": "member", "E Marsh": "member", "John Hill": "member"},
    ),
]


@pytest.mark.parametrize(("lines", "wanted"), ROLLS)
def test_rolls(lines, wanted):
    people = {p.name: p.capacity for p in found("attendance", *lines) if p.status == "present"}
    assert {n: people.get(n) for n in wanted} == wanted


SORRY = [
    ("Apologies for absence were received from Councillors Hughes and Iqbal.", ["Hughes", "Iqbal"]),
    ("Apologies: Cllr Mary Jones, Cllr Sam Kerr", ["Mary Jones", "Sam Kerr"]),
    ("Apologies were submitted on behalf of Councillor Devlin.", ["Devlin"]),
    ("Councillor Nora Pryce had sent her apologies.", ["Nora Pryce"]),
    ("Regrets: Councillor L. Beaulieu", ["L. Beaulieu"]),
    ("An apology for absence was received from Mr T Vane.", ["T Vane"]),
    ("There were no apologies for absence.", []),
]


@pytest.mark.parametrize(("line", "wanted"), SORRY)
def test_apologies(line, wanted):
    lines = (
        ["Present: Councillors Alan Abbot and Beth Brand", "# 1. Apologies for Absence", line]
        if not line.startswith(("Apologies:", "Regrets:"))
        else ["Present: Councillors Alan Abbot and Beth Brand", line]
    )
    assert [p.name for p in found("attendance", *lines) if p.status == "apologies"] == wanted


def test_late_early_remote_and_substitutes():
    people = {
        p.name: p
        for p in found(
            "attendance",
            "Present: Councillors Ada Cox (arrived at 6.45pm), Bo Dale (left at 8.10 pm), Cy Eads "
            "(via Teams) and Di Fox (substitute for Councillor Ed Gray)",
        )
    }
    assert people["Ada Cox"].arrived == time(18, 45)
    assert people["Bo Dale"].left == time(20, 10)
    assert people["Cy Eads"].virtual is True
    assert people["Di Fox"].substitute_for == "Councillor Ed Gray"


DECIDED = [
    (
        ["RESOLVED – That the minutes be signed as a correct record."],
        ["the minutes be signed as a correct record."],
    ),
    (
        ["Resolved:", "1) the report be noted; and", "2) officers report back in June."],
        ["the report be noted", "officers report back in June."],
    ),
    (["It was agreed that the car park charges be frozen."], ["the car park charges be frozen."]),
    (
        ["The Committee RESOLVED to approve the application subject to conditions."],
        ["approve the application subject to conditions."],
    ),
    (["It was unanimously RESOLVED to purchase two benches."], ["purchase two benches."]),
    (["AGREED: That the grant of £500 be paid to the Scouts."], ["the grant of £500 be paid to the Scouts."]),
    (["DECISION: The licence be granted."], ["The licence be granted."]),
    (
        [
            "RESOLVED that Cabinet:",
            "(a) notes the position; and",
            "(b) delegates the award to:",
            "(i) the Director of Finance; and",
            "(ii) the Monitoring Officer.",
        ],
        ["notes the position", "the Director of Finance", "the Monitoring Officer."],
    ),
    (
        ["The Chair thanked officers for the update, which was noted."],
        ["The Chair thanked officers for the update, which was noted."],
    ),
    (
        [
            "Moved by Councillor Reid, seconded by Councillor Soto: THAT the tender of Acme Paving "
            "be accepted. Carried."
        ],
        ["THAT the tender of Acme Paving be accepted."],
    ),
    (
        ["R2031-007 P. Adair, Q. Blythe:", "That by-law 31-2 be read a third time and passed. Carried."],
        ["That by-law 31-2 be read a third time and passed."],
    ),
    (
        ["MOVED: Cr Tully SECONDED: Cr Umar That Council adopts the policy. CARRIED 6/1"],
        ["That Council adopts the policy."],
    ),
    (
        [
            "It was proposed by Cllr Byrne, seconded by Cllr Nolan and agreed that a letter issue to "
            "the Minister."
        ],
        ["that a letter issue to the Minister."],
    ),
    (
        [
            "Motion made by Commissioner Hart, second by Commissioner Ives, to approve the plat. "
            "Motion carried 5-0."
        ],
        ["to approve the plat."],
    ),
    (
        ["The minutes of the meeting held on 3 May 2031 were approved and signed."],
        ["The minutes of the meeting held on 3 May 2031 were approved and signed."],
    ),
    (["Moved by Councillor Reid, seconded by Councillor Soto: THAT the rink be closed. Defeated."], []),
]


@pytest.mark.parametrize(("lines", "wanted"), DECIDED)
def test_decisions(lines, wanted):
    texts = [
        d.text
        for d in found(
            "decisions", "Present: Councillors Alan Abbot and Beth Brand", "# 4. Report of the Clerk", *lines
        )
        if d.kind == "resolution"
    ]
    assert texts == wanted


def test_clauses_keep_their_numbers_and_stem():
    clauses = found(
        "decisions",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 4. Budget",
        "RESOLVED that:",
        "(1) the budget be approved;",
        "(2) the precept be set at £90,000.",
    )
    assert [(d.clause, d.text, d.verb) for d in clauses] == [
        ("(1)", "the budget be approved", "approve"),
        ("(2)", "the precept be set at £90,000.", "other"),
    ]
    assert {d.stem for d in clauses} == {"RESOLVED that:"}


MOVED = [
    (
        [
            "Councillor Wren moved, and Councillor Addo seconded, the following amendment:",
            "“That the sum be increased to £10,000.”",
            "On being put to the vote the amendment was LOST by 4 votes to 9 with 1 abstention.",
        ],
        ("amendment", "Councillor Wren", "Councillor Addo", "lost", 4, 9, 1),
    ),
    (
        ["Mr Hale proposed and Mrs Ince seconded that the meeting be adjourned.", "Carried unanimously."],
        ("motion", "Mr Hale", "Mrs Ince", "carried", None, None, None),
    ),
    (
        ["Moved by Councillor Reid, seconded by Councillor Soto that the report be received. Carried."],
        ("motion", "Councillor Reid", "Councillor Soto", "carried", None, None, None),
    ),
    (
        [
            "Council Member Ortiz moved to adopt Resolution 2031-07; seconded by Council Member "
            "Lund. Motion carried 5-0."
        ],
        ("motion", "Council Member Ortiz", "Council Member Lund", "carried", 5, 0, None),
    ),
    (
        ["Moved Cr Nguyen, seconded Cr Ashby that the item lie on the table. LOST 3/5"],
        ("motion", "Cr Nguyen", "Cr Ashby", "lost", 3, 5, None),
    ),
    (
        ["It was moved by A. Patel and seconded by J. Reid THAT the fee be waived. Withdrawn."],
        ("motion", "A. Patel", "J. Reid", "withdrawn", None, None, None),
    ),
]


@pytest.mark.parametrize(("lines", "wanted"), MOVED)
def test_motions(lines, wanted):
    motions = found("motions", "Present: Councillors Alan Abbot and Beth Brand", "# 4. Motions", *lines)
    assert len(motions) == 1
    m = motions[0]
    assert (m.kind, m.mover, m.seconder, m.outcome, m.votes_for, m.votes_against, m.abstentions) == wanted


def test_an_amendment_names_its_motion_and_a_casting_vote_is_told():
    motion, amendment = found(
        "motions",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 4. Pool",
        "Councillor Wren moved and Councillor Addo seconded that the pool be mended.",
        "Councillor Abbot moved and Councillor Brand seconded the following amendment:",
        "“That the pool be sold.”",
        "The Chair used his casting vote against the amendment, which was lost.",
    )
    assert amendment.amends == motion.key and motion.amends is None
    assert amendment.casting_vote and not motion.casting_vote


DIVISIONS = [
    [
        "Mr Hale proposed and Mrs Ince seconded that the plan be adopted.",
        "A recorded vote was taken:",
        "For (3): Mr Abbot, Mrs Brand, Dr Cole",
        "Against (1): Ms Dean",
        "Abstain (1): Mr Earl",
        "Motion carried.",
    ],
    [
        "Mr Hale proposed and Mrs Ince seconded that the plan be adopted.",
        "The voting was as follows:",
        "For (3)",
        "Mr Abbot, Mrs Brand, Dr Cole",
        "Against (1)",
        "Ms Dean",
        "Abstain (1)",
        "Mr Earl",
        "Motion carried.",
    ],
    [
        "Moved by Councillor Reid, seconded by Councillor Soto that the plan be adopted.",
        "Yeas: Councillors Abbot, Brand and Cole. Nays: Councillor Dean. Abstain: Councillor Earl.",
        "Motion carried.",
    ],
    [
        "Councillor Hale proposed and Councillor Ince seconded that the plan be adopted.",
        "A recorded vote was taken:",
        "For (3): Councillor Ann Abbot, Councillor Bo Brand, Councillor Cy Cole",
        "Against (1): Councillor Di Dean",
        "Abstain (1): Councillor Ed Earl The motion was carried.",
    ],
    [
        "Councillor Hale proposed and Councillor Ince seconded that the plan be adopted.",
        "A recorded vote was taken:",
        "For (3): Councillor Ann Abbot, Councillor Bo Brand, Councillor Cy Cole",
        "Against (1): Councillor Di Dean",
        "Abstain (1): Councillor Ed Earl",
        "The motion was put to the vote and was declared carried.",
    ],
    [
        "Motion made by Commissioner Hart, second by Commissioner Ives, to adopt the plan.",
        "Ayes: Abbot, Brand, Cole; Noes: Dean; Abstain: Earl",
        "Motion passed 3-1-1.",
    ],
]


@pytest.mark.parametrize("lines", DIVISIONS)
def test_divisions(lines):
    votes = found("votes", "Present: Councillors Alan Abbot and Beth Brand", "# 4. Plan", *lines)
    by_choice = {
        c: [v.name.split()[-1] for v in votes if v.choice == c] for c in ("for", "against", "abstain")
    }
    assert by_choice == {"for": ["Abbot", "Brand", "Cole"], "against": ["Dean"], "abstain": ["Earl"]}


DECLARED = [
    (
        "Councillor Mary Hale declared a non-pecuniary interest in item 7 as a governor of the school.",
        [("Mary Hale", "non-pecuniary", "7")],
    ),
    (
        "Mr P Bond declared a Disclosable Pecuniary Interest in Item 9 and left the room during its "
        "consideration.",
        [("P Bond", "pecuniary", "9")],
    ),
    (
        "Councillors Finch and Grant declared personal interests in agenda item 5.",
        [("Finch", "non-pecuniary", "5"), ("Grant", "non-pecuniary", "5")],
    ),
    (
        "Cllr Una Quirk disclosed an interest in item 3 because she is a trustee of the hall.",
        [("Una Quirk", "other", "3")],
    ),
    ("There were no declarations of interest.", []),
    ("No interests were declared.", []),
]


@pytest.mark.parametrize(("line", "wanted"), DECLARED)
def test_declarations(line, wanted):
    declared = found(
        "declarations",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 2. Declarations of Interest",
        line,
    )
    assert [(d.name, d.kind, d.item_number) for d in declared] == wanted


def test_who_declares_and_leaves_is_told():
    declared = found(
        "declarations",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 2. Declarations",
        "Mr P Bond declared a pecuniary interest in Item 9 and left the room.",
        "Ms R Cole declared an interest in item 4 and remained in the meeting.",
    )
    assert [d.left_meeting for d in declared] == [True, False]


DONE = [
    ("Officers agreed to circulate the figures to members after the meeting.", "Officers", "body"),
    (
        "The Director of Housing undertook to write to the tenants by the end of March.",
        "Director of Housing",
        "role",
    ),
    ("The Clerk was asked to obtain three quotations.", "Clerk", "role"),
    ("Councillor Reid agreed to speak to the school.", "Councillor Reid", "person"),
    ("ACTION: Clerk to write to the Highways Authority.", "Clerk", None),
    ("Action: AB to arrange a site visit.", "AB", None),
    ("Members asked that the Monitoring Officer provide a note.", "Monitoring Officer", "role"),
    ("The report would be circulated to members after the meeting.", None, "unknown"),
    ("Ms Stone confirmed that she would share the slides.", "Ms Stone", "person"),
]


@pytest.mark.parametrize(("line", "owner", "kind"), DONE)
def test_actions(line, owner, kind):
    actions = found("actions", "Present: Councillors Alan Abbot and Beth Brand", "# 4. Housing", line)
    assert len(actions) == 1
    assert list(actions[0].owners) == ([owner] if owner else [])
    assert kind is None or actions[0].owner_kind == kind


NOT_ACTIONS = [
    "Councillor Reid asked whether the figures had been circulated.",
    "The Chairman welcomed everybody and thanked the officers for their work.",
    "It was noted that the team had worked hard to provide the service.",
]


@pytest.mark.parametrize("line", NOT_ACTIONS)
def test_no_action_is_made_up(line):
    assert found("actions", "Present: Councillors Alan Abbot and Beth Brand", "# 4. Housing", line) == []


def test_due_dates_count_from_the_meeting_and_are_never_guessed():
    lines = [
        "# Housing Committee",
        "Minutes of the meeting held on Tuesday 11 February 2031 at 7.00 pm",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 4. Housing",
    ]
    by_march = found(
        "actions", *lines, "The Director of Housing undertook to write to the tenants by the end of March."
    )
    assert by_march[0].due_date == date(2031, 3, 31)
    vague = found("actions", *lines, "Officers agreed to report back to the next meeting.")
    assert (vague[0].due_text, vague[0].due_date) == ("to the next meeting", None)


def test_meeting_times_and_places():
    m = found(
        "meeting",
        "# Planning Committee",
        "Minutes of a meeting of the Planning Committee held at the Corn Hall, Market Street on "
        "Thursday 6 March 2031 at 7.30 pm",
        "Present: Councillors Alan Abbot and Beth Brand",
        "# 1. Apologies",
        "The meeting closed at 9.05 pm.",
    )[0]
    assert (m.date, m.start_time, m.end_time) == (date(2031, 3, 6), time(19, 30), time(21, 5))
    assert "Corn Hall" in m.venue


def test_people_of_one_surname_are_kept_apart():
    people = People()
    people.add("P Cole", "Mr")
    people.add("P T Cole", "Mrs")
    people.add("Roger Gough", "Mr", role="Leader")
    assert people.find("Mr Cole").name == "P Cole"
    assert people.find("Mrs Cole").name == "P T Cole"
    assert people.find("Cole") is None
    assert people.find("the Leader").name == "Roger Gough"
    assert people.add("R Gough", "Mr").name == "Roger Gough"


def test_the_pipeline_runs_its_steps_and_can_be_kept(tmp_path, monkeypatch):
    import spacy

    from extractors.reading.pipeline import STEPS, build

    nlp = build()
    assert nlp.pipe_names == [f"minutebook_{kind}" for kind in STEPS]
    nlp.to_disk(tmp_path / "kept")
    assert spacy.load(tmp_path / "kept").pipe_names == nlp.pipe_names
    assert build() is nlp, "built once a process"
    monkeypatch.setitem(STEPS, "weather", lambda doc: [])
    assert build.__wrapped__().pipe_names == [*nlp.pipe_names, "minutebook_weather"], (
        "one list says what runs"
    )


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("by 14 March 2031", date(2031, 3, 14), "day"),
        ("by 14 March", date(2031, 3, 14), "day"),
        ("by January 10th", date(2032, 1, 10), "day"),
        ("by the end of March", date(2031, 3, 31), "day"),
        ("by Friday", date(2031, 2, 14), "day"),
        ("within three weeks", date(2031, 3, 4), "day"),
        ("within 10 working days", None, None),
        ("December 2032", date(2032, 12, 31), "month"),
        ("Dec-32", date(2032, 12, 31), "month"),
        ("by January", date(2032, 1, 31), "month"),
        ("before April", date(2031, 3, 31), "month"),
        ("before the end of April", date(2031, 4, 30), "day"),
        ("next month", date(2031, 3, 31), "month"),
        ("within six months", date(2031, 8, 11), "month"),
        ("in a year", date(2032, 2, 11), "year"),
        ("by 2035", date(2035, 12, 31), "year"),
        ("by 2035/36", None, None),
        ("Q3 2031/32", None, "quarter"),
        ("by the next meeting", None, "meeting"),
        ("to the March meeting", None, "meeting"),
        ("after March", None, None),
        ("ASAP", None, None),
        ("ongoing", None, None),
    ],
)
def test_a_due_text_says_what_it_names(text, day, precision):
    from extractors.mentions.due import due_of

    told = due_of(text, date(2031, 2, 11))  # a Tuesday
    assert (told.day, told.precision) == (day, precision)
