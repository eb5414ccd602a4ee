"""Bytes kept once, under their hash."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


class Blobs:
    """A folder of files, each named after the SHA-256 of what it holds."""

    def __init__(self, folder: Path) -> None:
        self.blobs = folder / "blobs"
        self.blobs.mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str, suffix: str = ".pdf") -> Path:
        """Where bytes with that hash lie, or would."""
        return self.blobs / sha256[:2] / f"{sha256}{suffix}"

    def store(self, chunks: Iterable[bytes], suffix: str = ".pdf") -> tuple[str, int, bool]:
        """Keep the bytes: (hash, size, whether they are new). A file appears whole or not at all; raises what
        the chunks raise."""
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(prefix=".part-", dir=self.blobs)
        try:
            with os.fdopen(handle, "wb") as out:
                for chunk in chunks:
                    digest.update(chunk)
                    size += len(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            target = self.path(digest.hexdigest(), suffix)
            if target.exists():
                Path(name).unlink()
                return digest.hexdigest(), size, False
            target.parent.mkdir(exist_ok=True)
            Path(name).replace(target)
            return digest.hexdigest(), size, True
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def sweep(self) -> int:
        """Remove what a killed run left unfinished; how many files."""
        left = list(self.blobs.glob(".part-*"))
        for file in left:
            file.unlink(missing_ok=True)
        return len(left)
