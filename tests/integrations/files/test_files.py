"""What a store of sealed objects promises, on this machine's disk, on an S3 store on loopback, and in memory."""

from __future__ import annotations

import os
import stat
import uuid
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from integrations.files.local import LocalFiles
from integrations.files.s3 import S3Files
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.files import Bucket, Files
from tests.fakes.files import FakeFiles
from tests.support.local_server import free_port

NAME = "m1/e1/o1"
LARGE = os.urandom(1024) * 20 * 1024


@pytest.fixture(scope="module")
def s3_address() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_address: str) -> Bucket:
    made = Bucket(f"evidence-{uuid.uuid4().hex}", "us-east-1", s3_address, "key", "secret")
    client = boto3.client(
        "s3", region_name=made.region, endpoint_url=s3_address, aws_access_key_id="key", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket=made.name)
    return made


@pytest.fixture(params=["fake", "local", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "fake":
        return FakeFiles()
    return LocalFiles(tmp_path / "files") if request.param == "local" else S3Files(request.getfixturevalue("bucket"))


def content(files: Files, name: str = NAME, start: int = 0, length: int | None = None) -> bytes:
    return b"".join(files.get(name, start, length))


def test_what_is_put_comes_back(files: Files) -> None:
    files.put(NAME, [b"abc", b"", b"def"])
    assert content(files) == b"abcdef"


def test_an_empty_object_is_one(files: Files) -> None:
    files.put(NAME, [])
    assert content(files) == b""


@pytest.mark.parametrize(
    ("start", "length", "wanted"),
    [(0, 3, b"012"), (4, 2, b"45"), (4, None, b"456789"), (8, 9, b"89"), (10, 1, b""), (99, None, b"")],
)
def test_a_part_is_read_alone(files: Files, start: int, length: int | None, wanted: bytes) -> None:
    files.put(NAME, [b"01234", b"56789"])
    assert content(files, NAME, start, length) == wanted


def test_an_object_too_large_for_one_request_comes_back_whole(files: Files) -> None:
    files.put(NAME, (LARGE[at : at + 100_000] for at in range(0, len(LARGE), 100_000)))
    assert content(files) == LARGE
    assert content(files, NAME, len(LARGE) - 5) == LARGE[-5:]


def test_an_object_that_is_not_there_is_refused(files: Files) -> None:
    with pytest.raises(Rejected, match="file_missing"):
        files.get(NAME)


def test_what_is_deleted_is_gone_and_deleting_again_is_no_error(files: Files) -> None:
    files.put(NAME, [b"x"])
    files.delete(NAME)
    files.delete(NAME)
    with pytest.raises(Rejected):
        files.get(NAME)


def test_a_folder_goes_with_everything_in_it_and_its_neighbours_stay(files: Files) -> None:
    for name in ("m1/e1/o1", "m1/e1/o2", "m1/e10/o1", "m1/e2/o1"):
        files.put(name, [name.encode()])
    files.delete("m1/e1")
    for name in ("m1/e1/o1", "m1/e1/o2"):
        with pytest.raises(Rejected):
            files.get(name)
    assert [content(files, name) for name in ("m1/e10/o1", "m1/e2/o1")] == [b"m1/e10/o1", b"m1/e2/o1"]


def test_an_object_that_breaks_off_while_it_is_written_is_not_there(files: Files) -> None:
    def torn() -> Iterator[bytes]:
        yield b"x" * 100
        raise InterruptedError

    with pytest.raises((InterruptedError, Unavailable)):
        files.put(NAME, torn())
    with pytest.raises(Rejected):
        files.get(NAME)


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../x", "m1/../x", "m1//x", "M1/x", "m1/x/", "a/b/c/d/e", "m1/.x"])
def test_no_name_leads_out_of_the_store(files: Files, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        files.put(name, [b"x"])
    with pytest.raises(ValueError, match="name"):
        files.delete(name)


def test_files_on_this_machine_are_their_owners_alone(tmp_path: Path) -> None:
    LocalFiles(tmp_path / "files").put(NAME, [b"x"])
    found = [tmp_path / "files", *(tmp_path / "files").rglob("*")]
    assert len(found) == 4
    assert {stat.S_IMODE(path.stat().st_mode) & 0o077 for path in found} == {0}


def test_what_breaks_off_leaves_no_rubbish(tmp_path: Path) -> None:
    def torn() -> Iterator[bytes]:
        yield b"x" * 100
        raise ArithmeticError

    with pytest.raises(ArithmeticError):
        LocalFiles(tmp_path / "files").put(NAME, torn())
    assert [path for path in (tmp_path / "files").rglob("*") if path.is_file()] == []


def test_a_folder_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"in the way")
    with pytest.raises(Unavailable):
        LocalFiles(tmp_path / "files").put(NAME, [b"x"])


def test_a_store_that_does_not_answer_is_unavailable() -> None:
    nobody = Bucket("evidence", "us-east-1", f"http://127.0.0.1:{free_port()}", "key", "secret")
    with pytest.raises(Unavailable):
        S3Files(nobody).put(NAME, [b"x"])


def test_a_bucket_that_is_not_there_is_unavailable(s3_address: str) -> None:
    with pytest.raises(Unavailable):
        S3Files(Bucket("none", "us-east-1", s3_address, "key", "secret")).put(NAME, [b"x"])


def test_the_secret_key_is_not_shown(bucket: Bucket) -> None:
    assert "secret" not in repr(bucket)
