"""Trains the weights by which `extractors.parts.face.kind` tells minutes, agendas, reports and decisions
apart.

    python -m tools.train_kind

Reads the papers that lie under the shared folder. Truths name a PDF and its kind; other PDFs count by their
names (weak labels: "Minutes-May-9.pdf", "CityCouncil_2005-01-04.pdf", "Agenda frontsheet.pdf", "24-00108 -
PROD.pdf"); the files of a text folder are minutes. A council weighs the same however many papers it has, and
papers of the councils set aside are never read. Writes extractors/parts/face/kind.json and, beside it,
KIND.md: how many of each council's papers are told right by weights trained on the others.
"""

from __future__ import annotations

import json
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rich.progress import track
from scipy.optimize import minimize

from benchmarks.truths import SET_ASIDE, SHARED, all_truths
from extractors.errors import MinutebookError
from extractors.layout import lay_out
from extractors.model import FURNITURE, Paper
from extractors.parts.face.kind import FEATURES, KINDS, WEIGHTS, features
from extractors.pdf.pages import read_pages
from extractors.tables import find_grids

BY_NAME = (
    ("minutes", r"minutes|^[A-Z]\w+_\d{4}-\d{2}-\d{2}"),
    ("decisions", r"\bpr[o0]d\b|record of decision"),
    ("agenda", r"agenda"),
    ("report", r"\breport\b|eqia|dpia"),
)
"""The first pattern that a file's name has is its label."""
A_FOLDER = 150
"""Papers or texts at the most of one folder."""
PAGES = 3
OTHERS = ("odd",)
"""Folders of papers that are no council's."""
NO_PAPERS = ("icdar2013", "icdar2013-us", "typeset")
"""Folders of tables, and of the texts once more."""
PRIOR = {"minutes": 3.0, "agenda": 3.0, "report": 1.0, "decisions": 0.5, "other": 1.0}
"""How common a kind is among the papers that are read."""
STRENGTH = 0.005
"""How much large weights cost."""


@dataclass(frozen=True, slots=True)
class Example:
    """A paper's counts, its kind and whose it is."""

    council: str
    kind: str
    counts: tuple[float, ...]


def label_of(name: str) -> str | None:
    """The kind that a file's name says it is."""
    return next(
        (
            kind
            for kind, look in BY_NAME
            if re.search(look, name, re.I if kind != "minutes" else 0)
            or (kind == "minutes" and re.search("minutes", name, re.I))
        ),
        None,
    )


def opening_texts(pdf: Path) -> list[str]:
    """The blocks of a paper's first pages, page furniture left out; none of a scan's."""
    paper = Paper(read_pages(pdf, 1, PAGES, ocr="none"))
    grids = {p.number: [g.box for g in find_grids(p)] for p in paper.pages}
    return [b.text for b in lay_out(paper, grids).blocks if b.kind not in FURNITURE]


def of_papers(folder: Path, known: dict[str, str]) -> Iterator[Example]:
    """Labelled PDFs of a folder, every so many; `known` are kinds by file name from truths."""
    found = [(pdf, kind) for pdf in sorted(folder.rglob("*.pdf")) if (kind := _kind_of(pdf, known))]
    for pdf, kind in found[:: -(-len(found) // A_FOLDER)] if found else ():
        try:
            texts = opening_texts(pdf)
        except MinutebookError:
            continue  # a paper that cannot be opened teaches nothing
        if texts:
            yield Example(_council_of(pdf), kind, tuple(features(texts)))


def _council_of(pdf: Path) -> str:
    """The folder's name; the odd papers, which are no council's, are five of one each."""
    council = pdf.parent.name
    return f"{council} {zlib.crc32(pdf.name.encode()) % 5}" if council in OTHERS else council


def _kind_of(pdf: Path, known: dict[str, str]) -> str | None:
    if any(aside in re.sub(r"\W", "", pdf.parent.name.lower()) for aside in SET_ASIDE):
        return None
    kind = "other" if pdf.parent.name in OTHERS else known.get(pdf.name) or label_of(pdf.name)
    kind = "agenda" if kind == "agenda_pack" else kind
    return kind if kind in KINDS else None


def of_texts(folders: Sequence[Path]) -> Iterator[Example]:
    """Minutes as plain text, a paragraph a block; every so many of a folder."""
    for folder in folders:
        files = sorted(f for f in folder.iterdir() if f.suffix in (".md", ".txt"))
        for file in files[:: max(1, len(files) // A_FOLDER)]:
            told = file.read_text("utf-8", errors="replace").split("---\n", 1)[-1]
            blocks = [" ".join(b.split()) for b in re.split(r"\n\s*\n", told) if b.strip()]
            yield Example(folder.name + " (text)", "minutes", tuple(features(blocks)))


def train(examples: Sequence[Example]) -> np.ndarray:
    """Weights, a row a kind: bias, then FEATURES. Each council and each kind in it weighs the same."""
    x = np.array([[1.0, *e.counts] for e in examples])
    y = np.array([KINDS.index(e.kind) for e in examples])
    papers = Counter((e.council, e.kind) for e in examples)
    of_kind = Counter(kind for _, kind in papers)
    share = np.array([PRIOR[e.kind] / papers[e.council, e.kind] / of_kind[e.kind] for e in examples])
    share /= share.sum()

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(len(KINDS), -1)
        z = x @ w.T
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        rows = np.arange(len(y))
        loss = -(share * np.log(p[rows, y] + 1e-12)).sum() + STRENGTH * (w[:, 1:] ** 2).sum() / 2
        p[rows, y] -= 1
        slope = (share[:, None] * p).T @ x
        slope[:, 1:] += STRENGTH * w[:, 1:]
        return loss, slope.ravel()

    start = np.zeros(len(KINDS) * x.shape[1])
    return minimize(cost, start, jac=True, method="L-BFGS-B").x.reshape(len(KINDS), -1)


def told(weights: np.ndarray, example: Example) -> str:
    """The likeliest kind."""
    return KINDS[int(np.argmax(weights @ np.array([1.0, *example.counts])))]


def left_out(examples: Sequence[Example]) -> list[tuple[str, int, int, str]]:
    """By council, how many papers are right, and of how many, by weights trained on the others, and what the
    wrong ones were told to be."""
    by: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        by[e.council.removesuffix(" (text)")].append(e)
    out: list[tuple[str, int, int, str]] = []
    for council, own in sorted(by.items()):
        weights = train([e for c, es in by.items() if c != council for e in es])
        wrong = Counter(f"{e.kind} told {told(weights, e)}" for e in own if told(weights, e) != e.kind)
        said = ", ".join(f"{n} {what}" for what, n in wrong.most_common())
        out.append((council, len(own) - sum(wrong.values()), len(own), said))
    return out


def write(weights: np.ndarray, examples: Sequence[Example]) -> None:
    """The weights by name, and what they were trained on."""
    out: dict[str, object] = {
        kind: {"bias": round(float(row[0]), 4)}
        | {name: round(float(v), 4) for name, v in zip(FEATURES, row[1:], strict=True)}
        for kind, row in zip(KINDS, weights, strict=True)
    }
    out["trained on"] = dict(sorted(Counter(f"{e.kind} of {e.council}" for e in examples).items()))
    WEIGHTS.write_text(json.dumps(out, indent=1) + "\n", "utf-8")


CARD = """# Model of kinds

Made {day} by `make train` (tools/train_kind.py): a softmax over counts of cues on a paper's first pages,
which tells minutes, agendas, reports, records of decision and other papers apart (kind.json).

**From** {papers} papers. A label is what a truth says, else what the file's name says; papers that are no
council's count as other. A council weighs the same however many papers it has. Councils set aside
(benchmarks/truths.py) were not seen. No sentence is shipped: weights only.

**Figures**: papers told right, each council by weights trained on all others; {right:.1%} of all,
{mean:.1%} as the councils' mean.

| council | right | of | wrong |
| --- | --- | --- | --- |
{figures}

**Limits**: English only; names of files are labels with errors of their own; records of decision are one
council's. What a paper is called at its head goes before the model where both are heard
(`records_a_meeting`). Apache-2.0.
"""


def write_card(figures: Sequence[tuple[str, int, int, str]]) -> None:
    """KIND.md beside the weights: what from, figures, limits, licence."""
    right, papers = sum(f[1] for f in figures), sum(f[2] for f in figures)
    text = CARD.format(
        day=date.today().isoformat(),
        papers=papers,
        right=right / papers,
        mean=sum(r / n for _, r, n, _ in figures) / len(figures),
        figures="\n".join(f"| {council} | {ok} | {n} | {said} |" for council, ok, n, said in figures),
    )
    WEIGHTS.with_name("KIND.md").write_text(text, "utf-8")


def main() -> None:
    """The command."""
    known = {Path(t.says["file"]).name: t.says["kind"] for t in all_truths() if t.says.get("kind")}
    folders = sorted(p for p in (SHARED / "corpus").glob("*") if p.is_dir() and p.name not in NO_PAPERS)
    strangers = [p for f in folders if f.name == "strangers" for p in sorted(f.iterdir())]
    examples = [
        e
        for folder in track([*(f for f in folders if f.name != "strangers"), *strangers], "Reading papers")
        for e in of_papers(folder, known)
    ]
    examples += of_texts(sorted((SHARED / "text").glob("*")))
    if not examples:
        raise SystemExit("no papers to learn from: MINUTEBOOK_SHARED names the folder that holds them")
    write(train(examples), examples)
    write_card(left_out(examples))


if __name__ == "__main__":
    main()
