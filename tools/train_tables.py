"""Trains the weights by which `extractors.tables.table_or_list` tells a table that no rule shows from lists,
rolls, agendas, letters' heads and columns of prose.

    python -m tools.train_tables

Nobody labels by hand. A ruled table whose rules are taken away is a table; words in columns that no table
holds are none. The cells of the ruled tables are set anew without rules, too, in several styles, by chromium
where it is at hand. Papers of councils set aside, every third American paper of ICDAR-2013 and the seed pack
are never read. Writes table_or_list.json and, beside it, TABLE_OR_LIST.md: how many candidates of each paper
are told right by weights trained on other papers.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path

import numpy as np
from rich.progress import track
from scipy.optimize import minimize

from benchmarks.tables import halves
from benchmarks.truths import SET_ASIDE, SHARED
from extractors.errors import MinutebookError
from extractors.model import Page, Table
from extractors.pdf.pages import count_pages, read_pages
from extractors.tables import find_grids, read_grid
from extractors.tables.bands import bands_of
from extractors.tables.borderless import LIKELY, body_size, full_columns
from extractors.tables.regions import Region, regions_of
from extractors.tables.table_or_list import FEATURES, WEIGHTS, features

PAGES = 60
EVERY = {"alameda-by-date": 6}
"""Of so many papers of one kind, one is read."""
FOLDERS = ("kent", "nipissing", "alameda-by-date", "strangers", "odd", "icdar2013", "icdar2013-us")
STYLES = {
    "padded": "td{padding:3px 5px;text-align:left}",
    "tight": "td{padding:0 6px;text-align:left} tr:first-child td{font-weight:bold}",
    "right": "td{padding:2px 8px} td+td{text-align:right} tr:first-child td{font-weight:bold}",
    "middle": "td{padding:4px 10px;vertical-align:middle!important}",
    "same": "table{font-size:10pt!important} td{padding:1px 12px 1px 0}",
    "centred": "td{padding:3px 9px;text-align:center} td:first-child{text-align:left}",
}
PAGE = (
    "@page{size:A4;margin:2cm} body{font:10pt/1.3 sans-serif} tr{break-inside:avoid} td{vertical-align:top}"
    "table{margin:1em 0;font-size:8.5pt;border-collapse:collapse}"
)
PROSE = (
    "The committee received the report of the director and considered the points that members had raised at "
    "the last meeting. It was explained that further work on the programme would be needed before the end of "
    "the year."
)
A_PAPER = 6
"""Tables of a paper that are set anew."""
ALIKE, APART = 0.8, 0.1
"""Shares of words in common from which a candidate is a table, and below which it is none."""
FOLDS = 8
STRENGTH = 0.03
"""How much large weights cost."""


@dataclass(frozen=True, slots=True)
class Example:
    """A candidate's counts, whether it is a table, the paper it is from and whether that was set anew."""

    paper: str
    table: bool
    counts: tuple[float, ...]
    anew: bool = False


def papers() -> list[Path]:
    """The papers that may be learned from."""
    aside = set(halves()["American, set aside"])
    out: list[Path] = []
    for name in FOLDERS:
        found = sorted((SHARED / "corpus" / name).rglob("*.pdf"))
        out += [p for p in found[:: EVERY.get(name, 1)] if p not in aside and not _is_aside(p)]
    return out


def _is_aside(pdf: Path) -> bool:
    return any(name in re.sub(r"\W", "", pdf.parent.name.lower()) for name in SET_ASIDE)


def pages_of(pdf: Path) -> tuple[Page, ...]:
    """A paper's first pages; none of one that cannot be read."""
    try:
        return tuple(read_pages(pdf, 1, min(PAGES, count_pages(pdf)), ocr="none"))
    except MinutebookError:
        return ()


def candidates(page: Page) -> Iterator[tuple[Region, tuple[float, ...]]]:
    """What might be a table on the page if it had no rules, with its counts."""
    bare = replace(page, rules=())
    for region in regions_of(bare, ()):
        columns = full_columns(region.lines, region.size)
        if len(columns) >= 2:
            rows = bands_of(region.lines, columns, region.size)
            yield region, features(rows, columns, page.width, body_size(page))


def of_page(paper: str, page: Page) -> Iterator[Example]:
    """Candidates that a table holds or no table touches; figures in columns that none holds teach nothing,
    since they may be a table that no rule shows."""
    boxes = [g.box for g in find_grids(page) if g.engine != "words"]
    tables = [{id(w) for w in page.words if b.holds(*w.box.middle)} for b in boxes]
    figures = FEATURES.index("figures")
    for region, counts in candidates(page):
        own = {id(w) for w in region.words}
        whole = max((len(own & t) / len(own | t) for t in tables), default=0.0)
        held = max((len(own & t) / len(own) for t in tables), default=0.0)
        if whole >= ALIKE or (held >= 0.95 and whole > 0.2):
            if len(region.lines) > 2 or counts[FEATURES.index("two columns")] == 0:
                yield Example(paper, True, counts)
        elif held < APART and counts[figures] <= 0.5:
            yield Example(paper, False, counts)


def set_anew(paper: str, tables: Sequence[Table], folder: Path) -> Iterator[Example]:
    """The tables without rules, in half of the styles, prose between them."""
    grids = [t.grid() for t in tables if _is_plain(t)][:A_PAPER]
    name = f"{zlib.crc32(paper.encode()):08x}"
    for i, (style, css) in enumerate(STYLES.items()):
        if not grids or (i + len(paper)) % 2:
            continue
        html, pdf = folder / f"{name}-{style}.html", folder / f"{name}-{style}.pdf"
        body = "".join(f"<p>{PROSE}</p>{_html(g)}" for g in grids)
        html.write_text(f"<!doctype html><meta charset=utf-8><style>{PAGE}{css}</style>{body}", "utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        subprocess.run([*command, f"--print-to-pdf={pdf}", str(html)], check=True, capture_output=True)
        yield from of_printed(paper, pdf, grids)


def of_printed(paper: str, pdf: Path, grids: Sequence[list[list[str]]]) -> Iterator[Example]:
    """Candidates of a paper whose tables are known by their words."""
    known = [Counter(w for row in g for c in row for w in c.split()) for g in grids]
    for page in pages_of(pdf):
        for region, counts in candidates(page):
            own = Counter(w.text for w in region.words)
            whole = max((own & t).total() / (own | t).total() for t in known)
            held = max((own & t).total() / own.total() for t in known)
            if whole > ALIKE or (held > 0.97 and whole > 0.3) or held < 0.5:
                yield Example(paper, held >= 0.5, counts, anew=True)


def _is_plain(table: Table) -> bool:
    """Small enough for a page, most cells filled."""
    filled = sum(bool(c.text.strip()) for c in table.cells)
    return (
        table.accuracy > 0.97
        and 2 <= table.n_rows <= 25
        and 2 <= table.n_cols <= 9
        and filled >= 0.6 * table.n_rows * table.n_cols
        and max(len(c.text) for c in table.cells) <= 250
    )


def _html(grid: list[list[str]]) -> str:
    rows = ("".join(f"<td>{escape(' '.join(c.split()))}</td>" for c in row) for row in grid)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def examples() -> list[Example]:
    """All of them."""
    out: list[Example] = []
    prints = shutil.which("chromium") is not None
    with tempfile.TemporaryDirectory() as made:
        for pdf in track(papers(), "Reading papers"):
            paper, tables = f"{pdf.parent.name}/{pdf.stem}", list[Table]()
            for page in pages_of(pdf):
                out += of_page(paper, page)
                tables += [read_grid(g, page.words) for g in find_grids(page) if g.engine != "words"]
            out += set_anew(paper, tables, Path(made)) if prints else ()
    return out


def train(found: Sequence[Example]) -> np.ndarray:
    """Weights in the order of FEATURES. A paper counts by the root of how many candidates it has; tables
    weigh as much as all others."""
    x = np.array([e.counts for e in found])
    y = np.array([float(e.table) for e in found])
    many = Counter((e.paper, e.anew, e.table) for e in found)
    share = np.array([1 / np.sqrt(many[e.paper, e.anew, e.table]) for e in found])
    share[y == 1] *= share[y == 0].sum() / share[y == 1].sum()

    def cost(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        slope = x.T @ (share * (1 / (1 + np.exp(-z)) - y)) + 2 * STRENGTH * np.r_[0, w[1:]]
        return float((share * (np.logaddexp(0, z) - y * z)).sum() + STRENGTH * (w[1:] ** 2).sum()), slope

    return minimize(cost, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x


def left_out(found: Sequence[Example]) -> list[tuple[Example, bool]]:
    """Each example with what weights say that were trained on other papers."""
    folds: dict[int, list[Example]] = defaultdict(list)
    for e in found:
        folds[zlib.crc32(e.paper.encode()) % FOLDS].append(e)
    out: list[tuple[Example, bool]] = []
    for fold, own in sorted(folds.items()):
        weights = train([e for f, es in folds.items() if f != fold for e in es])
        out += [(e, bool(1 / (1 + np.exp(-(weights @ np.array(e.counts)))) >= LIKELY)) for e in own]
    return out


CARD = """# Model of tables that no rule shows

Made {day} by `python -m tools.train_tables`: a logistic regression over counts of a run of lines that
share a gutter (table_or_list.json), which tells tables from lists in columns, rolls, agendas with pages,
letters' heads and columns of prose.

**From** {examples} candidates of {papers} papers. Labels come from ruled tables: with their rules taken away
they are tables, what stands in columns outside them is none. Their cells were set anew without rules as well.
Councils set aside, every third American paper of ICDAR-2013 and the seed pack were not seen. No sentence is
shipped: weights only.

**Figures**, each paper by weights trained on others, at the likelihood that is asked for ({likely}):

| candidates | of them | told right |
| --- | --- | --- |
{figures}

**Limits**: some of the candidates that count as none are tables that no rule shows, so that the last line is
too low. Apache-2.0.
"""


def write(weights: np.ndarray, found: Sequence[Example]) -> None:
    """The weights by name, and the card beside them."""
    named = {name: round(float(w), 3) for name, w in zip(FEATURES, weights, strict=True)}
    WEIGHTS.write_text(json.dumps(named, indent=1) + "\n", "utf-8")
    told = left_out(found)
    lines: list[str] = []
    for what, table, anew in (
        ("ruled tables, their rules taken away", True, False),
        ("tables set anew without rules", True, True),
        ("words in columns outside tables", False, False),
    ):
        own = [is_table == e.table for e, is_table in told if e.table == table and e.anew == anew]
        lines.append(f"| {what} | {len(own)} | {sum(own) / max(1, len(own)):.1%} |")
    card = CARD.format(
        day=date.today().isoformat(),
        examples=len(found),
        papers=len({e.paper for e in found}),
        likely=LIKELY,
        figures="\n".join(lines),
    )
    WEIGHTS.with_name("TABLE_OR_LIST.md").write_text(card, "utf-8")
    print("\n".join(lines))


def main() -> None:
    """The command."""
    found = examples()
    if not found:
        raise SystemExit("no papers to learn from: MINUTEBOOK_SHARED names the folder that holds them")
    write(train(found), found)


if __name__ == "__main__":
    main()
