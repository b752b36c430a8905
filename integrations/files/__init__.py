"""Where sealed objects are kept (`plugin.ports.files`): a local folder, or any store that speaks Amazon's S3 API."""

from pathlib import Path

from integrations.files.local import LocalFiles
from plugin.ports.files import Bucket, Files


def open_files(folder: Path, bucket: Bucket | None) -> Files:
    """The bucket where one is named, else the folder. A bucket needs boto3 (extra `s3`)."""
    if bucket is None:
        return LocalFiles(folder)
    from integrations.files.s3 import S3Files  # noqa: PLC0415 - optional, slow to import; the settings have seen it

    return S3Files(bucket)
