"""Imported before all else that reads papers: what an earlier process compiled is not compiled again."""

from __future__ import annotations

from extractors.text.kept import keep

keep()
