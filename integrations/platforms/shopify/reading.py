"""Reads Shopify's bytes into declared shapes; whatever is wrong with them becomes one `Unreadable` naming the field."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, TypeVar

import msgspec

from plugin.domain.errors import Invalid
from plugin.ports.errors import Unreadable

T = TypeVar("T")

Amount = Annotated[str, msgspec.Meta(pattern=r"\A-?[0-9]{1,15}(\.[0-9]{1,9})?\Z")]
"""A decimal text; bounded, because an exponent of a million digits is valid JSON and takes the process down."""

Identifier = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
"""A REST id: 64 bits, beyond the 53 that survive JavaScript."""

Quantity = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""RFC 3339 with offset; one without names two instants in the hour that autumn repeats."""

_AT = re.compile(r" - at `\$\.?([^`]*)`\Z")
_MISSING = re.compile(r"\AObject missing required field `(\w+)`")


@contextmanager
def readable() -> Iterator[None]:
    """The fence around all reading: inside, any fault of the record ends as `Unreadable`."""
    try:
        yield
    except msgspec.ValidationError as error:
        raise _refused(str(error)) from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Unreadable("not_json", "body") from error
    except RecursionError as error:
        raise Unreadable("nested_too_deep", "body") from error
    except Invalid as error:
        raise Unreadable(error.code, str(error.facts.get("field", "body"))) from error


def read(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw) -> T:
    """The record in the decoder's shape; raises `Unreadable` (`not_json`, `missing_field`, `malformed`)."""
    with readable():
        return decoder.decode(raw)


def _refused(message: str) -> Unreadable:
    """The field a msgspec message is about, never the value: a record's values may be personal."""
    at = _AT.search(message)
    path = at.group(1) if at else ""
    missing = _MISSING.match(message)
    if missing is None:
        return Unreadable("malformed", path or "body")
    return Unreadable("missing_field", f"{path}.{missing.group(1)}".removeprefix("."))
