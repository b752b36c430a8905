"""What each kind of setting must look like. A `ValueError` completes the sentence that the variable's name begins."""

import re
from collections.abc import Callable
from importlib.util import find_spec
from urllib.parse import urlsplit

_POSTGRES = re.compile(r"(?:postgres|postgresql|postgresql\+psycopg)://(?P<rest>.+)", re.DOTALL)
_SQLITE = re.compile(r"sqlite:///[^?:][^?]*")
_SLOT = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]{16,}=*")  # RFC 6750 section 2.1, too long to be guessed
_LOCAL = {"localhost", "127.0.0.1", "::1"}


def whole_number(lowest: int, highest: int) -> Callable[[str], int]:
    """A number from `lowest` to `highest`, both included."""

    def parse(text: str) -> int:
        if not text.isdecimal() or not lowest <= int(text) <= highest:
            raise ValueError(f"must be a whole number from {lowest} to {highest}")
        return int(text)

    return parse


def database_url(text: str) -> str:
    """A SQLAlchemy address; the short spellings of PostgreSQL that hosting services hand out are completed."""
    if found := _POSTGRES.fullmatch(text):
        parts = urlsplit(text)
        if not parts.path.strip("/"):
            raise ValueError("must name a database, like postgresql://user:password@host/name")
        return f"postgresql+psycopg://{found['rest']}"
    if _SQLITE.fullmatch(text):
        return text
    raise ValueError("must be postgresql://user:password@host/name or sqlite:///file")


def public_url(text: str) -> str:
    """The address the world sees: https, or http on this machine; without path, so that links can be built on it."""
    parts = urlsplit(text)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise ValueError("must be an address like https://aftercare.example.com")
    if parts.scheme == "http" and parts.hostname not in _LOCAL:
        raise ValueError("must begin with https:// (platforms refuse to call anything else)")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise ValueError("must be scheme, host and port alone, without a path")
    parts.port  # noqa: B018 - raises ValueError for a port out of range
    return f"{parts.scheme}://{parts.netloc.lower()}"


def redis_url(text: str) -> str:
    """Where a Redis answers; its password may be part of it. The client for it is an extra."""
    parts = urlsplit(text)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise ValueError("must be like redis://:password@host:6379/0, or rediss:// for TLS")
    parts.port  # noqa: B018 - raises ValueError for a port out of range
    if find_spec("redis") is None:
        raise ValueError("needs Redis' client: ./script/setup, or pip install -r requirements-redis.lock")
    return text


def bucket(text: str) -> str:
    """The name of a bucket. The client for it is an extra."""
    if find_spec("boto3") is None:
        raise ValueError("needs boto3: ./script/setup, or pip install -r requirements-s3.lock")
    return text


def yes_or_no(text: str) -> bool:
    """A decision, in one of two words."""
    if text.lower() not in {"yes", "no"}:
        raise ValueError("must be yes or no")
    return text.lower() == "yes"


def slot(text: str) -> str:
    """The stable name of a worker: lower-case letters, digits and dashes."""
    if not _SLOT.fullmatch(text):
        raise ValueError("must be up to 32 lower-case letters, digits and dashes")
    return text


def bearer_token(text: str) -> str:
    """A secret that a header can carry."""
    if not _TOKEN.fullmatch(text):
        raise ValueError("must be 16 or more letters, digits and -._~+/")
    return text
