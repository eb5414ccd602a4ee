"""The datasets on object storage, as readers find them on disk: a file a dataset and year, under a name that
it keeps.

As in a merge, what changed is put first under names that no reader sees; a journal says where it belongs;
then each object takes its place, whole, `documents` last. What is killed in between is finished by the next
upload. `datapackage.json` lists every file with its hash: what it lists is not put again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import pyarrow as pa

from extractors import __version__
from extractors.errors import MinutebookError
from pipeline.archive import Archive
from pipeline.config import Upload
from pipeline.errors import BadConfig, CannotUpload
from pipeline.store.files import files_of
from pipeline.store.merge import alone
from pipeline.store.snapshot import described, digest_of
from schemas import DATASETS
from schemas.datapackage import data_package, with_files
from schemas.untyped import load

pq = load("pyarrow.parquet")

Result = TypeVar("Result")
COMING = ".coming"
"""Folder of what has not taken its place yet."""
JOURNAL = f"{COMING}/journal.json"
PACKAGE, CROISSANT = "datapackage.json", "croissant.json"
PAPERS = "papers"
ANEW = re.compile(r"^.*?(?=AWS Error)| \(Request ID: \w*\)")
"""What of a server's error is another each time: a trouble that goes on is told once."""
AT_A_TIME = 8
"""Objects put, or moved, side by side."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A folder of a file system that Arrow knows."""

    address: str
    system: Any
    root: str

    @property
    def of_objects(self) -> bool:
        """Whether an object appears whole when it is put or copied, and no folder need be made for it; files
        are renamed for that."""
        return self.system.type_name in {"s3", "gcs", "abfs"}

    def path(self, place: str) -> str:
        """A place's path in the file system."""
        return f"{self.root}/{place}"


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Files that were put, that were there, and that were taken away."""

    new: int = 0
    kept: int = 0
    gone: int = 0


def open_bucket(settings: Upload) -> Bucket:
    """The place that the settings name; nothing is asked of it yet. Raises BadConfig."""
    fs = load("pyarrow.fs")
    at, server = urlsplit(settings.to), urlsplit(settings.endpoint)
    try:
        if at.scheme != "s3":
            system, root = fs.FileSystem.from_uri(settings.to)
        else:
            root = at.netloc + at.path
            system = fs.S3FileSystem(
                region=settings.region or None,
                scheme=server.scheme or None,
                endpoint_override=server.netloc or None,
                allow_delayed_open=True,  # a small object is one request, and leaves no parts behind
            )
    except (OSError, ValueError, ImportError, pa.ArrowException) as error:
        raise BadConfig(f"upload.to: {error}") from error
    return Bucket(settings.to, system, root.rstrip("/"))


def upload(output: Path, bucket: Bucket, papers: Archive | None = None) -> Uploaded:
    """Bring the bucket up to date with the datasets, and with an archive's papers. One upload, and no merge,
    at a time; another waits.

    Raises CannotUpload, and MinutebookError when there are no datasets: what is in the bucket is not taken
    for withdrawn because a disk is missing here.
    """
    if not files_of(output, "documents"):
        raise MinutebookError(f"{output}: there are no datasets; nothing was uploaded")
    with alone(output), _told(bucket):
        _finish(bucket)
        pdfs = _upload_papers(papers, bucket) if papers else Uploaded()
        data = _upload_datasets(output, bucket)
    return Uploaded(pdfs.new + data.new, pdfs.kept + data.kept, pdfs.gone + data.gone)


@contextmanager
def _told(bucket: Bucket) -> Generator[None]:
    try:
        yield
    except (OSError, ValueError, pa.ArrowException) as error:
        said = ANEW.sub("", " ".join(str(error).split()))
        if "ACCESS_DENIED" in said:
            said += " (are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set here, and may they write?)"
        raise CannotUpload(
            f"cannot upload to {bucket.address}: {said[:400]}; what is here is whole, and the next upload "
            "goes on where this one stopped"
        ) from error


def _upload_papers(archive: Archive, bucket: Bucket) -> Uploaded:
    """Put the papers that are not there, each under its hash, and take away those that were withdrawn. Others
    are left, also those that the archive's folder has no longer."""
    there = _sizes(bucket, PAPERS)
    withdrawn = archive.withdrawn()
    here = {f"{PAPERS}/{f.parent.name}/{f.name}": f for f in archive.blobs.glob("??/*.pdf")}
    wanted = {place: f for place, f in here.items() if f.stem not in withdrawn}
    new = [place for place, f in wanted.items() if there.get(place) != f.stat().st_size]
    _each(lambda place: _put_whole(bucket, place, wanted[place]), new)
    gone = [place for place in there if Path(place).stem in withdrawn]
    _each(lambda place: _delete(bucket, place), gone)
    return Uploaded(len(new), len(wanted) - len(new), len(gone))


def _upload_datasets(output: Path, bucket: Bucket) -> Uploaded:
    """Put the files and notes that the bucket has not, or has otherwise, and take away those that went."""
    here, there = _files_here(output), _files_there(bucket)
    new = sorted(place for place, said in here.items() if there.get(place) != said["hash"])
    gone = sorted(there.keys() - here.keys())
    notes = {p: text for p, text in _notes(output, here).items() if _content(bucket, p) != text}
    if new or gone or notes:
        journal = {"moves": _order(bucket, output, new), "gone": gone, "notes": sorted(notes)}
        _each(lambda place: _put(bucket, _draft(place), output / place), new)
        for place, text in notes.items():
            _write(bucket, _draft(place), text)
        _write(bucket, _draft(JOURNAL), json.dumps(journal).encode())
        _move(bucket, JOURNAL)
        _finish(bucket)
    return Uploaded(len(new), len(here) - len(new), len(gone))


def _files_here(output: Path) -> dict[str, dict[str, Any]]:
    """The datasets' files by place, as the data package lists them."""
    found = {f"{name}/{f.name}": f for name in DATASETS for f in files_of(output, name)}
    return {place: described(file, place, digest_of(file)) for place, file in found.items()}


def _notes(output: Path, here: dict[str, dict[str, Any]]) -> dict[str, bytes]:
    """What describes the datasets, by place."""
    package = with_files(data_package(__version__), list(here.values()))
    notes = {PACKAGE: (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()}
    croissant = output / CROISSANT
    return notes | ({CROISSANT: croissant.read_bytes()} if croissant.exists() else {})


def _files_there(bucket: Bucket) -> dict[str, str]:
    """The files that an upload has put in the bucket by place, each with its hash, `sha256:…`; "" when it has
    another size now. Raises CannotUpload when others lie in their way."""
    sizes: dict[str, int] = {}
    for found in _each(lambda name: _sizes(bucket, name), DATASETS):
        sizes |= found
    said: dict[str, Any] = json.loads(_content(bucket, PACKAGE) or b"{}")
    if sizes and said.get("name") != data_package(__version__)["name"]:
        raise CannotUpload(
            f"{bucket.address}: {min(sizes)} lies there, and no upload has put it there ({PACKAGE} does not "
            "tell of it): name a folder of its own in upload.to"
        )
    listed = [f for r in said.get("resources", ()) for f in r.get("files", ())]
    return {
        f["path"]: f["hash"] if f["bytes"] == sizes[f["path"]] else "" for f in listed if f["path"] in sizes
    }


def _sizes(bucket: Bucket, folder: str) -> dict[str, int]:
    """The files under a folder of the bucket: bytes by place."""
    fs = load("pyarrow.fs")
    found = bucket.system.get_file_info(
        fs.FileSelector(bucket.path(folder), recursive=True, allow_not_found=True)
    )
    start = len(bucket.path(""))
    return {f.path[start:]: f.size for f in found if f.type == fs.FileType.File}


def _order(bucket: Bucket, output: Path, places: list[str]) -> list[list[str]]:
    """The places in the order in which they are taken: `documents` last, or first where papers only go."""
    documents = [p for p in places if p.startswith("documents/")]
    others = [p for p in places if p not in documents]
    here, there = set[Any](), set[Any]()
    for place in documents:
        here |= _readings(output / place)
        if bucket.system.get_file_info(bucket.path(place)).is_file:
            there |= _readings(bucket.path(place), bucket.system)
    return [others, documents] if here - there else [documents, others]


def _readings(file: Path | str, system: Any = None) -> set[Any]:
    """Each document of a file with the hash of its rows."""
    table = pq.read_table(file, filesystem=system, columns=["document_id", "rows_hash"])
    return set(zip(*(table.column(c).to_pylist() for c in table.column_names), strict=True))


def _finish(bucket: Bucket) -> None:
    """Do what the journal says, and close it; without one, drop what a killed upload had put. Safe to do
    again."""
    coming = _sizes(bucket, COMING)
    if JOURNAL in coming:
        said = json.loads(_content(bucket, JOURNAL) or b"{}")
        for places in said["moves"]:
            _each(lambda place: _move(bucket, place), [p for p in places if _draft(p) in coming])
        for place in said["gone"]:
            if bucket.system.get_file_info(bucket.path(place)).is_file:
                _delete(bucket, place)
        for place in said["notes"]:
            if _draft(place) in coming:
                _move(bucket, place)
        _delete(bucket, JOURNAL)
    if coming:
        bucket.system.delete_dir_contents(bucket.path(COMING))


def _draft(place: str) -> str:
    """Where an object is put before it takes its place."""
    return f"{COMING}/{place.replace('/', '-')}.writing"


def _each(do: Callable[[str], Result], items: Iterable[str]) -> list[Result]:
    """The items done, some at a time. Raises what the first that fails raises; then no other is begun."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        begun = [threads.submit(do, item) for item in items]
        try:
            return [b.result() for b in begun]
        finally:
            threads.shutdown(cancel_futures=True)


def _put_whole(bucket: Bucket, place: str, file: Path) -> None:
    if bucket.of_objects:
        _put(bucket, place, file)
    else:
        _put(bucket, _draft(place), file)
        _move(bucket, place)


def _put(bucket: Bucket, place: str, file: Path) -> None:
    """A file's bytes, handed over in one call: no object ends where reading was broken off."""
    with pa.memory_map(str(file)) as source:
        _write(bucket, place, source.read_buffer())


def _write(bucket: Bucket, place: str, content: Any) -> None:
    _make_folder(bucket, place)
    with bucket.system.open_output_stream(bucket.path(place)) as out:
        out.write(content)


def _move(bucket: Bucket, place: str) -> None:
    """A draft in its place, whole. On object storage it is copied there, and stays until all are."""
    _make_folder(bucket, place)
    move = bucket.system.copy_file if bucket.of_objects else bucket.system.move
    move(bucket.path(_draft(place)), bucket.path(place))


def _delete(bucket: Bucket, place: str) -> None:
    bucket.system.delete_file(bucket.path(place))


def _make_folder(bucket: Bucket, place: str) -> None:
    if not bucket.of_objects:
        bucket.system.create_dir(bucket.path(place).rpartition("/")[0], recursive=True)


def _content(bucket: Bucket, place: str) -> bytes | None:
    """What an object holds; None when there is none."""
    try:
        with bucket.system.open_input_stream(bucket.path(place)) as source:
            return bytes(source.read())
    except FileNotFoundError:
        return None
