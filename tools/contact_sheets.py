"""Random entries of an index as pictures to look at: `python -m tools.contact_sheets INDEX PAPERS FOLDER`,
then how many (30) and a seed. Each has its heading, kind and words beside the crop of its page with the box,
six a sheet. What is wrong on them is counted by eye: words, boxes, headings."""

from __future__ import annotations

import json
import random
import sys
import textwrap
from contextlib import closing
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from search.drawing import picture_of
from search.index import open_index
from search.papers import Papers

KINDS = ("resolution", "recommendation", "motion", "action", "minutes", "report", "table", "officer", "plan")
SCALE, MARGIN, COLUMN, TALLEST, A_SHEET = 1.5, 40, 620, 520, 6
"""Pixels a point; points around the box that are shown; pixels of the column of words, of a crop's height;
entries a sheet."""
DRAWN_FROM = 11
"""Seed: the same index gives the same entries."""


def drawn(index: Path, n: int, seed: int = DRAWN_FROM) -> list[dict[str, Any]]:
    """N entries drawn at random, as many of each kind as can be, in a fixed order."""
    draw = random.Random(seed)
    with closing(open_index(index)) as db:
        by_kind: list[list[dict[str, Any]]] = []
        for kind in KINDS:
            sql = "SELECT * FROM entries WHERE kind = ? AND page IS NOT NULL ORDER BY key"
            rows = [dict(r) for r in db.execute(sql, [kind])]
            draw.shuffle(rows)
            by_kind.append(rows[: n // 2])
    turns = [rows[i] for i in range(n) for rows in by_kind if i < len(rows)]
    return turns[:n]


def strip(entry: dict[str, Any], number: int, papers: Papers) -> Image.Image:
    """An entry as a picture: what was read on the left, where on the right."""
    font = ImageFont.load_default(15)
    crop = _crop(entry, papers)
    image = Image.new("RGB", (COLUMN + crop.width + 20, max(crop.height, 360) + 10), "white")
    head = f"{number}. {entry['kind']}, {entry['confidence']:.2f}, item {entry['item']}, {entry['outcome']}"
    where = f"{entry['council']}, {entry['committee']}, {entry['day']}, page {entry['page']}"
    lines = [head, where, f"HEADING: {entry['title']}", f"BY: {entry['mover']} / {entry['seconder']}"]
    lines += [f"DUE: {entry['due_text']} {entry['due']}"] if entry["due"] or entry["due_text"] else []
    lines += [f"DOUBTS: {entry['doubts']}"] if entry["doubts"] else []
    lines += ["", (entry["text"] or "")[:900]]
    told = "\n".join(piece for line in lines for piece in (textwrap.wrap(line, 76) or [""]))
    ImageDraw.Draw(image).multiline_text((8, 8), told, fill="black", font=font, spacing=4)
    image.paste(crop, (COLUMN, 5))
    return image


def _crop(entry: dict[str, Any], papers: Papers) -> Image.Image:
    boxes = [r for r in json.loads(entry["regions"] or "[]") if r[0] == entry["page"]]
    path = papers.path(entry["document_id"])
    drawn = picture_of(path, entry["page"], SCALE) if path else None
    if drawn is None or not boxes:
        return Image.new("RGB", (400, 60), "lightgrey")
    page, scale = drawn
    draw = ImageDraw.Draw(page)
    for _, x0, top, x1, bottom in boxes:
        draw.rectangle(tuple(v * scale for v in (x0, top, x1, bottom)), outline=(200, 30, 60), width=2)
    top = max(0, int((min(b[2] for b in boxes) - MARGIN * 2) * scale))
    bottom = min(page.height, int((max(b[4] for b in boxes) + MARGIN) * scale), top + TALLEST)
    return page.crop((0, top, page.width, max(bottom, top + 40)))


def sheets(index: Path, folder_of_papers: Path, target: Path, n: int, seed: int) -> list[Path]:
    """The sheets, one PNG for every six entries."""
    papers, target_files = Papers((folder_of_papers,)), list[Path]()
    target.mkdir(parents=True, exist_ok=True)
    strips = [strip(e, i, papers) for i, e in enumerate(drawn(index, n, seed), 1)]
    for i in range(0, len(strips), A_SHEET):
        some = strips[i : i + A_SHEET]
        sheet = Image.new("RGB", (max(s.width for s in some), sum(s.height + 8 for s in some)), "black")
        y = 0
        for s in some:
            sheet.paste(s, (0, y))
            y += s.height + 8
        target_files.append(target / f"sheet-{i // A_SHEET + 1:02d}.png")
        sheet.save(target_files[-1])
    return target_files


if __name__ == "__main__":
    index, papers, folder = (Path(a) for a in sys.argv[1:4])
    n = int(sys.argv[4]) if len(sys.argv) > 4 else 30
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else DRAWN_FROM
    for file in sheets(index, papers, folder, n, seed):
        print(file)
