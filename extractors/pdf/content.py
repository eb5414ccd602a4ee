"""Content streams cut into operators by one pattern; whatever is unusual in one is left to pdfminer's own
parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from schemas.untyped import load

pdfinterp = load("pdfminer.pdfinterp")
psparser = load("pdfminer.psparser")
pdftypes = load("pdfminer.pdftypes")

END = rb"(?=[#/%\[\]()<>{}\s]|\Z)"
TOKEN = re.compile(
    rb"[\s\x00]+|%[^\r\n]*"
    rb"|<((?:[0-9a-fA-F]{2})*+)>"
    rb"|([-+]?[0-9]++(?![.0-9]))"
    + END
    + rb"|([-+]?(?:[0-9]++\.[0-9]*+|\.[0-9]++))"
    + END
    + rb"|([A-Za-z][^#/%\[\]()<>{}\s]*+|['\"])"
    + rb"|\(([^()\\]*+)\)"
    rb"|(\[)|(\])|/([^#/%\[\]()<>{}\s]*+)(?!#)"
    rb"|\(((?:[^()\\]++|\\.|\((?:[^()\\]++|\\.)*+\))*+)\)"
    rb"|(<<)|(>>)|(.)",
    re.DOTALL,
)
HEX, WHOLE, REAL, WORD, STRING, OPEN, CLOSE, NAME, ESCAPED, OPEN_DICT, CLOSE_DICT, UNKNOWN = range(1, 13)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPES = {
    b"b": b"\b",
    b"t": b"\t",
    b"n": b"\n",
    b"f": b"\f",
    b"r": b"\r",
    b"(": b"(",
    b")": b")",
    b"\\": b"\\",
}
DEEPEST = 50
MOST_FORMS = 20_000
"""A page that draws more forms than this draws one within another without end, nearly."""


class Unusual(Exception):
    """The stream has something that the pattern does not know: an inline image, a name with escapes, a number
    nobody can read."""


class TooMuch(Exception):
    """The page asks for more work than any paper's page does."""


class Operator:
    """A keyword of a content stream."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


def tokens_of(data: bytes) -> list[Any]:
    """Operands as pdfminer hands them over, and Operators, in order. Raises Unusual."""
    out: list[Any] = []
    stack: list[list[Any]] = []
    words: dict[bytes, Any] = {b"true": True, b"false": False}
    literal = psparser.LIT
    top = out
    for m in TOKEN.finditer(data):
        kind = m.lastindex
        if kind is None:
            continue
        if kind == HEX:
            top.append(bytes.fromhex(m[1].decode("ascii")))
        elif kind == WHOLE:
            top.append(int(m[2]))
        elif kind == REAL:
            top.append(float(m[3]))
        elif kind == WORD:
            word = m[4]
            if word not in words:
                words[word] = _operator(word)
            if stack and words[word].__class__ is Operator:
                raise Unusual
            top.append(words[word])
        elif kind == STRING:
            top.append(m[5])
        elif kind in (OPEN, OPEN_DICT):
            if len(stack) > DEEPEST:
                raise Unusual
            stack.append(top)
            top = []
        elif kind == NAME:
            top.append(literal(m[8].decode("utf-8")))
        elif kind == ESCAPED:
            top.append(ESCAPE.sub(_unescape, m[9]))
        elif kind in (CLOSE, CLOSE_DICT) and stack:
            inner, top = top, stack.pop()
            top.append(inner if kind == CLOSE else _dict_of(inner))
        else:
            raise Unusual
    if stack:
        raise Unusual
    return out


def _operator(word: bytes) -> Operator:
    if word in (b"BI", b"ID", b"EI"):
        raise Unusual
    return Operator("do_" + word.decode("ascii").replace("*", "_a").replace('"', "_w").replace("'", "_q"))


def _unescape(m: re.Match[bytes]) -> bytes:
    code = m[1]
    if code[:1].isdigit() and code[:1] not in b"89":
        value = int(code, 8)
        if value > 255:
            raise Unusual
        return bytes((value,))
    return ESCAPES.get(code, b"")


def _dict_of(inner: list[Any]) -> dict[Any, Any]:
    if len(inner) % 2 or any(key.__class__ is not psparser.PSLiteral for key in inner[::2]):
        raise Unusual
    return {key.name: value for key, value in zip(inner[::2], inner[1::2], strict=True)}


class LeanInterpreter(pdfinterp.PDFPageInterpreter):
    """pdfminer's interpreter, with the pattern in front of its parser."""

    def show_page(self, page: Any, matrix: tuple[float, ...]) -> None:
        """pdfminer's process_page, with a matrix that knows what of the page is displayed."""
        self.device.begin_page(page, matrix)
        self.render_contents(page.resources, page.contents, ctm=matrix)
        self.device.end_page(page)

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the streams' operators; pdfminer does it where a stream is unusual or runs inside
        itself."""
        whole: Any = super()
        self.device.forms_drawn += 1
        if self.device.forms_drawn > MOST_FORMS:
            raise TooMuch(f"the page draws more than {MOST_FORMS} forms")
        valid = [pdftypes.stream_value(s) for s in streams]
        if any(s.objid is None or s.objid in self.parent_stream_ids for s in valid):
            whole.execute(streams)
            return
        try:
            tokens = tokens_of(b"\n".join(s.get_data() for s in valid))
        except (Unusual, ValueError):
            whole.execute(streams)
            return
        self.stream_ids.clear()
        self.stream_ids.update(s.objid for s in valid)
        self._carry_out(tokens)

    def _carry_out(self, tokens: list[Any]) -> None:
        known: dict[str, tuple[Callable[..., None] | None, int]] = {}
        for token in tokens:
            if token.__class__ is not Operator:
                self.argstack.append(token)
                continue
            name: str = token.name
            if name not in known:
                method = getattr(self, name, None)
                known[name] = (method, method.__code__.co_argcount - 1 if method else 0)
            method, count = known[name]
            if method is None:
                continue
            if not count:
                method()
                continue
            arguments = self.argstack[-count:]
            del self.argstack[-count:]
            if len(arguments) == count:
                method(*arguments)
