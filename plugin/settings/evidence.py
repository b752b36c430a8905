"""Evidence: how much of it there may be, where its bytes are kept, and who scans them."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from plugin.domain.evidence import Limits
from plugin.domain.evidence.limits import MEGABYTE
from plugin.ports.files import Bucket
from plugin.settings import parsers
from plugin.settings.reader import Reader

_BUCKET = ("FILES_BUCKET", "FILES_REGION", "FILES_ACCESS_KEY", "FILES_SECRET_KEY")
_MOST_MEGABYTES = 5_000
_MOST_FILES = 100
_MOST_DAYS = 3_650
_SHARE_OF_THREADS = 4


@dataclass(frozen=True, slots=True)
class EvidenceSettings:
    """`bucket` None: files stay in the home folder; `scanner` None: nobody scans; `slots`: uploads at once."""

    limits: Limits
    bucket: Bucket | None
    scanner: str | None
    slots: int


def evidence_settings(reader: Reader, threads: int) -> EvidenceSettings:
    """What the environment says of evidence; a web process of so many `threads` spends a quarter of them on uploads."""
    return EvidenceSettings(
        limits=_limits(reader),
        bucket=_bucket(reader),
        scanner=reader.parsed("CLAMD", None, scanner_address),
        slots=reader.parsed(
            "UPLOAD_SLOTS", max(1, threads // _SHARE_OF_THREADS), parsers.whole_number(1, max(1, threads - 1))
        ),
    )


def scanner_address(text: str) -> str:
    """`host:port`, or the absolute path of a socket."""
    host, _, port = text.rpartition(":")
    if not text.startswith("/") and not (host and port.isdecimal() and 0 < int(port) < 2**16):
        raise ValueError("must be host:port, or the path of a socket like /run/clamav/clamd.ctl")
    return text


def endpoint_url(text: str) -> str:
    """Where a store answers; plain http too, since what goes there is sealed and requests are signed."""
    parts = urlsplit(text)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.path.strip("/") or parts.username:
        raise ValueError("must be an address like https://s3.example.com")
    return text.rstrip("/")


def _limits(reader: Reader) -> Limits:
    usual = Limits()

    def size(name: str, default: int) -> int:
        return reader.parsed(name, default // MEGABYTE, parsers.whole_number(1, _MOST_MEGABYTES)) * MEGABYTE

    return Limits(
        file_bytes=size("EVIDENCE_FILE_MB", usual.file_bytes),
        files_of_claim=reader.parsed("EVIDENCE_FILES", usual.files_of_claim, parsers.whole_number(1, _MOST_FILES)),
        claim_bytes=size("EVIDENCE_CLAIM_MB", usual.claim_bytes),
        day_bytes=size("EVIDENCE_SHOP_DAY_MB", usual.day_bytes),
        kept=timedelta(days=reader.parsed("EVIDENCE_DAYS", usual.kept.days, parsers.whole_number(30, _MOST_DAYS))),
    )


def _bucket(reader: Reader) -> Bucket | None:
    """Everything that a bucket needs, or nothing of it; the endpoint only where it is not Amazon's."""
    given = {name: reader.text(name) for name in _BUCKET}
    reader.parsed("FILES_BUCKET", None, parsers.bucket)
    endpoint = reader.parsed("FILES_ENDPOINT", None, endpoint_url)
    if not any((*given.values(), endpoint)):
        return None
    if missing := [name for name, text in given.items() if not text]:
        reader.faults.append(f"{' and '.join(missing)} must be set too where files are kept in a bucket")
        return None
    name, region, access_key, secret_key = (given[each] or "" for each in _BUCKET)
    return Bucket(name, region, endpoint, access_key, secret_key)
