"""What an amendment does to a motion's words."""

from __future__ import annotations

from difflib import SequenceMatcher


def compared(old: str, new: str) -> list[tuple[str, str]]:
    """The words of both in order, each run as ("same", "gone" or "new", words)."""
    a, b = old.split(), new.split()
    out: list[tuple[str, str]] = []
    for what, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            out.append(("same", " ".join(a[a0:a1])))
            continue
        if a1 > a0:
            out.append(("gone", " ".join(a[a0:a1])))
        if b1 > b0:
            out.append(("new", " ".join(b[b0:b1])))
    return out
