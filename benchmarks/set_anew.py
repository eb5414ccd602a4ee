"""The seed pack set anew, its tables in other styles: `python -m benchmarks.set_anew FOLDER`.

The pack's own text and tables become HTML, which weasyprint and chromium set, as far as they are at hand.
Their rules are not those of a word processor: boxes filled a point wide, a box a cell, level rules alone, no
rule at all. What `benchmarks.tables` reads there is compared with the same grids as the pack's own.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html import escape, unescape
from pathlib import Path

STYLES = {
    "rules": "table{border-collapse:collapse} td{border:1px solid #000}",
    "boxes": "table{border-collapse:separate;border-spacing:2px} td{border:1px solid #555}",
    "level": "table{border-collapse:collapse;border-top:1px solid #000} tr{border-bottom:1px solid #000}",
    "none": "table{border-collapse:collapse}",
}
PAGE = (
    "@page{size:A4;margin:2cm} body{font:10pt/1.3 sans-serif} h1,h2,h3{font-size:12pt}"
    "table{width:100%;margin:1em 0;font-size:8pt} td{padding:3px 5px;vertical-align:top;text-align:left}"
)
ENGINES = {
    "weasyprint": ["weasyprint", "{html}", "{pdf}"],
    "chromium": ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                 "--print-to-pdf={pdf}", "{html}"],
}  # fmt: skip
Grid = list[list[str]]


def html_of(text: str, tables: list[Grid], style: str) -> str:
    """The text's paragraphs and headings with each table where its first row stands; rows of tables are lines
    with tabs."""
    waiting, body = list(tables), list[str]()
    for line in text.splitlines():
        if "\t" in line:
            if waiting and _key(line.split("\t")) == _key(waiting[0][0]):
                body.append(_table(waiting.pop(0)))
        elif line.strip():
            body.append(_paragraph(line.strip()))
    body += map(_table, waiting)
    return f"<!doctype html><meta charset=utf-8><style>{PAGE}{STYLES[style]}</style>{''.join(body)}"


def _key(row: list[str]) -> str:
    return re.sub(r"\W+", "", re.sub(r"<[^>]+>", "", unescape("".join(row)))).lower()


def _table(grid: Grid) -> str:
    rows = ("".join(f"<td>{escape(c).replace(chr(10), '<br>')}</td>" for c in row) for row in grid)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _paragraph(line: str) -> str:
    plain = escape(unescape(re.sub(r"<[^>]+>|\*\*|\[([^\]]*)\]\([^)]*\)", r"\1", line.lstrip("#- "))))
    return f"<h2>{plain}</h2>" if line.startswith("#") else f"<p>{plain}</p>"


def set_anew(seed: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """(engine and style, PDF) of the pack in every setting that the engines at hand can make."""
    text = (seed / "pack.md").read_text("utf-8")
    tables = [t["cells"] for t in json.loads((seed / "pack_tables.json").read_text("utf-8"))["tables"]]
    folder.mkdir(parents=True, exist_ok=True)
    for engine, command in ENGINES.items():
        if not shutil.which(command[0]):
            continue
        for style in STYLES:
            html, pdf = folder / f"{style}.html", folder / f"{engine}-{style}.pdf"
            if not pdf.exists():
                html.write_text(html_of(text, tables, style), "utf-8")
                made = [part.format(html=html, pdf=pdf) for part in command]
                subprocess.run(made, check=True, capture_output=True, timeout=300)
            yield f"{engine}, {style}", pdf


if __name__ == "__main__":
    for setting, made in set_anew(Path(sys.argv[2]), Path(sys.argv[1])):
        print(setting, made)
