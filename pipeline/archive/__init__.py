"""The archive: bytes kept once by their hash, a record of every fetch, and what became of each paper. Nothing
in it is overwritten.

`blobs/ab/ab12….pdf` are the bytes; `archive.sqlite` says where each came from, when, with what validators,
and which papers were read.
"""

from pipeline.archive.record import Archive, Kept, now

__all__ = ["Archive", "Kept", "now"]
