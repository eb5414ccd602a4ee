"""PDFs that mean harm or are harmed, each written by a function: what a library is led to do by them costs
only their own row."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable

import pikepdf

from tests.replay import MINUTES, NOTICE

HEAD = b"%PDF-1.5\n"


def assembled(objects: dict[int, bytes], root: int = 1) -> bytes:
    """A file of numbered objects with its index."""
    out, places = bytearray(HEAD), dict[int, int]()
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00001 f \n"
    return bytes(out + b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, root, start))


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(data), more, data)


def one_page(content: bytes, resources: bytes = b"<< /Font << /F1 5 0 R >> >>", **more: bytes) -> bytes:
    """A page with its content; `more` are further objects, o6 for number 6."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %b >>"
        % resources,
        4: content,
        5: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    return assembled(objects | {int(k[1:]): v for k, v in more.items()})


def bomb() -> bytes:
    """Some KB that unpack, in two steps, to four GB of content."""
    inner, block, total = zlib.compressobj(9, wbits=-15), b" " * 16_000_000, 1
    packed = inner.compress(block) + inner.flush(zlib.Z_FULL_FLUSH)  # stands alone: it can be repeated
    for _ in range(250):
        total = zlib.adler32(block, total)
    pack = b"\x78\xda" + packed * 250 + zlib.compressobj(9, wbits=-15).flush() + total.to_bytes(4, "big")
    return one_page(stream(zlib.compress(pack, 9), b"/Filter [/FlateDecode /FlateDecode]"))


def pages_in_a_ring() -> bytes:
    """A page tree whose branch is its own child."""
    return assembled(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 9 /Parent 2 0 R >>",
            3: b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>",
        }
    )


def form_in_itself() -> bytes:
    """A form that draws itself twice."""
    form = stream(
        b"q /X Do Q /X Do BT /F1 12 Tf 72 700 Td (inside) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 500 800] /Resources << /XObject << /X 6 0 R >> "
        b"/Font << /F1 5 0 R >> >>",
    )
    return one_page(
        stream(b"/X Do BT /F1 12 Tf 72 720 Td (Minutes of the meeting) Tj ET"),
        b"<< /Font << /F1 5 0 R >> /XObject << /X 6 0 R >> >>",
        o6=form,
    )


def forms_that_double() -> bytes:
    """Thirty forms, each drawing the next twice: a thousand million of the last."""
    forms = {
        f"o{6 + i}": stream(
            b"/X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
            % (7 + i),
        )
        for i in range(30)
    }
    forms["o36"] = stream(
        b"BT /F1 1 Tf (x) Tj ET",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 5 0 R >> >>",
    )
    return one_page(stream(b"/X Do"), b"<< /XObject << /X 6 0 R >> >>", **forms)


def nested_arrays() -> bytes:
    """A hundred thousand arrays within each other, in the content and in an object."""
    return one_page(
        stream(b"[" * 100_000 + b"]" * 100_000 + b" TJ BT /F1 12 Tf 72 700 Td (after) Tj ET"),
        o6=b"[" * 100_000 + b"]" * 100_000,
    )


def deep_page_tree() -> bytes:
    """A page under five thousand branches."""
    deep = 5_000
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>"}
    objects |= {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(2, deep)}
    objects[deep] = b"<< /Type /Page /MediaBox [0 0 595 842] >>"
    return assembled(objects)


def ten_thousand_pages() -> bytes:
    """Short pages, very many."""
    count = 10_000
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%b] >>"
        % (count, b" ".join(b"%d 0 R" % (5 + i) for i in range(count))),
    }
    objects |= {
        3: stream(b"BT /F1 12 Tf 72 700 Td (The Committee RESOLVED to note the report.) Tj ET"),
        4: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    objects |= {
        5 + i: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font "
        b"<< /F1 4 0 R >> >> >>"
        for i in range(count)
    }
    return assembled(objects)


def no_pages() -> bytes:
    """A book without a leaf."""
    return assembled({1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def a_large_sheet() -> bytes:
    """A page of two hundred inches by two hundred with nothing but a picture on it."""
    picture = stream(
        b"\x00",
        b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
    )
    return one_page(
        stream(b"q 14400 0 0 14400 0 0 cm /I Do Q"), b"<< /XObject << /I 6 0 R >> >>", o6=picture
    ).replace(b"[0 0 595 842]", b"[0 0 14400 14400]")


def secret_map() -> bytes:
    """A font whose character map is named by a path out of the library's folder."""
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /..#2F..#2F..#2Ftmp#2Fevil "
        b"/DescendantFonts [6 0 R] >>"
    )
    child = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (../../tmp) "
        b"/Ordering (evil) /Supplement 0 >> >>"
    )
    return one_page(
        stream(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET"), b"<< /Font << /F1 7 0 R >> >>", o6=child, o7=font
    )


def without_a_map() -> bytes:
    """Letters that the font gives no Unicode for."""
    child = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) "
        b"/Ordering (Identity) /Supplement 0 >> /DW 600 >>"
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    said = b" ".join(b"<%b> Tj 0 -14 Td" % (b"0003001100220033" * 4) for _ in range(30))
    return one_page(
        stream(b"BT /F1 12 Tf 72 760 Td " + said + b" ET"), b"<< /Font << /F1 7 0 R >> >>", o6=child, o7=font
    )


def locked() -> bytes:
    """Minutes that ask for a password."""
    return _saved(MINUTES, pikepdf.Encryption(owner="o", user="u", R=6))


def locked_for_changes_only() -> bytes:
    """Minutes that anybody may read and only their owner change."""
    return _saved(MINUTES, pikepdf.Encryption(owner="o", user="", R=6))


def _saved(data: bytes, encryption: pikepdf.Encryption) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(out, encryption=encryption)
    return out.getvalue()


def index_gone() -> bytes:
    """A notice whose index and trailer were cut off and whose head is dirt."""
    return b"\x00\x01dirt\n" + NOTICE[: NOTICE.rindex(b"startxref")].replace(b"/Root", b"/Rxxt")


def objects_behind_a_broken_index() -> bytes:
    """Minutes packed into object streams, whose index lies about where they are."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(MINUTES)) as document:
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = out.getvalue()
    return data[: data.rindex(b"startxref")] + b"startxref\n7\n%%EOF"


def cut_in_the_middle() -> bytes:
    """The first half of some minutes."""
    return MINUTES[: len(MINUTES) // 2]


def no_pdf() -> bytes:
    """A web page under a PDF's name."""
    return b"<!DOCTYPE html><html><body>Sorry, an error occurred</body></html>"


def empty() -> bytes:
    """Nothing."""
    return b""


HOSTILE: tuple[Callable[[], bytes], ...] = (
    bomb,
    pages_in_a_ring,
    form_in_itself,
    forms_that_double,
    nested_arrays,
    deep_page_tree,
    no_pages,
    a_large_sheet,
    secret_map,
    without_a_map,
    locked,
    locked_for_changes_only,
    index_gone,
    objects_behind_a_broken_index,
    cut_in_the_middle,
    no_pdf,
    empty,
)
