"""The papers themselves, by hash: found in folders that hold them, their pages drawn once for all who ask."""

from __future__ import annotations

import hashlib
import logging
import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TypeVar

from search.drawing import Words, png_of, words_of

T = TypeVar("T")
log = logging.getLogger("minutebook")
SCALE, SMALL = 1.6, 0.22
"""Pixels a point of a page and of its thumbnail."""
AGAIN = 15.0
"""Seconds between two looks at folders for a paper that was not there."""
MEMORY = 48 << 20
"""Bytes of pictures that are kept in memory."""
DISK = 1 << 30
"""Bytes of pictures that are kept in the folder for them."""


class Papers:
    """PDFs in folders, by their SHA-256; a file named by its hash is believed, others are hashed once.
    Pictures are kept in memory, and in the folder `pictures` where there is one."""

    def __init__(self, folders: tuple[Path, ...], pictures: Path | None = None) -> None:
        self._folders = folders
        self._paths: dict[str, Path] = {}
        self._hashed: dict[tuple[Path, int, int], str] = {}
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._drawn = Kept(pictures)

    def path(self, document_id: str) -> Path | None:
        """Where the paper lies; None when it is not at hand. One that came after the start is found too."""
        found = self._paths.get(document_id)
        if found and found.exists():
            return found
        with self._lock:
            if monotonic() - self._looked > AGAIN:
                self._look()
                self._looked = monotonic()
        found = self._paths.get(document_id)
        return found if found and found.exists() else None

    def _look(self) -> None:
        for folder in self._folders:
            for file in sorted(folder.rglob("*")):
                if file.suffix.lower() in (".pdf", "") and file.is_file():
                    named = re.fullmatch(r"[0-9a-f]{64}", file.stem)
                    self._paths[file.stem if named else self._hash(file)] = file

    def _hash(self, file: Path) -> str:
        stat = file.stat()
        known = (file, stat.st_mtime_ns, stat.st_size)
        if known not in self._hashed:
            with file.open("rb") as content:
                self._hashed[known] = hashlib.file_digest(content, "sha256").hexdigest()
        return self._hashed[known]

    def page(
        self, document_id: str, number: int, regions: str = "[]", *, small: bool = False
    ) -> bytes | None:
        """A PNG of the page with the regions ([[page, x0, top, x1, bottom], ...] as JSON) boxed; None when
        paper or page is not there."""
        path = self.path(document_id)
        if path is None:
            return None
        scale = SMALL if small else SCALE
        told = hashlib.blake2b(f"{number} {scale} {regions}".encode(), digest_size=16).hexdigest()
        return self._drawn.get(
            f"{document_id}/{told}", lambda: _or_none(lambda: png_of(path, number, scale, regions))
        )

    def words(self, document_id: str, number: int, looked_for: tuple[str, ...]) -> Words | None:
        """Where the words of a page lie; None when the paper is not at hand or its places cannot be told."""
        path = self.path(document_id)
        return _or_none(lambda: words_of(path, number, looked_for)) if path else None


def _or_none(draw: Callable[[], T | None]) -> T | None:
    """What is drawn of a paper; None of one that is damaged, or was taken away a moment ago."""
    try:
        return draw()
    except (OSError, ValueError, RuntimeError) as error:  # pdfium's errors are RuntimeErrors
        log.warning("a page could not be drawn: %s: %s", type(error).__name__, error)
        return None


class Kept:
    """Pictures by name: in memory the last ones, in a folder more of them; each made once however many ask
    at a time. A name is that of a paper, a slash, that of the picture."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._memory: OrderedDict[str, bytes] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._on_disk = 0
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
            self._on_disk = sum(f.stat().st_size for f in folder.glob("*/*.png"))

    def get(self, name: str, make: Callable[[], bytes | None]) -> bytes | None:
        """The picture, made if it is nowhere."""
        with self._lock:
            if name in self._memory:
                self._memory.move_to_end(name)
                return self._memory[name]
            making = self._making.setdefault(name, threading.Lock())
        with making:
            with self._lock:
                found = self._memory.get(name)
            if found is None:
                found = self._from_disk(name) or self._made(name, make)
                if found:
                    self._remember(name, found)
        with self._lock:
            self._making.pop(name, None)
        return found

    def _remember(self, name: str, picture: bytes) -> None:
        with self._lock:
            self._memory[name] = picture
            while sum(map(len, self._memory.values())) > MEMORY:
                self._memory.popitem(last=False)

    def _from_disk(self, name: str) -> bytes | None:
        if self._folder is None:
            return None
        with suppress(FileNotFoundError):
            return (self._folder / f"{name}.png").read_bytes()
        return None

    def _made(self, name: str, make: Callable[[], bytes | None]) -> bytes | None:
        picture = make()
        if picture and self._folder:
            with suppress(OSError):  # a full disk, or the paper withdrawn just now: it is shown all the same
                self._keep(self._folder, name, picture)
        return picture

    def _keep(self, folder: Path, name: str, picture: bytes) -> None:
        draft = folder / f"{name}.{threading.get_ident()}.writing"
        draft.parent.mkdir(exist_ok=True)
        draft.write_bytes(picture)
        draft.replace(folder / f"{name}.png")
        with self._lock:
            self._on_disk += len(picture)
            if self._on_disk > DISK:
                self._on_disk -= _drop_oldest(folder, DISK // 4)


def _drop_oldest(folder: Path, wanted: int) -> int:
    """Delete the oldest pictures until so many bytes are free; how many are."""
    dropped = 0
    for file in sorted(folder.glob("*/*.png"), key=lambda f: f.stat().st_mtime):
        if dropped >= wanted:
            break
        dropped += file.stat().st_size
        file.unlink(missing_ok=True)
    return dropped
