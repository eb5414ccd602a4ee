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
from pipeline.store.merge import merge
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
    merge(output)  # what was read and waits belongs to it
    name = name or datetime.now(UTC).strftime("%Y-%m-%d")
    release = target / name
    if release.exists():
        raise MinutebookError(f"{release}: there is a release of that name; releases are not changed")
    before = latest(target)
    draft = target / f".{name}"
    shutil.rmtree(draft, ignore_errors=True)
    files: dict[str, str] = {}
    listed: list[dict[str, Any]] = []
    for source in sorted([*output.glob("*/[!.]*.parquet"), *output.glob("croissant.json")]):
        place = str(source.relative_to(output))
        _link(source, draft / place)
        files[place] = digest_of(source)
        if source.suffix == ".parquet":
            listed.append(described(draft / place, place, files[place]))
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
        "changes": _changes(target / before["name"] if before else None, draft),
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", "utf-8")
    draft.replace(release)
    return manifest


def digest_of(file: Path) -> str:
    """The SHA-256 of what a file holds."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:  # another file system
        shutil.copy2(source, target)


def described(file: Path, place: str, digest: str) -> dict[str, Any]:
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


def _changes(old: Path | None, new: Path) -> dict[str, int]:
    """Papers added, removed, and read otherwise."""
    a, b = (_hashes(folder) if folder else {} for folder in (old, new))
    both = a.keys() & b.keys()
    return {
        "added": len(b.keys() - both),
        "removed": len(a.keys() - both),
        "changed": sum(1 for k in both if a[k] != b[k]),
    }


def _hashes(release: Path) -> dict[str, str | None]:
    """By document, the hash of its rows; none in releases of older versions."""
    pq = load("pyarrow.parquet")
    out: dict[str, str | None] = {}
    for file in release.glob("documents/**/*.parquet"):
        columns = [c for c in ("document_id", "rows_hash") if c in pq.read_schema(file).names]
        rows = pq.ParquetFile(file).read(columns=columns).to_pylist()
        out |= {r["document_id"]: r.get("rows_hash") for r in rows}
    return out


def faults_of(release: Path) -> list[str]:
    """Files of a release that are gone or do not have their hash; and its own hash, when that is wrong."""
    manifest = json.loads((release / "manifest.json").read_text("utf-8"))
    out = [
        p for p, h in manifest["files"].items() if not (release / p).exists() or digest_of(release / p) != h
    ]
    return [*out, *(["manifest.json"] if _hash_of(manifest["files"]) != manifest["hash"] else [])]
