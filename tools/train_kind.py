"""Trains the weights by which `extractors.parts.face.kind` tells minutes, agendas, reports and decisions
apart.

    python -m tools.train_kind --truths FOLDER... --papers FOLDER... --text FOLDER... [--aside COUNCIL...]

Truths name a PDF and its kind; other PDFs count by their names (weak labels: "Minutes-May-9.pdf",
"CityCouncil_2005-01-04.pdf", "Agenda frontsheet.pdf", "24-00108 - PROD.pdf"); the files of a text folder are
minutes. A council weighs the same however many papers it has, and papers of the councils set aside are never
read. Prints how many each council's papers are told right by weights trained on the others, then writes
extractors/parts/face/kind.json. Takes about a second a paper.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from extractors.layout import lay_out
from extractors.model import FURNITURE
from extractors.parts.face.kind import FEATURES, KINDS, WEIGHTS, features
from extractors.pdf.pages import read_paper
from extractors.tables import find_grids

BY_NAME = (
    ("minutes", r"minutes|^[A-Z]\w+_\d{4}-\d{2}-\d{2}"),
    ("decisions", r"\bpr[o0]d\b|record of decision"),
    ("agenda", r"agenda"),
    ("report", r"\breport\b|eqia|dpia"),
)
"""The first pattern that a file's name has is its label."""
A_TEXT_FOLDER = 150
"""Files at the most of one folder of text."""
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
    """The blocks of a paper's first three pages, page furniture left out."""
    paper = read_paper(pdf)
    grids = {p.number: [g.box for g in find_grids(p)] for p in paper.pages[:3]}
    blocks = lay_out(paper, grids).blocks
    return [b.text for b in blocks if b.page <= 3 and b.kind not in FURNITURE]


def of_papers(folders: Sequence[Path], known: dict[str, str], aside: set[str]) -> Iterator[Example]:
    """Labelled PDFs; `known` are kinds by file name from truths."""
    for pdf in sorted(p for folder in folders for p in folder.rglob("*.pdf")):
        council = pdf.parent.name
        kind = known.get(pdf.name) or label_of(pdf.name)
        if kind and not any(a in re.sub(r"\W", "", council.lower()) for a in aside):
            kind = "agenda" if kind == "agenda_pack" else kind
            if kind in KINDS:
                yield Example(council, kind, tuple(features(opening_texts(pdf))))


def of_texts(folders: Sequence[Path]) -> Iterator[Example]:
    """Minutes as plain text, a paragraph a block; every so many of a folder."""
    for folder in folders:
        files = sorted(f for f in folder.iterdir() if f.suffix in (".md", ".txt"))
        for file in files[:: max(1, len(files) // A_TEXT_FOLDER)]:
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


def left_out(examples: Sequence[Example]) -> None:
    """Print, council by council, how many are right by weights trained on the others."""
    by: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        by[e.council.removesuffix(" (text)")].append(e)
    for council, own in sorted(by.items()):
        others = [e for c, es in by.items() if c != council for e in es]
        weights = train(others)
        wrong = Counter(f"{e.kind} told {told(weights, e)}" for e in own if told(weights, e) != e.kind)
        print(f"{council:40} {len(own) - sum(wrong.values())} of {len(own)}  {dict(wrong) or ''}")


def write(weights: np.ndarray, examples: Sequence[Example]) -> None:
    """The weights by name, and what they were trained on."""
    out: dict[str, object] = {
        kind: {"bias": round(float(row[0]), 4)}
        | {name: round(float(v), 4) for name, v in zip(FEATURES, row[1:], strict=True)}
        for kind, row in zip(KINDS, weights, strict=True)
    }
    out["trained on"] = dict(sorted(Counter(f"{e.kind} of {e.council}" for e in examples).items()))
    WEIGHTS.write_text(json.dumps(out, indent=1) + "\n", "utf-8")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    for name in ("truths", "papers", "text"):
        parser.add_argument(f"--{name}", nargs="*", type=Path, default=[])
    parser.add_argument("--aside", nargs="*", default=[])
    asked = parser.parse_args()
    known: dict[str, str] = {}
    for file in (f for folder in asked.truths for f in folder.glob("*.json")):
        truth = json.loads(file.read_text("utf-8"))
        if truth.get("kind"):
            known[Path(truth.get("file") or truth["source"]).name] = truth["kind"]
    examples = [*of_papers(asked.papers, known, set(asked.aside)), *of_texts(asked.text)]
    left_out(examples)
    write(train(examples), examples)


if __name__ == "__main__":
    main()
