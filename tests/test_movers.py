"""Movers and seconders wherever councils print them, and votes by number."""

from __future__ import annotations

import pytest

from extractors.reading.counts import count_in
from extractors.reading.heard import hear
from tests.lines import sheet_of_lines

MOVED = [
    (
        "Moved by Councillor Smith, seconded by Councillor O'Brien that the report be received.",
        "Councillor Smith",
        "Councillor O'Brien",
    ),
    (
        "It was moved by A. Patel and duly seconded by J. Reid: THAT the tender be accepted.",
        "A. Patel",
        "J. Reid",
    ),
    (
        "Proposed by Cllr Mary Hale, seconded by Cllr Rhys Ap Owen and RESOLVED that the accounts be "
        "approved.",
        "Cllr Mary Hale",
        "Cllr Rhys Ap Owen",
    ),
    (
        "On the motion of Councillor Byrne, seconded by Councillor Ní Dhomhnaill, it was agreed to "
        "write to the Minister.",
        "Councillor Byrne",
        "Councillor Ní Dhomhnaill",
    ),
    (
        "On the proposal of Cllr Burke, seconded by Cllr Walsh, it was agreed to adopt the minutes.",
        "Cllr Burke",
        "Cllr Walsh",
    ),
    (
        "It was proposed by Cllr Dunne, seconded by Cllr Foley and agreed that the scheme proceed.",
        "Cllr Dunne",
        "Cllr Foley",
    ),
    (
        "The following amendment was moved by Councillor Price and seconded by Councillor Gill:",
        "Councillor Price",
        "Councillor Gill",
    ),
    (
        "Council Member Ortiz moved to adopt Resolution 2025-07; seconded by Council Member Lund. "
        "Motion carried 5-0.",
        "Council Member Ortiz",
        "Council Member Lund",
    ),
    (
        "Motion made by Commissioner Reyes, second by Commissioner Tate, to approve the consent agenda.",
        "Commissioner Reyes",
        "Commissioner Tate",
    ),
    (
        "RESOLVED (proposed Cllr Hart, seconded Cllr Moss) that the invoices be paid.",
        "Cllr Hart",
        "Cllr Moss",
    ),
    (
        "Councillor Fraser, seconded by Councillor Munro, moved that the recommendations be approved.",
        "Councillor Fraser",
        "Councillor Munro",
    ),
    (
        "As an amendment, Councillor Sinclair, seconded by Councillor Reid, moved that consideration "
        "be deferred.",
        "Councillor Sinclair",
        "Councillor Reid",
    ),
    ("Moved by Dunn, supported by Zorn to approve the agenda as presented.", "Dunn", "Zorn"),
    (
        "Alderman Stewart proposed, seconded by Councillor Brady, that the name be adopted.",
        "Alderman Stewart",
        "Councillor Brady",
    ),
    (
        "Commissioner Quon moved, seconded by Commissioner Lindt, to adopt Resolution No. 2025-08.",
        "Commissioner Quon",
        "Commissioner Lindt",
    ),
    ("Mr Gough proposed, and Mr Oakford seconded the motion that", "Mr Gough", "Mr Oakford"),
    (
        "Following the debate, the Leader proposed and Mr Ash, Deputy Leader and Cabinet Member for "
        "Finance, seconded the above motion",
        "the Leader",
        "Mr Ash",
    ),
    (
        "Councillor Wren moved, and Councillor Addo seconded, the following amendment:",
        "Councillor Wren",
        "Councillor Addo",
    ),
    (
        "Alderman Boyd moved, Alderman Kerr seconded to approve Ordinance 24-11.",
        "Alderman Boyd",
        "Alderman Kerr",
    ),
    (
        "Council Member Bray moved to approve the consent agenda. Council Member Stone seconded the "
        "motion. The motion carried unanimously.",
        "Council Member Bray",
        "Council Member Stone",
    ),
    ("25-141 MOVED by Councillor Cole that the agenda be adopted as presented.", "Councillor Cole", None),
    ("MOVED: Cr Nguyen SECONDED: Cr Ashby That Council receives the report.", "Cr Nguyen", "Cr Ashby"),
    ("Resolved (Cr Tapsell/Cr Wihongi) That the minutes be confirmed.", "Cr Tapsell", "Cr Wihongi"),
    ("R2025-051 C. Foote, L. Chalapenko: That the minutes be adopted.", "C. Foote", "L. Chalapenko"),
    ("Resolution No. 2024-17 D. Yoder / S. Rao: THAT the tender be accepted. Carried.", "D. Yoder", "S. Rao"),
    ("2024-103 P. Kowalchuk, J. Bertrand", "P. Kowalchuk", "J. Bertrand"),
    ("M/S/C (Lindt/Quon) to approve the minutes as submitted.", "Lindt", "Quon"),
    ("ACTION: M/S/C (Ruiz/Lindt) to continue the item.", "Ruiz", "Lindt"),
    (
        "It was resolved to object. Proposed Cllr Cedar, seconded Cllr Alder. Agreed with one abstention.",
        "Cllr Cedar",
        "Cllr Alder",
    ),
    ("The accounts were approved. (Prop. Cllr Beech, sec. Cllr Elm)", "Cllr Beech", "Cllr Elm"),
]
COUNTED = [
    ("The motion was carried with 9 votes in favour, 3 against and 1 abstention.", 9, 3, 1),
    ("8 voted for and 2 voted against", 8, 2, None),
    ("carried by 7 votes to 4 with 2 abstentions", 7, 4, 2),
    ("LOST by six votes to nine", 6, 9, None),
    ("For: 7, Against: 4, Abstentions: 2", 7, 4, 2),
    ("VOTE: Ayes 5 Nays 0", 5, 0, None),
    ("Motion passed 5-0.", 5, 0, None),
    ("CARRIED (8/3)", 8, 3, None),
    ("Motion carried 4-2-1", 4, 2, 1),
]


def _bare(name: str | None) -> str | None:
    return name.removeprefix("the ").removeprefix("The ") if name else name


@pytest.mark.parametrize(("line", "mover", "seconder"), MOVED)
def test_movers_and_seconders(line, mover, seconder):
    after = () if line.rstrip().endswith((")", "favour.")) else ("That the matter be approved. Carried.",)
    motions = hear(sheet_of_lines("# 4. Motions", line, *after)).motions
    assert [(_bare(m.mover), _bare(m.seconder)) for m in motions] == [(_bare(mover), _bare(seconder))]


@pytest.mark.parametrize(("line", "votes_for", "against", "abstained"), COUNTED)
def test_votes_by_number(line, votes_for, against, abstained):
    count = count_in(line)
    assert count is not None
    assert (count.votes_for, count.votes_against, count.abstentions) == (votes_for, against, abstained)
