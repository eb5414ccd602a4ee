"""The wheel, built and tried in an environment of its own: `python -m tools.release`.

The trial installs the wheel with the versions that requirements.lock pins. Where no package index can be
reached it borrows the installed packages of the environment that runs this, and says so; Minutebook itself
always comes from the wheel.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

from extractors import __version__

REPO = Path(__file__).parent.parent
DIST = REPO / "dist"
PAPER = REPO / "fixtures" / "marlow-minutes.pdf"


def build(target: Path = DIST) -> Path:
    """The wheel of the code as it stands. Raises CalledProcessError where it cannot be built."""
    command = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target))
    subprocess.run(command, cwd=REPO, check=True)
    return target / f"minutebook-{__version__}-py3-none-any.whl"


def pins(lock: str) -> Iterator[str]:
    """The lock's versions without their hashes, for `pip install --constraint`."""
    for name, version, marker in re.findall(r"^(\S+)==([^\s;]+)( ;[^\\\n]+)?", lock, re.M):
        yield f"{name}=={version}{marker.rstrip()}"


def environment(folder: Path, wheel: Path) -> Path:
    """A fresh environment with the wheel in it: the folder of its commands."""
    subprocess.run((sys.executable, "-m", "venv", str(folder)), check=True)
    commands = folder / "bin"
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pins((REPO / "requirements.lock").read_text("utf-8"))) + "\n", "utf-8")
    pip = (str(commands / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    whole = subprocess.run((*pip, "--constraint", str(constraints), str(wheel)), check=False)
    if whole.returncode:
        print("the dependencies could not be installed: borrowing those of this environment")
        subprocess.run((*pip, "--no-deps", "--no-index", str(wheel)), check=True)
        (packages,) = folder.glob("lib/python*/site-packages")
        (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return commands


def trial(commands: Path, folder: Path) -> Iterator[str]:
    """What is wrong with the installed command: its version, where its code lies, what it reads."""
    alone = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def says(*command: str) -> str:
        done = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, check=False)
        return done.stdout + done.stderr

    minutebook = str(commands / "minutebook")
    if (version := says(minutebook, "--version").strip()) != __version__:
        yield f"--version says {version!r}"
    where = says(str(commands / "python"), "-c", "import extractors; print(extractors.__file__)")
    if not where.startswith(str(commands.parent.resolve())):
        yield f"the code that runs is not the wheel's but {where.strip()}"
    if "1 of 1 read" not in (told := says(minutebook, "extract", str(PAPER), "-o", "output")):
        yield f"extract says {told.strip()!r}"
    query = "SELECT reference, outcome, mover FROM motions"
    if "Cllr Black" not in (told := says(minutebook, "sql", query, "-o", "output")):
        yield f"sql says {told.strip()!r}"


def main() -> int:
    """Build, try, tell. Exit code 1 where the trial failed."""
    wheel = build()
    with tempfile.TemporaryDirectory() as folder:
        faults = list(trial(environment(Path(folder) / "venv", wheel), Path(folder)))
    print(
        "\n".join(faults)
        or f"{wheel.name}: in an environment of its own it says its version and reads a paper"
    )
    if "(unreleased)" in (REPO / "CHANGELOG.md").read_text("utf-8"):
        print("CHANGELOG.md still says unreleased: write the day there before the wheel is published")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
