"""A dated release of the datasets that can be cited: hard links to the files, a manifest with every hash,
what changed since the last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors import __version__
from extractors.errors import MinutebookError
from pipeline.store.publish import write_empty
from schemas import EMPTY
from schemas.datapackage import data_package, with_files
from schemas.untyped import load

LICENCE = (
    "The papers are their councils' own; in the United Kingdom most are published under the Open "
    "Government Licence. The data made from them may be used freely; say which council and paper a row "
    "came from."
)


def make_snapshot(output: Path, target: Path, *, name: str | None = None) -> dict[str, Any]:
    """Put a release under `target` and return its manifest. Raises MinutebookError when one of that name is
    there."""
    write_empty(output)  # withdrawals may have left a dataset without a file
    name = name or datetime.now(UTC).strftime("%Y-%m-%d")
    release = target / name
    if release.exists():
        raise MinutebookError(f"{release}: there is a release of that name; releases are not changed")
    before = latest(target)
    draft = target / f".{name}"
    shutil.rmtree(draft, ignore_errors=True)
    files: dict[str, str] = {}
    listed: list[dict[str, Any]] = []
    for source in sorted([*output.glob("*/council=*/year=*/[!.]*.parquet"), *output.glob("croissant.json")]):
        place = str(source.relative_to(output))
        _link(source, draft / place)
        files[place] = hashlib.sha256(source.read_bytes()).hexdigest()
        if source.suffix == ".parquet":
            listed.append(_described(draft / place, place, files[place]))
    package = json.dumps(with_files(data_package(__version__), listed), indent=1, ensure_ascii=False) + "\n"
    (draft / "datapackage.json").write_text(package, "utf-8")
    files["datapackage.json"] = hashlib.sha256(package.encode()).hexdigest()
    manifest = {
        "name": name,
        "made": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "software": f"minutebook {__version__}",
        "licence": LICENCE,
        "hash": _hash_of(files),
        "files": files,
        "since": before["name"] if before else None,
        "changes": _changes(before["files"] if before else {}, files),
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    draft.replace(release)
    return manifest


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def _described(file: Path, place: str, digest: str) -> dict[str, Any]:
    """A file as the data package lists it."""
    rows = load("pyarrow.parquet").read_metadata(file).num_rows
    return {"path": place, "bytes": file.stat().st_size, "hash": f"sha256:{digest}", "rows": rows}


def latest(target: Path) -> dict[str, Any] | None:
    """The manifest of the newest release."""
    found = sorted(target.glob("*/manifest.json"), key=lambda p: json.loads(p.read_text("utf-8"))["made"])
    return json.loads(found[-1].read_text("utf-8")) if found else None


def _hash_of(files: dict[str, str]) -> str:
    """One hash for all of it: of the sorted lines `hash  path`."""
    return hashlib.sha256("".join(f"{h}  {p}\n" for p, h in sorted(files.items())).encode()).hexdigest()


def _changes(old: dict[str, str], new: dict[str, str]) -> dict[str, int]:
    a, b = (
        {Path(p).stem: h for p, h in files.items() if p.startswith("documents/") and not p.endswith(EMPTY)}
        for files in (old, new)
    )
    return {
        "added": len(b.keys() - a.keys()),
        "removed": len(a.keys() - b.keys()),
        "changed": sum(1 for k in a.keys() & b.keys() if a[k] != b[k]),
    }


def faults_of(release: Path) -> list[str]:
    """Files of a release that are gone or do not have their hash; and its own hash, when that is wrong."""
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    out = [
        p
        for p, h in manifest["files"].items()
        if not (release / p).exists() or hashlib.sha256((release / p).read_bytes()).hexdigest() != h
    ]
    return [*out, *(["manifest.json"] if _hash_of(manifest["files"]) != manifest["hash"] else [])]
