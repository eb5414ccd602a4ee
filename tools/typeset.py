"""Minutes published as plain text or Markdown, set as PDFs: `python -m tools.typeset TEXT... -o FOLDER`.

What capitals, marks, indents and page breaks of the text say is kept, nothing is added but page numbers. The
same text gives the same bytes on every machine: only the fonts that every PDF reader has are used.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path

from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

BODY = ParagraphStyle("body", fontName="Helvetica", fontSize=9.5, leading=12, spaceAfter=4)
HEAD = ParagraphStyle("head", parent=BODY, fontName="Helvetica-Bold", spaceBefore=5)
GRID = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
MARGIN = 56  # points
INDENT = 4.6  # points a space: about the mean width of a letter of BODY
MOST_INDENT = 60  # spaces
COLUMN = 12  # spaces: from here on an indent sets a column or a centred line, no paragraph

PLAIN = str.maketrans(
    {**dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0a4●○▪⚫", "•"), **dict.fromkeys("\u200b\x01\x02")}
    | {"\u202f": " ", "\xa0": " ", "\uf02d": "-", "‑": "-", "−": "-", "‟": "”"}
)
MARKER = re.compile(r"(?:\d{1,2}[.)]|\([a-z\d]{1,4}\)|•)$")
BEGINS_LIST = re.compile(r"(?:\d{1,2}[.)]|\([a-z\d]{1,4}\)|[A-Za-z][.)]|[IVX]+\.|[•*-])\s+(?![A-Z]\.)")
NOT_OF_THE_PAPER = re.compile(r"\[Original file\]|\*?<small>")
RUN_IN = re.compile(r"[A-Z][A-Z &,'’/-]{3,}\.(?=\s)")
ROW = re.compile(r"\|.*\|.*\|$")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
COMMON_WORDS = """a and annual copy district draft full in limerick md meeting minutes monthly municipal of on
sub the january february march april may june july august september october november december"""


@dataclass(frozen=True)
class Line:
    """A paragraph, or what is known of one so far. `text` keeps the marks of Markdown."""

    text: str
    indent: int = 0  # spaces
    heading: bool = False
    above: bool = False  # a blank line stands above
    last: str = field(default="", compare=False)  # the last of the printed lines that it was joined from


def typeset(text: Path, target: Path) -> None:
    """Set the plain text or Markdown (.md) of `text` as the PDF `target`."""
    rl_config.invariant = 1
    markdown = text.suffix == ".md"
    source = unicodedata.normalize("NFC", text.read_text("utf-8")).translate(PLAIN)
    story: list[Flowable] = []
    pages = _markdown_pages(source) if markdown else source.rstrip("\f\n").split("\f")
    width = _width(source.splitlines())
    for number, page in enumerate(pages):
        if number:
            story.append(PageBreak())
        lines = _lines_of_markdown(page) if markdown else _lines_of_plain_text(page)
        story += _flow(_joined(lines, width, markdown))
    SimpleDocTemplate(
        str(target), pagesize=A4, title=target.stem, leftMargin=MARGIN, rightMargin=MARGIN,
        topMargin=MARGIN, bottomMargin=MARGIN,
    ).build(story, onFirstPage=_number, onLaterPages=_number)  # fmt: skip


def short_name(text: Path) -> str:
    """The PDF's name: the folder (the council), the date and at most three telling words of the text's name.

    `limerick/2016-09-19-Monthly-Meeting-of-Metropolitan-District-….md` is typeset as
    `limerick-2016-09-19-metropolitan.pdf`.
    """
    date = DATE.search(text.stem)
    words = re.split(r"[\W_]+", (text.stem.replace(date[0], "") if date else text.stem).lower())
    telling = list(
        dict.fromkeys(w for w in words if w and w not in COMMON_WORDS.split() and not w[0].isdigit())
    )
    return "-".join([text.parent.name, *([date[0]] if date else []), *telling[:3]]) + ".pdf"


def _markdown_pages(source: str) -> list[str]:
    """Pages stand between rules; the number that was printed at a page's head is left out, as ours is set."""
    pages = [re.sub(r"\A\s*\d+\s*\n", "", p) for p in re.split(r"^---$", source, flags=re.M)]
    return [p for p in pages if any(not NOT_OF_THE_PAPER.match(x) for x in p.split("\n") if x.strip())]


def _width(lines: Iterable[str]) -> int:
    """How many characters a full printed line has: as many as the longest, but for the one in twenty."""
    lengths = sorted(
        len(bare) for x in lines if (bare := _bare(x).rstrip()) and not NOT_OF_THE_PAPER.match(x)
    )
    return lengths[len(lengths) * 19 // 20] if lengths else 80


def _bare(text: str) -> str:
    return re.sub(r"\\(?=[\W_])|\*|^#+ ", "", text)


def _is_heading(text: str) -> bool:
    """Marked as one, bold from end to end, or all in capitals."""
    bare = _bare(text)
    return bool(
        re.match(r"#+ ", text)
        or re.fullmatch(r"\*\*[^*]+\*\*(?:\s+\*\*[^*]+\*\*)*", text)
        or (len(re.findall("[A-Z]", bare)) > 3 and bare == bare.upper() and not ROW.match(text))
    )


def _lines_of_markdown(page: str) -> Iterator[Line]:
    """Each printed line stands between blank ones; a marker that stands alone belongs to the next line."""
    marker = ""
    for text in (x.strip() for x in page.split("\n")):
        if not _bare(text).strip() or NOT_OF_THE_PAPER.match(text):
            continue
        if MARKER.match(_bare(text)):
            if marker:
                yield Line(marker, last=marker)
            marker = _bare(text)
            continue
        heading = _is_heading(text)
        whole = f"{marker}   {_bare(text) if heading else text}" if marker else text
        yield Line(whole, heading=heading, above=bool(marker), last=text)
        marker = ""
    if marker:
        yield Line(marker, last=marker)


def _lines_of_plain_text(page: str) -> Iterator[Line]:
    above = False
    for raw in page.split("\n"):
        text = raw.strip()
        if _bare(text).strip():
            indent = len(raw) - len(raw.lstrip())
            yield Line(text, indent, heading=_is_heading(text), above=above, last=raw.rstrip())
        above = not text


def _joined(lines: Iterable[Line], width: int, markdown: bool) -> Iterator[Line]:
    """Paragraphs: a line goes on with the next where that one's first word had no room on it."""
    held: Line | None = None
    for line in lines:
        if held and _goes_on(held, line, width, markdown):
            between = "" if re.search(r"\w-(\*\*)?$", held.text) else " "
            held = replace(held, text=held.text + between + line.text, last=line.last)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def _goes_on(held: Line, line: Line, width: int, markdown: bool) -> bool:
    if held.heading != line.heading or line.above or BEGINS_LIST.match(_bare(line.text)):
        return False
    if ROW.match(held.text) or ROW.match(line.text):
        return False
    if not markdown and abs(held.indent - line.indent) > 4:
        return False
    if line.text[0].islower() or held.text.endswith(","):
        return True
    if line.indent >= COLUMN or (line.text.endswith(":") and len(line.text) < width / 2):
        return False  # an entry of a list, or the name of what is below
    ended = markdown and held.text.rstrip("*”\"' ").endswith((".", ";", ":"))
    room = width * (1 if ended else 0.8 if RUN_IN.match(held.text) else 0.85 if markdown else 0.9)
    return len(_bare(held.last)) + 1 + len(_bare(line.text).split()[0]) > room


def _flow(lines: Iterable[Line]) -> Iterator[Flowable]:
    rows: list[list[str]] = []
    for line in lines:
        if ROW.match(line.text):
            rows.append([c.strip() for c in line.text.strip("|").split("|")])
            continue
        yield from _table(rows)
        rows = []
        if line.above and not line.heading:
            yield Spacer(1, 4)
        style = HEAD if line.heading else BODY
        indent = min(line.indent, MOST_INDENT) * INDENT
        yield Paragraph(_marked_up(line), ParagraphStyle("set", parent=style, leftIndent=indent))
    yield from _table(rows)


def _table(rows: list[list[str]]) -> Iterator[Flowable]:
    kept = [r for r in rows if not all(re.fullmatch(r":?-+:?", c) for c in r)]
    if kept:
        columns = max(map(len, kept))
        cells = [[Paragraph(_marked_up(Line(c)), BODY) for c in r + [""] * (columns - len(r))] for r in kept]
        yield Table(cells, style=GRID, colWidths=[(A4[0] - 2 * MARGIN) / columns] * columns, spaceAfter=6)


def _marked_up(line: Line) -> str:
    """The text in the markup of reportlab's paragraphs."""
    text = "".join(map(_printable, line.text))
    if line.heading:
        return _spaced(escape(_bare(text), quote=False))
    run_in = RUN_IN.match(text)
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<![*\\\w])\*(\S[^*<]*)\*(?![*\w])", r"<i>\1</i>", text)
    if run_in:
        head = escape(run_in[0], quote=False)
        text = f"<b>{head}</b>{text[len(head) :]}"
    return _spaced(re.sub(r"\\(?=[\W_])", "", text))


def _spaced(text: str) -> str:
    """Columns that were set with spaces stay apart."""
    return re.sub(r" {3,}", lambda gap: "&nbsp;" * len(gap[0]) + " ", text)


def _printable(character: str) -> str:
    """The character, or the nearest that the fonts have."""
    if character.encode("cp1252", "ignore"):
        return character
    return unicodedata.normalize("NFKD", character).encode("cp1252", "ignore").decode("cp1252") or "?"


def _number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    canvas.setFont(BODY.fontName, BODY.fontSize)
    canvas.drawCentredString(A4[0] / 2, MARGIN / 2, str(document.page))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Set minutes of plain text or Markdown as PDFs.")
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER")
    asked = parser.parse_args()
    asked.output.mkdir(parents=True, exist_ok=True)
    taken: dict[str, Path] = {}
    for text in asked.texts:
        name = short_name(text.absolute())
        if name in taken:
            sys.exit(f"{text} and {taken[name]} would both be {name}: set them into two folders")
        taken[name] = text
        typeset(text, asked.output / name)
        print(asked.output / name)


if __name__ == "__main__":
    main()
