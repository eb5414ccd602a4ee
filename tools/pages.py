"""The pages of docs/ that are made from the code: `python -m tools.pages` writes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tools import commands_page, datasets_page, settings_page

DOCS = Path(__file__).parent.parent / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page.page,
    "datasets.md": datasets_page.page,
    "settings.md": settings_page.page,
}
"""By file: what makes its text."""


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
