"""One value at a time, from WooCommerce's JSON to the core's types; a fault names its field."""

import re
from datetime import UTC, datetime
from typing import Final

import msgspec
from msgspec import Raw

from integrations.platforms.woocommerce.records import Id
from plugin.domain.times import Moment, Source
from plugin.ports.errors import Unreadable

_EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2100, 1, 1, tzinfo=UTC)
_ID_LIMIT: Final = 10**20
_NO_ID: Final = (0, "0", "")
_COUNT: Final = re.compile(r"[0-9]{1,6}")
_ID: Final = re.compile(r"[1-9][0-9]{0,19}")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#<>\"'\\][^\s<>\"'\\]*", re.IGNORECASE)


def identifier(value: Id, field: str) -> str:
    """A platform id as a decimal string."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            return value
    elif 0 < value < _ID_LIMIT:
        return str(value)
    raise Unreadable("not_an_id", field)


def optional_identifier(value: Id | None, field: str) -> str | None:
    """A platform id, or None for WooCommerce's "none": 0, an empty text, null."""
    return None if value is None or value in _NO_ID else identifier(value, field)


def gmt(text: str, field: str) -> datetime:
    """The instant a `_gmt` date names; it has no offset and is UTC. Years outside 1990..2099 are not believed."""
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable("not_an_instant", field) from error
    if _EARLIEST <= at < _LATEST:
        return at
    raise Unreadable("not_an_instant", field)


def moment(text: str | None, field: str) -> Moment | None:
    """When the platform says it happened; None for null and empty."""
    return Moment(gmt(text, field), Source.PLATFORM) if text else None


def unix(seconds: int) -> datetime | None:
    """The instant a Unix time names, or None when it is not believable."""
    believable = _EARLIEST.timestamp() <= seconds < _LATEST.timestamp()
    return datetime.fromtimestamp(seconds, UTC) if believable else None


def web_address(value: str | None) -> str | None:
    """The address if it is http(s), else None: links typed into plugins are untrusted."""
    value = (value or "").strip()
    return value if _WEB_ADDRESS.fullmatch(value) else None


def words(value: object) -> str:
    """The text of a plugin's scalar (an int or a str, as PHP happened to store it), trimmed; "" for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _ID_LIMIT else ""


def units(text: str) -> int:
    """How many of a thing a plugin counted; 0 for what is no count, or more than anybody sends."""
    return int(text) if _COUNT.fullmatch(text) else 0


def raw_words(value: Raw) -> str:
    """`words` of JSON not decoded yet."""
    return words(msgspec.json.decode(value))


def raw_text(value: Raw) -> str:
    """A text as it was typed, markup and all; anything else as its JSON."""
    decoded = msgspec.json.decode(value)
    return decoded if isinstance(decoded, str) else bytes(value).decode()
