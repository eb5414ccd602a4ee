"""Who stands behind a report: contact tables and lines such as "Report Author: Name, Post"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.cues.load import fold_phrase, is_one_of, pattern
from extractors.mentions.names import is_person, is_role_word, looks_like_name, strip_title
from extractors.mentions.people import parse_person, people_in
from extractors.model import Cell, Table
from extractors.reading.doc import Sheet
from extractors.reading.facts import ContactFact

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


@lru_cache(maxsize=1)
def _line() -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?P<role>(?:{pattern('contacts.roles')})s?(?:\(s\))?)\s*(?:\([^)]*\))?\s*:\s*(?P<rest>\S.*)$",
        re.I,
    )


def is_contact_role(text: str) -> bool:
    """Whether a table's row header names somebody's part in a report."""
    folded = re.sub(r"\(s\)|s$", "", fold_phrase(text))
    return (
        is_one_of("contacts.roles", text)
        or is_one_of("contacts.roles", folded)
        or is_one_of("contacts.roles", re.sub(r"\(s\)", "", fold_phrase(text)))
    )


def find_contacts(sheet: Sheet) -> list[ContactFact]:
    """Contacts told in lines of text, in reports and their covers."""
    if sheet.part.kind not in ("report", "other"):
        return []
    out: list[ContactFact] = []
    for view in sheet.views:
        for line in sheet.lines(view):
            m = _line().match(line.text)
            if not m:
                continue
            email = EMAIL.search(view.text)
            for p in people_in(EMAIL.sub("", m["rest"])):
                out.append(
                    ContactFact(
                        start=line.start,
                        end=line.end,
                        confidence=0.8,
                        role=m["role"].strip(),
                        name=p.name,
                        job_title=p.post,
                        email=email.group() if email else None,
                    )
                )
    return out


def contacts_in_table(table: Table) -> Iterator[tuple[Cell, str, str, str | None, str | None]]:
    """(cell, role, name, job title, e-mail) of a contact table: roles down its first column, names in the
    second.

    A row without a role carries on the one above; several people in a cell are told apart by their commas and
    line ends.
    """
    rows = _rows(table)
    labels = [row[0].text for row in rows[1:] if row and row[0].text.strip()] or [
        row[0].text for row in rows if row
    ]
    if table.n_cols < 2 or table.n_cols > 4 or sum(map(is_contact_role, labels)) < max(1, 0.6 * len(labels)):
        return
    carried = ""
    emails = [e for row in rows for c in row for e in EMAIL.findall(_closed("\n".join(c.lines)))]
    for row in rows:
        role = " ".join(row[0].text.split()) if row else ""
        if role and not is_contact_role(role):
            carried = ""
            continue
        carried = role or carried
        if not carried or len(row) < 2:
            continue
        for name, post in _people("\n".join(row[1].lines)):
            own = [e for c in row for e in EMAIL.findall(_closed("\n".join(c.lines)))]
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
    """People in a cell, one after another or run together: "Becky Hale, Assistant Director People Chris
    Baird, Director".

    A line that begins with a name begins a person; within a person, a name before a comma at a post's end
    begins the next. A cell that names a post and nobody gives nobody.
    """
    lines = [" ".join(line.split()) for line in EMAIL.sub(" ", text).split("\n") if line.strip()]
    lines = [line for line in lines if line]
    groups: list[str] = []
    for line in lines:
        if not groups or name_in_front(line):
            groups.append(line)
        else:
            groups[-1] += " " + line
    for group in groups:
        yield from _split_fused(group)


def name_in_front(line: str) -> str | None:
    """The name that a line begins with, before a comma, a bracket or the words of a post; None when it begins
    with none."""
    head = re.split(r"\s*[,;(]|\s[-–—]\s", line)[0]
    if is_person(head):
        return head
    title, rest = strip_title(head)
    words = rest.split()
    at = next((i for i, w in enumerate(words) if is_role_word(w)), None)
    if at is None or at < (1 if title else 2) or at > 4:
        return None
    name = " ".join(words[:at])
    return (
        f"{title} {name}"
        if title and looks_like_name(name, titled=True)
        else name
        if looks_like_name(name)
        else None
    )


def _split_fused(text: str) -> Iterator[tuple[str, str | None]]:
    """ "Name, Post Name, Post": a name before a comma ends the post that it stands at the end of."""
    for chunk in re.split(r"\s*;\s*", text):
        pieces = [p.strip() for p in chunk.split(",")]
        current: list[str] = []
        for i, piece in enumerate(pieces):
            tail = _name_at_end(piece) if i < len(pieces) - 1 and (i or not name_in_front(piece)) else None
            if tail and not i:  # the cell's first words finish a post that began on the page before
                current = [tail]
            elif tail and current:
                yield from _finish([*current, piece[: -len(tail)].strip()])
                current = [tail]
            elif i and is_person(piece) and current:
                yield from _finish(current)
                current = [piece]
            else:
                current.append(piece)
        if current and current[0]:
            yield from _finish(current)


def _name_at_end(piece: str) -> str | None:
    tokens = piece.split()
    for size in (4, 3, 2):
        tail = " ".join(tokens[-size:])
        if len(tokens) > size and is_person(tail) and (size == 2 or strip_title(tail)[0]):
            return tail
    return None


def _finish(pieces: list[str]) -> Iterator[tuple[str, str | None]]:
    """The person whom the pieces name, with the rest as the post; several names without posts are several
    people."""
    name = name_in_front(pieces[0])
    if name is None:
        return
    rest = re.sub(r"^\((.*)\)$", r"\1", pieces[0][len(name) :].strip(" -–"))
    post = ", ".join(p for p in (rest, *pieces[1:]) if p) or None
    tokens = name.split()
    if (
        len(tokens) == 4
        and not strip_title(name)[0]
        and all(looks_like_name(" ".join(tokens[i : i + 2])) for i in (0, 2))
    ):
        yield " ".join(tokens[:2]), post  # two people on one line, nothing between them
        name = " ".join(tokens[2:])
    person = parse_person(name)
    if person:
        yield person.name, post


def _email_of(name: str, emails: list[str]) -> str | None:
    """The address whose letters hold the surname; the only one if there is one; else none: not guessed."""
    surname = name.split()[-1].lower().replace("-", "").replace("’", "") if name.split() else ""
    matching = [
        e for e in emails if surname and surname in e.split("@")[0].lower().replace("-", "").replace(".", "")
    ]
    if len(matching) >= 1:
        return matching[0]
    return emails[0] if len(emails) == 1 else None
