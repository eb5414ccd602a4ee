"""The notebooks in docs/, run anew with their pictures: `python -m tools.notebooks`, on the year of an
invented council that fixtures/year.py typesets."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from fixtures.year import typeset

FOLDER = Path(__file__).parent.parent / "docs" / "notebooks"


def datasets_of_a_year(folder: Path) -> Path:
    """The year typeset and read; the folder of its datasets."""
    from pipeline.store.merge import merge
    from pipeline.workers.papers import read_all

    papers = typeset(folder / "papers")
    assert all(o.status == "ok" for o in read_all(papers, folder / "output", ocr="none", jobs=2))
    merge(folder / "output")
    return folder / "output"


def run(notebook: Path, output: Path) -> nbformat.NotebookNode:
    """The notebook with what its cells gave. Raises nbclient's CellExecutionError where one fails."""
    book = nbformat.read(notebook, as_version=4)
    client = NotebookClient(
        book, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER.parent.parent)}}
    )
    client.execute(env={**os.environ, "MINUTEBOOK_OUTPUT": str(output)})
    for cell in book.cells:  # nothing that differs from run to run
        cell.metadata.pop("execution", None)
    return book


def main() -> None:
    """Run all, keep what they show."""
    with tempfile.TemporaryDirectory() as folder:
        output = datasets_of_a_year(Path(folder))
        for notebook in sorted(FOLDER.glob("*.ipynb")):
            nbformat.write(run(notebook, output), notebook)
            print(notebook.name)


if __name__ == "__main__":
    main()
