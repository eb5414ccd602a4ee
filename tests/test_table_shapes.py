"""Tables by their rules and words: heads in stacks, rows that a page cuts, rows between level rules."""

from __future__ import annotations

from extractors.model import Box, Page, Rule, Word
from extractors.tables import find_grids, read_grid

SIZE = 10.0
WIDTH, HEIGHT = 595.0, 842.0


def words(x: float, bottom: float, text: str) -> list[Word]:
    """Words of letters half the type size wide, a word space between them, from x on."""
    out: list[Word] = []
    for token in text.split():
        end = x + 5 * len(token)
        out.append(Word(token, Box(1, x, bottom - SIZE, end, bottom), SIZE))
        x = end + 3
    return out


def line(bottom: float, *cells: tuple[float, str]) -> list[Word]:
    return [w for x, text in cells for w in words(x, bottom, text)]


def level(y: float, x0: float = 60, x1: float = 540) -> Rule:
    return Rule(x0, y, x1, y, True)


def upright(x: float, top: float, bottom: float) -> Rule:
    return Rule(x, top, x, bottom, False)


def read(found: list[Word], rules: list[Rule]) -> list[list[list[str]]]:
    page = Page(1, WIDTH, HEIGHT, tuple(found), tuple(rules))
    return [read_grid(g, page.words).grid() for g in find_grids(page)]


def test_heads_over_several_columns_are_a_row_of_their_own():
    head = [
        *line(114, (225, "Marlow"), (405, "Tintern")),
        *line(130, (60, "Ward"), (200, "Seats"), (280, "Votes"), (380, "Seats"), (460, "Votes")),
    ]
    body = [
        w
        for i, name in enumerate(("North", "South", "Harbour"))
        for w in line(150 + 16 * i, (60, name), (200, "3"), (280, "410"), (380, "2"), (460, "305"))
    ]
    (grid,) = read(
        [*head, *body], [level(100), level(134), level(190), level(117, 195, 310), level(117, 375, 490)]
    )
    assert grid[:3] == [
        ["Ward", "Marlow", "", "Tintern", ""],
        ["", "Seats", "Votes", "Seats", "Votes"],
        ["North", "3", "410", "2", "305"],
    ]
    assert len(grid) == 5


def test_a_head_of_two_lines_is_one_row():
    found = [
        *line(114, (200, "Number of"), (380, "Share of")),
        *line(126, (60, "Ward"), (200, "votes"), (380, "votes")),
        *line(150, (60, "North"), (200, "410"), (380, "57")),
        *line(166, (60, "South"), (200, "305"), (380, "43")),
    ]
    (grid,) = read(found, [level(100), level(130), level(172)])
    assert [c.split() for c in grid[0]] == [["Ward"], ["Number", "of", "votes"], ["Share", "of", "votes"]]


def test_a_row_that_the_page_cuts_is_closed():
    found = [
        *line(614, (65, "Action"), (305, "Owner")),
        *line(640, (65, "Mend the quay"), (305, "Ann Gray")),
        *line(680, (65, "Count the boats"), (305, "Ben Rolls")),
    ]
    sides = [upright(x, 600, 700) for x in (60, 300, 540)]
    (grid,) = read(found, [*sides, level(600), level(620), level(660)])
    assert grid[-1] == ["Count the boats", "Ben Rolls"] and len(grid) == 3


def test_level_rules_part_rows_of_several_lines():
    found = [
        *line(114, (65, "Action"), (305, "Owner")),
        *line(134, (65, "Mend the quay and"), (305, "Ann Gray")),
        *line(146, (65, "Report in May")),
        *line(166, (65, "Count the boats"), (305, "Ben Rolls,")),
        *line(178, (305, "Harbour Office")),
    ]
    (grid,) = read(found, [level(100), level(120), level(152), level(184)])
    assert [[" ".join(c.split()) for c in row] for row in grid] == [
        ["Action", "Owner"],
        ["Mend the quay and Report in May", "Ann Gray"],
        ["Count the boats", "Ben Rolls, Harbour Office"],
    ]


def test_prose_between_level_rules_parts_tables():
    found = [
        *line(114, (65, "Ward"), (305, "Votes")),
        *line(130, (65, "North"), (305, "410")),
        *line(
            160,
            (65, "The members thanked every officer who had counted these votes through so long a night."),
        ),
        *line(194, (65, "Boat"), (305, "Dues")),
        *line(210, (65, "Avocet"), (305, "20")),
    ]
    rules = [level(y) for y in (100, 118, 136, 180, 198, 216)]
    assert [len(g) for g in read(found, rules)] == [2, 2]


def test_labels_beside_the_rules_are_a_column():
    rows = [("Salaries", "373"), ("Travel", "20"), ("Rent", "170"), ("Supplies", "11"), ("Telephone", "55")]
    found = [w for i, (a, b) in enumerate(rows) for w in line(114 + 20 * i, (65, a), (305, b), (425, "1"))]
    rules = [level(100 + 20 * i, 300, 540) for i in range(6)] + [
        upright(x, 100, 200) for x in (300, 420, 540)
    ]
    (grid,) = read(found, rules)
    assert grid == [[a, b, "1"] for a, b in rows]
