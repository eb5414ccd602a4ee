"""Tables that no rule shows, and what looks like one and is none."""

from __future__ import annotations

from extractors.model import Page, Rule
from extractors.tables import find_grids, join_tables, read_grid
from tests.test_table_shapes import HEIGHT, WIDTH, level, line, read, upright

Cells = list[tuple[float, str]]

REGISTER = [
    line(120, (60, "Vessel"), (220, "Keeper"), (400, "Due at the quay")),
    line(140, (60, "Avocet"), (220, "Ann Gray, harbour"), (400, "First week of May")),
    line(152, (220, "master of the north")),
    line(172, (60, "Bittern"), (220, "Ben Rolls"), (400, "Not before the dredging")),
    line(184, (400, "of the basin is done")),
    line(204, (60, "Curlew"), (220, "Cara Fenn"), (400, "Second week of June")),
    line(224, (60, "Dunlin"), (220, "Dan Oakes"), (400, "Laid up")),
]


def flat(grid: list[list[str]]) -> list[list[str]]:
    return [[" ".join(c.split()) for c in row] for row in grid]


def test_words_in_columns_are_a_table_and_wrapped_lines_one_row():
    (grid,) = read([w for row in REGISTER for w in row], [])
    assert flat(grid) == [
        ["Vessel", "Keeper", "Due at the quay"],
        ["Avocet", "Ann Gray, harbour master of the north", "First week of May"],
        ["Bittern", "Ben Rolls", "Not before the dredging of the basin is done"],
        ["Curlew", "Cara Fenn", "Second week of June"],
        ["Dunlin", "Dan Oakes", "Laid up"],
    ]


def test_rows_without_room_between_them_go_on_where_a_cell_is_unfinished():
    found = [
        *line(120, (60, "Charge"), (300, "Last year"), (430, "This year")),
        *line(132, (60, "Mooring for the"), (300, "120.00"), (430, "125.00")),
        *line(144, (60, "season")),
        *line(156, (60, "Slipway"), (300, "14.50"), (430, "15.00")),
        *line(168, (60, "Winter storage"), (300, "88.00"), (430, "91.00")),
        *line(180, (60, "Crane"), (300, "45.00"), (430, "47.50")),
    ]
    (grid,) = read(found, [])
    assert [row[0].replace("\n", " ") for row in grid] == [
        "Charge",
        "Mooring for the season",
        "Slipway",
        "Winter storage",
        "Crane",
    ]


def test_rolls_addresses_and_letters_heads_are_none():
    rolls = [
        *line(120, (60, "Present:"), (160, "Councillors Gray, Rolls, Fenn and Oakes, and the Mayor")),
        *line(134, (160, "in the chair, with the clerk.")),
        *line(154, (60, "Absent:"), (160, "None.")),
    ]
    head = [
        *line(320, (60, "To:"), (160, "Members of the Harbour Committee and of the council")),
        *line(340, (60, "From:"), (160, "Ann Gray, harbour master")),
        *line(360, (60, "Date:"), (160, "4 May 2031")),
        *line(380, (60, "Subject:"), (160, "Dredging of the north basin before the season")),
    ]
    assert read([*rolls, *head], []) == []


def test_numbered_paragraphs_are_none():
    found = [
        w
        for i in range(6)
        for w in line(
            120 + 14 * i,
            (60, f"{i + 1}."),
            (90, "The committee noted the report of the harbour master on the state of it"),
        )
    ]
    assert read(found, []) == []


def test_a_drawing_with_labels_is_none():
    labels = [w for i, row in enumerate(REGISTER) for w in row if i]
    assert read(labels, [upright(x, 110, 230) for x in (200, 300, 380, 500)]) == []


def test_two_tables_under_one_another_are_two():
    def block(top: float, name: str) -> list[list[tuple[float, str]]]:
        return [
            [(60, name), (220, "Status"), (400, "Berths")],
            [(220, "Let for the year"), (400, "12 (7)")],
            [(220, "Let by the week"), (400, "4 (2)")],
            [(220, "Kept for visitors"), (400, "6 (6)")],
        ]

    found = [w for i, row in enumerate(block(0, "North basin")) for w in line(120 + 18 * i, *row)]
    found += [w for i, row in enumerate(block(0, "South basin")) for w in line(205 + 18 * i, *row)]
    north, south = read(found, [])
    assert (north[0][0], south[0][0], len(north), len(south)) == ("North basin", "South basin", 4, 4)


def test_level_rules_part_the_rows_of_words_in_columns():
    found = [w for row in REGISTER for w in row]
    (grid,) = read(found, [level(y) for y in (107, 126, 158, 190, 210, 230)])
    assert [row[0] for row in grid] == ["Vessel", "Avocet", "Bittern", "Curlew", "Dunlin"]


def test_a_table_of_words_goes_on_over_the_page():
    def page(number: int, rows: list[Cells], top: float) -> Page:
        words = tuple(w for i, row in enumerate(rows) for w in line(top + 20 * i, *row))
        moved = tuple(type(w)(w.text, w.box._replace(page=number), w.size) for w in words)
        return Page(number, WIDTH, HEIGHT, moved, tuple[Rule, ...]())

    first: list[Cells] = [[(60, "Vessel"), (220, "Keeper"), (400, "Due at the quay")]]
    first += [[(60, f"Boat {c}"), (220, "Ann Gray"), (400, "First week of May")] for c in "ABCDE"]
    rest: list[Cells] = [[(60, f"Boat {c}"), (220, "Ben Rolls, deputy"), (400, "In June")] for c in "FGHIJ"]
    pages = [page(1, first, 700), page(2, rest, 60)]
    tables = [read_grid(g, p.words) for p in pages for g in find_grids(p)]
    (joined,) = join_tables(tables, {1: (WIDTH, HEIGHT), 2: (WIDTH, HEIGHT)}, {})
    assert (joined.n_rows, joined.n_cols) == (11, 3)
