"""The papers themselves: documents, their parts, pages, links."""

import datetime as dt
from typing import Annotated, Literal

from schemas.fields import Column
from schemas.row import Row, dataset

DocumentKind = Literal[
    "agenda_pack", "agenda", "minutes", "decisions", "forward_plan", "report", "supplement", "record", "other"
]
PartState = Literal["draft", "confirmed"]
PartKind = Literal["agenda", "minutes", "report", "appendix", "blank", "other"]
TextSource = Literal["digital", "ocr", "mixed"]
PageTextSource = Literal["digital", "ocr", "none"]
Status = Literal["ok", "partial", "failed"]


@dataset("documents", key=("document_id",))
class DocumentRow(Row):
    """A PDF as published, or (kind record) what a platform itself tells of a meeting."""

    source_url: Annotated[
        str | None, Column("address that it was fetched from; the file's path when it was read from disk")
    ]
    title: Annotated[str | None, Column("its title, as its first part prints it")]
    kind: Annotated[DocumentKind | None, Column("what sort of paper it is")]
    committee: Annotated[str | None, Column("body whose paper it is, as printed", repeats=True)]
    meeting_id: Annotated[
        str | None, Column("meeting that it was published for", references="meetings.meeting_id")
    ]
    meeting_date: Annotated[dt.date | None, Column("day of that meeting")]
    published_at: Annotated[dt.datetime | None, Column("when the council published it, where it says")]
    fetched_at: Annotated[dt.datetime | None, Column("when it was fetched; null when it was read from disk")]
    bytes: Annotated[int | None, Column("size of the file", unit="bytes", least=0)]
    pages: Annotated[int | None, Column("number of pages", least=0)]
    producer: Annotated[str | None, Column("program that made the PDF", repeats=True)]
    text_source: Annotated[TextSource | None, Column("where its words come from")]
    status: Annotated[Status, Column("whether it was read")]
    error: Annotated[str | None, Column("why it was not, and what to do")]
    understood: Annotated[
        float | None,
        Column(
            "share of the words that announce a fact which a fact explains; null where none were heard",
            least=0,
            most=1,
        ),
    ]
    style: Annotated[tuple[str, ...] | None, Column("conventions of minutes that it follows")]
    supersedes: Annotated[
        str | None,
        Column(
            "document_id of the paper that its address gave before for the same meeting, which is out of date"
        ),
    ]
    other_councils: Annotated[
        tuple[str, ...] | None,
        Column("further councils that publish the same file, such as a joint committee's"),
    ]
    rows_hash: Annotated[
        str | None,
        Column("hash of all rows read from it, in every dataset: another once they are read otherwise"),
    ]


@dataset("parts", key=("part_id",))
class PartRow(Row):
    """A document inside a pack."""

    part_id: Annotated[str, Column("identifies the part")]
    kind: Annotated[PartKind | None, Column("what the part is")]
    title: Annotated[str | None, Column("its title")]
    item_number: Annotated[str | None, Column("agenda item that it belongs to", repeats=True)]
    page_from: Annotated[int | None, Column("its first page", least=1)]
    page_to: Annotated[int | None, Column("its last page", least=1)]
    meeting_id: Annotated[
        str | None,
        Column(
            "meeting that the part is about: minutes in a pack are of an earlier one",
            references="meetings.meeting_id",
        ),
    ]
    state: Annotated[
        PartState | None, Column("what minutes say of themselves at their head; null where they do not")
    ]


@dataset("pages", key=("document_id", "page"))
class PageRow(Row):
    """A page."""

    part_id: Annotated[str | None, Column("part that it belongs to", references="parts.part_id")]
    label: Annotated[str | None, Column("number printed on it", repeats=True)]
    width: Annotated[float | None, Column("width as displayed", unit="points", least=0)]
    height: Annotated[float | None, Column("height as displayed", unit="points", least=0)]
    text: Annotated[str | None, Column("its words in reading order, a line a block")]
    text_source: Annotated[PageTextSource | None, Column("where its words come from")]


@dataset("links")
class LinkRow(Row):
    """A hyperlink."""

    part_id: Annotated[str | None, Column("part that it stands in", references="parts.part_id")]
    url: Annotated[str | None, Column("where it leads")]
    text: Annotated[str | None, Column("words that it lies over")]
