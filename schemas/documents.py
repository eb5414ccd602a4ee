"""The papers themselves: documents, their parts, pages, links, and what the pipeline doubts about them."""

from schemas.fields import DATE, INT, MOMENT, REPEATED, SHARE, TEXT, Dataset, Field

DOCUMENT_KINDS = ("agenda_pack", "agenda", "minutes", "decisions", "report", "supplement", "other")
PART_KINDS = ("agenda", "minutes", "report", "appendix", "blank", "other")

DOCUMENTS = Dataset(
    "documents",
    "a PDF as published",
    (
        Field(
            "source_url", TEXT, "address that it was fetched from; the file's path when it was read from disk"
        ),
        Field("title", TEXT, "its title, as its first part prints it"),
        Field("kind", REPEATED, "what sort of paper it is", values=DOCUMENT_KINDS),
        Field("committee", REPEATED, "body whose paper it is, as printed"),
        Field("meeting_id", TEXT, "meeting that it was published for"),
        Field("meeting_date", DATE, "day of that meeting"),
        Field("published_at", MOMENT, "when the council published it, where it says"),
        Field("fetched_at", MOMENT, "when it was fetched; null when it was read from disk"),
        Field("bytes", INT, "size of the file", "bytes"),
        Field("pages", INT, "number of pages"),
        Field("producer", REPEATED, "program that made the PDF"),
        Field("text_source", REPEATED, "where its words come from", values=("digital", "ocr", "mixed")),
        Field("status", REPEATED, "whether it was read", values=("ok", "partial", "failed"), required=True),
        Field("error", TEXT, "why it was not, and what to do"),
    ),
)

PARTS = Dataset(
    "parts",
    "a document inside a pack",
    (
        Field("part_id", TEXT, "identifies the part", required=True),
        Field("kind", REPEATED, "what the part is", values=PART_KINDS),
        Field("title", TEXT, "its title"),
        Field("item_number", REPEATED, "agenda item that it belongs to"),
        Field("page_from", INT, "its first page"),
        Field("page_to", INT, "its last page"),
        Field("meeting_id", TEXT, "meeting that the part is about: minutes in a pack are of an earlier one"),
    ),
)

PAGES = Dataset(
    "pages",
    "a page",
    (
        Field("label", REPEATED, "number printed on it"),
        Field("width", SHARE, "width as displayed", "points"),
        Field("height", SHARE, "height as displayed", "points"),
        Field("text", TEXT, "its words in reading order, a line a block"),
        Field("text_source", REPEATED, "where its words come from", values=("digital", "ocr", "none")),
    ),
)

LINKS = Dataset(
    "links",
    "a hyperlink",
    (
        Field("part_id", TEXT, "part that it stands in"),
        Field("url", TEXT, "where it leads"),
        Field("text", TEXT, "words that it lies over"),
    ),
)

PROBLEMS = Dataset(
    "problems",
    "something the pipeline itself doubts",
    (
        Field("part_id", TEXT, "part that the doubt is about"),
        Field("kind", REPEATED, "sort of doubt"),
        Field("text", TEXT, "the doubt in words"),
    ),
)
