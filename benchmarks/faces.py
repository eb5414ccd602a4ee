"""How often the date, the body and the kind of minutes are read as the papers' file names say them.

    python -m benchmarks.faces OUTPUT PAPERS [--list]

OUTPUT holds the datasets that `minutebook extract PAPERS... -o OUTPUT` wrote; a paper is named
BODY_YYYY-MM-DD.pdf ("PlanningBoard_2012-11-26.pdf"). Names are people's too: a paper misdated by its clerk,
or whose board was called otherwise in that year, counts as wrong here. `--list` prints those that differ.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

SMALL = {"the", "of", "on", "and", "for", "with"}


def rows(output: Path, dataset: str, columns: list[str]) -> list[dict[str, Any]]:
    """A dataset's rows, some of their columns."""
    found = ds.dataset(output / dataset, format="parquet")
    return found.to_table(columns=columns).to_pylist()


def stems(name: str) -> set[str]:
    """The first five letters of a name's words: "CommissiononPersons" and "Commission on Persons" are
    alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    spaced = re.sub(r"(?<=[a-z])(on|of|the|and)(?= [A-Z])", r" \1", spaced)
    return {w[:5] for w in re.findall(r"[a-z]+", spaced.lower()) if w not in SMALL}


def same_body(said: str, named: str) -> bool:
    """Whether at least two in three words of the file's name are in the body's, or the other way round."""
    a, b = stems(said), stems(named)
    return bool(a and b) and len(a & b) >= 2 / 3 * min(len(a), len(b))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("output", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    kinds = {r["document_id"]: r for r in rows(asked.output, "documents", ["document_id", "kind", "council"])}
    met: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in rows(asked.output, "meetings", ["document_id", "committee", "date"]):
        met[r["document_id"]].append(r)
    right: dict[str, list[bool]] = defaultdict(list)
    for pdf in sorted(asked.papers.rglob("*_????-??-??*.pdf")):
        body, day = pdf.stem.split("_")[:2]
        key = hashlib.sha256(pdf.read_bytes()).hexdigest()
        paper, own = kinds.get(key, {}), met[key]
        told = {
            "date": any(str(m["date"]) == day[:10] for m in own),
            "body": any(same_body(m["committee"] or paper.get("council") or "", body) for m in own),
            "kind": paper.get("kind") == "minutes",
        }
        for measure, ok in told.items():
            right[measure].append(ok)
            if not ok and asked.list:
                said = [(str(m["date"]), m["committee"]) for m in own[:3]]
                print(f"{pdf.stem:60} {measure:5} {paper.get('kind')} {said}")
    for measure, oks in right.items():
        print(f"{measure:6} {sum(oks)} of {len(oks)}  {sum(oks) / len(oks):.3f}")


if __name__ == "__main__":
    main()
