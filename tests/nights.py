"""A configuration over sites played back, and nights run from it as an operator would."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pyarrow.dataset as ds

from tests.conftest import REPO, run_command

CONFIG = """
output = "{folder}/output"
archive = "{folder}/archive"
index = "{folder}/index.sqlite"
reports = "{folder}/reports"
contact = "clerk@example.org"
private_addresses = true
workers = 2
engine = "{engine}"
secret = "{secret}"

[[councils]]
name = "Aldermere Borough Council"
platform = "{platform}"
address = "{base}"
pace = 0.0
days_back = 9000

[smtp]
password = "{password}"
"""
SECRET, PASSWORD = "signs-nothing-but-tests", "opens-no-mailbox"
QUIET = {
    **os.environ,
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PYTHONPATH": os.pathsep.join(filter(None, (str(REPO), os.environ.get("PYTHONPATH")))),
    "COLUMNS": "220",
}


def configured(folder: Path, base: str, *, engine: str = "threads", platform: str = "moderngov") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "minutebook.toml"
    values = {"folder": folder, "base": base, "engine": engine, "platform": platform}
    file.write_text(CONFIG.format(**values, secret=SECRET, password=PASSWORD), "utf-8")
    return file


def minutebook(config: Path, command: str, *more: str) -> subprocess.CompletedProcess[str]:
    return run_command(
        command, *more, "-c", str(config), env={**QUIET, "PREFECT_HOME": str(config.parent / ".prefect")}
    )


def rows(folder: Path) -> dict[str, list]:
    """All rows of all datasets without what differs from run to run: when a paper was fetched, which
    address came first, and the hash over all."""
    out = {}
    for d in sorted((folder / "output").iterdir()):
        if d.is_dir() and not d.name.startswith("."):
            table = ds.dataset(d, format="parquet").to_table()
            keep = [c for c in table.column_names if c not in ("fetched_at", "source_url", "rows_hash")]
            out[d.name] = sorted(map(repr, table.select(keep).to_pylist()))
    return out


def files(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in (folder / "output").rglob("*.parquet")}
