"""Datasets on object storage, against an S3 server: all of a document or nothing, whatever is killed, and no
byte put twice."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import threading
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds
import pytest
from pyarrow import fs

from extractors.errors import MinutebookError
from pipeline.archive import Archive
from pipeline.commands import afterwards
from pipeline.config import Settings, Upload, faults_of, load
from pipeline.errors import BadConfig, CannotUpload
from pipeline.night.work import read_paper
from pipeline.store import upload as store
from pipeline.store.merge import forget, merge
from pipeline.store.upload import Bucket, Uploaded, open_bucket, upload
from tests import nights
from tests.conftest import REPO, read_fixture, run_command
from tests.lake import contents, write
from tests.nights import configured, minutebook
from tests.replay import NOTICE, playing
from tests.uploads import KEYS, PAPERS, S3, s3_server, started

DATA = REPO / "docs" / "data.md"
TABLE = '\n[upload]\nto = "{to}"\nendpoint = "{endpoint}"\nregion = "eu-west-2"\npapers = true\n'


@pytest.fixture(scope="module")
def s3(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def settings(s3, request) -> Upload:
    return s3.settings(hashlib.sha256(request.node.nodeid.encode()).hexdigest()[:20])


@pytest.fixture
def bucket(settings) -> Bucket:
    return open_bucket(settings)


def objects(bucket: Bucket) -> dict[str, bytes]:
    """What lies in the bucket; the notes of folders, which hold nothing, are left out."""
    found = bucket.system.get_file_info(fs.FileSelector(bucket.root, recursive=True, allow_not_found=True))
    out = {}
    for f in found:
        if f.type == fs.FileType.File:
            with bucket.system.open_input_stream(f.path) as source:
                out[f.path.removeprefix(f"{bucket.root}/")] = source.read()
    return out


def rows_there(bucket: Bucket, dataset: str) -> list[dict[str, Any]]:
    """A dataset as a reader of the bucket has it."""
    return ds.dataset(bucket.path(dataset), filesystem=bucket.system, format="parquet").to_table().to_pylist()


def parquet_here(output: Path) -> dict[str, bytes]:
    return {str(f.relative_to(output)): f.read_bytes() for f in output.glob("*/[!.]*.parquet")}


def parquet_there(bucket: Bucket) -> dict[str, bytes]:
    return {place: b for place, b in objects(bucket).items() if place.endswith(".parquet")}


def test_only_what_changed_is_put(s3, bucket, tmp_path):
    paper = read_fixture(PAPERS[0])
    write(tmp_path, paper, replace(read_fixture(PAPERS[1]), year=1999))
    first = upload(tmp_path, bucket)
    assert first == Uploaded(new=len(parquet_here(tmp_path))) and parquet_there(bucket) == parquet_here(
        tmp_path
    )
    before = s3.changes()
    assert upload(tmp_path, bucket) == Uploaded(kept=first.new)
    assert s3.changes() == before, "a second upload puts nothing, not even a note"
    here = parquet_here(tmp_path)
    write(tmp_path, replace(paper, council="Another"))
    changed = {place for place, b in parquet_here(tmp_path).items() if here.get(place) != b}
    assert changed and not any("1999" in place for place in changed)
    assert upload(tmp_path, bucket) == Uploaded(len(changed), first.new - len(changed))
    assert parquet_there(bucket) == parquet_here(tmp_path)
    assert {r["council"] for r in rows_there(bucket, "documents") if r["year"] != 1999} == {"Another"}


def test_the_data_package_tells_of_every_file_and_an_object_that_went_is_put_again(bucket, tmp_path):
    write(tmp_path, read_fixture(PAPERS[0]))
    upload(tmp_path, bucket)
    package = json.loads(objects(bucket)["datapackage.json"])
    listed = {f["path"]: f for r in package["resources"] for f in r["files"]}
    there = parquet_there(bucket)
    assert listed.keys() == there.keys()
    for place, told in listed.items():
        assert told["hash"] == f"sha256:{hashlib.sha256(there[place]).hexdigest()}"
        assert told["bytes"] == len(there[place])
    lost = f"documents/{read_fixture(PAPERS[0]).year}.parquet"
    bucket.system.delete_file(bucket.path(lost))
    assert upload(tmp_path, bucket).new == 1
    assert parquet_there(bucket) == there


def test_an_upload_killed_before_any_of_its_steps_is_finished_by_the_next(s3, settings, bucket, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    first, second = (read_fixture(n) for n in PAPERS[:2])
    write(old, first, replace(second, year=first.year))
    shutil.copytree(old, new)
    forget(second.document_id, new)
    write(new, replace(first, council="Another"))
    whole = {"old": contents(old), "new": contents(new)}
    seen: Counter[str] = Counter()
    step, ended = 2, False
    while not ended:
        upload(old, bucket)
        process = started("die", str(step), settings.to, settings.endpoint, str(new))
        ended = process.wait(timeout=60) == 0
        process.stdout.close()
        seen[_state(bucket, whole)] += 1
        upload(new, bucket)
        assert parquet_there(bucket) == parquet_here(new), f"killed before step {step}"
        assert not [place for place in objects(bucket) if place.startswith(".coming/")]
        step += 9
    assert seen["old"] >= 2 and seen["between"] >= 1 and seen["new"] >= 1, seen


def _state(bucket: Bucket, whole: dict[str, dict[str, Any]]) -> str:
    """Whose rows the bucket holds; each file is of one of the two."""
    there = {name: rows_there(bucket, name) for name in {f.partition("/")[0] for f in whole["old"]}}
    of = {
        name: [state for state, files in whole.items() if _rows(files, name) == rows]
        for name, rows in there.items()
    }
    assert all(of.values()), f"a dataset is neither the old one nor the new: {of}"
    return next((s for s in whole if all(s in states for states in of.values())), "between")


def _rows(files: dict[str, Any], name: str) -> list[Any]:
    return [row for file, rows in files.items() if file.startswith(f"{name}/") for row in rows]


def _with_arrow(bucket: Bucket, dataset: str) -> dict[str, int]:
    return dict(Counter(row["document_id"] for row in rows_there(bucket, dataset)))


def _with_polars(bucket: Bucket, dataset: str) -> dict[str, int]:
    import polars as pl

    options = {
        "aws_endpoint_url": bucket.address.partition("#")[2],
        "aws_region": "eu-west-2",
        "aws_allow_http": "true",
        "aws_access_key_id": KEYS["AWS_ACCESS_KEY_ID"],
        "aws_secret_access_key": KEYS["AWS_SECRET_ACCESS_KEY"],
    }
    table = pl.scan_parquet(f"s3://{bucket.path(dataset)}/*.parquet", storage_options=options)
    return dict(table.group_by("document_id").len().collect().rows())


@pytest.mark.parametrize("count", [_with_arrow, _with_polars])
def test_readers_see_a_document_whole_or_not_at_all_while_uploads_are_killed(s3, settings, tmp_path, count):
    bucket = replace(open_bucket(settings), address=f"{settings.to}#{s3.endpoint}")
    papers = [read_fixture(n) for n in PAPERS]
    lakes = _a_lake_over_time(tmp_path, papers)
    upload(lakes[0], bucket)
    whole = {
        name: {p.document_id: len(p.rows[name]) for p in papers if p.rows.get(name)}
        for name in ("documents", "resolutions", "attendance")
    }
    wrong, right, again = [], Counter(), Counter()
    stop = threading.Event()

    def read() -> None:
        while not stop.wait(0.05):
            for dataset, wanted in whole.items():
                try:
                    found = count(bucket, dataset)
                except Exception as error:  # replaced between footer and rows: told, and asked again
                    again[type(error).__name__] += 1
                    continue
                right[dataset, len(found)] += 1
                if not found.items() <= wanted.items():
                    wrong.append((dataset, found))

    reader = threading.Thread(target=read)
    reader.start()
    draw = random.Random(5)
    for n in range(len(lakes)):
        process = started("go on", "0", settings.to, settings.endpoint, *map(str, lakes[n:] + lakes[:n]))
        assert process.stdout.readline() == "uploaded\n"
        stop.wait(draw.uniform(0.3, 2))  # a look at it, then in the middle of the next one
        process.kill()
        process.wait()
        process.stdout.close()
    stop.set()
    reader.join()
    assert not wrong, wrong[:3]
    assert sum(right.values()) > 20 and len({n for d, n in right if d == "documents"}) > 1, (right, again)
    upload(lakes[0], bucket)
    assert parquet_there(bucket) == parquet_here(lakes[0])


def _a_lake_over_time(folder: Path, papers: list[Any]) -> list[Path]:
    """The same datasets at six moments: papers come, are read again, and go."""
    lakes = []
    write(folder / "0", *papers)
    for n, paper in enumerate([*papers, *papers], 1):
        shutil.copytree(folder / str(n - 1), folder / str(n))
        if n % 2:
            forget(paper.document_id, folder / str(n))
        else:
            write(folder / str(n), *papers)
        lakes.append(folder / str(n))
    return lakes


def test_where_papers_only_go_documents_goes_first(bucket, tmp_path, monkeypatch):
    first, second = (read_fixture(n) for n in PAPERS[:2])
    write(tmp_path, first, replace(second, year=first.year))
    moved: list[str] = []
    real = store._move
    monkeypatch.setattr(store, "_move", lambda b, place: (moved.append(place), real(b, place)))
    monkeypatch.setattr(store, "AT_A_TIME", 1)
    upload(tmp_path, bucket)
    data = [place for place in moved if place.endswith(".parquet")]
    assert data[-1].startswith("documents/")
    moved.clear()
    forget(second.document_id, tmp_path)
    upload(tmp_path, bucket)
    assert len(moved) > 3 and moved[1].startswith("documents/"), "after the journal"
    assert moved[-1] == "datapackage.json"


def with_a_paper(folder: Path, s3: S3, name: str) -> tuple[Settings, str]:
    """A configuration with a bucket, its archive with a paper that was read."""
    to = s3.settings(name)
    file = folder / "minutebook.toml"
    entry = '[[councils]]\nname = "Port Council"\nplatform = "folder"\naddress = "."\n'
    file.write_text(entry + TABLE.format(to=to.to, endpoint=to.endpoint), "utf-8")
    settings = load(file)
    archive = Archive(settings.archive)
    sha256, size, _ = archive.store([NOTICE])
    archive.record("https://port.example/a.pdf", status=200, sha256=sha256, bytes=size)
    archive.link("https://port.example/a.pdf", sha256, "Port Council")
    assert read_paper(sha256, "Port Council", settings) == "ok"
    merge(settings.output)
    afterwards.bring_index_up_to_date(settings)
    return settings, sha256


def test_a_withdrawn_paper_goes_from_the_bucket_with_its_pdf(s3, tmp_path):
    settings, sha256 = with_a_paper(tmp_path, s3, "withdrawn")
    config = tmp_path / "minutebook.toml"
    done = run_command("upload", "-c", config)
    assert done.returncode == 0 and " 0 were there, 0 taken away" in done.stdout, done.stderr
    bucket = open_bucket(settings.upload)
    assert objects(bucket)[f"papers/{sha256[:2]}/{sha256}.pdf"] == NOTICE
    assert [r["document_id"] for r in rows_there(bucket, "documents")] == [sha256]
    done = run_command("withdraw", sha256, "--reason", "recalled by its clerk", "-c", config)
    assert done.returncode == 0, done.stderr
    there = objects(bucket)
    assert not [place for place in there if sha256 in place]
    for name in {place.partition("/")[0] for place in there if place.endswith(".parquet")}:
        assert all(sha256 not in str(row) for row in rows_there(bucket, name))
    before = s3.changes()
    assert afterwards.upload(settings).new == 0 and s3.changes() == before
    assert Archive(settings.archive).path(sha256).exists(), "the archive keeps what it has"


def test_a_bucket_that_cannot_be_reached_is_told_in_a_line(s3, tmp_path):
    settings, _ = with_a_paper(tmp_path, s3, "unreachable")
    config = tmp_path / "minutebook.toml"
    config.write_text(config.read_text("utf-8").replace("s3://unreachable/", "s3://no-such-bucket/"), "utf-8")
    done = run_command("upload", "-c", config)
    assert done.returncode == 1 and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "NO_SUCH_BUCKET" in done.stderr and "Request ID" not in done.stderr
    assert "the next upload goes on where this one stopped" in done.stderr
    gone = settings.upload.model_copy(update={"endpoint": "http://127.0.0.1:9"})
    with pytest.raises(CannotUpload, match="Could not connect"):
        upload(settings.output, open_bucket(gone))


def test_the_recipe_for_readers_of_a_bucket_reads_it(s3, bucket, tmp_path):
    write(tmp_path, read_fixture(PAPERS[0]))
    upload(tmp_path, bucket)
    recipe = re.search(r"## From a bucket\n.*?```python\n(.*?)```", DATA.read_text("utf-8"), re.S)[1]
    here = recipe.replace('region="eu-west-2"', f'region="eu-west-2", endpoint_override="{s3.endpoint}"')
    told: dict[str, Any] = {}
    exec(here.replace("open-minutes/council", bucket.root), told)
    assert told["rows"].to_pylist() == rows_there(bucket, "attendance") != []


def test_no_datasets_and_a_folder_of_others_are_left_alone(bucket, tmp_path):
    with pytest.raises(MinutebookError, match="no datasets"):
        upload(tmp_path / "not mounted", bucket)
    write(tmp_path, read_fixture(PAPERS[0]))
    with bucket.system.open_output_stream(bucket.path("documents/theirs.parquet")) as out:
        out.write(b"of somebody else")
    with pytest.raises(CannotUpload, match=r"documents/theirs\.parquet lies there"):
        upload(tmp_path, bucket)
    assert objects(bucket) == {"documents/theirs.parquet": b"of somebody else"}


@pytest.mark.parametrize("to", ["file://{folder}/there", "fsspec+memory://{folder}/there"])
def test_other_file_systems(tmp_path, to):
    here = tmp_path / "here"
    write(here, read_fixture(PAPERS[0]))
    bucket = open_bucket(Upload(to=to.format(folder=tmp_path)))
    for paper in PAPERS[:2]:
        write(here, read_fixture(paper))
        assert upload(here, bucket).new
        assert parquet_there(bucket) == parquet_here(here)
    assert upload(here, bucket).new == 0
    assert not [place for place in objects(bucket) if place.startswith(".coming/")]


@pytest.mark.parametrize(
    "table",
    [
        {"to": "bucket/folder"},
        {"to": "s3://AKIAKEY:hush@bucket/folder"},
        {"to": "s3://bucket/folder?secret_key=hush"},
        {"to": "fsspec+sftp://clerk:hush@host/folder"},
        {"to": "s3://bucket/folder", "endpoint": "minio.example.org"},
        {"to": "s3://bucket/folder", "endpoint": "https://clerk:hush@minio.example.org"},
        {"to": "s3://bucket/folder", "secret": "hush"},
    ],
)
def test_an_address_that_cannot_be_meant_or_holds_a_secret_is_refused(tmp_path, table):
    file = tmp_path / "minutebook.toml"
    file.write_text("[upload]\n" + "".join(f'{k} = "{v}"\n' for k, v in table.items()), "utf-8")
    with pytest.raises(BadConfig, match="upload") as told:
        load(file)
    assert "hush" not in str(told.value)


def test_settings_that_say_nothing_are_told():
    told = [*faults_of(Settings(upload=Upload(papers=True)))]
    told += faults_of(Settings(upload=Upload(to="file:///srv/open", endpoint="https://minio.example.org")))
    assert sum("upload.to is empty" in t for t in told) == 1
    assert sum("upload.endpoint names an S3 server" in t for t in told) == 1


def test_a_file_system_that_nobody_knows_is_a_wrong_configuration(tmp_path):
    with pytest.raises(BadConfig, match=r"upload\.to"):
        open_bucket(Upload(to="gopher://bucket/folder"))
    file = tmp_path / "minutebook.toml"
    file.write_text("", "utf-8")
    done = run_command("upload", "-c", file)
    assert done.returncode == 2 and "names no bucket" in done.stderr


def test_a_night_uploads_and_its_keys_stand_nowhere(s3, undisturbed, tmp_path, monkeypatch):
    monkeypatch.setattr(nights, "QUIET", {**nights.QUIET, **KEYS})
    to = s3.settings("night")
    shutil.copytree(undisturbed / ".prefect", tmp_path / ".prefect")  # a database that is there
    with playing() as (_, base):
        config = configured(tmp_path, base)
        config.write_text(config.read_text("utf-8") + TABLE.format(to=to.to, endpoint=to.endpoint), "utf-8")
        done = minutebook(config, "run", "--verbose")
    assert done.returncode == 0, done.stderr[-3000:]
    bucket = open_bucket(to)
    assert parquet_there(bucket) == parquet_here(tmp_path / "output")
    assert len(rows_there(bucket, "documents")) == 4 and rows_there(bucket, "people")
    assert len([place for place in objects(bucket) if place.startswith("papers/")]) == 3
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file() and p != config)
    said = kept + done.stdout.encode() + done.stderr.encode()
    assert b"minutebook.toml" in said and not [k for k in KEYS.values() if k.encode() in said]
