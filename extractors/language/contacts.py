"""Who stands behind a report: contact tables and lines such as "Report Author: Name, Post"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.language.conventions import fold_phrase, is_one_of, pattern
from extractors.language.doc import Sheet
from extractors.language.facts import ContactFact
from extractors.language.names import is_person, parse_person, people_in
from extractors.model import Cell, Table

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    return re.compile(rf"^\W*(?P<role>(?:{pattern('contacts.roles')})s?(?:\(s\))?)\s*(?:\([^)]*\))?\s*:\s*(?P<rest>\S.*)$", re.I)


def is_contact_role(text: str) -> bool:
    """Whether a table's row header names somebody's part in a report."""
    folded = re.sub(r"\(s\)|s$", "", fold_phrase(text))
    return is_one_of("contacts.roles", text) or is_one_of("contacts.roles", folded) or is_one_of("contacts.roles", re.sub(r"\(s\)", "", fold_phrase(text)))


def find_contacts(sheet: Sheet) -> list[ContactFact]:
    """Contacts told in lines of text, in reports and their covers."""
    if sheet.part.kind not in ("report", "other", "appendix"):
        return []
    out: list[ContactFact] = []
    for view in sheet.views:
        for line in sheet.lines(view):
            m = _line().match(line.text)
            if not m:
                continue
            email = EMAIL.search(view.text)
            for p in people_in(EMAIL.sub("", m["rest"])):
                out.append(ContactFact(start=line.start, end=line.end, confidence=0.8, role=m["role"].strip(), name=p.name, job_title=p.post, email=email.group() if email else None))
    return out


def contacts_in_table(table: Table) -> Iterator[tuple[Cell, str, str, str | None, str | None]]:
    """(cell, role, name, job title, e-mail) of a contact table: roles down its first column, names in the second.

    A row without a role carries on the one above; several people in a cell are told apart by their commas and line ends.
    """
    rows = _rows(table)
    if sum(is_contact_role(row[0].text) for row in rows if row) < 1 or table.n_cols < 2 or table.n_cols > 4:
        return
    carried = ""
    emails = [e for row in rows for c in row for e in EMAIL.findall(_closed(c.text))]
    for row in rows:
        role = " ".join(row[0].text.split()) if row else ""
        if role and not is_contact_role(role):
            carried = ""
            continue
        carried = role or carried
        if not carried or len(row) < 2:
            continue
        for name, post in _people(row[1].text):
            own = [e for c in row for e in EMAIL.findall(_closed(c.text))]
            yield row[1], carried, name, post, _email_of(name, own or emails)


def _closed(text: str) -> str:
    """Addresses broken over lines are closed up where the break falls inside one."""
    return re.sub(r"(?<=[\w.@])\n(?=[\w-]*\.?(?:gov|org|com|net|co|ca|uk)\b)", "", text)


def _rows(table: Table) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[] for _ in range(table.n_rows)]
    for c in sorted(table.cells, key=lambda c: (c.row, c.col)):
        rows[c.row].append(c)
    return rows


def _people(text: str) -> Iterator[tuple[str, str | None]]:
    """People in a cell where names run together: "Becky Hale, Assistant Director People Chris Baird, Assistant Director"."""
    flat = " ".join(EMAIL.sub(" ", text).split())
    lines = [line.strip() for line in text.split("\n") if line.strip() and not EMAIL.search(line)]
    starts = [i for i, line in enumerate(lines) if is_person(line.split(",")[0])]
    if lines and starts and starts[0] == 0 and ("," in flat or len(lines) == len(starts)):
        for a, b in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield from _split_fused(" ".join(lines[a:b]))
        return
    yield from _split_fused(flat)


def _split_fused(text: str) -> Iterator[tuple[str, str | None]]:
    """"Name, Post Name, Post": a name before a comma ends the post that it stands at the end of."""
    for chunk in re.split(r"\s*;\s*", text):
        pieces = [p.strip() for p in chunk.split(",")]
        current: list[str] = []
        for i, piece in enumerate(pieces):
            tail = _name_at_end(piece) if i and i < len(pieces) - 1 else None
            if tail and current:
                yield _finish([*current, piece[: -len(tail)].strip()])
                current = [tail]
            elif i and is_person(piece) and current and i < len(pieces):
                yield _finish(current)
                current = [piece]
            else:
                current.append(piece)
        if current and current[0]:
            yield _finish(current)


def _name_at_end(piece: str) -> str | None:
    tokens = piece.split()
    for size in (4, 3, 2):
        tail = " ".join(tokens[-size:])
        if len(tokens) > size and is_person(tail) and (size == 2 or parse_person(tail) and re.match(r"(?:Cllr|Councillor|Dr|Mr|Mrs|Ms|Prof)\b", tail)):
            return tail
    return None


def _finish(pieces: list[str]) -> tuple[str, str | None]:
    person = parse_person(pieces[0])
    post = ", ".join(p for p in pieces[1:] if p) or (person.post if person else None)
    return (person.name if person else pieces[0]), post


def _email_of(name: str, emails: list[str]) -> str | None:
    """The address whose letters hold the surname; the only one if there is one; else none: not guessed."""
    surname = name.split()[-1].lower().replace("-", "").replace("’", "") if name.split() else ""
    matching = [e for e in emails if surname and surname in e.split("@")[0].lower().replace("-", "").replace(".", "")]
    if len(matching) >= 1:
        return matching[0]
    return emails[0] if len(emails) == 1 else None
