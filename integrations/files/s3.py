"""Objects in a bucket of any store that speaks Amazon's S3 API (AWS, Cloudflare R2, MinIO, Hetzner, OVH ...).

boto3 is an optional extra: it and botocore are 30 MB on disk, and most installations keep their files locally.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from integrations.files.names import checked
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.files import Bucket

_PIECE_BYTES = 64 * 1024
_PART_BYTES = 8 * 1024 * 1024
_CONNECT_SECONDS = 5
_READ_SECONDS = 30
_ATTEMPTS = 3
_MISSING = {"NoSuchKey", "404"}
_FORBIDDEN = {"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch", "403"}
_TRANSFER = TransferConfig(multipart_threshold=_PART_BYTES, multipart_chunksize=_PART_BYTES, use_threads=False)


class S3Files:
    """`plugin.ports.files.Files` in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket.name
        self._client: Any = boto3.client(
            "s3",
            region_name=bucket.region,
            endpoint_url=bucket.endpoint,
            aws_access_key_id=bucket.access_key,
            aws_secret_access_key=bucket.secret_key,
            config=Config(
                connect_timeout=_CONNECT_SECONDS,
                read_timeout=_READ_SECONDS,
                retries={"mode": "standard", "total_max_attempts": _ATTEMPTS},
                s3={"addressing_style": "path" if bucket.endpoint else "auto"},
                request_checksum_calculation="when_required",  # many stores know no other than they always did
                response_checksum_validation="when_required",
            ),
        )

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Upload, in parts of 8 MiB above that size; a store shows an object only when it is whole."""
        with _told():
            self._client.upload_fileobj(_Stream(content), self._bucket, checked(name), Config=_TRANSFER)

    def get(self, name: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` on. Raises `Rejected` without object."""
        wanted = f"bytes={start}-" + ("" if length is None else str(start + length - 1))
        with _told():
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=checked(name), Range=wanted)
            except ClientError as error:
                if _code(error) == "InvalidRange":  # it begins behind the end
                    return iter(())
                raise
        return _pieces(found["Body"])

    def delete(self, name: str) -> None:
        """Forget an object, or every object below a name."""
        with _told():
            self._client.delete_object(Bucket=self._bucket, Key=checked(name))
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=f"{name}/")
            for page in pages:
                for each in page.get("Contents", ()):  # one by one: the batched request's checksum divides the stores
                    self._client.delete_object(Bucket=self._bucket, Key=each["Key"])


class _Stream(io.RawIOBase):
    """Pieces as a file that is read once, front to back."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        super().__init__()
        self._pieces = iter(pieces)
        self._waiting = bytearray()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._waiting) < size:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._waiting += piece
        end = len(self._waiting) if size < 0 else size
        content = bytes(self._waiting[:end])
        del self._waiting[:end]
        return content


def _pieces(body: Any) -> Iterator[bytes]:  # noqa: ANN401 - botocore has no types
    try:
        with _told():
            yield from body.iter_chunks(_PIECE_BYTES)
    finally:
        body.close()


def _code(error: ClientError) -> str:
    answer: Mapping[str, Any] = error.response
    return str(answer.get("Error", {}).get("Code", ""))


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = _code(error)
        if code in _MISSING:
            raise Rejected("file_missing") from error
        if code in _FORBIDDEN:
            raise Unavailable("files: the store refuses our key") from error
        raise Unavailable(f"files: {code}") from error
    except BotoCoreError as error:
        raise Unavailable(f"files: {type(error).__name__}") from error
